"""What the catalog says of the archive itself: how it is called, whose it is, and where readers find it.

::

    [archive]
    address = "https://example.org/briefings/"
    title = "Briefings on the strait"
    author = "The Corvia desk"
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from briefing.errors import UNPRINTABLE, UsageError, did_you_mean

#: The table of the catalog that says it.
TABLE = "archive"

_LONGEST = 300


@dataclass(frozen=True, slots=True)
class About:
    """What is said of an archive; all of it may be left out."""

    address: str = ""  #: where readers find it on the web, with a stroke at its end; empty where it lies nowhere
    title: str = ""  #: how it is called
    author: str = ""  #: whose it is

    def lead_to(self, name: str) -> str:
        """Give the address of a file of the archive: whole where the archive has one, and else relative to it."""
        return f"{self.address}{name}"


def check_about(table: object, *, where: str) -> About:
    """Read the catalog's table of the archive.

    Raises `UsageError` where it says something else than an `About` holds, or its address is none that readers can be
    given.
    """
    if not isinstance(table, dict):
        raise UsageError(f"{where}: archive is no table; it says where readers find the pages. Write [archive].")
    known = [field.name for field in fields(About)]
    for key, value in table.items():
        if key not in known:
            rule = f"[archive] has {', '.join(known)}"
            raise UsageError(f"{where}: [archive] {key}: is unknown; {rule}. {did_you_mean(key, known)}")
        if not isinstance(value, str) or not 0 < len(value) <= _LONGEST or UNPRINTABLE.search(value):
            rule = f"it is a text of at most {_LONGEST} printable letters"
            raise UsageError(f"{where}: [archive] {key}: is none; {rule}. Correct it or leave it out.")
    address = str(table.get("address", ""))
    if address and not _is_public(address):
        # what is wrong with it may be a password, which nobody prints
        rule = "an address is https:// or http:// and a folder, in ASCII, with no login, query or fragment"
        raise UsageError(f"{where}: [archive] address: is none; {rule}. Write https://example.org/briefings/.")
    return About(**{**table, "address": address and f"{address.rstrip('/')}/"})


def read_about(catalog: Path) -> About:
    """Read what a catalog says of the archive; nothing where it cannot be read or is wrong, as `read_catalog` tells."""
    with suppress(OSError, ValueError, RecursionError, UsageError):
        listed = tomllib.loads(catalog.read_text(encoding="utf-8-sig"))
        return check_about(listed.get(TABLE, {}), where=str(catalog))
    return About()


def _is_public(address: str) -> bool:
    try:
        parts = urlsplit(address)
        _ = parts.port  # which raises where it is no number
    except ValueError:
        return False
    is_plain = address.isascii() and not set(address) & set(" \"'<>\\^`{|}?#@")
    return is_plain and parts.scheme in ("http", "https") and bool(parts.hostname)
