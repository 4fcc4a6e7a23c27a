"""Every notebook of this house, run by the real engine on days early and late, and on another dossier."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.affected import find_largest_origin
from briefing.blocks import MIME, Headline, read_block
from briefing.dossier import read_dossier
from briefing.press.kernels import name_environment
from briefing.press.page import render_page
from briefing.press.run import run_notebook

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
DAYS = ("2022-02-20", "2022-12-19", "2023-06-30")

#: What each notebook is asked of the second dossier.
ELSEWHERE = {
    "deployments": {"force": "norway", "host": "namibia"},
    "transfers": {"giver": "norway", "getter": "namibia", "item": "lorry"},
    "statements": {"speaker": "minister"},
    "sourcing": {"days": 30},
}

#: What each notebook says where nothing is known.
NOTHING = {
    "deployments": "No count of anything that Namibia has in Norway is known on this day.",
    "transfers": "No count of this kind from Namibia to Norway is known on this day.",
    "statements": "Nothing that Norway said is known on this day.",
    "sourcing": "Nothing that this dossier holds had been published by then.",
}


def run(name: str, data: Path, **asked: object) -> object:
    source = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    return run_notebook(source, asked, folder=NOTEBOOKS, environment=name_environment(data=data), name=name)


def blocks_of(notebook: object) -> list[object]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]  # type: ignore[attr-defined]
    assert all(MIME in output.get("data", {}) for output in outputs)
    return [read_block(output["data"][MIME]) for output in outputs]


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
@pytest.mark.parametrize("day", DAYS)
def test_each_notebook_leaves_only_blocks_known_on_its_day(name: str, day: str, shipped: Path) -> None:
    known = read_dossier(shipped, as_of=day)
    blocks = blocks_of(run(name, shipped, as_of=day))
    cited = {source.id for block in blocks for source in block.evidence.sources}  # type: ignore[attr-defined]
    assert blocks and cited <= set(known.sources["source_id"])


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_each_notebook_becomes_a_page_of_another_dossier(name: str, small: Path) -> None:
    notebook = run(name, small, as_of="2031-05-01", **ELSEWHERE[name])
    page = render_page(notebook, name=name, edition=f"{name}/2031-05-01")
    assert "<h1" in page and "Belarus" not in page


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_each_notebook_says_where_nothing_is_known(name: str, small: Path) -> None:
    nobody = {
        "deployments": {"force": "namibia", "host": "norway"},
        "transfers": {"giver": "namibia", "getter": "norway", "item": "lorry"},
        "statements": {"speaker": "norway"},
    }
    day = "2030-01-01" if name == "sourcing" else "2031-05-01"
    head = blocks_of(run(name, small, as_of=day, **nobody.get(name, {})))[0]
    assert isinstance(head, Headline) and head.bottom_line == (NOTHING[name],)


def test_the_largest_origin_of_an_early_day_is_known_by_then(shipped: Path) -> None:
    assert find_largest_origin(read_dossier(shipped, as_of="2022-02-20")) is not None
