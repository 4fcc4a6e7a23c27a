"""What charts say beside their drawings: titles, notes, labels and alternative texts, each beside its rows."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, event, flow, quote, sides, source, stock
from drawings import rows as drawn_rows

import briefing as b
from briefing.blocks.blocks import Chart, Note, Prose
from briefing.blocks.records import plain
from briefing.charts.marks import describe, name_hollow, shown_of, shown_with
from briefing.charts.sentences import entitle
from briefing.desk.claims.claims import Claims

FIREFLY, TRENTINO = {"claimant_id": "firefly"}, {"claimant_id": "trentino"}
SECOND, FEBRUARY = {"source_id": "s-2"}, {"date": "2031-02-01"}
ALONE, RELAYS = [source("s-1"), source("s-2")], [source("s-1"), source("s-2", origin_id="s-1")]
MULES = [{"quantity_id": "q-a", "title": "Mules at the Pass"}, {"quantity_id": "q-b", "title": "Goats at the Pass"}]
ITEMS = [
    {"item_id": "animal", "name": "Animals", "unit": "items"},
    {"item_id": "mule", "name": "Mules", "parent_id": "animal", "unit": "items", "singular": "mule", "plural": "mules"},
    {"item_id": "goat", "name": "Goats", "parent_id": "animal", "unit": "items"},
    {"item_id": "hay", "name": "Hay", "unit": "tonnes"},
]
HEAD = "As of 31 December 2031."


def known(*rows: Cells, sources: list[Cells] | None = None, **tables: list[Cells]) -> Claims:
    stocks, flows = ([row for row in rows if ("date" in row) is is_stock] for is_stock in (True, False))
    given = {"quantities": MULES, "items": ITEMS} | tables
    return b.choose_claims(dossier(sources=sources or ALONE, deployments=stocks, transfers=flows, **given))


def told(chart: object) -> tuple[str, str]:
    """Give a chart's alternative text and the line under it."""
    assert isinstance(chart, Chart)
    return chart.description, chart.source_line


# --- a claim, in words -----------------------------------------------------------------------------------------------

STATUSES = {
    "there": (stock("d-1", 98), "98 mules", "The Gazette: 98 mules"),
    "one": (stock("d-1", 1), "1 mule", "The Gazette: 1 mule"),
    "none": (stock("d-1"), "not quantified", "The Gazette: no number stated"),
    "dozens": (stock("d-1", **sides("order", 12)), "dozens of mules", "The Gazette: dozens of mules"),
    "announced": (stock("d-1", 98, status="announced"), "98 mules (announced)", "The Gazette: 98 mules (announced)"),
    "denied": (stock("d-1", 98, status="denied"), "denies 98 mules", "The Gazette: denies 98 mules"),
    "denied any": (stock("d-1", 0, status="denied"), "denies any mules", "The Gazette: denies any mules"),
    "doubted": (stock("d-1", **sides("at_most", high=9), status="doubted"), "doubts ≤ 9 mules",
                "The Gazette: doubts up to 9 mules"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "label", "words"), STATUSES.values(), ids=STATUSES)
def test_a_mark_in_words_beside_its_row(row: Cells, label: str, words: str) -> None:
    [claim] = known(row).each
    unit = "mule" if set(claim.bounds.stated) == {1} else "mules"
    assert (shown_with(claim.bounds, claim.status, unit), describe("The Gazette", claim, unit)) == (label, words)


@pytest.mark.parametrize(
    ("row", "label"),
    [
        (flow("t-1", 24), "24 mules"), (flow("t-1", 1), "1 mule"), (flow("t-1", 24, item="goat"), "Goats: 24"),
        (flow("t-1", 8, item="hay", unit="tonnes"), "Hay: 8 tonnes"),
        (flow("t-1", **sides("at_least", 8)), "≥ 8 mules"),
    ],
)  # fmt: skip
def test_a_label_on_a_map_has_the_noun_or_the_name_of_what_is_counted(row: Cells, label: str) -> None:
    claims = known(row)
    assert shown_of(claims.dossier, claims.each[0]) == label


@pytest.mark.parametrize(
    ("statuses", "words"),
    [([], ""), (["present"], ""), (["announced"], "announced"), (["doubted", "announced"], "announced or doubted"),
     (["denied", "planned", "doubted"], "planned, denied or doubted")],
)  # fmt: skip
def test_hollow_marks_are_named_by_their_statuses(statuses: list[str], words: str) -> None:
    assert name_hollow(statuses) == words


# --- rivals, series, totals ------------------------------------------------------------------------------------------

