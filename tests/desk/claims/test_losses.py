"""Losses: chosen by side and kind, told as losses, and never added across kinds."""

import pytest
from dossiers import dossier, flow, loss, sides, stock

from briefing.blocks.blocks import Note, Table
from briefing.charts.tips import claim_tip
from briefing.desk.claims.claims import by_quantity, choose_claims, lone_origins
from briefing.desk.claims.losses import losses
from briefing.desk.claims.overview import gaps, overview
from briefing.desk.claims.scopes import find_neighbours
from briefing.desk.claims.sums import total
from briefing.desk.claims.tables import lay_out_claims
from briefing.desk.evidence import collect_evidence
from briefing.errors import ClaimError, UsageError

KILLED = loss("l-1", 30)
WOUNDED = loss("l-2", 90, kind="wounded", quantity_id="q-b")
THEIRS = loss("l-3", 4, side="freedonia", item="mule", unit="items", kind="destroyed", quantity_id="q-c")
WAR = {"losses": [KILLED, WOUNDED, THEIRS], "transfers": [flow("t-1", 7)], "deployments": [stock("d-1", 5)]}


def cells(table):
    """Give a table's names of columns, and the words of its rows."""
    rows = [tuple("".join(span if isinstance(span, str) else span.text for span in cell) for cell in row)
            for row in table.rows]  # fmt: skip
    return [column.name for column in table.columns], rows


# --- choosing ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ("l-1", "l-2", "l-3")),
        ({"side": "sylvania"}, ("l-1", "l-2")),
        ({"side": ["sylvania", "freedonia"], "kind": ["killed", "destroyed"]}, ("l-1", "l-3")),
        ({"kind": "captured"}, ()),
        ({"during": "2032"}, ()),
    ],
)
def test_losses_are_chosen_by_side_kind_and_time(asked, found):
    assert losses(dossier(**WAR), **asked).ids == found


def test_losses_are_chosen_among_claims_that_were_chosen_before():
    claims = choose_claims(dossier(**WAR), quantity=["q-a", "q-c"])
    assert losses(claims).ids == ("l-1", "l-3")


def test_a_dossier_without_losses_has_none():
    assert losses(dossier(transfers=[flow("t-1", 7)])).ids == ()


@pytest.mark.parametrize("asked", [{"kind": "kiled"}, {"side": "sylvana"}])
def test_a_kind_or_side_that_is_none_is_told_with_the_nearest(asked):
    with pytest.raises(UsageError, match=r"killed|sylvania"):
        losses(dossier(**WAR), **asked)


# --- told as losses ---------------------------------------------------------------------------------------------


def test_a_record_says_whose_loss_it_is_and_how_it_was_lost():
    told = collect_evidence(dossier(**WAR), ["l-1", "t-1", "d-1"]).claims
    parties = {record.id: record.parties for record in told}
    assert parties["l-1"] == "Sylvania's loss, killed"
    assert (parties["t-1"], parties["d-1"]) == ("Freedonia to Sylvania", "Freedonia in Sylvania")


@pytest.mark.parametrize(("status", "is_lost"), [("delivered", True), ("present", True), ("denied", False)])
def test_the_status_of_a_loss_is_told_where_it_is_none(status, is_lost):
    (record,) = collect_evidence(dossier(losses=[loss("l-1", 30, status=status)]), ["l-1"]).claims
    assert record.is_lost is is_lost


def test_a_chart_answers_with_the_loss():
    claims = losses(dossier(**WAR), kind="killed")
    assert claim_tip(claims, claims.each[0])["Loss"] == "Sylvania's loss, killed"
    moved = choose_claims(dossier(**WAR), claim="t-1")
    assert "Loss" not in claim_tip(moved, moved.each[0])


def test_a_table_of_claims_names_side_and_kind_and_no_status_of_what_was_lost():
    names, rows = cells(lay_out_claims(losses(dossier(**WAR), side="sylvania")))
    assert names[2:6] == ["Whose loss", "Kind of loss", "Figure", "Unit"]
    assert {row[2:5] for row in rows} == {("Sylvania", "killed", "30"), ("Sylvania", "wounded", "90")}
    assert "Status" not in names


def test_a_table_without_losses_has_no_column_for_them():
    names, _ = cells(lay_out_claims(choose_claims(dossier(**WAR), claim=["t-1", "d-1"])))
    assert "Status" in names
    assert not {"Whose loss", "Kind of loss"} & set(names)


def test_a_denied_loss_is_told_as_denied():
    denied = loss("l-2", 90, status="denied", claimant_id="firefly")
    names, rows = cells(overview(losses(dossier(losses=[KILLED, denied])), caption="Losses").data)
    assert {row[names.index("Status")] for row in rows} == {"", "denied"}


def test_the_overview_names_side_and_kind_of_each_loss():
    names, rows = cells(overview(losses(dossier(**WAR)), caption="Losses").data)
    assert names[:3] == ["What is counted", "Whose loss", "Kind of loss"]
    assert {row[1:3] for row in rows} == {("Sylvania", "killed"), ("Sylvania", "wounded"), ("Freedonia", "destroyed")}


def test_an_open_side_of_a_loss_stays_open():
    names, rows = cells(overview(losses(dossier(losses=[loss("l-1", **sides("at_least", low=30))])), caption="").data)
    assert rows[0][names.index("Figure")] == "≥ 30"


@pytest.mark.parametrize(("if_any", "shown"), [(True, type(None)), (False, Note)])
def test_nothing_is_shown_of_losses_that_nobody_claims_where_that_is_asked(if_any, shown):
    assert type(overview(losses(dossier()), caption="Losses", if_any=if_any)) is shown


def test_a_gap_names_the_loss():
    table = gaps(losses(dossier(losses=[loss("l-1")])), caption="Gaps")
    assert isinstance(table, Table)
    assert table.data.rows[0][0] == ("Quantity A (Sylvania's loss, killed)",)


# --- kinds are kept apart ---------------------------------------------------------------------------------------


def test_killed_and_wounded_are_no_rivals_though_a_row_puts_them_in_one_quantity():
    claims = losses(dossier(losses=[KILLED, WOUNDED | {"quantity_id": "q-a"}]))
    assert sorted(group.ids for group in by_quantity(claims)) == [("l-1",), ("l-2",)]
    assert lone_origins(claims) == {"q-a": "s-1"}


@pytest.mark.parametrize("other", [WOUNDED, loss("l-2", 9, kind="casualties", quantity_id="q-b")])
def test_two_kinds_of_loss_are_never_added(other):
    with pytest.raises(ClaimError, match="a sum has one kind of loss") as refused:
        total(losses(dossier(losses=[KILLED, other])))
    assert refused.value.id == "F07"


def test_a_loss_is_never_added_to_what_was_sent():
    sent = flow("t-1", 7, unit="persons", counting="cumulative", quantity_id="q-b")
    with pytest.raises(ClaimError, match="F07"):
        total(choose_claims(dossier(losses=[KILLED], transfers=[sent])))


def test_losses_of_one_kind_are_added():
    claims = losses(dossier(losses=[KILLED, loss("l-2", 9, side="freedonia", quantity_id="q-b")]))
    assert total(claims).words == "39"


def test_another_kind_of_loss_is_no_other_scope_of_the_same_thing():
    d = dossier(losses=[KILLED, WOUNDED, loss("l-3", 50, period="2031", quantity_id="q-c")])
    assert find_neighbours(choose_claims(d, quantity="q-a")).ids == ("l-3",)
