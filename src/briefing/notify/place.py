"""Where it is noted what was told, apart from what tells it: a build looks before it imports all of that."""

from __future__ import annotations

from pathlib import Path

from briefing.archive.keeping import FOLDER

#: Where the ledger lies.
LEDGER = f"{FOLDER}/notices.json"


def has_ledger(out: Path) -> bool:
    """Whether anybody was ever to be told."""
    return (out / LEDGER).is_file()
