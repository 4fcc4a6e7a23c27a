"""What is saved while a build runs: the page tells what it was made from, and the next plan that it is stale."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import PATIENCE
from norway import ROWS, csv_text, write_dossier
from notebooks import notebook_text

from briefing.editions.catalog import list_editions, read_catalog
from briefing.press.build import Options, build
from briefing.press.plan import Step, plan_build

#: A cell that stops until somebody has saved a file: to open a pipe is to wait for whoever writes to it.
WAIT = "from pathlib import Path\nsaved = Path('../saved').read_text()"
READ = "import briefing as b\nd = b.read_dossier(as_of=as_of)"
LORRIES = "b.claims_table(b.choose_claims(d, item='lorry'), caption='Sent in April 2031')"
SAID = "from briefing.blocks.blocks import Prose\nProse(text=(' / '.join(d.quotes['text']),))"


class Desk:
    """A press whose one notebook waits in the middle of its run until something was saved."""

    def __init__(self, notebook: Path, data: Path) -> None:
        self.notebook, self.data, self.out = notebook, data, notebook.parent.parent / "reports"
        self.catalog = notebook.parent / "briefings.toml"
        self.catalog.write_text('[[briefing]]\nnotebook = "tiny"\n', encoding="utf-8")
        os.mkfifo(notebook.parent.parent / "saved")

    def save_meanwhile(self, save: Callable[[], object], **options: object) -> str:
        """Build, and save something while the notebook runs; give the page."""

        def wait_and_save() -> None:
            with (self.notebook.parent.parent / "saved").open("w"):
                save()

        desk = threading.Thread(target=wait_and_save, daemon=True)
        desk.start()
        editions = list_editions(read_catalog(self.catalog), data=self.data)
        (outcome,) = build(editions, data=self.data, out=self.out, options=Options(**options))
        assert outcome.status == "published", outcome.reasons
        desk.join(PATIENCE)
        return outcome.path.read_text()

    def plan(self) -> Step:
        (step,) = plan_build(list_editions(read_catalog(self.catalog), data=self.data), out=self.out, data=self.data)
        return step


@pytest.fixture
def lay_out(write_notebook: Callable[..., Path], small: Path) -> Callable[..., Desk]:
    return lambda *cells: Desk(write_notebook(*cells), small)


@pytest.mark.parametrize("options", [{}, {"force": True}, {"jobs": 2}], ids=["build", "render", "side by side"])
def test_a_notebook_saved_during_its_run_is_stale(lay_out: Callable[..., Desk], options: dict[str, object]) -> None:
    desk = lay_out(WAIT, READ, SAID)
    new = notebook_text(READ, "# Anew", SAID)
    page = desk.save_meanwhile(lambda: desk.notebook.write_text(new, encoding="utf-8"), **options)
    assert "Anew" not in page
    assert (desk.plan().action, desk.plan().why) == ("run", ("notebook changed",))


def test_a_notebook_saved_before_its_turn_runs_as_it_was_planned(lay_out: Callable[..., Desk]) -> None:
    desk = lay_out(READ, SAID)
    desk.catalog.write_text('[[briefing]]\nnotebook = "tiny"\nwindow = [1, 2]\n', encoding="utf-8")
    editions = list_editions(read_catalog(desk.catalog), data=desk.data)
    new = notebook_text(READ, "# Anew", SAID)
    build(editions, data=desk.data, out=desk.out, tell=lambda made: desk.notebook.write_text(new, encoding="utf-8"))
    assert "Anew" not in "".join(page.read_text() for page in desk.out.rglob("*.html"))
    steps = plan_build(editions, out=desk.out, data=desk.data)
    assert [step.why for step in steps] == [("notebook changed",)] * 2


def test_a_row_saved_during_the_run_is_stale(lay_out: Callable[..., Desk], edit: Callable[..., Path]) -> None:
    desk = lay_out(WAIT, READ, SAID)
    page = desk.save_meanwhile(lambda: edit("quotes", "q-1", text="We have sent little."))
    assert "We have sent nothing." in page
    assert desk.plan().why == ("rows that it read changed: quotes as of 2031-04-12",)


def test_a_row_that_was_read_and_taken_back_is_stale(lay_out: Callable[..., Desk], edit: Callable[..., Path]) -> None:
    desk = lay_out(WAIT, READ.replace("as_of=", "'../data', as_of="), SAID)
    assert "We have sent little." in desk.save_meanwhile(lambda: edit("quotes", "q-1", text="We have sent little."))
    assert desk.plan().action == "keep"
    (desk.data / "quotes.csv").write_text(csv_text("quotes", ROWS["quotes"]), encoding="utf-8", newline="")
    assert desk.plan().why == ("rows that it read changed: quotes as of 2031-04-12",)


def test_a_row_saved_between_two_readings_is_stale(lay_out: Callable[..., Desk], edit: Callable[..., Path]) -> None:
    again = READ.replace("as_of=", "'../data', as_of=")
    desk = lay_out(again, SAID, WAIT, again, SAID)
    desk.save_meanwhile(lambda: edit("quotes", "q-1", text="We have sent little."))
    assert desk.plan().why == ("rows that it read changed: quotes as of 2031-04-12",)


def test_a_waiver_saved_during_the_run_is_stale(lay_out: Callable[..., Desk]) -> None:
    desk = lay_out(WAIT, READ, LORRIES)
    tables = ROWS | {"transfers": [dict(ROWS["transfers"][0], wording="at least 20 lorries")]}
    waiver = {"rule": "F17", "subject": "t-1", "reason": "As printed", "by": "norway", "expires": "2999-01-01"}
    write_dossier(desk.data, tables)
    assert "(waived: As printed)" not in desk.save_meanwhile(
        lambda: write_dossier(desk.data, tables | {"waivers": [waiver]})
    )
    assert desk.plan().action == "render"
    assert desk.plan().why[0].startswith("rows that it read changed: waivers where subject")
