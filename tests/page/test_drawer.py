"""Charts drawn by a process of their own, ahead of the page: the same drawings, and nothing told before its time."""

from __future__ import annotations

import os
import signal
from typing import Any

import freedonia as f
import pytest

from briefing.blocks.blocks import MIME
from briefing.errors import PageError
from briefing.page.drawer import Drawer, find_specs
from briefing.page.svg import clean_svg
from briefing.page.vega import compile_chart, draw_svg

CHART = f.FRONT.hero
WRONG: dict[str, Any] = {"mark": "nonsense"}


def clean(svg: str) -> str:
    return str(clean_svg(svg, anchor="chart_1", title="T", description="D"))


def test_a_drawer_draws_and_compiles_as_a_page_would_itself(drawer: Drawer) -> None:
    assert clean(drawer.draw(f.spec(300))) == clean(draw_svg(f.spec(300)))
    assert drawer.compile(f.spec(300)) == compile_chart(f.spec(300))


def test_what_was_asked_ahead_is_not_asked_again(drawer: Drawer) -> None:
    drawer.ask_ahead(f.cell(f.FRONT).outputs)
    assert CHART is not None
    drawn = drawer.ask(CHART.spec, "svg")
    assert drawer.ask(CHART.spec, "svg") is drawn and drawn.result() == drawer.draw(CHART.spec)


def test_a_chart_that_is_not_to_answer_is_not_compiled_ahead(drawer: Drawer) -> None:
    drawer.ask_ahead(f.cell(f.FRONT).outputs, answers=False)
    assert {form for form, _ in drawer._asked} == {"svg"}


def test_a_chart_that_cannot_be_drawn_is_told_where_the_page_asks_for_it_as_if_it_were_drawn_there(
    drawer: Drawer,
) -> None:
    drawer.ask(WRONG, "svg")
    with pytest.raises(ValueError) as here:
        draw_svg(WRONG)
    with pytest.raises(ValueError) as there:
        drawer.draw(WRONG)
    assert str(there.value) == str(here.value)


def test_a_process_that_was_killed_is_started_again(drawer: Drawer) -> None:
    drawn = drawer.draw(f.spec(300))
    assert drawer._process is not None
    os.kill(drawer._process.pid, signal.SIGKILL)
    assert clean(drawer.draw(f.spec(301))).startswith("<svg") and drawer.draw(f.spec(300)) == drawn


def test_a_process_that_ends_whenever_it_is_asked_holds_the_page_back() -> None:
    opened = Drawer({"PYTHONHOME": "/nowhere"})
    opened.open()
    with pytest.raises(PageError, match=r"ended twice; a chart is drawn by a process that lives\. Give it"):
        opened.draw(f.spec(300))
    opened.close()


def test_a_drawer_that_is_closed_ends_at_once_and_drops_what_it_has_not_drawn(drawer: Drawer) -> None:
    asked = [drawer.ask(f.spec(width), "svg") for width in range(300, 400)]
    drawer.close()
    assert not asked[-1].done()
    assert drawer._thread is not None and not drawer._thread.is_alive()


def test_the_charts_of_an_output_are_its_own_and_that_of_a_front_wide_and_narrow() -> None:
    assert CHART is not None and CHART.narrow is not None
    (shown,) = f.cell(f.FRONT).outputs
    assert list(find_specs(shown)) == [CHART.spec, CHART.narrow]


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stdout", "text": "98"},
        {"output_type": "display_data", "data": {"text/plain": "98"}},
        {"output_type": "display_data", "data": {MIME: {"kind": "chart", "spec": 98}}},
        {"output_type": "display_data", "data": {MIME: "98"}},
    ],
    ids=["words", "no block", "half a chart", "no mapping"],
)
def test_what_a_page_draws_no_chart_of_has_no_specifications(output: dict[str, Any]) -> None:
    assert list(find_specs(output)) == []
