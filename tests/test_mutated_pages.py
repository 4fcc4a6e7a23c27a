"""Dossiers as tired people leave them: where `check` takes one, notebooks show it."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from inline import run_inline
from mutations import KINDS, mutants
from real import DAY, NAMES, NOTEBOOKS, ROOT
from whole import SYLVANIA

from briefing.checks import check_folder
from briefing.page.budget import Budget
from briefing.page.exporter import render_page

#: The first of each kind that is accepted goes the whole way to a page, where one of so many is.
TRIED = 12

ROOM = Budget(raw=20_000_000, gzipped=5_000_000)
BOOKS = [NOTEBOOKS / f"{name}.ipynb" for name in NAMES]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "first"), list(zip(KINDS, cycle(range(len(NAMES))))))
def test_a_notebook_shows_a_dossier_that_check_takes_whatever_became_of_it(
    kind: str, first: int, tmp_path: Path
) -> None:
    name = NAMES[first]
    for _, folder in mutants(kind, into=tmp_path, seeds=TRIED, data=ROOT / "data"):
        if not check_folder(folder, notebooks=BOOKS).errors:
            page = render_page(run_inline(name, folder), name=name, edition=f"{name}/{DAY}", budget=ROOM)
            assert page.count("<h1") == 1
            break


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_each_notebook_shows_a_small_dossier_that_check_takes_whatever_became_of_it(name: str, tmp_path: Path) -> None:
    day, asked = SYLVANIA.days[1], SYLVANIA.asked[name]
    shown = 0
    for kind in KINDS:
        for _, folder in mutants(kind, into=tmp_path, seeds=TRIED, data=SYLVANIA.folder):
            if check_folder(folder).errors:
                continue
            ran = run_inline(name, folder, named=SYLVANIA.named, as_of=day, **asked)
            assert "<h1" in render_page(ran, name=name, edition=f"{name}/{day}", budget=ROOM)
            shown += 1
            break
    assert shown > len(KINDS) // 2
