"""What stands on a front and what is contested: each sentence beside the rows that it was made from."""

from __future__ import annotations

import pytest
from dossiers import Cells, dossier, flow, quote, sides, source, stock

from briefing.blocks.walk import plain
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.disputes import disputes
from briefing.desk.front import front
from briefing.desk.quotes.quotes import choose_quotes
from briefing.desk.tiles import tile
from briefing.dossier.dossier import Dossier

SOURCES = [source("s-1"), source("s-2"), source("s-3", origin_id="s-1"), source("s-4", origin_id="s-1")]
FIREFLY, TRENTINO, SYLVANIA = ({"claimant_id": name} for name in ("firefly", "trentino", "sylvania"))
MULES: list[Cells] = [{"quantity_id": "q-a", "title": "Mules at the Pass"}]
UNITS: list[Cells] = [
    {"unit_id": "items", "singular": "item", "plural": "items", "of": "count"},
    {"unit_id": "persons", "singular": "person", "plural": "persons", "of": "people"},
    {"unit_id": "tonnes", "singular": "tonne", "plural": "tonnes", "of": "mass"},
]
EARLY, LATE = {"date": "2030-12-01"}, {"date": "2031-01-01"}


def known(*rows: Cells) -> Dossier:
    stocks, flows = ([row for row in rows if ("date" in row) == is_stock] for is_stock in (True, False))
    return dossier(sources=SOURCES, quantities=MULES, units=UNITS, deployments=stocks, transfers=flows)


def choose_rivals(counted: Dossier) -> Contested:
    return contested(choose_claims(counted, quantity="q-a"))


