"""Every chart: drawn as the schema has it, from what it uses and nothing else, in the theme's colours, in words too."""

from __future__ import annotations

import json
from xml.etree import ElementTree as Tree

import altair as alt
import pytest
from dossiers import dossier, event, flow, quote, sides, source, stock
from drawings import colours, embedded, rows, specs, used, words

from briefing.blocks.blocks import Chart, Note
from briefing.blocks.walk import plain
from briefing.charts import (
    dated_series,
    dot_range,
    events_and_statements,
    likelihood_strip,
    part_and_whole,
    place_map,
    revision_steps,
    stances_over_time,
)
from briefing.charts.pen import width_of
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.revisions import revisions
from briefing.desk.claims.sums import find_parts
from briefing.desk.quotes.quotes import choose_quotes
from briefing.desk.quotes.timeline import timeline
from briefing.errors import ClaimError
from briefing.page.svg import COLOURS
from briefing.page.vega import draw_svg
from briefing.values import palette as theme

TALL = "The Royal Inspectorate of the Harbours, Ferries and Mountain Passes of Freedonia"

COUNTED = dossier(
    actors=[
        {"actor_id": "freedonia", "name": "Freedonia", "kind": "state"},
        {"actor_id": "sylvania", "name": "Sylvania", "kind": "state"},
        {"actor_id": "gazette", "name": "The Gazette", "kind": "media"},
        {"actor_id": "royal", "name": TALL, "kind": "monitor"},
        {"actor_id": "firefly", "name": "Rufus Firefly", "kind": "person"},
    ],
    places=[{"place_id": "pass", "name": "The Pass", "country": "NO", "precision": "2", "lat": "60", "lon": "10"}],
    sources=[source("s-1"), source("s-2", "2031-02-02", origin_id="s-1")],
    deployments=[
        stock("d-1", 98, place_id="pass"),
        stock("d-2", claimant_id="royal", date="2031-01", **sides("range", 90, "", 122)),
        stock("d-3", source_id="s-2", place_id="pass", **sides("at_least", 94)),
        stock("d-4", date="2031-02-01", status="planned", **sides("fewer_than", "", "", 150)),
        stock("d-5"),
    ],
    transfers=[
        flow("t-1", 211, counting="cumulative", item="animal", quantity_id="q-b"),
        flow("t-2", 113, part_of="t-1", quantity_id="q-c"),
        flow("t-3", 98, part_of="t-1", quantity_id="q-d", item="goat"),
        flow("t-4", 122, quantity_id="q-d", item="goat", source_id="s-2"),
    ],
    quotes=[
        quote("q-1", "affirms"),
        quote("q-2", "denies", source_id="s-2"),
        quote("q-3", "assesses", date="2031-01-09"),
    ],
    events=[event("e-1", kind="visit"), event("e-2", "2031-01-05/2031-01-07", source_id="s-2")],
)
STOCK = choose_claims(COUNTED, quantity="q-a")
BESIDE = stock("d-9", 7, claimant_id="firefly")  #: A chart of one number is a sentence.

REVISED = dossier(
    sources=[source("s-1"), source("s-2", "2031-02-02")],
    transfers=[flow("t-3", 98, quantity_id="q-d"), flow("t-4", 122, quantity_id="q-d", source_id="s-2")],
)

CHARTS: dict[str, Chart | Note] = {
    "dot_range": dot_range(STOCK, title="Mules"),
    "dated_series": dated_series(STOCK, title="Mules"),
    "part_and_whole": part_and_whole(
        find_parts(COUNTED, "t-1"), title="Animals", rival=find_parts(COUNTED, "t-1", instead={"t-3": "t-4"})
    ),
    "revision_steps": revision_steps(revisions(REVISED, quantity="q-d", measure=contested), title="Goats"),
    "likelihood_strip": likelihood_strip(COUNTED, "unlikely", previous="likely", title="The ferry sails"),
    "stances_over_time": stances_over_time(choose_quotes(COUNTED), title="War"),
    "events_and_statements": events_and_statements(
        timeline(COUNTED, caption="Then"), choose_quotes(COUNTED), title="Deeds and words"
    ),
    "place_map": place_map(STOCK, title="Where the mules are"),
}


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    block = CHARTS[request.param]
    assert isinstance(block, Chart)
    return block


def test_a_chart_is_as_the_schema_has_it(chart: Chart) -> None:
    for spec in specs(chart):
        alt.Chart.from_dict(spec, validate=True)


