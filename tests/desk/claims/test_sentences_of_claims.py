"""What the verbs of claims say, each sentence beside the rows that it was made from: none, one, two, many."""

from __future__ import annotations

import pytest
from dossiers import NAMES, Cells, dossier, flow, sides, source, stock

import briefing as b
from briefing.blocks.blocks import Note, Prose, Table
from briefing.blocks.records import plain
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.independence import tell_weak
from briefing.desk.claims.sides import tell_countries, tell_sides

FIREFLY, TRENTINO, SYLVANIA = ({"claimant_id": name} for name in ("firefly", "trentino", "sylvania"))
SECOND, THIRD = {"source_id": "s-2"}, {"source_id": "s-3"}
ALONE = [source("s-1"), source("s-2"), source("s-3"), source("s-4")]
RELAYS = [source("s-1"), source("s-2", origin_id="s-1"), source("s-3", origin_id="s-1")]
MULES = [{"quantity_id": "q-a", "title": "Mules at the Pass"}, {"quantity_id": "q-b", "title": "Goats sent"}]
ITEMS = [
    {"item_id": "animal", "name": "Animals", "unit": "items", "singular": "animal", "plural": "animals"},
    {"item_id": "mule", "name": "Mules", "parent_id": "animal", "unit": "items", "singular": "mule", "plural": "mules"},
    {"item_id": "goat", "name": "Goats", "parent_id": "animal", "unit": "items", "singular": "goat", "plural": "goats"},
    {"item_id": "hay", "name": "Hay", "unit": "tonnes"},
]  # fmt: skip


def known(*rows: Cells, sources: list[Cells] | None = None, as_of: str = "2031-12-31", **tables: list[Cells]) -> Claims:
    stocks, flows = ([row for row in rows if ("date" in row) is is_stock] for is_stock in (True, False))
    given = {"quantities": MULES, "items": ITEMS} | tables
    return b.choose_claims(dossier(as_of, sources=sources or ALONE, deployments=stocks, transfers=flows, **given))


def text(block: object) -> str:
    assert isinstance(block, Prose | Note)
    return plain(block.text)


def cells(block: object, column: int) -> list[str]:
    assert isinstance(block, Table)
    return [plain(row[column]) for row in block.data.rows]


# --- who counts, and what stands behind it -------------------------------------------------------------------------

