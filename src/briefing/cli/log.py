"""The log for machines: JSON, one event a line on standard error, whatever happens; standard output is for answers.

While a command runs, whatever else is written to standard error becomes an event too, so that each line parses.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO, Any, Literal

import click

from briefing.cli.ending import go_deaf
from briefing.values.clock import find_moment

Level = Literal["debug", "info", "warning", "error"]

LEVELS: tuple[Level, ...] = ("debug", "info", "warning", "error")

#: Says for all commands of a machine in which form they log.
FORMAT_VARIABLE = "BRIEFING_LOG_FORMAT"

FORMATS = ("text", "json")

_FLAG = "--log-format"

log_option = click.option(
    _FLAG,
    type=click.Choice(FORMATS),
    default="text",
    envvar=FORMAT_VARIABLE,
    show_envvar=True,
    help="How to tell how it goes. json: one event a line, on standard error.",
)

#: No line is longer: what collects logs cuts longer ones in two, of which neither is JSON.
_LONGEST = 16_000

#: How many characters of a text and things of a list a line keeps; fewer where it would be too long.
_KEPT = ((2_000, 20), (300, 10), (60, 3))


def write_event(stream: IO[str], event: str, *, level: Level, **cells: Any) -> None:
    """Write an event as a line: when it was, its level, what it is, and what is told of it.

    What is empty is left out. Letters beyond ASCII are written as JSON escapes them: a log may have any encoding.
    """
    told = {"time": _moment(), "level": level, "event": event}
    told |= {name: value for name, value in cells.items() if value not in (None, "", (), [])}
    try:
        stream.write(_dump(told) + "\n")
        stream.flush()
    except (OSError, ValueError):
        go_deaf(stream)


def _moment() -> str:
    try:
        moment = find_moment()
    except Exception:  # a clock that cannot be read is an error that is to be logged
        moment = None
    return (moment or dt.datetime.now(dt.UTC)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _dump(told: Mapping[str, Any]) -> str:
    line = ""
    for letters, things in _KEPT:
        line = json.dumps(_shorten(told, letters=letters, things=things))
        if len(line) <= _LONGEST:
            break
    return line


def _shorten(value: Any, *, letters: int, things: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= letters else f"{value[:letters]}..."
    if isinstance(value, Mapping):
        return {key: _shorten(kept, letters=letters, things=things) for key, kept in value.items()}
    if isinstance(value, Sequence):
        kept = [_shorten(one, letters=letters, things=things) for one in value[:things]]
        return kept if len(value) <= things else [*kept, f"and {len(value) - things} more"]
    return value


class EventStream(io.TextIOBase):
    """What takes the place of standard error while a command logs events: each line that is written becomes one."""

    encoding, errors = "utf-8", "backslashreplace"

    def __init__(self, stream: IO[str], *, least: Level) -> None:
        self.stream, self._least, self._begun = stream, LEVELS.index(least), ""

    def log(self, event: str, *, level: Level, **cells: Any) -> None:
        """Write an event, where its level is one that was asked for."""
        if LEVELS.index(level) >= self._least:
            write_event(self.stream, event, level=level, **cells)

    def write(self, text: str) -> int:
        """Take what anybody says, and make an event of each line that is whole."""
        if not isinstance(text, str):
            raise TypeError("a log takes text")
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            if line.strip():
                self.log("notice", level="warning", message=line)
        return len(text)

    def end(self) -> None:
        """Say what was begun and has no end of line."""
        if self._begun.strip():
            self.write("\n")

    def fileno(self) -> int:
        """Give the file behind it, for what is told to lead elsewhere."""
        return self.stream.fileno()

    def writable(self) -> bool:
        """Say that it takes text."""
        return True


@contextmanager
def log_events(*, wanted: bool, quiet: bool = False, verbose: bool = False) -> Iterator[None]:
    """Log events while a block runs, where they are wanted: what went wrong where `quiet`, more where `verbose`."""
    before = sys.stderr
    if not wanted or before is None:
        yield
        return
    least: Level = "warning" if quiet else "debug" if verbose else "info"
    events = EventStream(before, least=least)
    sys.stderr = events
    try:
        yield
    finally:
        events.end()
        sys.stderr = before


def is_event_log() -> bool:
    """Whether what is told is told as events."""
    return isinstance(sys.stderr, EventStream)


def log_event(event: str, *, level: Level = "info", **cells: Any) -> None:
    """Log an event where events are logged, and say nothing elsewhere."""
    if isinstance(sys.stderr, EventStream):
        sys.stderr.log(event, level=level, **cells)


def find_format(words: Sequence[str], *, has_option: bool) -> str:
    """Find in which form a command line asks for its log, also where nothing else of it can be understood.

    Where the command has no such option (`has_option`), what the environment says is not meant for it.
    """
    for at, word in reversed(list(enumerate(words))):
        name, _, value = word.partition("=")
        if name == _FLAG:
            return value or "".join(words[at + 1 : at + 2])
    return os.environ.get(FORMAT_VARIABLE, "") if has_option else ""


class LoggedGroup(click.Group):
    """Click's group of commands, whose usage errors are events too where the log is one of events."""

    def main(self, args: Sequence[str] | None = None, *words: Any, **extra: Any) -> Any:
        """Run the command that the words of a command line ask for."""
        given = list(sys.argv[1:] if args is None else args)
        if find_format(given, has_option=self._has_option(given)) != "json":
            return super().main(args, *words, **extra)
        try:
            code = super().main(args, *words, **{**extra, "standalone_mode": False})
        except (click.ClickException, click.Abort) as error:
            code = error.exit_code if isinstance(error, click.ClickException) else 1
            said = error.format_message() if isinstance(error, click.ClickException) else "given up"
            write_event(sys.stderr, "end", level="error", exit=code, error=said)
        sys.exit(code if isinstance(code, int) else 0)

    def _has_option(self, words: Sequence[str]) -> bool:
        """Whether the command has the option; one that does not exist is told as it would be."""
        named = [self.commands[word] for word in words if word in self.commands]
        return not named or any(option.name == "log_format" for option in named[0].params)
