import pytest
from dossiers import dossier, event, source

from briefing.desk.quotes.timeline import timeline
from briefing.errors import UsageError

HAPPENED = dossier(
    events=[
        event("e-1", "2031-01-05", kind="attack", place_id="pass"),
        event("e-2", "2031-01", kind="visit"),
        event("e-3", "2031-01-03/2031-01-09", kind="visit"),
        event("e-4", "../2030-12-20"),
    ]
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "e-4 e-2 e-3 e-1"),
        ({"kind": "visit"}, "e-2 e-3"),
        ({"kind": ["attack", "visit"]}, "e-2 e-3 e-1"),
        ({"during": "2031-01-08/2031-01-31"}, "e-2 e-3"),
        ({"during": "2030"}, "e-4"),
        ({"during": "2031-01-05/.."}, "e-2 e-3 e-1"),
        ({"during": "2029"}, "e-4"),
        ({"during": "2033"}, ""),
    ],
)
def test_events_are_chosen_by_kind_and_window_in_order_of_time(asked, found):
    assert " ".join(entry.id for entry in timeline(HAPPENED, caption="Then", **asked).entries) == found


def test_an_entry_says_when_where_and_what():
    entry = timeline(HAPPENED, caption="Then", kind="attack").entries[0]
    assert (entry.date, entry.day, entry.where, entry.title) == (
        "2031-01-05",
        "2031-01-05",
        "The Pass",
        "Title of e-1",
    )


def test_an_event_without_a_first_day_stands_on_its_last():
    assert timeline(HAPPENED, caption="Then", during="2030").entries[0].day == "2030-12-20"


def test_a_timeline_without_any_event_says_so():
    assert timeline(dossier(), caption="Then", during="2031").otherwise == "no such event is known on this day"


def test_an_event_without_a_place_is_nowhere():
    assert timeline(HAPPENED, caption="Then", kind="visit").entries[0].where == ""


def test_a_timeline_carries_the_sources_of_its_events_and_no_others():
    sources = [source("s-1"), source("s-2")]
    d = dossier(events=[event("e-1"), event("e-2", "2032", source_id="s-2")], sources=sources)
    assert [one.id for one in timeline(d, caption="Then", during="2031").evidence.sources] == ["s-1"]


def test_an_event_that_was_told_later_is_not_there():
    sources = [source("s-1", "2031-06-01")]
    assert timeline(dossier("2031-05-31", events=[event("e-1")], sources=sources), caption="Then").entries == ()


def test_a_window_that_is_no_date_is_refused():
    with pytest.raises(UsageError, match="is not a date"):
        timeline(HAPPENED, caption="Then", during="soon")


def test_a_kind_that_no_event_can_have_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match='Did you mean "visit"'):
        timeline(HAPPENED, caption="Then", kind="vist")
