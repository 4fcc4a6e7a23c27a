"""Credentials stay unsaid: what another library's error says is told without them."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import Any

#: Names, of variables or settings, whose values nobody prints.
_SECRET = re.compile(r"secret|token|passw|credential|key|sas|connection_string|signature", re.IGNORECASE)

#: A name and password in an address, and what may be signed behind a question mark.
_LOGIN = re.compile(r"(?<=://)[^/\s\"'@]*@")
_QUERY = re.compile(r"(://[^\s\"'?]*)\?[^\s\"']*")

#: A value that is shorter may be part of any word.
_SHORTEST = 4


def hide_secrets(text: str) -> str:
    """Give a text without the credentials of the environment, of fsspec's configuration, and of addresses.

    Examples
    --------
    >>> hide_secrets("no answer from https://me:open-sesame@store/b?sig=abc")
    'no answer from https://***@store/b?***'
    """
    for secret in sorted(set(_list_secrets()), key=len, reverse=True):
        text = text.replace(secret, "***")
    return _QUERY.sub(r"\1?***", _LOGIN.sub("***@", text))


def _list_secrets() -> Iterator[str]:
    yield from (value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= _SHORTEST)
    fsspec = sys.modules.get("fsspec.config")  # read by fsspec itself, where it is used
    yield from _search(getattr(fsspec, "conf", {}))


def _search(settings: Any, *, name: str = "") -> Iterator[str]:
    if isinstance(settings, dict):
        for key, value in settings.items():
            yield from _search(value, name=str(key))
    elif isinstance(settings, str) and _SECRET.search(name) and len(settings) >= _SHORTEST:
        yield settings


def holds_secret(url: str) -> bool:
    """Whether an address holds what may be a credential: a login, or a query.

    Examples
    --------
    >>> [holds_secret(url) for url in ("s3://bucket/x", "s3://a:b@bucket::file://x", "https://host/x?sig=1", "what?")]
    [False, True, True, False]
    """
    parts = url.split("::")
    logins = ("@" in part.partition("://")[2].partition("/")[0] for part in parts)
    return any(logins) or any("?" in part.partition("://")[2] for part in parts)
