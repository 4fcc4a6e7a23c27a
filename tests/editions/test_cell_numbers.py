"""A cell has one number, whoever speaks of it: the one that an editor shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from click.testing import Result
from notebooks import notebook_text

from briefing.checks import check_edition, check_notebooks
from briefing.checks.runs import find_flaws
from briefing.engine.environment import name_environment
from briefing.engine.run import RunError, run_notebook
from briefing.errors import PageError
from briefing.page.exporter import render_page

#: What each place finds fault with, put into the third cell of a notebook.
FAULTY = {
    "lint": "while False: 'loop'",
    "words": "import briefing as b\nb.say('They sent 98 tanks.')",
    "typed": "# Tanks\n\nThey sent 98 tanks.",
    "warning": "import warnings\nwarnings.warn('beware')",
    "missing": "from briefing.blocks.blocks import Prose\nProse(text=(f'{float(\"nan\")} tanks',))",
    "page": "1",
    "printed": "print('x')",
    "error": "1 / 0",
}


def numbers(cell: str, tmp_path: Path) -> dict[str, set[str]]:
    """Give the numbers by which each place calls the faulty cell; places that find no fault are left out."""
    path = tmp_path / "tiny.ipynb"
    path.write_text(notebook_text(cell), encoding="utf-8")
    told = {"check": "".join(f"cell {problem.row}" for problem in check_notebooks([path]) if problem.row != 2)}
    try:
        asked = {"as_of": "2031-04-12", "window": 30}
        notebook = run_notebook(path.read_text(), asked, folder=tmp_path, environment=name_environment())
    except RunError as error:
        return {"run": {str(error.failure.cell)}, "words": set(re.findall(r"cell (\d+)", str(error)))}
    assert len(notebook.cells) == 4  # one of them was put in by the run
    told |= {"proof": str(find_flaws(notebook)), "findings": str(list(map(str, check_edition(notebook).problems)))}
    try:
        render_page(nbformat.from_dict(json.loads(json.dumps(notebook))))
    except PageError as error:
        told["page"] = str(error)
    found = {place: set(re.findall(r"cell (\d+)", words)) for place, words in told.items()}
    return {place: cells for place, cells in found.items() if cells}


@pytest.mark.parametrize("cell", FAULTY.values(), ids=FAULTY)
def test_every_place_gives_the_cell_the_number_that_an_editor_shows(cell: str, tmp_path: Path) -> None:
    told = numbers(cell, tmp_path)
    assert told and all(cells == {"3"} for cells in told.values()), told


@pytest.mark.parametrize("cell", ["print('x')", "1 / 0", "import warnings\nwarnings.warn('beware')"])
def test_render_and_the_page_of_a_failure_name_the_same_cell(
    cell: str, write_notebook: Callable[..., Path], run: Callable[..., Result], tmp_path: Path
) -> None:
    write_notebook(cell)
    told = run("render", "tiny").output
    (page,) = (tmp_path / "reports").rglob("*.failed.html")
    assert set(re.findall(r"cell (\d+)", told)) == set(re.findall(r"cell (\d+)", page.read_text())) == {"3"}
