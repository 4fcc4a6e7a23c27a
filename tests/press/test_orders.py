"""Orders and what came of them travel as one line each, and arrive as they were sent."""

from __future__ import annotations

import io
import os
import sys
import threading
from pathlib import Path

import pytest
from faults import PATIENCE

from briefing.engine.environment import ensure_home, name_environment
from briefing.press.orders import (
    Delivery,
    Order,
    decode,
    do_order,
    encode,
    pack,
    receive,
    say_cure,
    send,
    unpack_plain,
)
from briefing.press.pool import Pool

ORDER = Order(
    "run", "tiny/2031-04-12", "tiny.ipynb", {"LANG": "C"}, "{}", values={"window": 30, "exact": True, "of": None},
    time_limit=1.5, before=b"\x00\xff", options={"budget": {"raw": 9, "gzipped": 5}},
)  # fmt: skip
MADE = Delivery(
    "made", remarks=(("info", "F11", "cell 3", "line\nbreak"),),
    reads=(("claims", "2031-04-12", "{}", "ab"),), waivers=("waivers", "", "{}", "c"),
    cover={"question": "Is it so?"}, page="Łukašenka".encode(), run=b"\n\x00",
)  # fmt: skip


@pytest.mark.parametrize("sent", [ORDER, MADE, Delivery("failed", ("\ud800",))], ids=["order", "made", "no character"])
def test_what_is_sent_arrives_as_it_was(sent: Order | Delivery) -> None:
    assert decode(encode(sent), type(sent)) == sent
    assert encode(sent).count(b"\n") == 1


def test_orders_follow_each_other_until_the_other_side_is_gone() -> None:
    send(stream := io.BytesIO(), ORDER)
    send(stream, MADE)
    stream.seek(0)
    assert (receive(stream, Order), receive(stream, Delivery), receive(stream, Delivery)) == (ORDER, MADE, None)


def test_half_a_line_is_as_if_nothing_had_come() -> None:
    assert receive(io.BytesIO(encode(MADE)[:-9]), Delivery) is None


def test_an_order_that_cannot_be_done_says_so_in_what_came_of_it() -> None:
    made = do_order(Order("run", "tiny", "tiny.ipynb", {}, source="no notebook"))
    assert (made.status, made.page) == ("failed", b"") and made.reasons[0].startswith("tiny.ipynb: ")


def test_a_worker_that_died_and_cannot_be_replaced_is_an_error_for_each_who_asks(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[OSError] = []

    def ask(pool: Pool) -> None:
        try:
            pool.do(ORDER)
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