FOUR = stock("d-1", 98), stock("d-2", 122, **FIREFLY), stock("d-3", 150, **TRENTINO), stock("d-4", 90, **SYLVANIA)
ANSWERS: dict[str, tuple[tuple[Cells, ...], str]] = {
    "none": ((stock("d-1"),), "No claim known on this day gives a number."),
    "one": ((stock("d-1", 98),), "The Gazette puts mules at the Pass at 98 (1 January 2031)."),
    "two, three times as many": (
        (stock("d-1", 300), stock("d-2", 100, **SECOND, **FIREFLY)),
        "Rufus Firefly puts mules at the Pass at 100, The Gazette at 300 (1 January 2031). "
        "The higher count is three times the lower.",
    ),
    "many": (
        (*FOUR, stock("d-5", 150, **SYLVANIA)),
        "Four claimants put mules at the Pass at 90 to 150 (sources conflict, 1 January 2031). "
        "Sylvania gives the lowest count, Ambassador Trentino and Sylvania the highest. All go back to one origin. "
        "The higher count is about 1.6 times the lower.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "sentence"), ANSWERS.values(), ids=ANSWERS)
def test_the_answer_beside_its_rows(rows: tuple[Cells, ...], sentence: str) -> None:
    assert text(b.answer(b.contested(known(*rows)))) == sentence


WEIGHED: dict[str, tuple[list[Cells], tuple[Cells, ...], str]] = {
    "one document": (ALONE, (flow("t-1", 5),), "One document reports it."),
    "two that agree": (
        ALONE, (flow("t-1", 5), flow("t-2", 5, **SECOND, **FIREFLY)),
        "Two documents report it; none repeats another. They do not contradict each other.",
    ),
    "one repeats the other": (
        RELAYS, (flow("t-1", 5), flow("t-2", 5, **SECOND)),
        "Two documents report it; one repeats the other. Nobody else confirms the figure.",
    ),
    "two repeat the other": (
        RELAYS, (flow("t-1", 5), flow("t-2", 5, **SECOND), flow("t-3", 5, **THIRD)),
        "Three documents report it; two repeat the third. Nobody else confirms the figure.",
    ),
    "one claimant in two documents": (
        ALONE, (flow("t-1", 5), flow("t-2", 5, **SECOND)),
        "Two documents report it. All come from one claimant, The Gazette. Nobody else confirms the figure.",
    ),
    "two that conflict": (
        ALONE, (flow("t-1", 5), flow("t-2", 9, **SECOND, **FIREFLY)),
        "Two documents report it; none repeats another. No one number fits them all: the sources conflict.",
    ),
    "bounds that touch": (
        ALONE, (flow("t-1", **sides("at_most", high=5)), flow("t-2", **SECOND, **FIREFLY, **sides("at_least", 5))),
        "Two documents report it; none repeats another. "
        "Only one number fits them all, and nobody gives it: the sources conflict.",
    ),
    "one denies that there are any": (
        ALONE, (flow("t-1", 5), flow("t-2", 0, status="denied", **SECOND, **FIREFLY)),
        "One document reports it. Rufus Firefly denies that there are any.",
    ),
    "one doubts a number, one denies without a number": (
        ALONE,
        (flow("t-1", 5), flow("t-2", 9, status="doubted", **FIREFLY), flow("t-3", status="denied", **TRENTINO)),
        "One document reports it. Rufus Firefly doubts 9. Ambassador Trentino denies it.",
    ),
    "counts of two days": (
        ALONE, (stock("d-1", 5), stock("d-2", 9, date="2031-02-01", **SECOND, **FIREFLY)),
        "Two documents report it; none repeats another. The counts run from 5 to 9 mules. "
        "They are of different days: the number may have changed, or the sources may conflict.",
    ),
    "two counts of one document": (
        ALONE, (flow("t-1", 5), flow("t-2", 5, **FIREFLY)),
        "One document gives two counts. Nobody else confirms the figure.",
    ),
    "a weak source alone": (
        [source("s-1", kind="social_media", reliability="F")], (flow("t-1", 5),),
        "One document reports it. The figure rests only on one weak source: Publisher of s-1 "
        "(a post on social media or a forum, graded F, cannot be judged).",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sources", "rows", "sentence"), WEIGHED.values(), ids=WEIGHED)
def test_what_stands_behind_a_count_beside_its_rows(
    sources: list[Cells], rows: tuple[Cells, ...], sentence: str
) -> None:
    assert text(b.weigh(b.contested(known(*rows, sources=sources)))) == sentence


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (["planned"], "This leaves out one other claim about the same quantity, by Rufus Firefly (planned)."),
        (["planned", "denied"],
         "This leaves out two other claims about the same quantity, by Rufus Firefly and Ambassador Trentino "
         "(planned and denied)."),
    ],
)  # fmt: skip
def test_what_was_not_chosen_is_named(status: list[str], sentence: str) -> None:
    others = [
        flow(f"t-{at}", 9, status=name, **who)
        for at, name, who in zip((2, 3), status, (FIREFLY, TRENTINO), strict=False)
    ]
    chosen = b.choose_claims(known(flow("t-1", 5), *others).dossier, status="delivered")
    assert text(b.weigh(b.contested(chosen))) == f"One document reports it. {sentence}"


def test_two_weak_sources_are_listed() -> None:
    weak = [source("s-1", reliability="E"), source("s-2", reliability="F"), source("s-3")]
    claims = known(flow("t-1", 5), flow("t-2", 5, **SECOND, **FIREFLY), flow("t-3", 9, **THIRD), sources=weak)
    assert tell_weak(claims, read=len) == (
        " The figure would be different without two weak sources: Publisher of s-1 (graded E, unreliable) and "
        "Publisher of s-2 (graded F, cannot be judged)."
    )


# --- sides ---------------------------------------------------------------------------------------------------------


def placed(*countries: str) -> Claims:
    """Give a count by each of some claimants; who is of no country has an empty one."""
    names = ("gazette", "firefly", "trentino", "sylvania", "freedonia")
    actors = [row | {"country": "".join(countries[at : at + 1])} for at, row in enumerate(map(by_name, names))]
    rows = [flow(f"t-{at}", 5, claimant_id=names[at]) for at in range(len(countries))]
    return known(*rows, actors=actors)


def by_name(name: str) -> Cells:
    return next(row for row in NAMES["actors"] if row["actor_id"] == name) | {"kind": "media"}


@pytest.mark.parametrize(
    ("countries", "sentence", "of_all"),
    [
        (("",), "", ""),
        (("GB",), "Only a claimant from the United Kingdom gives a count.",
         "Every claimant is from the United Kingdom."),
        (("NO", "NO"), "Only claimants from Norway give a count.", "Every claimant is from Norway."),
        (("NO", "NO", ""), "Claimants from Norway give two of the three counts.",
         "Claimants from Norway make two of the three claims; the country of the others is not known."),
        (("NO", "NO", "US"), "Claimants from Norway give two of the three counts.",
         "Their claimants are from two countries; Norway leads with two of the three claims."),
        (("NO", "US"), "", "Their claimants are from two countries; Norway leads with one of the two claims."),
    ],
)  # fmt: skip
def test_sides_beside_the_countries_of_the_claimants(countries: tuple[str, ...], sentence: str, of_all: str) -> None:
    assert (tell_sides(placed(*countries)), "".join(tell_countries(placed(*countries)))) == (sentence, of_all)


def test_one_claimant_who_gives_most_counts_is_one() -> None:
    actors = [*NAMES["actors"], {"actor_id": "watch", "name": "The Watch", "kind": "media", "country": "NO"}]
    watch = {"claimant_id": "watch"}
    claims = known(flow("t-1", 5, **watch), flow("t-2", 6, **SECOND, **watch), flow("t-3", 7), actors=actors)
    assert tell_sides(claims) == "A claimant from Norway gives two of the three counts."


SOURCES: dict[str, tuple[tuple[Cells, ...], str]] = {
    "none": ((), "Nothing that this dossier holds had been published by then."),
    "one": (
        (flow("t-1", 5),),
        "The claims known on this day come from one document in one language. They go back to one origin. "
        "The largest origin, Publisher of s-1, accounts for the only claim. The only quantity rests on one origin. "
        "A row is a claim by a named claimant, not a fact.",
    ),
    "two": (
        (flow("t-1", 5), flow("t-2", 5, **SECOND, **FIREFLY), flow("t-3", 5, quantity_id="q-b", **SECOND)),
        "The claims known on this day come from two documents in one language. They go back to two origins. "
        "The largest origin, Publisher of s-2, accounts for two of the three claims. "
        "Of two quantities, one rests on one origin. A row is a claim by a named claimant, not a fact.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "sentence"), SOURCES.values(), ids=SOURCES)
def test_the_source_statement_beside_its_rows(rows: tuple[Cells, ...], sentence: str) -> None:
    assert plain(b.sources(known(*rows).dossier).summary) == sentence


def test_where_no_quantity_rests_on_one_origin_the_statement_says_none() -> None:
    rows = [flow(f"t-{at}{name}", 5, quantity_id=name, source_id=f"s-{at}", claimant_id=who)
            for name in ("q-a", "q-b") for at, who in ((1, "gazette"), (2, "firefly"))]  # fmt: skip
    assert "Of two quantities, none rests on one origin." in plain(b.sources(known(*rows).dossier).summary)


# --- news ----------------------------------------------------------------------------------------------------------

DAYS = [source("s-1", "2031-10-02"), source("s-2", "2031-12-02"), source("s-3", "2031-12-03")]
EARLY, LATE = {"date": "2031-10-01"}, {"date": "2031-12-01", "source_id": "s-2"}
NEWS: dict[str, tuple[tuple[Cells, ...], str]] = {
    "none": ((stock("d-1", 5, **EARLY),),
             "Nothing here is new since 20 November 2031; the last claim became known on 2 October 2031."),
    "new": ((stock("d-1", 5, **LATE),), "New on 2 December 2031: The Gazette counts 5 mules."),
    "one": ((stock("d-1", 1, **LATE),), "New on 2 December 2031: The Gazette counts 1 mule."),
    "in the dozens": ((stock("d-1", **LATE, **sides("order", 12)),),
                      "New on 2 December 2031: The Gazette counts dozens of mules."),
    "rose": ((stock("d-1", 5, **EARLY), stock("d-2", 9, **LATE)),
             "New on 2 December 2031: The Gazette counts 9 mules, up from the same claimant's 5 for 1 October 2031."),
    "fell": ((stock("d-1", 9, **EARLY), stock("d-2", 5, **LATE)),
             "New on 2 December 2031: The Gazette counts 5 mules, down from the same claimant's 9 for 1 October 2031."),
    "revised": ((stock("d-1", 9, date="2031-12-01"), stock("d-2", 5, **LATE)),
                "New on 2 December 2031: The Gazette counts 5 mules, revised from 9 for the same time."),
    "again": ((stock("d-1", 5, **EARLY), stock("d-2", 5, **LATE)),
              "New on 2 December 2031: The Gazette counts 5 mules again."),
    "against": ((stock("d-1", 5, date="2031-12-01"), stock("d-2", 9, **LATE, **FIREFLY)),
                "New on 2 December 2031: Rufus Firefly counts 9 mules, against 5 by The Gazette."),
    "late": ((stock("d-1", 5, source_id="s-2", **EARLY),),
             "Learned on 2 December 2031, about 1 October 2031: The Gazette counts 5 mules."),
    "announced": ((stock("d-1", 5, status="announced", **LATE),),
                  "New on 2 December 2031: The Gazette announces 5 mules."),
    "planned": ((stock("d-1", 5, status="planned", **LATE),),
                "New on 2 December 2031: The Gazette speaks of 5 mules (planned)."),
    "denied": ((stock("d-1", 5, date="2031-12-01"), stock("d-2", 5, status="denied", **LATE, **FIREFLY)),
               "New on 2 December 2031: Rufus Firefly denies 5 mules. The Gazette counts 5 mules."),
    "denied any": ((stock("d-1", 0, status="denied", **LATE),),
                   "New on 2 December 2031: The Gazette denies that there are any mules."),
    "denied without a number": ((stock("d-1", status="denied", **LATE),),
                                "New on 2 December 2031: The Gazette denies reports of mules at the Pass."),
    "without a number": ((stock("d-1", **LATE),),
                         "New on 2 December 2031: The Gazette speaks of mules at the Pass and gives no number."),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "sentence"), NEWS.values(), ids=NEWS)
def test_the_news_beside_its_rows(rows: tuple[Cells, ...], sentence: str) -> None:
    [first] = b.by_news(known(*rows, sources=DAYS, as_of="2031-12-19"), since="2031-11-20", top=1)
    assert text(b.say_news(first)) == sentence


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        ((stock("d-1"),), "The Gazette speaks of mules at the Pass and gives no number"),
        ((stock("d-1"), stock("d-2", **SECOND, **FIREFLY), stock("d-3", **THIRD, **TRENTINO)),
         "The Gazette, Rufus Firefly and one more speak of mules at the Pass and give no number"),
        ((stock("d-1", status="doubted"), stock("d-2", status="denied", **SECOND, **FIREFLY)),
         "The Gazette and Rufus Firefly deny or doubt reports of mules at the Pass"),
        ((stock("d-1"), stock("d-2", status="denied", **SECOND, **FIREFLY)),
         "The Gazette speaks of mules at the Pass and gives no number; Rufus Firefly denies it"),
    ],
)  # fmt: skip
def test_a_heading_without_a_number_beside_its_rows(rows: tuple[Cells, ...], heading: str) -> None:
    assert plain(b.finding(known(*rows)).text) == heading


# --- a kind and its parts, and what is worked out ------------------------------------------------------------------


def parted(number: int, **cells: object) -> str:
    month = {"period": "2031-01", "counting": "cumulative"}
    every = known(
        flow("t-1", item="animal", **month, **sides("at_least", 10), **cells),
        flow("t-2", 7, quantity_id="q-b", **month), flow("t-3", number, item="goat", quantity_id="q-c", **month),
        quantities=[*MULES, {"quantity_id": "q-c", "title": "Goats"}],
    )  # fmt: skip
    whole, parts = (b.choose_claims(every.dossier, claim=ids) for ids in ("t-1", ["t-2", "t-3"]))
    return text(b.compare(whole, parts, at="animal").say())


def test_a_kind_beside_its_parts() -> None:
    head = "The Gazette {} at least 10 animals (January 2031). Counts of the parts add up to {}."
    assert parted(4) == f"{head.format('counts', 11)} The two are consistent."
    assert parted(1) == f"{head.format('counts', 8)} No number fits both."
    assert parted(4, status="delivered").startswith("The Gazette counts")


def test_a_kind_of_which_nothing_is_known_beside_its_parts() -> None:
    none = known(flow("t-1", 5)).only(())
    assert text(b.compare(none, none, at="animal").say()) == "No claims known on this day can be compared."


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ((flow("t-1", 5), stock("d-1", 5, quantity_id="q-b")),
         "what is there and what moved cannot be added; a sum has one kind of claim"),
        ((flow("t-1", 5), flow("t-2", 5, item="hay", unit="tonnes", quantity_id="q-b")),
         "items and tonnes cannot be added; a sum has one unit"),
        ((flow("t-1", 5), flow("t-2", 6, **FIREFLY)), "t-1 and t-2 are rivals about “Mules at the Pass”; "
         "rivals are never added"),
    ],
)  # fmt: skip
def test_a_sum_that_is_refused_says_why(rows: tuple[Cells, ...], refusal: str) -> None:
    assert cells(b.sums(known(*rows), caption="Sums"), -1)[0] == refusal


