"""The house as its README draws it, where no contract of import-linter speaks: names, rooms and what stands flat."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "briefing"
FILES = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROOMS = re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE)

#: How the outlines of the world draw borders is said of all countries.
WORLD = PACKAGE / "dossier" / "world" / "README.md"
FIRST_DOSSIER = re.compile("belarus|lukashenk|russia|ukrain|kyiv|minsk", re.IGNORECASE)
#: A catalogue's name for a language is no dossier's business.
LANGUAGE = re.compile('[a-z]{2} = "[A-Z][a-z]+"')
#: Every program has a `main` of its own; methods are names within their class.
DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
DRAWERS = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}


@pytest.mark.parametrize(
    "path", [path for path in FILES if path != WORLD], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_nothing_in_the_package_knows_of_the_first_dossier(path: Path) -> None:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    assert [line for line in lines if FIRST_DOSSIER.search(line) and not LANGUAGE.fullmatch(line)] == []


def test_there_is_no_drawer_for_everything() -> None:
    assert [path for path in FILES if DRAWERS & {path.stem, path.parent.name}] == []


def test_at_most_four_modules_lie_flat() -> None:
    assert len(list(PACKAGE.glob("*.py"))) <= 4


def test_the_readme_names_every_room_and_no_other() -> None:
    assert sorted(ROOMS) == sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py"))


def test_no_public_name_is_defined_twice() -> None:
    places = defaultdict(list)
    for path in FILES:
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.suffix == ".py" else ast.Module([], [])
        for name in [node.name for node in tree.body if isinstance(node, DEFINITIONS)]:
            places[name].append(str(path.relative_to(PACKAGE)))
    public = {name: paths for name, paths in places.items() if not name.startswith("_") and name != "main"}
    assert {name: paths for name, paths in public.items() if len(paths) > 1} == {}
