"""Whose word a figure rests on, and what hangs on weak sources."""

from __future__ import annotations

import pytest
from dossiers import dossier, flow, source

from briefing.blocks.records import plain
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.sourcing import weigh

FIREFLY = {"claimant_id": "firefly"}


def weighed(sources: list[dict[str, object]], *rows: dict[str, object]) -> str:
    return plain(weigh(contested(choose_claims(dossier(sources=sources, transfers=list(rows))))).text)


def test_one_speaker_six_days_apart_is_one_origin_and_named() -> None:
    told = weighed([source("s-1"), source("s-2", "2031-01-08")], flow("t-1", 5), flow("t-2", 5, source_id="s-2"))
    assert "behind which stands 1 origin" in told
    assert "That is one claimant, The Gazette, in several documents: nobody else confirms the figure." in told


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"reliability": "F"}, "graded F (cannot be judged)"),
        ({"reliability": "E"}, "graded E (unreliable)"),
        ({"kind": "social_media"}, "a post on social media or a forum"),
        ({"kind": "social_media", "reliability": "F"}, "a post on social media or a forum and graded F (cannot be"),
    ],
)
def test_a_figure_of_nothing_but_a_weak_source_says_so(cells: dict[str, str], why: str) -> None:
    told = weighed([source("s-1", **cells)], flow("t-1", 5))
    assert f" The figure rests on nothing but one weak source (Publisher of s-1: {why}" in told


def test_a_figure_that_would_read_otherwise_without_a_weak_source_says_so() -> None:
    told = weighed([source("s-1"), source("s-2", kind="social_media")], flow("t-1", 5),
                   flow("t-2", 9, source_id="s-2", **FIREFLY))  # fmt: skip
    assert " The figure would read otherwise without one weak source (Publisher of s-2: a post" in told


def test_a_weak_source_that_moves_nothing_is_not_told() -> None:
    weak = [source("s-1"), source("s-2", reliability="F")]
    assert "weak" not in weighed(weak, flow("t-1", 5), flow("t-2", 5, source_id="s-2", **FIREFLY))
    assert "weak" not in weighed(weak, flow("t-1", 5), flow("t-2", source_id="s-2", **FIREFLY))
    assert "weak" not in weighed([source("s-1", reliability="D")], flow("t-1", 5))
