"""The recipes of docs/how-to.md: their rows fit the example dossier, and what follows from them is as it says."""

from __future__ import annotations

import csv
import doctest
import io
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import briefing as b
from briefing.cli.main import main
from briefing.dossier.example import FOLDER
from briefing.intake.edits import check_edits, open_edits, write_edits

TEXT = (Path(__file__).parent.parent / "docs" / "how-to.md").read_text(encoding="utf-8")
RECIPES = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE))
ROWS = re.compile(r"In `(\w+)\.csv`:\n\n```csv\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("title", RECIPES)
def test_a_recipe_fits_the_example_and_shows_what_it_says(title: str, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__"))
    edits = open_edits(folder)
    for table, rows in ROWS.findall(RECIPES[title]):
        edits = edits.put(table, *csv.DictReader(io.StringIO(rows)))
    assert [str(problem) for problem in check_edits(edits)] == []
    write_edits(edits)
    names = {"b": b, "d": b.read_dossier(folder, as_of="2031-12-19")}
    shown = "".join(re.findall(r"```pycon\n(.*?)```", RECIPES[title], re.DOTALL))
    example = doctest.DocTestParser().get_doctest(shown, names, title, "docs/how-to.md", 0)
    assert doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(example).failed == 0


@pytest.mark.parametrize("command", re.findall(r"```sh\n(briefing add .*?)```", TEXT, re.DOTALL))
def test_a_command_of_a_recipe_fits_the_example(command: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "data", ignore=shutil.ignore_patterns("*.py", "*.md", "__pycache__"))
    told = CliRunner().invoke(
        main, [*shlex.split(command.replace("\\\n", " "))[1:], "--data", str(tmp_path / "data"), "--no-input"]
    )
    assert told.exit_code == 0, told.output
