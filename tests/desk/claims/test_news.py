"""What is new leads: which quantities rank first, why, and what a place that nothing fills shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from dossiers import dossier, flow, sides, source, stock
from whole import WHOLES

import briefing as b
from briefing.blocks.walk import plain
from briefing.desk.claims.claims import Claims
from briefing.errors import UsageError

FIREFLY = {"claimant_id": "firefly"}
B = {"quantity_id": "q-b"}


def on(day: str, **cells: object) -> dict[str, Any]:
    return {"date": f"2031-{day}", "source_id": f"s-{day}"} | cells


def ranked(*rows: dict[str, Any], since: str = "2031-11-20", top: int = 3) -> list[Claims]:
    sources = [source("s-1")]
    sources += [source(name, name.removeprefix("s-") if name.startswith("s-2") else f"2031-{name[2:]}")
                for name in dict.fromkeys(str(row["source_id"]) for row in rows) if name != "s-1"]  # fmt: skip
    known = dossier("2031-12-19", sources=sources, deployments=list(rows))
    return b.by_news(b.choose_claims(known), since=since, top=top)


def told(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [(claims.title, claims.news.reasons[0].kind) for claims in ranked(*rows) if claims.news and len(claims)]


def said(*rows: dict[str, Any]) -> str:
    block = b.say_news(ranked(*rows)[0])
    return plain(block.text) if block else ""


def test_a_new_count_leads_one_of_a_month_before() -> None:
    assert told(stock("d-1", 5, **on("11-21")), stock("d-2", 5, **on("12-18"), **B)) == [
        ("Quantity B", "new"), ("Quantity A", "new"),
    ]  # fmt: skip


def test_what_became_known_before_the_window_is_no_news() -> None:
    assert told(stock("d-1", 5, **on("11-19"))) == []


def test_a_count_that_fell_by_its_claimants_own_word_leads_a_new_one() -> None:
    fell = [stock("d-1", 900, **on("10-01")), stock("d-2", 500, **on("12-15"))]
    assert told(*fell, stock("d-3", 5, **on("12-18"), **B)) == [("Quantity A", "fell"), ("Quantity B", "new")]
    assert said(*fell) == (
        "New on 15 December 2031: The Gazette counts 500 items, down from the same claimant's 900 for 1 October 2031."
    )


def test_another_claimants_count_of_another_day_is_no_fall() -> None:
    assert told(stock("d-1", 900, **on("10-01")), stock("d-2", 500, **on("12-15"), **FIREFLY)) == [
        ("Quantity A", "new")
    ]


def test_bounds_that_a_claimants_earlier_count_fits_are_no_move() -> None:
    later = stock("d-2", **on("12-15"), **sides("at_most", high=1_000))
    assert told(stock("d-1", 900, **on("10-01")), later) == [("Quantity A", "new")]


def test_a_count_that_a_rivals_of_the_same_day_contradicts_is_a_conflict() -> None:
    rivals = [stock("d-1", 900, **on("12-10")), stock("d-2", 500, **on("12-15"), **FIREFLY) | {"date": "2031-12-10"}]
    assert told(*rivals) == [("Quantity A", "conflict")]
    assert said(*rivals) == "New on 15 December 2031: Rufus Firefly counts 500 items, against 900 by The Gazette."


def test_a_relay_of_what_was_known_is_no_news() -> None:
    origin = source("s-old", "2031-10-01")
    relay = source("s-new", "2031-12-15", origin_id="s-old")
    rows = [stock("d-1", 5, source_id="s-old"), stock("d-2", 5, source_id="s-new", date="2031-12-15")]
    known = dossier("2031-12-19", sources=[origin, relay], deployments=rows)
    (first,) = b.by_news(b.choose_claims(known), since="2031-11-20", top=1)
    assert first.is_spare


def test_what_is_only_announced_comes_after_a_count_of_the_same_day() -> None:
    rows = [stock("d-1", 9_000, **on("12-18"), status="announced"), stock("d-2", 5, **on("12-18"), **B)]
    assert [title for title, _ in told(*rows)] == ["Quantity B", "Quantity A"]
    assert said(rows[0]) == "New on 18 December 2031: The Gazette announces 9,000 items."


def test_a_denial_stands_with_what_it_denies() -> None:
    first = ranked(stock("d-1", 5, **on("12-10")), stock("d-2", 5, **on("12-18"), **FIREFLY, status="denied"))[0]
    heading = b.finding(first)
    assert first.ids == ("d-1", "d-2")
    assert plain(heading.text) == (
        "The Gazette puts quantity A at five (10 December 2031); Rufus Firefly denies five"
    )  # fmt: skip


def test_a_count_of_an_earlier_time_that_became_known_now_leads_nothing() -> None:
    late = stock("d-1", 5, **on("12-18")) | {"date": "2031-10-01"}
    assert told(late, stock("d-2", 5, **on("11-21"), **B)) == [("Quantity B", "new"), ("Quantity A", "late")]
    assert said(late) == "Learned on 18 December 2031, about 1 October 2031: The Gazette counts 5 items."


def test_a_part_comes_behind_other_news_where_its_whole_is_news() -> None:
    whole, part = stock("d-1", 9, **on("12-18")), stock("d-2", 5, **on("12-18"), **B, part_of="d-1")
    other = stock("d-3", 5, **on("11-21"), quantity_id="q-c")
    assert [title for title, _ in told(whole, part, other)] == ["Quantity A", "Quantity C", "Quantity B"]


def test_a_running_total_that_grew_contradicts_no_earlier_one() -> None:
    sources = [source("s-1", "2031-10-01"), source("s-2", "2031-12-10")]
    rows = [
        flow("t-1", 10, counting="running", period="2031-01-01/2031-09-30"),
        flow("t-2", 90, counting="running", period="2031-01-01/2031-12-10", source_id="s-2", **FIREFLY),
    ]
    known = dossier("2031-12-19", sources=sources, transfers=rows)
    (first,) = b.by_news(b.choose_claims(known), since="2031-11-20", top=1)
    assert first.news is not None and [reason.kind for reason in first.news.reasons] == ["new"]


def test_there_are_always_as_many_places_as_were_asked_for() -> None:
    first, second, third = ranked(stock("d-1", 5, **on("12-18")))
    assert (len(first), second.is_spare, third.is_spare) == (1, True, True)


def test_verbs_show_nothing_of_a_place_that_nothing_fills() -> None:
    spare = ranked(stock("d-1", 5, **on("12-18")))[1]
    shown = [b.finding(spare), b.weigh(b.contested(spare)), b.answer(b.contested(spare)), b.say_news(spare),
             b.dot_range(spare, title="x"), b.claims_table(spare, caption="x"), b.overview(spare, caption="x"),
             b.dated_series(b.choose_claims(spare, status="present"), title="x")]  # fmt: skip
    assert shown == [None] * 8


def test_where_nothing_is_new_the_first_place_says_so() -> None:
    assert said(stock("d-1", 5, **on("10-01"))) == (
        "Nothing here is new since 20 November 2031; the last claim became known on 1 October 2031."
    )


def test_where_only_what_is_told_elsewhere_is_new_nothing_else_is() -> None:
    lone = b.choose_claims(dossier(sources=[source("s-1", "2031-12-19")], deployments=[stock("d-1", 5)]))
    (first,) = b.by_news(lone, since="2031-11-20", top=1, told=[lone])
    assert plain(b.say_news(first).text) == "Nothing else here is new since 20 November 2031."


def test_claims_that_were_not_ranked_have_no_news_to_tell() -> None:
    with pytest.raises(UsageError, match=r"Write by_news\(\.\.\., since"):
        b.say_news(b.choose_claims(b.read_example()))


def test_a_page_has_at_least_one_place() -> None:
    with pytest.raises(UsageError, match="Give a number from 1"):
        b.by_news(b.choose_claims(b.read_example()), since="2031-11-15", top=0)


def test_rank_does_not_hang_on_the_order_of_rows() -> None:
    rows = [stock(f"d-{at}", at, **on("12-18"), quantity_id=f"q-{letter}") for at, letter in enumerate("abc", start=1)]
    assert told(*rows) == told(*reversed(rows))


@pytest.mark.parametrize("name", WHOLES)
def test_every_dossier_has_headings_and_sentences_for_its_news(name: str) -> None:
    whole = b.read_dossier(WHOLES[name].folder)
    days = sorted({claim.known_on for claim in b.choose_claims(whole).each if claim.known_on})
    for day in days:
        claims = b.choose_claims(whole.at(day))
        for found in b.by_news(claims, since=day - dt.timedelta(days=60), top=5):
            heading, sentence = b.finding(found), b.say_news(found)
            assert (heading is None) == (sentence is None) == found.is_spare


def test_what_the_page_tells_elsewhere_leads_nothing() -> None:
    known = dossier("2031-12-19", deployments=[stock("d-1", 5), stock("d-2", 5, **B)])
    front = b.choose_claims(known, claim="d-2")
    (first,) = b.by_news(b.choose_claims(known), since="2001-01-01", top=1, told=[front])
    assert first.ids == ("d-1",)
