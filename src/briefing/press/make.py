"""All that a schedule asks for: build, send the pages to where they are read, and note how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.editions.catalog import Briefing, Edition
from briefing.errors import INTERRUPTED, BriefingError, in_a_line
from briefing.press.build import Options, Outcome, build_held
from briefing.press.heartbeat import Ending, begin, end
from briefing.press.mirror import Sent, open_target, send_held
from briefing.press.publish import hold_lock
from briefing.values.words import name_some


@dataclass(slots=True)
class MadePages:
    """What has been made so far; what stands in it when an error ends the build is published."""

    outcomes: list[Outcome] = field(default_factory=list)
    sent: Sent | None = None
    published: Mapping[str, Any] | None = None  #: where pages were sent, and whether that went well

    @property
    def bad(self) -> list[str]:
        """The names of the editions that failed or were held."""
        return [outcome.edition for outcome in self.outcomes if not outcome.is_good]

    @property
    def exit(self) -> int:
        """The exit code where no error ended the build."""
        return int(bool(self.bad))


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
    finish: Callable[[Path], object] = lambda out: None,
) -> MadePages:
    """Build editions, send the pages to an address where one is given, and note in the heartbeat how that ended.

    `made` is filled as it goes, so that whoever catches an error knows what was made before. Raises what
    `build.build` and `mirror.send_pages` raise.
    """
    made = MadePages() if made is None else made
    began = time.monotonic()
    with hold_lock(out):
        begin(out)
        exit, error = 1, ""
        try:
            target = open_target(publish, out=out) if publish else None
            telling: dict[str, Any] = {"tell": tell, "say": say, "finish": finish}
            _build(made, editions, data=data, out=out, options=options, briefings=briefings, **telling)
            if target:
                made.published = {"url": publish, "ok": False}
                made.sent = send_held(out, target, delete=delete)
                made.published = {"url": publish, "ok": True}
            exit, error = made.exit, _name_bad(made)
        except KeyboardInterrupt:
            exit, error = INTERRUPTED, "interrupted"
            raise
        except BriefingError as flaw:
            exit, error = flaw.exit_code, str(flaw)
            raise
        except Exception as flaw:
            error = f"{type(flaw).__name__}: {in_a_line(flaw)}"
            raise
        finally:
            bad, seconds = len(made.bad), time.monotonic() - began
            good = len(made.outcomes) - bad
            end(out, Ending(exit, seconds, len(editions), good, bad, error, made.published))
    return made


def _build(made: MadePages, editions: Sequence[Edition], *, tell: Callable[[Outcome], None], **making: Any) -> None:
    def keep(outcome: Outcome) -> None:
        made.outcomes.append(outcome)
        tell(outcome)

    made.outcomes[:] = build_held(editions, tell=keep, **making)  # in the order in which they were asked for


def _name_bad(made: MadePages) -> str:
    return f"failed or held: {name_some(made.bad, most=5)}" if made.bad else ""
