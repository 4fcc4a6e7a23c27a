"""An audit of a dossier's sourcing: what stands behind its claims, how old, how vague, in what language, how graded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from briefing.blocks.blocks import Cited, Column, Made, Note, Prose, Table, TableData, Text
from briefing.blocks.layouts import Cell, lay_out, least, number_cell
from briefing.blocks.walk import figures_in
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims, lone_origins
from briefing.desk.claims.contested import contested
from briefing.desk.claims.excess import Excess, count_excesses, find_excesses, find_wholes
from briefing.desk.claims.overview import figure_cell, find_gaps
from briefing.desk.claims.sensitivity import drop_origin, rank_origins
from briefing.desk.evidence import collect_evidence, name_origin
from briefing.desk.tables import nothing_claimed
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.dossier.reviews import count_reviewed
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.words import count_words, spell_times

#: So many rows are shown, the weightiest; the others are counted in the caption.
MOST_ROWS = 12

#: So many claims a count cites: with more the page would be a list of what is old.
MOST_COUNTED = 100

#: What the letters of the Admiralty code say of a source.
RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip


@verb
def say_audit(dossier: Dossier) -> Prose:
    """Say in two or three sentences what a dossier rests on.

    Parameters
    ----------
    dossier : Dossier
        As of its day.

    Returns
    -------
    Prose
        How many quantities rest on a single origin, and how often parts exceed their whole, as `audit_parts` shows
        them: as printed, and with a rival figure in place of a part. Where reviews are known, how many claims had a
        second pair of eyes.

    Examples
    --------
    >>> import briefing as b
    >>> b.say_audit(b.read_example())
    Prose('Of 10 quantities, seven rest on a single origin. As printed, no parts add up to more than their whole; ...')
    """
    claims = choose_claims(dossier)
    if not len(claims):
        return Prose(text=("Nothing in this dossier had been published by then.",))
    single = _tell_single(len(claims.quantities), len(lone_origins(claims)))
    return Prose(text=(f"{single} {_tell_excess(claims)}{_tell_reviews(dossier, claims)}",))


def _tell_single(every: int, single: int) -> str:
    """Say how many of the quantities rest on a single origin."""
    if every == 1:
        return f"The one quantity rests on {'a single origin' if single else 'several origins'}."
    quantities = count_words(every, "quantity", "quantities")
    if single in (0, every):
        which = "Both quantities rest" if every == 2 else f"All {quantities} rest"
        return f"{which} on {'a single origin' if single else 'several origins'} each."
    return f"Of {quantities}, {count_words(single, 'rests', 'rest')} on a single origin."


def _tell_excess(claims: Claims) -> str:
    """Say how often parts exceed their whole, as printed and with a rival in a part's place."""
    printed, swapped = count_excesses(claims)
    how = "with a rival figure in place of a part"
    if not printed and not swapped and not find_wholes(claims):
        return "No whole is known together with its parts."
    if not printed and not swapped:
        return f"No parts add up to more than their whole, as printed or {how}."
    if not printed:
        return f"As printed, no parts add up to more than their whole; {how} they do {_times(swapped)}."
    also = f", and {how} {_times(swapped)}" if swapped else ""
    return f"As printed, parts add up to more than their whole {_times(printed)}{also}."


def _tell_reviews(dossier: Dossier, claims: Claims) -> str:
    """Say how many claims had a second pair of eyes; nothing where no review is known."""
    number = count_reviewed(dossier, claims.ids)
    if number is None:
        return ""
    every = count_words(len(claims), "claim")
    seen = count_words(number, "has", "have") if number else "none has"
    return f" Of {every}, {seen} had a second pair of eyes."


def _times(number: int) -> str:
    return spell_times(number) if number < 10 else f"{number:,} times"


@verb
def audit_origins(dossier: Dossier, *, caption: str) -> Table | Note:
    """Show the origins behind most claims, with how many documents relay each.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table or Note
        A block: one row an origin; a note where no claim is known.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_origins(b.read_example(), caption="The origins behind most claims")
    Table('The origins behind most claims', 11 rows)
    """
    claims = choose_claims(dossier)
    if not len(claims):
        return nothing_claimed(caption)
    alone = Counter(lone_origins(claims).values())
    ranked = rank_origins(claims)
    rows: list[tuple[Text | Cell, ...]] = []
    for origin in ranked[:MOST_ROWS]:
        theirs = [claim for claim in claims.each if claim.origin == origin]
        counts = (len(theirs), len({claim.source for claim in theirs}), alone[origin])
        rows.append(((name_origin(dossier, origin),), *map(number_cell, counts)))
    columns = (Column(name="Origin"), *_count_columns("Claims", "Documents", "Quantities that rest on it alone"))
    return _table(dossier, _with_rest(caption, len(ranked) - len(rows)), lay_out(columns, rows))


