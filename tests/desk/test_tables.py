from dossiers import dossier, flow, sides, source, stock

from briefing.blocks.blocks import Cited
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.tables import claims_table


def shown(*rows, column="Figure", **tables):
    """Give a column of the table of some transfers."""
    data = claims_table(choose_claims(dossier(transfers=list(rows), **tables)), caption="Sent").data
    at = [one.name for one in data.columns].index(column)
    return ["".join(s if isinstance(s, str) else s.text for s in row[at]) for row in data.rows]


def test_a_table_has_a_row_for_each_claim_and_names_it():
    block = claims_table(choose_claims(dossier(transfers=[flow("t-1", 5), flow("t-2", 6)])), caption="Sent")
    assert (block.caption, block.data.ids, len(block.data.rows)) == ("Sent", ("t-1", "t-2"), 2)


def test_a_row_says_when_who_how_much_of_what_and_in_which_words():
    row = claims_table(choose_claims(dossier(transfers=[flow("t-1", 5, period="2031-01")])), caption="Sent").data.rows[
        0
    ]
    figure = Cited(text="5", claims=("t-1",))
    who, origin = ("The Gazette",), ("Publisher of s-1",)
    assert row == (("January 2031",), who, (figure,), ("items",), ("delivered",), origin, ("[t-1]",))


def test_a_claim_that_is_relayed_names_its_origin_and_who_carries_it():
    told = [source("s-1", origin_id="s-2"), source("s-2")]
    assert shown(flow("t-1", 5), column="Origin", sources=told) == ["Publisher of s-2, via Publisher of s-1"]


def test_the_grade_is_the_sources_letter_and_the_claims_digit():
    told = [source("s-1", reliability="B", reliability_basis="Counts"), source("s-2")]
    rows = [flow("t-1", 5, credibility="2", credibility_basis="Seen"), flow("t-2", 6, source_id="s-2")]
    assert shown(*rows, column="Grade", sources=told) == ["B2", ""]


def test_what_is_counted_is_told_where_several_things_are():
    assert shown(flow("t-1", 5), flow("t-2", 6, item="goat"), column="What") == ["mules", "goats"]


def test_figures_keep_their_hedges():
    rows = [flow("t-1", **sides("at_least", low=94)), flow("t-2", **sides("range", low=36, high=44)), flow("t-3")]
    assert sorted(shown(*rows)) == ["36–44", "not quantified", "≥ 94"]


def test_claims_of_one_day_stand_in_the_order_of_their_bounds():
    rows = [flow("t-1", 9), flow("t-2", **sides("at_least", low=4)), flow("t-3", **sides("about", best=6))]
    assert shown(*rows) == ["≥ 4", "~6", "9"]


def test_a_claim_without_a_number_stands_behind_those_that_have_one():
    assert shown(flow("t-1"), flow("t-2", 9), flow("t-3", **sides("at_most", high=4))) == ["≤ 4", "9", "not quantified"]


def test_claims_of_different_days_stand_in_order_of_time():
    assert shown(flow("t-1", 9, period="2031-02"), flow("t-2", 20, period="2031-01-05")) == ["20", "9"]


def test_every_row_has_a_cell_for_every_column():
    data = claims_table(
        choose_claims(dossier(deployments=[stock("d-1")], transfers=[flow("t-1", 5)])), caption="All"
    ).data
    assert {len(row) for row in data.rows} == {len(data.columns)}


def test_a_table_carries_the_rivals_of_its_claims_as_evidence():
    d = dossier(transfers=[flow("t-1", 5), flow("t-2", 6, status="denied")])
    block = claims_table(choose_claims(d, status="delivered"), caption="Sent")
    assert [claim.id for claim in block.evidence.claims] == ["t-1", "t-2"]


def test_a_table_of_nothing_is_a_note_that_nothing_is_known():
    block = claims_table(choose_claims(dossier("2030-01-01", transfers=[flow("t-1", 5)])), caption="Sent")
    assert (block.label, block.text) == ("Nothing known", ("Sent: no claim is known on this day.",))
