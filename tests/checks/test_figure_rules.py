"""Rules over figures: what trips each of them, and what does not."""

from __future__ import annotations

from typing import Any

import pytest
from dossiers import Cells, dossier
from drafts import added, claim, draft, evidence, say, trip

import briefing as b
from briefing.blocks.blocks import Cited, ClaimRecord, Column, Heading, Made, Prose, Table, TableData
from briefing.checks.figures import find_single_origins_below
from briefing.checks.prose import find_unproved_directions

AT_LEAST: dict[str, Any] = {"qualifier": "at_least", "best": None, "high": None}
OTHER = {"quantity": "q-b", "source": "s-2"}


def table(*cells: str | Cited, ids: tuple[str, ...] = (), **column: bool) -> Table:
    columns = (Column(name="Who"), Column(name="Mules", is_number=True, **column))
    rows = tuple((("The Ferrymen",), (cell,)) for cell in cells)
    return Table(caption="Mules", data=TableData(columns=columns, rows=rows, ids=ids), evidence=evidence(claim("c-1")))


def test_a_figure_without_claims_is_uncited() -> None:
    assert trip(say("98 mules")) == {"F02"}
    assert trip(say("98 mules", claim("c-1"), cites=("c-9",))) == {"F02"}
    assert trip(say("no stated number of mules")) == set()
    assert trip(say("98 mules", claim("c-1"))) == set()


def test_a_number_in_a_table_leads_to_a_row() -> None:
    assert trip(table("98")) == {"F02"}
    assert trip(table("98", ids=("c-1",))) == set()
    assert trip(table(Cited(text="98", claims=("c-1",)))) == set()
    assert trip(table("12", counts_rows=True)) == set()


@pytest.mark.parametrize(
    ("text", "cells", "found"),
    [
        ("98 mules", AT_LEAST, {"F03"}),
        ("98 mules", {"qualifier": "about", "low": None, "high": None}, {"F03"}),
        ("98 mules", {"high": 120, "best": None, "qualifier": "range"}, {"F03"}),
        ("at least 98 mules", AT_LEAST, set()),
        ("≥ 98", AT_LEAST, set()),
        ("98 mules", {}, set()),
    ],
)
def test_a_hedged_claim_is_no_bare_number(text: str, cells: dict[str, Any], found: set[str]) -> None:
    assert trip(say(text, claim("c-1", **cells))) == found


def test_a_bare_number_for_rivals_at_odds_says_too_much() -> None:
    rivals = claim("c-1"), claim("c-2", 122, source="s-2")
    made = Made(kind="rivals", origins=2, is_range=True)
    assert trip(say("98", *rivals, made=made)) == {"F03", "F12"}
    assert trip(say("98 to 122 (sources conflict)", *rivals, made=made)) == set()


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({"quantity": "q-b"}, set()),
        ({}, {"F06"}),
        ({"when": "9 January 2031"}, set()),
        ({"quantity": "q-b", "unit": "tonnes"}, {"F07"}),
        ({"quantity": "q-b", "status": "planned"}, {"F07"}),
        ({"quantity": "q-b", "status": "dispatched"}, set()),
        ({"quantity": "q-b", "part_of": "c-1"}, {"F08"}),
        ({"quantity": "q-b", "part_of": "c-9"}, set()),
    ],
)
def test_a_sum_adds_what_may_be_added(second: dict[str, Any], found: set[str]) -> None:
    block = say("at least 196", claim("c-1"), claim("c-2", source="s-2", **second), made=added("c-1", "c-2"))
    assert trip(block) == found


def test_a_sum_that_spans_one_thing_and_two_counts_nothing_twice() -> None:
    twins = claim("c-1"), claim("c-2", source="s-2", same_as_candidate="c-1")
    assert trip(say("196 mules", *twins, made=added("c-1", "c-2"))) == {"F13"}
    assert trip(say("98 to 196 mules", *twins, made=added("c-1", "c-2", twins=("c-2",)))) == set()


