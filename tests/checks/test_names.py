"""Verbs and ids in notebooks: those that do not exist are named, with the nearest."""

from __future__ import annotations

import ast

import pytest
from dossiers import dossier, flow, quote

from briefing.checks.names import check_names, find_strange_ids, find_strange_verbs

NOTEBOOK_DOSSIER = dossier(transfers=[flow("t-1", 3)], quotes=[quote("q-1")])


def cells(*sources: str) -> list[tuple[int, ast.Module]]:
    return list(enumerate(map(ast.parse, sources), 1))


@pytest.mark.parametrize(
    ("source", "cure"),
    [
        ("b.chose_claims(d)", 'Did you mean "choose_claims"?'), ("b.say(b.totl(c))", 'Did you mean "total"?'),
        ("from briefing import quotation", 'Did you mean "quotations"?'),
    ],
)  # fmt: skip
def test_a_verb_that_is_not_there_is_named_with_the_nearest(source: str, cure: str) -> None:
    ((at, what, told),) = find_strange_verbs(cells("import briefing as b", source))
    assert (at, told) == (2, cure) and "is not in the vocabulary" in what


@pytest.mark.parametrize("source", ["b.say('x')", "other.chose_claims(d)", "claims.chose_claims", "d.transfers"])
def test_verbs_that_are_there_and_names_of_others_are_good(source: str) -> None:
    assert list(find_strange_verbs(cells("import briefing as b", source))) == []


@pytest.mark.parametrize(
    ("source", "cure"),
    [
        ("b.choose_claims(d, quantity='q-aa')", 'Did you mean "q-'),
        ("b.choose_claims(d, item=['mule', 'mul'])", '"mule"'),
        ("b.choose_claims(d, claimant='The Gazette')", 'Write "gazette"'), ("b.find_parts(d, 't-2')", '"t-1"'),
        ("b.find_parts(d, 't-1', instead={'t-1': 't-9'})", '"t-1"'),
        ("b.denials(d, speaker='firefli')", '"firefly"'),
        ("b.choose_quotes(d, topic='wart')", '"war"'), ("d.where('quotes', speaker_id='firefli')", '"firefly"'),
        ("who: str = 'gazete'  # who\nb.choose_claims(d, claimant=who)", '"gazette"'),
    ],
)  # fmt: skip
def test_an_id_that_is_in_no_row_is_named_with_the_nearest(source: str, cure: str) -> None:
    ((at, what, told),) = find_strange_ids(cells(source), NOTEBOOK_DOSSIER)
    assert at == 1 and cure in told and " of no " in what


@pytest.mark.parametrize(
    "source",
    [
        "b.choose_claims(d, quantity='q-a', item=('mule', 'goat'), unit='items', place='pass')",
        "b.choose_claims(d, claimant=None, giver=chosen)", "b.find_parts(d, 't-1')", "b.say('t-9', otherwise='q-z')",
        "b.choose_claims(d, status='present', during='2031')", "b.choose_claims(d, item='')",
    ],
)  # fmt: skip
def test_ids_of_rows_and_words_that_are_no_ids_are_good(source: str) -> None:
    assert list(find_strange_ids(cells(source), NOTEBOOK_DOSSIER)) == []


def test_the_cell_is_named_and_a_line_that_is_no_python_is_left_to_its_own_rule() -> None:
    sources = ["import briefing as b", "b.say(", "b.sya('x')\nb.choose_claims(d, item='mool')"]
    notebook = {"cells": [{"cell_type": "code", "source": source} for source in sources]}
    found = check_names("n.ipynb", notebook, dossier=NOTEBOOK_DOSSIER)
    assert [(one.id, one.row) for one in found] == [("N15", 3), ("N16", 3)]
    assert [one.id for one in check_names("n.ipynb", notebook, dossier=None)] == ["N15"]
