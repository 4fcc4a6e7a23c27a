"""Answers: who counts what, when; of dated counts the newest first, and the side that counts."""

from __future__ import annotations

import pytest
from dossiers import NAMES, dossier, flow, sides, source, stock

from briefing.blocks.blocks import Prose
from briefing.blocks.made import say_cited
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.sourcing import answer, sources, weigh
from briefing.desk.prose import say
from briefing.dossier.dossier import Dossier

COUNTRIES = {"freedonia": "NO", "firefly": "NO", "trentino": "NO", "sylvania": "SE"}
ACTORS = [row | {"country": COUNTRIES.get(str(row["actor_id"]), "")} for row in NAMES["actors"]]
SOURCES = [source("s-1"), source("s-2"), source("s-3", origin_id="s-1"), source("s-4", origin_id="s-1")]


def counts(*rows: dict[str, object]) -> Contested:
    known: Dossier = dossier(
        actors=ACTORS,
        sources=SOURCES,
        deployments=[row for row in rows if "date" in row],
        transfers=[row for row in rows if "period" in row],
    )
    return contested(choose_claims(known))


def words(block: Prose) -> str:
    return "".join(span if isinstance(span, str) else span.text for span in block.text)


OCTOBER = stock("d-1", 3200, date="2031-10-24", claimant_id="firefly")
NOVEMBER = stock("d-2", date="2031-11", claimant_id="trentino", source_id="s-2", **sides("about", best=4300))
DECEMBER = stock("d-3", date="2031-12-19", claimant_id="freedonia", source_id="s-3", **sides("at_most", high=900))


def test_the_newest_of_dated_counts_is_told_first_with_its_day_and_claimant() -> None:
    told = words(answer(counts(OCTOBER, NOVEMBER, DECEMBER)))
    assert told.startswith("Freedonia puts quantity A at up to 900 (19 December 2031)")


def test_earlier_counts_stand_second_with_their_range() -> None:
    told = words(answer(counts(OCTOBER, NOVEMBER, DECEMBER)))
    assert ". Others gave 3,200 to about 4,300 before." in told


def test_earlier_counts_are_told_whole_though_one_number_fits_them_all() -> None:
    fewer = stock("d-7", date="2031-10-24", source_id="s-2", **sides("fewer_than", high=5000))
    up_to = stock("d-8", date="2031-10-28", source_id="s-3", **sides("at_most", high=30_000))
    told = words(answer(counts(fewer, up_to, DECEMBER)))
    assert ". The Gazette gave fewer than 5,000, or up to 30,000 before." in told


def test_a_newest_count_that_goes_back_to_an_earlier_origin_is_said_to_repeat_it() -> None:
    assert ", repeating an earlier count. Rufus Firefly gave 3,200 before (24 October" in words(
        answer(counts(OCTOBER, DECEMBER))
    )
    assert "repeat" not in words(answer(counts(NOVEMBER, DECEMBER)))


def test_counts_of_one_day_are_rivals_and_all_who_count_are_named() -> None:
    told = words(answer(counts(OCTOBER, stock("d-4", 7, date="2031-10-24", claimant_id="sylvania"))))
    assert told == (
        "Sylvania puts quantity A at seven, Rufus Firefly at 3,200 (24 October 2031). All go back to one origin. "
        "The higher count is about 457.1 times the lower."
    )


def test_who_only_fits_a_figure_stands_behind_who_counts_it() -> None:
    echo = flow("t-2", source_id="s-3", claimant_id="sylvania", **sides("more_than", low=65_000))
    told = words(answer(counts(flow("t-1", 65_089, claimant_id="firefly"), echo)))
    assert told.startswith("Rufus Firefly puts quantity A at 65,089, Sylvania at more than 65,000 (1 January")


def test_claimants_of_one_country_are_told_as_that_side() -> None:
    rows = (flow("t-1", 98, claimant_id="firefly"), flow("t-2", 122, claimant_id="trentino", source_id="s-2"))
    assert " Only claimants from Freedonia give a count." in words(answer(counts(*rows)))


FEW = stock("d-1", claimant_id="firefly", **sides("about", best=1_100))
MANY = stock("d-2", claimant_id="sylvania", source_id="s-2", **sides("at_least", low=3_000))


def test_both_hedges_of_counts_of_one_day_are_kept_and_the_factor_is_told() -> None:
    assert words(answer(counts(FEW, MANY))) == (
        "Rufus Firefly puts quantity A at about 1,100, Sylvania at 3,000 or more (1 January 2031). "
        "The higher count is about 2.7 times the lower or more."
    )


def test_the_newest_counts_of_one_day_that_conflict_are_told_by_who_states_each() -> None:
    told = words(answer(counts(stock("d-0", 50, date="2030-12-01"), FEW, MANY)))
    assert told.startswith("Rufus Firefly puts quantity A at about 1,100, Sylvania at 3,000 or more (1 January")
    assert "about 2.7 times the lower or more" in told


