"""The licences of what a page carries are on the page: each asks to be where its code is."""

from __future__ import annotations

import json
import re

import freedonia as f
import pytest

from briefing.page.exporter import render_page
from briefing.page.vega import make_bundle

LICENCES = re.compile(r'<script type="application/json" id="chart_licences">(.*?)</script>')


def test_a_page_that_carries_vega_carries_the_licences_of_vega_and_of_what_it_contains() -> None:
    (told,) = LICENCES.findall(render_page(f.freedonia()))
    text = " ".join(json.loads(told))
    assert "University of Washington Interactive Data Lab" in text and "Mike Bostock" in text
    assert "Redistributions in binary form must reproduce" in text and "this permission notice appear" in text


def test_a_page_without_vega_carries_no_licence_of_its() -> None:
    assert LICENCES.findall(render_page(f.freedonia(), interactive=False)) == []


@pytest.mark.parametrize("name", ["vega-lite", "vega-embed"])
def test_no_page_carries_what_has_no_licence_on_it(name: str) -> None:
    assert name not in make_bundle().lower()
