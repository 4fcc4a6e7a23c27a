"""What a cell says of itself is read in one way, also where whoever saved it wrote null."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from briefing.checks.draft import read_draft
from briefing.checks.lint import check_notebook
from briefing.editions.cells import language_of, note_in, number_cells, tags_of
from briefing.editions.parameters import declared, read_asked
from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook
from briefing.page.exporter import render_page


@pytest.mark.parametrize("metadata", [None, {}, {"tags": None}, {"tags": "parameters"}, {"tags": []}])
def test_a_cell_without_a_list_of_tags_has_none(metadata: dict[str, Any] | None) -> None:
    assert tags_of({"metadata": metadata}) == tags_of({}) == ()


def test_a_null_in_metadata_says_nothing() -> None:
    assert note_in({"metadata": {"language": None}}, "language") == ""
    assert language_of({"metadata": {"briefing": None}}) == "en"


@pytest.fixture
def null(tmp_path: Path) -> Path:
    """Write a notebook whose cells have null for tags."""
    cell = {"cell_type": "code", "id": "a", "metadata": {"tags": None}, "outputs": [], "execution_count": None}
    words = {"cell_type": "markdown", "id": "b", "metadata": {"tags": None}, "source": "# Is it so?"}
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": [words, cell | {"source": "1;"}], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (path := tmp_path / "null.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return path


def test_a_notebook_with_null_for_tags_is_checked_run_and_rendered(null: Path) -> None:
    told = [(problem.id, problem.what) for problem in check_notebook(null)]
    assert told == [("N01", "cell 1 has tags that are no list"), ("N01", "cell 2 has tags that are no list")]
    ran = run_notebook(null.read_text(), {}, folder=null.parent, environment=name_environment())
    assert "Is it so?" in render_page(ran)


def test_nobody_stumbles_over_null_for_tags(null: Path) -> None:
    notebook = nbformat.from_dict(json.loads(null.read_text()))
    assert [number for number, _ in number_cells(notebook.cells)] == [1, 2]
    assert (declared(notebook.cells, where="null"), read_asked(notebook)) == ((), {})
    assert len(read_draft(notebook).markdown) == 1
    notebook.cells[1].execution_count = 1
    assert "Is it so?" in render_page(notebook)
