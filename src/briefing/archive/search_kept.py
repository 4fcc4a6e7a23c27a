"""What the search keeps between builds, so that an edition is read once: keys by edition, packed lines by month.

Each file is written under the digest of its bytes; one that is missing, damaged or of other code is as if it never was.
"""

from __future__ import annotations

import itertools
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefing.archive.keeping import FOLDER
from briefing.archive.search_index import Keys, Month, Packed
from briefing.editions.fingerprint import digest_bytes
from briefing.press.publish import write_changed

_FOLDER = f"{FOLDER}/search"
_EDITIONS = f"{_FOLDER}/editions.bin"


def month_path(out: Path, month: str) -> Path:
    """Say where the packed lines of a month are kept."""
    return out / _FOLDER / "months" / f"{month or 'undated'}.bin"


def part_path(out: Path, name: str) -> Path:
    """Say where a packed part is kept."""
    return out / _FOLDER / "parts" / f"{name.removesuffix('.html')}.bin"


def state_path(out: Path) -> Path:
    """Say where is noted what the search was last made from."""
    return out / _FOLDER / "state.json"


def pages_path(out: Path) -> Path:
    """Say where is noted what the pages of the search were made from."""
    return out / _FOLDER / "pages.json"


def read_keys(out: Path, made_by: str) -> dict[str, tuple[str, Keys]]:
    """Read which claims each edition carries: address -> the digest of its details, and keys."""
    head, content = _read(out / _EDITIONS)
    if head.get("made_by") != made_by:
        return {}
    whole, at, kept = _to_keys(content), 0, {}
    for address, details, number in head["editions"]:
        kept[address] = (details, whole[at : at + number])
        at += number
    return kept


def keep_keys(out: Path, made_by: str, editions: Mapping[str, tuple[str, Keys]]) -> None:
    """Keep which claims each edition carries."""
    listed = [[address, details, len(keys)] for address, (details, keys) in editions.items()]
    _write(out / _EDITIONS, {"made_by": made_by, "editions": listed}, [keys.tobytes() for _, keys in editions.values()])


def read_packed_month(out: Path, month: str, made_by: str) -> Month | None:
    """Read the packed lines of a month; nothing where they are not kept."""
    head, content = _read(month_path(out, month))
    if head.get("made_by") != made_by:
        return None
    editions, *rows = _read_packed(head["packed"], content)
    return Month(head["made_from"], editions, tuple(rows))


def keep_month(out: Path, month: str, made_by: str, packed: Month) -> None:
    """Keep the packed lines of a month."""
    groups = (packed.editions, *packed.rows)
    sizes = [[len(group.keys), len(group.content), group.letters, group.words] for group in groups]
    blobs = [blob for group in groups for blob in (group.keys.tobytes(), group.content)]
    _write(month_path(out, month), {"made_by": made_by, "made_from": packed.made_from, "packed": sizes}, blobs)


def read_part(out: Path, name: str, made_from: str) -> list[bytes]:
    """Read the pieces of a packed part; none where it is not kept."""
    head, content = _read(part_path(out, name))
    if head.get("made_from") != made_from:
        return []
    ends = list(itertools.accumulate(head["pieces"]))
    return [content[start:end] for start, end in itertools.pairwise([0, *ends])]


def keep_part(out: Path, name: str, made_from: str, pieces: Sequence[bytes]) -> None:
    """Keep the pieces of a packed part."""
    _write(part_path(out, name), {"made_from": made_from, "pieces": list(map(len, pieces))}, pieces)


def clear_kept(out: Path, *, months: Iterable[str], parts: Iterable[str]) -> None:
    """Take away what is kept of months and parts that are no longer there."""
    still = {*(month_path(out, month) for month in months), *(part_path(out, name) for name in parts)}
    for path in (out / _FOLDER).glob("*/*.bin"):
        if path not in still:
            path.unlink(missing_ok=True)


def _read_packed(sizes: Sequence[Sequence[Any]], content: bytes) -> Iterator[Packed]:
    at = 0
    for number, length, letters, words in sizes:
        middle = at + number * array("Q").itemsize
        yield Packed(_to_keys(content[at:middle]), content[middle : middle + length], letters, words)
        at = middle + length


def _to_keys(content: bytes) -> Keys:
    return array("Q", content)


def _write(path: Path, head: Mapping[str, Any], blobs: Iterable[bytes]) -> None:
    content = b"".join([json.dumps(head, ensure_ascii=False, sort_keys=True).encode(), b"\n", *blobs])
    write_changed(path, digest_bytes(content).encode() + b"\n" + content)


def _read(path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        seal, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return {}, b""
    if seal != digest_bytes(content).encode():
        return {}, b""
    head, _, rest = content.partition(b"\n")
    return dict(json.loads(head)), rest
