"""The house as its README draws it, where no contract of import-linter speaks: names, rooms and what stands flat."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "briefing"
FILES = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROOMS = re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE)

FIRST_DOSSIER = re.compile("belarus|lukashenk|russia|ukrain|kyiv|minsk", re.IGNORECASE)
#: A catalogue's name for a language is no dossier's business.
LANGUAGE = re.compile('[a-z]{2} = "[A-Z][a-z]+"')
DRAWERS = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_in_the_package_knows_of_the_first_dossier(path: Path) -> None:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    assert [line for line in lines if FIRST_DOSSIER.search(line) and not LANGUAGE.fullmatch(line)] == []


def test_there_is_no_drawer_for_everything() -> None:
    assert [path for path in FILES if DRAWERS & {path.stem, path.parent.name}] == []


def test_at_most_four_modules_lie_flat() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 4


def test_the_readme_names_every_room_and_no_other() -> None:
    assert sorted(ROOMS) == sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))
