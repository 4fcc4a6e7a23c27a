"""The rule over fronts: a reader who gives a page thirty seconds takes it in."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.blocks.blocks import Front, Text
from briefing.blocks.walk import plain
from briefing.checks.draft import Draft
from briefing.checks.passages import split_sentences
from briefing.checks.rule import Rule, remark
from briefing.errors import Problem

#: So many words the answer and the standfirst may have, and so few and many tiles a front that has any.
_LONGEST_ANSWER, _LONGEST_STANDFIRST, _FEWEST_TILES, _MOST_TILES = 25, 40, 2, 5


def find_long_fronts(draft: Draft) -> Iterator[Problem]:
    """R10: an answer of several sentences or many words, a long standfirst, one tile or many."""
    for place, front in draft.of(Front):
        words, said = _count_words(front.bottom_line), len(split_sentences(plain(front.bottom_line)))
        if said > 1:
            yield remark(place, f"the answer has {said} sentences", "Say one; move the others to the standfirst")
        if words > _LONGEST_ANSWER:
            yield remark(place, f"the answer has {words} words, more than {_LONGEST_ANSWER}", "Shorten it")
        if (words := _count_words(front.standfirst)) > _LONGEST_STANDFIRST:
            cure = "Keep the reason and what happened; move the rest into a section"
            yield remark(place, f"the standfirst has {words} words, more than {_LONGEST_STANDFIRST}", cure)
        if front.tiles and not _FEWEST_TILES <= len(front.tiles) <= _MOST_TILES:
            cure = f"Show {_FEWEST_TILES} to {_MOST_TILES}, or none"
            yield remark(place, f"the front has {len(front.tiles)} tile{'s'[: len(front.tiles) - 1]}", cure)


def _count_words(text: Text) -> int:
    return len(plain(text).split())


RULES: tuple[Rule[Draft], ...] = (
    Rule("R10", "warning", "the front of a page is read in thirty seconds", find_long_fronts),
)
