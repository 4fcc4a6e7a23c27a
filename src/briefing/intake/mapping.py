"""Mappings: what a file's columns become in a dossier, as a preset or the analyst's own TOML says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from briefing.dossier.csvfile import OWN
from briefing.dossier.tables import TABLES
from briefing.errors import DossierError, Problem, UsageError, cure_for, did_you_mean, in_a_line, quoted
from briefing.intake.presets import SHIPPED_PRESETS

#: The preset whose mapping the analyst has drafted and mends.
OWN_SHEET = "own-sheet"

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


# --- reading ----------------------------------------------------------------------------------------------------


def list_presets() -> list[Preset]:
    """List the shipped presets."""
    return [read_preset(path.stem) for path in sorted(SHIPPED_PRESETS.glob("*.toml"))]


def find_preset(name: str) -> Path:
    """Find a preset by its name, or the analyst's own by its path.

    Raises `UsageError` where there is none, with the nearest.
    """
    own = Path(name)
    if name.endswith(".toml") or own.is_file():
        if not own.is_file():
            rule = "a mapping is a TOML file"
            raise UsageError(f"{name}: is no file; {rule}. Draft one: briefing import own-sheet FILE --draft {name}")
        return own
    shipped = {path.stem: path for path in SHIPPED_PRESETS.glob("*.toml")}
    if name not in shipped:
        within = [each for each in shipped if name.casefold() in each]
        cure = f"Did you mean {within[0]}?" if len(within) == 1 else did_you_mean(name, shipped)
        raise UsageError(f"{name}: is no preset; a preset is shipped, or a TOML file of your own. {cure}")
    return shipped[name]


def read_preset(name: str) -> Preset:
    """Read a preset by its name, or the analyst's own mapping by its path.

    Raises `UsageError` where there is none or it is no TOML, `DossierError` with everything that is wrong in it.
    """
    path = find_preset(name)
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; a mapping is a TOML file. Name another.") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: {in_a_line(error)}; a mapping is TOML in UTF-8. Correct the line.") from None
    return parse_preset(told, where=path.name)


def pick_mapping(name: str) -> Preset:
    """Read what a file is imported with; the shipped beginning of one's own mapping imports nothing.

    Raises `UsageError` and `DossierError` as `read_preset` does.
    """
    if name == OWN_SHEET:
        rule = "a sheet of your own needs a mapping of its own"
        raise UsageError(f"{name}: {rule}. Draft it: briefing import {name} FILE --draft mapping.toml.")
    return read_preset(name)


def parse_preset(told: Mapping[str, Any], *, where: str) -> Preset:
    """Make a preset of what a TOML file says; raises `DossierError` with everything that is wrong in it."""
    try:
        preset = Preset.model_validate(_spelt_out(told))
    except ValidationError as error:
        raise DossierError([_misread(dict(flaw), where) for flaw in error.errors()]) from None
    if flaws := list(_flaws(preset, where)):
        raise DossierError(flaws)
    return preset


def _spelt_out(told: Mapping[str, Any]) -> dict[str, Any]:
    """Write cells that are a text alone as what they stand for."""

    def spell(part: Any) -> Any:
        if not isinstance(part, dict) or not isinstance(part.get("cells"), dict):
            return part
        cells = {name: {"text": cell} if isinstance(cell, str) else cell for name, cell in part["cells"].items()}
        return {**part, "cells": cells}

    spelt = dict(told)
    if isinstance(told.get("makes"), list):
        spelt["makes"] = [spell(part) for part in told["makes"]]
    if "fills" in told:
        spelt["fills"] = spell(told["fills"])
    return spelt


def _misread(flaw: Mapping[str, Any], where: str) -> Problem:
    """Say what pydantic found in the house's words."""
    loc = [str(step + 1) if isinstance(step, int) else str(step) for step in flaw["loc"]]
    place = f"{where}: {'.'.join(loc)}"
    if flaw["type"] == "extra_forbidden":
        known = _keys_at(flaw["loc"][:-1])
        cure = cure_for(loc[-1], known, otherwise=f"Write one of {', '.join(known)}")
        return Problem(
            place, None, None, None, "is no key of a mapping", "a mapping has the keys of docs/import.md", cure
        )
    if flaw["type"] == "missing":
        return Problem(place, None, None, None, "is missing", "a mapping must state it", f"Write {loc[-1]} = ...")
    what = f"{quoted(str(flaw.get('input')))} cannot be meant"
    return Problem(place, None, None, None, what, in_a_line(Exception(flaw["msg"])), "Correct it")


def _keys_at(steps: tuple[Any, ...]) -> list[str]:
    """Name the keys that a mapping has at a place."""
    model: Any = Preset
    for step in steps:
        if isinstance(model, type) and issubclass(model, BaseModel) and step in model.model_fields:
            hint = model.model_fields[step].annotation
            models = [part for part in _flat(hint) if isinstance(part, type) and issubclass(part, BaseModel)]
            model = models[0] if models else None
    return list(model.model_fields) if model is not None else []


def _flat(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _flat(part)


def _flaws(preset: Preset, where: str) -> Iterator[Problem]:
    """Find what a mapping says that no dossier has."""
    if not preset.makes and preset.fills is None:
        cure = "Write [[makes]] with a table and its cells"
        yield Problem(where, None, None, None, "makes nothing", "a mapping makes rows, or fills sources", cure)
    for at, making in enumerate(preset.makes, 1):
        columns = TABLES[making.table].columns
        for name, cell in making.cells.items():
            yield from _cell_flaws(name, cell, columns, f"{where}: makes.{at}.cells.{name}", preset)
        names = [each.name for each in preset.makes[:at]]
        if names.count(making.name) > 1:
            rule, cure = "what one row makes is told apart by name", "Give each of [[makes]] a name of its own"
            yield Problem(f"{where}: makes.{at}", None, None, None, f"{quoted(making.name)} stands twice", rule, cure)
    release = preset.release
    for key, pattern in (("released", release.released), ("in_name", release.in_name)) if release else ():
        if pattern and not _has_group(pattern):
            rule, cure = "its first group is the day", r"Write one such as (\d{4}-\d\d-\d\d)"
            yield Problem(f"{where}: release.{key}", None, None, None, f"{quoted(pattern)} is no pattern", rule, cure)
    for name, cell in preset.fills.cells.items() if preset.fills else ():
        yield from _cell_flaws(name, cell, TABLES["sources"].columns, f"{where}: fills.cells.{name}", preset)


def _has_group(pattern: str) -> bool:
    try:
        return re.compile(pattern).groups > 0
    except re.error:
        return False


def _cell_flaws(name: str, cell: CellRule, columns: tuple[str, ...], place: str, preset: Preset) -> Iterator[Problem]:
    if name not in columns and not name.startswith(OWN):
        cure = cure_for(name, columns, otherwise=f"Write one of {', '.join(columns)}")
        rule = f"cells are those of the table, or begin with {OWN}"
        yield Problem(place, None, None, None, "is no column of the table", rule, cure)
    for put in put_in(cell.text):
        if put.startswith(SETTING) and put.removeprefix(SETTING) not in preset.settings:
            rule, cure = "a setting is listed", f"Write it under [settings], or {_near_setting(put, preset)}"
            yield Problem(place, None, None, None, f"{put} is no setting", rule, cure)
    if cell.map and cell.read in NAMED and not cell.column:
        yield Problem(place, None, None, None, "maps nothing", "a map is for a column", "Name the column")


def _near_setting(put: str, preset: Preset) -> str:
    near = get_close_matches(put.removeprefix(SETTING), preset.settings, n=1)
    return f"set:{near[0]}" if near else "take it out"
