"""Mappings: what a file's columns become in a dossier, as a preset or the analyst's own TOML says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

#: How a cell is read.
HowRead = Literal["text", "day", "period", "years", "actor", "place", "item", "source", "truth"]

#: The table in which a name is looked up, by how its cell is read.
NAMED = {"actor": "actors", "place": "places", "item": "items", "source": "sources"}

#: What a template puts in: the text of a column, or a setting.
_PUT_IN = re.compile(r"\{([^{}]+)\}")

#: The settings of a template that are no column.
SETTING, NUMBER, RELEASED, LINE = "set:", "number", "released", "line"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileShape(_Part):
    """How the file is written."""

    encoding: str = Field("utf-8", description="Its encoding; a mark at its beginning is skipped.")
    delimiter: str = Field(",", description="What stands between cells.", min_length=1, max_length=1)
    sheet: str = Field("", description="The sheet of a workbook. Empty: its first.")
    skip: int = Field(0, description="How many lines stand before the header.", ge=0)
    header: tuple[str, ...] = Field((), description="Columns that its header must have; it is looked for.")
    header_lines: int = Field(1, description="In how many lines the header is: groups above names.", ge=1, le=3)
    columns: tuple[str, ...] = Field((), description="All its columns, for a file that has no header.")
    hashtags: bool = Field(False, description="Whether a row of HXL hashtags may stand below the header.")
    broken_rows: bool = Field(False, description="Whether a row may run over several lines without quotation marks.")
    missing: tuple[str, ...] = Field((), description="What cells hold that are not stated.")
    leave_out: tuple[str, ...] = Field((), description="First cells of rows that are no data, such as Total.")
    ends_at: str = Field("", description="The first cell of the row at which the data end.")
    also: dict[str, str] = Field({}, description="Other names that releases give to columns, and the name used here.")
    optional: tuple[str, ...] = Field((), description="Columns that a file may lack.")


class ReleaseRule(_Part):
    """The document that the file is: it becomes a row of sources.csv, one a release."""

    publisher: str = Field(description="Who publishes it.")
    title: str = Field(description="Its title.")
    url: str = Field("", description="Where it is published; --url names another.")
    kind: str = Field("dataset", description="As in sources.csv.")
    language: str = Field("", description="Its language (BCP 47).")
    released: str = Field("", description="A pattern whose first group is the day of release, in the lines above.")
    in_name: str = Field("", description="The same, in the file's name.")
    formats: tuple[str, ...] = Field(("%Y-%m-%d",), description="How that day is written.")
    known: str = Field("", description="A column with the day on which each row became known, in seconds since 1970.")


class CellRule(_Part):
    """What a cell of a row is made of; a text alone is its `text`."""

    column: str = Field("", description="The file's column.")
    text: str = Field("", description="A text; {Column} puts a column in, {set:NAME} a setting.")
    read: HowRead = Field("text", description="How it is read.")
    formats: tuple[str, ...] = Field((), description="How days are written, as %d/%m/%Y; never guessed.")
    doubt: str = Field("", description="A column that holds ? where the day is uncertain.")
    until: str = Field("", description="The column with the last day of a period.")
    months_since: str = Field(
        "",
        description="The month that 0 is, where a column counts months; 0 itself is unknown.",
        pattern=r"^(\d{4}-\d{2})?$",
    )
    map: dict[str, str] = Field({}, description="What to write for what the file says.")
    otherwise: str = Field("", description="What to write where it is not stated, or not in the map.")
    add: dict[str, str] = Field({}, description="The cells of a row for a name that is new, with --add-names.")
    always: bool = Field(False, description="Whether such a row is added without --add-names.")


class NumberRule(_Part):
    """Where low, best and high come from."""

    column: str = Field("", description="A column with a number, hedged or not: 36, 36?, (36), about 36, 30-40.")
    doubt: str = Field("", description="A column that holds ? where that number is uncertain.")
    estimate: bool = Field(False, description="Whether every number of the column is an estimate: about.")
    low: str = Field("", description="The column with the lowest number.")
    best: str = Field("", description="The column with the best number.")
    high: str = Field("", description="The column with the highest number.")
    qualifier: str = Field("", description="The column with the qualifier, where the file has the dossier's own.")
    below_zero: str = Field("", description="The status of a number below zero, such as withdrawn. Empty: an error.")
    separator: Literal["", ",", ".", " "] = Field(",", description="What stands between thousands.")


class WhenRule(_Part):
    """When a row of the file makes a row of the dossier."""

    column: str = Field(description="The file's column.")
    filled: bool | None = Field(None, description="Whether it must state something.")
    among: tuple[str, ...] = Field((), description="What it may hold.")
    not_among: tuple[str, ...] = Field((), description="What it may not hold.")


class QuantityRule(_Part):
    """The quantity of a claim, which is made where the claim is new."""

    title: str = Field(description="Its title; {Column} puts a column in.")
    scope: str = Field("", description="What is in and what is out.")
    each: bool = Field(
        True, description="Whether each row of the file has one of its own, also where titles are alike."
    )


class RowRule(_Part):
    """A row of the dossier that a row of the file makes."""

    table: Literal["deployments", "transfers", "losses", "events"] = Field(description="The table.")
    name: str = Field("", description="What tells it from the others that the same row makes.")
    when: tuple[WhenRule, ...] = Field((), description="When it is made; all must hold.")
    number: NumberRule | None = Field(None, description="Where its number comes from.")
    quantity: QuantityRule | None = Field(None, description="The quantity that it is about.")
    cells: dict[str, CellRule] = Field(description="Its cells.")


class FillRule(_Part):
    """Sources whose cells a row of the file fills; the source is found by its address."""

    column: str = Field(description="The column with the address.")
    when: tuple[WhenRule, ...] = Field((), description="When it is filled; all must hold.")
    cells: dict[str, CellRule] = Field(description="The cells.")


class Preset(_Part):
    """How a file becomes rows: a preset, or the analyst's own mapping."""

    name: str = Field(description="What it is called; rows that it brought are found by it.", pattern="^[a-z0-9-]+$")
    title: str = Field(description="What it reads, in a line.")
    about: str = Field("", description="What a user should know.")
    licence: str = Field("", description="The licence that the provider states.")
    identity: tuple[str, ...] = Field((), description="The columns that tell a row from the others, in all releases.")
    settings: dict[str, str] = Field({}, description="What must be given with --set NAME=VALUE, and what it is.")
    file: FileShape = Field(FileShape(), description="How the file is written.")
    release: ReleaseRule | None = Field(None, description="The document that the file is.")
    makes: tuple[RowRule, ...] = Field((), description="The rows that a row of the file makes.")
    fills: FillRule | None = Field(None, description="The sources that it fills, instead.")
    names: dict[Literal["actors", "places", "items", "sources"], dict[str, str]] = Field(
        {}, description="Ids for names as the file has them."
    )


