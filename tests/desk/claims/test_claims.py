from dataclasses import FrozenInstanceError

import pandas as pd
import pytest
from dossiers import dossier, flow, sides, source, stock
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.charts.ranges import dot_range
from briefing.desk.claims.claims import by_quantity, choose_claims, items_below, several
from briefing.desk.claims.contested import contested
from briefing.desk.claims.overview import overview
from briefing.dossier.claims import SHAPES
from briefing.dossier.groups import STATUS_CLASSES
from briefing.errors import ClaimError, UsageError
from briefing.values.bounds import Bounds
from briefing.values.dates import parse_date
from briefing.values.words import counted

# --- choosing ---------------------------------------------------------------------------------------------------

MIXED = dossier(
    deployments=[
        stock("d-1", 5, place_id="pass", date="2031-01-01"),
        stock("d-2", 6, item="goat", date="2031-02", status="announced", claimant_id="sylvania"),
    ],
    transfers=[
        flow("t-1", 7, period="2031-01-05/2031-01-09", quantity_id="q-b"),
        flow("t-2", 8, item="hay", unit="tonnes", counting="cumulative", period="2031-01/..", quantity_id="q-c"),
    ],
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "d-1 t-1 d-2 t-2"),
        ({"quantity": "q-a"}, "d-1 d-2"),
        ({"item": "animal"}, "d-1 t-1 d-2"),
        ({"item": "goat"}, "d-2"),
        ({"giver": "freedonia"}, "d-1 t-1 d-2 t-2"),
        ({"getter": "freedonia"}, ""),
        ({"place": "pass"}, "d-1"),
        ({"claimant": "sylvania"}, "d-2"),
        ({"status": "announced"}, "d-2"),
        ({"status": ["announced", "present"]}, "d-1 d-2"),
        ({"unit": "tonnes"}, "t-2"),
        ({"counting": "stock"}, "d-1 d-2"),
        ({"counting": "cumulative", "item": "animal"}, ""),
        ({"during": "2031-01-09/2031-01-31"}, "t-1 t-2"),
        ({"during": "2031-02-10"}, "d-2 t-2"),
        ({"during": "../2031-01-04"}, "d-1 t-2"),
        ({"during": "2030"}, ""),
        ({"claim": "t-2"}, "t-2"),
        ({"claim": ["t-1", "d-2"], "item": "goat"}, "d-2"),
    ],
)
def test_claims_are_chosen_by_what_they_are_about_in_order_of_time(asked, found):
    assert " ".join(choose_claims(MIXED, **asked).ids) == found


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "quantity": st.sampled_from(["q-a", "q-b", ["q-a", "q-c"]]),
        "giver": st.sampled_from(["freedonia", "sylvania"]),
        "claimant": st.sampled_from(["gazette", "sylvania"]),
        "status": st.sampled_from(["present", ["announced", "delivered"]]),
        "counting": st.sampled_from(["stock", "increment", "cumulative"]),
        "during": st.sampled_from(["2031-01", "2031-02-10", "../2031-01-04", "2031-01-09/..", "2030"]),
    },
)


def lay_side_by_side(dossier):
    """Lay the claims of both tables under one set of columns, as frames do it."""
    frames = []
    for table, names in SHAPES.items():
        dated = {f"{name}_{end}": f"{to}_{end}" for name, to in names.items() for end in ("first", "last")}
        frame = dossier.frames[table].rename(columns=names | dated)
        frames.append(frame if "counting" in frame else frame.assign(counting="stock"))
    return pd.concat(frames, ignore_index=True)


@given(ASKED)
def test_a_choice_of_values_is_the_choice_of_rows_that_a_frame_would_give(asked):
    frame, window = lay_side_by_side(MIXED), parse_date(asked.get("during", "0001/.."))
    keep = ~(frame["when_first"] > pd.Timestamp(window.last or "2999")) & ~(
        frame["when_last"] < pd.Timestamp(window.first or "0001")
    )
    columns = {"quantity": "quantity_id", "claimant": "claimant_id"}
    for name in asked.keys() - {"during"}:
        keep &= frame[columns.get(name, name)].isin(several(asked[name]))
    expected = frame.loc[keep].sort_values(["when_last", "claim_id"])["claim_id"].tolist()
    assert list(choose_claims(MIXED, **asked).ids) == expected


def test_claims_taken_apart_are_the_groups_of_their_frame_in_its_order():
    claims = choose_claims(MIXED)
    frame = lay_side_by_side(MIXED).set_index("claim_id", drop=False).loc[list(claims.ids)]
    groups = frame.groupby(["quantity_id", frame["status"].map(STATUS_CLASSES)])
    assert [list(group.ids) for group in by_quantity(claims)] == [g["claim_id"].tolist() for _, g in groups]


