"""Notebooks as people's programs leave them: read as they are meant, or told by name while the others are built."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from norway import ROWS, write_dossier
from notebooks import notebook_text

from briefing.checks import check_notebooks
from briefing.editions.catalog import list_editions, pick_briefing, read_catalog
from briefing.editions.cells import list_flaws, parse_cells, settle_notebook
from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook
from briefing.errors import NotebookError
from briefing.press.build import Outcome, build
from briefing.press.orders import pack

SHOWN = "import briefing as b\nb.note('Method', 'Read by hand.')"
WHOLE: dict[str, Any] = json.loads(notebook_text(SHOWN))


def odd(change: Callable[[dict[str, Any]], object]) -> str:
    notebook: dict[str, Any] = json.loads(json.dumps(WHOLE))
    change(notebook)
    return json.dumps(notebook)


#: What is read as if it said nothing.
MEANT = {
    "cell-null": odd(lambda n: n["cells"][2].update(metadata=None)), "null": odd(lambda n: n.update(metadata=None)),
    "tags-null": odd(lambda n: n["cells"][2]["metadata"].update(tags=None)),
    "minor": odd(lambda n: n.pop("nbformat_minor")),
    "outputs-null": odd(lambda n: n["cells"][2].update(outputs=None)),
    "count": odd(lambda n: n["cells"][2].pop("execution_count")),
    "kernel-null": odd(lambda n: n.update(metadata={"kernelspec": None})), "no-form": odd(lambda n: n.pop("nbformat")),
    "no-ids": odd(lambda n: [cell.pop("id") for cell in n["cells"]]), "old": odd(lambda n: n.update(nbformat_minor=0)),
    "twice": odd(lambda n: [cell.update(id="a") for cell in n["cells"]]),
    "newer": odd(lambda n: n.update(nbformat_minor=9)),
    "bad-id": odd(lambda n: n["cells"][0].update(id="a b\u00e9")), "bom": "\ufeff" + json.dumps(WHOLE),
    "pictures": odd(lambda n: n["cells"][0].update(attachments={"a.png": None})),
    "briefing": odd(lambda n: n["metadata"].update(briefing="x")),
    "lines": odd(lambda n: n["cells"][2].update(source=SHOWN.splitlines(True))),
}  # fmt: skip

#: What is no notebook, and why.
REFUSED = {
    "no-type": (odd(lambda n: n["cells"][2].pop("cell_type")), "cell 3 has no type"),
    "heading": (odd(lambda n: n["cells"][2].update(cell_type="heading")), "cell 3 is of type 'heading'"),
    "no-source": (odd(lambda n: n["cells"][2].pop("source")), "cell 3 has no source"),
    "half": (odd(lambda n: n["cells"][2].update(source="a = '\ud83d'")), "cell 3 holds half a character, U+D83D"),
    "half-name": (odd(lambda n: n["cells"][0]["metadata"].update(a="\ud83d")), "cell 1 notes half a character"),
    "no-cell": (odd(lambda n: n["cells"].append(None)), "cell 4 has no type"),
    "five": (odd(lambda n: n.update(nbformat=5)), "is a notebook of format 5"),
    "three": (odd(lambda n: n.update(nbformat=3)), "is a notebook of format 3"),
    "words": (odd(lambda n: n.update(nbformat="4")), "is not a notebook"),
    "torn": (json.dumps(WHOLE)[:-9], "is not a notebook"),
    "list": ("[]", "is not a notebook"),
    "deep": ("[" * 90_000, "is not a notebook"), "empty": ("", "is not a notebook"),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Outcome]]:
    """Build a catalog of them all, the first two odd ones before a good one."""
    root = tmp_path_factory.mktemp("odd")
    small = write_dossier(root / "data", ROWS)
    (root / "notebooks").mkdir()
    texts = {
        **{name: text for name, (text, _) in REFUSED.items()},
        "declares": notebook_text(parameters="print(1)"),
        **MEANT,
    }
    for name, text in texts.items():
        (root / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8", errors="surrogatepass")
    listed = "".join(f'[[briefing]]\nnotebook = "{name}"\nas_of = "2031-04-12"\n' for name in texts)
    (root / "notebooks" / "briefings.toml").write_text(f"\ufeff{listed}", encoding="utf-8")
    briefings = read_catalog(root / "notebooks" / "briefings.toml")
    editions = list_editions(briefings, data=small)
    outcomes = build(editions, data=small, out=root / "reports", briefings=briefings)
    return root, {outcome.edition.split("/")[0]: outcome for outcome in outcomes}


def test_all_that_can_be_read_is_built(made: tuple[Path, dict[str, Outcome]]) -> None:
    assert {name: made[1][name].reasons for name in MEANT if made[1][name].status != "published"} == {}


@pytest.mark.parametrize("name", REFUSED)
def test_each_that_cannot_is_told_by_name(made: tuple[Path, dict[str, Outcome]], name: str) -> None:
    (told,) = made[1][name].reasons
    assert made[1][name].status == "failed" and f"{name}.ipynb: {REFUSED[name][1]}; a notebook is a file of" in told


def test_a_cell_of_parameters_that_declares_none_stops_its_own_briefing_alone(
    made: tuple[Path, dict[str, Outcome]],
) -> None:
    assert "declares no parameter" in made[1]["declares"].reasons[0]
    with pytest.raises(NotebookError, match="declares no parameter"):
        pick_briefing(made[0] / "notebooks" / "declares.ipynb")


def test_what_was_told_of_a_notebook_goes_when_it_can_be_read(
    made: tuple[Path, dict[str, Outcome]], small: Path
) -> None:
    root, small = made[0], made[0] / "data"
    told = root / "reports" / "torn" / "unreadable.failed.html"
    assert told.is_file()
    (root / "notebooks" / "torn.ipynb").write_text(json.dumps(WHOLE), encoding="utf-8")
    briefings = [
        briefing for briefing in read_catalog(root / "notebooks" / "briefings.toml") if briefing.name == "torn"
    ]
    build(list_editions(briefings, data=small), data=small, out=root / "reports", briefings=briefings)
    assert not told.exists() and (root / "reports" / "torn" / "2031-04-12.html").is_file()


@pytest.mark.parametrize("name", ["no-ids", "twice", "old", "bad-id"])
def test_a_run_has_the_same_bytes_whatever_its_file_leaves_out(name: str, small: Path, tmp_path: Path) -> None:
    runs = [
        pack(run_notebook(MEANT[name], {}, folder=tmp_path, environment=name_environment(data=small), name="q.ipynb"))
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    ids = [cell["id"] for cell in settle_notebook(MEANT[name], where="q")["cells"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    "name", [name for name in MEANT if name not in ("bom", "count", "lines", "briefing", "newer", "old", "pictures")]
)
def test_check_tells_what_a_file_leaves_out(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.ipynb").write_text(MEANT[name], encoding="utf-8")
    told = [problem for problem in check_notebooks([tmp_path / f"{name}.ipynb"]) if problem.id in ("N01", "N02", "N04")]
    assert told or name == "bad-id"


@pytest.mark.parametrize("name", REFUSED)
def test_check_tells_each_that_is_no_notebook(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.ipynb").write_text(REFUSED[name][0], encoding="utf-8")
    assert [problem.id for problem in check_notebooks([tmp_path / f"{name}.ipynb"])] == ["N01"]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(200))
def test_a_random_change_of_a_notebook_is_read_or_told(seed: int) -> None:
    chance = random.Random(seed)
    notebook: Any = json.loads(json.dumps(WHOLE))
    for _ in range(chance.randint(1, 3)):
        place = chance.choice([notebook, *notebook["cells"]]) if isinstance(notebook.get("cells"), list) else notebook
        if isinstance(place, dict) and place:
            place[chance.choice(list(place))] = chance.choice(
                [None, 0, -1, 5, "x", [], {}, [None], {"a": None}, "\ud800", True, 1.5]
            )
    text = json.dumps(notebook)
    if list_flaws(text):
        with pytest.raises(NotebookError, match=r"^q: .*; a notebook is a file of Jupyter's format 4\. Open it"):
            settle_notebook(text, where="q")
    else:
        settled = settle_notebook(text, where="q")
        assert settled["nbformat_minor"] == 5 and all(cell["id"] for cell in settled["cells"])
        assert len(parse_cells(text, where="q")) == len(settled["cells"])
