"""`briefing import` as users call it: what it lists, shows, drafts, tells and writes."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from foreign_files import SIPRI_ROWS, sipri_file

from briefing.cli.main import main
from briefing.dossier.example import FOLDER
from briefing.intake import mapping
from briefing.intake.preset_files import parse_preset

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")


@pytest.fixture
def take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Give what calls the command in a folder with the example dossier and a register."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(FOLDER, "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    sipri_file(tmp_path, rows="".join(SIPRI_ROWS.splitlines(keepends=True)[:2]))
    return lambda *words: CliRunner().invoke(main, ["import", *words])


def test_the_presets_are_listed_with_what_they_read(take: Callable[..., Result]) -> None:
    told = take("--list").stdout
    assert "sipri-trade-register: SIPRI Arms Transfers Database, trade register" in told
    assert len(told.splitlines()) == len(list((ROOT / "src/briefing/intake/presets").glob("*.toml")))


def test_a_preset_is_shown_as_the_toml_that_it_is(take: Callable[..., Result]) -> None:
    shown = tomllib.loads(take("sipri-trade-register", "--show").stdout)
    assert parse_preset(shown, where="x").name == "sipri-trade-register"


def test_an_import_tells_its_licence_and_what_it_brings(take: Callable[..., Result]) -> None:
    result = take("sipri-trade-register", "register.csv", "--add-names")
    assert result.exit_code == 0, result.output
    assert "licence, as its provider states it: SIPRI gives" in result.stdout
    assert "4 new, 0 changed, 0 vanished, 0 as they were" in result.stdout
    assert "[about 36 Bastion ordered]" in Path("data/transfers.csv").read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(take: Callable[..., Result]) -> None:
    before = {path.name: path.read_bytes() for path in Path("data").iterdir()}
    assert "4 new" in take("sipri-trade-register", "register.csv", "--add-names", "--dry-run").stdout
    assert {path.name: path.read_bytes() for path in Path("data").iterdir()} == before
    assert not Path("unplaced.csv").exists()


def test_the_answer_in_json_has_changes_and_names_that_lead_nowhere(take: Callable[..., Result]) -> None:
    told = json.loads(take("sipri-trade-register", "register.csv", "--json").stdout)
    assert (told["exit"], told["written"], told["new"], told["waiting"]) == (0, True, 0, 2)
    assert [each["name"] for each in told["unplaced"]] == ["Heron-2", "Bastion"]
    assert told["licence"].startswith("SIPRI gives")


def test_a_mapping_is_drafted_once_and_not_written_over(take: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "my.csv").write_text("Date,From,To,Count\n2031-10-05,Veldania,Corvia,3\n", encoding="utf-8")
    first, second = (take("own-sheet", "my.csv", "--draft", "my.toml") for _ in range(2))
    assert (first.stdout, first.exit_code) == ("wrote my.toml: mend it, then briefing import my.toml my.csv\n", 0)
    assert (second.exit_code, "is there already" in second.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "PRESET: is missing;"),
        (("sipri-trade-register",), "FILE: is missing;"),
        (("own-sheet", "register.csv"), "Draft it: briefing import own-sheet register.csv --draft mapping.toml"),
        (("ucdp-ged", "register.csv"), "Did you mean the preset sipri-trade-register?"),
        (("sipri-trade-register", "nowhere.csv"), "nowhere.csv: cannot be read (No such file or directory)"),
        (("sipri-trade-register", "register.csv", "--set", "unit", "x"), "has no such setting"),
        (
            ("register.csv", "sipri-trade-register"),
            "the preset comes first. Write briefing import PRESET register.csv.",
        ),
        (("mine.toml", "register.csv"), "mine.toml: is no file; a mapping is a TOML file."),
    ],
)
def test_what_cannot_be_meant_is_told_in_a_line(take: Callable[..., Result], words: tuple[str, ...], told: str) -> None:
    result = take(*words)
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1), result.output
    assert told in result.stderr


def test_the_help_has_an_example(take: Callable[..., Result]) -> None:
    told = " ".join(take("--help").output.split())
    assert "Example: briefing import sipri-trade-register register.csv --released 2031-03-10" in told


def test_the_page_about_imports_names_every_preset_and_every_key() -> None:
    parts = [part for part in vars(mapping).values() if isinstance(part, type) and issubclass(part, mapping._Part)]
    keys = {name for part in parts for name in part.model_fields}
    presets = {path.stem for path in (ROOT / "src/briefing/intake/presets").glob("*.toml")}
    assert {name for name in keys | presets if f"`{name}`" not in DOC} == set()


@pytest.mark.parametrize("text", re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL))
def test_the_mappings_of_the_page_about_imports_are_mappings(text: str) -> None:
    assert parse_preset(tomllib.loads(text), where="docs/import.md").makes
