"""A verb that is asked wrongly says what it takes, and what to write instead."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable

import pytest
from dossiers import dossier, stock

import briefing as b
from briefing.errors import BriefingError, ClaimError, UsageError

D = b.read_example()
CHOSEN = b.choose_claims(D, quantity="lorries-sent")


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: b.contested(D), r"contested\(\) was given Dossier as claims; it takes Claims. Write choose"),
        (lambda: b.weigh(CHOSEN), r"weigh\(\) was given Claims as rivals; it takes Contested. Write contested\("),
        (lambda: b.dot_range(b.contested(CHOSEN), title="x"), "it takes Claims. Write choose"),
        (lambda: b.headline("Will it?", D), "was given str as dossier; it takes Dossier. Write read_dossier"),
        (lambda: b.say(b.contested(CHOSEN)), "it takes str. Write a text"),
        (lambda: b.choose_claims("data"), r"it takes Dossier or Claims. Write read_dossier\(...\) or choose"),
        (
            lambda: b.choose_claims(D, quantiy="lorries-sent"),
            r"choose_claims\(\) has no \"quantiy\".* Did you mean \"quantity\"",
        ),
        (
            lambda: b.choose_claims(D, "lorries-sent"),
            "too many positional .*; what has = behind it is given by its name",
        ),
        (lambda: b.claims_table(CHOSEN), r"table\(claims, caption=\): missing a required.*'caption'"),
        (lambda: f"{CHOSEN}", r"claims are no figure.* Write contested\(...\) or total"),
        (lambda: D.where("quote"), 'Did you mean "quotes"'),
        (lambda: D.where("quotes", speaker="minister"), 'is no column of quotes. Did you mean "speaker_id"'),
        (lambda: b.choose_quotes(D, target="Corvia closes strait"), 'Did you mean "Corvia closes the strait"'),
        (lambda: b.find_parts(D, "tr-005"), 'Did you mean "tr-'),
        (lambda: b.days_before("yesterday", 3), "yesterday"),
        (lambda: b.days_before("2031-12-19/..", 3), "has no last day"),
    ],
)
def test_a_verb_asked_wrongly_says_what_to_write(ask: Callable[[], object], told: str) -> None:
    with pytest.raises(BriefingError, match=told):
        ask()


@pytest.mark.parametrize("day", ["2031-12-19", dt.date(2031, 12, 19)])
def test_a_type_of_several_takes_each_of_them(day: str | dt.date) -> None:
    assert b.days_before(day, 2) == "2031-12-18/2031-12-19"


def test_a_verb_takes_a_choice_of_columns_by_any_name() -> None:
    assert len(b.revisions(D, item="lorry", counting="increment")) == 4


def test_a_verb_keeps_its_name_signature_and_words() -> None:
    assert b.choose_claims.__name__ == "choose_claims"
    assert [*inspect.signature(b.choose_claims).parameters][:3] == ["among", "claim", "quantity"]
    assert (b.choose_claims.__doc__ or "").startswith("Choose claims of a dossier")


def test_an_error_inside_a_verb_stays_what_it_is() -> None:
    with pytest.raises(UsageError, match='"lorries-snt" is in no row'):
        b.choose_claims(D, quantity="lorries-snt")


MIXED = dossier(deployments=[stock("d-1", 3), stock("d-2", 5, unit="tonnes")])


@pytest.mark.parametrize(
    "ask",
    [
        lambda claims: b.contested(claims).figure,
        b.total,
        lambda claims: b.dot_range(claims, title="Mules"),
        lambda claims: b.dated_series(claims, title="Mules"),
        lambda claims: b.weigh(b.contested(claims)),
        lambda claims: b.answer(b.contested(claims)),
        lambda claims: b.overview(claims, caption="Mules"),
        lambda claims: b.gaps(claims, caption="Gaps"),
        lambda claims: b.difference(b.contested(claims), b.contested(claims)),
    ],
)
def test_whatever_claims_do_not_support_is_told_with_their_ids(ask: Callable[[object], object]) -> None:
    with pytest.raises(ClaimError, match=r"d-[12]") as told:
        ask(b.choose_claims(MIXED, quantity="q-a"))
    assert str(told.value).count("\n") == 0


def test_of_very_many_claims_an_error_names_the_first() -> None:
    error = ClaimError("they conflict", rule="rivals agree", cure="Pick.", claims=[f"d-{n}" for n in range(40)])
    assert str(error) == "they conflict (d-0, d-1, d-2, d-3, d-4, d-5 and 34 more); rivals agree. Pick."


def test_an_error_that_names_a_claim_names_no_others() -> None:
    assert str(ClaimError("d-1 is odd", rule="none is", cure="Mend it.", claims=["d-1"])) == (
        "d-1 is odd; none is. Mend it."
    )