def test_a_chart_of_an_analysts_own_is_still_checked_after_one_of_ours_was_drawn() -> None:
    assert isinstance(place_map(STOCK, title="Where the mules are"), Chart)
    with pytest.raises(alt.utils.schemapi.SchemaValidationError, match="'broad' is an invalid value for `width`"):
        alt.Chart().mark_bar(width="broad").to_dict()


def test_a_chart_embeds_no_column_that_it_does_not_use(chart: Chart) -> None:
    for spec in specs(chart):
        assert embedded(spec) - used(spec) == set()


def test_a_chart_uses_no_column_that_no_row_has(chart: Chart) -> None:
    for spec in specs(chart):
        # not every drawing has a row of each kind; a name that none of ours ever writes is a slip
        assert used(spec) - embedded(spec) <= OPTIONAL


#: Columns that only some rows have: not all kinds of bounds stand in every test.
OPTIONAL = {
    "from", "to", "open_from", "open_to", "low", "high", "point", "hollow", "since", "shown", "align", "dx", "dy", "at",
    "inside", "middle", "told", "name", "was", "until", "wide", "before", "country", "line",
    "again", "lead_day", "lead_at", "town", "beside", "more",
}  # fmt: skip


def test_a_chart_is_painted_in_the_themes_colours_which_the_page_knows(chart: Chart) -> None:
    for spec in specs(chart):
        named = {theme.INK, theme.QUIET, theme.RULE, theme.PAPER, *theme.CATEGORIES, *theme.GROUNDS.values()}
        assert colours(spec) <= named <= COLOURS.keys()


def test_a_chart_asks_for_nothing_from_elsewhere(chart: Chart) -> None:
    for spec in specs(chart):
        assert json.dumps({**spec, "$schema": ""}).count("http") == 0


def test_a_narrow_chart_is_narrower(chart: Chart) -> None:
    wide, narrow = specs(chart)
    assert narrow["width"] < 320 <= wide["width"]


def test_a_chart_says_as_of_when_and_from_how_many_documents_and_origins(chart: Chart) -> None:
    others = {"likelihood_strip": "Scale: ICD 203.", "revision_steps": "2 documents, 2 origins."}
    behind = next((told for name, told in others.items() if chart is CHARTS[name]), "2 documents, 1 origin.")
    assert chart.source_line.startswith(f"As of 31 December 2031. {behind}")


@pytest.mark.parametrize("name", ["dot_range", "dated_series", "part_and_whole", "revision_steps", "likelihood_strip"])
def test_numbers_start_at_zero(name: str) -> None:
    for spec in specs(CHARTS[name]):
        axes = [
            layer["encoding"][name]
            for layer in spec["layer"]
            for name in ("x", "y")
            if layer["encoding"].get(name, {}).get("type") == "quantitative"
        ]
        assert axes
        assert all(axis["scale"]["domain"][0] == 0 for axis in axes)


@pytest.mark.parametrize("draw", [dot_range, dated_series])
def test_every_figure_is_in_the_description_with_its_hedge(draw) -> None:
    told = draw(STOCK, title="Mules").description
    assert all(words in told for words in ("98 items", "90–122", "at least 94", "fewer than 150 items (planned)", TALL))


@pytest.mark.parametrize("draw", [dot_range, dated_series])
def test_no_claim_with_a_number_is_an_honest_note(draw) -> None:
    none = choose_claims(dossier(deployments=[stock("d-1")]), quantity="q-a")
    told = draw(none, title="Mules")
    assert told.text == (
        "Mules: no claim known on 31 December 2031 gives a number. The claim without one is in the annex.",
    )


@pytest.mark.parametrize("draw", [dot_range, dated_series])
def test_two_units_share_no_axis(draw) -> None:
    mixed = dossier(deployments=[stock("d-1", 1), stock("d-2", 2, unit="persons")])
    with pytest.raises(ClaimError, match="items and persons cannot be drawn on one axis"):
        draw(choose_claims(mixed), title="Mules")


def test_lines_stand_in_order_of_time() -> None:
    lines = [word for word in words(CHARTS["dot_range"].spec) if "2031" in word]
    assert ["February" in line for line in lines] == [False, False, False, True]


def test_a_long_name_is_broken_and_never_cut_before_its_date() -> None:
    named = next(word for word in words(CHARTS["dot_range"].spec) if word.startswith("The Royal"))
    assert named.endswith("Freedonia January 2031")


