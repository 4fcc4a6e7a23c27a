"""Folding: a row for an original that nobody saw becomes what its relays say of it, and goes.

Nothing is lost: what the row says and an implied original does not (title, kind, grade, basis, note) goes into the note
of its first relay. A row that cannot go without loss stays, and the reason is told.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefing.dossier.datapackage import FILE, write_descriptor
from briefing.dossier.plain import write_plain
from briefing.dossier.reading import read_tables
from briefing.dossier.relays import kind_of_original
from briefing.dossier.tables import TABLES
from briefing.errors import DossierError
from briefing.values.dates import DateError, parse_date
from briefing.values.words import counted

#: How the title of a document begins that nobody saw.
UNSEEN = "[original not seen"

#: What a row may say of an original for which neither an implied original nor a note has room.
_OWN = ("archived_url", "language", "retracted_on", "retraction_note", "licence")

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Folding:
    """What was folded, each row with what its relays say instead, and what was left, each row with the reason."""

    folded: Mapping[str, str]
    left: Mapping[str, str]

    def tell(self) -> Iterator[str]:
        """Say it in lines."""
        yield f"folded {counted(len(self.folded), 'original')} that nobody saw, left {len(self.left)}"
        yield from (f"folded {source} into {relays}" for source, relays in self.folded.items())
        yield from (f"left {source}: {why}" for source, why in self.left.items())


def fold_originals(folder: Path) -> Folding:
    """Fold the rows of sources.csv that stand for originals which nobody saw, and write the file anew.

    Raises `DossierError` where the folder cannot be read: what is not understood is not rewritten.
    """
    _, problems = read_tables(folder)
    if any(problem.severity == "error" for problem in problems):
        raise DossierError(problems)
    path = folder / TABLES["sources"].file
    text = path.read_bytes().decode("utf-8")
    header, rows = _read(text)
    actors = _read((folder / TABLES["actors"].file).read_text(encoding="utf-8"))[1]
    folding = _sort_out(rows, actors, cited=_cited_elsewhere(folder))
    if folding.folded:
        kinds = {actor["actor_id"]: actor["kind"] for actor in actors}
        if "relays" not in header:
            header.insert(header.index("origin_id") + 1, "relays")
        _write(path, text, header, _fold(rows, folding.folded, kinds))
        if (folder / FILE).is_file():
            write_descriptor(folder)
    return folding


def _read(text: str) -> tuple[list[str], list[Cells]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return list(reader.fieldnames or ()), [{name: cell or "" for name, cell in row.items()} for row in reader]


def _write(path: Path, text: str, header: Sequence[str], rows: Sequence[Cells]) -> None:
    """Write rows with the mark and the line ends that the file had; the old file stands until the new one is whole."""
    made = io.StringIO(newline="")
    ends = "\r\n" if "\r\n" in text.partition("\n")[0] + "\n" else "\n"
    writer = csv.DictWriter(made, header, restval="", lineterminator=ends)
    writer.writeheader()
    writer.writerows(rows)
    write_plain(path, (text[:1] * text.startswith("\ufeff") + made.getvalue()).encode())


def _cited_elsewhere(folder: Path) -> dict[str, str]:
    """Give each id that a cell of another table is, or lists, and that table's file."""
    cited: dict[str, str] = {}
    for table in TABLES.values():
        if table.name != "sources" and (folder / table.file).is_file():
            for row in _read((folder / table.file).read_text(encoding="utf-8"))[1]:
                cited |= dict.fromkeys((part.strip() for cell in row.values() for part in cell.split("|")), table.file)
    return cited


