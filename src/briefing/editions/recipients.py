"""Who hears of what: ``[[notify]]`` in the catalog.

::

    [[notify]]
    events = ["held", "failed", "late"]
    smtp = { host = "mail.example.org", from = "press@example.org", to = ["desk@example.org"] }

A catalog is shared and kept in a history, so no secret stands in it: it names variables of the environment that hold
them, and no message shows what an entry holds where a secret may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from briefing.editions.web import find_flaw_of_address, is_local, may_be_secret
from briefing.errors import UNPRINTABLE, UsageError, did_you_mean, quoted

Event = Literal["published", "corrected", "held", "failed", "late"]

#: What may be heard of.
EVENTS: dict[Event, str] = {
    "published": "an edition is there, new or with another content",
    "corrected": "an error of ours was mended, and pages show it",
    "held": "a check held an edition back",
    "failed": "an edition, or a whole build, failed",
    "late": "an edition is due and not there",
}

Security = Literal["starttls", "implicit", "none"]

#: The port of a mail server, by how its line is kept from others.
_PORTS: dict[Security, int] = {"starttls": 587, "implicit": 465, "none": 25}

#: What an entry may say, and what each of its ways may.
_ENTRY = ("name", "events", "briefings")
_WAYS = {
    "smtp": ("host", "from", "to", "port", "tls", "user", "password_from"),
    "webhook": ("url", "url_from", "secret_from"),
    "apprise": ("url_from",),
}
_SECRET = re.compile("passw|secret|token|key|credential|login", re.IGNORECASE)
#: The name of a variable that holds a secret. Capitals alone: whoever writes the secret itself is told so, before it is
#: taken for a name, which messages show.
SECRET_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*")
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
_SENDER = re.compile(rf"(?:{_ADDRESS.pattern}|[^<>@,;:\"]+ <{_ADDRESS.pattern}>)")

_HOST = re.compile(r"[\w.:-]+")

_CURE = "Put it into a variable of the environment, and name that here"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A way to readers: a server that takes mail for them."""

    host: str
    port: int
    sender: str
    to: tuple[str, ...]
    tls: Security = "starttls"
    user: str = ""
    password_from: str = ""  #: the variable that holds the password


@dataclass(frozen=True, slots=True)
class Webhook:
    """A way to a program: an address that takes JSON."""

    url: str = ""
    url_from: str = ""  #: the variable that holds the address, where it is a secret
    secret_from: str = ""  #: the variable that holds what its messages are signed with


@dataclass(frozen=True, slots=True)
class AppriseService:
    """A way to any service that the library apprise knows: the variable that holds its address."""

    url_from: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who hears of what, and how."""

    name: str  #: what messages call the entry; it is known by it from build to build
    events: tuple[Event, ...]
    way: MailServer | Webhook | AppriseService
    briefings: tuple[str, ...] = ()  #: of which briefings; empty is of all

    def hears(self, event: str, briefing: str) -> bool:
        """Whether an event of a briefing is for it; an event of no briefing is for all who hear of that event."""
        return event in self.events and (not briefing or not self.briefings or briefing in self.briefings)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the environment that hold its secrets."""
        named = (getattr(self.way, name, "") for name in ("url_from", "password_from", "secret_from"))
        return tuple(filter(None, named))


def make_recipients(entries: object, *, place: str, briefings: Iterable[str]) -> tuple[Recipient, ...]:
    """Make recipients of the entries of a catalog; `place` is the catalog, as messages name it.

    Raises `UsageError` where an entry cannot be meant, or holds what may be a secret.
    """
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UsageError(f"{place}: notify is no list; who hears of what is a list. Write [[notify]] above each.")
    known = tuple(briefings)
    made = tuple(
        _make(entry, where=f"{place}: notify {at}", at=at, briefings=known) for at, entry in enumerate(entries, 1)
    )
    names = [recipient.name for recipient in made]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{place}: notify: two are named {quoted(name)}; a name is of one. Rename one of them.")
    return made


def _make(entry: Mapping[str, Any], *, where: str, at: int, briefings: Sequence[str]) -> Recipient:
    _check_keys(entry, (*_ENTRY, *_WAYS), where=where)
    ways = [way for way in _WAYS if way in entry]
    if len(ways) != 1:
        told = " and ".join(ways) if ways else "no way"
        raise UsageError(f"{where}: has {told}; an entry has exactly one of smtp, webhook and apprise. Write one each.")
    (kind,) = ways
    name = _text(entry, "name", where=where, default=f"notify {at}")
    events = _list(entry, "events", known=tuple(EVENTS), where=where)
    if not events:
        raise UsageError(f'{where}: events: lists nothing; whoever hears of nothing needs no entry. Write "failed".')
    of = _list(entry, "briefings", known=briefings, where=where)
    way = _make_way(entry[kind], kind, where=f"{where}: {kind}")
    return Recipient(name, tuple(events), way, tuple(of))


