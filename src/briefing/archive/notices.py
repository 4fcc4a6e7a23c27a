"""What the archive says on each page, outside its seal: notices on top, what is new, links to neighbours.

To tell readers something more on top of pages, write a function from an `Archive` to notices by address and list it in
`_NOTICES`; its sentence goes into the catalogue of words (`page.notices`). To fill another block of a page, list what
writes it in `_BLOCKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from briefing.archive.due import find_due_behind
from briefing.archive.neighbours import LATEST, write_neighbours
from briefing.archive.register import tell_corrected
from briefing.archive.sheet import lead_from
from briefing.archive.standing import Archive
from briefing.page.links import PageLink, is_place, write_since
from briefing.page.notices import Notice, write_notices, write_sentence
from briefing.page.words import read_words


def tell_newer(archive: Archive) -> dict[str, Sequence[Notice]]:
    """Tell each edition that is not the newest of its series that there is a newer one.

    It leads to what leads to the newest, so that it stands, however many editions follow.
    """
    told: dict[str, Sequence[Notice]] = {}
    for editions in archive.series.values():
        for record in editions[:-1]:
            newest = PageLink(LATEST, read_words(record.language).term("notices", "newest"))
            told[record.address] = (Notice("newer", links=(newest,)),)
    return told


def tell_due(archive: Archive) -> dict[str, Sequence[Notice]]:
    """Tell the newest edition of each series when the next one is due, where it has a schedule."""
    told: dict[str, Sequence[Notice]] = {}
    for series, editions in archive.series.items():
        schedule = archive.schedules.get(series)
        if schedule and (day := find_due_behind(editions[-1], schedule)):
            told[editions[-1].address] = (Notice("due", day.isoformat()),)
    return told


#: What pages are told on top, in this order.
_NOTICES: tuple[Callable[[Archive], Mapping[str, Sequence[Notice]]], ...] = (tell_corrected, tell_newer, tell_due)


def write_all_notices(archive: Archive) -> dict[str, str]:
    """Write what stands on top of each page, by address; nothing of a page that is told nothing."""
    told = [tell(archive) for tell in _NOTICES]
    written = {}
    for record in archive.records:
        if notices := [notice for by_address in told for notice in by_address.get(record.address, ())]:
            written[record.address] = write_notices(notices, words=read_words(record.language))
    return written


def write_all_since(archive: Archive) -> dict[str, str]:
    """Write on each page what is new since the edition before, in short, by address; of a first one that it is that."""
    written = {}
    for record in archive.records:
        if told := archive.since.get(record.address):
            words = read_words(record.language)
            page = lead_from(record.folder, told.page)
            lead = Notice("since", links=(PageLink(page, told.count),)) if told.page else Notice("first")
            points = [PageLink(_place(page, point.anchor), point.words) for point in told.points] if told.page else []
            written[record.address] = write_since(write_sentence(lead, words=words), points)
    return written


def _place(page: str, anchor: str) -> str:
    """Lead to a place on a page, where its name is one that a page may lead to."""
    return f"{page}#{anchor}" if is_place(anchor) else page


#: What fills each block of a page that lies outside its seal (`page.links.BLOCKS`), by address.
_BLOCKS: Mapping[str, Callable[[Archive], Mapping[str, str]]] = {
    "notices": write_all_notices,
    "since": write_all_since,
    "neighbours": write_neighbours,
}


def write_blocks(archive: Archive) -> dict[str, dict[str, str]]:
    """Write what stands in the blocks of each page, by address."""
    written = {name: write(archive) for name, write in _BLOCKS.items()}
    return {
        record.address: {name: by_address.get(record.address, "") for name, by_address in written.items()}
        for record in archive.records
    }
