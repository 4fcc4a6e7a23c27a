"""Orders are done, and what came of them says what went wrong; a lone press has its charts drawn meanwhile."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from faults import PATIENCE, wait_until
from notebooks import notebook_text

from briefing.engine.environment import ensure_home, name_environment
from briefing.page.drawer import Drawer
from briefing.press.orders import Order, do_order, pack, say_cure, unpack_plain
from briefing.press.pool import Pool


def test_an_order_that_cannot_be_done_says_so_in_what_came_of_it() -> None:
    made = do_order(Order("run", "tiny", "tiny.ipynb", {}, source="no notebook"))
    assert (made.status, made.page) == ("failed", b"") and made.reasons[0].startswith("tiny.ipynb: ")


def order_of(*cells: str, data: Path, **options: Any) -> Order:
    source, environment = notebook_text(*cells), name_environment(data=data)
    return Order("run", "tiny", "tiny.ipynb", environment, source=source, folder=str(data), time_limit=60, **options)


#: A cell that shows a chart; its specification stands for ``%s``.
CHARTED = """from briefing.blocks.blocks import Chart, Column, TableData
rows = TableData(columns=(Column(name="Mules"),), rows=((("98",),),))
Chart(title="Mules", spec=%s, description="Mules. One.", source_line="As of any day", data=rows)"""
SPEC = {"mark": "point", "data": {"values": [{"x": 98}]}, "encoding": {"x": {"field": "x", "type": "quantitative"}}}


def test_a_chart_is_drawn_while_a_later_cell_runs(small: Path, tmp_path: Path, drawer: Drawer) -> None:
    seen = tmp_path / "seen"
    waits = f"import pathlib, time\nwhile not pathlib.Path({str(seen)!r}).exists(): time.sleep(0.01)"

    def look() -> None:
        wait_until(lambda: any(asked.done() for asked in list(drawer._asked.values())))
        seen.touch()

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    made = do_order(order_of(CHARTED % SPEC, waits, data=small), drawer)
    looking.join(PATIENCE)
    assert made.status == "made" and b"<svg" in made.page
    assert len(drawer._asked) == 2  # drawn and compiled, each once


def test_a_page_is_the_same_whoever_draws_its_charts(small: Path, drawer: Drawer) -> None:
    order = order_of(CHARTED % SPEC, data=small)
    assert do_order(order, drawer).page == do_order(order).page


def test_a_chart_that_cannot_be_drawn_is_told_once_and_alike_whoever_draws(
    small: Path, drawer: Drawer, capfd: pytest.CaptureFixture[str]
) -> None:
    order = order_of(CHARTED % {"mark": "nonsense"}, data=small)
    made, here = do_order(order, drawer), do_order(order)
    assert (made.status, made.reasons) == (here.status, here.reasons) and made.status == "failed"
    assert "Traceback" not in capfd.readouterr().err


def test_a_chart_that_was_drawn_for_a_run_that_fails_is_in_no_other_page(small: Path, drawer: Drawer) -> None:
    made = do_order(order_of(CHARTED % SPEC, "1 / 0", data=small), drawer)
    assert made.status == "failed" and "ZeroDivisionError" in made.reasons[0]
    assert b"<svg role" not in do_order(order_of("## What is known", data=small), drawer).page


def test_a_page_of_the_last_run_is_drawn_alike(small: Path, drawer: Drawer) -> None:
    order = order_of(CHARTED % SPEC, data=small)
    made = do_order(order, drawer)
    again = do_order(replace(order, action="render", before=made.run, reads=made.reads), drawer)
    assert again.page == made.page


def test_a_worker_that_died_and_cannot_be_replaced_is_an_error_for_each_who_asks(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[OSError] = []

    def ask(pool: Pool) -> None:
        try:
            pool.do(Order("run", "tiny", "tiny.ipynb", {}, "{}"))
        except OSError as error:
            raised.append(error)

    with Pool(1, data=small, environment=name_environment(), apart=True) as pool:
        pool._workers[0].close()
        monkeypatch.setattr(sys, "executable", "/nowhere")
        for asking in [threading.Thread(target=ask, args=[pool], daemon=True) for _ in range(2)]:
            asking.start()
            asking.join(PATIENCE / 10)
    assert [error.filename for error in raised] == ["/nowhere"] * 2


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("echo 'no module named hay' >&2; exit 3", "ended with exit code 3 (no module named hay), twice"),
        ("exit 3", "ended with exit code 3 (it said nothing), twice"),
        ("kill -KILL $$", "was killed, as the system does where memory is short, twice"),
        ("kill -SEGV $$", "died of SIGSEGV (it said nothing), twice"),
    ],
)
def test_what_a_worker_died_of_is_told_and_memory_is_blamed_for_no_other_death(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, words: str
) -> None:
    (tmp_path / "python").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (tmp_path / "python").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with Pool(2, data=tmp_path, environment={}) as pool:
        (reason,) = pool.do(Order("run", "tiny", "tiny.ipynb", {})).reasons
    assert words in reason and ("memory" in reason) == ("-KILL" in script)


@pytest.mark.parametrize(("number", "cure"), [(24, "ulimit -n"), (28, "TMPDIR"), (13, "Allow it"), (11, "--jobs")])
def test_what_the_system_refuses_is_told_with_a_cure_of_its_own(number: int, cure: str) -> None:
    assert cure in say_cure(OSError(number, "no"))


def test_a_user_without_a_home_is_given_a_private_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/astrid")
    ensure_home(tmp_path)
    assert os.environ["HOME"] == "/home/astrid"
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)  # as it is where no list of users knows this one
    ensure_home(tmp_path)
    assert name_environment()["HOME"] == str(tmp_path)


def test_a_packed_run_is_read_in_plain_values() -> None:
    assert unpack_plain(pack({"cells": []})) == {"cells": []}
    with pytest.raises(ValueError, match="no notebook"):
        unpack_plain(pack([1]))
