"""Reading mappings from TOML: the shipped presets and the analyst's own, with everything that is wrong in one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from briefing.dossier.csvfile import OWN
from briefing.dossier.tables import TABLES
from briefing.errors import DossierError, Problem, UsageError, cure_for, did_you_mean, in_a_line, quoted
from briefing.intake.mapping import NAMED, SETTING, CellRule, Preset, put_in
from briefing.intake.presets import SHIPPED_PRESETS

#: The preset whose mapping the analyst has drafted and mends.
OWN_SHEET = "own-sheet"


def list_presets() -> list[Preset]:
    """List the shipped presets."""
    return [read_preset(path.stem) for path in sorted(SHIPPED_PRESETS.glob("*.toml"))]


def find_preset(name: str) -> Path:
    """Find a preset by its name, or the analyst's own by its path.

    Raises `UsageError` where there is none, with the nearest.
    """
    own = Path(name)
    if name.endswith(".toml"):
        if not own.is_file():
            rule = "a mapping is a TOML file"
            raise UsageError(f"{name}: is no file; {rule}. Draft one: briefing import own-sheet FILE --draft {name}")
        return own
    shipped = {path.stem: path for path in SHIPPED_PRESETS.glob("*.toml")}
    if name not in shipped:
        if own.is_file():
            raise UsageError(f"{name}: is no preset; the preset comes first. Write briefing import PRESET {name}.")
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


def pick_mapping(name: str, *, file: str = "FILE") -> Preset:
    """Read what a file is imported with; the shipped beginning of one's own mapping imports nothing.

    Raises `UsageError` and `DossierError` as `read_preset` does.
    """
    if name == OWN_SHEET:
        rule = "a sheet of your own needs a mapping of its own"
        raise UsageError(f"{name}: {rule}. Draft it: briefing import {name} {file} --draft mapping.toml.")
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
