"""Which cell a kernel had begun when it ended: what it says of one may die with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.engine.begun import find_begun


@pytest.mark.parametrize(("noted", "cell"), [("00000002", 3), ("00000009", 7), ("00000000", 1), ("", 1)])
def test_the_cell_that_a_kernel_noted_is_found_among_those_that_were_sent(
    tmp_path: Path, noted: str, cell: int
) -> None:
    (tmp_path / "begun").write_text(noted, encoding="ascii")
    assert find_begun(tmp_path, [1, 3, 7], known=1) == cell
