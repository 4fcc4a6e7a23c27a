"""How a figure was made, in words: none, one, two and many of whatever it counts."""

from __future__ import annotations

import pytest

from briefing.blocks.made import say_made
from briefing.blocks.records import Made

IDS = tuple(f"t-{at}" for at in range(12))
PARTS = {"kind": "sum", "parts": IDS[:2]}

SENTENCES: list[tuple[Made | None, int, str]] = [
    (None, 1, ""),
    (Made(kind="sum", parts=IDS[:1]), 1, ""),
    (Made(kind="sum", parts=IDS[:2]), 2, "sum of two claims"),
    (Made(kind="sum", parts=IDS), 12, "sum of 12 claims"),
    (Made(**PARTS, left_out=IDS[:1]), 2, "sum of two claims; one claim left out as part of another"),
    (Made(**PARTS, left_out=IDS[:2], linked=IDS[:1], earlier=IDS[1:2]), 2,
     "sum of two claims; one claim left out because another counts the same goods; one earlier running total left out"),
    (Made(**PARTS, earlier=IDS[:2], left_out=IDS[:2]), 2, "sum of two claims; two earlier running totals left out"),
    (Made(**PARTS, no_low=1), 2, "sum of two claims; one part gives no lower figure"),
    (Made(**PARTS, no_low=2), 2, "sum of two claims; two parts give no lower figure"),
    (Made(**PARTS, twins=IDS[:1]), 2,
     "sum of two claims; one claim may repeat another, so the lower side leaves it out"),
    (Made(**PARTS, twins=IDS[:2]), 2,
     "sum of two claims; two claims may repeat another, so the lower side leaves them out"),
    (Made(**PARTS, perhaps=IDS[:1]), 2, "sum of two claims; one of them may be of another kind"),
    (Made(kind="sum", parts=IDS[:1], wholes=IDS[:1]), 1, "sum of one part, held against the whole"),
    (Made(kind="sum", parts=IDS[:3], wholes=IDS[:1], either=IDS[:2]), 3,
     "sum of three parts, two of them alternatives, counted once, held against the whole"),
    (Made(kind="difference"), 3, "the parts minus the whole"),
    (Made(kind="difference", of=IDS[:1], other=IDS[:2]), 3, "one claim minus two claims"),
    (Made(kind="ratio"), 2, "the highest count divided by the lowest"),
    (Made(kind="ratio", of=IDS[:2], other=IDS[:1]), 3, "two claims divided by one claim"),
    (Made(kind="rivals", origins=1), 1, "one claim from one origin"),
    (Made(kind="rivals", origins=1), 2, "two rival claims from one origin"),
    (Made(kind="rivals", origins=2), 12, "12 rival claims from two independent origins"),
    (Made(kind="rivals", origins=1, is_alike=True), 2, "two claims that agree, from one origin"),
    (Made(kind="rivals", origins=3, is_range=True), 7,
     "smallest and largest number in seven rival claims from three independent origins"),
    (Made(kind="end", origins=1), 2, "one end of rival claims from one origin"),
    (Made(kind="end", origins=3), 2, "one end of rival claims from three independent origins"),
    (Made(kind="newest"), 4, "the newest of four claims about this quantity"),
    (Made(kind="average"), 2, "average of two claims"),
    (Made(kind="unstated"), 2, "no claim gives a number"),
    (Made(kind="count", counted="old stocks", days=30), 2, "stocks last counted more than 30 days ago"),
    (Made(kind="count", counted="undated stocks"), 2, "counts of stocks that state no day"),
    (Made(kind="count", counted="left out"), 2,
     "claims about this quantity that are known on this day and not used here"),
    (Made(kind="count", counted="claims"), 2, "every claim about this quantity known on this day"),
    (Made(kind="count", counted="claims", left_out=IDS[:2]), 1,
     "one of the three claims about this quantity known on this day"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "number", "said"), SENTENCES)
def test_how_a_figure_was_made_is_told_in_these_words(made: Made | None, number: int, said: str) -> None:
    assert say_made(made, IDS[:number]) == said