@verb
def audit_single(dossier: Dossier, *, caption: str) -> Table | Note:
    """Show the quantities that are there or have moved and rest on a single origin.

    Parameters
    ----------
    dossier, caption
        As in `audit_origins`.

    Returns
    -------
    Table or Note
        A block: one row a quantity, those in most documents first; a note where there is none.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_single(b.read_example(), caption="By the word of one origin")
    Table('By the word of one origin', 7 rows, 8 claims, 7 sources)
    """
    claims = choose_claims(dossier)
    single = [
        group
        for group in by_quantity(claims)
        if group.origins == 1 and contested(group).quantified and group.each[0].status_class == "real"
    ]
    if not single:
        return _none(claims, caption, "no figure rests on a single origin.")
    rows: list[tuple[Text | Cell, ...]] = [
        (
            (group.title,),
            figure_cell(contested(group).figure),
            (group.each[0].unit,),
            (_name_voice(group),),
            number_cell(group.documents),
        )
        for group in sorted(single, key=lambda group: (-group.documents, -len(group), group.ids))[:MOST_ROWS]
    ]
    columns = (
        Column(name="What is counted"), Column(name="Figure", is_number=True), Column(name="Unit"),
        Column(name="Origin or claimant"), *_count_columns("Documents"),
    )  # fmt: skip
    return _table(dossier, _with_rest(caption, len(single) - len(rows)), lay_out(columns, rows))


@verb
def audit_dates(dossier: Dossier, *, caption: str, days: int = 30) -> Table | Note:
    """Show how many stocks have an old newest count or no stated day, and how many documents have a vague date.

    Parameters
    ----------
    dossier, caption
        As in `audit_origins`.
    days : int
        After how many days a count is old.

    Returns
    -------
    Table or Note
        A block: one row a way to be old or vague; a note where no claim is known.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_dates(b.read_example(), caption="Old counts and vague dates").data.rows[0]
    (('Stocks last counted more than 30 days ago',), ('0',))
    """
    claims = choose_claims(dossier)
    if not len(claims):
        return nothing_claimed(caption)
    known = documents_of(dossier)
    cited = [known[source] for source in {claim.source for claim in claims.each}]
    undated = sum(not (document.published and parse_date(document.published).is_day) for document in cited)
    inferred = sum(document.published_basis == "inferred" for document in cited)
    old = [group for group in by_quantity(claims) if any(gap.kind == "old" for gap in find_gaps(group, days=days))]
    newest = tuple(group.ids[-1] for group in old)
    vague = tuple(claim.id for claim in claims.each if not claim.when.is_day and claim.is_stock)
    old_stocks = Made(kind="count", counted="old stocks", days=days)
    rows: list[tuple[Text | Cell, ...]] = [
        _count_row(f"Stocks last counted more than {days} days ago", newest, old_stocks),
        _count_row("Counts of stocks that state no day", vague, Made(kind="count", counted="undated stocks")),
        (("Documents that state no day of publication",), number_cell(undated)),
        (("Documents whose day of publication we inferred",), number_cell(inferred)),
    ]
    columns = (Column(name="What is old or vague"), *_count_columns("How many"))
    return _table(dossier, caption, lay_out(columns, rows))


@verb
def audit_languages(dossier: Dossier, *, caption: str) -> Table | Note:
    """Show the languages of the documents that claims were read in.

    Parameters
    ----------
    dossier, caption
        As in `audit_origins`.

    Returns
    -------
    Table or Note
        A block: one row a language; a note where no claim is known.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_languages(b.read_example(), caption="Languages")
    Table('Languages', 2 rows)
    """
    claims = choose_claims(dossier)
    if not len(claims):
        return nothing_claimed(caption)
    languages = {source: document.language or "not stated" for source, document in documents_of(dossier).items()}
    return _show_tally(claims, caption, Column(name="Language", is_language=True), _tally(claims, languages))


@verb
def audit_grades(dossier: Dossier, *, caption: str) -> Table | Note:
    """Show how the documents are graded; F cannot be judged, which is neither the bottom nor the middle.

    Parameters
    ----------
    dossier, caption
        As in `audit_origins`.

    Returns
    -------
    Table or Note
        A block: one row a grade of reliability; a note where no claim is known.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_grades(b.read_example(), caption="Grades")
    Table('Grades', 3 rows)
    """
    claims = choose_claims(dossier)
    if not len(claims):
        return nothing_claimed(caption)
    letters = {source: document.reliability or "" for source, document in documents_of(dossier).items()}
    lines = [
        (f"{letter} ({RELIABILITY[letter]})" if letter else "not graded", documents, number)
        for letter, documents, number in sorted(_tally(claims, letters), key=lambda line: line[0] or "Z")
    ]
    return _show_tally(claims, caption, Column(name="Reliability of the source"), lines)


