import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.dossier.as_of import add_known_on, find_replaced, visible
from briefing.dossier.csvfile import Sheet
from briefing.dossier.read_log import Reading
from briefing.dossier.rows import read_rows
from briefing.dossier.tables import TABLES
from briefing.values.bounds import add_bounds, claimed


def frames_of(**tables):
    """Make the frames of a dossier from rows that give some of the columns."""
    frames = {}
    for name, table in TABLES.items():
        rows = tables.get(name, [])
        columns = {column: tuple(row.get(column, "") for row in rows) for column in table.columns}
        frames[name] = read_rows(table, Sheet(table.file, columns, tuple(range(2, len(rows) + 2))))[0]
    return add_known_on(frames)


def source(source_id, published, **cells):
    return {"source_id": source_id, "published": published} | cells


def train(claim_id, number, source_id, **cells):
    return {"claim_id": claim_id, "best": str(number), "source_id": source_id} | cells


def seen(frames, day, table="transfers"):
    """Give the ids that stand on a day."""
    return visible(Reading(frames), as_of=dt.date.fromisoformat(day))[table].iloc[:, 0].tolist()


# --- worked example 5 -------------------------------------------------------------------------------------------

LEFT = {
    "a": ("2022-10-09", 20), "b": ("2022-10-11", 25), "c": ("2022-10-14", 25), "d": ("2022-10-16", 24),
    "e": ("2022-10-28", 28),
}  # fmt: skip


def trains():
    """Write the trains of October 2022, each known two days after it left, and the re-identification of one."""
    known = {key: dt.date.fromisoformat(left) + dt.timedelta(days=2) for key, (left, _) in LEFT.items()}
    sources = [source(f"s-{key}", str(day)) for key, day in known.items()] + [source("s-f", "2022-11-15")]
    rows = [train(key, number, f"s-{key}", period=left) for key, (left, number) in LEFT.items()]
    return frames_of(sources=sources, transfers=[*rows, train("f", 0, "s-f", period="2022-10-16", supersedes="d")])


@pytest.mark.parametrize(("day", "tanks"), [("2022-10-24", 94), ("2022-11-14", 122), ("2022-11-17", 98)])
def test_one_table_gives_all_three_totals_that_were_published(day, tanks):
    rows = visible(Reading(trains()), as_of=dt.date.fromisoformat(day))["transfers"]
    assert add_bounds(claimed("exact", best=best) for best in rows["best"]).best == tanks


def test_a_superseding_row_takes_the_place_of_the_row_that_it_supersedes():
    assert seen(trains(), "2022-11-14") == ["a", "b", "c", "d", "e"]
    assert seen(trains(), "2022-11-15") == ["a", "b", "c", "e", "f"]


# --- from when a row is known -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "first_day"),
    [
        ("2022-12-19", "2022-12-19"),
        ("2022-12", "2022-12-31"),
        ("2022", "2022-12-31"),
        ("2022-12-19~", "2022-12-19"),
        ("2022-12-01/2022-12-10", "2022-12-10"),
        ("../2022-11", "2022-11-30"),
    ],
)
def test_a_row_is_known_from_the_last_possible_day_of_publication(published, first_day):
    frames = frames_of(sources=[source("s", published)], transfers=[train("t", 1, "s")])
    before = dt.date.fromisoformat(first_day) - dt.timedelta(days=1)
    assert (seen(frames, str(before)), seen(frames, first_day)) == ([], ["t"])


def test_december_is_hidden_on_the_nineteenth_and_november_is_not():
    sources = [source("december", "2022-12"), source("november", "2022-11")]
    frames = frames_of(sources=sources, transfers=[train("d", 1, "december"), train("n", 1, "november")])
    assert seen(frames, "2022-12-19") == ["n"]


@pytest.mark.parametrize("published", ["", "2022-11-01/.."])
def test_a_source_without_a_last_day_of_publication_is_never_in_a_dated_edition(published):
    frames = frames_of(sources=[source("s", published)], quotes=[{"quote_id": "q", "source_id": "s"}])
    assert seen(frames, "9999-12-31", "quotes") == seen(frames, "9999-12-31", "sources") == []


@pytest.mark.parametrize("table", ["deployments", "transfers", "quotes", "events"])
def test_nothing_that_was_published_the_day_after_is_there(table):
    sources = [source("today", "2022-12-19"), source("tomorrow", "2022-12-20")]
    key = TABLES[table].columns[0]
    rows = [{key: "old", "source_id": "today"}, {key: "new", "source_id": "tomorrow"}]
    frames = frames_of(sources=sources, **{table: rows})
    assert seen(frames, "2022-12-19", table) == ["old"]
    assert seen(frames, "2022-12-19", "sources") == ["today"]


def test_names_are_there_on_every_day():
    frames = frames_of(actors=[{"actor_id": "norway"}])
    assert seen(frames, "1900-01-01", "actors") == ["norway"]


# --- retraction and supersession --------------------------------------------------------------------------------


def test_a_claim_stands_until_it_is_retracted():
    frames = frames_of(sources=[source("s", "2022-10-01")], transfers=[train("t", 1, "s", retracted_on="2022-11-01")])
    assert (seen(frames, "2022-10-31"), seen(frames, "2022-11-01")) == (["t"], [])