#: The rows, and the lines.
CONTESTED: dict[str, tuple[list[Cells], list[str]]] = {
    "nobody counts": ([], ["No count is known."]),
    "nobody gives a number": ([stock("d-1")], ["No count is known."]),
    "one and one alone": ([stock("d-1", 1)], ["Only The Gazette puts mules at the Pass at one."]),
    "one alone, of none": ([stock("d-1", 0)], ["Only The Gazette puts mules at the Pass at none."]),
    "one alone, at least": (
        [stock("d-1", **sides("at_least", 3_000))], ["Only The Gazette puts mules at the Pass at 3,000 or more."],
    ),
    "one alone, in dozens": (
        [stock("d-1", **sides("order", 12))], ["Only The Gazette puts mules at the Pass in the dozens."],
    ),
    "one alone, announced": (
        [stock("d-1", 12, status="announced")], ["Only The Gazette puts mules at the Pass at 12 (announced)."],
    ),
    "one document repeats it": (
        [flow("t-1", 98), flow("t-2", 98, source_id="s-3")],
        ["Only The Gazette puts mules at the Pass at 98; one document repeats it."],
    ),
    "two documents repeat it": (
        [flow("t-1", 98), flow("t-2", 98, source_id="s-3"), flow("t-3", 98, source_id="s-4")],
        ["Only The Gazette puts mules at the Pass at 98; two documents repeat it."],
    ),
    "two claimants, one origin": (
        [flow("t-1", 98), flow("t-2", 98, source_id="s-3", **FIREFLY)],
        ["The Gazette and Rufus Firefly put mules at the Pass at 98, both from one origin."],
    ),
    "three claimants, one origin": (
        [flow("t-1", 98), flow("t-2", 98, source_id="s-3", **FIREFLY), flow("t-3", 98, source_id="s-4", **TRENTINO)],
        ["The Gazette and two more put mules at the Pass at 98, all from one origin."],
    ),
    "two agree": (
        [flow("t-1", 98), flow("t-2", 98, source_id="s-2", **FIREFLY)],
        ["No claimant known on this day contradicts another."],
    ),
    "two differ": (
        [flow("t-1", 6), flow("t-2", 122, source_id="s-2", **FIREFLY)],
        ["The Gazette puts mules at the Pass at six; Rufus Firefly at 122."],
    ),
    "three and one differ": (
        [flow("t-1", 98), flow("t-2", 98, **TRENTINO), flow("t-3", 98, **SYLVANIA),
         flow("t-4", 122, source_id="s-2", **FIREFLY)],
        ["The Gazette and two more put mules at the Pass at 98; Rufus Firefly at 122."],
    ),
    "tonnes are told once": (
        [flow("t-1", 98, item="hay", unit="tonnes"), flow("t-2", 122, item="hay", unit="tonnes", **FIREFLY)],
        ["The Gazette puts mules at the Pass at 98 tonnes; Rufus Firefly at 122."],
    ),
    "the same claimant differs": (
        [flow("t-1", 98), flow("t-2", 122, source_id="s-2")],
        ["The Gazette, in Publisher of s-1, puts mules at the Pass at 98; The Gazette, in Publisher of s-2, at 122."],
    ),
    "another counted before": (
        [stock("d-1", 3_200, **EARLY), stock("d-2", 12_000, source_id="s-2", **LATE, **FIREFLY)],
        ["Rufus Firefly puts mules at the Pass at 12,000; The Gazette earlier gave 3,200, and no claimant counts at "
         "both times."],
    ),
    "two counted before, and each number is theirs who gave it": (
        [stock("d-1", 3_200, **EARLY), stock("d-2", 900, date="2030-12-09", source_id="s-2", **TRENTINO),
         stock("d-3", 12_000, source_id="s-2", **LATE, **FIREFLY)],
        ["Rufus Firefly puts mules at the Pass at 12,000; The Gazette and Ambassador Trentino earlier gave 900 to "
         "3,200 (by different counts on different dates), and no claimant counts at both times."],
    ),
    "others counted before and leave room for it": (
        [stock("d-1", **EARLY, **FIREFLY, **sides("at_least", 10)), stock("d-2", 40, **LATE)],
        ["On the newest date only The Gazette puts mules at the Pass at 40."],
    ),
    "one denies a number": (
        [stock("d-1", 90), stock("d-2", status="denied", **FIREFLY, **sides("at_most", high=150))],
        ["Mules at the Pass: The Gazette gives 90; Rufus Firefly denies up to 150."],
    ),
    "one denies any": (
        [stock("d-1", 90), stock("d-2", 0, status="denied", **FIREFLY)],
        ["Mules at the Pass: The Gazette gives 90; Rufus Firefly denies that there are any."],
    ),
    "one denies, one doubts": (
        [stock("d-1", 90), stock("d-2", status="denied", **FIREFLY), stock("d-3", 90, status="doubted", **TRENTINO)],
        ["Mules at the Pass: The Gazette gives 90; Rufus Firefly denies it; Ambassador Trentino doubts 90."],
    ),
    "one denies what nobody counts": (
        [stock("d-1", status="denied", **FIREFLY)], ["Mules at the Pass: Rufus Firefly denies it."],
    ),
    "two relays of what nobody read": (
        [flow("t-1", 98, source_id="s-3"), flow("t-2", source_id="s-4", **sides("at_most", high=98))],
        ["Publisher of s-3 prints 98 for mules at the Pass, Publisher of s-4 up to 98; both relay Publisher of s-1, "
         "2 January 2031."],
    ),
    "a relay of what was read": (
        [flow("t-1", 98), flow("t-2", source_id="s-4", **sides("at_most", high=98))],
        ["Publisher of s-1 prints 98 for mules at the Pass; Publisher of s-4 relays that as up to 98."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTESTED)
def test_what_is_contested_is_told_in_these_words(name: str) -> None:
    rows, lines = CONTESTED[name]
    assert [plain(line.text) for line in disputes(known(*rows))] == lines


#: Quotations, and the lines.
SAID: dict[str, tuple[list[Cells], list[str]]] = {
    "nobody speaks": ([], ["No quotation known on this day contradicts another."]),
    "a turn": (
        [quote("q-1", "denies", date="2031-01-02"), quote("q-2", date="2031-02")],
        ["Rufus Firefly denied on 2 January 2031 that Freedonia goes to war, and affirmed it in February 2031."],
    ),
    "a turn whose order nobody knows": (
        [quote("q-1", "denies", date="2031-01"), quote("q-2", date="2031-01-09")],
        ["Rufus Firefly affirmed on 9 January 2031 that Freedonia goes to war, and denied it in January 2031. The "
         "dates do not say which came first."],
    ),
    "one denies, one warns": (
        [quote("q-1", "denies"), quote("q-2", "warns", speaker_id="trentino")],
        ["Rufus Firefly denied on 1 January 2031 that Freedonia goes to war; Ambassador Trentino speaks of it."],
    ),
    "one denies, two warn": (
        [quote("q-1", "denies"), quote("q-2", "warns", speaker_id="trentino"),
         quote("q-3", "warns", speaker_id="sylvania")],
        ["Rufus Firefly denied on 1 January 2031 that Freedonia goes to war; Ambassador Trentino and Sylvania speak of "
         "it."],
    ),
    "the proposition begins small where its first word is no name": (
        [quote("q-1", "denies", target="The pass is shut", text="It is not the pass."),
         quote("q-2", "warns", target="The pass is shut", speaker_id="trentino", text="Shut the gate.")],
        ["Rufus Firefly denied on 1 January 2031 that the pass is shut; Ambassador Trentino speaks of it."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_speakers_contradict_is_told_in_these_words(name: str) -> None:
    rows, lines = SAID[name]
    spoken = dossier(sources=SOURCES, quotes=rows)
    assert [plain(line.text) for line in disputes(spoken, choose_quotes(spoken))] == lines


#: The rows, and the answer that a count gives.
ANSWERS: dict[str, tuple[list[Cells], str]] = {
    "nobody": ([], "No count of this is known."),
    "one": ([stock("d-1", 12_000)], "The Gazette puts mules at the Pass at 12,000."),
    "two": (
        [stock("d-1", 98), stock("d-2", 98, **FIREFLY)],
        "The Gazette and Rufus Firefly put mules at the Pass at 98.",
    ),
    "two differ": (
        [stock("d-1", 98), stock("d-2", 122, **FIREFLY)],
        "The Gazette puts mules at the Pass at 98; Rufus Firefly at 122.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_a_count_answers_in_these_words(name: str) -> None:
    rows, answer = ANSWERS[name]
    assert plain(front(known(*rows), "How many?", answer=choose_rivals(known(*rows))).bottom_line) == answer


#: The rows; the number, what stands under it, and whose it is.
TILES: dict[str, tuple[list[Cells], tuple[str, str, str]]] = {
    "nobody": ([], ("No count known", "", "")),
    "one": ([stock("d-1", **sides("nearly", high=9_000))], ("Nearly 9,000 items", "", "The Gazette")),
    "two": (
        [stock("d-1", 98), stock("d-2", 122, **FIREFLY)], ("98 to 122 items", "", "The Gazette and Rufus Firefly"),
    ),
    "three": (
        [stock("d-1", 98), stock("d-2", 98, **FIREFLY), stock("d-3", 98, **TRENTINO)],
        ("98 items", "", "Three claimants"),
    ),
    "one earlier count": (
        [stock("d-1", 5, **EARLY), stock("d-2", 40, **LATE)], ("40 items", "earlier: 5", "The Gazette"),
    ),
    "earlier counts that agree": (
        [stock("d-1", 5, **EARLY), stock("d-2", 5, date="2030-11-01"), stock("d-3", 40, **LATE)],
        ("40 items", "earlier: 5", "The Gazette"),
    ),
    "earlier counts that differ": (
        [stock("d-1", 5, **EARLY), stock("d-2", 7, date="2030-11-01"), stock("d-3", 40, **LATE)],
        ("40 items", "earlier: 5 to 7", "The Gazette"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TILES)
def test_a_tile_says_its_number_in_these_words(name: str) -> None:
    rows, words = TILES[name]
    made = tile(choose_rivals(known(*rows)))
    assert (plain(made.figure), plain(made.hedge), made.claimant) == words