def _sort_out(rows: Sequence[Cells], actors: Sequence[Cells], *, cited: Mapping[str, str]) -> Folding:
    makers: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for name in (actor["name"], *actor.get("aliases", "").split("|")):
            makers[name.strip().casefold()].add(actor["actor_id"])
    relays: dict[str, list[Cells]] = defaultdict(list)
    for row in rows:
        relays[row.get("origin_id", "")].append(row)
    unseen = [row for row in rows if row["title"].startswith(UNSEEN)]
    known = {row["source_id"]: makers[row["publisher"].casefold()] for row in unseen}
    ids = {source: _implied(row, maker) for (source, maker), row in zip(known.items(), unseen, strict=True)}
    taken = Counter(_day_alone(relayed) for relayed in ids.values() if relayed)
    taken.update({_day_alone(row["relays"]) for row in rows if row.get("relays")})
    folded, left = dict[str, str](), dict[str, str]()
    for row in unseen:
        source = row["source_id"]
        why = _why_not(row, makers=known[source], relays=relays[source], cited=cited)
        if not why and taken[_day_alone(ids[source])] > 1:
            why = f"another original is {ids[source]} as well, and the two are told apart"
        if why:
            left[source] = why
        else:
            folded[source] = ids[source]
    return Folding(folded, left)


def _implied(row: Cells, makers: set[str]) -> str:
    """Give the id that an original would have without a row: no later day is stated than the row states."""
    if len(makers) != 1 or not row.get("published"):
        return ""
    day = row["published"]
    hedge = "" if row["published_basis"] == "stated" or day[-1] in "~?" else "~"
    return f"{next(iter(makers))}@{day}{hedge}"


def _day_alone(relayed: str) -> str:
    return relayed.rstrip("~?")


def _why_not(row: Cells, *, makers: set[str], relays: Sequence[Cells], cited: Mapping[str, str]) -> str:
    """Say why a row cannot go without loss; empty where it can."""
    source, day = row["source_id"], row.get("published", "")
    if source in cited:
        return f"{cited[source]} names it"
    if not relays:
        return "no document relays it"
    if row.get("origin_id") or row.get("relays"):
        return f"it relays {row.get('origin_id') or row['relays']} itself: a chain runs through it"
    if len(makers) != 1:
        return f'its publisher "{row["publisher"]}" is {"several actors" if makers else "no actor"} of the dossier'
    if not day:
        return "its day is not known"
    try:
        mark = parse_date(_implied(row, makers).partition("@")[2]).mark
    except DateError:
        return f"its day {day} is open"
    if mark and row["published_basis"] == "stated":
        return f"its day {day} is stated, and only about right"
    if row["url"] not in {relay["url"] for relay in relays}:
        return "it has an address of its own"
    own = [name for name, cell in row.items() if cell and (name in _OWN or name.startswith("x_"))]
    return f"its {own[0]} would be lost" if own else ""


def _fold(rows: Sequence[Cells], folded: Mapping[str, str], kinds: Mapping[str, str]) -> list[Cells]:
    originals = {row["source_id"]: row for row in rows if row["source_id"] in folded}
    named = [row for row in rows if row.get("origin_id", "") in folded and row["source_id"] not in folded]
    first: dict[str, Cells] = {}
    for row in sorted(named, key=_last_day):
        first.setdefault(row["origin_id"], row)
    for origin, row in first.items():
        row["note"] = " ".join(filter(None, [row.get("note", ""), _keep(originals[origin], folded[origin], kinds)]))
    for row in named:
        row["relays"], row["origin_id"] = folded[row["origin_id"]], ""
    return [row for row in rows if row["source_id"] not in folded]


def _last_day(row: Cells) -> str:
    last = parse_date(row["published"]).last if row.get("published") else None
    return last.isoformat() if last else "9999-12-31"


def _keep(original: Cells, relayed: str, kinds: Mapping[str, str]) -> str:
    """Say what an original's row told and what it relays does not."""
    told = original["title"].removeprefix(UNSEEN).strip(" :]")
    kind = original["kind"]
    is_usual = kind == kind_of_original(kinds[relayed.partition("@")[0]])
    grade = ": ".join(filter(None, [original.get("reliability"), original.get("reliability_basis")]))
    aside = "; ".join(filter(None, ["" if is_usual else kind.replace("_", " "), grade]))
    return " ".join(filter(None, [f"Relays {told}{f' ({aside})' if aside else ''}.", original.get("note", "")]))
