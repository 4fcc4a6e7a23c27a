"""The index of a search: the lines of editions and claims, packed month by month, so that one edition changes little.

A claim is in the index once, under the newest edition that carries it, with the number of the others that do. The
months of a year, or of all years where they are small enough, are one part: what one page searches. A browser unpacks
a part piece by piece, the newest first, and so can answer before it has unpacked all.
"""

from __future__ import annotations

import itertools
import json
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from briefing.archive.records import Record
from briefing.archive.search_entries import TITLE, write_edition
from briefing.archive.sheet import lead_from, name_edition
from briefing.editions.fingerprint import digest
from briefing.page.words import Words

#: The page that searches what is newest; older years, where they do not fit, have pages in a folder beside it.
SEARCH = "search.html"
#: So many bytes a page of the search may have, and so many of them are its frame, at most.
MOST_BYTES, _FRAME = 2_000_000, 60_000
#: So many bytes of rows a piece has, at least, where there are more.
_PIECE = 100_000
#: So many rows are packed together, at least.
_ROWS = 400
#: What a row and an edition cost in the first line of a part, about.
_ROW_COST, _EDITION_COST = 4, 40

#: What parts the words of a title here. A browser assumes that any number may stand in a title.
_APART = re.compile(r"[\x00-@\[-`{-\x7f]+")

#: Keys of claims, in the order of an edition's rows or of lines.
Keys: TypeAlias = "array[int]"


@dataclass(frozen=True, slots=True)
class Holding:
    """An edition, and the keys of the claims that it carries."""

    record: Record
    made_from: str  #: the digest of all that its record says
    keys: Keys
    own: Keys  #: those of the claims that no newer edition carries
    told: tuple[int, int, int]  #: how many are its own, their sum, and that of the shared ones times their carriers


@dataclass(frozen=True, slots=True)
class Packed:
    """Lines that are packed together, in the order of their keys."""

    keys: Keys
    content: bytes
    letters: str  #: the letters beyond ASCII in them
    words: str = ""  #: the words in the titles of claims, each once


@dataclass(frozen=True, slots=True)
class Month:
    """What is found in the editions of a month."""

    made_from: str
    editions: Packed  #: without keys: in the order of `order_editions`
    rows: tuple[Packed, ...]

    @property
    def keys(self) -> Iterator[int]:
        """The keys of its claims, in the order of their lines."""
        return itertools.chain.from_iterable(packed.keys for packed in self.rows)


@dataclass(frozen=True, slots=True)
class SearchPart:
    """The months that one page searches, the newest first."""

    name: str
    label: str  #: its months, as a partial date; empty where it has all there are
    months: tuple[str, ...]
    made_from: str


def count_rows(editions: Iterable[tuple[Record, str, Keys]]) -> Counter[int]:
    """Count how many editions carry each claim."""
    return Counter(itertools.chain.from_iterable(keys for _, _, keys in editions))


def share_rows(editions: Iterable[tuple[Record, str, Keys]], count: Mapping[int, int]) -> list[Holding]:
    """Give each claim to the newest edition that carries it; the editions come newest first."""
    shared = {key: number for key, number in count.items() if number > 1}
    seen: set[int] = set()
    holdings = []
    for record, made_from, keys in editions:
        carried = shared.keys() & keys if shared else set()
        own_shared = carried - seen
        own = array("Q", {*keys} - (carried - own_shared)) if carried else keys
        seen |= own_shared
        told = (len(own), sum(own), sum(key * shared[key] for key in own_shared))
        holdings.append(Holding(record, made_from, keys, own, told))
    return holdings


def order_editions(holdings: Iterable[Holding]) -> list[Holding]:
    """Order the editions of a month so that alike ones lie together: by series, the newest first."""
    newest = sorted(holdings, key=lambda held: held.record.order, reverse=True)
    return sorted(newest, key=lambda held: held.record.series)


def digest_month(holdings: Iterable[Holding]) -> str:
    """Give the digest of what the lines of a month are made from."""
    listed = order_editions(holdings)
    own = [sum(told) for told in zip(*(held.told[:2] for held in listed), strict=True)]
    return digest([[held.record.address, held.made_from] for held in listed] + [list(map(str, own))])


def make_month(
    holdings: Iterable[Holding],
    known: Mapping[bytes, Packed],
    find_lines: Callable[[Keys], Iterable[str]],
    *,
    words: Words,
) -> Month:
    """Pack the lines of a month; of `known`, what has the same keys is taken as it is."""
    listed = order_editions(holdings)
    told = pack_lines(array("Q"), [write_edition(held.record, words=words) for held in listed])
    keys = sorted(itertools.chain.from_iterable(held.own for held in listed))
    rows = [known.get(group.tobytes()) or _pack_rows(group, find_lines(group)) for group in map(_to_keys, _group(keys))]
    return Month(digest_month(listed), told, tuple(rows))


def _to_keys(keys: Iterable[int]) -> Keys:
    return array("Q", keys)


