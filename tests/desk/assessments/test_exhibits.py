"""Evidence on a page: one polarity, whose it is, where it was read, and the analyst's notes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from assessed import hypothesis, item, judgement, ratings
from dossiers import Cells, dossier, flow, quote, sides, source
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing.blocks.blocks import MIME, Block, Exhibit, Judgements, Note, Table, read_block
from briefing.blocks.walk import plain
from briefing.desk.assessments.arguments import arguments
from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.desk.assessments.indicators import indicator_board
from briefing.desk.assessments.judgements import key_judgements
from briefing.dossier.dossier import read_dossier
from briefing.dossier.example import read_example
from briefing.errors import UsageError
from briefing.page.exporter import render_page

PAPER = source("s-1", publisher="The Evening Paper")
THINKERS = source("s-0", "2031-01-01", publisher="The Thinkers", kind="think_tank")


def exhibit(tables: dict[str, list[Cells]], **cells: object) -> Exhibit:
    """Show one item of evidence that was read in a newspaper."""
    rows = {
        "sources": [PAPER],
        "judgements": [judgement("j-1", supported_by="e-1")],
        "evidence": [item("e-1", **cells)],
    }
    return key_judgements(dossier(**(rows | tables))).judgements[0].supporting[0]


def page(*blocks: Block) -> str:
    outputs = [new_output("display_data", {MIME: block.model_dump(mode="json")}) for block in blocks]
    cells = [new_code_cell("1", outputs=[output]) for output in outputs]
    return render_page(new_notebook(cells=[new_markdown_cell("# Who?"), *cells]))


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main")[1]).split())


# --- whose it is ------------------------------------------------------------------------------------------------


def test_an_argument_is_its_speakers_and_not_the_newspapers_in_which_it_was_read() -> None:
    shown = exhibit({"quotes": [quote("q-1")]}, quote_ids="q-1")
    assert (shown.by, shown.read_in) == ("Rufus Firefly", "The Evening Paper")


def test_an_argument_without_a_quotation_is_whose_origin_it_relays() -> None:
    relayed = {"sources": [THINKERS, PAPER | {"origin_id": "s-0"}]}
    assert exhibit(relayed).by == "The Thinkers"


def test_an_original_that_nobody_saw_names_its_actor() -> None:
    assert exhibit({"sources": [PAPER | {"relays": "firefly@2031-01-01"}]}).by == "Rufus Firefly"


def test_what_a_newspaper_argues_itself_is_its_own_and_an_assumption_is_nobodys() -> None:
    assert exhibit({}).by == "The Evening Paper"
    assert exhibit({}, kind="assumption").by == ""


def test_what_was_seen_is_theirs_who_told_of_it_and_not_a_speakers_beside_it() -> None:
    rows = {"quotes": [quote("q-1")], "transfers": [flow("f-1", 98, claimant_id="trentino")]}
    assert exhibit(rows, kind="observation", quote_ids="q-1").by == "The Evening Paper"
    assert exhibit(rows, kind="observation", quote_ids="q-1", claim_ids="f-1").by == "Ambassador Trentino"
    elsewhere = {"sources": [PAPER, source("s-2")], "transfers": [flow("f-1", 98, source_id="s-2")]}
    assert exhibit(elsewhere, kind="observation", claim_ids="f-1").by == "The Evening Paper"


def test_a_number_is_its_claimants_whoever_printed_or_argues_it() -> None:
    rows = {"quotes": [quote("q-1")], "transfers": [flow("f-1", 98, claimant_id="trentino")]}
    shown = exhibit(rows, quote_ids="q-1", claim_ids="f-1")
    assert plain(shown.text) == "Statement of e-1 (Quantity A: 98 items, says Ambassador Trentino)"


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("doubted", "Quantity A: The Gazette doubts ≤ 9 items"),
        ("denied", "Quantity A: The Gazette denies ≤ 9 items"),
        ("announced", "Quantity A: ≤ 9 items, announced, says The Gazette"),
    ],
)
def test_a_number_in_evidence_keeps_what_its_claimant_does_with_it(status: str, told: str) -> None:
    rows = {"transfers": [flow("f-1", status=status) | sides("at_most", high=9)]}
    assert plain(exhibit(rows, claim_ids="f-1").text) == f"Statement of e-1 ({told})"


def test_a_page_says_whose_an_argument_is_and_where_it_was_read() -> None:
    rows = {"judgements": [judgement("j-1", supported_by="e-1")], "evidence": [item("e-1", quote_ids="q-1")]}
    shown = words(page(key_judgements(dossier(sources=[PAPER], quotes=[quote("q-1")], **rows))))
    assert "Statement of e-1 1 Rufus Firefly , 1 January 2031 · rests on Rufus Firefly" in shown


# --- notes ------------------------------------------------------------------------------------------------------

NOTED = {
    "hypotheses": [hypothesis("H1", note="Beside the others <i>"), hypothesis("H2")],
    "evidence": [item("e-1", note="One witness <b>")], "ratings": ratings("e-1", "I C"),
    "judgements": [judgement("j-1", supported_by="e-1")],
}  # fmt: skip


def test_notes_of_evidence_and_of_hypotheses_reach_the_page_as_text() -> None:
    shown = page(hypothesis_matrix(dossier(**NOTED)))
    assert "One witness &lt;b&gt;" in shown and "Beside the others &lt;i&gt;" in shown
    assert shown.count("<th scope") == page(hypothesis_matrix(dossier(**NOTED | {"evidence": [item("e-1")]}))).count(
        "<th scope"
    )


def test_a_note_stands_once_on_a_page_that_shows_its_evidence_twice() -> None:
    known = dossier(**NOTED)
    assert page(key_judgements(known)).count("One witness") == 1
    assert page(key_judgements(known), hypothesis_matrix(known)).count("One witness") == 1


def test_a_block_of_version_3_reads_on_without_authors_and_notes() -> None:
    old = key_judgements(dossier(**NOTED)).model_dump(mode="json") | {"version": 3}
    for row in old["judgements"][0]["supporting"]:
        for field in ("by", "read_in", "note"):
            del row[field]
    read = read_block(old)
    assert isinstance(read, Judgements) and read.judgements[0].supporting[0].by == ""
    assert "told by" not in words(page(read))


# --- one polarity -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", ["very unlikely", "unlikely", "roughly even chance", "likely"])
def test_what_points_to_it_is_said_to_point_to_it_whatever_the_term(term: str) -> None:
    rows = [item("e-1", statement="Mules gather"), item("e-2", statement="Mules leave")]
    row = judgement("j-1", term, supported_by="e-1", contradicted_by="e-2")
    told = words(page(key_judgements(dossier(judgements=[row], evidence=rows))))
    assert re.search("Points to it Mules gather.*Points away from it Mules leave", told)
    assert "For it" not in told and "Against it" not in told


@pytest.mark.parametrize("day", ["2022-02-20", "2022-10-20", "2022-12-19", "2023-06-30"])
def test_no_item_of_the_shipped_dossier_points_both_ways_on_one_page(day: str, shipped: Path) -> None:
    block = key_judgements(read_dossier(shipped, as_of=day))
    towards = {one.id for judgement in block.judgements for one in judgement.supporting}
    assert towards.isdisjoint(one.id for judgement in block.judgements for one in judgement.contrary)
    told = words(page(block, indicator_board(read_dossier(shipped, as_of=day))))
    assert not re.search(r"(?i)\b(?:for|against) it\b|speak (?:for|against)", told)


def test_under_an_unlikely_event_what_speaks_against_it_points_away(shipped: Path) -> None:
    known = {one.id: one for one in key_judgements(read_dossier(shipped, as_of="2022-12-19")).judgements}
    assert "ee-0010" in {one.id for one in known["jd-0004"].contrary}
    assert {"ee-0027", "ee-0028"} <= {one.id for one in known["jd-0007"].supporting}


# --- arguments --------------------------------------------------------------------------------------------------


def test_arguments_name_who_raised_them_where_they_were_read_and_their_words() -> None:
    rows = {
        "judgements": [judgement("j-1", contradicted_by="e-1")],
        "evidence": [item("e-1", quote_ids="q-1"), item("e-2")],
    }
    table = arguments(dossier(sources=[PAPER], quotes=[quote("q-1", text="It is likely.")], **rows), caption="Argued")
    assert isinstance(table, Table) and [plain(cell) for cell in table.data.rows[0]] == [
        "1 January 2031", "Statement of e-1", "argument", "Rufus Firefly", "The Evening Paper", "“It is likely.”",
    ]  # fmt: skip
    assert table.data.ids == ("e-1",)


def test_arguments_of_a_kind_alone_and_a_kind_that_is_none() -> None:
    known = read_example()
    seen = arguments(known, caption="Seen", kind="observation")
    assert isinstance(seen, Table) and {plain(row[2]) for row in seen.data.rows} == {"observation"}
    assert isinstance(arguments(known, caption="Assumed", kind="assumption"), Note)
    with pytest.raises(UsageError, match='Did you mean "argument"'):
        arguments(known, caption="Argued", kind="arguments")


def test_the_institutes_argument_in_the_newspaper_is_the_institutes_with_its_hedge(shipped: Path) -> None:
    table = arguments(read_dossier(shipped, as_of="2022-12-19"), caption="Argued", kind="argument")
    assert isinstance(table, Table)
    row = next(row for row in table.data.rows if "logistical support" in plain(row[1]))
    assert (plain(row[3]), plain(row[4])) == ("Institute for the Study of War", "Newsweek")
    assert "likely" in plain(row[1]) and "likely" in plain(row[5])
