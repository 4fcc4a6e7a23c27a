"""Checking a page that somebody sent, and pages in another language, as users call for them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from norway import ROWS, write_dossier
from notebooks import notebook_text
from resealed import reseal

from briefing.cli.main import main
from briefing.editions.catalog import read_catalog
from briefing.errors import UsageError
from briefing.page.exporter import BriefingExporter

CELLS = (
    "import briefing as b\nd = b.read_dossier(as_of=as_of)",
    "lent = b.contested(b.choose_claims(d, quantity='lorries-sent'))",
    "b.headline(d, 'Is it so?', bottom_line=f'{lent} are lent.')",
    "b.sources(d)",
)
Run = Callable[..., Result]
PAGE = "reports/tiny/2031-04-12.html"


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a page of the small dossier, once for all tests; give the folder of reports that it lies in."""
    root = tmp_path_factory.mktemp("made")
    write_dossier(root / "data", ROWS)
    (root / "notebooks").mkdir()
    (root / "notebooks" / "tiny.ipynb").write_text(notebook_text(*CELLS), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        result = CliRunner().invoke(main, ["render", "tiny"])
    assert result.exit_code == 0, result.output
    return root / "reports"


@pytest.fixture
def made(sent: Path, run: Run, write_notebook: Callable[..., Path]) -> Run:
    """Lay a copy of that page beside what it was made from, for a test to change; give the command line."""
    write_notebook(*CELLS)
    shutil.copytree(sent, "reports")
    return run


def states(result: Result) -> dict[str, str]:
    return {verdict["part"]: verdict["state"] for verdict in json.loads(result.stdout)}


def test_a_page_is_verified_against_the_notebook_and_dossier_that_lie_near(made: Run) -> None:
    result = made("verify", PAGE)
    assert (result.exit_code, result.stderr) == (0, "")
    compared = ["policy", "notebook", "parameters", "rows", "code", "template", "versions", "made again"]
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == ["page", "links", *compared, "proven"]
    assert "differs" not in result.stdout and result.stdout.count("not checked") == 1
    assert "links: not checked (" in result.stdout and "outside the seal" in result.stdout


def test_what_differs_here_is_said_and_the_page_is_not_proven(made: Run, edit: Callable[..., Path]) -> None:
    edit("transfers", "t-1", wording="twenty lorries")
    Path("notebooks/tiny.ipynb").write_text(Path("notebooks/tiny.ipynb").read_text().replace("Is it so", "Is it"))
    result = made("verify", PAGE, "--json")
    assert result.exit_code == 6
    assert [part for part, state in states(result).items() if state == "differs"] == ["notebook", "rows"]
    assert states(result)["result"] == "not proven"


def test_a_row_that_was_read_and_is_not_printed_makes_a_page_not_proven(made: Run, edit: Callable[..., Path]) -> None:
    edit("transfers", "t-1", credibility_basis="Seen from a hill")
    found = states(result := made("verify", PAGE, "--json"))
    assert (result.exit_code, found["result"]) == (6, "not proven"), result.stdout


def test_a_row_that_nobody_read_leaves_a_page_proven(made: Run, edit: Callable[..., Path]) -> None:
    edit("quotes", "q-1", text="We have sent little.")
    assert made("verify", PAGE).exit_code == 0


def test_code_of_another_release_makes_a_page_not_proven(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.page.verify.digest_running", lambda: "0" * 64)
    result = made("verify", PAGE)
    assert result.exit_code == 6
    assert "not proven: " in result.stdout and "code: differs (the library here is another one)" in result.stdout


def test_the_first_place_that_differs_is_told(made: Run) -> None:
    reseal(Path(PAGE), lambda text: text.replace("are lent", "were lost", 1))
    result = made("verify", PAGE)
    assert result.exit_code == 5
    (told,) = (line for line in result.stdout.splitlines() if line.startswith("not the page: "))
    assert re.search(r'line \d+, column \d+: ".*were lost.*", where these inputs make ".*are lent', told)


def test_a_page_that_was_changed_and_not_resealed_is_told_before_anything_runs(made: Run) -> None:
    Path(PAGE).write_text(Path(PAGE).read_text().replace("are lent", "were lost", 1))
    result = made("verify", PAGE, "--json")
    assert result.exit_code == 5
    assert "made again" not in states(result) and states(result)["page"] == "differs"


def test_a_page_that_cannot_be_made_again_is_not_proven(made: Run) -> None:
    Path("notebooks/briefings.toml").write_text('[[briefing]]\nnotebook = "tiny"\nenvironment = ["NO_SUCH_NAME"]\n')
    result = made("verify", PAGE)
    assert result.exit_code == 6
    assert "NO_SUCH_NAME is not set" in result.stdout and "Traceback" not in result.output


def test_a_page_of_another_day_and_issue_is_proven(made: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1934567890")
    assert made("render", "tiny", "-p", "as_of", "2031-04-20", "-p", "window", "7").exit_code == 0
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    result = made("verify", "reports/tiny/window-7/2031-04-20.html")
    assert result.exit_code == 0, result.stdout
    assert "window=7" in result.stdout


def test_a_page_that_nbconvert_made_is_proven_wherever_it_lies(made: Run) -> None:
    notebook = ["papermill", "notebooks/tiny.ipynb", "ran.ipynb", "-p", "as_of", "2031-04-12"]
    environment = os.environ | {"BRIEFING_DATA": str(Path("data").resolve())}
    subprocess.run([sys.executable, "-m", *notebook], check=True, env=environment, timeout=120)
    page, _ = BriefingExporter().from_filename("ran.ipynb")
    for address in (PAGE, "sent.html"):
        Path(address).write_text(page, encoding="utf-8")
        result = made("verify", address, "--notebook", "tiny")
        assert result.exit_code == 0, result.stdout


def test_another_notebook_and_dossier_may_be_named(made: Run, write_notebook: Callable[..., Path]) -> None:
    write_notebook("1 + 1", name="other", parameters="window: int = 3")
    found = states(made("verify", PAGE, "--notebook", "other", "--json"))
    assert (found["notebook"], found["parameters"], found["rows"]) == ("differs", "differs", "same")
    assert found["result"] == "not proven"


def test_far_from_home_a_page_is_verified_by_itself(made: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    page = Path(PAGE).read_bytes()
    (sent := tmp_path_factory.mktemp("far") / "sent.html").write_bytes(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(sent.parent)
        found = states(result := made("verify", "sent.html", "--json"))
    assert (result.exit_code, found["result"]) == (6, "not proven")
    assert {part for part, state in found.items() if state == "not checked"} == {
        "links", "notebook", "parameters", "rows",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"), [(b"<p>", "has no manifest"), (b"\xff", "cannot be read"), (None, "cannot be read")]
)
def test_what_is_no_page_of_ours_exits_2(run: Run, content: bytes | None, message: str) -> None:
    if content is not None:
        Path("x.html").write_bytes(content)
    result = run("verify", "x.html")
    assert result.exit_code == 2 and message in result.stderr and result.stdout == ""


def test_a_page_in_another_language_stands_beside_the_edition(made: Run) -> None:
    result = made("render", "tiny", "--language", "uk")
    assert result.stdout.startswith("published reports/tiny/language-uk/2031-04-12.html"), result.output
    page = Path("reports/tiny/language-uk/2031-04-12.html").read_text()
    assert '<html lang="uk"' in page and "12 квітня 2031 року" in page
    foreign = r'<p dir="auto" lang="en">.*?</p>|<script.*?</script>'  # the author's words, and what machines read
    own_words = re.sub(foreign, "", page.split("<body>")[1], flags=re.DOTALL)
    assert re.search(r"\d April 2031", own_words) is None
    assert '<html lang="en"' in Path(PAGE).read_text()
    result = made("verify", "reports/tiny/language-uk/2031-04-12.html")
    assert result.exit_code == 0, result.stdout


def test_a_language_that_nobody_wrote_exits_2_before_anything_runs(
    run: Run, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("1 / 0")
    result = run("render", "tiny", "--language", "ua")
    assert result.exit_code == 2 and "Known: en, uk" in result.stderr


def test_the_catalog_gives_an_edition_its_language_charts_and_budget(made: Run) -> None:
    entry = '[[briefing]]\nnotebook = "tiny"\nlanguage = "uk"\ninteractive = false\n'
    Path("notebooks/briefings.toml").write_text(entry + "budget = { raw = 9_000, gzipped = 5_000 }", encoding="utf-8")
    result = made("build")
    assert result.exit_code == 1 and "its budget is 9 kB (5 kB compressed)" in result.stderr
    Path("notebooks/briefings.toml").write_text(entry, encoding="utf-8")
    assert made("build").exit_code == 0
    assert '<html lang="uk"' in Path(PAGE).read_text()


@pytest.mark.parametrize("budget", ["{ raw = 9 }", '{ raw = "9", gzipped = 5 }', "9_000"])
def test_a_budget_is_two_numbers(write_notebook: Callable[..., Path], budget: str) -> None:
    (path := write_notebook().parent / "briefings.toml").write_text(
        f'[[briefing]]\nnotebook = "tiny"\nbudget = {budget}'
    )
    with pytest.raises(UsageError, match="budget is"):
        read_catalog(path)
