import math

from dossiers import dossier, flow, sides, source, stock

from briefing.desk.evidence import collect_evidence, source_records
from briefing.dossier.claims import bounds_of, gather


def evidence(*rows, claims=(), as_of="2031-12-31", sources=None, **options):
    """Collect the evidence for some claims among transfers."""
    d = dossier(as_of, transfers=list(rows), sources=sources or [source("s-1")])
    return collect_evidence(d, claims, **options)


def test_both_kinds_of_claim_lie_under_one_set_of_columns():
    claims = gather(dossier(deployments=[stock("d-1", 5)], transfers=[flow("t-1", 6)])).claims.values()
    assert [(c.id, c.table, c.when.text, c.giver, c.getter, c.counting) for c in claims] == [
        ("d-1", "deployments", "2031-01-01", "freedonia", "sylvania", "stock"),
        ("t-1", "transfers", "2031-01-01", "freedonia", "sylvania", "increment"),
    ]


def test_a_dossier_without_claims_gathers_none():
    assert gather(dossier()).claims == {}


def test_an_empty_bound_is_not_stated():
    bounds = bounds_of({"low": math.nan, "best": None, "high": 5.0, "qualifier": "fewer_than", "unit": "items"})
    assert (bounds.low, bounds.best, bounds.high, bounds.high_strict) == (None, None, 5.0, True)


def test_the_claims_stand_in_the_order_in_which_they_are_cited():
    rows = [flow(f"t-{at}", at, quantity_id=f"q-{letter}") for at, letter in ((1, "a"), (2, "b"), (3, "c"))]
    assert [claim.id for claim in evidence(*rows, claims=["t-3", "t-1", "t-3"]).claims] == ["t-3", "t-1"]


def test_rivals_come_along_behind_what_is_cited():
    rows = [flow("t-1", 1), flow("t-2", 2), flow("t-3", 3, quantity_id="q-b")]
    assert [claim.id for claim in evidence(*rows, claims=["t-2"]).claims] == ["t-2", "t-1"]


def test_rivals_may_be_left_out():
    rows = [flow("t-1", 1), flow("t-2", 2)]
    assert [claim.id for claim in evidence(*rows, claims=["t-2"], rivals=False).claims] == ["t-2"]


def test_a_rival_that_is_not_known_yet_does_not_come_along():
    rows = [flow("t-1", 1), flow("t-2", 2, source_id="late")]
    sources = [source("s-1"), source("late", "2031-06-01")]
    found = evidence(*rows, claims=["t-1"], as_of="2031-05-31", sources=sources)
    assert [claim.id for claim in found.claims] == ["t-1"]


def test_a_claim_that_is_not_known_yet_is_no_evidence():
    assert evidence(flow("t-1", 1), claims=["t-1"], as_of="2031-01-01").claims == ()


def test_a_record_names_no_claim_that_is_not_known_yet():
    rows = [flow("t-1", 1, part_of="t-2"), flow("t-2", 2, source_id="late", quantity_id="q-b")]
    sources = [source("s-1"), source("late", "2031-06-01")]
    days = ("2031-05-31", "2031-06-01")
    found = [evidence(*rows, claims=["t-1"], as_of=day, sources=sources).claims[0].part_of for day in days]
    assert found == [None, "t-2"]


def test_a_record_says_what_an_annex_prints():
    row = flow("t-1", **sides("range", low=4, high=6), place_to="pass", wording="four to six", credibility="2")
    record = evidence(row, claims=["t-1"], sources=[source("s-1", reliability="B")]).claims[0]
    assert (record.shown, record.unit, record.when, record.where) == ("4–6", "items", "2031-01-01", "The Pass")
    assert (record.parties, record.item, record.claimant) == ("Freedonia to Sylvania", "mules", "The Gazette")
    assert (record.quantity_title, record.wording, record.grade) == ("Quantity A", "four to six", "B2")


def test_a_deployment_is_told_as_being_somewhere():
    d = dossier(deployments=[stock("d-1", 5)])
    assert collect_evidence(d, ["d-1"]).claims[0].parties == "Freedonia in Sylvania"


def test_what_is_not_graded_has_no_grade():
    assert evidence(flow("t-1", 1), claims=["t-1"]).claims[0].grade == ""


def test_every_source_of_every_claim_is_there_once():
    rows = [flow("t-1", 1), flow("t-2", 2)]
    assert [one.id for one in evidence(*rows, claims=["t-1", "t-2"], source_ids=["s-1"]).sources] == ["s-1"]


def test_a_source_names_the_origin_that_it_relays():
    sources = [source("s-1"), source("s-2", origin_id="s-1"), source("s-3", origin_id="s-2")]
    record = source_records(dossier(sources=sources), ["s-3"])[0]
    assert (record.origin, record.origin_name) == ("s-1", "Publisher of s-1, Title of s-1")


def test_a_source_whose_origin_is_not_known_yet_names_no_later_document():
    sources = [source("s-1", "2031-06-01"), source("s-2", origin_id="s-1")]
    record = source_records(dossier("2031-05-31", sources=sources), ["s-2"])[0]
    assert record.origin == "s-2"


def test_a_source_without_a_day_has_none():
    assert source_records(dossier(None, sources=[source("s-1", "")]), ["s-1"])[0].published == ""


def test_a_source_that_is_not_known_yet_is_left_out():
    assert source_records(dossier("2030-01-01"), ["s-1"]) == []