def test_a_claim_goes_back_to_the_origin_that_is_known_on_the_day():
    rows = [source("s-1"), source("s-2", "2031-03-01", origin_id="s-1"), source("s-3", "2031-02-01", origin_id="s-2")]
    early, late = (dossier(day, transfers=[flow("t-1", 7, source_id="s-3")], sources=rows) for day in
                   ("2031-02-02", "2031-12-31"))  # fmt: skip
    assert [choose_claims(d).each[0].origin for d in (early, late)] == ["s-2", "s-1"]


def test_a_claim_about_a_wider_kind_bears_on_what_it_holds():
    rows = [flow("t-1", item="animal", status="denied"), flow("t-2", 8, item="goat", quantity_id="q-b")]
    d = dossier(transfers=rows)
    assert (choose_claims(d, item="mule").ids, choose_claims(d, item="mule", wider=True).ids) == ((), ("t-1",))


def test_claims_are_chosen_among_those_chosen_before():
    assert choose_claims(choose_claims(MIXED, item="animal"), status="present").ids == ("d-1",)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"item": "mulle"}, '"mulle" is in no row of items.csv; .* Did you mean "mule"?'),
        ({"giver": "fredonia"}, "actors.csv.*freedonia"),
        ({"quantity": "q-z"}, "quantities.csv"),
        ({"place": "pas"}, 'places.csv.*"pass"'),
        ({"claimant": "gazete"}, "actors.csv.*gazette"),
        ({"claim": ["t-1", "t-9"]}, '"t-9" is no claim on any day; .* Did you mean "t-'),
    ],
)
def test_a_key_that_is_in_no_row_is_refused_with_the_nearest(asked, told):
    with pytest.raises(UsageError, match=told):
        choose_claims(MIXED, **asked)


@pytest.mark.parametrize("asked", [{"status": "presnt"}, {"unit": "ton"}, {"counting": "increments"}])
def test_a_choice_that_no_column_knows_is_refused_with_the_nearest(asked):
    with pytest.raises(UsageError, match="Did you mean"):
        choose_claims(MIXED, **asked)


def test_a_window_that_is_no_date_is_refused():
    with pytest.raises(UsageError, match='"last week" is not a date'):
        choose_claims(MIXED, during="last week")


def test_an_item_has_all_below_it():
    assert items_below(MIXED, "animal") == {"animal", "mule", "goat"}


def test_claims_say_what_they_are():
    assert repr(choose_claims(MIXED, quantity="q-a")) == "Claims(2 from 1 document, 1 origin: Quantity A)"


def test_choosing_from_a_day_before_anything_was_known_finds_nothing():
    early = dossier("2030-01-01", transfers=[flow("t-1", 7)])
    claims = choose_claims(early)
    assert (len(claims), claims.documents, claims.origins, repr(claims)) == (
        0, 0, 0, "Claims(none is known)",
    )  # fmt: skip


def test_nobody_changes_a_claim_that_was_chosen():
    mine = choose_claims(MIXED, quantity="q-b").each[0]
    with pytest.raises(FrozenInstanceError):
        mine.bounds = Bounds()
    assert choose_claims(MIXED, quantity="q-b").bounds[0].low == 7.0


# --- documents and origins --------------------------------------------------------------------------------------

RELAYS = [source("s-1"), source("relay", origin_id="s-1"), source("relay-of-relay", origin_id="relay")]


def test_relays_of_one_document_are_one_origin():
    rows = [flow(f"t-{at}", 7, source_id=row["source_id"]) for at, row in enumerate(RELAYS)]
    claims = choose_claims(dossier(transfers=rows, sources=RELAYS))
    assert (claims.documents, claims.origins) == (3, 1)


def test_a_page_that_was_split_into_two_rows_is_one_document():
    sources = [source("s-1", url="https://one.example/"), source("s-2", url="https://one.example/")]
    rows = [flow("t-1", 7), flow("t-2", 8, source_id="s-2", quantity_id="q-b")]
    assert choose_claims(dossier(transfers=rows, sources=sources)).documents == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 4))
