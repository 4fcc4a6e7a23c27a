"""How a command ends: a signal ends it as an interrupt does, and where nobody listens its work goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, NoReturn

from briefing.errors import INTERRUPTED, BriefingError, DossierError, Problem, in_a_line

#: What a scheduler, a container's host or a closed terminal sends.
SIGNALS = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Flaw:
    """How a command ended: its exit code, and what went wrong."""

    exit: int = 0
    error: str = ""  #: empty where no error ended it
    problems: tuple[Problem, ...] = ()  #: of the dossier

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        problems = [problem.to_dict() for problem in self.problems]
        return {"exit": self.exit, "error": self.error or None, "problems": problems}


def describe_flaw(error: BaseException) -> Flaw:
    """Say how a command ends that an error ended."""
    if isinstance(error, DossierError):
        return Flaw(error.exit_code, str(error), error.problems)
    if isinstance(error, BriefingError):
        return Flaw(error.exit_code, str(error))
    if isinstance(error, KeyboardInterrupt):
        return Flaw(INTERRUPTED, "interrupted; nothing is half written. Run the command again.")
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        rule = "the system refused it"
        return Flaw(1, f"{where}{error.strerror or in_a_line(error)}; {rule}. Correct that, and run it again.")
    from briefing.press.secrets import hide_secrets  # whose room is slow to import, and only where we are at fault

    said = in_a_line(Exception(hide_secrets(str(error))))
    told = f"briefing itself failed: {type(error).__name__}: {said}; this is a fault of ours"
    return Flaw(1, f"{told}. Run it again as briefing --debug ..., and report it.")


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
