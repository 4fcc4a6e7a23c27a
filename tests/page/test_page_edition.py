"""The edition in the head of a page that nbconvert makes: told where it can be known, and else not at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import freedonia as f
import nbformat
import pytest

from briefing.editions.catalog import make_edition, pick_briefing
from briefing.page.exporter import BriefingExporter

PARAMETERS = 'as_of: date = "1933-11-17"\nspeaker: str = "president"\nwindow: int = 90'
CATALOG = '[[briefing]]\nnotebook = "war"\nspeaker = ["president", "minister"]\nas_of = ["1933-11-17"]\n'


def ran(parameters: str = PARAMETERS, *, injected: str = "", source: str = "") -> nbformat.NotebookNode:
    """Give the sample as run, for other parameters where some are injected, by papermill from a source."""
    notebook = f.freedonia()
    notebook.cells[1].source = parameters
    if injected:
        notebook.cells.insert(2, f.cell(tags=("injected-parameters",)))
        notebook.cells[2].source = injected
    if source:
        notebook.metadata["papermill"] = {"input_path": source}
    return notebook


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Lay out a catalog and its notebook."""
    nbformat.write(ran(), tmp_path / "war.ipynb")
    (tmp_path / "briefings.toml").write_text(CATALOG)
    return tmp_path


def shown(notebook: nbformat.NotebookNode, path: Path, **options: Any) -> list[str]:
    """Export a notebook as if it lay at a path, and read the edition in the page's head."""
    where = {"metadata": {"path": str(path.parent), "name": path.stem}}
    page, _ = BriefingExporter(interactive=False, **options).from_notebook_node(notebook, resources=where)
    return re.findall(r"<dt>Edition</dt><dd>(.*?)</dd>", page)


def test_a_notebook_run_by_hand_in_its_place_is_the_edition_that_render_makes(shelf: Path) -> None:
    edition = make_edition(pick_briefing(shelf / "war.ipynb"), {}, data=None).name
    assert shown(ran(), shelf / "war.ipynb") == [edition] == ["war/president/1933-11-17"]


def test_a_notebook_run_by_papermill_is_the_edition_that_it_was_asked_for(shelf: Path) -> None:
    injected = 'as_of = "1933-11-01"\nspeaker = "minister"\nwindow = 30'
    notebook = ran(injected=injected, source=str(shelf / "war.ipynb"))
    assert shown(notebook, shelf / "elsewhere" / "out.ipynb") == ["war/minister/window-30/1933-11-01"]


def test_a_page_in_another_language_is_an_edition_of_its_own(shelf: Path) -> None:
    page, _ = BriefingExporter(interactive=False, language="uk").from_filename(str(shelf / "war.ipynb"))
    assert "<dd>war/language-uk/president/1933-11-17</dd>" in page


def test_an_edition_that_is_given_is_the_one_shown(shelf: Path) -> None:
    assert shown(ran(), shelf / "war.ipynb", edition="mine") == ["mine"]


@pytest.mark.parametrize(
    ("notebook", "name"),
    [
        (ran(), "a-copy"),  # in no catalog
        (ran(source="s3://bucket/war.ipynb"), "war"),  # the file that was run is not here
        (ran(injected='as_of = "1933-11-01"'), "war"),  # nobody noted which file was run
        (ran(PARAMETERS.replace("90", "80")), "war"),  # the file has changed since
        (ran(injected='as_of = "yesterday"', source="{shelf}/war.ipynb"), "out"),  # of which day?
        (ran(injected="hay = 1", source="{shelf}/war.ipynb"), "out"),  # it asks for no hay
        (ran(source="x" * 5000), "out"),
    ],
)
def test_no_edition_is_told_where_it_is_not_known(shelf: Path, notebook: nbformat.NotebookNode, name: str) -> None:
    noted = notebook.metadata.get("papermill", {})
    noted.update({key: text.replace("{shelf}", str(shelf)) for key, text in noted.items()})
    assert shown(notebook, shelf / f"{name}.ipynb") == []


def test_of_two_briefings_of_one_notebook_none_is_guessed(shelf: Path) -> None:
    (shelf / "briefings.toml").write_text(f'{CATALOG}[[briefing]]\nnotebook = "war"\nname = "peace"\nwindow = 7\n')
    assert shown(ran(), shelf / "war.ipynb") == []
