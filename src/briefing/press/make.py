"""All that a schedule asks for: build, send the pages to where they are read, and note how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.editions.catalog import Briefing, Edition
from briefing.errors import INTERRUPTED, BriefingError, in_a_line
from briefing.press.build import Options, Outcome, build_held
from briefing.press.endings import BriefingEnding, list_endings
from briefing.press.heartbeat import Ending, begin, end
from briefing.press.publish import hold_lock
from briefing.press.secrets import hide_secrets
from briefing.values.words import name_some

if TYPE_CHECKING:
    from briefing.press.mirror import Sent, Target
    from briefing.press.pings import Pings


@dataclass(slots=True)
class MadePages:
    """What has been made so far; what stands in it when an error ends the build is published."""

    outcomes: list[Outcome] = field(default_factory=list)
    editions: Sequence[Edition] = ()  #: all that are to be made
    briefings: Sequence[Briefing] = ()  #: those of the catalog
    out: Path | None = None  #: the reports folder, once it is known
    sent: Sent | None = None
    published: Mapping[str, Any] | None = None  #: where pages were sent, and whether that went well
    has_begun: bool = False  #: whether the folder was its own to build in
    error: str = ""  #: what ended the build before its end

    @property
    def bad(self) -> list[str]:
        """The names of the editions that failed or were held."""
        return [outcome.edition for outcome in self.outcomes if not outcome.is_good]

    @property
    def exit(self) -> int:
        """The exit code where no error ended the build."""
        return int(bool(self.bad))

    def list_endings(self) -> tuple[BriefingEnding, ...]:
        """Say for each briefing how the build ended."""
        return list_endings(self.briefings, asked=self.editions, outcomes=self.outcomes, error=self.error)


def make_pages(
    editions: Sequence[Edition],
    *,
    data: Path,
    out: Path,
    briefings: Sequence[Briefing],
    options: Options | None = None,
    publish: str = "",
    delete: bool = False,
    made: MadePages | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    say: Callable[[str], None] = lambda words: None,
    hint: Callable[[str], None] = lambda words: None,
    record: Callable[[Path, str], object] = lambda out, address: None,
    finish: Callable[[Path], object] = lambda out: None,
) -> MadePages:
    """Build editions, send the pages to an address where one is given, and note in the heartbeat how that ended.

    The services that the catalog's briefings name are told that they begin, and how they ended. `made` is filled as it
    goes, so that whoever catches an error knows what was made before. `say` is told what went wrong beside the pages,
    and `hint` what may be as it should. Raises what `build.build` and `mirror.send_pages` raise.
    """
    made = MadePages() if made is None else made
    made.editions, made.briefings, made.out = editions, briefings, out
    pings = _open_pings(briefings, hint=hint)
    telling: dict[str, Any] = {"tell": tell, "say": say, "record": record, "finish": finish}
    try:
        with hold_lock(out), _noting(made, out):
            target = _open_target(publish, out=out) if publish else None
            _build(made, editions, data=data, out=out, options=options, briefings=briefings, pings=pings, **telling)
            if target:
                made.published = {"url": publish, "ok": False}
                from briefing.press.mirror import send_held  # imports what reads pages: only where they are sent

                made.sent = send_held(out, target, delete=delete)
                made.published = {"url": publish, "ok": True}
    finally:
        if pings and made.has_begun:  # where another build is at work, that one tells how it went
            _end_pings(pings, made, say=say)
    return made


def _open_target(publish: str, *, out: Path) -> Target:
    from briefing.press.mirror import open_target  # the same

    return open_target(publish, out=out)


@contextmanager
def _noting(made: MadePages, out: Path) -> Iterator[None]:
    """Note in the heartbeat that a build begins, and how it ends."""
    began, made.has_begun = time.monotonic(), True
    begin(out)
    exit, error = 1, ""
    try:
        yield
        exit = made.exit
    except KeyboardInterrupt:
        exit, error = INTERRUPTED, "interrupted"
        raise
    except BriefingError as flaw:
        exit, error = flaw.exit_code, str(flaw)
        raise
    except Exception as flaw:
        error = hide_secrets(f"{type(flaw).__name__}: {in_a_line(flaw)}")
        raise
    finally:
        made.error = error
        bad, seconds = len(made.bad), time.monotonic() - began
        good, went_well = len(made.outcomes) - bad, {ending.name: ending.is_good for ending in made.list_endings()}
        told = error or _name_bad(made)
        end(out, Ending(exit, seconds, len(made.editions), good, bad, told, made.published, went_well))


def _open_pings(briefings: Sequence[Briefing], *, hint: Callable[[str], None]) -> Pings | None:
    """Find whom the briefings ping; nobody, where none of them says so."""
    if not any("ping_from" in briefing.options for briefing in briefings):
        return None
    from briefing.press.pings import Pings, list_pings, tell_unset  # what speaks to the web, where something is told

    pings, unset = list_pings(briefings)
    if unset:
        hint(tell_unset(unset))
    return Pings(pings)


def _end_pings(pings: Pings, made: MadePages, *, say: Callable[[str], None]) -> None:
    from briefing.press.pings import end_pings  # the same

    for trouble in end_pings(pings, made.list_endings()):
        say(trouble)


def _build(
    made: MadePages,
    editions: Sequence[Edition],
    *,
    pings: Pings | None,
    tell: Callable[[Outcome], None],
    **making: Any,
) -> None:
    if pings:
        from briefing.press.pings import start_ping  # the same

        making["start"] = partial(start_ping, pings)

    def keep(outcome: Outcome) -> None:
        made.outcomes.append(outcome)
        tell(outcome)

    made.outcomes[:] = build_held(editions, tell=keep, **making)  # in the order in which they were asked for


def _name_bad(made: MadePages) -> str:
    return f"failed or held: {name_some(made.bad, most=5)}" if made.bad else ""
