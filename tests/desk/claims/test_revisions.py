"""What a total was, by the day on which it was known."""

from __future__ import annotations

import datetime as dt

import pytest
from dossiers import dossier, flow, source
from drawings import rows

from briefing.blocks.blocks import Chart, Note
from briefing.charts import revision_steps
from briefing.desk.claims.contested import contested
from briefing.desk.claims.revisions import revisions
from briefing.errors import ClaimError

#: Worked example 5: trains of 20, 25, 25, 24 and 28, each known two days after it left; then the fourth is no tanks.
LEFT = ((9, 20), (11, 25), (14, 25), (16, 24), (28, 28))
KNOWN = [source(f"s-{day}", f"2022-10-{day + 2:02}") for day, _ in LEFT] + [source("s-mended", "2022-11-15")]
TRAINS = [
    flow(f"t-{day}", number, period=f"2022-10-{day:02}", item="mule", quantity_id=f"q-{letter}", source_id=f"s-{day}")
    for (day, number), letter in zip(LEFT, "abcde", strict=True)
]
MENDED = flow("t-mended", 0, period="2022-10-16", quantity_id="q-d", source_id="s-mended", supersedes="t-16")


def trains(as_of: str | None):
    return dossier(as_of, sources=KNOWN, transfers=[*TRAINS, MENDED])


@pytest.mark.parametrize(("day", "number"), [("2022-10-24", 94), ("2022-11-14", 122), ("2022-11-17", 98)])
def test_a_total_is_what_was_known_on_the_day(day: str, number: int) -> None:
    assert revisions(trains(day), item="mule").steps[-1].figure.bounds.best == number


def test_every_total_that_stood_is_told_with_the_day_it_was_known_from() -> None:
    told = [
        (step.day.isoformat(), step.figure.bounds.best) for step in revisions(trains("2022-12-19"), item="mule").steps
    ]
    assert told == [
        ("2022-10-11", 20), ("2022-10-13", 45), ("2022-10-16", 70), ("2022-10-18", 94), ("2022-10-30", 122),
        ("2022-11-15", 98),
    ]  # fmt: skip


def test_nothing_after_the_dossiers_day_is_told() -> None:
    assert revisions(trains("2022-10-17"), item="mule").steps[-1].day == dt.date(2022, 10, 16)


def test_nothing_known_is_no_step_and_an_honest_note() -> None:
    none = revisions(trains("2022-10-01"), item="mule")
    assert (len(none), repr(none)) == (0, "Revisions(nothing is known)")
    note = revision_steps(none, title="Mules")
    assert isinstance(note, Note)
    assert note.text == ("Mules: no figure is known on 1 October 2022.",)


def test_a_row_of_something_else_may_take_one_away() -> None:
    other = flow("t-mended", 30, period="2022-10-16", quantity_id="q-f", item="goat", source_id="s-mended",
                 supersedes="t-16")  # fmt: skip
    d = dossier("2022-12-19", sources=KNOWN, transfers=[*TRAINS, other])
    assert revisions(d, item="mule").steps[-1].figure.bounds.best == 98


def test_a_row_that_is_withdrawn_leaves_the_total_on_that_day() -> None:
    gone = [*TRAINS[:-1], TRAINS[-1] | {"retracted_on": "2022-11-02"}]
    last = revisions(dossier("2022-12-19", sources=KNOWN, transfers=gone), item="mule").steps[-1]
    assert (last.day, last.figure.bounds.best) == (dt.date(2022, 11, 2), 94)


def test_rivals_are_refused_unless_they_are_laid_side_by_side() -> None:
    rival = flow("t-rival", 30, period="2022-10-09", quantity_id="q-a", source_id="s-11", claimant_id="firefly",
                 counting="cumulative")  # fmt: skip
    d = dossier("2022-12-19", sources=KNOWN, transfers=[TRAINS[0] | {"counting": "cumulative"}, rival])
    with pytest.raises(ClaimError, match="F06"):
        revisions(d, quantity="q-a")
    told = [step.figure.short for step in revisions(d, measure=contested, quantity="q-a").steps]
    assert told == ["20", "20–30, sources conflict"]


def test_the_chart_steps_from_total_to_total() -> None:
    chart = revision_steps(revisions(trains("2022-12-19"), item="mule"), title="Mules")
    assert isinstance(chart, Chart)
    assert [row["point"] for row in rows(chart.spec)] == [20, 45, 70, 94, 122, 98]
    assert "from 15 November 2022: 98" in chart.description


def test_the_table_tells_the_change_and_the_claims_that_stood() -> None:
    chart = revision_steps(revisions(trains("2022-12-19"), item="mule"), title="Mules")
    assert isinstance(chart, Chart)
    assert [row[2] for row in chart.data.rows] == [("",), ("+25",), ("+25",), ("+24",), ("+28",), ("-24",)]
    assert "t-16" in {claim.id for claim in chart.evidence.claims}