def _make_way(entry: Any, kind: str, *, where: str) -> MailServer | Webhook | AppriseService:
    if not isinstance(entry, dict):
        raise UsageError(f"{where}: is no table; it says where notices go. Write {kind} = {{ ... }}.")
    _check_keys(entry, _WAYS[kind], where=where)
    for key in entry:
        if key.endswith("_from") and not (isinstance(entry[key], str) and SECRET_VARIABLE.fullmatch(entry[key])):
            rule = "it names a variable of the environment, in capitals"
            raise UsageError(
                f"{where}: {key}: is no such name; {rule}. Write BRIEFING_{key.removesuffix('_from').upper()}."
            )
    if kind == "smtp":
        return _make_server(entry, where=where)
    if kind == "webhook":
        return _make_webhook(entry, where=where)
    if "url_from" not in entry:
        raise UsageError(f'{where}: url_from is missing; it names what holds the address. Write "BRIEFING_APPRISE".')
    return AppriseService(entry["url_from"])


def _make_server(entry: Mapping[str, Any], *, where: str) -> MailServer:
    tls: Any = entry.get("tls", "starttls")
    if not isinstance(tls, str) or tls not in _PORTS:
        raise UsageError(f"{where}: tls: is none of its choices; {_choices(_PORTS)}. Write one of them.")
    host, user = _text(entry, "host", where=where), _text(entry, "user", where=where, default="")
    if not _HOST.fullmatch(host):  # which is not shown: it may be an address with a login
        raise UsageError(f'{where}: host: is no name of a machine; a server has one. Write "mail.example.org".')
    port = entry.get("port", _PORTS[tls])
    if type(port) is not int or not 0 < port < 65536:
        raise UsageError(f"{where}: port: is no number of a port; a port is from 1 to 65535. Write {_PORTS[tls]}.")
    if bool(user) != ("password_from" in entry):
        raise UsageError(
            f"{where}: one of user and password_from is missing; a login has both. Write both, or neither."
        )
    if user and tls == "none" and not is_local(host):
        raise UsageError(f'{where}: tls is "none"; a password travels where nobody can read along. Write "starttls".')
    sender, to = _text(entry, "from", where=where), entry.get("to")
    listed = [to] if isinstance(to, str) else to
    if not _SENDER.fullmatch(sender):
        raise UsageError(f'{where}: from: is no address of mail; a sender has one. Write "press@example.org".')
    if not isinstance(listed, list) or not listed or not all(_is_address(address) for address in listed):
        raise UsageError(f'{where}: to: is no list of addresses; mail goes to some. Write ["desk@example.org"].')
    return MailServer(host, port, sender, tuple(listed), tls, user, entry.get("password_from", ""))


def _make_webhook(entry: Mapping[str, Any], *, where: str) -> Webhook:
    if ("url" in entry) == ("url_from" in entry):
        raise UsageError(f"{where}: has both url and url_from, or neither; it has one address. Write one of them.")
    url = _text(entry, "url", where=where, default="")
    if url and may_be_secret(url):
        raise UsageError(
            f'{where}: url: holds what may be a secret; a catalog is shared. {_CURE}: url_from = "BRIEFING_HOOK".'
        )
    if url and (wrong := find_flaw_of_address(url)):
        raise UsageError(f"{where}: url: {wrong}; notices travel where nobody can read along. Write https://...")
    return Webhook(url, entry.get("url_from", ""), entry.get("secret_from", ""))


def _check_keys(entry: Mapping[str, Any], known: Sequence[str], *, where: str) -> None:
    for key in entry:
        if key in known:
            continue
        if _SECRET.search(key) or key == "url":
            names = f"{key}_from"
            rule = "no secret stands in a catalog, which is shared and kept"
            raise UsageError(f"{where}: {key}: {rule}. {_CURE}: {names if names in known else 'see docs/notices.md'}.")
        raise UsageError(
            f"{where}: {quoted(key)}: is no key of it; keys are {', '.join(known)}. {did_you_mean(key, known)}"
        )


def _text(entry: Mapping[str, Any], key: str, *, where: str, default: str | None = None) -> str:
    text = entry.get(key, default)
    if not isinstance(text, str) or UNPRINTABLE.search(text) or (key in entry and not text.strip()):
        what = "is missing" if text is None else "is no text in printable letters"
        raise UsageError(f"{where}: {key} {what}; an entry needs it. Write it, as docs/notices.md shows.")
    return text


def _list(entry: Mapping[str, Any], key: str, *, known: Sequence[str], where: str) -> list[Any]:
    listed = entry.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise UsageError(
            f"{where}: {key}: is no list of names; it is one. Write [{', '.join(map(quoted, known[:1]))}]."
        )
    for name in listed:
        if name not in known:
            raise UsageError(
                f"{where}: {key}: {quoted(name)} is none of them; {_choices(known)}. {did_you_mean(name, known)}"
            )
    return list(dict.fromkeys(listed))


def _choices(known: Iterable[str]) -> str:
    return f"there are {', '.join(known)}"


def _is_address(address: object) -> bool:
    return isinstance(address, str) and bool(_ADDRESS.fullmatch(address)) and not UNPRINTABLE.search(address)
