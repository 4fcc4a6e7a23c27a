"""Every notebook of this house, run by the real engine on days early and late, and on another dossier."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from norway import ROWS, write_dossier
from real import DAY, run

from briefing.blocks.blocks import MIME, read_block
from briefing.blocks.front import Front
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.sensitivity import rank_origins
from briefing.dossier.dossier import read_dossier
from briefing.page.exporter import render_page

Ran = Callable[..., NotebookNode]

#: The day that most tests speak of, and one early and one late.
DAYS = [DAY, *(pytest.param(day, marks=pytest.mark.long) for day in ("2022-02-20", "2023-06-30"))]

#: What each notebook is asked of the second dossier.
ELSEWHERE = {
    "deployments": {"force": "norway", "host": "namibia"},
    "transfers": {"giver": "norway", "getter": "namibia", "item": "lorry"},
    "statements": {"speaker": "minister"},
    "sourcing": {"days": 30},
}

#: What stands in the second dossier for what the situation names of the first.
NAMED = {
    "russian-troops-in-belarus": "lorries-there",
    "regional-grouping-russian-contingent-announced": "lorries-there",
    "belarus-russia-t-72a-2022-10-2022-11": "lorries-sent",
    "belarus-russia-rail-ammunition-2022-03-2022-09": "lorries-sent",
    "belarus-russia-equipment-2022-10-2022-11": "lorries-sent",
    "belarus-russia-tanks-and-ifvs-2022-10": "lorries-guessed",
    "belarus-russia-bmp-2-without-turrets-2022-10": "lorries-nobody-counts",
    "tank-or-ifv": "lorry",
    "tr-0105": "t-1", "tr-0106": "t-2", "tr-0002": "t-1", "tr-0033": "t-2", "tr-0034": "t-2", "tr-0036": "t-2",
    **dict.fromkeys(("joining_war", "attack_from_belarus", "regional_grouping", "troop_presence"), "lorries"),
    **dict.fromkeys(("transfers", "nuclear", "sanctions_regime", "visit", "other"), "lorries"),
    **dict.fromkeys(("ev-0026", "ev-0028", "ev-0034", "ev-0040", "ev-0043"), "e-1"),
    "belarus": "namibia", "russia": "norway",
}  # fmt: skip

#: What each notebook says where nothing is known.
NOTHING = {
    "deployments": "No count of anything that Namibia has in Norway is known on this day.",
    "transfers": "No count of this kind from Namibia to Norway is known on this day.",
    "statements": "No quotation of Norway is known on this day.",
    "sourcing": "Nothing in this dossier had been published by then.",
}


def blocks_of(notebook: object) -> list[object]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]  # type: ignore[attr-defined]
    assert all(MIME in output.get("data", {}) for output in outputs)
    return [read_block(output["data"][MIME]) for output in outputs]


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
@pytest.mark.parametrize("day", DAYS)
def test_each_notebook_leaves_only_blocks_known_on_its_day(name: str, day: str, shipped: Path, ran: Ran) -> None:
    known = read_dossier(shipped, as_of=day)
    blocks = blocks_of(ran(name, day))
    cited = {source.id for block in blocks for source in block.evidence.sources}  # type: ignore[attr-defined]
    assert blocks and cited <= set(known.sources["source_id"])


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_each_notebook_becomes_a_page_of_another_dossier(name: str, small: Path) -> None:
    notebook = run(name, small, as_of="2031-05-01", **ELSEWHERE[name])
    page = render_page(notebook, name=name, edition=f"{name}/2031-05-01")
    assert "<h1" in page and "Belarus" not in page


def test_the_situation_becomes_a_page_of_another_dossier_once_it_names_its_rows(tmp_path: Path) -> None:
    guess = {
        **ROWS["transfers"][1],
        "claim_id": "t-3",
        "quantity_id": "lorries-guessed",
        "item": "lorry",
        "part_of": "",
    }
    guessed = [{"quantity_id": f"lorries-{key}", "title": f"Lorries: {key}"} for key in ("guessed", "nobody-counts")]
    more = {"transfers": [*ROWS["transfers"], guess], "quantities": [*ROWS["quantities"], *guessed]}
    small = write_dossier(tmp_path / "small", ROWS | more)
    notebook = run("situation", small, named=NAMED, as_of="2031-05-01")
    cited = {claim.id for block in blocks_of(notebook) for claim in block.evidence.claims}  # type: ignore[attr-defined]
    assert {"d-1", "t-1", "t-2", "t-3"} <= cited  # d-2 was published on no known day
    assert 'id="t-1"' in render_page(notebook, name="situation", edition="situation/2031-05-01")


@pytest.mark.parametrize("day", DAYS)
def test_the_situation_leaves_only_blocks_known_on_its_day(day: str, shipped: Path, ran: Ran) -> None:
    blocks = blocks_of(ran("situation", day))
    cited = {source.id for block in blocks for source in block.evidence.sources}  # type: ignore[attr-defined]
    assert cited <= set(read_dossier(shipped, as_of=day).sources["source_id"])


def test_the_situation_shows_the_figures_of_the_worked_examples(real: Callable[[str], Path]) -> None:
    text = re.sub(r"<[^>]+>", "", real("situation").read_text(encoding="utf-8"))
    for figure in (
        "up to 12,000",
        "3,200 to about 4,300",
        "98 to 122",
        "235 items",
        "211 items",
        "65,089",
        "138–158",
        "at least 150 items",
    ):
        assert figure in text, figure


@pytest.mark.parametrize("name", sorted(NOTHING))
def test_each_notebook_says_where_nothing_is_known(name: str, small: Path) -> None:
    nobody = {
        "deployments": {"force": "namibia", "host": "norway"},
        "transfers": {"giver": "namibia", "getter": "norway", "item": "lorry"},
        "statements": {"speaker": "norway"},
    }
    day = "2030-01-01" if name == "sourcing" else "2031-05-01"
    head = blocks_of(run(name, small, as_of=day, **nobody.get(name, {})))[0]
    assert isinstance(head, Front) and head.bottom_line == (NOTHING[name],)


def test_the_largest_origin_of_an_early_day_is_known_by_then(shipped: Path) -> None:
    assert rank_origins(choose_claims(read_dossier(shipped, as_of="2022-02-20"))) != []
