"""What a build does about the archive: it is written, unless all of it stands as it was left.

The record of an edition is made as soon as it is published, while others are still being made, and held until then:
the build waits for its workers meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.archive.settled import is_as_left, name_sources
from briefing.editions.catalog import Briefing

if TYPE_CHECKING:
    from briefing.archive.keeping import MadeRecord
    from briefing.archive.standing import Archive


@dataclass(frozen=True, slots=True)
class Upkeep:
    """The archive of one build: what is made of it ahead, and how it is written in the end."""

    briefings: Sequence[Briefing]
    data: Path
    _ahead: dict[str, MadeRecord] = field(default_factory=dict, init=False, repr=False)

    def record(self, out: Path, address: str) -> None:
        """Make the record of an edition that was just published; what goes wrong is told in the end, by who writes."""
        from briefing.archive.keeping import make_ahead  # only where something is published

        with suppress(Exception):  # it stops no other edition
            self._ahead.update(make_ahead(out, address))

    def write(self, out: Path) -> Archive:
        """Write all that stands around the pages; whoever calls it holds the folder's lock.

        Raises `PublishError` where the folder cannot be written.
        """
        from briefing.archive.write import write_archive  # imports all blocks: only where something changed

        return write_archive(out, briefings=self.briefings, data=self.data, ahead=self._ahead)

    def write_where_changed(self, out: Path) -> Archive | None:
        """Write all that stands around the pages, as `write` does, unless it stands as it was left: then nothing."""
        is_left = is_as_left(out, made_from=name_sources(self.briefings, data=self.data))
        return None if is_left else self.write(out)
