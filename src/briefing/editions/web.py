"""Addresses of the web to which something is sent: whether anything may be, and whether one is a secret."""

from __future__ import annotations

import re
from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import urlsplit

#: A part of an address that nobody would say aloud.
_TOKEN = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_~.=+%-]{16,}|[A-Za-z0-9_=+-]{24,}")


def find_flaw_of_address(url: str) -> str:
    """Say why nothing is sent to an address; empty where it can be. What is said holds nothing of the address.

    Examples
    --------
    >>> find_flaw_of_address("http://hc.example/ping/open-sesame")
    'it begins with neither https:// nor the name of this machine, http://localhost'
    >>> find_flaw_of_address("https://hc.example/ping/open-sesame"), find_flaw_of_address("http://127.0.0.1:8000/x")
    ('', '')
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "it is no address"
    if not url.isascii() or not url.isprintable() or " " in url:
        return "it holds spaces, or letters that an address writes in another way"
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local(host or "")):
        return "it begins with neither https:// nor the name of this machine, http://localhost"
    if not host:
        return "it names no host"
    return "it holds a name or password before the host" if "@" in parts.netloc else ""


def name_host(url: str) -> str:
    """Name the host of an address, which is all of it that a message may hold."""
    with suppress(ValueError):
        parts = urlsplit(url)
        return f"{parts.hostname}{f':{parts.port}' if parts.port else ''}" if parts.hostname else "no host"
    return "no host"


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
    """Whether a host is this machine, which is asked without encryption and without a proxy."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
