"""The table of bars: every figure of one run of the benchmarks beside what it is to be.

``make bench`` prints it last. ``python bench/table.py FILE`` prints it of the figures in a file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bars import BARS, Bar, read_figures


def write_line(bar: Bar, measured: float | None) -> str:
    """Write a line of the table."""
    verdict = "not measured" if measured is None else "kept" if bar.is_kept(measured) else "MISSED"
    shown = "" if measured is None else _write(measured, bar.unit)
    asked = f"at {'least' if bar.is_floor else 'most'} {_write(bar.bar, bar.unit)}"
    return f"{bar.figure:<60} {bar.before:>12} {shown:>12}   {asked:<20} {_write(bar.aim, bar.unit):>10}   {verdict}"


def _write(number: float, unit: str) -> str:
    digits = f"{number:,.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
    return f"{digits} {unit}".rstrip()


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser()
    asked.add_argument("file", type=Path, help="the figures, as BENCH_FIGURES named the file")
    figures = read_figures(asked.parse_args().file)
    print(f"{'':<60} {'before':>12} {'measured':>12}   {'bar':<20} {'aim':>10}")
    for name, bar in BARS.items():
        print(write_line(bar, figures.get(name)))


if __name__ == "__main__":
    main()
