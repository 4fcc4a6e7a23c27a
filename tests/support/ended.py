"""Builds that ended, for tests of what is told of them."""

from __future__ import annotations

from pathlib import Path

from briefing.editions.catalog import Briefing, Edition
from briefing.press.build import Outcome
from briefing.press.endings import BriefingEnding, list_endings
from briefing.press.remarks import Remark

#: A text that nobody should write, with all that upsets terminals, XML, Prometheus and whoever reads logs by the line.
HOSTILE = 'a\x00\x1b[2J\r\n\u2028"b"\\ <c>]]>&d;\ud800\ufffe\u202e{e="f"}'

REMARK = Remark("warning", "F13", "hay.ipynb: cell 3", f"hay {HOSTILE}; once will do. Count again.")


def edition(briefing: str, day: str) -> Edition:
    return Edition(f"{briefing}/{day}.html", Briefing(briefing, Path(f"{briefing}.ipynb")), {"as_of": day})


def outcome(of: Edition, status: str, *reasons: str) -> Outcome:
    path = Path("reports") / of.address
    return Outcome(of.name, status, path, ("it was never built",), reasons, (REMARK,), 1.5)  # type: ignore[arg-type]


def ended(*, error: str = "", name: str = "tiny") -> tuple[BriefingEnding, ...]:
    """Give how a build ended of two briefings: one of five editions, of which each ended in another way; one good."""
    asked = [edition(name, f"2031-04-0{day}") for day in range(1, 6)]
    good = edition("other", "2031-04-01")
    made = [outcome(asked[0], "published"), outcome(asked[1], "unchanged"), outcome(good, "published")]
    made += [outcome(asked[2], "held", HOSTILE, "It is wrong."), outcome(asked[3], "failed", "cell 3: 1 / 0")]
    return list_endings([asked[0].briefing, good.briefing], asked=[*asked, good], outcomes=made, error=error)
