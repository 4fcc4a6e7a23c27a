"""Two blocks in one cell: both are on the page, in order, and every check sees both."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from notebooks import notebook_text

from briefing.checks import check_edition
from briefing.checks.draft import read_draft
from briefing.checks.runs import find_flaws
from briefing.desk.affected import read_blocks
from briefing.editions.catalog import make_edition, pick_briefing
from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook
from briefing.page.exporter import render_page
from briefing.press.build import build
from briefing.press.publish import run_path

IMPORT = "from briefing.blocks.blocks import Prose"

TWO = {
    "shown, last": "display(Prose(text=('Alpha.',)))\nProse(text=('Beta.',))",
    "shown, shown": "display(Prose(text=('Alpha.',)))\ndisplay(Prose(text=('Beta.',)))",
    "shown at once": "display(Prose(text=('Alpha.',)), Prose(text=('Beta.',)))",
    "a line each": "Prose(text=('Alpha.',))\nProse(text=('Beta.',))",
    "before other code": "Prose(text=('Alpha.',))\nProse(text=('Beta.',))\nx = 1",
    "of two lines": "Prose(\n    text=('Alpha.',)\n)\nlen('x')\nProse(text=('Beta.',))",
}


def ran(*cells: str, folder: Path, parent: int | None = None) -> object:
    text = notebook_text(IMPORT, *cells, parameters=None)
    return run_notebook(text, {}, folder=folder, environment=name_environment(), parent=parent)


@pytest.mark.parametrize("cell", TWO.values(), ids=TWO)
def test_both_blocks_of_a_cell_are_on_the_page_in_order(cell: str, tmp_path: Path) -> None:
    page = render_page(ran(cell, folder=tmp_path))
    assert page.count(">Alpha.<") == page.count(">Beta.<") == 1
    assert page.index(">Alpha.<") < page.index(">Beta.<")


def test_a_forked_kernel_shows_both_too(tmp_path: Path, warm: int) -> None:
    draft = read_draft(ran(TWO["a line each"], folder=tmp_path, parent=warm))
    assert [(placed.place.cell, placed.block.text) for placed in draft.placed] == [
        (3, ("Alpha.",)),
        (3, ("Beta.",)),
    ]


@pytest.mark.parametrize("wrong", ["They sent 98 tanks.", "Today they came."])
@pytest.mark.parametrize("first", [True, False], ids=["first", "second"])
def test_the_rules_look_at_both_blocks(wrong: str, first: bool, tmp_path: Path) -> None:
    texts = (wrong, "All is well.") if first else ("All is well.", wrong)
    found = check_edition(ran("\n".join(f"Prose(text=({text!r},))" for text in texts), folder=tmp_path))
    assert found.problems and all("cell 3" in str(problem) for problem in found.problems)


@pytest.mark.parametrize("texts", [("nan tanks", "Well."), ("Well.", "nan tanks")])
def test_proofreading_looks_at_both_blocks(texts: tuple[str, str], tmp_path: Path) -> None:
    notebook = ran("\n".join(f"Prose(text=({text!r},))" for text in texts), folder=tmp_path)
    assert len(find_flaws(notebook)) == 1


def test_a_value_that_is_no_block_is_let_go_as_python_does(tmp_path: Path) -> None:
    notebook = ran("len('x')\n'words'\n[1, 2]\nProse(text=('Alpha.',))", folder=tmp_path)
    assert [output.output_type for output in notebook.cells[-1].outputs] == ["execute_result"]


def test_the_run_behind_a_page_holds_both_blocks(
    write_notebook: Callable[..., Path], small: Path, tmp_path: Path
) -> None:
    path = write_notebook(IMPORT, TWO["a line each"])
    edition = make_edition(pick_briefing(path), {}, data=small)
    build([edition], data=small, out=tmp_path / "reports")
    kept = tmp_path / "run.ipynb"
    kept.write_bytes(gzip.decompress(run_path(tmp_path / "reports", edition.address).read_bytes()))
    assert [block.text for block in read_blocks(kept)] == [("Alpha.",), ("Beta.",)]
