"""What documents made of one original."""

from __future__ import annotations

import pytest
from dossiers import dossier, flow, sides, source, stock

from briefing.blocks.blocks import Note, Table
from briefing.blocks.records import plain
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.relays import own_words, relays
from briefing.desk.claims.sourcing import weigh
from briefing.dossier.dossier import Dossier

SOURCES = [source("s-1"), source("s-2", "2031-01-05", origin_id="s-1"), source("s-3", "2031-01-06", origin_id="s-1")]


def known(*rows: dict[str, object], **tables: list[dict[str, object]]) -> Dossier:
    return dossier(sources=SOURCES, transfers=list(rows), **tables)


def told(d: Dossier) -> list[str]:
    table = relays(d, caption="Relays")
    assert isinstance(table, Table)
    return [plain(row[-1]) for row in table.data.rows]


UP_TO = flow("t-2", source_id="s-2", **sides("at_most", high=300))
AT_LEAST = flow("t-3", source_id="s-3", **sides("at_least", low=300))


def test_relays_with_other_bounds_disagree_where_the_original_was_not_read() -> None:
    d = known(UP_TO, AT_LEAST)
    assert told(d) == ["only relays were read; they differ about the figure"] * 2
    said = plain(weigh(contested(choose_claims(d))).text)
    assert said.endswith(
        "Documents that repeat one original (Publisher of s-1, 2 January 2031) differ about the figure; "
        "the original was not read."
    )


def test_the_originals_own_words_lead_and_no_relay_moves_the_figure() -> None:
    d = known(flow("t-1", source_id="s-1", **sides("at_most", high=300)), UP_TO, AT_LEAST)
    differs = "differs from the original about the figure"
    assert told(d) == ["the original's own words", "says what the original says", differs]
    assert contested(choose_claims(d)).claims.ids == ("t-1", "t-2")
    assert "differ from it about the figure; the original leads here." in plain(weigh(contested(choose_claims(d))).text)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"status": "dispatched"}, "whether it has happened"),
        ({"claimant_id": "firefly"}, "whose count it is"),
        ({"from": "sylvania", "to": "freedonia"}, "who sent it to whom"),
    ],
)
def test_relays_may_differ_in_status_claimant_or_direction(cells: dict[str, str], name: str) -> None:
    d = known(flow("t-2", 5, source_id="s-2"), flow("t-3", 5, source_id="s-3", **cells))
    assert told(d) == [f"only relays were read; they differ about {name}"] * 2


def test_relays_that_agree_are_no_row_and_change_no_figure() -> None:
    d = known(flow("t-1", 5), flow("t-2", 5, source_id="s-2"))
    assert isinstance(relays(d, caption="Relays"), Note)
    assert contested(choose_claims(d)).documents == 2 and contested(choose_claims(d)).figure.words == "5"


def test_two_counts_in_one_document_and_one_of_them_relayed_do_not_differ() -> None:
    d = known(flow("t-1", 5), flow("t-4", 7, period="2030-12"), flow("t-2", 5, source_id="s-2"))
    assert isinstance(relays(d, caption="Relays"), Note)


def test_a_link_says_which_relay_garbles_and_it_is_no_rival() -> None:
    links = [{"claim_id": "t-3", "relation": "garbles", "other_id": "t-2"}]
    d = known(UP_TO, AT_LEAST, links=links)
    assert told(d)[1] == "only relays were read; they differ about the figure; garbles it, this dossier says"
    assert own_words(choose_claims(d)).ids == ("t-2",)
    assert own_words(choose_claims(d, claim="t-3")).ids == ("t-3",)


def test_a_link_says_who_is_credited_wrongly() -> None:
    links = [{"claim_id": "t-3", "relation": "misattributes", "other_id": "t-2"}]
    d = known(flow("t-2", 5, source_id="s-2"), flow("t-3", 5, source_id="s-3", claimant_id="firefly"), links=links)
    assert told(d)[1].endswith("credits the wrong claimant, this dossier says")


def test_a_stock_is_of_no_day_after_its_original() -> None:
    rows = [stock("d-1", 5, source_id="s-2", date="2031-01"), stock("d-2", 5, source_id="s-3", date="2031-01-06")]
    rows += [stock("d-3", 2, claimant_id="firefly", source_id="s-4", date="2031-01-04")]
    d = dossier(sources=[*SOURCES, source("s-4")], deployments=rows)
    assert own_words(choose_claims(d)).ids == ("d-3", "d-1")
    assert contested(choose_claims(d)).parted[0].claims.ids == ("d-1",)


def test_nothing_known_is_said() -> None:
    assert isinstance(relays(dossier(), caption="Relays"), Note)
