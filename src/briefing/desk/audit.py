"""An audit of a dossier's sourcing: what stands behind its claims, how old, how vague, in what language, how graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from briefing.blocks.blocks import Cited, Column, Made, Note, Prose, Table, TableData, Text
from briefing.blocks.layouts import Cell, lay_out, least, number_cell
from briefing.desk.affected import find_largest_origin
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims, lone_origins
from briefing.desk.claims.contested import contested
from briefing.desk.claims.overview import figure_cell, find_gaps
from briefing.desk.claims.sensitivity import drop_origin
from briefing.desk.claims.sums import Parts, find_parts
from briefing.desk.evidence import collect_evidence, name_origin
from briefing.desk.tables import nothing_claimed
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import STATUS_CLASSES
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.words import counted, spell

#: So many rows are shown, the weightiest; the others are counted in the caption.
MOST_ROWS = 20

#: What the letters of the Admiralty code say of a source.
RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Audit:
    """What stands behind the claims of a dossier; each method shows one side of it.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    """

    dossier: Dossier = field(repr=False)

    @cached_property
    def claims(self) -> Claims:
        """Every claim."""
        return choose_claims(self.dossier)

    @cached_property
    def quantities(self) -> list[Claims]:
        """The claims by quantity and class of status."""
        return by_quantity(self.claims)

    @cached_property
    def wholes(self) -> list[Parts]:
        """Every claim about a whole of which parts are known, with those parts."""
        named = dict.fromkeys(row["part_of"] for row in self.claims.rows if isinstance(row["part_of"], str))
        return [find_parts(self.dossier, whole) for whole in named if whole in set(self.claims.ids)]

    def summary(self) -> Prose:
        """Say in a few sentences what the dossier rests on."""
        if not len(self.claims):
            return Prose(text=("Nothing that this dossier holds had been published by then.",))
        single = len(lone_origins(self.claims))
        excess = sum(parts.exceed for parts in self.wholes)
        told = [
            f"Of {spell(self.claims.frame['quantity_id'].nunique(), 'quantity', 'quantities')}, "
            f"{spell(single, 'rests', 'rest')} on a single origin.",
            f"As printed, parts exceed their whole in {spell(excess, 'case')}.",
        ]
        return Prose(text=(" ".join(told),))

    def origins(self, *, caption: str) -> Table | Note:
        """Show the origins behind most claims, with the documents that relay them."""
        if not len(self.claims):
            return nothing_claimed(caption)
        behind: dict[str, list[dict[str, Any]]] = {}
        for origin, row in zip(self.claims.behind, self.claims.rows, strict=True):
            behind.setdefault(origin, []).append(row)
        ranked = sorted(behind.items(), key=lambda one: (-len(one[1]), one[0]))
        alone = Counter(lone_origins(self.claims).values())
        rows = tuple(self._origin_row(origin, rows, alone[origin]) for origin, rows in ranked[:MOST_ROWS])
        names = ("Origin", "Claims", "Documents", "Quantities that rest on it alone")
        columns = tuple(Column(name=name, is_number=name != "Origin") for name in names)
        left = len(ranked) - len(rows)
        return self._table(_with_rest(caption, left), lay_out(columns, rows))

    def _origin_row(self, origin: str, rows: list[dict[str, Any]], alone: int) -> tuple[Text | Cell, ...]:
        name = name_origin(self.dossier, origin)
        documents = len({row["source_id"] for row in rows})
        return ((name,), number_cell(len(rows)), number_cell(documents), number_cell(alone))

    def single(self, *, caption: str) -> Table | Note:
        """Show the quantities that are there or have moved and rest on a single origin."""
        found = [
            group
            for group in self.quantities
            if group.origins == 1 and contested(group).quantified and STATUS_CLASSES[group.rows[0]["status"]] == "real"
        ]
        if not found:
            return self._none(caption, "no figure rests on a single origin.")
        rows: list[tuple[Text | Cell, ...]] = [
            (
                (group.dossier.name_of(group.rows[0]["quantity_id"]),),
                figure_cell(contested(group).figure),
                (group.rows[0]["unit"],),
                (name_origin(self.dossier, group.behind.iloc[0]),),
                number_cell(group.documents),
            )
            for group in sorted(found, key=lambda group: (-group.documents, -len(group), group.ids))[:MOST_ROWS]
        ]
        names = ("What is counted", "Figure", "Unit", "Origin", "Documents")
        columns = tuple(Column(name=name, is_number=name in {"Figure", "Documents"}) for name in names)
        return self._table(_with_rest(caption, len(found) - len(rows)), lay_out(columns, rows))

    def dates(self, *, caption: str, days: int = 30) -> Table | Note:
        """Show stocks whose newest count is old or of no stated day, and how many sources have a vague date."""
        if not len(self.claims):
            return nothing_claimed(caption)
        vague = [row for row in self.claims.rows if not parse_date(row["when"]).is_day and row["counting"] == "stock"]
        cited = self.dossier.sources["source_id"].isin(self.claims.frame["source_id"])
        basis = self.dossier.sources.loc[cited, ["published", "published_basis"]]
        undated = int(sum(not parse_date(text).is_day for text in basis["published"]))
        old = [group for group in self.quantities if any("days old" in gap for gap in find_gaps(group, days=days))]
        inferred = int((basis["published_basis"] == "inferred").sum())
        vague_ids = tuple(row["claim_id"] for row in vague)
        made_old = Made(kind="count", counted="old stocks", days=days)
        made_vague = Made(kind="count", counted="undated stocks")
        lines: list[tuple[str, int, Text]] = [
            (f"Stocks whose newest count is older than {days} days", len(old),
             _count(len(old), _newest_ids(old), made_old)),
            ("Stocks counted without a stated day", len(vague), _count(len(vague), vague_ids, made_vague)),
            ("Documents whose day of publication is not stated", undated, (str(undated),)),
            ("Documents whose day of publication is inferred", inferred, (str(inferred),)),
        ]  # fmt: skip
        rows = [((what,), Cell(text, number)) for what, number, text in lines]
        columns = (Column(name="What is old or vague"), Column(name="How many", is_number=True))
        return self._table(caption, lay_out(columns, rows))

    def languages(self, *, caption: str) -> Table | Note:
        """Show the languages of the documents that claims were read in."""
        if not len(self.claims):
            return nothing_claimed(caption)
        language = self.dossier.sources.set_index("source_id")["language"].fillna("not stated").to_dict()
        read = Counter(language.get(source, "not stated") for source in self.claims.frame["source_id"])
        pages = Counter(language.get(source, "not stated") for source in set(self.claims.frame["source_id"]))
        cells = [(name, pages[name], number) for name, number in read.most_common()]
        return self._table(caption, _numbers(("Language", "Documents", "Claims"), cells, is_language=True))

    def grades(self, *, caption: str) -> Table | Note:
        """Show how the documents are graded; F cannot be judged, which is neither the bottom nor the middle."""
        if not len(self.claims):
            return nothing_claimed(caption)
        letters = self.dossier.sources.set_index("source_id")["reliability"].fillna("").to_dict()
        read = Counter(letters.get(source, "") for source in self.claims.frame["source_id"])
        pages = Counter(letters.get(source, "") for source in set(self.claims.frame["source_id"]))
        cells = [
            (f"{letter} ({RELIABILITY[letter]})" if letter else "not graded", pages[letter], read[letter])
            for letter in sorted(read, key=lambda letter: letter or "Z")
        ]
        return self._table(caption, _numbers(("Reliability of the source", "Documents", "Claims"), cells))

    def parts(self, *, caption: str) -> Table | Note:
        """Show wholes whose known parts exceed them, as printed or with rival figures in the place of parts."""
        rows = [row for parts in self.wholes for row in self._part_rows(parts)]
        if not rows:
            return self._none(caption, "no parts exceed their whole, as printed or with rivals in their place.")
        names = ("The whole", "As printed", "Its parts come to", "Too many", "With which parts")
        columns = tuple(Column(name=name, is_number=0 < at < 4) for at, name in enumerate(names))
        return self._table(caption, lay_out(columns, rows))

    def _part_rows(self, parts: Parts) -> Iterable[tuple[Text | Cell, ...]]:
        """Give a row for the parts as printed where they exceed, and one for each single rival that makes them."""
        whole = parts.whole.rows[0]
        tried: list[tuple[Text, Parts]] = [(("as printed",), parts)]
        tried += [
            ((_cite(rival), " in the place of ", _cite(part)), self._swapped(whole, part, rival))
            for part in parts.parts.rows
            for rival in self.claims.rows
            if self._is_rival(part, rival)
        ]
        for how, held in tried:
            if held.exceed:
                yield (
                    (self.dossier.name_of(whole["quantity_id"]),),
                    Cell((Cited(text=str(held.whole.bounds[0]), claims=held.whole.ids),), least(held.whole.bounds[0])),
                    figure_cell(held.figure),
                    figure_cell(held.excess),
                    how,
                )

    def _swapped(self, whole: dict[str, Any], part: dict[str, Any], rival: dict[str, Any]) -> Parts:
        return find_parts(self.dossier, whole["claim_id"], instead={part["claim_id"]: rival["claim_id"]})

    def _is_rival(self, part: dict[str, Any], rival: dict[str, Any]) -> bool:
        same = all(part[column] == rival[column] for column in ("quantity_id", "unit"))
        status = STATUS_CLASSES[part["status"]] == STATUS_CLASSES[rival["status"]]
        return same and status and part["claim_id"] != rival["claim_id"] and not _same_number(part, rival)

    def sensitivity(self, *, caption: str) -> Table | Note:
        """Show what each quantity with several origins becomes without the origin behind most of its claims."""
        several = [group for group in self.quantities if group.origins > 1 and contested(group).quantified]
        if not several:
            return self._none(caption, "no quantity has more than one origin.")
        ranked = sorted(several, key=lambda group: (-len(group), group.ids))
        rows = tuple(self._drop_row(group) for group in ranked[:MOST_ROWS])
        names = ("What is counted", "Status", "Figure", "Without its largest origin", "Which is left out")
        columns = tuple(Column(name=name) for name in names)
        return self._table(_with_rest(caption, len(several) - len(rows)), lay_out(columns, rows))

    def _drop_row(self, group: Claims) -> tuple[Text | Cell, ...]:
        behind = Counter(group.behind)
        origin = max(sorted(behind), key=lambda one: behind[one])
        is_tie = list(behind.values()).count(behind[origin]) > 1
        rest = drop_origin(group, origin)
        return (
            (self.dossier.name_of(group.rows[0]["quantity_id"]),),
            (" or ".join(sorted(group.frame["status"].unique())),),
            figure_cell(contested(group).figure),
            figure_cell(contested(rest).figure),
            (name_origin(self.dossier, origin) + (", one of several as large" if is_tie else ""),),
        )

    def largest(self) -> str | None:
        """Give the origin behind most claims, for `affected_by`; ``None`` where nothing is known."""
        return find_largest_origin(self.dossier)

    def _none(self, caption: str, what: str) -> Note:
        if not len(self.claims):
            return nothing_claimed(caption)
        return Note(label="Nothing found", text=(f"{caption.rstrip('.')}: {what}",))

    def _table(self, caption: str, data: TableData) -> Table:
        cited = [
            claim
            for row in data.rows
            for cell in row
            for span in cell
            if isinstance(span, Cited)
            for claim in span.claims
        ]
        return Table(caption=caption, data=data, evidence=collect_evidence(self.dossier, cited, rivals=False))

    def __repr__(self) -> str:
        return f"Audit({counted(len(self.claims), 'claim')}, {counted(self.claims.origins, 'origin')})"


@verb
def audit(dossier: Dossier) -> Audit:
    """Audit what a dossier rests on.

    Parameters
    ----------
    dossier : Dossier
        As of its day.

    Returns
    -------
    Audit
        Its methods show one side each: ``origins``, ``single``, ``dates``, ``languages``, ``grades``, ``parts``,
        ``sensitivity``, and ``summary`` in words.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.audit(d).origins(caption="The origins behind most claims")
    Table('The origins behind most claims', 11 rows)
    """
    return Audit(dossier)


def _with_rest(caption: str, left: int) -> str:
    return f"{caption} ({spell(left, 'more is', 'more are')} not shown)" if left > 0 else caption


def _cite(row: dict[str, Any]) -> Cited:
    return Cited(text=row["claim_id"], claims=(row["claim_id"],))


def _newest_ids(groups: Iterable[Claims]) -> tuple[str, ...]:
    return tuple(group.ids[-1] for group in groups)


def _count(number: int, ids: tuple[str, ...], made: Made) -> Text:
    return (Cited(text=str(number), claims=ids, made=made),) if ids else (str(number),)


def _numbers(names: tuple[str, ...], lines: Iterable[tuple[str, int, int]], *, is_language: bool = False) -> TableData:
    columns = (
        Column(name=names[0], is_language=is_language),
        *(Column(name=name, is_number=True) for name in names[1:]),
    )
    return lay_out(columns, (((name,), *map(number_cell, counts)) for name, *counts in lines))


def _same_number(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(str(one[side]) == str(other[side]) for side in ("low", "best", "high"))