def test_what_a_retracted_document_says_goes_with_it():
    frames = frames_of(
        sources=[source("s", "2022-10-01", retracted_on="2022-11-01")],
        transfers=[train("t", 1, "s")],
        quotes=[{"quote_id": "q", "source_id": "s"}],
    )
    assert seen(frames, "2022-10-31") == ["t"]
    assert [seen(frames, "2022-11-01", table) for table in ("transfers", "quotes", "sources")] == [[], [], []]


def test_a_count_comes_back_when_the_one_that_superseded_it_is_retracted():
    sources = [source("early", "2022-10-01"), source("late", "2022-10-10")]
    rows = [train("a", 1, "early"), train("b", 2, "late", supersedes="a", retracted_on="2022-10-20")]
    frames = frames_of(sources=sources, transfers=rows)
    assert [seen(frames, day) for day in ("2022-10-05", "2022-10-15", "2022-10-25")] == [["a"], ["b"], ["a"]]


def test_a_chain_of_supersession_leaves_its_last_standing_row():
    sources = [source(f"s{day}", f"2022-10-0{day}") for day in (1, 2, 3)]
    rows = [train("a", 1, "s1"), train("b", 2, "s2", supersedes="a"), train("c", 3, "s3", supersedes="b")]
    frames = frames_of(sources=sources, transfers=rows)
    assert [seen(frames, f"2022-10-0{day}") for day in (1, 2, 3)] == [["a"], ["b"], ["c"]]


def test_a_retracted_row_in_between_does_not_bring_back_the_first():
    sources = [source(f"s{day}", f"2022-10-0{day}") for day in (1, 2, 3)]
    rows = [
        train("a", 1, "s1"),
        train("b", 2, "s2", supersedes="a", retracted_on="2022-10-03"),
        train("c", 3, "s3", supersedes="b"),
    ]
    assert seen(frames_of(sources=sources, transfers=rows), "2022-10-03") == ["c"]


def test_a_transfer_may_supersede_a_deployment():
    sources = [source("early", "2022-10-01"), source("late", "2022-10-10")]
    frames = frames_of(
        sources=sources,
        deployments=[train("a", 1, "early")],
        transfers=[train("b", 2, "late", supersedes="a")],
    )
    assert seen(frames, "2022-10-10", "deployments") == []


def test_a_circle_of_supersession_ends():
    sources = [source("s", "2022-10-01")]
    frames = frames_of(
        sources=sources, transfers=[train("a", 1, "s", supersedes="b"), train("b", 1, "s", supersedes="a")]
    )
    assert seen(frames, "2022-10-01") == []


DAYS = st.dates(dt.date(2022, 1, 1), dt.date(2022, 3, 1))


@given(st.lists(DAYS, min_size=1, max_size=5), DAYS, st.data())
def test_what_is_seen_on_a_day_depends_on_nothing_that_came_later(published, day, data):
    chain = [data.draw(st.sampled_from([None, *range(at)])) for at in range(len(published))]
    rows = [train(f"t{at}", 1, f"s{at}", supersedes="" if to is None else f"t{to}") for at, to in enumerate(chain)]
    sources = [source(f"s{at}", str(on)) for at, on in enumerate(published)]
    kept = [at for at, on in enumerate(published) if on <= day]
    then = frames_of(sources=[sources[at] for at in kept], transfers=[rows[at] for at in kept])
    known_then = {f"t{at}" for at in kept}
    now = frames_of(sources=sources, transfers=rows)
    through_later = any(chain[at] is not None and f"t{chain[at]}" not in known_then for at in kept)
    if not through_later:  # else a row supersedes one that is published after it, which a folder of that day lacks
        assert seen(now, str(day)) == seen(then, str(day))
    assert set(seen(now, str(day))) <= known_then


def test_frames_are_never_changed_in_place():
    frames = trains()
    before = {name: frame.copy() for name, frame in frames.items()}
    shown = visible(Reading(frames), as_of=dt.date(2022, 11, 17))["transfers"]
    shown["best"] = 0.0
    assert all(frames[name].equals(before[name]) for name in frames)


def test_a_replaced_claim_is_told_with_the_claim_that_replaced_it_directly():
    rows = [train("a", 1, "one"), train("b", 2, "one", supersedes="a"), train("c", 3, "one", supersedes="b")]
    frames = frames_of(sources=[source("one", "2022-10-09")], transfers=rows)
    assert find_replaced(frames, as_of="2022-10-09") == {"a": "b", "b": "c"}
    assert find_replaced(frames, as_of="2022-10-08") == {}


def test_a_retracted_claim_in_between_leaves_the_first_replaced_by_the_last():
    between = train("b", 2, "one", supersedes="a", retracted_on="2022-10-10")
    rows = [train("a", 1, "one"), between, train("c", 3, "one", supersedes="b")]
    frames = frames_of(sources=[source("one", "2022-10-09")], transfers=rows)
    assert find_replaced(frames, as_of="2022-10-11") == {"a": "c", "b": "c"}
