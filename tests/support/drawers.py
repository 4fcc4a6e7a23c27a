"""A process that draws charts, for the tests of a page's drawings and of the press that has them drawn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefing.page.drawer import Drawer


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    """Give an open drawer."""
    opened = Drawer()
    opened.open()
    yield opened
    opened.close()