def put_in(template: str) -> list[str]:
    """Name what a template puts in.

    Examples
    --------
    >>> put_in("{Recipient}, {set:side}")
    ['Recipient', 'set:side']
    """
    return _PUT_IN.findall(template)


def fill_in(template: str, texts: Mapping[str, str]) -> str:
    """Put texts into a template; what is empty leaves no double space.

    Examples
    --------
    >>> fill_in("{n} {kind} boats", {"n": "3", "kind": ""})
    '3 boats'
    """
    return " ".join(_PUT_IN.sub(lambda found: texts.get(found[1], ""), template).split())


def columns_in_cell(cell: CellRule) -> list[str]:
    """Name the columns of the file that a cell is made of."""
    named = [cell.column, cell.doubt, cell.until]
    return [name for name in (*named, *put_in(cell.text), *put_in(cell.otherwise)) if name and _is_column(name)]


def columns_made_of(making: RowRule | FillRule) -> tuple[str, ...]:
    """Name the columns of the file that a row is made of, in order and each once."""
    number = getattr(making, "number", None)
    named = [each for cell in making.cells.values() for each in columns_in_cell(cell)]
    named += [number.column, number.doubt, number.low, number.best, number.high, number.qualifier] if number else []
    return tuple(dict.fromkeys(name for name in named if name))


def columns_needed(preset: Preset) -> tuple[str, ...]:
    """Name every column that a preset speaks of."""
    parts: list[RowRule | FillRule] = [*preset.makes, *([preset.fills] if preset.fills else [])]
    named = [name for part in parts for name in (*columns_made_of(part), *(each.column for each in part.when))]
    titles = [name for each in preset.makes if each.quantity for name in put_in(each.quantity.title)]
    added = [n for part in parts for cell in part.cells.values() for text in cell.add.values() for n in put_in(text)]
    extra = [preset.fills.column] if preset.fills else []
    extra += [preset.release.known] if preset.release and preset.release.known else []
    return tuple(
        dict.fromkeys(name for name in (*preset.identity, *named, *titles, *added, *extra) if _is_column(name))
    )


def _is_column(name: str) -> bool:
    return not name.startswith(SETTING) and name not in (NUMBER, RELEASED, LINE)
