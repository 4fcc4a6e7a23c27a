"""The plan: what is made again, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.editions.catalog import Briefing, Edition
from briefing.editions.fingerprint import Inputs
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


WAIVED = {**MANIFEST, "waivers": ["waivers", "", "{}", "w1"], "waived_until": "2031-06-30"}


def waived(*, rows: str = "d1", changed: Sequence[str] = (), today: str = "2031-06-30") -> tuple[str, tuple[str, ...]]:
    """Decide about an edition whose findings have waivers; ``changed`` says whose rows are others now."""
    step = decide(
        EDITION, Facts(WAIVED, has_page=True, has_run=True), INPUTS, rows=rows, today=today,
        reread=lambda reads: [f"rows that it read changed: {read[0]}" for read in reads if read[0] in changed],
    )  # fmt: skip
    return step.action, step.why


def test_a_new_waiver_renders_without_running() -> None:
    assert waived(rows="d2", changed=["waivers"]) == ("render", ("rows that it read changed: waivers",))
    assert waived(rows="d2") == ("keep", ())


def test_a_waiver_that_has_ended_renders_the_page_anew() -> None:
    assert waived(today="2031-07-01") == ("render", ("a waiver ended on 2031-06-30",))
    assert waived() == ("keep", ())
