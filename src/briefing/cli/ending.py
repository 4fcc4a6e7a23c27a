"""How a command ends: a signal ends it as an interrupt does, and where nobody listens its work goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NoReturn

#: What a scheduler, a container's host or a closed terminal sends.
SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let signals end a command as an interrupt does; those that its caller has it ignore, as nohup does, are ignored.

    The first process of a container ignores what it has no handler for.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # a signal is the main thread's to handle
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    heeded = [number for number, handler in before.items() if handler is not signal.SIG_IGN]

    def end(number: int, frame: Any) -> NoReturn:
        for each in heeded:
            signal.signal(each, signal.SIG_IGN)  # one is enough: what is cleared away is not to be cut short
        raise KeyboardInterrupt

    for number in heeded:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, before[number])


def go_deaf(stream: IO[str] | None) -> None:
    """Let a stream that takes no more lead nowhere: what is still to be said is lost, and nothing else is."""
    if stream is None:
        return
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()


def flush_all() -> None:
    """Have everything that was said leave, so that the interpreter finds no stream that it cannot flush at its end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:  # a closed one is none
                stream.flush()
        except (OSError, ValueError):
            go_deaf(stream)
