"""Where the words of a chart stand: on no mark, on no other word, and never far off without a line to their mark."""

from __future__ import annotations

from pathlib import Path

import pytest
from dossiers import dossier, stock
from drawings import rows, specs

from briefing.charts import dated_series
from briefing.charts.labels import Anchor, Box, Spot, box_of, place
from briefing.charts.pen import width_of, wrap
from briefing.desk.claims.claims import choose_claims
from briefing.dossier.dossier import read_dossier

#: All around a mark at (150, 100).
AROUND = [Box(90, 75, 210, 125)]


def test_words_that_stand_side_by_side_leave_air_between_them() -> None:
    anchors = [Anchor(x, 50, "12,000", is_bold=True) for x in (100, 142)]
    spots = place(anchors, width=300, height=100)
    one, other = (box_of(anchor, spot) for anchor, spot in zip(anchors, spots, strict=True) if spot)
    assert not one.overlaps(other)
    assert one.right - one.left == pytest.approx(width_of("12,000") * 1.06 + 4)


def test_a_word_with_no_room_beside_its_mark_stands_further_off_at_the_end_of_a_line() -> None:
    spots = place([Anchor(150, 100, "12,000")], width=300, height=200, lines=AROUND)
    assert spots == [Spot("left", 13, -32, to=(11, -32))]


def test_no_line_to_a_word_crosses_a_mark() -> None:
    assert place([Anchor(150, 100, "12,000")], width=300, height=200, taken=AROUND, lines=[]) == [None]


def test_words_that_found_no_room_choose_first_the_next_time() -> None:
    above = [Box(0, -20, 300, 30)]
    low, high = Anchor(50, 50, "98"), Anchor(50, 22, "12,000")
    assert None not in place([low, high], width=300, height=100, taken=above)


def test_every_count_of_the_shipped_dossier_has_its_figure_on_a_wide_page_and_all_but_one_on_a_narrow_one(
    shipped: Path,
) -> None:
    troops = choose_claims(read_dossier(shipped, as_of="2023-06-30"), quantity="russian-troops-in-belarus")
    drawn = [rows(spec) for spec in specs(dated_series(troops, title="Troops"))]
    assert [sum("shown" not in row for row in spec) <= free for spec, free in zip(drawn, (0, 1), strict=True)] == [
        True
    ] * 2


def test_the_time_in_which_a_day_lies_is_drawn_under_its_mark_with_two_ends() -> None:
    spec = dated_series(
        choose_claims(dossier(deployments=[stock("d-1", 98, date="2031-11"), stock("d-2", 9)])), title="Mules"
    ).spec
    spans = [layer["mark"] for layer in spec["layer"] if "since" in layer.get("transform", [{}])[0].get("filter", "")]
    assert [mark["type"] for mark in spans] == ["rule", "point", "point"]
    assert all(mark["yOffset"] > 0 for mark in spans)


def test_no_designation_is_broken_at_its_hyphen() -> None:
    assert wrap("Forty complete BMP-2 without turrets", 110) == ["Forty complete", "BMP-2 without…"]
