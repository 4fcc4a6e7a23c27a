"""A second and a third dossier of other subjects go the whole way through all five notebooks, and read right."""

from __future__ import annotations

import itertools

import pytest
from whole import WHOLES, page_of

NOTEBOOKS = ("situation", "deployments", "transfers", "statements", "sourcing")
PAGES = list(itertools.product(WHOLES, NOTEBOOKS, (0, 1)))


@pytest.mark.parametrize(("dossier", "notebook", "at"), PAGES)
def test_each_notebook_becomes_a_page_of_each_dossier(dossier: str, notebook: str, at: int) -> None:
    page = page_of(dossier, notebook, at)
    assert "<h1" in page and "Belarus" not in page
