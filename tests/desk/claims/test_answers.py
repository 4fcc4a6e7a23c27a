"""Answers: who counts what, when; of dated counts the newest first, and the side that counts."""

from __future__ import annotations

import pytest
from dossiers import NAMES, dossier, flow, sides, source, stock

from briefing.blocks.blocks import Prose
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.sourcing import answer, sources, weigh
from briefing.desk.prose import say
from briefing.dossier.dossier import Dossier

COUNTRIES = {"freedonia": "NO", "firefly": "NO", "trentino": "NO", "sylvania": "SE"}
ACTORS = [row | {"country": COUNTRIES.get(str(row["actor_id"]), "")} for row in NAMES["actors"]]
SOURCES = [source("s-1"), source("s-2"), source("s-3", origin_id="s-1")]


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
    assert told.startswith("The newest count, of 19 December 2031, gives up to 900 items (Freedonia): Quantity A.")


def test_earlier_counts_stand_second_with_their_range() -> None:
    told = words(answer(counts(OCTOBER, NOVEMBER, DECEMBER)))
    assert "Earlier counts gave 3,200 to 4,300 items (by different counts on different dates)." in told


def test_a_newest_count_that_goes_back_to_an_earlier_origin_is_said_to_repeat_it() -> None:
    assert "It repeats an earlier count, from the same origin." in words(answer(counts(OCTOBER, DECEMBER)))
    assert "repeats" not in words(answer(counts(NOVEMBER, DECEMBER)))


def test_counts_of_one_day_are_rivals_and_all_who_count_are_named() -> None:
    told = words(answer(counts(OCTOBER, stock("d-4", 7, date="2031-10-24", claimant_id="sylvania"))))
    assert told == (
        "Rufus Firefly and Sylvania count 7 to 3,200 items (sources conflict): Quantity A (24 October 2031). "
        "That is one origin and what repeats it."
    )


def test_who_only_fits_a_figure_is_not_said_to_count_it() -> None:
    echo = flow("t-2", source_id="s-3", claimant_id="sylvania", **sides("more_than", low=65_000))
    told = words(answer(counts(flow("t-1", 65_089, claimant_id="firefly"), echo)))
    assert told.startswith("Rufus Firefly counts 65,089 items: Quantity A")


def test_claimants_of_one_country_are_told_as_that_side() -> None:
    told = words(answer(counts(flow("t-1", 98, claimant_id="firefly"), flow("t-2", 122, claimant_id="trentino"))))
    assert told.startswith("Claimants of Freedonia count 98 to 122 items (sources conflict): Quantity A")


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
    assert "behind which stand 2 origins; all claimants are of Freedonia." in told


def test_the_side_of_most_claims_is_told_where_there_are_others() -> None:
    other = stock("d-6", 5, date="2031-12-20", claimant_id="sylvania", source_id="s-2")
    told = words(weigh(counts(OCTOBER, NOVEMBER, other)))
    assert "behind which stand 2 origins; 2 of the 3 claims are by claimants of Freedonia." in told


def test_origins_of_no_one_side_are_called_independent() -> None:
    other = stock("d-6", 5, date="2031-12-20", claimant_id="sylvania", source_id="s-2")
    assert "behind which stand 2 independent origins." in words(weigh(counts(OCTOBER, other)))


def test_all_counts_of_a_series_are_told_as_their_range() -> None:
    assert "All counts together run from 900 to 4,300 items:" in words(weigh(counts(NOVEMBER, DECEMBER)))


def test_one_origin_that_is_repeated_is_not_said_to_be_confirmed() -> None:
    told = words(weigh(counts(flow("t-1", 65), flow("t-2", 65, source_id="s-3"))))
    assert told.endswith("That is one origin and what repeats it: nobody else confirms the figure.")


def test_the_source_statement_says_of_how_many_countries_the_claimants_are() -> None:
    rows = [OCTOBER, NOVEMBER, stock("d-6", 5, claimant_id="sylvania")]
    told = "".join(sources(dossier(actors=ACTORS, sources=SOURCES, deployments=rows)).summary)
    assert "Their claimants are of 2 countries; the largest share, 2 of 3 claims, is by claimants of Freedonia." in told
