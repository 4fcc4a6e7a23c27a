"""Three thousand dossiers as tired people leave them: `check` takes each or says what is wrong; notebooks show it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from inline import run_inline
from mutations import KINDS, mutate
from real import DAY, NAMES, NOTEBOOKS, ROOT
from whole import SYLVANIA

from briefing.checks import check_folder
from briefing.errors import Problem
from briefing.page.budget import Budget
from briefing.page.exporter import render_page

DATA = ROOT / "data"

#: So many of each kind: more than three thousand in all.
EACH = 91

#: The first of each kind that is accepted goes the whole way to a page, where one of so many is.
TRIED = 12

ROOM = Budget(raw=20_000_000, gzipped=5_000_000)
BOOKS = [NOTEBOOKS / f"{name}.ipynb" for name in NAMES]


def mutants(kind: str, *, into: Path, seeds: int, data: Path = DATA) -> Iterator[tuple[int, Path]]:
    """Give a folder as each seed leaves it; what was changed is put right again before the next."""
    folder = shutil.copytree(data, into / "data", dirs_exist_ok=True)
    for seed in range(seeds):
        files = mutate(kind, seed, data)
        for name, content in files.items():
            (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
        yield seed, folder
        for name in files:
            shutil.copy(data / name, folder / name)


def wrong_about(problems: tuple[Problem, ...], *, is_told: bool) -> str:
    """Say what is wrong with what `check` found; nothing where it is one line each, and something where it must be."""
    lines = [str(problem) for problem in problems]
    odd = [line for line in lines if not line.isprintable() or len(line) > 1_500]
    return odd[0] if odd else "silence" if is_told and not lines else ""


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_check_takes_whatever_a_dossier_has_become_or_says_what_is_wrong(kind: str, tmp_path: Path) -> None:
    wrong: dict[int, str] = {}
    for seed, folder in mutants(kind, into=tmp_path, seeds=EACH):
        try:
            told = wrong_about(check_folder(folder).problems, is_told=KINDS[kind].is_told)
        except Exception as error:
            told = repr(error)
        wrong |= {seed: told} if told else {}
    assert wrong == {}


@pytest.mark.long
@pytest.mark.parametrize(("kind", "first"), list(zip(KINDS, cycle(range(len(NAMES))))))
def test_a_notebook_shows_a_dossier_that_check_takes_whatever_became_of_it(
    kind: str, first: int, tmp_path: Path
) -> None:
    name = NAMES[first]
    for _, folder in mutants(kind, into=tmp_path, seeds=TRIED):
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