def _group(keys: Sequence[int]) -> Iterator[list[int]]:
    """Part keys by their first bits, so that one more row changes one group of them."""
    bits = (len(keys) // _ROWS).bit_length()
    for _, group in itertools.groupby(keys, key=lambda key: key >> (64 - bits)):
        yield list(group)


def _pack_rows(keys: Keys, lines: Iterable[str]) -> Packed:
    told = list(lines)
    titles = " ".join(itertools.chain.from_iterable(line.split("\t", TITLE)[:TITLE] for line in told))
    return replace(pack_lines(keys, told), words=" ".join(sorted({*_APART.split(titles)} - {""})))


def pack_lines(keys: Keys, lines: Iterable[str]) -> Packed:
    """Pack lines so that what is packed can stand behind other such."""
    text = "".join(f"{line}\n" for line in lines)
    letters = "".join(sorted(letter for letter in set(text) if letter > "\x7f"))
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(keys, packer.compress(text.encode("utf-8", "replace")) + packer.flush(zlib.Z_SYNC_FLUSH), letters)


def unpack_lines(packed: Packed) -> dict[int, str]:
    """Give lines by their keys."""
    text = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed.content).decode()
    return dict(zip(packed.keys, text.split("\n"), strict=False))


def size_of(month: Month) -> int:
    """Say how many bytes a month adds to a part, about."""
    rows = sum(len(packed.content) + len(packed.keys) * _ROW_COST for packed in month.rows)
    return len(month.editions.content) + rows


def plan_parts(months: Mapping[str, Sequence[Holding]], sizes: Mapping[str, int]) -> list[SearchPart]:
    """Decide which months are one part: all of them where they fit, and else those of a year, or some of them."""
    room = (MOST_BYTES - _FRAME) * 3 // 4  # what is packed is written in base64
    costs = {month: sizes[month] + len(held) * _EDITION_COST for month, held in months.items()}
    newest_first = sorted(months, reverse=True)
    groups: list[list[str]] = []
    fits_all = sum(costs.values()) <= room
    for month in newest_first:
        is_of_group = groups and (fits_all or month[:4] == groups[-1][-1][:4])
        if is_of_group and sum(costs[other] for other in groups[-1]) + costs[month] <= room:
            groups[-1].append(month)
        else:
            groups.append([month])
    return [_make_part(group, months, groups) for group in groups]


def _make_part(group: list[str], months: Mapping[str, Sequence[Holding]], groups: list[list[str]]) -> SearchPart:
    year = group[0][:4]
    of_year = [other for other in groups if other[0][:4] == year]
    at = of_year.index(group)
    label = year if len(of_year) == 1 else f"{group[-1]}/{group[0]}"
    name = SEARCH if group is groups[0] else f"search/{year}{f'-{at + 1}' if at else ''}.html"
    told = [[held.record.address, held.made_from, *map(str, held.told)] for month in group for held in months[month]]
    return SearchPart(name, label if len(groups) > 1 else "", tuple(group), digest([group, told]))


def pack_part(
    months: Sequence[Month],
    holdings: Sequence[Sequence[Holding]],
    count: Mapping[int, int],
    *,
    folder: str,
    words: Words,
) -> list[bytes]:
    """Pack a part in pieces: a line that says where things are, the lines of all editions, those of the claims.

    All editions are in the first piece, which also says of the claims in the others how new the newest is, and which
    words their titles have. `count` says how many editions carry the claim of a key.
    """
    editions = [held for listed in holdings for held in order_editions(listed)]
    owner: dict[int, int] = {}
    for at, held in enumerate(editions):
        owner.update(dict.fromkeys(held.own, at))
    pieces = _part_pieces(months)
    older = [held.record.as_of for listed in holdings[len(pieces[0]) :] for held in listed]
    head = {
        "editions": [_place(held.record, folder=folder, words=words) for held in editions],
        "letters": "".join(sorted(set().union(*(group.letters for group in _list_packed(months))))),
        "older": max(older, default=""),
        "pieces": len(pieces),
        "titles": " ".join(sorted(_list_words(months[len(pieces[0]) :]))),
    }
    told = [month.editions for month in months]
    return [
        _pack_piece(head if not at else {}, told if not at else [], piece, owner, count)
        for at, piece in enumerate(pieces)
    ]


def _part_pieces(months: Sequence[Month]) -> list[list[Month]]:
    """Part months into pieces, each with as many as make it worth a stream of its own."""
    pieces: list[list[Month]] = [[]]
    for month in months:
        if sum(map(size_of, pieces[-1])) >= _PIECE:
            pieces.append([])
        pieces[-1].append(month)
    return pieces


def _list_words(months: Sequence[Month]) -> set[str]:
    return {word for month in months for group in month.rows for word in group.words.split(" ") if word}


def _list_packed(months: Sequence[Month]) -> Iterator[Packed]:
    for month in months:
        yield month.editions
        yield from month.rows


def _pack_piece(
    head: Mapping[str, Any],
    told: Sequence[Packed],
    months: Sequence[Month],
    owner: Mapping[int, int],
    count: Mapping[int, int],
) -> bytes:
    keys = [key for month in months for key in month.keys]
    line = {**head, "others": [count[key] - 1 for key in keys], "rows": [owner[key] for key in keys]}
    first = pack_lines(array("Q"), [json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))])
    packed = [*told, *(group for month in months for group in month.rows)]
    return b"".join([first.content, *(group.content for group in packed), b"\x03\x00"])


def _place(record: Record, *, folder: str, words: Words) -> list[str]:
    return [lead_from(folder, record.address), record.series, record.as_of, name_edition(record, words=words)]
