"""An audit of a dossier's sourcing: what stands behind its claims, how old, how vague, in what language, how graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from briefing.blocks.blocks import Cited, Column, Made, Note, Prose, Table, TableData, Text
from briefing.blocks.layouts import Cell, lay_out, least, number_cell
from briefing.blocks.walk import figures_in
from briefing.desk.affected import find_largest_origin
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims, lone_origins
from briefing.desk.claims.contested import contested
from briefing.desk.claims.overview import figure_cell, find_gaps
from briefing.desk.claims.sensitivity import drop_origin
from briefing.desk.claims.sums import Parts, find_parts
from briefing.desk.evidence import collect_evidence, name_origin
from briefing.desk.tables import nothing_claimed
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
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
        named = dict.fromkeys(claim.part_of for claim in self.claims.each if claim.part_of is not None)
        return [find_parts(self.dossier, whole) for whole in named if whole in set(self.claims.ids)]

    def summary(self) -> Prose:
        """Say in a few sentences what the dossier rests on."""
        if not len(self.claims):
            return Prose(text=("Nothing that this dossier holds had been published by then.",))
        single = len(lone_origins(self.claims))
        excess = sum(parts.exceed for parts in self.wholes)
        told = [
            f"Of {spell(len(self.claims.quantities), 'quantity', 'quantities')}, "
            f"{spell(single, 'rests', 'rest')} on a single origin.",
            f"As printed, parts exceed their whole in {spell(excess, 'case')}.",
        ]
        return Prose(text=(" ".join(told),))

    def origins(self, *, caption: str) -> Table | Note:
        """Show the origins behind most claims, with the documents that relay them."""
        if not len(self.claims):
            return nothing_claimed(caption)
        behind: dict[str, list[Claim]] = {}
        for claim in self.claims.each:
            behind.setdefault(claim.origin, []).append(claim)
        ranked = sorted(behind.items(), key=lambda origin: (-len(origin[1]), origin[0]))
        alone = Counter(lone_origins(self.claims).values())
        rows = tuple(self._origin_row(origin, claims, alone[origin]) for origin, claims in ranked[:MOST_ROWS])
        names = ("Origin", "Claims", "Documents", "Quantities that rest on it alone")
        columns = tuple(Column(name=name, is_number=name != "Origin", counts_rows=name != "Origin") for name in names)
        left = len(ranked) - len(rows)
        return self._table(_with_rest(caption, left), lay_out(columns, rows))

    def _origin_row(self, origin: str, claims: list[Claim], alone: int) -> tuple[Text | Cell, ...]:
        name = name_origin(self.dossier, origin)
        documents = len({claim.source for claim in claims})
        return ((name,), number_cell(len(claims)), number_cell(documents), number_cell(alone))

    def single(self, *, caption: str) -> Table | Note:
        """Show the quantities that are there or have moved and rest on a single origin."""
        found = [
            group
            for group in self.quantities
            if group.origins == 1 and contested(group).quantified and group.each[0].status_class == "real"
        ]
        if not found:
            return self._none(caption, "no figure rests on a single origin.")
        rows: list[tuple[Text | Cell, ...]] = [
            (
                (group.title,),
                figure_cell(contested(group).figure),
                (group.each[0].unit,),
                (name_origin(self.dossier, group.each[0].origin),),
                number_cell(group.documents),
            )
            for group in sorted(found, key=lambda group: (-group.documents, -len(group), group.ids))[:MOST_ROWS]
        ]
        names = ("What is counted", "Figure", "Unit", "Origin", "Documents")
        columns = tuple(
            Column(name=name, is_number=name in {"Figure", "Documents"}, counts_rows=name == "Documents")
            for name in names
        )
        return self._table(_with_rest(caption, len(found) - len(rows)), lay_out(columns, rows))

    def dates(self, *, caption: str, days: int = 30) -> Table | Note:
        """Show stocks whose newest count is old or of no stated day, and how many sources have a vague date."""
        if not len(self.claims):
            return nothing_claimed(caption)
        vague = [claim for claim in self.claims.each if not claim.when.is_day and claim.is_stock]
        known = documents_of(self.dossier)
        cited = [known[source] for source in {claim.source for claim in self.claims.each}]
        undated = sum(not (document.published and parse_date(document.published).is_day) for document in cited)
        inferred = sum(document.published_basis == "inferred" for document in cited)
        old = [group for group in self.quantities if any(gap.kind == "old" for gap in find_gaps(group, days=days))]
        lines: list[tuple[str, int, tuple[str, ...], Made]] = [
            (
                f"Stocks whose newest count is older than {days} days",
                len(old),
                _newest_ids(old),
                Made(kind="count", counted="old stocks", days=days),
            ),
            (
                "Stocks counted without a stated day",
                len(vague),
                tuple(claim.id for claim in vague),
                Made(kind="count", counted="undated stocks"),
            ),
            ("Documents whose day of publication is not stated", undated, (), Made(kind="count")),
            ("Documents whose day of publication is inferred", inferred, (), Made(kind="count")),
        ]
        rows = [((what,), Cell(_count(number, ids, made), number)) for what, number, ids, made in lines]
        columns = (Column(name="What is old or vague"), Column(name="How many", is_number=True, counts_rows=True))
        return self._table(caption, lay_out(columns, rows))

    def languages(self, *, caption: str) -> Table | Note:
        """Show the languages of the documents that claims were read in."""
        if not len(self.claims):
            return nothing_claimed(caption)
        known = documents_of(self.dossier)
        language = {claim.source: known[claim.source].language or "not stated" for claim in self.claims.each}
        read = Counter(language[claim.source] for claim in self.claims.each)
        pages = Counter(language.values())
        cells = [(name, pages[name], number) for name, number in read.most_common()]
        return self._table(caption, _numbers(("Language", "Documents", "Claims"), cells, is_language=True))

    def grades(self, *, caption: str) -> Table | Note:
        """Show how the documents are graded; F cannot be judged, which is neither the bottom nor the middle."""
        if not len(self.claims):
            return nothing_claimed(caption)
        known = documents_of(self.dossier)
        letters = {claim.source: known[claim.source].reliability or "" for claim in self.claims.each}
        read = Counter(letters[claim.source] for claim in self.claims.each)
        pages = Counter(letters.values())
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
        whole = parts.whole.each[0]
        tried: list[tuple[Text, Parts]] = [(("as printed",), parts)]
        tried += [
            ((_cite(rival), " in the place of ", _cite(part)), self._swapped(whole, part, rival))
            for part in parts.parts.each
            for rival in self.claims.each
            if self._is_rival(part, rival)
        ]
        for how, held in tried:
            if held.exceed:
                yield (
                    (self.dossier.name_of(whole.quantity),),
                    Cell((Cited(text=str(held.whole.bounds[0]), claims=held.whole.ids),), least(held.whole.bounds[0])),
                    figure_cell(held.figure),
                    figure_cell(held.excess),
                    how,
                )

    def _swapped(self, whole: Claim, part: Claim, rival: Claim) -> Parts:
        return find_parts(self.dossier, whole.id, instead={part.id: rival.id})

    def _is_rival(self, part: Claim, rival: Claim) -> bool:
        about, other = ((claim.quantity, claim.unit, claim.status_class) for claim in (part, rival))
        return about == other and part.id != rival.id and not _same_number(part, rival)

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
        behind = Counter(claim.origin for claim in group.each)
        origin = max(sorted(behind), key=lambda one: behind[one])
        is_tie = list(behind.values()).count(behind[origin]) > 1
        rest = drop_origin(group, origin)
        return (
            (group.title,),
            (" or ".join(sorted({claim.status for claim in group.each})),),
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
        cited = [claim for figure in figures_in(data) for claim in figure.claims]
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


def _cite(claim: Claim) -> Cited:
    return Cited(text=claim.id, claims=(claim.id,))


def _newest_ids(groups: Iterable[Claims]) -> tuple[str, ...]:
    return tuple(group.ids[-1] for group in groups)


def _count(number: int, ids: tuple[str, ...], made: Made) -> Text:
    return (Cited(text=str(number), claims=ids, made=made),) if ids else (str(number),)


def _numbers(names: tuple[str, ...], lines: Iterable[tuple[str, int, int]], *, is_language: bool = False) -> TableData:
    columns = (
        Column(name=names[0], is_language=is_language),
        *(Column(name=name, is_number=True, counts_rows=True) for name in names[1:]),
    )
    return lay_out(columns, (((name,), *map(number_cell, counts)) for name, *counts in lines))


def _same_number(claim: Claim, other: Claim) -> bool:
    return all(getattr(claim.bounds, side) == getattr(other.bounds, side) for side in ("low", "best", "high"))
