"""Which cells a waiting kernel may have run although the dossier changes."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell

from briefing.preview.kernels import count_plain

IMPORTS, ASKED = "from datetime import date\nimport briefing as b", 'as_of: date = "2031-12-19"  # the day\nwindow = 90'
READS = "d = b.read_dossier(as_of=as_of)"


@pytest.mark.parametrize(
    ("cells", "number"),
    [
        ((IMPORTS, ASKED, READS, "x = 1"), 2),
        ((READS,), 0),
        ((IMPORTS, "x = open('rows.csv')"), 1),
        ((IMPORTS, "1 +"), 1),
        ((IMPORTS, "b.read_dossier()"), 1),
        ((), 0),
    ],
)
def test_imports_and_plain_values_read_no_row_and_everything_else_may(cells: tuple[str, ...], number: int) -> None:
    assert count_plain([new_code_cell(cell) for cell in cells]) == number
