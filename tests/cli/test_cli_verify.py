"""Checking a page that somebody sent, and pages in another language, as users call for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from briefing.editions.catalog import read_catalog
from briefing.errors import UsageError

CELLS = (
    "import briefing as b\nd = b.read_dossier(as_of=as_of)",
    "lent = b.contested(b.choose_claims(d, quantity='lorries-sent'))",
    "b.headline(d, 'Is it so?', bottom_line=f'{lent} are lent.')",
    "b.sources(d)",
)
Run = Callable[..., Result]
PAGE = "reports/tiny/2031-04-12.html"


@pytest.fixture
def made(run: Run, write_notebook: Callable[..., Path]) -> Run:
    """Make a page of the small dossier; give the command line."""
    write_notebook(*CELLS)
    result = run("render", "tiny")
    assert result.exit_code == 0, result.output
    return run


def states(result: Result) -> dict[str, str]:
    return {verdict["part"]: verdict["state"] for verdict in json.loads(result.stdout)}


def test_a_page_is_verified_against_the_notebook_and_dossier_that_lie_near(made: Run) -> None:
    result = made("verify", PAGE)
    assert (result.exit_code, result.stderr) == (0, "")
    parts = ["page", "policy", "notebook", "parameters", "rows", "code", "template", "versions"]
    assert [line.split(":")[0] for line in result.stdout.splitlines()] == parts
    assert "differs" not in result.stdout and "not checked" not in result.stdout


def test_what_differs_is_said_and_exits_1(made: Run, edit: Callable[..., Path]) -> None:
    edit("transfers", "t-1", wording="twenty lorries")
    Path("notebooks/tiny.ipynb").write_text(Path("notebooks/tiny.ipynb").read_text().replace("Is it so", "Is it"))
    result = made("verify", PAGE, "--json")
    assert result.exit_code == 1
    assert [part for part, state in states(result).items() if state == "differs"] == ["notebook", "rows"]


def test_another_notebook_and_dossier_may_be_named(made: Run, write_notebook: Callable[..., Path]) -> None:
    write_notebook("1 + 1", name="other", parameters="window: int = 3")
    found = states(made("verify", PAGE, "--notebook", "other", "--json"))
    assert (found["notebook"], found["parameters"], found["rows"]) == ("differs", "differs", "same")


def test_far_from_home_a_page_is_verified_by_itself(made: Run, tmp_path_factory: pytest.TempPathFactory) -> None:
    page = Path(PAGE).read_bytes()
    (sent := tmp_path_factory.mktemp("far") / "sent.html").write_bytes(page)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(sent.parent)
        found = states(result := made("verify", "sent.html", "--json"))
    assert result.exit_code == 0
    assert {part for part, state in found.items() if state == "not checked"} == {"notebook", "parameters", "rows"}


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
    assert result.stdout.strip() == "published reports/tiny/language-uk/2031-04-12.html", result.output
    page = Path("reports/tiny/language-uk/2031-04-12.html").read_text()
    assert '<html lang="uk"' in page and "12 квітня 2031 року" in page
    foreign = r'<p dir="auto" lang="en">.*?</p>|<script.*?</script>'  # the author's words, and what machines read
    own_words = re.sub(foreign, "", page.split("<body>")[1], flags=re.DOTALL)
    assert re.search(r"\d April 2031", own_words) is None
    assert '<html lang="en"' in Path(PAGE).read_text()
    assert made("verify", "reports/tiny/language-uk/2031-04-12.html").exit_code == 0


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
