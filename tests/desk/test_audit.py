"""The audit of a dossier's sourcing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import dossier, flow, source, stock

from briefing.blocks.blocks import Note, Table
from briefing.blocks.records import plain
from briefing.desk.audit import (
    audit_dates,
    audit_grades,
    audit_languages,
    audit_origins,
    audit_parts,
    audit_sensitivity,
    audit_single,
    say_audit,
)
from briefing.dossier.dossier import read_dossier

SIDES = (
    audit_origins, audit_single, audit_dates, audit_languages, audit_grades, audit_parts, audit_sensitivity,
)  # fmt: skip
KNOWN = dossier(
    "2031-06-01",
    sources=[
        source("s-1", reliability="B", reliability_basis="Counts"),
        source("s-2", origin_id="s-1", language="nb"),
        source("s-3", "2031-02", published_basis="inferred", reliability="F", reliability_basis="Unknown"),
    ],
    deployments=[
        stock("d-1", 5),
        stock("d-2", 5, source_id="s-2"),
        stock("d-3", 6, source_id="s-3", date="2031-01", claimant_id="firefly"),
        stock("d-4", 7, quantity_id="q-b"),
    ],
)


MANY = [(letter, "mule") for letter in "abcdefghijklmn"]
MANY_QUANTITIES = [{"quantity_id": f"q-{letter}", "title": letter} for letter, _ in MANY]


def words(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    spans = [
        [[span if isinstance(span, str) else span.text for span in cell] for cell in row] for row in table.data.rows
    ]
    return [["".join(cell) for cell in row] for row in spans]


def test_the_summary_counts_single_origins_and_parts_that_exceed() -> None:
    assert say_audit(KNOWN).text == (
        "Of two quantities, one rests on a single origin. No whole is known together with its parts.",
    )


def test_a_long_table_shows_its_weightiest_rows_and_counts_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.desk.audit.MOST_ROWS", 10)
    rows = [stock(f"d-{at}", at, quantity_id=f"q-{letter}", item=item) for at, (letter, item) in enumerate(MANY, 1)]
    table = audit_single(dossier(quantities=MANY_QUANTITIES, deployments=rows), caption="Single")
    assert len(words(table)) == 10 and isinstance(table, Table)
    assert table.caption == "Single (four more not shown)"


def test_origins_stand_in_the_order_of_their_claims() -> None:
    assert words(audit_origins(KNOWN, caption="Origins")) == [
        ["Publisher of s-1, 2 January 2031", "3", "2", "1"],
        ["Publisher of s-3, February 2031", "1", "1", "0"],
    ]


def test_figures_of_a_single_origin_are_named() -> None:
    assert words(audit_single(KNOWN, caption="Single")) == [
        ["Quantity B", "7", "items", "Publisher of s-1, 2 January 2031", "1"]
    ]


def test_old_counts_and_vague_dates_are_counted() -> None:
    assert [row[1] for row in words(audit_dates(KNOWN, caption="Dates"))] == ["2", "1", "1", "1"]


def test_languages_are_counted_by_document_and_claim() -> None:
    assert words(audit_languages(KNOWN, caption="Languages")) == [["en", "2", "3"], ["nb", "1", "1"]]


def test_a_source_that_nobody_graded_is_not_graded_f() -> None:
    assert [row[0] for row in words(audit_grades(KNOWN, caption="Grades"))] == [
        "B (usually reliable)", "F (cannot be judged)", "not graded",
    ]  # fmt: skip


def test_what_has_two_origins_is_shown_without_its_largest() -> None:
    assert words(audit_sensitivity(KNOWN, caption="If")) == [
        [
            "Quantity A",
            "present",
            "5–6, by different counts on different dates",
            "6",
            "Publisher of s-1, 2 January 2031",
        ]
    ]


def test_parts_that_exceed_as_printed_are_named() -> None:
    rows = [flow("t-1", 5, item="animal"), flow("t-2", 6, part_of="t-1", quantity_id="q-b", item="goat")]
    table = audit_parts(dossier(transfers=rows), caption="Parts")
    assert words(table) == [["Quantity A", "5", "6", "1", "as printed"]]


def test_a_rival_that_would_make_parts_exceed_is_named() -> None:
    rows = [flow("t-1", 5), flow("t-2", 4, part_of="t-1", quantity_id="q-b"), flow("t-3", 9, quantity_id="q-b")]
    table = audit_parts(dossier(transfers=rows), caption="Parts")
    assert words(table) == [["Quantity A", "5", "9", "4", "t-3 in place of t-2"]]


def test_the_summary_agrees_with_the_table_of_parts() -> None:
    rows = [flow("t-1", 5), flow("t-2", 4, part_of="t-1", quantity_id="q-b")]
    rivals = [flow(f"t-{at}", at, quantity_id="q-b") for at in (7, 8, 9)]
    known = dossier(transfers=rows + rivals)
    told = " As printed, no parts add up to more than their whole; with a rival figure in place of a part"
    assert told in plain(say_audit(known).text) and len(words(audit_parts(known, caption="Parts"))) == 3


def test_parts_that_fit_are_said_to_fit() -> None:
    rows = [flow("t-1", 5), flow("t-2", 4, part_of="t-1", quantity_id="q-b")]
    block = audit_parts(dossier(transfers=rows), caption="Parts")
    assert isinstance(block, Note) and block.label == "Nothing found"


@pytest.mark.parametrize("side", SIDES)
def test_an_empty_dossier_is_audited_too(side: Callable[..., Table | Note]) -> None:
    block = side(dossier(), caption="Side")
    assert isinstance(block, Note) and block.text == ("Side: no claim is known on this day.",)


@pytest.mark.parametrize("day", ["2022-02-20", "2022-12-19", "2023-06-30"])
def test_the_shipped_dossier_is_audited_on_any_day(day: str, shipped: Path) -> None:
    known = read_dossier(shipped, as_of=day)
    assert all(isinstance(side(known, caption="Side"), Table | Note) for side in SIDES)


def test_the_rival_count_of_tanks_makes_the_parts_24_too_many(shipped: Path) -> None:
    rows = words(audit_parts(read_dossier(shipped, as_of="2022-12-19"), caption="Parts"))
    assert rows[0][1:4] == ["211", "235", "24"]
