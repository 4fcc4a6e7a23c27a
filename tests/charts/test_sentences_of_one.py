"""A chart of one number is a sentence, and `picture` chooses the chart that fits."""

from __future__ import annotations

import pytest
from dossiers import dossier, flow, sides, stock
from drawings import specs

from briefing.blocks.blocks import Chart, Note, Prose
from briefing.blocks.walk import plain
from briefing.charts import dated_series, dot_range, part_and_whole, picture, revision_steps, running_steps
from briefing.charts.sentences import entitle
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.revisions import revisions
from briefing.desk.claims.sums import find_parts
from briefing.dossier.dossier import Dossier


def one(**cells: object) -> Dossier:
    return dossier(deployments=[stock("d-1", 98, **cells)])


@pytest.mark.parametrize("draw", [dot_range, dated_series, picture])
def test_a_chart_of_one_number_is_a_sentence_with_claimant_day_and_source(draw) -> None:
    said = draw(choose_claims(one()), title="Mules")
    assert isinstance(said, Prose)
    assert plain(said.text) == "The Gazette puts quantity A at 98 (1 January 2031). Read in Publisher of s-1."
    assert said.text[1].claims == ("d-1",)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (sides("at_most", "", "", 9), "The Gazette puts quantity A at up to 9 (1 January 2031). "),
        (sides("order", 12, "", ""), "The Gazette puts quantity A in the dozens (1 January 2031). "),
        ({"status": "announced"}, "The Gazette puts quantity A at 98 (announced, 1 January 2031). "),
        ({"status": "denied"}, "The Gazette denies a figure of 98 for quantity A (1 January 2031). "),
        ({"status": "doubted"}, "The Gazette doubts a figure of 98 for quantity A (1 January 2031). "),
    ],
)
def test_the_sentence_of_one_number_keeps_its_hedge_and_status(cells: dict[str, object], said: str) -> None:
    assert plain(dot_range(choose_claims(one(**cells)), title="Mules").text).startswith(said)


def test_the_sentence_of_one_number_counts_who_gives_none() -> None:
    few = dossier(deployments=[stock("d-1", 98), stock("d-2")])
    assert plain(dated_series(choose_claims(few)).text).endswith("1 claim without a number is in the annex.")


def test_one_running_total_is_a_sentence() -> None:
    total = dossier(transfers=[flow("t-1", 98, counting="running", period="2031-01/2031-02")])
    assert plain(running_steps(choose_claims(total)).text).startswith("The Gazette puts quantity A at 98 (")


def test_a_whole_none_of_whose_parts_has_a_number_is_a_sentence() -> None:
    parts = [flow("t-1", 98, counting="cumulative"), flow("t-2", quantity_id="q-b", part_of="t-1")]
    said = part_and_whole(find_parts(dossier(transfers=parts), "t-1"), title="Mules")
    assert plain(said.text).endswith("1 claim without a number is in the annex.")


def test_a_figure_that_never_moved_is_a_sentence() -> None:
    said = revision_steps(revisions(one(), quantity="q-a", measure=contested), title="Mules")
    assert plain(said.text) == "The Gazette counts 98 items, known since 2 January 2031 and not revised."


RUNNING = [flow(f"t-{n}", n, counting="running", period=f"2031-01/2031-0{n}") for n in (2, 3)]
STOCKS = [stock("d-1", 98), stock("d-2", 40, date="2031-03-01")]
RIVALS = [stock("d-1", 98), stock("d-2", 40, claimant_id="firefly")]


@pytest.mark.parametrize(
    ("rows", "draw"),
    [
        ({"transfers": RUNNING}, running_steps),
        ({"deployments": STOCKS}, dated_series),
        ({"deployments": RIVALS}, dot_range),
        ({"transfers": [flow("t-1", 2), flow("t-2", 3, period="2031-02")]}, dot_range),
    ],
)
def test_a_picture_is_the_chart_that_fits(rows: dict[str, list[dict[str, object]]], draw) -> None:
    claims = choose_claims(dossier(**rows))
    chart = picture(claims, title="Mules")
    assert isinstance(chart, Chart) and specs(chart) == specs(draw(claims, title="Mules"))


def test_a_picture_of_nothing_is_an_honest_note() -> None:
    told = picture(choose_claims(dossier(deployments=[stock("d-1")])), title="Mules")
    assert isinstance(told, Note) and told.text[0].startswith("Mules: no claim known on ")


def test_a_title_left_out_says_who_counts_how_many_on_the_newest_day() -> None:
    assert entitle(choose_claims(dossier(deployments=STOCKS))) == "The Gazette puts quantity A at 40 (1 March 2031)"
    assert entitle(choose_claims(dossier(deployments=RIVALS))) == "Quantity A, by claimant"
