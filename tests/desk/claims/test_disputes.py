"""Who denies or doubts a number counts none: the number stands beside the figure, in its own words."""

from __future__ import annotations

from dossiers import Cells, dossier, sides, stock
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks.walk import plain
from briefing.charts.marks import describe, shown_with
from briefing.charts.tips import claim_tip
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.sourcing import answer, weigh
from briefing.desk.claims.tables import lay_out_claims
from briefing.values.bounds import Bounds

DOUBT = stock("d-9", 15_000, status="doubted", claimant_id="firefly", date="2031-02")


def known(*rows: Cells) -> Claims:
    return choose_claims(dossier(deployments=list(rows)))


def test_a_doubted_number_reads_as_doubted_in_a_table_a_chart_and_a_tip() -> None:
    claims, bounds = known(DOUBT), Bounds(15_000, 15_000, 15_000)
    doubt = next(claim for claim in claims.each if claim.status == "doubted")
    assert plain(lay_out_claims(claims).rows[0][2]) == "doubts 15,000"
    assert (shown_with(bounds, "doubted"), describe("F", doubt, "items")) == (
        "doubts 15,000",
        "F: doubts 15,000 items",
    )
    assert claim_tip(claims, claims.each[0])["title"].endswith("doubts 15,000 items")


def test_a_doubt_is_in_no_figure_beside_what_is_there() -> None:
    rivals = contested(known(stock("d-1", 300), DOUBT))
    assert (rivals.figure.short, rivals.figure.claims, rivals.is_dated) == ("300", ("d-1",), False)


def test_what_stands_behind_a_figure_says_who_doubts_another() -> None:
    told = plain(weigh(contested(known(stock("d-1", 300), DOUBT))).text)
    assert told.startswith("One document reports it") and told.endswith("Rufus Firefly doubts 15,000.")


def test_a_doubt_without_a_number_is_a_doubt_of_the_figure() -> None:
    unsure = stock("d-9", status="doubted", claimant_id="firefly")
    assert plain(weigh(contested(known(stock("d-1", 300), unsure))).text).endswith("Rufus Firefly doubts it.")


def test_an_answer_made_of_doubts_alone_counts_nothing() -> None:
    assert plain(answer(contested(known(DOUBT))).text).startswith(
        "Rufus Firefly doubts a figure of 15,000 for quantity A"
    )


def test_an_answer_leaves_out_who_doubts() -> None:
    told = plain(answer(contested(known(stock("d-1", 300), DOUBT))).text)
    assert told == "The Gazette puts quantity A at 300 (1 January 2031)."


def test_a_denial_is_in_no_figure_either() -> None:
    denied = stock("d-9", status="denied") | sides("at_most", high=9)
    assert contested(known(stock("d-1", 300), denied)).figure.short == "300"


@given(st.lists(st.integers(0, 500), min_size=1, max_size=4), st.lists(st.integers(0, 10**6), max_size=3))
def test_no_doubt_ever_moves_a_figure(counts: list[int], doubts: list[int]) -> None:
    rows = [stock(f"d-{at}", number) for at, number in enumerate(counts)]
    doubted = [stock(f"e-{at}", number, status="doubted") for at, number in enumerate(doubts)]
    assert contested(known(*rows, *doubted)).figure.short == contested(known(*rows)).figure.short