def test_lines_of_one_name_and_day_are_told_apart_by_where_they_were_read() -> None:
    told = CHARTS["dot_range"].description
    assert "The Gazette, 1 January 2031, in Publisher of s-1: 98 items" in told
    assert "The Gazette, 1 January 2031, in Publisher of s-2: at least 94 items" in told


def test_what_is_only_planned_is_hollow() -> None:
    hollow = [row["shown"] for row in rows(CHARTS["dot_range"].spec) if row.get("hollow")]
    assert hollow == ["< 150 (planned)"]


def test_what_is_nearly_a_number_is_a_point_with_no_line_to_zero() -> None:
    one = dossier(deployments=[stock("d-1", **sides("nearly", "", "", 5_000)), BESIDE])
    for chart in (dot_range, dated_series):
        drawn = chart(choose_claims(one), title="Mules")
        assert isinstance(drawn, Chart)
        row = next(row for row in rows(drawn.spec) if row["point"] != 7)
        assert (row["point"], row.get("open_from"), row.get("high")) == (5_000, None, None)
        assert (row["shown"], "nearly 5,000 items" in drawn.description) == ("nearly 5,000", True)


def test_a_one_sided_plan_has_a_hollow_tick_and_a_one_sided_count_a_solid_one() -> None:
    def ticks(status: str) -> list[dict[str, object]]:
        one = dossier(deployments=[stock("d-1", status=status, **sides("at_most", "", "", 9)), BESIDE])
        svg = Tree.fromstring(draw_svg(dot_range(choose_claims(one), title="Mules").spec))
        shapes = [group for group in svg.iter() if "mark-rect" in group.get("class", "").split()]
        return [path.attrib for group in shapes for path in group if path.get("d")]

    assert [(tick["fill"], tick.get("stroke")) for tick in ticks("planned")] == [(theme.PAPER, theme.BLUE)]
    assert [(tick["fill"], tick.get("stroke")) for tick in ticks("present")] == [(theme.BLUE, None)]


def test_what_is_denied_says_so_in_label_description_and_table() -> None:
    no = dossier(deployments=[stock("d-1", status="denied", **sides("range", 10_000, "", 15_000)), BESIDE])
    chart = dot_range(choose_claims(no), title="Mules")
    assert isinstance(chart, Chart)
    assert [row["shown"] for row in rows(chart.spec)] == ["denies 10,000–15,000", "7"]
    assert "The Gazette, 1 January 2031: denies 10,000–15,000 items" in chart.description
    assert "denies 10,000–15,000" in [plain(row[2]) for row in chart.data.rows]


def test_who_denies_any_is_not_said_to_deny_none() -> None:
    no = dossier(deployments=[stock("d-1", 0, status="denied"), BESIDE])
    assert "denies any" in [row["shown"] for row in rows(dot_range(choose_claims(no), title="Mules").spec)]


@pytest.mark.parametrize(("unit", "step"), [("persons", 1), ("tonnes", None)])
def test_an_axis_names_no_part_of_a_person(unit: str, step: int | None) -> None:
    few = dossier(deployments=[stock(f"d-{n}", n, unit=unit) for n in (0, 1)])
    spec = dot_range(choose_claims(few), title="Mules").spec
    axes = [layer["encoding"]["x"]["axis"] for layer in spec["layer"] if "axis" in layer["encoding"].get("x", {})]
    assert {axis.get("tickMinStep") for axis in axes} == {step}


def test_many_lines_are_set_close() -> None:
    many = dossier(deployments=[stock(f"d-{n}", n, date=f"2031-01-{n:02}") for n in range(1, 31)])
    spec = dot_range(choose_claims(many, quantity="q-a"), title="Mules").spec
    assert len(rows(spec)) == 30
    assert spec["height"]["step"] < 30


def test_claims_of_one_day_stand_side_by_side() -> None:
    same = dossier(deployments=[stock("d-1", 98), stock("d-2", 122, claimant_id="firefly")])
    one, other = rows(dated_series(choose_claims(same), title="Mules").spec)
    assert one["day"] < other["day"]


def test_no_word_covers_another_where_many_claims_are_of_one_day() -> None:
    crowd = dossier(deployments=[stock(f"d-{n}", 100, claimant_id="firefly") for n in range(1, 31)])
    shown = [row["shown"] for row in rows(dated_series(choose_claims(crowd), title="Mules").spec) if "shown" in row]
    assert 0 < len(shown) < 30