RIVALS = stock("d-1", 98), stock("d-2", **FIREFLY, **sides("range", 90, high=122))
PLAN = stock("d-3", **TRENTINO, **sides("at_most", high=9), status="doubted")
REPEATED = stock("d-1", 98), stock("d-2", 98, **SECOND)


def test_rivals_in_words_and_what_their_marks_mean() -> None:
    assert told(b.dot_range(known(*RIVALS, PLAN))) == (
        "Mules at the Pass, by claimant. The Gazette, 1 January 2031: 98 mules; Rufus Firefly, 1 January 2031: "
        "90–122 mules; Ambassador Trentino, 1 January 2031: doubts up to 9 mules. Bars run between stated bounds; "
        "dotted lines lead to a side that is not stated; hollow marks show what is doubted.",
        f"{HEAD} 1 document, 1 origin. Bars run between stated bounds; dotted lines lead to a side that is not stated; "
        "hollow marks show what is doubted.",
    )


def test_repeats_are_counted_under_the_chart() -> None:
    assert told(b.dot_range(known(*REPEATED, sources=RELAYS)))[1] == (
        f"{HEAD} 2 documents, 1 origin. Small marks repeat an origin that is drawn already: 1 of 2."
    )


def test_a_series_in_words_names_claimants_first_and_the_events() -> None:
    series = known(stock("d-1", 98), stock("d-2", 40, date="2031-02", **FIREFLY), stock("d-3", 5, date="2031-03/.."),
                   events=[event("e-1", title="The Pass closes")])  # fmt: skip
    assert told(b.dated_series(series, title="Mules", events="e-1")) == (
        "Mules. The Gazette, 1 January 2031: 98 mules; Rufus Firefly, February 2031: 40 mules; "
        "The Gazette, since March 2031: 5 mules. "
        "Events: 1, 1 January 2031: The Pass closes. A thin line under a mark spans the days that a count may be of. "
        "Upright lines are events, listed in the table.",
        f"{HEAD} 1 document, 1 origin. A thin line under a mark spans the days that a count may be of. "
        "Upright lines are events, listed in the table.",
    )


def test_running_totals_in_words() -> None:
    totals = [flow(f"t-{n}", n, counting="running", period=f"2031-01/2031-0{n}") for n in (2, 3)]
    assert told(b.running_steps(known(*totals), title="Mules")) == (
        "Mules. The Gazette, January to February 2031: 2 mules; The Gazette, January to March 2031: 3 mules. "
        "Each line joins the totals of one claimant.",
        f"{HEAD} 1 document, 1 origin. Each line joins the totals of one claimant.",
    )


def test_a_figure_by_the_day_known_in_words() -> None:
    claims = known(flow("t-1", 5), flow("t-2", **SECOND, **sides("range", 6, high=9), supersedes="t-1"),
                   sources=[source("s-1"), source("s-2", "2031-02-02")])  # fmt: skip
    assert told(b.revision_steps(b.revisions(claims.dossier, item="mule"), title="Mules")) == (
        "Mules. From 2 January 2031: 5 mules; from 2 February 2031: 6–9 mules. "
        "A band runs between stated bounds, dots to a side that is not stated.",
        f"{HEAD} 2 documents, 2 origins. A band runs between stated bounds, dots to a side that is not stated.",
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((stock("d-1", 98),), "The Gazette counts 98 mules, known since 2 January 2031 and not revised."),
        ((stock("d-1", 98, status="announced"),),
         "The Gazette announces 98 mules, known since 2 January 2031 and not revised."),
        ((stock("d-1", 98), stock("d-2", 5, **FIREFLY)), "Claims by The Gazette and Rufus Firefly come to "
         "5 to 98 mules (sources conflict), known since 2 January 2031 and not revised."),
    ],
)  # fmt: skip
def test_a_figure_that_never_moved_in_words(rows: tuple[Cells, ...], sentence: str) -> None:
    said = b.revision_steps(b.revisions(known(*rows).dossier, quantity="q-a", measure=b.contested), title="Mules")
    assert isinstance(said, Prose) and plain(said.text) == sentence


# --- parts, origins, places ------------------------------------------------------------------------------------------

CUMULATIVE = {"counting": "cumulative", "quantity_id": "q-b"}