ITEMS: list[Cells] = [
    {"item_id": "beast", "name": "beasts", "unit": "items"},
    {"item_id": "mule", "name": "mules", "parent_id": "beast", "unit": "items"},
    {"item_id": "young-mule", "name": "young mules", "parent_id": "mule", "unit": "items"},
    {"item_id": "goat", "name": "goats", "parent_id": "beast", "unit": "items"},
]


@pytest.mark.parametrize(
    ("item", "part_of", "found"),
    [("beasts", None, {"F07"}), ("young mules", None, {"F07"}), ("goats", None, set()), ("beasts", "c-9", set())],
)
def test_a_sum_has_one_level_of_item(item: str, part_of: str | None, found: set[str]) -> None:
    other = claim("c-2", 5, item=item, quantity="q-b", source="s-2", part_of=part_of)
    block = say("103", claim("c-1"), other, made=added("c-1", "c-2"))
    assert trip(block, dossier=dossier(as_of=None, items=ITEMS)) == found


def sentence(before: str, *pieces: tuple[str, str], claims: tuple[ClaimRecord, ...]) -> Prose:
    """Write a sentence of figures, each of one claim, with the words behind it."""
    spans = [span for key, after in pieces for span in (Cited(text="98", claims=(key,)), after)]
    return Prose(text=(before, *spans), evidence=evidence(*claims))


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({}, {"F06"}),
        ({"quantity": "q-b"}, set()),
        ({"quantity": "q-b", "unit": "tonnes"}, {"F07"}),
        ({"quantity": "q-b", "part_of": "c-1"}, {"F08"}),
        ({"quantity": "q-b", "table": "deployments", "when": "9 January 2031"}, {"F10"}),
    ],
)
@pytest.mark.parametrize("middle", [" plus ", " and another "])
def test_a_sentence_adds_what_may_be_added(second: dict[str, Any], found: set[str], middle: str) -> None:
    claims = claim("c-1", table=second.get("table", "transfers")), claim("c-2", source="s-2", **second)
    after = " that makes a herd." if middle == " plus " else " make a herd together."
    assert trip(sentence("There were ", ("c-1", middle), ("c-2", after), claims=claims)) == found


@pytest.mark.parametrize(
    ("before", "middle", "after"),
    [
        ("Together the counts show a quarrel: ", " and ", "."),
        ("Added up they would make a herd together, but ", " and ", " are never added."),
        ("They number ", " in all, among them ", " that are lame."),
    ],
)
def test_figures_side_by_side_are_no_sum(before: str, middle: str, after: str) -> None:
    claims = claim("c-1"), claim("c-2", source="s-2")
    assert trip(sentence(before, ("c-1", middle), ("c-2", after), claims=claims)) == set()


def test_rivals_are_not_averaged_in_words() -> None:
    rivals = claim("c-1"), claim("c-2", source="s-2")
    figure = Cited(text="98", claims=("c-1", "c-2"), made=Made(kind="rivals", origins=2))
    assert trip(Prose(text=("On average ", figure, "."), evidence=evidence(*rivals))) == {"F06"}
    assert trip(Prose(text=("Both say ", figure, "."), evidence=evidence(*rivals))) == set()


@pytest.mark.parametrize(("day", "found"), [("9 January 2031", {"F10"}), ("1 January 2031", set())])
def test_stocks_are_not_added_over_time(day: str, found: set[str]) -> None:
    stocks = [claim(f"c-{at}", table="deployments", counting="stock", quantity=f"q-{at}") for at in (1, 2)]
    later = stocks[1].model_copy(update={"when": day, "source": "s-2"})
    assert trip(say("196 mules", stocks[0], later, made=added("c-1", "c-2"))) == found


def test_the_whole_that_parts_are_held_against_is_not_added() -> None:
    parts = [claim(f"c-{at}", 40, quantity=f"q-{at}", source=f"s-{at}", part_of="c-0") for at in (1, 2)]
    made = added("c-1", "c-2", wholes=("c-0",))
    assert trip(say("80", *parts, claim("c-0"), made=made)) == set()


