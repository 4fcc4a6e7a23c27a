"""What a figure becomes without an origin or a side, and everything that rests on a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dossiers import NAMES, dossier, event, flow, quote, source, stock

from briefing.blocks.blocks import MIME, Note, Prose, Table
from briefing.desk.affected import affected_by, affected_table
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.sensitivity import drop_origin, drop_side, rank_origins, sensitivity
from briefing.desk.claims.sums import total
from briefing.desk.prose import say
from briefing.desk.quotes.quotes import choose_quotes, quotations
from briefing.dossier.dossier import read_dossier
from briefing.errors import ClaimError, NotebookError, UsageError

COUNTRIES = {"freedonia": "NO", "sylvania": "SE", "gazette": "SE"}
ACTORS = [row | {"country": COUNTRIES.get(str(row["actor_id"]), "")} for row in NAMES["actors"]]
RELAYED = dossier(
    actors=ACTORS,
    sources=[source("s-1"), source("s-2", origin_id="s-1"), source("s-3"), source("s-4", origin_id="s-2")],
    deployments=[
        stock("d-1", 98),
        stock("d-2", 98, source_id="s-2", claimant_id="freedonia"),
        stock("d-3", 122, source_id="s-3", claimant_id="sylvania"),
    ],
    quotes=[quote("q-1", source_id="s-4")],
    events=[event("e-1", source_id="s-3")],
)


def words(table: object) -> list[list[str]]:
    assert isinstance(table, Table)
    spans = [
        [[span if isinstance(span, str) else span.text for span in cell] for cell in row] for row in table.data.rows
    ]
    return [["".join(cell) for cell in row] for row in spans]


# --- sensitivity ------------------------------------------------------------------------------------------------


def test_dropping_an_origin_drops_all_that_relay_it() -> None:
    assert drop_origin(choose_claims(RELAYED), "s-1").ids == ("d-3",)


def test_dropping_a_side_drops_all_claimants_of_its_countries() -> None:
    assert drop_side(choose_claims(RELAYED), ["NO", "SE"]).ids == ()


def test_a_side_takes_with_it_what_only_relays_its_origins() -> None:
    assert drop_side(choose_claims(RELAYED), ["SE"]).ids == ()  # d-2 is Freedonia's, and relays s-1


def test_an_origin_is_the_word_of_whoever_published_it() -> None:
    published = [source("s-1", publisher="Sylvania"), source("s-2", origin_id="s-1"), source("s-3", origin_id="s-1")]
    rows = [stock("d-1", 98, claimant_id="sylvania", source_id="s-2")]
    rows += [stock("d-2", 98, claimant_id="freedonia", source_id="s-3")]
    claims = choose_claims(dossier(actors=ACTORS, sources=published, deployments=rows))
    assert (drop_side(claims, ["NO"]).ids, drop_side(claims, ["SE"]).ids) == (("d-1",), ())


def test_a_side_leaves_what_others_said_in_the_same_original_document() -> None:
    rows = [stock("d-1", 98, claimant_id="sylvania"), stock("d-2", 122, claimant_id="freedonia")]
    assert drop_side(choose_claims(dossier(actors=ACTORS, deployments=rows)), ["SE"]).ids == ("d-2",)


def test_a_claimant_of_no_country_is_of_no_side() -> None:
    assert len(drop_side(choose_claims(dossier(deployments=[stock("d-1", 1)])), ["NO"])) == 1


def test_each_origin_and_side_is_left_out_in_turn() -> None:
    assert words(sensitivity(choose_claims(RELAYED), caption="If")) == [
        ["nothing", "3", "2", "98–122, sources conflict", ""],
        ["origin: Publisher of s-1, 2 January 2031", "1", "1", "122", "moves: no conflict is left"],
        ["origin: Publisher of s-3, 2 January 2031", "2", "1", "98", "moves: no conflict is left"],
        ["side: claimants from Freedonia, 1 claim", "2", "2", "98–122, sources conflict", "does not move"],
        [
            "side: claimants from Sylvania, 2 claims and 1 that relays their origins",
            "0",
            "0",
            "none",
            "nothing is left",
        ],
    ]


def test_a_side_is_what_the_caller_says() -> None:
    last = words(sensitivity(choose_claims(RELAYED), caption="If", sides={"both": ["NO", "SE"]}))[-1]
    assert last == ["side: both", "0", "0", "none", "nothing is left"]


def test_a_total_may_be_tested_too() -> None:
    known = dossier(
        sources=[source("s-1"), source("s-2")],
        transfers=[flow("t-1", 2), flow("t-2", 3, source_id="s-2", quantity_id="q-b", claimant_id="firefly")],
    )
    assert [row[3] for row in words(sensitivity(choose_claims(known), caption="If", measure=total))] == ["5", "3", "2"]


def test_a_claimant_in_two_origins_is_left_out_of_both() -> None:
    rows = [stock("d-1", 2), stock("d-2", 3, source_id="s-2"), stock("d-3", 9, source_id="s-2", claimant_id="firefly")]
    known = dossier(sources=[source("s-1"), source("s-2")], deployments=rows)
    told = {row[0]: row[3] for row in words(sensitivity(choose_claims(known), caption="If"))}
    assert told["claimant: The Gazette"] == "9" and "claimant: Rufus Firefly" not in told


def test_what_may_not_be_measured_is_refused() -> None:
    known = dossier(deployments=[stock("d-1", 2), stock("d-2", 3, quantity_id="q-b")])
    with pytest.raises(ClaimError, match="F06"):
        sensitivity(choose_claims(known), caption="If")


def test_sensitivity_of_nothing_says_that_nothing_is_known() -> None:
    assert isinstance(sensitivity(choose_claims(dossier()), caption="If"), Note)


def test_a_running_total_is_told_with_its_period() -> None:
    january = dossier(transfers=[flow("t-1", 98, counting="cumulative", period="2031-01")])
    shown = sensitivity(choose_claims(january), caption="If one is wrong")
    assert isinstance(shown, Table) and shown.caption == "If one is wrong, counted for January 2031"
    stocks = sensitivity(choose_claims(RELAYED), caption="If one is wrong")
    assert isinstance(stocks, Table) and stocks.caption == "If one is wrong"


def test_dropping_the_one_origin_of_five_documents_leaves_nothing(shipped: Path) -> None:
    bmp = choose_claims(read_dossier(shipped, as_of="2022-12-19"), quantity="belarus-russia-bmp-2-complete-2022-10")
    assert words(sensitivity(bmp, caption="If"))[1][3:] == ["none", "nothing is left"]


# --- what rests on a source -------------------------------------------------------------------------------------


def test_what_rests_on_a_source_is_found_through_its_relays() -> None:
    affected = affected_by(RELAYED, "s-1")
    assert affected.documents == ("s-1", "s-2", "s-4")
    assert affected.rows == {"deployments": ("d-1", "d-2"), "quotes": ("q-1",)}


def test_a_relay_takes_only_what_is_downstream_of_it() -> None:
    assert affected_by(RELAYED, "s-2").rows == {"deployments": ("d-2",), "quotes": ("q-1",)}


def test_a_source_that_is_not_known_yet_affects_nothing() -> None:
    affected = affected_by(dossier("2031-01-01"), "s-1")
    assert len(affected) == 0 and isinstance(affected_table(affected, caption="Rests"), Note)


def test_a_source_of_no_day_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match='Did you mean "s-1"'):
        affected_by(dossier(), "s-l")


def test_what_is_affected_is_shown_with_its_claims_cited() -> None:
    table = affected_table(affected_by(RELAYED, "s-1"), caption="Rests")
    assert isinstance(table, Table)
    assert words(table) == [["deployments", "d-1, d-2"], ["quotes", "q-1"]]
    assert [claim.id for claim in table.evidence.claims] == ["d-1", "d-2"]


def test_figures_and_quotations_of_executed_notebooks_are_found(tmp_path: Path) -> None:
    shown = [say(f"They have {total(choose_claims(RELAYED, claimant='gazette')): mules}."), say("Nothing.")]
    shown += [quotations(choose_quotes(RELAYED), caption="Said")]
    outputs = [{"data": {MIME: block.model_dump(mode="json")}} for block in shown]
    path = tmp_path / "situation" / "2031-01-02.ipynb"
    path.parent.mkdir()
    path.write_text(json.dumps({"cells": [{"outputs": outputs}, {"source": "words"}]}))
    affected = affected_by(RELAYED, "s-1", folder=tmp_path)
    assert affected.editions == ("situation/2031-01-02",)
    assert [(one.text, one.rows) for one in affected.shown] == [("98 mules", ("d-1",)), ("Words of q-1.", ("q-1",))]


def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ipynb").write_text("[]")
    with pytest.raises(NotebookError, match="is not a notebook"):
        affected_by(RELAYED, "s-1", folder=tmp_path)


def test_the_largest_origin_is_the_one_behind_most_claims() -> None:
    assert rank_origins(choose_claims(RELAYED))[0] == "s-1"
    assert rank_origins(choose_claims(dossier())) == []


def test_a_block_without_figures_shows_nothing_that_rests_on_a_source(tmp_path: Path) -> None:
    output = {"data": {MIME: Prose(text=("Words.",)).model_dump(mode="json")}}
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": [{"outputs": [output]}]}))
    assert affected_by(RELAYED, "s-1", folder=tmp_path).editions == ()