@pytest.mark.parametrize(
    ("parts", "words", "line"),
    [
        ((flow("t-2", 60, part_of="t-1", **CUMULATIVE),), "[t-2], 40 unaccounted for", ""),
        ((flow("t-2", 160, part_of="t-1", **CUMULATIVE),), "[t-2], 60 too many", ""),
        ((flow("t-2", 60, part_of="t-1", **CUMULATIVE),
          flow("t-3", 1, item="hay", unit="tonnes", part_of="t-1", **CUMULATIVE)), "[t-2], 40 unaccounted for",
         " 1 claim is left out: it counts other things than the whole, or the same again."),
        ((flow("t-2", 60, part_of="t-1", **CUMULATIVE),
          *(flow(f"t-{n}", 1, item="hay", unit="tonnes", part_of="t-1", **CUMULATIVE) for n in (3, 4))),
         "[t-2], 40 unaccounted for",
         " 2 claims are left out: they count other things than the whole, or the same again."),
    ],
)  # fmt: skip
def test_a_whole_and_its_parts_in_words(parts: tuple[Cells, ...], words: str, line: str) -> None:
    every = known(flow("t-1", 100, counting="cumulative"), *parts)
    description, under = told(b.part_and_whole(b.find_parts(every.dossier, "t-1"), title="Mules"))
    ends = f"The upright line marks where the whole ends, as printed.{line}"
    assert description == f"Mules. The whole, as printed: t-1; Its parts: {words.replace('[t-2]', 't-2')}. {ends}"
    assert under.endswith(f"origin. {ends}")


@pytest.mark.parametrize(
    ("origins", "title"),
    [
        (["s-1"], "The only claim goes back to Publisher of s-1, 2 January 2031"),
        (["s-1", "s-2"], "1 of 2 claims goes back to Publisher of s-1, 2 January 2031"),
        (["s-1", "s-1", "s-2"], "2 of 3 claims go back to Publisher of s-1, 2 January 2031"),
    ],
)
def test_the_largest_origin_is_named_in_the_title(origins: list[str], title: str) -> None:
    rows = [flow(f"t-{at}", 5, source_id=name) for at, name in enumerate(origins)]
    chart = b.largest_origins(known(*rows).dossier)
    assert isinstance(chart, Chart) and chart.title == title


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (8, ""),
        (9, " 1 other origin, none larger, is not drawn."),
        (10, " 2 other origins, none larger, are not drawn."),
    ],
)
def test_origins_that_have_no_bar_are_counted(number: int, line: str) -> None:
    names = [f"s-{at}" for at in range(number)]
    rows = [flow(f"t-{at}", 5, source_id=name) for at, name in enumerate(names)]
    chart = b.largest_origins(known(*rows, sources=[source(name) for name in names]).dossier)
    assert told(chart)[1] == f"{HEAD} 8 documents, 8 origins.{line}"


PLACES = [
    {"place_id": "pass", "name": "The Pass", "country": "NO", "precision": "2", "lat": "60", "lon": "10"},
    {"place_id": "vale", "name": "The Vale", "country": "NO", "precision": "4", "lat": "61", "lon": "11"},
    {"place_id": "border", "name": "The border", "country": "NO", "precision": "3"},
]
ROUTE = flow("t-1", 24, quantity_id="q-b", place_from="pass", place_to="vale")
HERE = stock("d-1", 98, place_id="pass")


@pytest.mark.parametrize(
    ("rows", "words", "line"),
    [
        ((HERE,), "The Gazette, 1 January 2031, The Pass: 98 mules", ""),
        ((stock("d-1", place_id="pass"),), "The Gazette, 1 January 2031, The Pass: no number stated", ""),
        ((HERE, ROUTE), "The Gazette, 1 January 2031, The Pass: 98 mules; "
         "The Gazette, 1 January 2031, The Pass to The Vale (no place named): 24 mules",
         " Arrows join two places; they do not show the route."),
        ((HERE, stock("d-2", 9, date="2030-12-01", place_id="pass")), "The Gazette, 1 January 2031, The Pass: 98 mules",
         " 1 older claim by the same claimants is in the table only."),
        ((HERE, stock("d-2", 9), stock("d-3", 9, quantity_id="q-b", place_id="border")),
         "The Gazette, 1 January 2031, The Pass: 98 mules", " Not on the map: The border. 1 claim names no place."),
        ((HERE, stock("d-2", 9), stock("d-3", 9, quantity_id="q-b")),
         "The Gazette, 1 January 2031, The Pass: 98 mules", " 2 claims name no place."),
    ],
)  # fmt: skip
def test_a_map_in_words(rows: tuple[Cells, ...], words: str, line: str) -> None:
    description, under = told(b.place_map(known(*rows, places=PLACES), title="Mules"))
    assert description.startswith(f"Mules. {words.replace('The Vale (no place named)', 'The Vale')}. Each ring is one")
    assert (
        f"Each ring is one claim, its area the largest number stated; rings at one place are never added.{line}"
        in under
    )


