"""Addresses of the web that a catalog names: whether anything may be sent there, and whether one is a secret."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from briefing.errors import UNPRINTABLE

#: A part of an address that nobody would say aloud.
_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_~.=+%-]{16,}|[A-Za-z0-9_=+-]{24,}")


def find_flaw_of_url(url: str) -> str:
    """Say why no notice is sent to an address; nothing where one may be. What it holds is not said.

    Examples
    --------
    >>> find_flaw_of_url("http://hooks.example/x"), find_flaw_of_url("http://127.0.0.1:8000/x"), find_flaw_of_url("x")
    ('is not https', '', 'is no address of the web')
    """
    parts = _split(url)
    if not parts or parts[0] not in ("http", "https"):
        return "is no address of the web"
    return "" if parts[0] == "https" or is_local(parts[1]) else "is not https"


def _split(url: str) -> tuple[str, str] | None:
    """Give the scheme and the host of an address; ``None`` where it is none."""
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    is_plain = not UNPRINTABLE.search(url) and not set(url) & set(' "<>\\^`{|}')
    return (parts.scheme, str(parts.hostname)) if is_whole and is_plain else None


def may_be_secret(url: str) -> bool:
    """Whether an address holds what may be a secret: a login, a query, or a part that only a machine would write.

    Examples
    --------
    >>> [may_be_secret(f"https://{rest}") for rest in ("a.example/b", "me:pw@a.example", "a.example/a1b2c3d4e5f6g7h8")]
    [False, True, True]
    """
    rest = url.partition("://")[2]
    path = rest.partition("/")[2]
    is_login = "@" in rest.partition("/")[0]
    return is_login or bool(set(rest) & set("?#")) or any(_TOKEN.fullmatch(part) for part in path.split("/"))


def is_local(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
