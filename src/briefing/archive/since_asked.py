"""Which editions are compared: each with the one before, and those that somebody asked to compare.

What was asked for is noted, so that a build makes those pages anew too, as long as both editions are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.archive.keeping import FOLDER
from briefing.archive.records import Record
from briefing.archive.since_kept import list_earlier
from briefing.archive.since_pages import since_address
from briefing.archive.standing import Archive
from briefing.errors import UsageError, did_you_mean
from briefing.press.publish import hold_lock, read_json, save_json

#: Where it is noted what was asked for.
_PATH = f"{FOLDER}/compared.json"


def list_compared(archive: Archive) -> dict[str, list[Record]]:
    """Give the editions with which each is compared, by address: the one before first, then those asked for."""
    known = {record.address: record for record in archive.records}
    compared = {address: [earlier] for address, earlier in list_earlier(archive.records).items()}
    for before, after in _read_asked(archive.out):
        pair = known.get(before), known.get(after)
        if pair[0] and pair[1] and pair[0].series == pair[1].series and pair[0] not in compared.get(after, []):
            compared.setdefault(after, []).append(pair[0])
    return compared


def note_asked(out: Path, before: Record, after: Record) -> None:
    """Note that somebody asked to compare two editions; the caller holds the folder's lock."""
    asked = _read_asked(out)
    if (before.address, after.address) not in asked:
        save_json(out / _PATH, {"pairs": sorted([*asked, (before.address, after.address)])})


def _read_asked(out: Path) -> list[tuple[str, str]]:
    pairs = read_json(out / _PATH).get("pairs", [])
    return [(str(before), str(after)) for before, after in pairs]


def find_compared(archive: Archive, before: str, after: str) -> tuple[Record, Record]:
    """Find two editions by their names; they answer one question, and the earlier is named first.

    Raises `UsageError` where one is not there, or they cannot be compared.
    """
    first, second = (_find_edition(archive.records, name) for name in (before, after))
    named = f"{first.name} and {second.name}"
    if first == second:
        others = [record.name for record in archive.records if record.series == first.series and record != first]
        cure = did_you_mean(first.name, others) if others else "Build another edition of it first."
        raise UsageError(f"{first.name}: it is one edition; what changed is told between two. {cure}")
    if first.series != second.series:
        differ = "other values" if first.briefing == second.briefing else "other questions"
        raise UsageError(
            f"{named}: they answer {differ}; what changed is told between editions that differ in their day alone. "
            "Name two of one series."
        )
    if first.order > second.order:
        raise UsageError(
            f"{named}: the first is the later one; the earlier is named first. Write: {second.name} {first.name}"
        )
    return first, second


def _find_edition(records: Sequence[Record], name: str) -> Record:
    known = {record.name: record for record in records}
    plain = name.removesuffix(".html")
    if plain not in known:
        raise UsageError(f"{name}: no such edition has a page here; {_RULE}. {did_you_mean(plain, known)}")
    return known[plain]


_RULE = "an edition is named by its address"


def write_compared(out: Path, before: Record, after: Record) -> str:
    """Write the page of what changed between two editions, and note that it was asked for; give its address.

    Raises `PublishError` where the folder cannot be written.
    """
    from briefing.archive.write import write_archive  # which asks this file what is compared

    with hold_lock(out):
        note_asked(out, before, after)
        write_archive(out)
    return since_address(before, after)
