"""What changed since the edition before, kept in short for whoever tells it: a page, a feed, a mail.

It is kept for each edition in one small file, so that a thousand of them are at hand at once; what is kept of a pair
stands until one of both, or the code and words that say it, are others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from briefing.archive.keeping import FOLDER, digest_own_code, read_details
from briefing.archive.records import Details, Record, order_records
from briefing.archive.since import Since, find_since
from briefing.archive.since_pages import since_address
from briefing.archive.since_points import Point, count_changes, list_points
from briefing.editions.fingerprint import digest_bytes
from briefing.page.words import read_words
from briefing.press.whole import read_whole, write_whole

#: Where it is kept.
_PATH = f"{FOLDER}/since.json"

#: The code that says what changed.
_CODE = (
    "judged.py", "moved.py", "newsworthy.py", "pairing.py", "since.py", "since_kept.py", "since_pages.py",
    "since_points.py", "since_words.py", "sheet.py", "assets/archive.css",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SinceSummary:
    """What changed from one edition to the next, in short."""

    count: str  #: on one line, such as "Since 19 December 2022: three figures moved, 12 rows new"
    before: str = ""  #: the address of the earlier edition; empty of the first
    page: str = ""  #: the address of the page that tells all of it; empty of the first
    points: tuple[Point, ...] = ()  #: the most telling first; the anchors are of that page
    is_unchanged: bool = False


def list_earlier(records: Iterable[Record]) -> dict[str, Record]:
    """Give the edition before each, by address; none has the first of a series, nor one that is not dated."""
    series = order_records(record for record in records if record.is_dated).values()
    return {later.address: earlier for editions in series for earlier, later in pairwise(editions)}


def digest_pair(before: Record | None, after: Record) -> str:
    """Give what the telling of two editions was made from."""
    both = [
        part for record in (before, after) if record for part in (record.name, record.page, record.details, record.flaw)
    ]
    return digest_bytes("\0".join([digest_telling(), *both]).encode("utf-8", "replace"))


@cache
def digest_telling() -> str:
    """Give the digest of the code and the words that tell what changed."""
    here = Path(__file__).parent
    languages = sorted((here.parent / "page" / "languages").glob("*.toml"))
    sheets = sorted((here.parent / "page" / "assets").glob("*.css"))
    palette = here.parent / "values" / "palette.py"
    files = [*(here / name for name in _CODE), *languages, *sheets, palette]
    return digest_bytes(b"".join([digest_own_code().encode(), *(path.read_bytes() for path in files)]))


def find_between(out: Path, before: Record | None, after: Record, *, now: Details | None = None) -> Since:
    """Find what changed between two editions of a reports folder; `now` are the details of the later."""
    then = read_details(out, before) if before else Details()
    return find_since(before, after, then=then, now=now or read_details(out, after))


def summarize(since: Since) -> SinceSummary:
    """Tell in short what changed, in the language of the later page's own words."""
    words, before = read_words(since.after.language), since.before
    return SinceSummary(
        count_changes(since, words=words),
        before=before.address if before else "",
        page=since_address(before, since.after) if before else "",
        points=list_points(since, words=words),
        is_unchanged=since.is_unchanged,
    )


def read_summaries(out: Path, records: Iterable[Record]) -> dict[str, SinceSummary]:
    """Read what is kept of editions, by address: that which still stands."""
    records = list(records)
    kept, earlier = read_whole(out / _PATH), list_earlier(records)
    found = {}
    for record in records:
        cells = kept.get(record.address)
        if cells and cells["key"] == digest_pair(earlier.get(record.address), record):
            found[record.address] = _read_summary(cells["told"])
    return found


def write_summaries(out: Path, records: Iterable[Record], summaries: Mapping[str, SinceSummary]) -> None:
    """Keep what was told of editions."""
    records = list(records)
    earlier = list_earlier(records)
    kept = {
        record.address: {
            "key": digest_pair(earlier.get(record.address), record),
            "told": summaries[record.address],
        }
        for record in records
        if record.address in summaries
    }
    write_whole(out / _PATH, kept)


def _read_summary(cells: Mapping[str, Any]) -> SinceSummary:
    return SinceSummary(**{**cells, "points": tuple(Point(**point) for point in cells["points"])})
