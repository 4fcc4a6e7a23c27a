"""Addresses of pages: which of them lead to one page, however they were copied."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

#: What is added to an address to count readers; the page is the same without it.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|traffic_source")


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