def test_rivals_are_not_averaged() -> None:
    rivals = claim("c-1"), claim("c-2", source="s-2")
    assert trip(say("98", *rivals, made=Made(kind="average"))) == {"F06"}


def test_a_heading_that_names_whose_word_it_is_gets_a_hint_alone() -> None:
    text = (f"{claim('c-1').claimant} counts ", Cited(text="98 mules", claims=("c-1",)))
    heading = Heading(text=text, evidence=evidence(claim("c-1")))
    assert trip(heading) == set()
    assert len(list(find_single_origins_below(draft(heading)))) == 1


def test_a_heading_of_one_origin_is_a_warning_and_a_paragraph_a_hint() -> None:
    text = ("Freedonia lent ", Cited(text="98 mules", claims=("c-1",)))
    assert trip(Heading(text=text, evidence=evidence(claim("c-1")))) == {"F11"}
    assert trip(Prose(text=text, evidence=evidence(claim("c-1")))) == set()
    assert len(list(find_single_origins_below(draft(say("98 mules", claim("c-1")))))) == 1
    beside = Cited(text="98 mules", claims=("c-1",), made=Made(kind="end", origins=2))
    assert trip(Heading(text=("From ", beside), evidence=evidence(claim("c-1")))) == set()
    two = evidence(claim("c-1"), claim("c-2", source="s-2"))
    both = Cited(text="98 mules", claims=("c-1", "c-2"))
    assert trip(Heading(text=("They lent ", both), evidence=two)) == set()


def test_a_conflict_is_told() -> None:
    rivals = claim("c-1"), claim("c-2", 122, source="s-2")
    assert trip(say("98 to 122 mules", *rivals)) == {"F12"}
    assert trip(say("98 to 122 mules, by different counts", *rivals)) == set()


def test_a_factor_between_counts_that_conflict_tells_the_conflict() -> None:
    rivals = claim("c-1"), claim("c-2", 122, source="s-2")
    assert "F12" not in trip(say("1.2 times the lower", *rivals, made=Made(kind="ratio")))


@pytest.mark.parametrize(
    ("text", "found"), [("98 mules", {"F14"}), ("98 mules from March to May 2031", set()), ("98 mules in May", set())]
)
def test_a_running_total_has_its_period(text: str, found: set[str]) -> None:
    assert trip(say(text, claim("c-1", counting="cumulative"))) == found


def test_what_the_desk_counts_of_a_dossier_leads_to_no_row_and_says_so() -> None:
    dossier = b.read_example()
    audits = (b.audit_origins, b.audit_languages, b.audit_grades, b.audit_dates, b.audit_single)
    claims = b.choose_claims(dossier)
    tables = [make(dossier, caption=make.__name__) for make in audits]
    tables += [b.overview(claims, caption="F"), b.sums(claims, caption="G")]
    assert "F02" not in trip(*tables)
    lone = b.choose_claims(dossier, quantity="carts-sent")
    assert "F02" not in trip(b.sensitivity(lone, caption="H"))


# --- F18: a direction -------------------------------------------------------------------------------------------


def rose(**second: Any) -> Prose:
    """Write that mules rose from one count to another, by claimants and of days as told."""
    counts = claim("c-1", 60), claim("c-2", 98, source="s-2", quantity="q-b", **second)
    before, after = (Cited(text=f"{number} mules", claims=(key,)) for key, number in (("c-1", 60), ("c-2", 98)))
    return Prose(text=("The herd rose from ", before, " to ", after, "."), evidence=evidence(*counts))


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ({"when": "1 May 2031"}, False),  # the same claimant
        ({"claimant": "The Millers"}, False),  # the same time
        ({"claimant": "The Millers", "when": "1 May 2031"}, True),
    ],
)
def test_counts_of_two_claimants_at_two_times_show_no_direction(second: dict[str, str], found: bool) -> None:
    passages = draft(rose(**second)).passages
    assert any(True for passage in passages for _ in find_unproved_directions(passage)) is found
