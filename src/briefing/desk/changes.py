"""What changed since an earlier day: what became known, what stands no more, figures and judgements that moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing.blocks.blocks import Column, Note, Table, Text
from briefing.blocks.layouts import lay_out
from briefing.desk.assessments.judgements import band_of, choose_judgements, find_standing, is_decided
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.evidence import collect_evidence
from briefing.desk.tables import cite_figure
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import STATUS_CLASSES
from briefing.errors import UsageError
from briefing.usage import verb
from briefing.values.dates import day_words, parse_date
from briefing.values.words import counted, name_some

Row = dict[str, Any]

COLUMNS = (Column(name="What"), Column(name="Then"), Column(name="Now"))

#: How many quantities that are claimed for the first time are listed.
MOST_NEW = 5

#: What became of a judgement, as a table says it.
BECAME = {"true": "it came true", "false": "it did not come true", "void": "it became void"}


@verb
def changes(dossier: Dossier, *, since: str | dt.date, question: str | None = None) -> Table | Note:
    """Show what moved between an earlier day and the dossier's day; nothing where nothing moved.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    since : date or str
        The earlier day, the previous edition's for one; of a month or an interval its first day.
    question : str, optional
        The judgements' question; left out, every question.

    Returns
    -------
    Table or Note
        A block. Its caption counts the claims that became known, were replaced or were withdrawn, and what was
        corrected; one row a figure or judgement that moved. Quantities that nobody had claimed before are counted, and
        those with most claims are listed with their figure.

    Raises
    ------
    UsageError
        Where the earlier day is no day or after the dossier's, or the dossier is of no day.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> moved = b.changes(d, since="2031-11-15")
    >>> moved.caption
    'Since 15 November 2031: 9 claims became known, 1 claim was replaced, 1 error ...'
    >>> moved.data.rows[1][:2]
    (('Lorries ferried in October',), ('72',))
    """
    if dossier.as_of is None:
        raise UsageError("the whole dossier is of no day; what changed is told between two days. Read it as of a day.")
    earlier = dossier.at(_first_day(since))
    now, then = choose_claims(dossier), choose_claims(earlier)
    new = _find_new(then, now)
    rows = [*_moved_figures(then, now), *_new_figures(new), *_moved_judgements(earlier, dossier, question)]
    told = ", ".join([*_claims_told(then, now), *_corrections_told(earlier, dossier), *_new_told(new)])
    caption = f"Since {day_words(earlier.as_of or dossier.as_of)}: {told}."
    if not rows:
        return Note(label="What changed", text=(f"{caption} No figure and no judgement moved.",))
    cited = [span for row in rows for cell in row for span in cell if not isinstance(span, str)]
    ids = dict.fromkeys(claim for span in cited for claim in span.claims)
    evidence = collect_evidence(dossier, ids)
    return Table(caption=caption, data=lay_out(COLUMNS, rows), evidence=evidence)


def _first_day(since: str | dt.date) -> dt.date:
    first = parse_date(str(since)).first
    if first is None:
        raise UsageError(f'since: "{since}" has no first day; what changed is told from a day on. Give a day.')
    return first


def _claims_told(then: Claims, now: Claims) -> list[str]:
    """Count the claims that became known, and those that were replaced or withdrawn."""
    new, gone = set(now.ids) - set(then.ids), set(then.ids) - set(now.ids)
    withdrawn = {row["claim_id"] for row in then.rows if row["claim_id"] in gone and _is_withdrawn(row, now.dossier)}
    counts = [(len(gone - withdrawn), "was replaced", "were replaced")]
    counts += [(len(withdrawn), "was withdrawn", "were withdrawn")]
    told = [f"{counted(number, 'claim')} {one if number == 1 else many}" for number, one, many in counts if number]
    return [f"{counted(len(new), 'claim')} became known" if new else "no claim became known", *told]


def _is_withdrawn(row: Row, dossier: Dossier) -> bool:
    """Whether a claim's claimant has withdrawn it by the dossier's day, or its publisher the document."""
    own = row["retracted_on_last"] <= pd.Timestamp(dossier.as_of or dt.date.max)
    return bool(own) or row["source_id"] not in set(dossier.sources["source_id"])


def _corrections_told(earlier: Dossier, dossier: Dossier) -> list[str]:
    """Count the errors of ours that were mended in between."""
    mended = len(dossier.corrections) - len(earlier.corrections)
    return [f"{counted(mended, 'error')} of ours {'was' if mended == 1 else 'were'} corrected"] if mended else []


def _moved_figures(then: Claims, now: Claims) -> list[tuple[Text, ...]]:
    """Give the quantities that had a figure before and read otherwise now, the newest claim first.

    One that no claim is left about comes last.
    """
    before = {_key(group): (_title(group), contested(group).latest) for group in by_quantity(then)}
    rows: list[tuple[Text, ...]] = []
    for group in sorted(by_quantity(now), key=lambda group: group.frame["known_on"].max(), reverse=True):
        new, (_, old) = contested(group).latest, before.pop(_key(group), ("", None))
        if old is not None and old.short != new.short:
            rows.append(((_title(group),), (old.short,), (cite_figure(new),)))
    return rows + [((title,), (old.short,), ("no claim stands",)) for title, old in before.values()]


def _find_new(then: Claims, now: Claims) -> list[Claims]:
    """Find what nobody had claimed before, the quantities with most claims that give a number first."""
    before = set(then.frame["quantity_id"])
    new = [group for group in by_quantity(now) if _key(group)[0] not in before]
    return sorted(new, key=lambda group: (-sum(bounds.is_known for bounds in group.bounds), -len(group), group.ids))


def _new_told(new: Sequence[Claims]) -> list[str]:
    """Count the quantities that are claimed for the first time, and say where only some of them are listed."""
    count = len({_key(group)[0] for group in new})
    some = " (listed: those with most claims)" if len(new) > MOST_NEW else ""
    verb = "is" if count == 1 else "are"
    return [f"{counted(count, 'quantity', 'quantities')} {verb} claimed for the first time{some}"] if new else []


def _new_figures(new: Sequence[Claims]) -> list[tuple[Text, ...]]:
    return [
        ((_title(group),), ("not claimed",), ("new: ", cite_figure(contested(group).latest)))
        for group in new[:MOST_NEW]
    ]


def _title(group: Claims) -> str:
    """Give a quantity's title, with its status where that is no presence: a denial of a plan is not the plan."""
    quantity, kind = _key(group)
    title = group.dossier.name_of(quantity)
    return title if kind == "real" else f"{title} ({name_some(group.frame['status'])})"


