"""How a workbook looks, and what its cells let in: fills, formats, drop-downs and notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from briefing.dossier.cells import Count, Day, Latitude, Longitude, Truth
from briefing.dossier.datapackage import say_holds
from briefing.dossier.rows import TypedColumn
from briefing.dossier.tables import DossierTable
from briefing.errors import Problem

#: Red where `briefing check` finds an error, amber where it warns; a column that must be filled, and one that may be.
FILLS = {"error": "F8CBAD", "warning": "FFE699", "required": "BDD7EE", "optional": "EDEDED", "own": "E2EFDA"}

#: So many rows more than it has a sheet is ready for.
SPARE = 1000

#: The most characters of a literal list of choices.
_MOST_LISTED = 255

#: The numbers that a column takes.
_BOUNDS = {Count: ("0", "1000000000000000"), Latitude: ("-90", "90"), Longitude: ("-180", "180")}


def number_format(kind: Any) -> str:
    """Give the format of a column's cells: text, so that nothing typed is turned into something else, or a value."""
    return "yyyy-mm-dd" if kind == Day else "General" if kind in _BOUNDS else "@"


def choose_validation(column: TypedColumn, ids: str | None) -> Any:
    """Give what a column's cells let in: choices, numbers, days, or the ids of a range; ``None`` where it is any text.

    An id that is in no row yet is let in after a question, since its row may be added next.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    choices = ("true", "false") if column.kind == Truth else get_args(column.kind) if _is_choice(column.kind) else ()
    listed = ",".join(choices)
    asked: dict[str, Any]
    if ids:
        asked = {"type": "list", "formula1": ids, "errorStyle": "warning"}
        error = "No row had this id when the workbook was made. Keep it where its row is in this workbook too."
    elif choices and len(listed) <= _MOST_LISTED:
        asked = {"type": "list", "formula1": f'"{listed}"'}
        error = "Choose one from the list."
    elif column.kind in _BOUNDS:
        low, high = _BOUNDS[column.kind]
        asked = {"type": "decimal", "operator": "between", "formula1": low, "formula2": high}
        error = f"Write a number, from {low} to {high}, and nothing else."
    elif column.kind == Day:
        asked = {"type": "date", "operator": "greaterThan", "formula1": "1"}
        error = "Write a whole day: 2031-10-09."
    else:
        return None
    return DataValidation(**asked, allow_blank=True, error=error, errorTitle=column.name, showErrorMessage=True)


def say_column(table: DossierTable, column: TypedColumn) -> str:
    """Say what a column is, for the note at its head."""
    required = "Required. " if column.is_required else ""
    return f"{required}{column.meaning}\nHolds: {say_holds(table, column).replace('`', '')}."


def say_problems(problems: list[Problem], *, most: int = 5) -> str:
    """Say what is wrong with a cell, for the note at it."""
    lines = [f"{each.severity} {each.id}: {each.what}; {each.rule}. {each.cure}."[:600] for each in problems[:most]]
    more = [f"and {len(problems) - most} more: briefing check"] if len(problems) > most else []
    return "\n".join([*lines, *more])


def gravest(problems: list[Problem]) -> Literal["error", "warning"]:
    """Give the severity by which a cell is coloured."""
    return "error" if any(each.severity == "error" for each in problems) else "warning"


def choose_width(name: str, cells: list[str]) -> int:
    """Give the width of a column in characters: that of most of its cells, within what a screen can show."""
    lengths = sorted(len(cell) for cell in cells if cell)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    return max(len(name) + 4, min(usual + 2, 48))


def paint(cell: Any, styles: Mapping[str, Any]) -> Any:
    """Give a cell its looks."""
    for name, value in styles.items():
        setattr(cell, name, value)
    return cell


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) is Literal
