"""Three thousand dossiers as tired people leave them: `check` takes each or says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutations import KINDS, mutants, mutate
from real import ROOT
from whole import TOLLGATE

from briefing.checks import check_folder
from briefing.errors import Problem

#: So many of each kind, more than three thousand in all: a third of the shipped dossier, the others of a small one, of
#: which a check takes less than half the time.
SHIPPED, SMALL = 31, 60

#: What the small one has none of: all mutants of this kind are of the shipped one.
MISSING = "odd outlines"


def wrong_about(problems: tuple[Problem, ...], *, is_told: bool) -> str:
    """Say what is wrong with what `check` found; nothing where it is one line each, and something where it must be."""
    lines = [str(problem) for problem in problems]
    odd = [line for line in lines if not line.isprintable() or len(line) > 1_500]
    return odd[0] if odd else "silence" if is_told and not lines else ""


def find_wrong(kind: str, data: Path, *, seeds: int, into: Path) -> dict[int, str]:
    """Give what is wrong with what `check` said of a dossier as each seed left it."""
    wrong: dict[int, str] = {}
    for seed, folder in mutants(kind, into=into, seeds=seeds, data=data):
        try:
            told = wrong_about(check_folder(folder).problems, is_told=KINDS[kind].is_told)
        except Exception as error:
            told = repr(error)
        wrong |= {seed: told} if told else {}
    return wrong


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_check_takes_whatever_a_dossier_has_become_or_says_what_is_wrong(kind: str, tmp_path: Path) -> None:
    shipped, small = (SHIPPED + SMALL, 0) if kind == MISSING else (SHIPPED, SMALL)
    assert find_wrong(kind, ROOT / "data", seeds=shipped, into=tmp_path / "shipped") == {}
    assert find_wrong(kind, TOLLGATE.folder, seeds=small, into=tmp_path / "small") == {}


def test_the_small_dossier_has_all_that_is_changed_but_outlines() -> None:
    assert [kind for kind in KINDS if not mutate(kind, 1, TOLLGATE.folder)] == [MISSING]
