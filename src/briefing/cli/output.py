"""Telling what was found or made, and how a build goes: a moving bar on a terminal, a line a step elsewhere, nothing
beside JSON; a summary.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

import click

from briefing.cli.ending import go_deaf
from briefing.cli.log import Level, is_event_log, log_event
from briefing.errors import PublishError, printable
from briefing.values.clock import now
from briefing.values.words import counted

if TYPE_CHECKING:
    from briefing.press.build import Outcome

#: The order in which a summary counts.
STATUSES = ("published", "unchanged", "held", "failed")


def print_line(text: str, *, colour: str | None = None, err: bool = False) -> None:
    """Print a text, whoever wrote it: none of its characters commands the terminal or turns its direction.

    Where a pipe is closed, or the disk of a log full, what is said is lost, and the work goes on.
    """
    try:
        click.secho(printable(text), fg=colour, err=err)
    except OSError:
        go_deaf(sys.stderr if err else sys.stdout)


def print_answer(text: str) -> None:
    """Print what was asked for, such as JSON.

    Raises `PublishError` where it cannot be written; a pipe that is closed has been read as far as anybody wants.
    """
    try:
        click.echo(printable(text))
    except OSError as error:
        go_deaf(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            rule = "an answer is written whole"
            raise PublishError(f"the answer: {error.strerror or error}; {rule}. Make room, and ask again.") from None


@contextmanager
def telling(
    number: int,
    *,
    silent: bool,
    progress: bool | None = None,
    verbose: bool = False,
    quiet: bool = False,
    log: bool = False,
) -> Iterator[Callable[[Outcome], None]]:
    """Tell outcomes as they come, of so many, a line each; then each warning once, and hints where `verbose`.

    Nothing where `silent`, since the answer is JSON; where `quiet`, what went wrong alone. A `log`'s lines begin with
    the time, and it has no remarks unless `verbose`; where events are logged, each is one, and nothing else is told.
    `progress` left out, a bar moves on a terminal where there are several editions.
    """
    if is_event_log():
        yield log_outcome
        return
    if silent:
        yield lambda outcome: None
        return
    if quiet:
        yield lambda outcome: None if outcome.is_good else tell_outcome(outcome, log=log)
        return
    if log and not progress:
        logged: list[Outcome] = []

        def tell_in_log(outcome: Outcome) -> None:
            tell_outcome(outcome, log=True)
            logged.append(outcome)

        yield tell_in_log
        if verbose:
            tell_remarks(logged, verbose=True)
        return
    told: list[Outcome] = []
    is_bar = progress or (progress is None and number > 1 and sys.stderr.isatty())
    with _bar(number, timed=verbose) if is_bar else nullcontext(partial(tell_outcome, timed=verbose)) as tell:

        def tell_and_keep(outcome: Outcome) -> None:
            tell(outcome)
            told.append(outcome)

        yield tell_and_keep
    tell_remarks(told, verbose=verbose)


@contextmanager
def _bar(number: int, *, timed: bool) -> Iterator[Callable[[Outcome], None]]:
    from rich.console import Console  # slow to import, and needed on a terminal alone
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # the same

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # what is published goes to standard output, which may be a file; the bar goes where a person looks
    console = Console(stderr=True)
    with Progress(*columns, transient=True, console=console, redirect_stdout=sys.stdout.isatty()) as progress:
        task = progress.add_task("editions", total=number)

        def tell(outcome: Outcome) -> None:
            tell_outcome(outcome, timed=timed)
            progress.advance(task)

        yield tell


def tell_outcome(outcome: Outcome, *, log: bool = False, timed: bool = False) -> None:
    """Tell what became of an edition in a line, and why where it has no page; of one that stands, nothing.

    A `log` says when it was, and how long it took, which is told too where it is `timed`.
    """
    if outcome.status != "unchanged":
        colour = None if outcome.is_good else "red"
        warnings = sum(remark.severity == "warning" for remark in outcome.remarks)
        among = f" ({counted(warnings, 'warning')})" if warnings else ""
        took = f" in {outcome.seconds:.1f} s" if log or timed else ""
        told = f"{outcome.status} {outcome.path}{took}{among}"
        print_line(f"{time_stamp(log)}{told}", colour=colour, err=not outcome.is_good)
    for reason in outcome.reasons:
        print_line(f"{time_stamp(log)}{reason}", colour="red", err=True)


def log_outcome(outcome: Outcome) -> None:
    """Log what became of an edition as an event, and what its author should know as others, for whoever asks."""
    told = outcome.to_dict()
    warnings = sum(remark.severity == "warning" for remark in outcome.remarks)
    level: Level = "error" if not outcome.is_good else "debug" if outcome.status == "unchanged" else "info"
    told |= {"remarks": None, "seconds": round(outcome.seconds, 3), "warnings": warnings}
    log_event("edition", level=level, briefing=outcome.edition.partition("/")[0], **told)
    for remark in outcome.remarks:
        cells = {"severity": remark.severity, "id": remark.id, "place": remark.place, "words": remark.words}
        log_event("remark", level="debug", edition=outcome.edition, **cells)


def is_log() -> bool:
    """Whether what is said goes to a log: no person looks at it as it comes."""
    return not any(stream is not None and stream.isatty() for stream in (sys.stdout, sys.stderr))


def time_stamp(log: bool) -> str:
    """Give the time at which a line of a log is written."""
    return f"{now().strftime('%Y-%m-%dT%H:%M:%SZ')} " if log else ""


def tell_remarks(outcomes: Sequence[Outcome], *, verbose: bool) -> None:
    """Tell each warning once, however many editions have it; hints too where asked, or else how many there are."""
    from briefing.press.remarks import tell_once

    remarks = [outcome.remarks for outcome in outcomes]
    hints = tell_once(remarks, severity="info")
    for told in (*tell_once(remarks, severity="warning"), *(hints if verbose else ())):
        print_line(str(told), err=True)
    if hints and not verbose:
        print_line(f"{counted(len(hints), 'hint')} for the author; -v tells", err=True)


def count_statuses(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Count editions by what became of them."""
    counts = Counter[str](outcome.status for outcome in outcomes)
    return {status: counts[status] for status in STATUSES}


def summarise(outcomes: Sequence[Outcome]) -> str:
    """Say in one line how many editions came to what end."""
    parts = [f"{number} {status}" for status, number in count_statuses(outcomes).items() if number]
    return f"{counted(len(outcomes), 'edition')}{': ' if parts else ''}{', '.join(parts)}"
