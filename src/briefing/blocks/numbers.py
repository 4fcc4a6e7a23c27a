"""Numbers in the cells of other libraries' tables, read to sort by: as English, German or French write them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ENDS = r"(?:[eE][-+]?\d+)?\s?%?"
_ENGLISH = re.compile(rf"([-+−]?)((?:\d{{1,3}}(?:,\d{{3}})+|\d+)?(?:\.\d*)?){_ENDS}")
#: Thousands parted by points, spaces or apostrophes, and a comma before decimals.
_CONTINENTAL = re.compile(
    rf"([-+−]?)((?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:[ \u00a0\u202f'’]\d{{3}})+|\d+)(?:,\d+)?){_ENDS}"
)
#: What is beyond counting sorts as this: a browser can still take two such numbers from one another.
_BEYOND = 1e300
_WORDS = re.compile(r"([-+−]?)(nan|inf|∞|<na>)", re.IGNORECASE)
#: One and a half to English readers, fifteen hundred to German ones.
_EITHER = re.compile(r"[-+−]?[1-9]\d{0,2}\.\d{3}")


def read_numbers(cells: Sequence[str]) -> list[float | None]:
    """Read a column as numbers to sort by, ``None`` where a cell is empty or no number; nothing where it is of words.

    Examples
    --------
    >>> read_numbers(["1,098", "12.5", ""]), read_numbers(["1.234,5", "987"]), read_numbers(["98", "many"])
    ([1098.0, 12.5, None], [1234.5, 987.0], [])
    """
    told = [cell.strip() for cell in cells if cell.strip()]
    if not told or all(map(_WORDS.fullmatch, told)) or _is_either(told):
        return []
    if all(_reads(cell, _ENGLISH) for cell in told):
        return [_read(cell.strip().replace(",", "")) for cell in cells]
    if all(_reads(cell, _CONTINENTAL) for cell in told):
        return [_read(re.sub(r"[.\s'’]", "", cell.strip()).replace(",", ".")) for cell in cells]
    return []


def _reads(cell: str, pattern: re.Pattern[str]) -> bool:
    found = pattern.fullmatch(cell)
    return bool(_WORDS.fullmatch(cell) or (found and re.search(r"\d", found[2])))


def _is_either(cells: Sequence[str]) -> bool:
    """Whether nobody can tell if a point parts thousands: in some cells it may, and others have none."""
    return any(map(_EITHER.fullmatch, cells)) and any(map(re.compile(r"[1-9]\d*").fullmatch, cells))


def _read(cell: str) -> float | None:
    """Read one number; what is infinite sorts beyond all others."""
    if word := _WORDS.fullmatch(cell):
        beyond = _BEYOND if word[2].lower() in ("inf", "∞") else None
        return -beyond if beyond and word[1] in ("-", "−") else beyond
    number = float(cell.replace("−", "-").rstrip("% ")) if cell else None
    return None if number is None else max(-_BEYOND, min(_BEYOND, number))
