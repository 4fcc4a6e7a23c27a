"""The floors of the house: who may import whom, read from the imports themselves."""

import ast
import re
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src"
PACKAGE = SRC / "briefing"

#: From the ground up; a module imports only from earlier floors, and a new module is given its place here. `blocks`
#: stands before `evidence` and `prose`, since the desk's verbs answer with blocks; the press knows them too, and
#: nothing else of the desk.
GROUND = (
    "errors", "clock", "languages", "dates", "bounds", "rivals", "cells", "columns", "memory", "assessments", "tables",
    "csvfile", "rows", "assessment_rules", "rules", "knowledge", "folders", "reads", "reading", "dossier", "descriptor",
    "records", "blocks",
)  # fmt: skip
DESK = (
    "example", "wordings", "evidence", "figures", "counting", "newest", "claims", "sides", "sums", "comparisons",
    "overviews", "doubts", "history", "affected", "statements", "speakers", "likelihood", "exhibits", "judgements",
    "hypotheses", "toplines", "indicators", "scoring", "since", "errata", "prose", "answers", "theme", "grids",
    "outlines", "charts", "maps", "timelines", "faces", "checks", "audits", "asking", "desk",
)  # fmt: skip
PRESS = ("press",)
ROOF = ("cli",)
FLOORS = GROUND + DESK + PRESS + ROOF

#: What the press may take from below; never the desk's verbs.
FOR_THE_PRESS = {
    "errors", "clock", "languages", "dates", "tables", "dossier", "folders", "reads", "blocks", "checks", "press",
}  # fmt: skip

#: What belongs to the press and the command line alone.
NOT_AT_THE_DESK = {"papermill", "nbconvert", "jupyter_client", "click"}

FILES = sorted(SRC.rglob("*.py"))
TEXTS = sorted(path for path in SRC.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def room_of(module: str) -> str:
    """Give the first name below the package: ``briefing.press.run`` is in ``press``."""
    return module.split(".")[1] if "." in module else "__init__"


def imports_of(path: Path) -> list[tuple[str, int]]:
    """Give every module that a file imports, and the line; an import in a function counts where no comment says why."""
    text = path.read_text(encoding="utf-8")
    lines, tree = text.splitlines(), ast.parse(text)
    top = {id(node) for node in tree.body}
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = names_of(node, path)
        else:
            continue
        if id(node) in top or "#" not in lines[node.lineno - 1]:
            found += [(name, node.lineno) for name in names]
    return found


def names_of(node: ast.ImportFrom, path: Path) -> list[str]:
    """Give the modules of a from-import; ``from briefing import dates`` is an import of ``briefing.dates``."""
    base = node.module or ""
    if node.level:
        package = [*path.relative_to(SRC).parts[:-1]][: len(path.relative_to(SRC).parts) - node.level]
        base = ".".join([*package, *([node.module] if node.module else [])])
    return [f"briefing.{alias.name}" for alias in node.names] if base == "briefing" else [base]


def ours() -> list[tuple[Path, str, str, int]]:
    """Give every import of our own modules: the file, its room, the room that it imports, the line."""
    found = []
    for path in FILES:
        parts = path.relative_to(SRC).with_suffix("").parts
        room = parts[1] if len(parts) > 1 else "__init__"
        found += [
            (path, room, room_of(name), line)
            for name, line in imports_of(path)
            if name == "briefing" or name.startswith("briefing.")
        ]
    return found


def told(path: Path, line: int, words: str) -> str:
    return f"{path.relative_to(SRC.parent)}:{line}: {words}"


def test_every_module_has_its_floor():
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in FILES} - {"__init__"}
    assert sorted(rooms - set(FLOORS)) == [], "give each its place among the floors in tests/test_order.py"


def test_a_module_imports_only_from_earlier_floors():
    floor = {room: at for at, room in enumerate(FLOORS)}
    upward = [
        told(path, line, f"{room} imports {other}, which is on a later floor")
        for path, room, other, line in ours()
        if room != "__init__" and floor.get(other, len(floor)) > floor.get(room, -1)
    ]
    assert upward == []


def test_the_vocabulary_of_the_desk_has_nothing_of_the_press():
    assert [
        told(path, line, other) for path, room, other, line in ours() if room == "__init__" and other in PRESS + ROOF
    ] == []


def test_the_press_knows_nothing_of_the_desks_verbs():
    known = [
        told(path, line, f"the press imports {other}")
        for path, room, other, line in ours()
        if room == "press" and other not in FOR_THE_PRESS
    ]
    assert known == []


def test_the_desk_knows_nothing_of_papermill_nbconvert_jupyter_or_click():
    known = [
        told(path, line, f"imports {name}")
        for path in FILES
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") not in PRESS + ROOF
        for name, line in imports_of(path)
        if name.split(".")[0] in NOT_AT_THE_DESK
    ]
    assert known == []


@pytest.mark.parametrize("room", GROUND[:-1])
def test_the_ground_floor_draws_nothing(room):
    drawn = [name for name, _ in imports_of(PACKAGE / f"{room}.py") if name.split(".")[0] in ("altair", "IPython")]
    assert drawn == []


def test_no_file_is_over_400_lines():
    long = {str(path.relative_to(SRC)): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_nothing_in_src_knows_of_the_first_dossier():
    words = re.compile("belarus|lukashenk|russia|ukrain|kyiv|minsk", re.IGNORECASE)
    a_language = re.compile('[a-z]{2} = "[A-Z][a-z]+"')  # a catalogue's name for one is no dossier's business
    found = [
        told(path, number, match[0])
        for path in TEXTS
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if (match := words.search(line)) and not (path.suffix == ".toml" and a_language.fullmatch(line))
    ]
    assert found == []


def test_there_is_no_drawer_for_everything():
    drawers = {"utils", "util", "helpers", "helper", "manager", "base", "misc", "common"}
    assert [path.name for path in FILES if path.stem in drawers or path.parent.name in drawers] == []
