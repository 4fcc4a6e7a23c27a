"""Whatever `check` accepts, every verb takes and every notebook shows: dates as vague as they may be."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from inline import run_inline
from opened import Place, dates_of, forms_of, write_opened
from real import DAY, NAMES, ROOT
from uses import USES

import briefing as b
from briefing.checks import check_folder
from briefing.dossier.dossier import check_dossier
from briefing.dossier.example import FOLDER
from briefing.errors import ClaimError
from briefing.page.budget import Budget
from briefing.page.exporter import render_page

#: The forms that shake most; the others are among those that hypothesis draws.
WORST = ("since", "until", "long", "to the end")

#: What an all too vague dossier may weigh: every row is in every window.
ROOM = Budget(raw=20_000_000, gzipped=5_000_000)


def is_accepted(folder: Path) -> bool:
    """Whether a dossier can be read; all rules look at it, which must not break them."""
    check_folder(folder)
    return not any(problem.severity == "error" for problem in check_dossier(folder))


def is_said(use: object, folder: Path, day: str | None) -> bool:
    """Whether a verb answers, or refuses in words; anything else ends the test."""
    try:
        return callable(use) and bool([use(b.read_dossier(folder, as_of=day))])
    except ClaimError as error:
        return bool(str(error))


@pytest.mark.parametrize("form", WORST)
def test_every_verb_takes_a_dossier_whose_dates_are_all_of_one_form(form: str, tmp_path: Path) -> None:
    dates = {place: form for place in dates_of(FOLDER) if place[0] != "sources" and place[2] != "horizon"}
    folder = write_opened(FOLDER, tmp_path, dates)
    assert is_accepted(folder)
    assert [name for name, use in USES.items() if not is_said(use, folder, "2031-12-19")] == []


@settings(max_examples=3, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(forms=forms_of(FOLDER))
def test_every_verb_takes_what_check_accepts(forms: Mapping[Place, str]) -> None:
    with tempfile.TemporaryDirectory() as into:
        folder = write_opened(FOLDER, Path(into), forms)
        if is_accepted(folder):
            assert [name for name, use in USES.items() if not is_said(use, folder, "2031-12-19")] == []


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=12, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(forms=forms_of(ROOT / "data"))
def test_every_notebook_shows_what_check_accepts(name: str, forms: Mapping[Place, str]) -> None:
    with tempfile.TemporaryDirectory() as into:
        folder = write_opened(ROOT / "data", Path(into), forms)
        if is_accepted(folder):
            try:
                page = render_page(run_inline(name, folder), name=name, edition=f"{name}/{DAY}", budget=ROOM)
            except ClaimError as error:  # the situation compares rows that it names, and these no longer fit together
                assert name == "situation" and error.names_claims
            else:
                assert page.count("<h1") == 1
