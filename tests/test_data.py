"""The shipped dossier, tested as code: what it must hold, and the worked examples of DATA on it."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import briefing as b
from briefing.dossier.claims import gather
from briefing.dossier.dossier import check_dossier
from briefing.dossier.rules import origin_of
from briefing.errors import ClaimError

DATA = Path(__file__).parent.parent / "data"

TROOPS = "russian-troops-in-belarus"
TANKS = "belarus-russia-t-72a-2022-10-2022-11"
RAIL = "belarus-russia-rail-ammunition-2022-03-2022-09"
EQUIPMENT = "belarus-russia-equipment-2022-10-2022-11"
LIST = "railway-workers-belarus@2022-11-15~"

#: Texts that name a later year than the day on which their row was known, because they speak of what was to come.
LOOKS_AHEAD = {"qt-0043", "russian-troops-alleged-plan-2022-11"}


@cache
def on(day):
    """Read the shipped dossier as of a day."""
    return b.read_dossier(DATA, as_of=day)


def only(claims, keep):
    """Keep the chosen claims for which something is true."""
    return claims.only(claim for claim in claims.each if keep(claim))


def words(block):
    return "".join(span if isinstance(span, str) else span.text for span in block.text)


# --- what the dossier holds -------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_the_dossier():
    assert [str(problem) for problem in check_dossier(DATA)] == []


@pytest.mark.parametrize(
    ("table", "least"), [("deployments", 95), ("transfers", 98), ("quotes", 80), ("events", 46), ("sources", 200)]
)
def test_the_dossier_holds_what_was_collected(table, least):
    assert len(on(None).frames[table]) >= least


def test_what_was_left_out_is_told_by_id_with_the_reason():
    told = (DATA / "README.md").read_text(encoding="utf-8").lower()
    kept = {table: set(on(None).frames[table].iloc[:, 0]) for table in ("deployments", "transfers")}
    numbered = {"deployments": ("dp", 105), "transfers": ("tr", 106)}
    missing = [
        key
        for table, (prefix, last) in numbered.items()
        for key in (f"{prefix}-{at:04}" for at in range(1, last + 1))
        if key not in kept[table] and key not in told
    ]
    assert missing == []


@pytest.mark.parametrize("table", ["deployments", "transfers", "quotes", "events", "sources"])
def test_every_table_has_a_heading_in_the_readme(table):
    assert f"\n## {table}.csv\n" in (DATA / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("claim", "shown"),
    [
        ("tr-0001", "211"),
        ("tr-0002", "122"),
        ("tr-0003", "> 65,000"),
        ("dp-0047", "≤ 12,000"),
        ("dp-0042", "not quantified"),
    ],
)
def test_the_numbers_of_the_founding_article_are_in(claim, shown):
    claims = b.choose_claims(on("2022-12-19"), claim=claim)
    assert [str(bounds) for bounds in claims.bounds] == [shown]
    assert claims.each[0].source.startswith("newsweek-2022-12-19")


@pytest.mark.parametrize("number", [9, 16, 32, 33, *range(38, 47), *range(81, 89), *range(91, 95)])
def test_the_quotations_of_the_founding_article_are_in(number):
    said = on("2022-12-19").find(f"qt-{number:04}", table="quotes")
    assert said is not None
    assert said.source_id == "newsweek-2022-12-19-putin-belarus"


@pytest.mark.parametrize("table", ["evidence", "quotes"])
def test_an_argument_is_its_author_s_and_not_the_paper_s_that_printed_it(table):
    d = on("2022-12-19")
    keys = {"evidence": ("ee-0010", "ee-0012"), "quotes": ("qt-0089", "qt-0090")}[table]
    roots = origin_of(d.sources)
    behind = d.sources.set_index("source_id")["publisher"]
    assert {behind[roots[d.find(key, table=table).source_id]] for key in keys} == {"Institute for the Study of War"}


@pytest.mark.parametrize(("day", "is_known"), [("2022-11-02", False), ("2022-11-03", True)])
def test_the_train_in_orsha_is_known_from_the_day_on_which_its_row_was_first_seen(day, is_known):
    assert (on(day).find("ev-0051", table="events") is not None) is is_known


def test_every_claim_has_the_words_of_somebody_that_the_dossier_names():
    claimants = {claim.claimant for claim in gather(on(None)).claims.values()}
    assert claimants <= set(on(None).actors["actor_id"])


# --- what an edition may tell -----------------------------------------------------------------------------------


def later_years(key, text, known):
    """Give the years in a text that are later than the year in which its row was known."""
    years = re.findall(r"\b20[0-4]\d\b", text) if isinstance(text, str) and not pd.isna(known) else []
    return [f"{key}: {year}" for year in years if int(year) > known.year and key not in LOOKS_AHEAD]


@pytest.mark.parametrize("table", ["sources", "deployments", "transfers", "quotes", "events"])
def test_no_text_of_a_row_names_a_later_year_than_that_in_which_it_was_known(table):
    frame = on(None).frames[table]
    texts = [name for name in ("title", "summary", "note", "wording", "credibility_basis", "target") if name in frame]
    rows = frame.to_dict("records")
    key = frame.columns[0]
    assert [year for row in rows for name in texts for year in later_years(row[key], row[name], row["known_on"])] == []


def test_no_text_of_a_quantity_names_a_later_year_than_that_of_its_first_claim():
    known = sorted((claim.known_on, claim.quantity) for claim in gather(on(None)).claims.values() if claim.known_on)
    first = {quantity: day for day, quantity in reversed(known)}
    rows = [row for row in on(None).quantities.to_dict("records") if row["quantity_id"] in first]
    told = [(row["quantity_id"], row[name]) for row in rows for name in ("title", "scope", "note")]
    assert [year for key, text in told for year in later_years(key, text, first[key])] == []


def test_the_names_of_actors_places_and_items_tell_no_year():
    frames = [on(None).frames[name] for name in ("actors", "places", "items")]
    cells = [str(cell) for frame in frames for cell in frame.select_dtypes("str").to_numpy().ravel()]
    assert [cell for cell in cells if re.search(r"\b20[0-4]\d\b", cell)] == []


@pytest.mark.parametrize("day", ["2022-02-20", "2022-12-19", "2023-06-30"])
@pytest.mark.parametrize("table", ["sources", "deployments", "transfers", "quotes", "events"])
def test_nothing_that_was_published_after_the_day_is_seen(day, table):
    assert (on(day).frames[table]["known_on"] <= pd.Timestamp(day)).all()


@pytest.mark.parametrize("day", ["2022-02-20", "2022-12-19", "2023-06-30", None])
def test_every_quantity_can_be_laid_side_by_side_on_any_day(day):
    claims = b.choose_claims(on(day))
    figures = [b.contested(b.choose_claims(claims.dossier, quantity=key)).figure for key in claims.quantities]
    assert all(figure.words and figure.claims for figure in figures)


def test_no_original_is_known_later_than_what_relays_it():
    sources = on(None).sources.set_index("source_id")
    roots = origin_of(on(None).sources)
    known = sources["known_on"]
    late = [key for key, root in roots.items() if known[root] > known[key]]
    assert late == []


# --- worked examples, through the public verbs ------------------------------------------------------------------


def test_example_1_an_upper_bound_that_was_relayed_has_two_documents_and_one_origin():
    claims = b.choose_claims(on("2022-12-19"), quantity=TROOPS, claimant="resistance-center-ukraine")
    assert [str(bounds) for bounds in claims.bounds] == ["12,000", "≤ 12,000"]
    assert (claims.documents, claims.origins) == (2, 1)


def test_example_2_a_rounded_relay_agrees_and_the_exact_figure_keeps_its_period():
    rail = b.contested(b.choose_claims(on("2022-12-19"), quantity=RAIL))
    assert (str(rail), rail.has_conflict, rail.origins) == ("65,089", False, 1)
    assert words(b.say(f"{rail:unit}")) == "65,089 tonnes"
    assert b.claims_table(rail.claims, caption="").data.rows[0][0] == ("March to September 2022",)


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2022-12-19", {"65,089", "> 65,000", "> 10,000", "37,267"}),
        ("2023-06-30", {"65,089", "> 65,000", "> 10,000", "37,267", "131,582"}),
    ],
)
def test_example_3_running_totals_stand_beside_each_other_as_they_become_known(day, shown):
    claims = b.choose_claims(on(day), item="ammunition", unit="tonnes", counting="cumulative")
    assert {str(bounds) for bounds in claims.bounds} == shown


def test_example_3_running_totals_of_other_scope_are_never_added():
    with pytest.raises(ClaimError, match="F06"):
        b.total(b.choose_claims(on("2023-06-30"), claim=["tr-0037", "tr-0040"]))


def test_example_4_mixed_bounds_add_to_at_least_150_without_a_best_or_an_upper_figure():
    seen = b.choose_claims(
        on("2022-10-31"), claimant="belaruski-hajun", giver="belarus", item="mixed", counting="cumulative"
    )
    assert sorted(str(bounds) for bounds in seen.bounds) == ["20", "36–44", "≥ 94"]
    figure = b.total(seen)
    assert (figure.short, figure.bounds.best, figure.bounds.high) == ("≥ 150", None, None)


def test_example_6_the_listed_parts_leave_nothing():
    parts = b.find_parts(on("2022-12-19"), "tr-0105")
    assert sorted(str(bounds) for bounds in parts.parts.bounds) == ["20", "40", "53", "98"]
    assert (str(parts.sum), str(parts.residual), parts.exceed) == ("211", "0", False)


def test_example_6_with_the_rival_figure_the_parts_exceed_the_whole_by_24():
    parts = b.find_parts(on("2022-12-19"), "tr-0105", instead={"tr-0106": "tr-0002"})
    assert (str(parts.sum), parts.excess.words, parts.exceed) == ("235", "24", True)


def test_example_6_both_figures_are_kept_and_said_to_conflict():
    tanks = b.contested(b.choose_claims(on("2022-12-19"), quantity=TANKS))
    assert tanks.figure.short == "98–122, sources conflict"
    assert {"tr-0002", "tr-0008"} <= set(tanks.figure.claims)


def test_example_7_the_contested_stock_is_a_series_of_what_was_present_and_known():
    troops = b.contested(b.choose_claims(on("2022-12-19"), quantity=TROOPS, status="present"))
    assert (troops.stated_range, troops.core, troops.is_dated) == ((3200, 12_000), None, True)
    assert troops.claims.ids == ("dp-0039", "dp-0040", "dp-0044")  # dp-0047 dates its origin's count by its own page
    changed = "They are of different days: the number may have changed, or the sources may conflict."
    assert changed in words(b.weigh(troops))


def test_example_7_what_was_announced_is_no_presence():
    announced = b.choose_claims(on("2022-12-19"), status="announced", giver="russia", during="2022-10-16")
    assert any(9000 in bounds.stated for bounds in announced.bounds)
    assert TROOPS not in announced.quantities


def test_example_7_the_counts_of_the_last_days_of_december_are_not_known_on_the_nineteenth():
    late = {"dp-0050", "dp-0051"}
    assert not late & set(b.choose_claims(on("2022-12-19"), quantity=TROOPS).ids)
    assert late <= set(b.choose_claims(on("2022-12-31"), quantity=TROOPS).ids)


def test_example_8_tanks_and_ifvs_are_compared_at_their_own_node():
    d = on("2022-12-19")
    estimate = b.choose_claims(d, quantity="belarus-russia-tanks-and-ifvs-2022-10").bounds[0]
    vehicles = only(b.choose_claims(d, item="tank-or-ifv"), lambda claim: claim.part_of == "tr-0105")
    complete = only(vehicles, lambda claim: claim.id != "tr-0010")
    counts = [b.total(complete).bounds, b.total(vehicles).bounds]
    assert [str(count) for count in (estimate, *counts)] == ["≥ 100", "138", "158"]
    assert all(estimate.contains(count.best) for count in counts)


def test_example_8_tanks_alone_are_another_quantity():
    with pytest.raises(ClaimError, match="rivals are claims about one"):
        b.contested(b.choose_claims(on("2022-12-19"), claim=["tr-0008", "tr-0024"]))


def test_example_9_five_documents_relay_one_origin():
    claims = b.choose_claims(on("2022-12-19"))
    roots = origin_of(claims.dossier.sources)
    behind = only(claims, lambda claim: roots[claim.source] == LIST)
    assert (behind.documents, behind.origins) == (5, 1)
    for source in {claim.source for claim in behind.each}:
        assert only(behind, lambda claim, source=source: claim.source != source).origins == 1


def test_example_9_without_the_origin_nothing_is_left_of_the_98():
    claims = b.choose_claims(on("2022-12-19"), quantity=TANKS)
    roots = origin_of(claims.dossier.sources)
    rest = only(claims, lambda claim: roots[claim.source] != LIST)
    assert "98" not in {str(bounds) for bounds in rest.bounds}


def test_example_10_what_was_published_the_day_after_leaves_no_trace():
    later = on(None).deployments.query("'2022-12-20' <= known_on <= '2022-12-31'")["claim_id"].tolist()
    assert later
    assert [on("2022-12-19").find(key) for key in later] == [None] * len(later)
    assert not set(later) & {
        claim.id for claim in b.claims_table(b.choose_claims(on("2022-12-19")), caption="").evidence.claims
    }


def test_example_12_a_whole_with_its_part_is_the_whole():
    claims = b.choose_claims(on("2022-12-19"), claimant="warsaw-point")
    figure = b.total(claims)
    assert (claims.ids, figure.words) == (("tr-0105", "tr-0106"), "211")
