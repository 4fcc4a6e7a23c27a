"""What a page is made from: markdown and blocks; everything else is told, nothing is dropped."""

from __future__ import annotations

import freedonia as f
import pandas as pd
import pytest
from nbformat.v4 import new_output, new_raw_cell

from briefing.blocks.blocks import MIME, Cited, Own, Prose, TableData
from briefing.checks.runs import check_block
from briefing.errors import PageError
from briefing.page.parts import read_parts

PROSE = Prose(text=("Seen.",))


def test_words_and_blocks_come_in_reading_order() -> None:
    parts = read_parts(f.notebook(f.words("# Who?\n\nWe saw.\n\n## Seen"), f.cell(PROSE)))
    assert [(part.kind, part.level, part.place) for part in parts] == [
        ("markdown", 1, "cell 1"),
        ("markdown", 0, "cell 1"),
        ("markdown", 2, "cell 1"),
        ("prose", 0, "cell 2"),
    ]


def test_a_removed_cell_and_removed_outputs_are_not_shown() -> None:
    cells = [f.cell(PROSE, tags=("remove-cell",)), f.cell(PROSE, tags=("remove-output",))]
    assert read_parts(f.notebook(*cells, new_raw_cell("x", metadata={"tags": ["remove-cell"]}))) == []


@pytest.mark.parametrize(
    ("output", "told"),
    [
        (new_output("stream", name="stderr", text="Warning: x\n"), "wrote to stderr: 'Warning: x'"),
        (new_output("execute_result", {"text/plain": "42"}), "left text/plain: '42'"),
        (new_output("display_data", {"image/png": "aGk="}), "left image/png without an alternative text"),
        (new_output("display_data", {"image/svg+xml": "<svg/>", "text/plain": "<SVG>"}), "left image/svg+xml without"),
        (new_output("error", ename="KeyError", evalue="'x'", traceback=[]), "failed with KeyError: 'x'"),
        (new_output("display_data", {MIME: {"version": 99, "kind": "prose", "text": []}}), "block 'prose'"),
        (new_output("display_data", {MIME: {"version": 1, "kind": "map"}}), "block 'map'"),
    ],
)
def test_an_output_that_is_no_block_is_told_with_its_cell(output: object, told: str) -> None:
    with pytest.raises(PageError, match="out: cell 1: ") as raised:
        read_parts(f.notebook(f.cell(output)), name="out")
    assert told in str(raised.value)


def test_an_error_is_told_even_where_the_output_is_removed() -> None:
    failed = new_output("error", ename="KeyError", evalue="'x'", traceback=[])
    with pytest.raises(PageError, match="failed with KeyError"):
        read_parts(f.notebook(f.cell(failed, tags=("remove-output",))))


def test_a_raw_cell_is_told() -> None:
    with pytest.raises(PageError, match="cell 1: is a raw cell"):
        read_parts(f.notebook(new_raw_cell("\\newpage")))


def test_all_problems_are_told_at_once() -> None:
    wrong = new_output("stream", name="stdout", text="hi")
    with pytest.raises(PageError) as raised:
        read_parts(f.notebook(f.cell(wrong), f.words("ok"), f.cell(wrong, wrong)))
    assert [line.split(": ")[0] for line in str(raised.value).split("\n")] == ["cell 1", "cell 3", "cell 3"]


FRAME = pd.DataFrame({"claimant": ["The Ferrymen", f.HOSTILE], "mules": [98, 122]})


def test_a_frame_becomes_a_table_that_says_it_has_no_claims() -> None:
    output = new_output("execute_result", {"text/html": FRAME.to_html(), "text/plain": str(FRAME)})
    block = read_parts(f.notebook(f.cell(output)))[0].block
    assert isinstance(block, Own) and isinstance(block.content, TableData)
    assert block.content.rows == ((("0",), ("The Ferrymen",), ("98",)), (("1",), (f.HOSTILE,), ("122",)))
    assert [column.is_number for column in block.content.columns] == [True, False, True]


def test_a_frame_that_is_not_whole_is_told() -> None:
    html = pd.DataFrame({"n": range(99)}).to_html(max_rows=10, show_dimensions=True)
    with pytest.raises(PageError, match=r"cell 1: left a frame .*99 rows × 1 columns"):
        read_parts(f.notebook(f.cell(new_output("display_data", {"text/html": html}))))


@pytest.mark.parametrize(
    "text",
    [("nan tanks",), (Cited(text="None to 98", claims=("tr-1",)),), (Cited(text=" ", claims=("tr-1",)),), ("None",)],
)
def test_a_missing_value_that_is_printed_is_told(text: tuple[str | Cited, ...]) -> None:
    assert len(check_block(Prose(text=text))) == 1


def test_none_in_a_sentence_is_a_word() -> None:
    assert check_block(Prose(text=("None of them was named Nan, and the inf. stood still.",))) == []