def test_the_key_of_a_map_says_only_what_is_on_it() -> None:
    there = known(HERE, stock("d-2", 9, place_id="pass", status="announced", **FIREFLY), ROUTE, places=PLACES)
    chart = b.place_map(there, title="Mules")
    assert isinstance(chart, Chart)
    keyed = [row["keyed"] for row in drawn_rows(chart.spec) if "keyed" in row]
    assert keyed == ["Freedonia", "announced", "→ moved, claimants say"]


# --- words and odds --------------------------------------------------------------------------------------------------


def test_stances_in_words() -> None:
    later = quote("q-2", "denies", date="2031-02"), quote("q-3", "calls_for", speaker_id="trentino")
    said = dossier(quotes=[quote("q-1"), *later])
    shapes = "A square denies, a filled circle puts the proposition forward, a hollow one does neither."
    assert told(b.stances_over_time(b.choose_quotes(said), title="War"))[0] == (
        "War. Rufus Firefly: affirms (1 January 2031), denies (February 2031); "
        f"Ambassador Trentino: calls for (1 January 2031). {shapes} {shapes}"
    )


def test_deeds_and_words_in_words() -> None:
    d = dossier(quotes=[quote("q-1")], events=[event("e-1", title="The Pass closes")])
    chart = b.events_and_statements(b.timeline(d, caption="Deeds"), b.choose_quotes(d), title="War")
    assert told(chart)[0] == (
        "War. Events: 1, 1 January 2031: The Pass closes. "
        "Said: 1 January 2031, Rufus Firefly affirms: Freedonia goes to war."
    )


@pytest.mark.parametrize(
    ("previous", "words", "line"),
    [
        (None, "Judged unlikely (20–45 %).", "Filled: this edition."),
        ("likely", "Judged unlikely (20–45 %); in the edition before: likely (55–80 %).",
         "Filled: this edition; outlined: the edition before."),
    ],
)  # fmt: skip
def test_odds_in_words(previous: str | None, words: str, line: str) -> None:
    strip = b.likelihood_strip(dossier(), "unlikely", title="War by March", previous=previous)
    assert told(strip) == (f"War by March. {words}", f"{HEAD} Scale: ICD 203. {line}")


# --- nothing to draw -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((), "Mules: no claim known on 31 December 2031 gives a number."),
        ((stock("d-1"),),
         "Mules: no claim known on 31 December 2031 gives a number. The claim without one is in the annex."),
        ((stock("d-1"), stock("d-2", **FIREFLY)),
         "Mules: no claim known on 31 December 2031 gives a number. The claims without one are in the annex."),
    ],
)  # fmt: skip
def test_where_no_claim_gives_a_number_a_note_says_so(rows: tuple[Cells, ...], words: str) -> None:
    note = b.dot_range(known(*rows), title="Mules")
    assert isinstance(note, Note) and plain(note.text) == words


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((stock("d-1", 98),), "The Gazette puts mules at the Pass at 98 (1 January 2031). Read in Publisher of s-1."),
        ((stock("d-1", 1), stock("d-2", **FIREFLY)), "The Gazette puts mules at the Pass at one (1 January 2031). "
         "Read in Publisher of s-1. 1 claim without a number is in the annex."),
        ((stock("d-1", 0), stock("d-2", **FIREFLY), stock("d-3", **TRENTINO)),
         "The Gazette puts mules at the Pass at none (1 January 2031). Read in Publisher of s-1. "
         "2 claims without a number are in the annex."),
        ((stock("d-1", 0, status="denied"),),
         "The Gazette denies that there are any: mules at the Pass (1 January 2031). Read in Publisher of s-1."),
    ],
)  # fmt: skip
def test_a_chart_of_one_number_in_words(rows: tuple[Cells, ...], sentence: str) -> None:
    said = b.dot_range(known(*rows), title="Mules")
    assert isinstance(said, Prose) and plain(said.text) == sentence


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ((), "Counts, by claimant"),
        ((stock("d-1", 98),), "The Gazette puts mules at the Pass at 98 (1 January 2031)"),
        (
            (stock("d-1", 98), stock("d-2", 40, **FEBRUARY)),
            "The Gazette puts mules at the Pass at 40 (1 February 2031)",
        ),
        (RIVALS, "Mules at the Pass, by claimant"),
    ],
)
def test_a_title_left_out_says_who_counts_what(rows: tuple[Cells, ...], title: str) -> None:
    assert entitle(known(*rows)) == title
