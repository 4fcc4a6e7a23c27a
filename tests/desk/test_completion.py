"""Ids inside strings, completed while a notebook is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import briefing as b
from briefing.desk.completion import complete_string

D = b.read_example()


def ids(code: str, **names: object) -> list[str]:
    return list(complete_string(code, names or {"d": D})[1])


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ('b.choose_claims(d, quantity="lorries-s', "lorries-sent"), ('b.choose_claims(d, status="de', "delivered"),
        ('b.choose_claims(d, claim=["tr-0006", "tr-000', "tr-0001"), ('b.losses(d, side="', "veldania"),
        ('b.find_parts(d, "tr-', "tr-0001"), ("b.find_parts(d, 'tr-1', instead={'tr-1': 'tr-", "tr-0001"),
        ('b.choose_quotes(d, topic="s', "strait"), ('b.denials(d, side="', "XV"),
        ('b.choose_quotes(d, stance="den', "denies"), ('b.bottom_line(d, question="', "Will Corvia close the strait?"),
        ('b.timeline(d, kind="pro', "protest"), ('b.losses(d, kind="k', "killed"),
        ('quantity: str = "gu', "guards-there"),
        ('d.where("quotes", speaker_id="min', "minister"), ('d.where("deployments", force="', "veldania"),
        ("b.contested(b.choose_claims(\n    d,  # it's\n    quantity='Lorries ferried", "lorries-sent"),
        ('b.likelihood_strip(d, "very u', "very unlikely"), ('b.scenarios(d)\nb.affected_by(d, "', "union-2031-10-11"),
        ('b.before_and_after(d, "', "ev-0001"), ('b.choose_claims(d, claimant="fer', "ferry-union"),
    ],
)  # fmt: skip
def test_what_a_verb_takes_is_completed(code: str, first: str) -> None:
    assert ids(code)[0] == first


@pytest.mark.parametrize(
    "code",
    ['open("', 'd["', 'if x == "', 'b.say("', 'b.say("x", otherwise="', 'other(quantity="', 'b.choose_claims(d, "x")',
     'b.choose_claims(d, quantity="no-such', 'b.front(d, "', '# quantity="', 'b.choose_claims(d, item="a\nx'],
)  # fmt: skip
def test_nothing_else_is(code: str) -> None:
    assert ids(code) == []


def test_the_dossier_is_the_one_that_the_verb_is_given_and_shows_what_its_day_knows() -> None:
    early = D.at("2031-06-30")
    code = 'b.choose_claims({}, claim="tr-0'
    assert ids(code.format("early"), early=early, d=D) == [] != ids(code.format("d"), early=early, d=D)
    assert ids(code.format("claims"), claims=b.choose_claims(D)) == ids(code.format("d"))


def test_without_a_dossier_the_files_of_the_nearest_folder_are_read(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_DATA", str(small))
    (small / "transfers.csv").write_text("broken", encoding="utf-8")
    code = 'b.choose_claims(d, {}="'
    assert "norway" in ids(code.format("claimant"), x=1) and "persons" in ids(code.format("unit"), x=1)
    assert ids(code.format("quantity"), x=1)


def test_where_no_dossier_is_near_nothing_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ids('b.choose_claims(d, quantity="', x=1) == []


def test_python_without_a_notebook_imports_neither_ipython_nor_pandas() -> None:
    code = "import sys, briefing; print({'IPython', 'pandas'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