def test_dropping_a_duplicate_document_never_changes_the_number_of_origins(relayed, at):
    roots = [source(f"s-{number}") for number in range(3)]
    documents = {root["source_id"]: root["source_id"] for root in roots}
    relays = []
    for place, number in enumerate(relayed):  # a relay may relay a relay
        origin = list(documents)[number % len(documents)]
        relays.append(source(f"r-{place}", origin_id=origin))
        documents[f"r-{place}"] = documents[origin]
    who = dict(zip(sorted(root["source_id"] for root in roots), ("gazette", "freedonia", "sylvania"), strict=True))
    rows = [flow(f"t-{key}", 7, source_id=key, claimant_id=who[documents[key]]) for key in documents if key[0] == "r"]
    own = sorted({documents[row["source_id"]] for row in rows})
    rows += [flow(f"o-{root}", 7, source_id=root, claimant_id=who[root]) for root in own]
    dropped = f"t-r-{at % len(relays)}"
    whole = choose_claims(dossier(transfers=rows, sources=roots + relays))
    rest = choose_claims(dossier(transfers=[row for row in rows if row["claim_id"] != dropped], sources=roots + relays))
    assert whole.origins == rest.origins == sum(row["claim_id"].startswith("o") for row in rows)


# --- rivals -----------------------------------------------------------------------------------------------------


def rivals(*rows):
    """Lay transfers about one quantity side by side."""
    return contested(choose_claims(dossier(transfers=list(rows))))


def test_rivals_that_share_no_number_conflict():
    found = rivals(flow("t-1", 98), flow("t-2", 122))
    assert (found.has_conflict, found.core, found.stated_range) == (True, None, (98, 122))
    assert str(found) == "98 to 122, sources conflict"


def test_rivals_that_share_a_number_are_told_by_what_they_share():
    found = rivals(flow("t-1", 65_089), flow("t-2", **sides("more_than", low=65_000)))
    assert (found.has_conflict, str(found.figure)) == (False, "65,089")


def test_rivals_that_say_the_same_are_told_as_alike():
    assert rivals(flow("t-1", 98), flow("t-2", 98)).figure.how == "two claims that agree, from one origin"
    assert rivals(flow("t-1", 98), flow("t-2", 99)).figure.how.endswith("two rival claims from one origin")


def test_the_envelope_stays_open_where_any_rival_leaves_it_open():
    found = rivals(flow("t-1", 65_089), flow("t-2", **sides("more_than", low=65_000)))
    assert str(found.envelope) == "> 65,000"


def test_a_rival_without_a_number_is_counted_and_changes_no_summary():
    found = rivals(flow("t-1", 98), flow("t-2"))
    assert (str(found.figure), found.figure.claims) == ("98", ("t-1", "t-2"))


def test_stocks_at_different_dates_are_a_series_and_not_a_conflict():
    rows = [stock("d-1", 3200, date="2031-01-01"), stock("d-2", 12_000, date="2031-02-01")]
    found = contested(choose_claims(dossier(deployments=rows)))
    assert (found.is_dated, str(found)) == (True, "3,200 to 12,000, by different counts on different dates")


def test_stocks_on_one_day_do_conflict():
    rows = [stock("d-1", 3200), stock("d-2", 12_000)]
    assert str(contested(choose_claims(dossier(deployments=rows)))) == "3,200 to 12,000, sources conflict"


def test_no_claim_is_no_conflict():
    found = contested(choose_claims(dossier("2030-01-01", transfers=[flow("t-1", 7)])))
    assert (found.has_conflict, found.core, found.envelope, found.stated_range) == (False, None, None, None)
    assert found.figure.words == "no stated number"


def test_counts_of_several_dates_that_one_number_would_fit_are_still_told_as_a_series():
    rows = [stock("d-1", 3200, date="2031-01-01"), stock("d-2", date="2031-02-01", **sides("at_least", low=3000))]
    found = contested(choose_claims(dossier(deployments=rows)))
    assert str(found) == "at least 3,000, or 3,200, by different counts on different dates"
    assert found.latest.words.startswith("at least 3,000, by the newest count, of 1 February 2031; 3,200 before")


def test_one_claim_reads_as_its_claimant_states_it():
    assert str(rivals(flow("t-1", **sides("order", low=12)))) == "dozens"
    assert str(rivals(flow("t-1", **sides("range", 36, 40, 44)))) == "40 (36–44)"


SIDES = st.sampled_from([
    sides("exact", 50, 50, 50), sides("about", best=50), sides("at_least", low=50), sides("at_most", high=50),
    sides("nearly", high=50), sides("more_than", low=70), sides("range", 40, "", 60), sides("order", low=12),
])  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SIDES, st.sampled_from(["s-1", "s-2", "s-3"])), min_size=1, max_size=4), st.data())
def test_a_faithful_relay_changes_no_figure_and_only_adds_a_document(said, data):
    rows = [flow(f"t-{at}", source_id=where, **cells) for at, (cells, where) in enumerate(said)]
    cells, where = data.draw(st.sampled_from(said))
    listed = [source("s-1"), source("s-2"), source("s-3", origin_id="s-1"), source("relay", origin_id=where)]
    few, more = (
        choose_claims(dossier(transfers=given_rows, sources=listed))
        for given_rows in (rows, [*rows, flow("t-relay", source_id="relay", **cells)])
    )
    before, after = contested(few), contested(more)
    for one, other in ((before.figure, after.figure), (before.latest, after.latest), (before.span, after.span)):
        assert (one.words, one.short, one.bounds) == (other.words, other.short, other.bounds)
    assert (more.documents, after.origins) == (few.documents + 1, before.origins)


