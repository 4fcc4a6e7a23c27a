"""What a build does about the archive: it is written, unless all of it stands as it was left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.archive.settled import is_as_left, name_sources
from briefing.editions.catalog import Briefing

if TYPE_CHECKING:
    from briefing.archive.standing import Archive


def write_where_changed(out: Path, *, briefings: Sequence[Briefing], data: Path) -> Archive | None:
    """Write all that stands around the pages, as `write_archive` does, unless it stands as it was left: then nothing.

    Whoever calls it holds the folder's lock. Raises `PublishError` where the folder cannot be written.
    """
    if is_as_left(out, made_from=name_sources(briefings, data=data)):
        return None
    from briefing.archive.write import write_archive  # imports all blocks: only where something changed

    return write_archive(out, briefings=briefings, data=data)
