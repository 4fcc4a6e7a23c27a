"""Posting: a service on the web is told something, in seconds or not at all, and nobody learns its address from us.

The address of a webhook or a ping is as good as a password: whoever knows it may post there. So it comes from the
environment, no message holds more of it than the host, and no redirect is followed to anywhere else.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from briefing.editions.web import find_flaw_of_address, is_local

#: How many seconds a service may take to answer.
TIMEOUT = 4.0

#: How often something is posted to a service that does not answer, and how many seconds lie in between.
TRIES = 2
_PAUSE = 0.5

#: What a service that is well may answer for a moment: asked again, it may take it.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})

#: How many posts are on their way at a time.
_AT_A_TIME = threading.BoundedSemaphore(16)


def post(
    url: str,
    body: bytes = b"",
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    tries: int = TRIES,
) -> str:
    """Post bytes to an address, and say why they did not arrive; empty where they did.

    Nothing is raised, it takes no longer than `tries` times `timeout` seconds and a pause, and what is said holds
    nothing of the address, the bytes or the headers. A text is said to be one in UTF-8 unless `headers` say otherwise.
    """
    wait = start_post(url, body, headers=headers, timeout=timeout, tries=tries)
    return wait(tries * (timeout + _PAUSE))


def start_post(
    url: str,
    body: bytes = b"",
    *,
    headers: Mapping[str, str] | None = None,
    timeout: float = TIMEOUT,
    tries: int = TRIES,
    after: Callable[[float], str] | None = None,
) -> Callable[[float], str]:
    """Post as `post` does, beside everything else, and give what waits for the answer so many seconds at most.

    `after` is what waits for another post, which is to arrive before this one. A post that nobody waits for any longer
    keeps no program from ending.
    """
    answers: list[str] = []

    def run() -> None:
        if after is not None:
            after(tries * (timeout + _PAUSE))
        with _AT_A_TIME:
            answers.append(_try(url, body, headers or {}, timeout=timeout, tries=tries))

    thread = threading.Thread(target=run, name="post", daemon=True)
    thread.start()

    def wait(seconds: float) -> str:
        thread.join(max(0.0, seconds))
        return answers[0] if answers else "it did not answer in time"

    return wait


def _try(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float, tries: int) -> str:
    if flaw := find_flaw_of_address(url):
        return flaw
    for left in reversed(range(tries)):
        flaw, is_passing = _post_once(url, body, headers, timeout=timeout)
        if not flaw or not is_passing or not left:
            break
        time.sleep(_PAUSE)
    return flaw


def _post_once(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float) -> tuple[str, bool]:
    """Post once; say what went wrong, and whether it may pass."""
    told = {"User-Agent": "briefing", "Content-Type": "text/plain; charset=utf-8", **headers}
    try:
        with _open(url).open(Request(url, data=body, headers=told, method="POST"), timeout=timeout):
            return "", False
    except HTTPError as error:
        error.close()
        return _name_status(error.code), error.code in _PASSING
    except Exception as error:  # a thread's own trace would say the address
        return _name_failure(error, timeout=timeout), not isinstance(error, ValueError)


def _open(url: str) -> OpenerDirector:
    """Open what speaks HTTP, and follows no redirect."""
    opener = OpenerDirector()
    proxy = ProxyHandler({} if is_local(urlsplit(url).hostname or "") else None)
    for handler in (proxy, HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(handler)
    return opener


def _name_status(code: int) -> str:
    if 300 <= code < 400:
        return f"it answers {code}, which leads elsewhere; no redirect is followed"
    with suppress(ValueError):
        return f"it answers {code} {HTTPStatus(code).phrase}"
    return f"it answers {code}"


def _name_failure(error: Exception, *, timeout: float) -> str:
    """Say what went wrong in words that hold nothing of the address, as those of libraries may."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    if isinstance(cause, TimeoutError):
        return f"it did not answer within {timeout:g} seconds"
    if isinstance(cause, ssl.SSLCertVerificationError):
        return "its certificate is not one that this machine trusts"
    if isinstance(cause, OSError) and cause.strerror:
        return f"it cannot be reached ({cause.strerror})"
    return f"it does not answer as a web service does ({type(cause).__name__})"
