"""Processes that answer another: what they are asked and answer are lines of JSON on their input and output."""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

#: How much a process that answers yields to others.
_YIELDS = 5

#: Plain values by name.
Told = dict[str, Any]


def answer_until_alone(answer: Callable[[Told], Told | None], *, begin: Callable[[], object] = lambda: None) -> None:
    """Begin, then answer line by line, until nobody is there to ask; a wish without an answer is only done.

    Circular garbage is looked for after an answer, and not while somebody waits for one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; who asks says when this ends
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    with suppress(OSError, AttributeError):  # Windows has no such thing
        os.nice(_YIELDS)  # a kernel that starts or runs meanwhile goes first: the page waits for it
    with suppress(Exception):  # what is wrong, the first answer tells
        begin()
    gc.freeze()
    gc.disable()
    while line := asked.readline():
        if (answered := answer(json.loads(line))) is not None:
            answers.write(json.dumps(answered).encode() + b"\n")
            answers.flush()
            gc.collect()
