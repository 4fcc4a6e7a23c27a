"""What builds saw: editions that stood, and how their files did then, so that none of it is read to see that it stands.

A build reads the page, the run and the manifest of each edition, and every row that it read where the dossier changed.
When all of it stands, the build notes how these three files stood, what the edition was made from, and for which files
of the dossier that holds. The next build takes the edition for what it was seen to be only where all of that is the
same; else it reads anew. What is noted may be lost at any time: it is then seen again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.editions.catalog import Edition
from briefing.editions.fingerprint import digest
from briefing.press.publish import PRESS, failure_path, manifest_path, run_path
from briefing.press.stamps import FileStamp, is_older_than_a_tick, stamp_file
from briefing.press.whole import read_whole, write_whole

#: Where it is noted.
NOTED_SEEN = f"{PRESS}/seen.json"


@dataclass(frozen=True, slots=True)
class Seen:
    """An edition that stands, as a build saw it."""

    #: How its page, its run and its manifest stood before they were read; nothing where that cannot be relied on.
    stamps: tuple[FileStamp, ...]
    made_from: str  #: the digest of what it was made from, apart from rows, and of what it was asked
    rows: str  #: the digest of the dossier's files for which it stands
    reads: str = ""  #: the digest of what it read, all of which is as it was in those files
    until: str = ""  #: the last day on which it stands; empty where no waiver ends

    def holds(self, stamps: tuple[FileStamp, ...], *, made_from: str, rows: str, today: str) -> bool:
        """Whether all of it is as it was: the edition stands."""
        is_same = (self.made_from, self.rows) == (made_from, rows) and self.stands_as_it_did(stamps)
        return is_same and not (self.until and today > self.until)

    def stands_as_it_did(self, stamps: tuple[FileStamp, ...]) -> bool:
        """Whether its files are those that were read, where they stand so now."""
        return bool(stamps) and all(stamps) and self.stamps == stamps

    def is_settled(self, moment: int) -> bool:
        """Whether none of its files can have changed since that moment without another stamp."""
        return all(is_older_than_a_tick(stamp, moment) for stamp in self.stamps)


def stamp_edition(out: Path, edition: Edition) -> tuple[FileStamp, ...]:
    """Say how the page, the run and the manifest of an edition stand; nothing where it failed or was held."""
    address = edition.address
    if os.path.lexists(failure_path(out, address)):
        return ()
    paths = (f"{out}/{address}", run_path(out, address), manifest_path(out, address))
    return tuple(stamp_file(path) for path in paths)


def name_inputs(edition: Edition, shared: str) -> str:
    """Give what an edition is made from, apart from rows; `shared` is what its briefing's editions have in common."""
    return digest([shared, edition.name, dict(edition.values)])


def digest_noted_reads(manifest: Mapping[str, Any]) -> str:
    """Give the digest of the reads of rows that a manifest lists."""
    return digest([manifest.get(name) for name in ("reads", "waivers", "reviews")])


def read_seen(out: Path) -> dict[str, Seen]:
    """Read which editions were seen to stand, by address; nothing where the note is missing or damaged."""
    try:
        return {str(address): _read(*cells) for address, cells in read_whole(out / NOTED_SEEN).items()}
    except (TypeError, ValueError, AttributeError):
        return {}


def write_seen(out: Path, seen: Mapping[str, Seen]) -> None:
    """Note which editions stand; what was noted of others is gone."""
    noted = {address: [one.stamps, one.made_from, one.rows, one.reads, one.until] for address, one in seen.items()}
    write_whole(out / NOTED_SEEN, noted)


def _read(stamps: Any, *texts: str) -> Seen:
    return Seen(tuple(map(tuple, stamps)), *texts)
