"""The plan: what is made again, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.press.catalog import Briefing, Edition
from briefing.press.digest import Inputs
from briefing.press.plan import Facts, Step, decide

EDITION = Edition("tiny/2031-04-12.html", Briefing("tiny", Path("tiny.ipynb")), {"as_of": "2031-04-12"})
INPUTS = Inputs(run={"notebook": "n1", "pandas": "3.1"}, page={"template": "t1"})
MANIFEST = {"run_inputs": INPUTS.run, "page_inputs": INPUTS.page, "rows": "d1", "reads": [["quotes", "", "{}", "r1"]]}


def same_rows(reads: Sequence[Sequence[str]]) -> list[str]:
    return []


def other_rows(reads: Sequence[Sequence[str]]) -> list[str]:
    return [f"rows that it read changed: {reads[0][0]}"]


def decided(facts: Facts, inputs: Inputs = INPUTS, rows: str = "d1", same: bool = True) -> tuple[str, tuple[str, ...]]:
    step: Step = decide(EDITION, facts, inputs, rows=rows, reread=same_rows if same else other_rows)
    return step.action, step.why


GOOD = Facts(MANIFEST, has_page=True, has_run=True)


def test_nothing_changed_and_nothing_is_done() -> None:
    assert decided(GOOD) == ("keep", ())


def test_an_edition_that_was_never_built_is_run() -> None:
    assert decided(Facts()) == ("run", ("it was never built",))


def test_an_edition_that_failed_is_run_again() -> None:
    assert decided(Facts(MANIFEST, True, True, {"status": "held"})) == ("run", ("it held last time",))


@pytest.mark.parametrize(("name", "value"), [("notebook", "n2"), ("pandas", "3.2"), ("library", "new")])
def test_what_a_run_is_made_from_is_named_when_it_changed(name: str, value: str) -> None:
    assert decided(GOOD, Inputs({**INPUTS.run, name: value}, INPUTS.page)) == ("run", (f"{name} changed",))


def test_a_new_template_renders_without_running() -> None:
    assert decided(GOOD, Inputs(INPUTS.run, {"template": "t2"})) == ("render", ("template changed",))


def test_a_page_that_was_changed_on_the_disk_is_rendered_again() -> None:
    assert decided(Facts(MANIFEST, False, True)) == ("render", ("its page is missing or was changed",))


def test_without_the_last_run_rendering_is_running() -> None:
    action, why = decided(Facts(MANIFEST, False, False))
    assert action == "run" and "its last run is missing or damaged" in why


def test_an_edit_of_rows_that_it_never_read_changes_nothing() -> None:
    assert decided(GOOD, rows="d2", same=True) == ("keep", ())


def test_an_edit_of_rows_that_it_read_runs_it() -> None:
    assert decided(GOOD, rows="d2", same=False) == ("run", ("rows that it read changed: quotes",))
