"""What changed between two editions: figures with reasons, judgements with a miss first, rows by news, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recorded import NOW, THEN, counted, details, document, exactly, figure, judged, record, since

from briefing.archive.records import Details, RecordedCorrection, RecordedFigure
from briefing.archive.since import find_since
from briefing.values.bounds import claimed

MENDED = RecordedCorrection("1933-12-01", "tr-1", "Mules lent", "best", "98", "89", "The digits were swapped")
MORE = {"low": 122.0, "best": 122.0, "high": 122.0, "shown": "122", "when": "1933-11"}


def moved(old: RecordedFigure, new: RecordedFigure, *, then: Details, now: Details) -> tuple[str, ...]:
    found = since(then, now, before=record(THEN, old), after=record(NOW, new))
    return tuple(f"{told.way} {[reason.kind for reason in told.reasons]}" for told in found.figures)


def test_a_figure_rose_where_its_claimant_counts_more_at_a_later_time() -> None:
    now = details(counted("tr-1"), counted("tr-2", **MORE))
    old, new = figure("98", "tr-1"), figure("122", "tr-2", bounds=exactly(122))
    assert moved(old, new, then=details(counted("tr-1")), now=now) == ("rose ['new']",)


def test_no_way_is_said_where_one_number_may_be_both() -> None:
    old = figure("up to 120", "tr-1", bounds=claimed("at_most", high=120, unit="items"))
    new = figure("at most 90", "tr-2", bounds=claimed("at_most", high=90, unit="items"))
    now = details(counted("tr-2", **MORE))
    assert moved(old, new, then=details(counted("tr-1")), now=now) == (" ['new']",)


def test_counts_by_different_claimants_show_no_rise() -> None:
    now = details(counted("tr-2", **MORE, claimant="The Staff"))
    old, new = figure("98", "tr-1"), figure("122", "tr-2", bounds=exactly(122))
    found = since(details(counted("tr-1")), now, before=record(THEN, old), after=record(NOW, new))
    assert [(told.way, told.are_strangers) for told in found.figures] == [("", True)]


def test_a_claim_that_replaces_another_is_why() -> None:
    now = details(counted("tr-2", **MORE, supersedes="tr-1"))
    old, new = figure("98", "tr-1"), figure("122", "tr-2", bounds=exactly(122))
    found = since(details(counted("tr-1")), now, before=record(THEN, old), after=record(NOW, new)).figures[0]
    assert [(why.kind, why.then and why.then["id"], why.claim) for why in found.reasons] == [
        ("replaced", "tr-1", "tr-2")
    ]


@pytest.mark.parametrize(("told", "kind"), [((MENDED,), "corrected"), ((), "edited")])
def test_a_cell_that_we_mended_is_no_fall_and_is_told_as_our_error(
    told: tuple[RecordedCorrection, ...], kind: str
) -> None:
    mended = {"low": 89.0, "best": 89.0, "high": 89.0, "shown": "89", "when": "1933-11"}
    old, new = figure("98", "tr-1"), figure("89", "tr-1", bounds=exactly(89))
    now = details(counted("tr-1", **mended), corrections=told)
    assert moved(old, new, then=details(counted("tr-1")), now=now) == (f" ['{kind}']",)


def test_a_figure_without_claims_that_came_in_says_which_went() -> None:
    old = figure("98 to 122", "tr-1", "tr-2", kind="rivals", bounds=claimed("range", low=98, high=122, unit="items"))
    then = details(counted("tr-1"), counted("tr-2", **MORE))
    assert moved(old, figure("98", "tr-1"), then=then, now=details(counted("tr-1"))) == (" ['gone']",)


def test_other_words_for_the_same_bounds_and_claims_are_no_movement() -> None:
    kept = details(counted("tr-1"))
    found = since(kept, kept, before=record(THEN, figure("98", "tr-1")), after=record(NOW, figure("98 mules", "tr-1")))
    assert found.figures == found.restated == ()


def test_the_same_number_on_other_claims_is_told_apart() -> None:
    now = details(counted("tr-1"), counted("tr-2", claimant="The Staff"))
    after = record(NOW, figure("98", "tr-1", "tr-2", kind="rivals"))
    found = since(details(counted("tr-1")), now, before=record(THEN, figure("98", "tr-1")), after=after)
    assert [figure.label for figure in found.restated] == ["Mules"] and found.figures == ()


def test_tiles_of_one_label_about_two_quantities_are_two_figures() -> None:
    then, now = details(counted("tr-1")), details(counted("tr-2", quantity="hay", **MORE))
    new = figure("122", "tr-2", quantity="hay", bounds=exactly(122))
    assert moved(figure("98", "tr-1"), new, then=then, now=now) == ()


def test_a_quantity_below_the_tiles_is_compared_by_what_tells_the_whole_of_it() -> None:
    old = figure("98", "tr-1", kind="rivals")
    new = figure("122", "tr-1", "tr-2", kind="rivals", bounds=exactly(122))
    then = details(counted("tr-1"), figures=(figure("98", "tr-1"), old))
    now = details(counted("tr-1"), counted("tr-2", **MORE), figures=(figure("98", "tr-1"), new))
    assert [(told.then.words, told.now.words) for told in since(then, now).figures] == [("98", "122")]


def test_a_claimants_newest_count_is_compared_where_nothing_tells_the_whole() -> None:
    then = details(counted("tr-1"), figures=(figure("98", "tr-1"),))
    figures = (figure("122", "tr-2", bounds=exactly(122)), figure("98", "tr-1"))
    now = details(counted("tr-1"), counted("tr-2", **MORE), figures=figures)
    assert [(told.now.words, told.way) for told in since(then, now).figures] == [("122", "rose")]
    assert since(now, then).figures == ()  # a page that no longer shows the newest count moved nothing


def test_a_newest_count_is_not_compared_with_all_counts_together() -> None:
    lent = details(counted("tr-1"), counted("tr-2", **MORE))
    together = figure("98, or 122, on different dates", "tr-1", "tr-2", kind="rivals", bounds=None)
    page = replace(lent, figures=(figure("98", "tr-1", kind="rivals"), together))
    found = since(page, page, before=record(THEN, figure("122", "tr-2", bounds=exactly(122))))
    assert found.figures == found.restated == ()


def test_an_answer_stands_for_its_quantity_on_a_page_without_a_tile_of_it() -> None:
    then, answer = details(counted("tr-1")), figure("122", "tr-2", bounds=exactly(122), is_answer=True)
    earlier = figure("98", "tr-1", kind="rivals")
    now = details(counted("tr-1"), counted("tr-2", **MORE), figures=(answer, earlier))
    found = since(then, now, before=record(THEN, figure("98", "tr-1")))
    assert [(told.then.words, told.now.words, told.is_tile) for told in found.figures] == [("98", "122", True)]


def test_a_sum_is_the_same_one_while_it_only_gains_parts() -> None:
    part, other = (counted(f"tr-{n}", quantity=f"q-{n}") for n in (1, 2))
    old = figure("98", "tr-1", kind="sum", quantity="", title="")
    new = figure("196", "tr-1", "tr-2", kind="sum", quantity="", title="", bounds=exactly(196))
    found = since(details(part, figures=(old,)), details(part, other, figures=(new,)))
    assert [(told.then.words, told.now.words) for told in found.figures] == [("98", "196")]


# --- judgements --------------------------------------------------------------------------------------------------


def changed(then: list[tuple[str, int, int, str]], now: list[tuple[str, int, int, str]]) -> list[tuple[str, str]]:
    old, new = (
        tuple(
            judged(key, low, high, **dict(pair.split("=") for pair in cells.split())) for key, low, high, cells in side
        )
        for side in (then, now)
    )
    found = since(Details(), Details(), before=record(THEN, judgements=old), after=record(NOW, judgements=new))
    return [(change.kind, change.told.id) for change in found.judgements]


def test_a_miss_is_told_first_and_a_hit_after_it() -> None:
    assert changed(
        [("jd-1", 5, 20, ""), ("jd-2", 55, 80, "statement=Peace")],
        [
            ("jd-2", 55, 80, "statement=Peace outcome=true leaned=right decided_on=1933-12-01"),
            ("jd-1", 5, 20, "outcome=true leaned=wrong decided_on=1933-12-01"),
        ],
    ) == [("missed", "jd-1"), ("hit", "jd-2")]


@pytest.mark.parametrize(
    ("new", "kind"),
    [
        (("jd-2", 5, 20, "previous=jd-1 move=lowered"), "lowered"),
        (("jd-2", 55, 80, ""), "raised"),
        (("jd-1", 20, 45, "statement=Peace"), "reworded"),
        (("jd-2", 20, 45, "previous=jd-1"), "kept"),
        (("jd-1", 20, 45, "outcome=void leaned=neither decided_on=1933-12-01"), "decided"),
    ],
)
def test_what_became_of_a_judgement(new: tuple[str, int, int, str], kind: str) -> None:
    assert changed([("jd-1", 20, 45, "")], [new]) == [(kind, new[0])]


def test_a_judgement_that_comes_or_goes_is_new_or_gone() -> None:
    assert changed([("jd-1", 20, 45, "")], [("jd-2", 20, 45, "statement=Peace")]) == [("new", "jd-2"), ("gone", "jd-1")]


def test_what_was_decided_before_the_earlier_edition_is_no_news() -> None:
    assert changed([], [("jd-1", 20, 45, "outcome=true leaned=wrong decided_on=1933-11-01")]) == []


# --- corrections and rows ----------------------------------------------------------------------------------------


def test_a_correction_after_the_later_day_counts_where_the_earlier_page_has_the_row() -> None:
    later = replace(MENDED, is_later=True)
    now = details(counted("tr-1", best=89.0), corrections=(later, replace(later, row="tr-7")))
    assert since(details(counted("tr-1")), now).corrections == (later,)


def test_rows_come_by_news_what_is_late_and_what_has_no_number_last() -> None:
    rows = (
        counted("tr-9", quantity="a", when="1933-12"),
        counted("tr-2", quantity="b", when="1933-12", low=None, best=None, high=None, qualifier="unquantified"),
        counted("tr-3", quantity="c", when="1933-01"),
        counted("tr-4", quantity="d", when="1933-12", status="announced"),
        counted("tr-5", quantity="a", when="1933-12", low=5.0, best=5.0, high=5.0, claimant="The Staff", source="g-2"),
    )
    documents = (document(published="1933-12-10"), document("g-2", "1933-12-11"))
    found = since(details(), details(*rows, sources=documents)).rows_of("new", "claims")
    assert [row.id for row in found] == ["tr-5", "tr-9", "tr-4", "tr-2", "tr-3"]


def test_a_claim_by_which_a_figure_moved_comes_behind_other_news() -> None:
    new = figure("122", "tr-2", bounds=exactly(122))
    now = details(counted("tr-1"), counted("tr-2", **MORE), counted("tr-3", quantity="hay", when="1933-11"))
    found = since(details(counted("tr-1")), now, before=record(THEN, figure("98", "tr-1")), after=record(NOW, new))
    assert [(row.id, row.is_told) for row in found.rows_of("new", "claims")] == [("tr-3", False), ("tr-2", True)]


CELLS = st.fixed_dictionaries(
    {
        "quantity": st.sampled_from(["mules-lent", "hay"]),
        "best": st.none() | st.integers(0, 9).map(float),
        "when": st.sampled_from(["1933-10", "1933-11-20", "..", "", "no date"]),
        "status": st.sampled_from(["delivered", "denied", "unheard-of"]),
        "qualifier": st.sampled_from(["exact", "about", "at_least", "nonsense"]),
        "claimant": st.sampled_from(["The Ferrymen", "The Staff"]),
    }
)
PAGES = st.dictionaries(st.sampled_from(["tr-1", "tr-2", "tr-3", "tr-4"]), CELLS).map(
    lambda rows: details(
        *(counted(key, **cells) for key, cells in rows.items()),
        figures=tuple(
            figure(f"{cells['best']}", key, bounds=exactly(cells["best"]) if cells["best"] else None)
            for key, cells in rows.items()
        ),
    )
)


@given(page=PAGES)
def test_an_edition_and_itself_say_that_nothing_changed(page: Details) -> None:
    edition = record(THEN, *page.figures[:2], judgements=(judged("jd-1", 5, 20),))
    assert find_since(edition, edition, then=page, now=page).is_unchanged


@given(then=PAGES, now=PAGES)
def test_no_row_is_lost_each_is_of_then_of_now_or_of_both(then: Details, now: Details) -> None:
    found = since(then, now)
    old, new = then.rows["claims"], now.rows["claims"]
    of_kind = {kind: {row.id for row in found.rows_of(kind, "claims")} for kind in ("new", "gone", "changed")}
    assert of_kind["new"] == new.keys() - old.keys() and of_kind["gone"] == old.keys() - new.keys()
    assert of_kind["changed"] == {key for key in old.keys() & new.keys() if old[key] != new[key]}


@given(then=PAGES, now=PAGES)
def test_a_way_is_said_only_where_no_number_fits_both(then: Details, now: Details) -> None:
    for told in since(then, now).figures:
        if told.way and told.then.bounds and told.now.bounds:
            (low, high), (least, most) = told.then.bounds.extent, told.now.bounds.extent
            assert least > high if told.way == "rose" else most < low


# --- what cannot be read -----------------------------------------------------------------------------------------


def test_the_first_edition_has_no_earlier_one() -> None:
    found = find_since(None, record(NOW), then=Details(), now=details(counted("tr-1")))
    assert (found.before, found.rows, found.is_unchanged) == (None, (), False)


def test_where_a_run_cannot_be_read_nothing_is_said_to_be_new() -> None:
    before = record(THEN, answer="Yes", details="", flaw="its run cannot be read")
    found = since(Details(), details(counted("tr-1")), before=before, after=record(NOW, answer="No"))
    assert (found.rows, found.has_new_answer, found.unread) == ((), True, (before,))


def test_what_may_stand_in_a_part_that_cannot_be_read_is_not_gone() -> None:
    after = record(NOW, flaw="blocks up to version 9 are read")
    found = since(details(counted("tr-1")), details(counted("tr-2")), after=after)
    assert [(row.kind, row.id) for row in found.rows_of("new", "claims")] == [("new", "tr-2")]
    assert found.rows_of("gone") == [] and found.unread == (after,)
