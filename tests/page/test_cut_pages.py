"""A page that rests on more claims than anybody reads is cut, and says so."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.blocks.blocks import Cited, ClaimRecord, Evidence, Further, Made, Prose, SourceRecord, Table, TableData
from briefing.blocks.records import Column
from briefing.page.ledger import MOST_PARTS, Ledger, open_ledger
from briefing.page.words import read_words
from briefing.page.writer import Writer

SOURCE = SourceRecord(id="s-1", publisher="Log", title="Log", url="https://log.example", published="1933", origin="s-1")


def claim(number: int, *, quantity: str = "mules") -> ClaimRecord:
    return ClaimRecord(
        id=f"tr-{number}", table="transfers", quantity=quantity, quantity_title="Mules", item="Mules", when="1933",
        shown=str(number), unit="items", qualifier="exact", status="delivered", claimant="Log", wording="[mules]",
        source="s-1",
    )  # fmt: skip


def ledger_of(claims: int, *, most: int, further: Sequence[str] = ()) -> Ledger:
    named = (Further(quantity="mules", claims=tuple(further)),) if further else ()
    evidence = Evidence(claims=tuple(map(claim, range(claims))), sources=(SOURCE,), further=named)
    return open_ledger([Prose(text=("Mules.",), evidence=evidence)], most=most)


def writer_of(ledger: Ledger, *, language: str = "en", edition: str = "") -> Writer:
    return Writer(ledger, read_words(language), lambda spec: "", edition=edition)


def cite(*numbers: int) -> Cited:
    made = Made(kind="rivals") if len(numbers) > 1 else None
    return Cited(text="98", claims=tuple(f"tr-{number}" for number in numbers), made=made)


def test_a_page_with_room_prints_every_claim_and_says_nothing_of_a_cut() -> None:
    ledger = ledger_of(3, most=3)
    assert [record.id for record in ledger.records()] == ["tr-0", "tr-1", "tr-2"]
    assert writer_of(ledger).tell_cut() == []


def test_what_is_cited_first_is_printed_in_full_and_other_claims_fill_the_room() -> None:
    ledger = ledger_of(5, most=3)
    ledger.cite(cite(4), label="")
    ledger.fill()
    assert [record.id for record in ledger.records()] == ["tr-0", "tr-1", "tr-4"]


def test_a_figure_whose_claim_is_not_printed_leads_to_where_the_page_says_so() -> None:
    writer = writer_of(ledger_of(3, most=1))
    writer.figure(cite(0))
    assert writer.figure(cite(1)) == '<a href="#claims_left_out">98</a>'


def test_a_figure_of_hundreds_takes_the_place_of_a_few_claims_only() -> None:
    ledger = ledger_of(9, most=8)
    ledger.cite(cite(*range(9)), label="")
    assert len(ledger.printed) == MOST_PARTS
    (figure,) = ledger.figures.values()
    assert len(figure.claims) == 9


def test_a_cut_is_counted_and_names_the_file_that_holds_all() -> None:
    ledger = ledger_of(5, most=2)
    ledger.fill()
    assert writer_of(ledger, edition="mules/1933").tell_cut() == [
        "This page rests on 5 claims, too many to print. The 2 that it cites first are here in full; "
        "a link to any other leads to this line.",
        "All of them, with their sources, are in 1933.claims.csv, the file of claims beside this page.",
    ]


def test_a_page_that_no_press_made_says_how_to_get_the_file() -> None:
    ledger = ledger_of(5, most=2)
    assert "briefing build" in writer_of(ledger).tell_cut()[1]


def test_rivals_that_no_block_carries_are_counted_each_once() -> None:
    ledger = ledger_of(2, most=2, further=["tr-1", "tr-8", "tr-9"])
    assert writer_of(ledger).tell_cut() == ["2 more claims about the same quantities are only in the dossier."]
    assert ledger.unprinted_rivals(claim(0)) == 2


@given(
    st.lists(st.tuples(st.sampled_from(["mules", "carts", "boats"]), st.integers(0, 9)), min_size=1, max_size=9),
    st.integers(0, 9),
)
def test_rivals_are_those_of_a_claims_quantity_however_many_were_asked_for_before(
    steps: list[tuple[str, int]], most: int
) -> None:
    ledger = Ledger(most=most, further={"mules": {"tr-0": None, "tr-99": None}})
    for number, (quantity, cited) in enumerate(steps):
        ledger.claims[f"tr-{number}"] = asked = claim(number, quantity=quantity)
        ledger.prints(f"tr-{cited}")
        rivals = [other for other in ledger.claims.values() if other.quantity == quantity]
        printed = [other for other in rivals if other.id in ledger.printed]
        assert ledger.rivals_of(asked) == [other for other in printed if other != asked]
        known = {other.id for other in rivals} | ({"tr-0", "tr-99"} if quantity == "mules" else set())
        assert ledger.unprinted_rivals(asked) == len(known) - len(printed)


@pytest.mark.parametrize(("language", "told"), [("en", "7 more rows are left out"), ("uk", "Опущено ще 7 рядків")])
def test_a_table_says_how_many_rows_it_leaves_out(language: str, told: str) -> None:
    from briefing.page.exporter import open_environment
    from briefing.page.parts import Part
    from briefing.page.render import write_part

    data = TableData(columns=(Column(name="What"),), rows=((("mules",),),))
    table = Part("cell 1", Table(caption="Mules", data=data, left_out=7))
    assert told in write_part(table, writer_of(ledger_of(1, most=1), language=language), open_environment())