def test_claims_about_two_quantities_are_no_rivals():
    with pytest.raises(ClaimError, match=r"q-a, q-b are 2 quantities .*F06"):
        rivals(flow("t-1", 7), flow("t-2", 8, quantity_id="q-b"))


def test_rivals_in_two_units_are_not_compared():
    with pytest.raises(ClaimError, match="items and tonnes"):
        str(rivals(flow("t-1", 7), flow("t-2", 8, unit="tonnes")))


def test_the_figure_of_rivals_names_them_all_and_says_how_it_was_made():
    figure = rivals(flow("t-1", 98), flow("t-2", 122)).figure
    assert figure.claims == ("t-1", "t-2")
    assert figure.how == "smallest and largest number in two rival claims from one origin"


def test_contested_shows_its_documents_and_origins():
    assert repr(rivals(flow("t-1", 98))) == "Contested(98; 1 document, 1 origin)"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 500), min_size=1, max_size=4), st.integers(1, 500), st.sampled_from(["", "t-0"]))
def test_a_row_published_after_the_day_never_changes_an_editions_figure(numbers, later, supersedes):
    sources = [source("s-1"), source("late", "2031-06-02")]
    rows = [flow(f"t-{at}", number) for at, number in enumerate(numbers)]
    late = flow("t-late", later, source_id="late", supersedes=supersedes)
    then = contested(choose_claims(dossier("2031-06-01", transfers=rows, sources=sources[:1]))).figure
    now = contested(choose_claims(dossier("2031-06-01", transfers=[*rows, late], sources=sources))).figure
    assert (now.words, now.claims, now.how) == (then.words, then.claims, then.how)


def test_a_count_that_was_replaced_is_no_rival():
    sources = [source("s-1"), source("late", "2031-06-02")]
    rows = [flow("t-1", 67), flow("t-2", 94, supersedes="t-1", source_id="late")]
    days = ("2031-06-01", "2031-06-02")
    assert [str(contested(choose_claims(dossier(day, transfers=rows, sources=sources)))) for day in days] == [
        "67",
        "94",
    ]


@pytest.mark.parametrize(("number", "told"), [(0, "0 origins"), (1, "1 origin"), (2, "2 origins")])
def test_a_noun_is_counted_in_its_number(number, told):
    assert counted(number, "origin") == told


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"claim": ["t-2", "d-1"]}, ("d-1", "t-2")),
        ({"quantity": ["q-a", "q-b"]}, ("d-1", "t-1", "t-2")),
        ({"item": ["mule", "hay"]}, ("d-1", "t-1", "t-3")),
        ({"claimant": {"gazette", "firefly"}}, ("d-1", "t-1", "t-2", "t-3")),
    ],
)
def test_a_choice_is_one_word_or_several(asked, found):
    rows = [flow("t-1", 7, quantity_id="q-b"), flow("t-2", 8, item="goat", quantity_id="q-b")]
    hay = flow("t-3", 9, item="hay", unit="tonnes", quantity_id="q-c", claimant_id="firefly")
    d = dossier(deployments=[stock("d-1", 5)], transfers=[*rows, hay])
    assert choose_claims(d, **asked).ids == found


def test_a_claim_that_is_on_no_day_is_told_the_nearest():
    with pytest.raises(UsageError, match=r'"t-11" is no claim on any day.*Did you mean "t-1"'):
        choose_claims(dossier(transfers=[flow("t-1", 7)]), claim="t-11")


def test_a_claim_that_is_not_yet_known_is_left_out():
    assert choose_claims(dossier("2030-01-01", transfers=[flow("t-1", 7)]), claim="t-1").ids == ()


def test_a_time_without_claims_is_not_said_to_hold_all_that_is_known():
    known = dossier(transfers=[flow("t-1", 5, period="2031-03-01"), flow("t-2", 6, period="2031-04-01")])
    none = choose_claims(known, quantity="q-a", during="2031-10")
    for block in (overview(none, caption="Mules"), dot_range(none, title="Mules")):
        assert block.text == ("Mules: none in October 2031; the latest of two was on 1 April 2031.",)


def test_where_no_time_holds_a_claim_nothing_is_known():
    none = choose_claims(dossier(), quantity="q-a", during="2031-10")
    assert overview(none, caption="Mules").text == ("Mules: no claim is known on this day.",)