@verb
def audit_parts(dossier: Dossier, *, caption: str) -> Table | Note:
    """Show wholes whose known parts exceed them, as printed or with rival figures in the place of parts.

    Parameters
    ----------
    dossier, caption
        As in `audit_origins`.

    Returns
    -------
    Table or Note
        A block: one row a whole and a choice of parts that exceed it; a note where there is none.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_parts(b.read_example(), caption="Parts that exceed their whole")
    Table('Parts that exceed their whole', 1 row, 5 claims, 2 sources)
    """
    claims = choose_claims(dossier)
    shown = [*islice(find_excesses(claims), MOST_ROWS)]
    if not shown:
        return _none(claims, caption, "no parts exceed their whole, as printed or with rivals in their place.")
    numbers = (Column(name=name, is_number=True) for name in ("As printed", "Its parts come to", "Too many"))
    columns = (Column(name="The whole"), *numbers, Column(name="With which parts"))
    left = sum(count_excesses(claims)) - len(shown) if len(shown) == MOST_ROWS else 0
    return _table(dossier, _with_rest(caption, left), lay_out(columns, map(_part_row, shown)))


@verb
def audit_sensitivity(dossier: Dossier, *, caption: str) -> Table | Note:
    """Show what each quantity with several origins becomes without the origin behind most of its claims.

    Parameters
    ----------
    dossier, caption
        As in `audit_origins`.

    Returns
    -------
    Table or Note
        A block: one row a quantity, those with most claims first; a note where none has several origins.

    Examples
    --------
    >>> import briefing as b
    >>> b.audit_sensitivity(b.read_example(), caption="Without the largest origin")
    Table('Without the largest origin', 3 rows, 8 claims, 6 sources)
    """
    claims = choose_claims(dossier)
    several = [group for group in by_quantity(claims) if group.origins > 1 and contested(group).quantified]
    if not several:
        return _none(claims, caption, "no quantity has more than one origin.")
    ranked = sorted(several, key=lambda group: (-len(group), group.ids))
    rows = [_drop_row(group) for group in ranked[:MOST_ROWS]]
    names = ("What is counted", "Status", "Figure", "Without its largest origin", "Origin left out")
    data = lay_out((Column(name=name) for name in names), rows)
    return _table(dossier, _with_rest(caption, len(several) - len(rows)), data)


def _name_voice(group: Claims) -> str:
    """Name the one origin behind claims, or the one claimant who says it in several."""
    claim = group.each[0]
    is_one = len({other.origin for other in group.each}) == 1
    return name_origin(group.dossier, claim.origin) if is_one else group.dossier.name_of(claim.claimant)


def _part_row(excess: Excess) -> tuple[Text | Cell, ...]:
    """Show a whole and the parts that exceed it, as printed or with the rival that makes them."""
    held, part, rival = excess.parts, excess.part, excess.rival
    return (
        (held.whole.title,),
        Cell((Cited(text=str(held.whole.bounds[0]), claims=held.whole.ids),), least(held.whole.bounds[0])),
        figure_cell(held.figure),
        figure_cell(held.excess),
        ("as printed",) if part is None or rival is None else (_cite(rival), " in place of ", _cite(part)),
    )


def _drop_row(group: Claims) -> tuple[Text | Cell, ...]:
    origin, second = rank_origins(group)[:2]
    rest = drop_origin(group, origin)
    is_tie = len(drop_origin(group, second)) == len(rest)
    return (
        (group.title,),
        (" or ".join(sorted({claim.status for claim in group.each})),),
        figure_cell(contested(group).figure),
        figure_cell(contested(rest).figure),
        (name_origin(group.dossier, origin) + (", one of several equally large" if is_tie else ""),),
    )


def _none(claims: Claims, caption: str, what: str) -> Note:
    if not len(claims):
        return nothing_claimed(caption)
    return Note(label="Nothing found", text=(f"{caption.rstrip('.')}: {what}",))


def _table(dossier: Dossier, caption: str, data: TableData) -> Table:
    cited = [claim for figure in figures_in(data) for claim in figure.claims]
    return Table(caption=caption, data=data, evidence=collect_evidence(dossier, cited, rivals=False))


def _with_rest(caption: str, left: int) -> str:
    return f"{caption} ({count_words(left, 'more', 'more')} not shown)" if left > 0 else caption


def _cite(claim: Claim) -> Cited:
    return Cited(text=claim.id, claims=(claim.id,))


def _count_row(label: str, ids: tuple[str, ...], made: Made) -> tuple[Text | Cell, ...]:
    """Count claims and cite them; where nobody would look through them, their number alone is told."""
    if len(ids) > MOST_COUNTED:
        return (f"{label} (too many to list)",), number_cell(len(ids))
    return (label,), Cell((Cited(text=str(len(ids)), claims=ids, made=made),), len(ids)) if ids else number_cell(0)


def _count_columns(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name=name, is_number=True, counts_rows=True) for name in names)


def _tally(claims: Claims, words: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Count documents, and the claims read in them, by each document's word; the word behind most claims first."""
    read = Counter(words[claim.source] for claim in claims.each)
    documents = Counter(words[source] for source in {claim.source for claim in claims.each})
    return [(word, documents[word], number) for word, number in read.most_common()]


def _show_tally(claims: Claims, caption: str, first: Column, lines: Iterable[tuple[str, int, int]]) -> Table:
    rows = (((word,), number_cell(documents), number_cell(number)) for word, documents, number in lines)
    return _table(claims.dossier, caption, lay_out((first, *_count_columns("Documents", "Claims")), rows))