@pytest.mark.parametrize(
    ("rows", "as_of", "gaps"),
    [
        ((stock("d-1"),), "2031-01-02", "no claim gives a number; the newest claim is 1 day old"),
        ((stock("d-1", 5),), "2031-01-02", "one origin only; the newest count is 1 day old"),
        ((stock("d-1", 5), stock("d-2", 5, **SECOND)), "2031-01-03",
         "one claimant only; the newest count is 2 days old"),
        ((stock("d-1", 5, date="2031-01"), stock("d-2", 5, date="2031-01", **SECOND, **FIREFLY)), "2031-03-01",
         "the newest count is at least 29 days old (no day stated)"),
    ],
)  # fmt: skip
def test_what_is_missing_beside_the_rows(rows: tuple[Cells, ...], as_of: str, gaps: str) -> None:
    assert cells(b.gaps(known(*rows, as_of=as_of), caption="Gaps", days=0), -1) == [gaps]


def test_what_is_left_out_is_named_with_its_side() -> None:
    others = [row for row in NAMES["actors"] if row["actor_id"] not in ("gazette", "firefly")]
    actors = [by_name("gazette") | {"country": "GB"}, by_name("firefly") | {"country": "NO"}, *others]
    rows = flow("t-1", 5), flow("t-2", 9, **SECOND, **FIREFLY), flow("t-3", 9, source_id="s-3", **FIREFLY)
    table = b.sensitivity(
        known(*rows, actors=actors, sources=[source("s-1"), source("s-2"), source("s-3", origin_id="s-1")]),
        caption="Without",
    )
    assert cells(table, 0)[-2:] == ["side: claimants from the United Kingdom, 1 claim and 1 that relays their origins",
                                    "side: claimants from Norway, 2 claims"]  # fmt: skip


