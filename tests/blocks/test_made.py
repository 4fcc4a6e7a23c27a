"""How a figure was made: stored with its block, put into words in one place."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.blocks.blocks import Cited, Made, Prose, face, read_block
from briefing.blocks.made import say_cited
from briefing.blocks.recount import is_number, is_of_rivals, sum_of


def stored(version: int, **fields: Any) -> Any:
    """Read the figure of a stored block."""
    cited = {"text": "196", "claims": ["t-1", "t-2"]} | fields
    return read_block({"kind": "prose", "version": version, "text": [cited, " mules"]}).text[0]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("how", ["sum of 2 claims", "2 rival claims, 2 independent origins"])
def test_a_block_of_an_older_version_keeps_its_words_and_nobody_reads_them(version: int, how: str) -> None:
    figure = stored(version, how=how)
    assert (say_cited(figure), figure.made, figure.is_one_claim) == (how, None, False)
    assert (sum_of(figure, {}), is_of_rivals(figure), is_number(figure)) == (None, False, False)


def test_the_words_of_an_older_block_are_shown() -> None:
    assert "t-1, t-2: sum of 2 claims" in face(Prose(text=(stored(2, how="sum of 2 claims"),)))["text/html"]


def test_a_block_of_today_stores_fields_and_comes_back_the_same() -> None:
    made = Made(kind="sum", parts=("t-1", "t-2"), twins=("t-2",))
    block = Prose(text=(Cited(text="196", claims=("t-1", "t-2"), made=made),))
    assert read_block(block.model_dump(mode="json")) == block
    assert block.version == 6


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (None, ""),
        (Made(kind="sum", parts=("t-1", "t-2")), "sum of two claims"),
        (Made(kind="sum", parts=("t-1",), left_out=("t-2",)), "one claim left out as part of another"),
        (Made(kind="sum", parts=("t-1",), wholes=("t-2",)), "sum of one part, held against the whole"),
        (Made(kind="sum", parts=("t-1", "t-2"), perhaps=("t-2",)),
         "sum of two claims; one of them may be of another kind"),
        (Made(kind="difference"), "the parts minus the whole"),
        (Made(kind="rivals", origins=2), "two rival claims from two independent origins"),
        (Made(kind="newest"), "the newest of two claims about this quantity"),
        (Made(kind="count", counted="old stocks", days=30), "stocks last counted more than 30 days ago"),
        (Made(kind="count", counted="undated stocks"), "counts of stocks that state no day"),
        (Made(kind="count", counted="claims"), "every claim about this quantity known on this day"),
    ],
)  # fmt: skip
def test_fields_are_put_into_words(made: Made | None, words: str) -> None:
    assert say_cited(Cited(text="196", claims=("t-1", "t-2"), made=made)) == words
