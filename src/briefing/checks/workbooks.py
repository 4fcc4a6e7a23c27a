"""Workbooks beside a dossier: what somebody has typed into one is in no page until it is in the tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from briefing.dossier.files import list_files
from briefing.dossier.tables import TABLES
from briefing.errors import Problem

#: The law, as the list of rules has it.
LAW = "what is in a workbook is in the tables too"

_SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"')
#: A list of sheets longer than this is no workbook of ours.
_MOST_BYTES = 1_000_000
#: So long, in nanoseconds, a program may take between two files that it writes at once.
_AT_ONCE = 2_000_000_000


def find_newer_workbooks(folder: Path) -> list[Problem]:
    """D02: workbooks that were saved after the last table was, beside the tables or beside their folder."""
    tables = [path.stat().st_mtime_ns for path in list_files(folder) if path.name != "outlines.json"]
    if not tables:
        return []
    return [
        Problem(
            f"{folder.name or folder}/{path.name}" if path.parent == folder else path.name,
            None, None, None, "is newer than the tables, and no page is made from it", LAW,
            f"Take its rows over with briefing sheet import {path.name}, or move it elsewhere",
            id="D02", severity="warning",
        )
        for path in _list_workbooks(folder) if path.stat().st_mtime_ns > max(tables) + _AT_ONCE
    ]  # fmt: skip


def _list_workbooks(folder: Path) -> Iterator[Path]:
    """List the workbooks in a folder, and those beside it that hold its tables; a lock of an open one is none."""
    beside = folder.resolve().parent
    for path in sorted([*folder.glob("*.xls[xm]"), *beside.glob("*.xls[xm]")]):
        if path.is_file() and not path.name.startswith("~$") and (path.parent == folder or _holds_tables(path)):
            yield path


def _holds_tables(path: Path) -> bool:
    """Whether at least two of its sheets are called as tables are; what cannot be read holds none."""
    try:
        with zipfile.ZipFile(path) as packed, packed.open("xl/workbook.xml") as listed:
            names = {name.decode("utf-8", "replace") for name in _SHEET.findall(listed.read(_MOST_BYTES))}
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False
    return len(names & set(TABLES)) > 1
