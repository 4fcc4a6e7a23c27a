"""What verbs ask for: which of their words takes an id, a choice or a phrase that rows share, and what there is to say.

The one place that knows it. A notebook is checked with it before it runs, ids are completed with it while it is
written, and `ids` lists with it what a dossier has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import Any, get_args

from briefing.dossier.assessments import EvidenceItem
from briefing.dossier.cells import is_filled
from briefing.dossier.csvfile import read_sheet
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.tables import TABLES, ClaimStatus, Counting, Event, LossKind, Qualifier, Stance, tables_behind
from briefing.dossier.units import shipped_units
from briefing.values.likelihood import SCALES

#: What verbs call an id that they are given, and the table whose key it is.
KEYS: Mapping[str, str] = {
    "claim": "claims", "whole": "claims", "instead": "claims", "quantity": "quantities", "item": "items",
    "unit": "units", "place": "places", "claimant": "actors", "giver": "actors", "getter": "actors", "side": "actors",
    "speaker": "actors", "actor": "actors", "source": "sources", "event": "events", "events": "events",
    "quote": "quotes", "evidence": "evidence", "hypothesis": "hypotheses", "judgement": "judgements",
    "indicator": "indicators", "scenario": "scenarios",
}  # fmt: skip

#: What a row may hold in the columns that are no keys.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": get_args(ClaimStatus), "counting": ("stock", *get_args(Counting)), "kind": get_args(LossKind),
    "qualifier": get_args(Qualifier), "grade": tuple("ABCDEF"), "table": CLAIM_TABLES,
}  # fmt: skip

#: Other choices; those that a word stands for in one verb alone are named by verb and word.
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "stance": get_args(Stance), "scale": tuple(SCALES),
    "timeline.kind": get_args(Event.model_fields["kind"].annotation),
    "arguments.kind": get_args(EvidenceItem.model_fields["kind"].annotation),
    "likelihood_strip.term": SCALES["icd203"].terms, "likelihood_strip.previous": SCALES["icd203"].terms,
}  # fmt: skip

#: What verbs call words that rows share, and the columns that have them.
_SHARED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "topic": (("quotes", "topic"),), "target": (("quotes", "target"),), "country": (("actors", "country"),),
    "question": tuple((table, "question") for table in ("judgements", "hypotheses", "scenarios", "indicators")),
    }  # fmt: skip

#: The same, where one verb means something else by a word.
_SHARED_BY_VERB = {f"{verb}.side": (("actors", "country"),) for verb in ("choose_quotes", "denials", "reversals")}

#: The kinds of id and word that a dossier can list.
LISTED = tuple(sorted({*KEYS, *_SHARED, *CHOICES, "stance"} - {"whole", "instead", "events"}))

#: What a verb takes as it is written, though others find rows by it.
_FREE = frozenset({"front.question"})

#: What the columns of tables refer to, for who asks for rows by their columns; one that refers to several is left out.
_REFERENCES = {
    column: target
    for column, target in ((name, refers) for table in TABLES.values() for name, refers in table.references().items())
    if column != "part_of"
}

#: The columns that say what a row is about, by table.
_TITLES: Mapping[str, tuple[str, ...]] = {
    "sources": ("publisher", "title"), "actors": ("name",), "places": ("name",), "units": ("plural",),
    "items": ("name",), "quantities": ("title",), **dict.fromkeys(CLAIM_TABLES, ("claimant_id", "wording")),
    "quotes": ("speaker_id", "text"), "events": ("date", "title"), "evidence": ("statement",),
    "hypotheses": ("label", "statement"), "judgements": ("statement",), "indicators": ("observable",),
    "scenarios": ("label",),
}  # fmt: skip

#: A title longer than this does not fit beside an id.
_LONGEST = 72

#: Gives some columns of a table, row by row.
Reader = Callable[[str, tuple[str, ...]], Iterable[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a word of a verb takes: the ids of a table, words that rows share, or choices that are the same anywhere."""

    table: str = ""  #: As a column refers to it: ``claims`` is three tables.
    shared: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()

    def list_all(self, read: Reader) -> dict[str, str]:
        """List what may be written, each with what it is called; of choices and shared words that is nothing more."""
        if self.choices:
            return dict.fromkeys(self.choices, "")
        columns = [column for table, name in self.shared for column in read(table, (name,))]
        words = {word: "" for (word,) in columns if is_filled(word)}
        tables = tables_behind(self.table) if self.table else ()
        return words | {key: title for table in tables for key, title in _list_titles(table, read)}


def _list_titles(table: str, read: Reader) -> Iterable[tuple[str, str]]:
    for key, *parts in read(table, (TABLES[table].key[0], *_TITLES[table])):
        if is_filled(key):
            title = ": ".join(str(part) for part in parts if is_filled(part))
            yield key, shorten(title, _LONGEST, placeholder="…")


def find_answers(word: str, *, verb: str = "") -> Answers | None:
    """Find what a word of a verb takes; ``None`` where it takes anything.

    Examples
    --------
    >>> find_answers("giver").table, find_answers("giver_id").table, find_answers("caption")
    ('actors', 'actors', None)
    >>> find_answers("side", verb="losses").table, find_answers("side", verb="denials").shared
    ('actors', (('actors', 'country'),))
    """
    if f"{verb}.{word}" in _FREE:
        return None
    for name in (f"{verb}.{word}", word):
        if shared := _SHARED_BY_VERB.get(name) or _SHARED.get(name):
            return Answers(shared=shared)
        if choices := LISTED if name == "ids.kind" else _CHOICES.get(name) or CHOICES.get(name):
            return Answers(choices=choices)
    table = KEYS.get(word) or KEYS.get(word.removesuffix("_id")) or (_REFERENCES.get(word) if verb == "where" else None)
    return Answers(table=table) if table else None


def reader_of(dossier: Dossier, *, is_noted: bool = True) -> Reader:
    """Give what reads the columns of a dossier as of its day; where it is not noted, no page is made from it."""

    def read(table: str, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
        frame = dossier.frames[table] if is_noted else dossier.frames.peek(table)
        return zip(*(frame[column].tolist() for column in columns), strict=True)

    return read


def reader_of_files(folder: Path) -> Reader:
    """Give what reads the columns of the files in a folder as they stand, right or wrong."""

    def read(table: str, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
        model = TABLES[table]
        path = folder / model.file
        sheet = read_sheet(path, file=model.file, columns=model.columns)[0] if path.is_file() else None
        if table == "units" and not (sheet and sheet.rows):
            sheet = shipped_units(model.file)
        if sheet is None:
            return ()
        return zip(*(sheet.columns.get(column, ("",) * len(sheet.rows)) for column in columns), strict=True)

    return read