# --- figures in the analyst's own sentence -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ((flow("t-1"),), "Sent: no stated number of animals."),
        ((flow("t-1", 1),), "Sent: 1 mule."),
        ((flow("t-1", 2),), "Sent: 2 mules."),
        ((flow("t-1", 5), flow("t-2", 9, item="animal", **SECOND, **FIREFLY)),
         "Sent: 5 to 9 animals (sources conflict)."),
        ((flow("t-1", 5, item="goat"), flow("t-2", 9, item="mule", **SECOND)),
         "Sent: 5 to 9 animals (sources conflict)."),
    ],
)  # fmt: skip
def test_a_figure_has_the_noun_of_what_is_counted(rows: tuple[Cells, ...], sentence: str) -> None:
    rivals = b.contested(known(*rows))
    assert text(b.say(f"Sent: {rivals: animals}." if not rivals.quantified else f"Sent: {rivals:unit}.")) == sentence


def test_three_claimants_of_a_figure_are_named_in_words() -> None:
    three = flow("t-1", 5), flow("t-2", 5, **SECOND, **FIREFLY), flow("t-3", 5, **THIRD, **TRENTINO)
    heading = plain(b.finding(f"{b.contested(known(*three)):unit} went").text)
    assert heading == "5 mules went – The Gazette, Rufus Firefly and one more, 1 January 2031"