def named(spec: dict[str, object]) -> list[str]:
    return [" ".join(row["who"]) for row in rows(spec) if "who" in row]


def test_each_claimant_is_named_once_beside_a_mark_and_there_is_no_legend() -> None:
    spec = CHARTS["dated_series"].spec
    assert sorted(name[:9] for name in named(spec)) == ["The Gazet", "The Royal"]
    assert spec["layer"][-1]["encoding"]["color"]["legend"] is None


def test_who_has_no_room_beside_a_mark_is_named_in_a_legend() -> None:
    actors = [{"actor_id": f"a-{n}", "name": f"Observer of Pass {n}", "kind": "person"} for n in range(16)]
    crowd = dossier(
        actors=[*actors, {"actor_id": "freedonia", "name": "F", "kind": "state"},
                {"actor_id": "sylvania", "name": "S", "kind": "state"}],
        deployments=[stock(f"d-{n}", 100, claimant_id=f"a-{n}") for n in range(16)],
    )  # fmt: skip
    spec = dated_series(choose_claims(crowd), title="Mules").spec
    legend = spec["layer"][-1]["encoding"]["color"]["legend"]["values"]
    assert legend and {*named(spec), *legend} == {actor["name"] for actor in actors}


def test_no_line_joins_points() -> None:
    assert not [layer for layer in CHARTS["dated_series"].spec["layer"] if layer["mark"]["type"] in ("line", "trail")]


def test_parts_that_exceed_say_by_how_much() -> None:
    told = [row["told"] for row in rows(CHARTS["part_and_whole"].spec) if row.get("kind") == "excess"]
    assert told == ["24 too many"]
    assert CHARTS["part_and_whole"].exceeded == ("t-1",)


def test_what_no_part_accounts_for_is_hatched() -> None:
    few = dossier(
        transfers=[flow("t-1", 100, counting="cumulative", item="animal"),
                   flow("t-2", quantity_id="q-b", part_of="t-1", **sides("at_least", 40))]
    )  # fmt: skip
    chart = part_and_whole(find_parts(few, "t-1"), title="Animals")
    spec = chart.spec
    assert chart.exceeded == ()
    assert [row["told"] for row in rows(spec) if row.get("kind") == "rest"] == ["up to 60 unaccounted for"]
    assert len([row for row in rows(spec) if row.get("kind") == "hatch"]) > 10


def test_a_whole_without_a_number_is_an_honest_note() -> None:
    none = dossier(transfers=[flow("t-1", counting="cumulative"), flow("t-2", 4, quantity_id="q-b", part_of="t-1")])
    assert isinstance(part_and_whole(find_parts(none, "t-1"), title="Animals"), Note)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (stock("d-1", 98), ""),
        (stock("d-1", **sides("range", 90, "", 122)), " Bars run between stated bounds."),
        (stock("d-1", **sides("at_most", "", "", 9)), " Dotted lines lead to a side that is not stated."),
        (stock("d-1", 98, status="announced"), " Hollow marks show what is announced."),
    ],
)
def test_a_chart_tells_readers_what_its_marks_mean_as_far_as_they_are_drawn(row: dict[str, object], said: str) -> None:
    chart = dot_range(choose_claims(dossier(deployments=[row, stock("d-9", 97)])), title="Mules")
    assert isinstance(chart, Chart)
    assert chart.source_line == f"As of 31 December 2031. 1 document, 1 origin.{said}"


def test_no_date_is_cut_on_a_wide_page() -> None:
    long = flow("t-1", 98, period="2031-10-13/2031-11-14", counting="cumulative")
    chart = dot_range(choose_claims(dossier(transfers=[long, flow("t-2", 99)])), title="Mules")
    assert any("13 October to 14 November 2031" in said for said in words(chart.spec))


def test_the_words_of_parts_stay_inside_the_frame() -> None:
    parts = [flow("t-2", 90, part_of="t-1", quantity_id="q-b"),
             flow("t-3", 10, part_of="t-1", quantity_id="q-c", wording="[goats without their horns]")]  # fmt: skip
    few = dossier(transfers=[flow("t-1", 100, counting="cumulative", item="animal"), *parts])
    for spec in specs(part_and_whole(find_parts(few, "t-1"), title="Animals")):
        pixels = spec["width"] / 104
        ends = [row["from"] * pixels + row["dx"] + width_of(row["told"]) for row in rows(spec) if "dx" in row]
        assert len(ends) == 3
        assert max(ends) <= spec["width"] + 1
