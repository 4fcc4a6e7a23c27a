"""How figures are made, in fields: what checks, the page and the press go by."""

from __future__ import annotations

import pytest
from dossiers import dossier, flow, stock

import briefing as b
from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import Contested
from briefing.desk.claims.sums import Parts


def flows(*rows: dict[str, object]) -> Claims:
    return b.choose_claims(dossier(transfers=list(rows)))


def rivals(*rows: dict[str, object]) -> Contested:
    return b.contested(flows(*rows))


def parts() -> Parts:
    """Hold 60 and 50 against a whole of 100."""
    held = [flow("t-1", 60, quantity_id="q-b", part_of="t-0"), flow("t-2", 50, quantity_id="q-c", part_of="t-0")]
    return b.find_parts(dossier(transfers=[flow("t-0", 100), *held]), "t-0")


def test_one_claim_is_made_of_nothing() -> None:
    assert b.total(flows(flow("t-1", 20))).made is None
    assert rivals(flow("t-1", 20)).figure.made is None


def test_a_sum_names_what_it_adds() -> None:
    figure = b.total(flows(flow("t-1", 20), flow("t-2", 25, quantity_id="q-b")))
    assert figure.made == Made(kind="sum", parts=("t-1", "t-2"))


def test_a_sum_names_what_it_leaves_out_as_a_part_of_another() -> None:
    figure = b.total(flows(flow("t-1", 20), flow("t-2", 5, quantity_id="q-b", part_of="t-1")))
    assert figure.made == Made(kind="sum", parts=("t-1",), left_out=("t-2",))


def test_a_sum_of_what_may_be_one_thing_names_the_twin() -> None:
    made = b.total(flows(flow("t-1", 20), flow("t-2", 20, same_as_candidate="t-1"))).made
    assert made is not None
    assert (made.kind, made.parts, len(made.twins), made.spans_twins) == ("sum", ("t-1", "t-2"), 1, True)


def test_the_sum_of_parts_names_the_whole_that_it_is_held_against() -> None:
    assert parts().figure.made == Made(kind="sum", parts=("t-1", "t-2"), wholes=("t-0",))


def test_an_excess_is_a_difference() -> None:
    assert parts().excess.made == Made(kind="difference", parts=("t-1", "t-2"), wholes=("t-0",))


@pytest.mark.parametrize(
    ("second", "made"),
    [
        (98, Made(kind="rivals", origins=1, is_alike=True)),
        (99, Made(kind="rivals", origins=1, is_range=True)),
    ],
)
def test_rivals_say_whether_they_are_alike_and_whether_one_number_fits(second: float, made: Made) -> None:
    assert rivals(flow("t-1", 98), flow("t-2", second)).figure.made == made


def test_counts_of_several_dates_are_a_series() -> None:
    counts = [stock("t-1", 98), stock("t-2", 99, date="2031-02-09")]
    contested = b.contested(b.choose_claims(dossier(deployments=counts)))
    assert contested.figure.made == Made(kind="rivals", origins=1, is_range=True, is_series=True)
    assert contested.latest.made == Made(kind="newest", is_series=True)


def test_what_no_claim_states_says_so() -> None:
    assert b.total(flows()).made == Made(kind="unstated")


def test_a_figure_in_a_sentence_keeps_how_it_was_made() -> None:
    figure = b.total(flows(flow("t-1", 20), flow("t-2", 25, quantity_id="q-b")))
    span = b.say(f"They sent {figure}.").text[1]
    assert not isinstance(span, str)
    assert (span.made, span.how) == (figure.made, "")
