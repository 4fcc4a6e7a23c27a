"""Addresses of pages: which of them lead to one page, however they were copied."""

from __future__ import annotations

import re
from ipaddress import ip_address
from unicodedata import name
from urllib.parse import parse_qsl, urlencode, urlsplit

#: What is added to an address to count readers; the page is the same without it.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|traffic_source")


#: Japanese and Korean mix alphabets in every name.
_WRITTEN_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})

_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")


def address_problem(url: str) -> str:
    """Say why an address leads to no page that everybody can read; nothing where it does.

    Its host is what a browser takes for it, and no name or password stands before it: a reader would take that for the
    host.

    Examples
    --------
    >>> address_problem("https://www.nato.int@evil.example/")
    'has a name or password before its host, which is evil.example'
    >>> address_problem("https:///hay.example/"), address_problem("https://hay.example/")
    ('has no host', '')
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "has no host or port that a browser takes"
    if "@" in parts.netloc:
        return f"has a name or password before its host, which is {host}"
    if not host:
        return "has no host"
    if parts.netloc.endswith(":") or port == 0:
        return "has no host or port that a browser takes"
    try:
        is_public = ip_address(host).is_global
    except ValueError:
        *labels, top = host.removesuffix(".").split(".")
        is_name = bool(labels) and all(_LABEL.fullmatch(label) for label in (*labels, top)) and len(host) <= 253
        # a last part of digits makes a browser read the whole as numbers of a machine
        return "" if is_name and not re.match(r"\d|0x", top) else "has a host that is no name of the internet"
    return "" if is_public else "leads into a network of somebody's own"


def mixed_host(url: str) -> str:
    """Give the name of a host as machines have it where a part of it mixes alphabets; nothing where none does.

    Examples
    --------
    >>> mixed_host("https://\u0430pple.example/"), mixed_host("https://xn--pple-43d.example/")
    ('xn--pple-43d.example', 'xn--pple-43d.example')
    >>> mixed_host("https://\u043f\u0440\u0430\u0432\u0434\u0430.example/"), mixed_host("https://m\u00fcnchen.example/")
    ('', '')
    """
    try:
        host = urlsplit(url).hostname or ""
        if host.isascii() and "xn--" not in host:
            return ""  # nearly every one
        coded = host.encode("idna").decode("ascii")
        labels = coded.encode("ascii").decode("idna").split(".")
    except ValueError:  # UnicodeError too: no browser shows such a host
        return ""
    alphabets = [{name(char, "").partition(" ")[0] for char in label if char.isalpha()} for label in labels]
    return coded if any(len(each) > 1 and not each & _WRITTEN_TOGETHER for each in alphabets) else ""


def normal_address(url: str) -> str:
    """Give an address as a page has it, however it was copied.

    Examples
    --------
    >>> normal_address("http://www.Hay.example/a/?utm_source=rss&b=1#top")
    'hay.example/a?b=1'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url  # no browser reads it either
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = urlencode([pair for pair in asked if not _TRACKING.fullmatch(pair[0])])
    host = parts.netloc.lower().removeprefix("www.").removesuffix(":80").removesuffix(":443")
    return f"{host}{parts.path.rstrip('/')}{'?' if kept else ''}{kept}"
