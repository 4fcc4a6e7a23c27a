"""Tiles: a number as hedged, whose it is, and chips that are read from rows."""

import pytest
from dossiers import dossier, flow, sides, source, stock

from briefing.blocks.blocks import Chip
from briefing.blocks.walk import plain
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.tiles import tile
from briefing.errors import ClaimError

MEN = {"unit": "persons"}


def chips(*, as_of="2031-03-01", sources=(), **tables):
    known = dossier(as_of, sources=[source("s-1"), *sources], **tables)
    return list(tile(choose_claims(known, status=["present", "delivered", "announced"])).chips)


def test_of_a_series_the_newest_count_leads_and_earlier_ones_stand_under_it() -> None:
    counts = [stock("d-1", 3200, **MEN), stock("d-2", 4300, date="2031-01-15", **MEN),
              stock("d-3", 12_000, date="2031-02", claimant_id="trentino", **MEN)]  # fmt: skip
    made = tile(contested(choose_claims(dossier(deployments=counts))), "Men")
    assert plain(made.figure) == "12,000 persons"
    assert plain(made.hedge) == "others, earlier: 3,200 to 4,300"
    assert (made.label, made.claimant, made.when) == ("Men", "Ambassador Trentino", "2031-02")


def test_rivals_keep_both_ends_and_the_title_of_their_quantity() -> None:
    made = tile(choose_claims(dossier(transfers=[flow("t-1", 98), flow("t-2", 122, claimant_id="trentino")])))
    assert (plain(made.figure), made.label) == ("98 to 122 items", "Quantity A")
    assert made.claimant == "The Gazette and Ambassador Trentino"


def test_who_only_leaves_room_for_a_number_is_not_named_as_counting_it() -> None:
    over = flow("t-2", **sides("more_than", low=90), claimant_id="trentino")
    made = tile(choose_claims(dossier(transfers=[flow("t-1", 98), over])))
    assert (plain(made.figure), made.claimant) == ("98 items", "The Gazette")


def test_a_hedge_stays_with_its_number() -> None:
    most = stock("d-1", **sides("at_most", high=12_000), **MEN)
    assert plain(tile(choose_claims(dossier(deployments=[most]))).figure) == "Up to 12,000 persons"


def test_an_order_of_magnitude_is_dozens_of_its_noun() -> None:
    chosen = choose_claims(dossier(transfers=[flow("t-1", **sides("order", low=12))]))
    assert plain(tile(chosen).figure) == "Dozens of items"
    assert contested(chosen).figure.phrase == "dozens of items"


def test_where_no_claim_gives_a_number_the_tile_says_so_and_names_nobody() -> None:
    made = tile(choose_claims(dossier(), quantity="q-a"), "Mules")
    assert (made.figure, made.claimant, made.chips) == (("No count known",), "", ())


def test_rivals_of_two_origins_are_contested() -> None:
    rivals = [flow("t-1", 98), flow("t-2", 122, claimant_id="trentino", source_id="s-2")]
    assert chips(transfers=rivals, sources=[source("s-2")]) == [
        Chip(kind="contested"), Chip(kind="origins", number=2)
    ]  # fmt: skip


def test_a_document_that_repeats_one_of_long_before_is_told_with_its_day() -> None:
    relayed = [source("s-2", "2031-02-20", origin_id="s-1")]
    told = chips(transfers=[flow("t-1", 98), flow("t-2", 98, source_id="s-2")], sources=relayed)
    assert told == [Chip(kind="one_origin"), Chip(kind="repeated", day="2031-01-02")]


def test_a_document_of_the_next_days_repeats_nothing_old() -> None:
    relayed = [source("s-2", "2031-01-09", origin_id="s-1")]
    assert chips(transfers=[flow("t-1", 98, source_id="s-2")], sources=relayed) == [Chip(kind="one_origin")]


@pytest.mark.parametrize(("status", "kind"), [("denied", "denied"), ("doubted", "doubted")])
def test_who_denies_or_doubts_the_number_is_named_though_nobody_chose_the_denial(status, kind) -> None:
    denial = stock("d-2", **sides("range", low=8000, high=15_000), status=status, claimant_id="firefly", **MEN)
    told = chips(deployments=[stock("d-1", 9000, **MEN), denial])
    assert Chip(kind=kind, name="Rufus Firefly") in told


def test_a_denial_of_another_number_is_no_denial_of_this_one() -> None:
    denial = stock("d-2", 20, status="denied", claimant_id="firefly", **MEN)
    doubt = stock("d-3", **sides("at_most", high=15_000), status="doubted", claimant_id="trentino", **MEN)
    assert not {"denied", "doubted"} & {
        chip.kind for chip in chips(deployments=[stock("d-1", 9000, **MEN), denial, doubt])
    }


def test_who_counts_what_they_denied_before_denies_nothing_now() -> None:
    denial = stock("d-1", 9000, status="denied", **MEN)
    later = stock("d-2", 9000, date="2031-02-20", **MEN)
    assert "denied" not in {chip.kind for chip in chips(deployments=[denial, later])}


def test_what_is_announced_is_to_come_and_not_called_old() -> None:
    told = chips(as_of="2031-09-01", deployments=[stock("d-1", 9000, status="announced", **MEN)])
    assert told == [Chip(kind="one_origin"), Chip(kind="to_come")]


def test_a_stock_of_more_than_a_month_ago_is_old_and_a_flow_never() -> None:
    assert chips(as_of="2031-02-10", deployments=[stock("d-1", 9, **MEN)])[-1] == Chip(kind="old", number=40)
    assert chips(as_of="2031-02-10", transfers=[flow("t-1", 9)]) == [Chip(kind="one_origin")]


def test_relays_of_one_original_that_lose_its_hedge_differ() -> None:
    relayed = [source("s-2", "2031-01-03", origin_id="s-1"), source("s-3", "2031-01-03", origin_id="s-1")]
    hedged = flow("t-2", **sides("at_most", high=98), source_id="s-3")
    assert Chip(kind="relays") in chips(transfers=[flow("t-1", 98, source_id="s-2"), hedged], sources=relayed)


def test_a_rounded_number_that_holds_the_original_is_no_difference() -> None:
    relayed = [source("s-2", "2031-01-03", origin_id="s-1")]
    rounded = flow("t-2", **sides("more_than", low=90), source_id="s-2")
    assert chips(transfers=[flow("t-1", 98), rounded], sources=relayed) == [Chip(kind="one_origin")]


def test_two_quantities_make_no_tile() -> None:
    both = dossier(transfers=[flow("t-1", 98), flow("t-2", 5, quantity_id="q-b")])
    with pytest.raises(ClaimError, match="2 quantities"):
        tile(choose_claims(both))
