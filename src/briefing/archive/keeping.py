"""Records, kept: an edition is read once, and not again before it changes.

A run that cannot be read gives a record of what the press noted of its page, and says so; whoever brings the run back
has it read by the next build.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from briefing.archive.records import (
    Details,
    Record,
    RecordedCorrection,
    RecordedFigure,
    RecordedJudgement,
    RecordedRow,
    RecordedTile,
)
from briefing.editions.fingerprint import digest, digest_bytes
from briefing.press.publish import PRESS, manifest_path, read_json, write_changed
from briefing.press.whole import list_fields, read_whole, write_whole
from briefing.values.bounds import Bounds

#: Where it is kept.
FOLDER = f"{PRESS}/archive"

#: What the press notes of an edition that its record is made from.
_MADE_FROM = ("address", "briefing", "title", "parameters", "cover", "page", "run")

#: What editions beside each other mostly have in common: each is kept as one text, and such a text is read once.
_IN_COMMON: Mapping[str, type[RecordedJudgement | RecordedCorrection]] = {
    "judgements": RecordedJudgement,
    "told": RecordedCorrection,
}


def record_path(out: Path, address: str) -> Path:
    """Say where the record of an edition lies."""
    return out / f"{FOLDER}/records/{address.removesuffix('.html')}.json"


def details_path(out: Path, address: str) -> Path:
    """Say where the details of an edition lie."""
    return out / f"{FOLDER}/details/{address.removesuffix('.html')}.json.gz"


def key_of(manifest: Mapping[str, Any]) -> str:
    """Give what a record stands for: the digest of all that it was made from, and of the code that makes records."""
    return digest([digest_own_code(), *(manifest.get(name) for name in _MADE_FROM)])


@cache
def digest_own_code() -> str:
    """Give the digest of the code that makes records: what other code kept is made anew."""
    here = Path(__file__).parent
    return digest_bytes(
        b"".join(
            (here / name).read_bytes() for name in ("records.py", "recording.py", "runs.py", "keeping.py", "stamps.py")
        )
    )


@dataclass(frozen=True, slots=True)
class MadeRecord:
    """A record that was made and is not kept yet."""

    record: Record
    details: bytes = field(default=b"", repr=False)  #: packed as they are kept; empty where its run cannot be read


def read_record(out: Path, manifest: Mapping[str, Any], *, ahead: Mapping[str, MadeRecord] | None = None) -> Record:
    """Give the record of an edition, of which the press noted this: the one that is kept, or else a new one.

    Of a new one `ahead` may have been made already, by what it stands for (`key_of`).
    """
    address, key = str(manifest["address"]), key_of(manifest)
    if kept := find_kept(out, address, key):
        return kept
    made = (ahead or {}).get(key) or _make_record(out, manifest)
    if made.details:
        write_changed(details_path(out, address), made.details)
        kept_record = {"key": key, "code": digest_own_code(), "record": _pack_record(made.record)}
        write_whole(record_path(out, address), kept_record)
    return made.record


def make_ahead(out: Path, address: str) -> dict[str, MadeRecord]:
    """Make the record of an edition that was just published, by what it stands for; none where there is no need.

    Nothing is written: what its page printed before is still to be read of the record that is kept (`find_printed`).
    """
    manifest = read_json(manifest_path(out, address))
    if manifest.get("address") != address or find_kept(out, address, key_of(manifest)):
        return {}
    made = _make_record(out, manifest)
    return {key_of(manifest): made} if made.details else {}


def _make_record(out: Path, manifest: Mapping[str, Any]) -> MadeRecord:
    from briefing.archive.recording import make_record  # imports all blocks, which few builds have need of

    record, details = make_record(out, manifest)
    if details is None:
        return MadeRecord(record)
    packed = _pack(details)
    return MadeRecord(replace(record, details=digest_bytes(packed)), packed)


def find_kept(out: Path, address: str, key: str) -> Record | None:
    """Find the record that is kept of an edition, where it stands for what the key says (`key_of`)."""
    kept = read_whole(record_path(out, address)) if key else {}
    is_whole = kept.get("key") == key and details_path(out, address).is_file()
    return _read_record(kept["record"]) if is_whole else None


def find_printed(out: Path, address: str) -> Mapping[str, str]:
    """Find the rows that a page printed when its record was last made; none where other code made it."""
    kept = read_whole(record_path(out, address))
    return dict(kept["record"]["printed"]) if kept.get("code") == digest_own_code() else {}


def read_details(out: Path, record: Record) -> Details:
    """Read the details of an edition; empty where its run cannot be read."""
    if not record.details:
        return Details()
    with suppress(OSError, ValueError, EOFError, zlib.error):
        packed = details_path(out, record.address).read_bytes()
        if digest_bytes(packed) == record.details:
            return _unpack(packed)
    record_path(out, record.address).unlink(missing_ok=True)  # what was kept is damaged: the next build makes it anew
    from briefing.archive.recording import make_record

    return make_record(out, read_json(manifest_path(out, record.address)) or asdict(record))[1] or Details()


def _pack(details: Details) -> bytes:
    """Give the bytes in which details are kept: the same for the same details."""
    return gzip.compress(json.dumps(details, ensure_ascii=False, default=list_fields).encode(), 4, mtime=0)


@lru_cache(maxsize=4)  # an edition that changed is compared with both of its neighbours, and searched
def _unpack(packed: bytes) -> Details:
    return _read_details(json.loads(gzip.decompress(packed)))


def _pack_record(record: Record) -> dict[str, Any]:
    in_common = {
        name: json.dumps(getattr(record, name), ensure_ascii=False, sort_keys=True, default=list_fields)
        for name in _IN_COMMON
    }
    return list_fields(record) | in_common


def _read_record(cells: Mapping[str, Any]) -> Record:
    tiles = tuple(map(_read_tile, cells["tiles"]))
    in_common = {name: _read_in_common(name, cells[name]) for name in _IN_COMMON}
    return Record(**{**cells, **in_common, "tiles": tiles, "headings": tuple(cells["headings"])})


@lru_cache(maxsize=512)
def _read_in_common(name: str, text: str) -> tuple[Any, ...]:
    """Read what several editions say alike: all of them have the same values of it then."""
    return tuple(_IN_COMMON[name](**cells) for cells in json.loads(text))


def _read_tile(cells: Mapping[str, Any]) -> RecordedTile:
    figure = _read_figure(cells["figure"]) if cells["figure"] else None
    return RecordedTile(**{**cells, "chips": tuple(cells["chips"]), "figure": figure})


def _read_figure(cells: Mapping[str, Any]) -> RecordedFigure:
    bounds = Bounds(**cells["bounds"]) if cells["bounds"] else None
    printed = tuple(cells["printed"]) if cells["printed"] else None
    return RecordedFigure(**{**cells, "bounds": bounds, "printed": printed, "claims": tuple(cells["claims"])})


def _read_details(cells: Mapping[str, Any]) -> Details:
    rows = {table: {key: RecordedRow(**row) for key, row in kept.items()} for table, kept in cells["rows"].items()}
    figures = tuple(map(_read_figure, cells["figures"]))
    return Details(figures, rows, tuple(RecordedCorrection(**told) for told in cells["corrections"]))