def _key(group: Claims) -> tuple[str, str]:
    """Name a group of `by_quantity`: its quantity and its class of status."""
    return group.rows[0]["quantity_id"], STATUS_CLASSES[group.rows[0]["status"]]


def _moved_judgements(earlier: Dossier, dossier: Dossier, question: str | None) -> list[tuple[Text, ...]]:
    """Give the judgements that are new, raised, lowered, reworded or kept in a new edition, then those decided."""
    rows = choose_judgements(dossier, question=question)
    then = {row["judgement_id"]: row for row in choose_judgements(earlier, question=question)}
    standing = [row for row in find_standing(rows) if row["judgement_id"] not in then]
    moved = [_moved(row, _edition_before(row, rows, then)) for row in standing]
    for row in find_standing(list(then.values())):
        last = _last_edition(row, rows)
        if is_decided(last):
            moved.append(_judged(row, band_of(row).words, BECAME[last["outcome"]]))
    return moved


def _moved(row: Row, before: Row | None) -> tuple[Text, ...]:
    """Say how a new edition of a judgement lies to the one that stood before."""
    if before is None:
        return _judged(row, "not judged", band_of(row).words)
    now, old = band_of(row), band_of(before)
    move = "raised" if now.low > old.low else "lowered" if now.low < old.low else ""
    same = "kept" if row["statement"] == before["statement"] else "reworded"
    return _judged(row, old.words, f"{now.words}, {move or same}")


def _judged(row: Row, then: str, now: str) -> tuple[Text, ...]:
    return (f"Judgement: {row['statement']}",), (then,), (now,)


def _edition_before(row: Row, rows: Sequence[Row], then: Mapping[str, Row]) -> Row | None:
    """Find the edition that stood on the earlier day: there may be several in between."""
    previous = {one["judgement_id"]: one["previous_id"] for one in rows}
    at = row["previous_id"]
    while isinstance(at, str) and at not in then:
        at = previous.get(at)
    return then[at] if isinstance(at, str) else None


def _last_edition(row: Row, rows: Sequence[Row]) -> Row:
    """Follow a judgement to its latest edition, as it stands now."""
    later = {one["previous_id"]: one for one in rows if isinstance(one["previous_id"], str)}
    last = next(one for one in rows if one["judgement_id"] == row["judgement_id"])
    while last["judgement_id"] in later:
        last = later[last["judgement_id"]]
    return last
