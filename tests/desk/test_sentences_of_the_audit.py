"""What the audit says, what changed and what waits: each sentence beside the rows that it was made from."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, flow, source, stock

from briefing.blocks.blocks import Note, Table
from briefing.blocks.walk import plain
from briefing.desk.audit import audit_origins, audit_parts, audit_sensitivity, audit_single, say_audit
from briefing.desk.changes import changes
from briefing.desk.waiting import tell_waiting

FIREFLY, AGAIN = {"claimant_id": "firefly"}, {"source_id": "s-2"}
SOURCES = [source("s-1"), source("s-2")]
WHOLE, PARTS = flow("t-1", 5), [flow(f"t-{at}", 3, quantity_id="q-b", part_of="t-1") for at in (2, 3)]
NO_WHOLE = "No whole is known together with its parts."


def counts(number: int, *, twice: int = 0) -> list[Cells]:
    """Count so many quantities, the first of them in two documents that relay nobody."""
    once = [stock(f"d-{letter}", 5, quantity_id=f"q-{letter}") for letter in "abcdefghijkl"[:number]]
    again = [
        stock(f"e-{letter}", 5, quantity_id=f"q-{letter}", **AGAIN, **FIREFLY) for letter in "abcdefghijkl"[:twice]
    ]
    return [*once, *again]


@pytest.mark.parametrize(
    ("number", "twice", "said"),
    [
        (1, 0, "The one quantity rests on a single origin."), (1, 1, "The one quantity rests on several origins."),
        (2, 0, "Both quantities rest on a single origin each."),
        (2, 2, "Both quantities rest on several origins each."),
        (2, 1, "Of two quantities, one rests on a single origin."),
        (3, 0, "All three quantities rest on a single origin each."),
        (3, 1, "Of three quantities, two rest on a single origin."),
        (12, 1, "Of 12 quantities, 11 rest on a single origin."),
    ],
)  # fmt: skip
def test_the_audit_counts_lone_origins_in_these_words(number: int, twice: int, said: str) -> None:
    names: list[Cells] = [{"quantity_id": f"q-{letter}", "title": f"Quantity {letter}"} for letter in "abcdefghijkl"]
    known = dossier(sources=SOURCES, quantities=names, deployments=counts(number, twice=twice))
    assert plain(say_audit(known).text) == f"{said} {NO_WHOLE}"


def test_an_audit_of_nothing_says_so() -> None:
    assert plain(say_audit(dossier("2030-01-01")).text) == "Nothing in this dossier had been published by then."


def rival(at: int, number: int) -> Cells:
    return flow(f"t-{at}", number, quantity_id="q-b", **AGAIN, **FIREFLY)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([flow("t-1", 9), *PARTS], "No parts add up to more than their whole, as printed or with a rival figure in "
         "place of a part."),
        ([WHOLE, PARTS[0], rival(9, 8)], "As printed, no parts add up to more than their whole; with a rival figure in "
         "place of a part they do once."),
        ([WHOLE, PARTS[0], rival(9, 8), rival(8, 7)], "As printed, no parts add up to more than their whole; with a "
         "rival figure in place of a part they do twice."),
        ([WHOLE, *PARTS], "As printed, parts add up to more than their whole once."),
        ([WHOLE, flow("t-2", 6, quantity_id="q-b", part_of="t-1"), rival(9, 8)],
         "As printed, parts add up to more than their whole once, and with a rival figure in place of a part once."),
    ],
)  # fmt: skip
def test_the_audit_tells_of_parts_in_these_words(rows: list[Cells], said: str) -> None:
    assert plain(say_audit(dossier(sources=SOURCES, transfers=rows)).text).split(". ", 1)[1] == said


@pytest.mark.parametrize(("number", "caption"), [(12, "Origins"), (13, "Origins (one more not shown)")])
def test_a_caption_counts_the_rows_that_are_not_shown(number: int, caption: str) -> None:
    documents = [source(f"s-{at}") for at in range(number)]
    rows = [stock(f"d-{at}", 5, source_id=f"s-{at}") for at in range(number)]
    assert audit_origins(dossier(sources=documents, deployments=rows), caption="Origins").caption == caption  # type: ignore[union-attr]


def test_what_the_audit_does_not_find_is_told_in_these_words() -> None:
    alike, lone = dossier(sources=SOURCES, deployments=counts(1, twice=1)), dossier(deployments=counts(1))
    notes = [audit_single(alike, caption="A"), audit_parts(alike, caption="B"), audit_sensitivity(lone, caption="C")]
    assert [plain(note.text) for note in notes if isinstance(note, Note)] == [
        "A: no figure rests on a single origin.",
        "B: no parts exceed their whole, as printed or with rivals in their place.",
        "C: no quantity has more than one origin.",
    ]


LATE = {"source_id": "s-late"}
NEW = [source("s-1"), source("s-late", "2031-03-05")]


def told(*rows: Cells) -> str:
    block = changes(dossier("2031-03-10", sources=NEW, deployments=[stock("d-1", 300), *rows]), since="2031-03-01")
    return block.caption if isinstance(block, Table) else plain(block.text)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no claim became known. No figure or judgement moved."),
        ([stock("d-2", 500, **LATE)], "one claim became known."),
        ([stock("d-2", 500, **LATE), stock("d-3", 700, **LATE)], "two claims became known."),
        ([stock("d-2", 500, supersedes="d-1", **LATE)], "one claim became known and one claim was replaced."),
        ([stock("d-2", 500, quantity_id="q-b", **LATE)],
         "one claim became known and one quantity was claimed for the first time."),
        ([stock(f"d-{letter}", 500, quantity_id=f"q-{letter}", **LATE) for letter in "bcdefg"],
         "six claims became known and six quantities were claimed for the first time (those with most claims are "
         "listed)."),
        ([stock(f"d-{at}", 500, quantity_id="q-b", **LATE) for at in range(2, 14)],
         "12 claims became known and one quantity was claimed for the first time."),
    ],
)  # fmt: skip
def test_what_changed_is_counted_in_these_words(rows: list[Cells], said: str) -> None:
    assert told(*rows) == f"Since 1 March 2031: {said}"


def moved(*rows: Cells) -> str:
    block = changes(dossier("2031-03-10", sources=NEW, deployments=[stock("d-1", 300), *rows]), since="2031-03-01")
    assert isinstance(block, Table)
    return plain(block.data.rows[0][2])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([stock("d-2", 500, quantity_id="q-b", **LATE)], "new: 500"),
        ([stock("d-2", 500, quantity_id="q-b", status="denied", **LATE)], "new: The Gazette denies 500"),
        ([stock("d-2", 0, quantity_id="q-b", status="denied", **LATE)], "new: The Gazette denies any: 0"),
        ([stock("d-2", 500, quantity_id="q-b", status="doubted", **LATE),
          stock("d-3", 500, quantity_id="q-b", status="doubted", **LATE, **FIREFLY)],
         "new: The Gazette and Rufus Firefly doubt 500"),
        ([stock("d-2", 500, date="2031-03-04", **LATE, **FIREFLY)],
         "500 (newest, 4 March 2031) – Rufus Firefly now, The Gazette then: counts by different claimants show no rise "
         "or fall"),
    ],
)  # fmt: skip
def test_a_figure_that_moved_is_told_in_these_words(rows: list[Cells], said: str) -> None:
    assert moved(*rows) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "We leave out one row until the end of February 2031, since we know no closer day of publication: d-0."),
        (2, "We leave out two rows until the end of February 2031, since we know no closer day of publication: d-0, "
         "d-1."),
        (10, "We leave out 10 rows until the end of February 2031, since we know no closer day of publication: d-0, "
         "d-1, d-2, d-3, d-4, d-5, d-6, d-7 and 2 more."),
    ],
)  # fmt: skip
def test_rows_that_wait_are_told_in_these_words(number: int, said: str) -> None:
    rows = [stock(f"d-{at}", 5) for at in range(number)]
    assert tell_waiting(dossier("2031-02-19", sources=[source("s-1", "2031-02")], deployments=rows)) == [said]
