import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from briefing.dossier.cells import Count, Id, QuotationCell, TextCell, Url, WordingCell
from briefing.dossier.fit import are_fit

KINDS = {"ids": Id, "numbers": Count, "texts": TextCell, "wordings": WordingCell, "quotations": QuotationCell}

filled = st.lists(
    st.text(alphabet="ab-0 9.,\n\u00a0\u200bя\ue000", min_size=1, max_size=5) | st.from_regex(r"[a-z0-9-]{1,3}\n?"),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("kind", KINDS)
@given(cells=filled)
def test_cells_that_fit_in_one_look_fit_one_by_one(kind, cells):
    try:
        values = TypeAdapter(list[KINDS[kind]]).validate_python(cells)
    except ValidationError:
        values = None
    assert values is not None or not are_fit(cells, KINDS[kind])


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (Id, ["a-1", "0"]),
        (Count, ["0", "12000"]),
        (TextCell, ["Пять \u00ab\u0442\u0430\u043d\u043a\u043e\u0432\u00bb", "five tanks"]),
        (WordingCell, ["y" * 200]),
    ],
)
def test_plain_cells_fit_in_one_look(kind, cells):
    assert are_fit(cells, kind)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Id, "A"), (Id, "a\nb"), (Id, "a" * 101), (Count, "1.500"), (Count, "-1"), (Count, "9" * 16), (Count, "１２"),
        (TextCell, " a"), (TextCell, "a\u00a0"), (TextCell, "a\u200bb"), (WordingCell, "y" * 201), (Url, "nowhere"),
    ],
)  # fmt: skip
def test_a_cell_that_may_not_fit_is_left_to_be_looked_at_by_itself(kind, cell):
    assert not are_fit(["1", cell, "2"], kind)
