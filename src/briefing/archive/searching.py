"""Bringing the index of a search up to date: what an edition changed is packed anew, all else is taken as it was."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from briefing.archive.keeping import read_details
from briefing.archive.records import Record
from briefing.archive.search_entries import write_claims
from briefing.archive.search_index import (
    Holding,
    Keys,
    Month,
    Packed,
    SearchPart,
    count_rows,
    digest_month,
    make_month,
    pack_part,
    plan_parts,
    share_rows,
    size_of,
    unpack_lines,
)
from briefing.archive.search_kept import (
    clear_kept,
    keep_keys,
    keep_month,
    keep_part,
    part_path,
    read_keys,
    read_packed_month,
    state_path,
)
from briefing.archive.since_kept import digest_telling
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest, digest_bytes
from briefing.page.words import Words
from briefing.press.publish import read_json, save_json

#: The code that lines and packed lines are made by.
_MAKERS = ("search_entries.py", "search_index.py", "search_kept.py", "searching.py")

#: An edition with what its lines are made from, and the keys of the claims that it carries.
_Listed = tuple[Record, str, Keys]


@dataclass(frozen=True, slots=True)
class _Stock:
    """Where lines of claims come from: details that were read anew, what was packed before, details once more."""

    out: Path
    words: Words
    fresh: dict[int, str] = field(default_factory=dict)
    packed: dict[int, Packed] = field(default_factory=dict)
    groups: dict[bytes, Packed] = field(default_factory=dict)
    carriers: dict[int, Record] = field(default_factory=dict)

    def find_lines(self, keys: Keys) -> Iterator[str]:
        """Give the lines of claims by their keys."""
        for key in keys:
            if key not in self.fresh:
                self._bring(key)
            yield self.fresh[key]

    def _bring(self, key: int) -> None:
        if key in self.packed:
            self.fresh.update(unpack_lines(self.packed[key]))
        else:
            self.fresh.update(write_claims(read_details(self.out, self.carriers[key]), words=self.words))

    def put(self, month: Month) -> None:
        """Take what was packed of a month."""
        for group in month.rows:
            self.groups[group.keys.tobytes()] = group
            self.packed.update(dict.fromkeys(group.keys, group))


def update_index(archive: Archive, *, words: Words) -> list[SearchPart]:
    """Bring the index up to date, and give its parts, whose packed lines are kept from then on."""
    made_by = _digest_makers(words.language)
    told = [(record, _tell_making(archive, record)) for record in archive.records]
    made_from = digest([made_by, [[record.address, made] for record, made in told]])
    state = read_json(state_path(archive.out))
    parts = [SearchPart(name, label, tuple(months), made) for name, label, months, made in state.get("parts", ())]
    if state.get("made_from") == made_from and all(part_path(archive.out, part.name).is_file() for part in parts):
        return parts
    stock = _Stock(archive.out, words)
    listed = _list_keys(stock, sorted(told, key=lambda one: one[0].as_of, reverse=True), made_by)
    known = state if state.get("made_by") == made_by else {}
    parts, sizes = _pack(stock, listed, known, made_by)
    plain = [[part.name, part.label, list(part.months), part.made_from] for part in parts]
    save_json(state_path(archive.out), {"made_by": made_by, "made_from": made_from, "parts": plain, "months": sizes})
    clear_kept(archive.out, months=sizes, parts=[part.name for part in parts])
    return parts


def _tell_making(archive: Archive, record: Record) -> str:
    """Say what the lines of an edition are made from."""
    return f"{archive.state(record).key or record.page} {record.details} {record.flaw}"


@cache
def _digest_makers(language: str) -> str:
    here = Path(__file__).parent
    # what tells of a change has the words of all languages, in which days are told here too
    return digest([digest_telling(), language, *(digest_bytes((here / name).read_bytes()) for name in _MAKERS)])


def _list_keys(stock: _Stock, told: Sequence[tuple[Record, str]], made_by: str) -> list[_Listed]:
    """List which claims each edition carries; only the details of one that changed are read."""
    kept = read_keys(stock.out, made_by)
    listed: list[_Listed] = []
    for record, made in told:
        details, keys = kept.get(record.address, ("", array("Q")))
        if details != record.details:
            lines = write_claims(read_details(stock.out, record), words=stock.words)
            stock.fresh.update(lines)
            keys = array("Q", lines)
        listed.append((record, made, keys))
    keep_keys(stock.out, made_by, {record.address: (record.details, keys) for record, _, keys in listed})
    return listed


def _pack(
    stock: _Stock, listed: Sequence[_Listed], known: Mapping[str, Any], made_by: str
) -> tuple[list[SearchPart], dict[str, list[Any]]]:
    """Pack the months that changed, and the parts that they are of."""
    count = count_rows(listed)
    months = _part_months(share_rows(listed, count))
    sizes: dict[str, list[Any]] = {month: made for month, made in known.get("months", {}).items() if month in months}
    digests = {month: digest_month(held) for month, held in months.items()}
    changed = [month for month, made in digests.items() if sizes.get(month, [""])[0] != made]
    for month in {*changed, *known.get("months", {})} - {*months} | {*changed}:
        if before := read_packed_month(stock.out, month, made_by):
            stock.put(before)
    for month in changed:
        packed = _pack_month(stock, month, months[month], made_by)
        sizes[month] = [digests[month], size_of(packed)]
    parts = plan_parts(months, {month: size for month, (_, size) in sizes.items()})
    done = {(name, made) for name, _, _, made in known.get("parts", ())}
    for part in parts:
        if (part.name, part.made_from) not in done or not part_path(stock.out, part.name).is_file():
            held = [months[month] for month in part.months]
            packed_months = [_find_month(stock, month, months[month], made_by) for month in part.months]
            folder = part.name.rpartition("/")[0]
            pieces = pack_part(packed_months, held, count, folder=folder, words=stock.words)
            keep_part(stock.out, part.name, part.made_from, pieces)
    return parts, sizes


def _part_months(holdings: Sequence[Holding]) -> dict[str, list[Holding]]:
    """Part the editions by months; those without a day are told with the newest."""
    months: dict[str, list[Holding]] = {}
    newest = holdings[0].record.as_of[:7] if holdings else ""
    for held in holdings:
        months.setdefault(held.record.as_of[:7] or newest, []).append(held)
    return months


def _find_month(stock: _Stock, month: str, held: Sequence[Holding], made_by: str) -> Month:
    """Read the packed lines of a month, or pack them where they are lost."""
    kept = read_packed_month(stock.out, month, made_by)
    if kept and kept.made_from == digest_month(held):
        return kept
    _pack_month(stock, month, held, made_by)
    return _find_month(stock, month, held, made_by)


def _pack_month(stock: _Stock, month: str, held: Sequence[Holding], made_by: str) -> Month:
    for holding in held:
        stock.carriers.update(dict.fromkeys(holding.own, holding.record))
    packed = make_month(held, stock.groups, stock.find_lines, words=stock.words)
    keep_month(stock.out, month, made_by, packed)
    return packed
