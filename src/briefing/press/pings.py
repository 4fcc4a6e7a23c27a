"""Pings: a service that counts the minutes is told that a briefing's build began, and how it ended.

The addresses are those of healthchecks.io and of whatever speaks like it: the address itself for a success, with
``/start`` and ``/fail`` behind it for the rest. They come from the environment, and are never said. A service that does
not answer is told of once, and neither fails a build nor holds it up for longer than `PATIENCE` seconds.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from briefing.editions.catalog import Briefing, Edition
from briefing.editions.web import find_flaw_of_address, name_host
from briefing.press.endings import BriefingEnding
from briefing.press.posting import start_post
from briefing.press.secrets import hide_secrets
from briefing.values.words import name_some

#: How many seconds all pings together may hold up the end of a build.
PATIENCE = 10.0

#: How many bytes of what went wrong a service is told.
_MOST = 10_000

#: Waits so many seconds for the answer to a ping, and says why there is none.
Wait = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Ping:
    """An address that hears how the builds of some briefings go."""

    variable: str  #: the environment's, which holds the address
    briefings: tuple[str, ...]
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pings:
    """The addresses that a build pings, and what was sent to each so far."""

    pings: tuple[Ping, ...]
    sent: dict[str, list[Wait]] = field(default_factory=dict, repr=False)  #: by the variable


def list_pings(
    briefings: Iterable[Briefing], *, environment: Mapping[str, str] | None = None
) -> tuple[tuple[Ping, ...], tuple[str, ...]]:
    """List the addresses that the catalog's briefings ping, and the variables that it names and nobody set.

    Briefings that name the same variable have one ping.
    """
    environment = os.environ if environment is None else environment
    named: dict[str, dict[str, None]] = {}
    for briefing in briefings:
        if variable := briefing.options.get("ping_from"):
            named.setdefault(variable, {})[briefing.name] = None
    urls = {variable: environment.get(variable, "").strip() for variable in named}
    pings = tuple(Ping(variable, tuple(names), urls[variable]) for variable, names in named.items() if urls[variable])
    return pings, tuple(variable for variable, url in urls.items() if not url)


def tell_unset(variables: Sequence[str]) -> str:
    """Say which variables are not set: on a desk's own machine they need not be."""
    isnt = "is not set" if len(variables) == 1 else "are not set"
    return f"ping_from: {name_some(variables, most=5)} {isnt}; nobody is pinged from here. Set it where a clock builds."


def start_ping(pings: Pings, edition: Edition) -> None:
    """Tell the service of an edition's briefing that a build began; told of it before, it is told nothing."""
    for ping in pings.pings:
        if edition.briefing.name in ping.briefings and ping.variable not in pings.sent:
            pings.sent[ping.variable] = [start_post(_below(ping.url, "start"))]


def end_pings(pings: Pings, endings: Sequence[BriefingEnding]) -> tuple[str, ...]:
    """Tell all services how the build ended, wait for their answers, and say which gave none: a line a trouble."""
    for ping in pings.pings:
        own = [ending for ending in endings if ending.name in ping.briefings]
        is_good = all(ending.is_good for ending in own)
        sent = pings.sent.setdefault(ping.variable, [])
        url = ping.url if is_good else _below(ping.url, "fail")
        sent.append(start_post(url, _write_body(own), after=sent[-1] if sent else None))
    until, troubles = time.monotonic() + PATIENCE, dict[tuple[str, str], list[Ping]]()
    for ping in pings.pings:
        flaws = [wait(until - time.monotonic()) for wait in reversed(pings.sent[ping.variable])]
        if flaw := next(filter(None, flaws), ""):
            troubles.setdefault((_name_place(ping), flaw), []).append(ping)
    return tuple(_tell(place, flaw, of) for (place, flaw), of in troubles.items())


def _write_body(endings: Iterable[BriefingEnding]) -> bytes:
    """Write down how briefings ended, what went wrong first, within the bytes that a service reads."""
    lines = [line for ending in sorted(endings, key=lambda ending: ending.is_good) for line in ending.tell()]
    body = hide_secrets("\n".join(dict.fromkeys(lines))).encode("utf-8", "replace")
    if len(body) <= _MOST:
        return body
    return body[: _MOST - 4].decode("utf-8", "ignore").encode() + b"\n..."


def _below(url: str, name: str) -> str:
    """Give the address below another; a query stays at the end."""
    if find_flaw_of_address(url):
        return url
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{name}", parts.query, parts.fragment))


def _name_place(ping: Ping) -> str:
    """Name the host that is pinged; of what is no address nothing is said, since all of it may be the secret."""
    return "" if find_flaw_of_address(ping.url) else f"{name_host(ping.url)}: "


def _tell(place: str, flaw: str, pings: Sequence[Ping]) -> str:
    briefings = [name for ping in pings for name in ping.briefings]
    variables = name_some([ping.variable for ping in pings], most=3)
    rule = "a ping tells a service how a build went, and no build waits for it"
    return f"ping of {name_some(briefings, most=3)}: {place}{flaw}; {rule}. Look at the service, and at {variables}."
