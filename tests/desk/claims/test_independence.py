"""Whose word a figure rests on, and what hangs on weak sources."""

from __future__ import annotations

import pytest
from dossiers import dossier, flow, source, stock

from briefing.blocks.blocks import Table
from briefing.blocks.records import plain
from briefing.desk.changes import changes
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.independence import are_comparable
from briefing.desk.claims.sourcing import weigh

FIREFLY = {"claimant_id": "firefly"}


def weighed(sources: list[dict[str, object]], *rows: dict[str, object]) -> str:
    return plain(weigh(contested(choose_claims(dossier(sources=sources, transfers=list(rows))))).text)


def test_one_speaker_six_days_apart_is_one_origin_and_named() -> None:
    told = weighed([source("s-1"), source("s-2", "2031-01-08")], flow("t-1", 5), flow("t-2", 5, source_id="s-2"))
    assert told.startswith("Two documents report it. ")
    assert told.endswith("All come from one claimant, The Gazette. Nobody else confirms the figure.")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"reliability": "F"}, "graded F, cannot be judged)."),
        ({"reliability": "E"}, "graded E, unreliable)."),
        ({"kind": "social_media"}, "a post on social media or a forum)."),
        (
            {"kind": "social_media", "reliability": "F"},
            "a post on social media or a forum, graded F, cannot be judged).",
        ),
    ],
)
def test_a_figure_of_nothing_but_a_weak_source_says_so(cells: dict[str, str], why: str) -> None:
    told = weighed([source("s-1", **cells)], flow("t-1", 5))
    assert f" The figure rests only on one weak source: Publisher of s-1 ({why}" in told


def test_a_figure_that_would_read_otherwise_without_a_weak_source_says_so() -> None:
    told = weighed([source("s-1"), source("s-2", kind="social_media")], flow("t-1", 5),
                   flow("t-2", 9, source_id="s-2", **FIREFLY))  # fmt: skip
    weak = "Publisher of s-2 (a post on social media or a forum)"
    assert f" The figure would be different without one weak source: {weak}." in told


def test_a_weak_source_that_moves_nothing_is_not_told() -> None:
    weak = [source("s-1"), source("s-2", reliability="F")]
    assert "weak" not in weighed(weak, flow("t-1", 5), flow("t-2", 5, source_id="s-2", **FIREFLY))
    assert "weak" not in weighed(weak, flow("t-1", 5), flow("t-2", source_id="s-2", **FIREFLY))
    assert "weak" not in weighed([source("s-1", reliability="D")], flow("t-1", 5))


def test_counts_are_compared_where_one_claimant_makes_both_or_they_are_of_one_time() -> None:
    rows = [stock("d-1", 9), stock("d-2", 3, date="2031-02-01"), stock("d-3", 7, date="2031-02-01", **FIREFLY)]
    d = dossier(deployments=rows)
    one, two, three = (choose_claims(d, claim=key) for key in ("d-1", "d-2", "d-3"))
    assert are_comparable(one, two) and are_comparable(two, three) and not are_comparable(one, three)


def test_a_count_that_another_claimant_made_of_another_time_is_no_rise_of_what_was_known() -> None:
    rows = [stock("d-1", 9), stock("d-2", 3, source_id="s-2", date="2031-02-01", **FIREFLY)]
    d = dossier("2031-03-01", sources=[source("s-1"), source("s-2", "2031-02-05")], deployments=rows)
    moved = changes(d, since="2031-01-15")
    assert isinstance(moved, Table)
    told = " – Rufus Firefly now, The Gazette then: counts by different claimants show no rise or fall"
    assert plain(moved.data.rows[0][-1]).endswith(told)
    own = dossier("2031-03-01", sources=[source("s-1"), source("s-2", "2031-02-05")],
                  deployments=[rows[0], rows[1] | {"claimant_id": "gazette"}])  # fmt: skip
    again = changes(own, since="2031-01-15")
    assert isinstance(again, Table) and "no rise" not in plain(again.data.rows[0][-1])
