"""A page says of itself what holds, and a notebook that was not run is no page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import freedonia as f
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_output

import briefing as b
from briefing.blocks.blocks import Own
from briefing.errors import PageError
from briefing.page.exporter import render_page

CITED = [f.cell(block) for block in f.BLOCKS if not isinstance(block, Own)]
FRAME = pd.DataFrame({"mules": [98]})


def foot(*cells: Any, language: str = "en") -> str:
    page = BeautifulSoup(render_page(f.notebook(*cells), language=language), "html.parser")
    told = page.select_one("#what_was_checked p")
    assert told is not None
    return told.get_text()


def unrun(code: str = "1 + 1", **changes: Any) -> Any:
    return new_code_cell(code, **changes)


def test_a_page_whose_figures_all_open_says_so() -> None:
    assert foot(*CITED, f.words("Counted in 2031, *not* weighed.")).startswith("every figure on this page leads")


@pytest.mark.parametrize(
    "own",
    [
        f.words("They have 5,000 mules."), f.words("| a |\n|---|\n| 5 |"), f.cell(b.own(FRAME, caption="Mules")),
        f.cell(new_output("display_data", {"text/html": FRAME.to_html()})), f.cell(b.own("5 mules", caption="Mules")),
    ],
)  # fmt: skip
def test_a_page_with_figures_of_the_analysts_own_does_not_say_that_all_open(own: Any) -> None:
    assert foot(*CITED, own).startswith("every figure that opens leads to a claim")
    assert foot(*CITED, own, language="uk").startswith("кожне число, яке відкривається")


def test_a_page_without_claims_says_that_nothing_was_checked() -> None:
    assert foot(f.words("# How many?"), f.words("Many.")).startswith("no figure on this page leads to a claim")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([unrun()], "cell 2 was never run"), ([unrun(), unrun("# a\nb")], "cells 2, 3 were never run"),
        ([unrun(execution_count=1), f.words("a"), unrun()], "cell 4 was never run"),
        ([unrun(outputs=CITED[0].outputs, execution_count=1), unrun("import briefing as b")], "cell 3 was never run"),
    ],
)  # fmt: skip
def test_a_notebook_that_was_not_run_is_no_page(cells: list[Any], told: str) -> None:
    with pytest.raises(PageError, match=f"^{told}; .* Run all cells"):
        render_page(f.notebook(f.words("# How many?"), *cells))


@pytest.mark.parametrize(
    "cell",
    [
        unrun(""),
        unrun("# only a remark\n"),
        unrun(execution_count=3),
        unrun(metadata={"tags": ["remove-cell"]}),
        f.words("a"),
    ],
)
def test_what_has_nothing_to_run_or_has_run_is_fine(cell: Any) -> None:
    assert render_page(f.notebook(f.words("# How many?"), unrun(execution_count=1), cell))


def test_outputs_whose_counts_were_taken_away_have_run() -> None:
    assert render_page(f.notebook(*CITED, unrun("import briefing as b")))


@pytest.mark.parametrize("epoch", ["", "9" * 20, "soon"])
def test_the_command_refuses_in_lines_without_a_trace(tmp_path: Path, epoch: str) -> None:
    nbformat.write(f.notebook(f.words("# How many?"), unrun(execution_count=1)), tmp_path / "q.ipynb")
    done = _convert(tmp_path, SOURCE_DATE_EPOCH=epoch)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("SOURCE_DATE_EPOCH: ") and not (tmp_path / "q.html").exists()


def test_the_command_tells_each_cell_in_a_line_of_its_own(tmp_path: Path) -> None:
    pictures = [f.cell(new_output("display_data", {"image/png": "AAAA"})) for _ in range(2)]
    nbformat.write(f.notebook(f.words("# How many?"), *pictures), tmp_path / "q.ipynb")
    told = _convert(tmp_path).stderr.splitlines()[-2:]
    assert [line.split(":")[1].strip() for line in told] == ["cell 2", "cell 3"]


def _convert(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "nbconvert", "--to", "briefing", "q.ipynb"]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120
    )
