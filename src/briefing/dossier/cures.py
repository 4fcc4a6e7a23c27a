"""Cures for keys that lead nowhere: what somebody typed in an id's place is looked up before anything is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from briefing.dossier.cells import is_filled, keys_in
from briefing.dossier.tables import TABLES, name_files, tables_behind
from briefing.errors import Problem, cure_for
from briefing.values.addresses import normal_address

#: The columns in which a reader's word for a row may stand, by table.
_CALLED = {
    "sources": ("title", "url", "archived_url"), "actors": ("name", "aliases"), "places": ("name", "aliases"),
    "items": ("name", "singular", "plural"), "units": ("singular", "plural"), "quantities": ("title",),
}  # fmt: skip

#: What people put between the parts of a list that is written with a line.
_BETWEEN = re.compile(r"\s*(?:[;,|]|\s[/&]\s|\s+and\s+)\s*")

Frames = Mapping[str, pd.DataFrame]


def find_called(frame: pd.DataFrame, table: str) -> dict[str, str]:
    """Give the ids of a table's rows by what else they are called; what two rows are called leads to neither."""
    return {name: next(iter(ids)) for name, ids in find_all_called(frame, table).items() if len(ids) == 1}


def find_all_called(frame: pd.DataFrame, table: str) -> dict[str, set[str]]:
    """Give the ids of all rows by each thing that they are called, as `plain_name` writes it."""
    called: dict[str, set[str]] = {}
    key = TABLES[table].key[0]
    for column in _CALLED.get(table, ()):
        if column not in frame or key not in frame:
            continue
        named = frame.loc[frame[column].notna() & frame[key].notna()]
        for cell, row_id in zip(named[column].tolist(), named[key].tolist(), strict=True):
            for name in keys_in(cell) if column in TABLES[table].lists() else (cell,):
                called.setdefault(plain_name(name), set()).add(row_id)
    return called


def plain_name(name: str) -> str:
    """Write a name as names are compared: without capitals and odd spaces, an address as browsers take it.

    Examples
    --------
    >>> plain_name(" Harbour  Office ")
    'harbour office'
    """
    return normal_address(name) if "://" in name else " ".join(name.casefold().split())


def find_id(value: str, known: Iterable[str], called: Mapping[str, str]) -> str | None:
    """Find the id that a value is, is called by, or is but for its case."""
    ids = known if isinstance(known, set | frozenset | dict) else set(known)
    spoken = called.get(plain_name(value.replace("-", " ")))  # what a name looks like as an id
    return next((one for one in (value, called.get(plain_name(value)), value.lower(), spoken) if one in ids), None)


def cure_key(value: str, known: set[str], called: Mapping[str, str], *, is_list: bool, near: Iterable[str]) -> str:
    """Say what to write for a key that is in no row; no part of what was typed is lost."""
    if found := find_id(value, known, called):
        return f'Write "{found}"'
    parts = [part for part in _BETWEEN.split(value) if part]
    ids = [find_id(part, known, called) for part in parts]
    if len(parts) > 1 and any(ids):
        mended = [found or part for found, part in zip(ids, parts, strict=True)]
        if not all(ids):
            return f"Give each part its id ({', '.join(mended)}), with | between"
        one = f"Give one id, {' or '.join(mended)}; another is a row of its own"
        return f'Write "{"|".join(mended)}"' if is_list else one
    if len(parts) > 1 and is_list:
        return "Add the rows, and write their ids with | between"
    return cure_for(value, near, otherwise="Add the row")


def mend_cures(problems: Iterable[Problem], frames: Frames, *, files: Mapping[str, str]) -> list[Problem]:
    """Give cells that are no id the cure that the other tables know: the id of the row that they name."""
    tables = {file: name for name, file in files.items()}
    told = list(problems)
    called: dict[str, dict[str, str]] = {}
    known: dict[str, set[str]] = {}
    for at, problem in enumerate(told):
        table = tables.get(problem.file)
        target = TABLES[table].references().get(problem.column or "") if table else None
        if problem.id != "D01" or target is None or not problem.value or "no id" not in problem.what:
            continue
        if target not in known:
            known[target] = _ids(frames, target)
            called[target] = find_called(frames[target], target) if target in frames else {}
        is_list = table is not None and problem.column in TABLES[table].lists()
        cure = cure_key(problem.value, known[target], called[target], is_list=is_list, near=sorted(known[target]))
        if cure == "Add the row":
            slug = problem.cure.removeprefix("Write ")
            cure = (
                problem.cure
                if slug in known[target]
                else f"Give it an id, and write that of a row of {name_files(target)}"
            )
        told[at] = replace(problem, cure=cure)
    return told


def _ids(frames: Frames, target: str) -> set[str]:
    names = (name for name in tables_behind(target) if name in frames)
    keys = (frames[name][TABLES[name].key[0]].tolist() for name in names)
    return {key for column in keys for key in column if is_filled(key)}
