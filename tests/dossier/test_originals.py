"""Originals that nobody saw, and claims that were known before the relay in which they were read."""

import pytest
from dossiers import dossier, flow, sides, source, stock, write_rows

from briefing.checks import check_folder
from briefing.desk.claims.claims import choose_claims
from briefing.desk.evidence import source_records
from briefing.dossier.claims import find_claims
from briefing.dossier.dossier import check_dossier
from briefing.dossier.models import documents_of
from briefing.dossier.relays import is_implied

RELAY = source("relay", "2031-03-10", relays="trentino@2031-03-01")
AGAIN = source("again", "2031-03-12", relays="trentino@2031-03-01")


def link(relation, claim="c-1", other="c-2"):
    return {"claim_id": claim, "relation": relation, "other_id": other}


def known_on(claim_id, **tables):
    (claim,) = find_claims(dossier(**tables), [claim_id])
    return str(claim.known_on)


# --- originals without a row ------------------------------------------------------------------------------------


def test_two_relays_of_one_original_that_nobody_saw_are_one_origin():
    claims = choose_claims(dossier(sources=[RELAY, AGAIN], transfers=[
        flow("c-1", 5, source_id="relay"), flow("c-2", 5, source_id="again"),
    ]))  # fmt: skip
    assert (claims.documents, claims.origins) == (2, 1)


def test_an_original_that_nobody_saw_is_told_as_such_with_its_maker_and_day():
    original = documents_of(dossier(sources=[RELAY]))["trentino@2031-03-01"]
    assert original.publisher == "Ambassador Trentino"
    assert original.title == "[original not seen: Ambassador Trentino, 1 March 2031]"
    assert is_implied(original.source_id)


def test_a_document_with_a_row_is_not_implied():
    assert not is_implied("relay")


@pytest.mark.parametrize("cell", ["trentino", "@2031", "trentino@", "trentino@soon", "Trentino@2031"])
def test_an_original_is_an_actor_and_a_day(edit, cell):
    problems = check_dossier(edit("sources", "leaflet", relays=cell))
    assert [problem.column for problem in problems] == ["relays"]


def test_the_maker_of_an_original_is_an_actor_of_the_dossier(edit):
    (problem,) = check_dossier(edit("sources", "leaflet", relays="harbor-watch@2031-04"))
    assert problem.what == 'relays "harbor-watch@2031-04" names an actor that is in no row of actors.csv'
    assert problem.cure == 'Write "harbour-watch"'


def test_a_document_relays_one_other(edit):
    (problem,) = check_dossier(edit("sources", "gazette", relays="norway@2031-04"))
    assert problem.rule == "a document relays one other"


# --- known from the original's day ------------------------------------------------------------------------------


def test_a_claim_that_a_faithful_relay_carries_was_known_from_the_day_that_its_original_states():
    assert known_on("c-1", sources=[RELAY], transfers=[flow("c-1", 5, source_id="relay")]) == "2031-03-01"


def test_a_day_of_the_original_that_is_only_about_right_makes_nothing_known_earlier():
    hedged = source("relay", "2031-03-10", relays="trentino@2031-03-01~")
    assert known_on("c-1", sources=[hedged], transfers=[flow("c-1", 5, source_id="relay")]) == "2031-03-10"


@pytest.mark.parametrize("relation", ["garbles", "misattributes"])
def test_a_garbling_relay_is_known_from_its_own_day(relation):
    claims = [flow("c-1", 5, source_id="relay"), flow("c-2", 7, source_id="s-1", quantity_id="q-b")]
    tables = {"sources": [RELAY, source("s-1")], "transfers": claims, "links": [link(relation)]}
    assert known_on("c-1", **tables) == "2031-03-10"


def test_relays_that_differ_are_known_from_their_own_days():
    at_most, at_least = sides("at_most", high=5), sides("at_least", low=5)
    claims = [flow("c-1", source_id="relay", **at_most), flow("c-2", source_id="again", **at_least)]
    assert known_on("c-2", sources=[RELAY, AGAIN], transfers=claims) == "2031-03-12"


def test_before_the_relay_is_known_its_claim_cites_the_original():
    early = dossier("2031-03-05", sources=[RELAY], transfers=[flow("c-1", 5, source_id="relay")])
    (claim,) = find_claims(early, ["c-1"])
    assert claim.source == claim.origin == "trentino@2031-03-01"
    assert claim.source in documents_of(early)


def test_a_later_claim_does_not_come_earlier_by_an_original_with_a_row_of_inferred_day():
    original = source("s-0", "2031-01-01", published_basis="inferred")
    relay = source("relay", "2031-03-10", origin_id="s-0")
    assert known_on("c-1", sources=[original, relay], deployments=[stock("c-1", 5, source_id="relay")]) == "2031-03-10"


def test_the_line_of_a_relay_names_an_original_that_nobody_saw_once():
    (record,) = source_records(
        dossier(sources=[source("relay", "2031-03-10", relays="trentino@2031-03-01~")]), ["relay"]
    )
    assert record.origin_name == "Ambassador Trentino, about 1 March 2031 [original not seen]"


def test_relays_of_one_original_may_replace_each_other_s_counts():
    later = flow("c-2", 6, source_id="again", claimant_id="firefly", supersedes="c-1")
    d = dossier(sources=[RELAY, AGAIN], transfers=[flow("c-1", 5, source_id="relay"), later])
    assert choose_claims(d).ids == ("c-2",)


def test_a_check_counts_an_original_that_nobody_saw_as_one_origin(tmp_path):
    said = {"credibility": "1", "credibility_basis": "Told twice"}
    claims = [flow("c-1", 5, source_id="relay", **said), flow("c-2", 5, source_id="again")]
    found = check_folder(write_rows(tmp_path, sources=[RELAY, AGAIN], transfers=claims)).problems
    assert "S05" in {problem.id for problem in found if problem.subject == "c-1"}