def test_relays_of_one_origin_that_disagree_make_no_number() -> None:
    up_to, least = sides("at_most", high=3e6), sides("at_least", low=3e6)
    relays = counts(flow("t-1", source_id="s-3", **up_to), flow("t-2", source_id="s-4", **least))
    told = "The Gazette puts quantity A at up to 3,000,000, or 3,000,000 or more (reports of it differ"
    assert (words(answer(relays)).startswith(told), relays.core) == (True, None)
    assert str(relays) == "up to 3,000,000, or at least 3,000,000, reports of it differ"
    assert "Those who repeat it disagree about what it says" in words(weigh(relays))


def test_an_origins_own_words_lead_where_its_relays_differ() -> None:
    own = flow("t-1", source_id="s-1", **sides("about", best=3e6))
    relay = flow("t-2", source_id="s-3", **sides("more_than", low=4e6))
    assert str(counts(own, relay)) == "about 3,000,000"
    assert "the original leads here" in words(weigh(counts(own, relay)))


def test_no_number_is_answered_by_other_words_and_cites_nothing() -> None:
    block = answer(counts(), otherwise="Nobody counts.")
    assert (block.text, block.evidence.claims) == (("Nobody counts.",), ())


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((OCTOBER, NOVEMBER, DECEMBER), "up to 900 mules (by the newest count, of 19 December 2031; earlier counts "),
        ((NOVEMBER, DECEMBER), "up to 900 mules (by the newest count, of 19 December 2031; about 4,300 before)"),
        ((OCTOBER, flow("t-1", 98)), "98 to 3,200 mules (sources conflict)"),
        ((OCTOBER, stock("d-5", date="2031-12-20")), "3,200 mules"),
    ],
)
def test_a_heading_leads_with_the_newest_count_that_gives_a_number(rows: tuple[dict[str, object]], told: str) -> None:
    found = counts(*rows)
    assert words(say(f"There: {found.latest: mules}")).startswith(f"There: {told}")


def test_origins_of_one_side_are_said_to_be_of_that_side() -> None:
    told = words(weigh(counts(OCTOBER, NOVEMBER)))
    assert "Two documents report it; none repeats another. Only claimants from Freedonia give a count." in told


def test_the_side_of_most_claims_is_told_where_there_are_others() -> None:
    other = stock("d-6", 5, date="2031-12-20", claimant_id="sylvania", source_id="s-2")
    told = words(weigh(counts(OCTOBER, NOVEMBER, other)))
    assert "Claimants from Freedonia give two of the three counts." in told


FOURTH = OCTOBER | {"claim_id": "d-9", "source_id": "s-3", "date": "2031-01-01", "claimant_id": "gazette"}


def test_origins_of_no_one_side_are_called_independent() -> None:
    other = stock("d-6", 5, date="2031-12-20", claimant_id="sylvania", source_id="s-2")
    assert words(weigh(counts(OCTOBER, FOURTH, other))).startswith(
        "Three documents report it, and they go back to two indep"
    )


def test_all_counts_of_a_series_are_told_with_their_open_sides() -> None:
    told = words(weigh(counts(NOVEMBER, DECEMBER)))
    assert "The counts are up to 900, or about 4,300 items." in told
    assert "The counts run from 3,200 to about 4,300 items." in words(weigh(counts(OCTOBER, NOVEMBER)))


def test_claims_that_the_analyst_left_out_are_counted_and_named() -> None:
    rivals = counts(OCTOBER, NOVEMBER, DECEMBER)
    told = weigh(contested(choose_claims(rivals.claims, claimant="trentino")))
    left_out = " This leaves out two other claims about the same quantity, by Rufus Firefly and Freedonia (present)."
    assert left_out in words(told)
    assert not isinstance(told.text[0], str)
    assert say_cited(told.text[0]) == "one of the three claims about this quantity known on this day"


def test_nothing_is_said_to_be_left_out_where_all_were_chosen() -> None:
    told = weigh(counts(OCTOBER, NOVEMBER))
    assert "left out" not in words(told)
    assert not isinstance(told.text[0], str)
    assert say_cited(told.text[0]) == "every claim about this quantity known on this day"


def test_one_origin_that_is_repeated_is_not_said_to_be_confirmed() -> None:
    told = words(weigh(counts(flow("t-1", 65), flow("t-2", 65, source_id="s-3"))))
    assert told == "Two documents report it; one repeats the other. Nobody else confirms the figure."


def test_the_source_statement_says_of_how_many_countries_the_claimants_are() -> None:
    rows = [OCTOBER, NOVEMBER, stock("d-6", 5, claimant_id="sylvania")]
    told = "".join(sources(dossier(actors=ACTORS, sources=SOURCES, deployments=rows)).summary)
    assert "Their claimants are from two countries; Freedonia leads with two of the three claims." in told
