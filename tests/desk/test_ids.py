"""What a dossier has of each kind, as verbs take it."""

from __future__ import annotations

import freedonia as f
import pytest
from nbformat.v4 import new_output

import briefing as b
from briefing.blocks.blocks import MIME
from briefing.blocks.records import plain
from briefing.checks import check_edition
from briefing.dossier.asked import LISTED
from briefing.errors import UsageError

D = b.read_example()


def lines(kind: str) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in b.ids(D, kind).data.rows]


def test_an_id_stands_beside_its_title_and_the_number_of_its_claims() -> None:
    assert ["lorries-sent", "Lorries ferried in October", "3"] in lines("quantity")
    assert ["harbour-watch", "Harbour Watch", "8"] in lines("claimant")


def test_an_actor_who_makes_no_claim_is_no_claimant() -> None:
    assert "minister" in [row[0] for row in lines("actor")]
    assert "minister" not in [row[0] for row in lines("claimant")]


def test_choices_and_shared_words_are_listed_too() -> None:
    assert ["delivered", "13"] in lines("status") and lines("topic") == [["strait"], ["guards"]]


def test_the_name_of_a_table_is_understood() -> None:
    assert b.ids(D, "events") == b.ids(D, "event") and b.ids(D, "quantities") == b.ids(D, "quantity")


@pytest.mark.parametrize("kind", LISTED)
def test_every_kind_has_a_list_that_says_how_long_it_is(kind: str) -> None:
    block = b.ids(D, kind)
    assert int(block.caption.split()[0]) == len(block.data.rows)


def test_a_row_that_is_not_known_yet_is_not_listed() -> None:
    assert len(b.ids(D.at("2031-10-31"), "claim").data.rows) < len(lines("claim"))


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r'"quantitys" is no kind of id\. Did you mean "quantity"'):
        b.ids(D, "quantitys")


def test_a_page_may_show_the_list_since_it_counts_rows() -> None:
    cell = f.cell(new_output("display_data", {MIME: b.ids(D, "quantity").model_dump(mode="json")}))
    assert check_edition(f.notebook(f.words("# Who?"), cell)).errors == ()
