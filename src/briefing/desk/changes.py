"""What changed since an earlier day: what became known, what stands no more, figures and judgements that moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from briefing.blocks.blocks import Column, Note, Table, Text
from briefing.blocks.layouts import lay_out
from briefing.blocks.walk import figures_in
from briefing.desk.assessments.judgements import band_of, choose_judgements, find_standing
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.independence import are_comparable
from briefing.desk.cut import cut_rows
from briefing.desk.evidence import DISPUTES, collect_evidence, denial
from briefing.desk.figures import Figure
from briefing.desk.tables import cite_figure
from briefing.desk.windows import day_since
from briefing.dossier.assessments import JudgementRow
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of, rows_by_id
from briefing.errors import UsageError
from briefing.usage import verb
from briefing.values.chains import find_end, follow
from briefing.values.dates import day_words
from briefing.values.words import count_words, list_words, name_few, name_some

COLUMNS = (Column(name="What"), Column(name="Then"), Column(name="Now"))

#: How many quantities that are claimed for the first time are listed.
MOST_NEW = 5

#: What became of a judgement, as a table says it.
BECAME = {"true": "it came true", "false": "it did not come true", "void": "it became void"}


@verb
def changes(dossier: Dossier, *, since: str | dt.date, question: str | None = None, new: bool = True) -> Table | Note:
    """Show what moved between an earlier day and the dossier's day; nothing where nothing moved.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    since : date or str
        The earlier day, the previous edition's for one; of a month or an interval its first day.
    question : str, optional
        The judgements' question; left out, every question.
    new : bool
        Whether quantities that nobody had claimed before are listed; a page that tells its news elsewhere counts them.

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
    'Since 15 November 2031: nine claims became known, one claim was replaced, we corrected one ...'
    >>> moved.data.rows[1][:2]
    (('Lorries ferried in October',), ('72',))
    """
    if dossier.as_of is None:
        raise UsageError("the whole dossier is of no day; what changed is told between two days. Read it as of a day.")
    earlier = dossier.at(day_since(since))
    now, then = choose_claims(dossier), choose_claims(earlier)
    found = _find_new(then, now)
    moved, left = cut_rows(_find_moved(then, now))
    rows = [
        *(_moved_figure(before, after) for before, after in moved),
        *_new_figures(found[:MOST_NEW] if new else ()),
        *_moved_judgements(earlier, dossier, question),
    ]
    told = list_words(
        [*_claims_told(then, now), *_corrections_told(earlier, dossier), *_new_told(found, are_listed=new)]
    )
    caption = f"Since {day_words(earlier.as_of or dossier.as_of)}: {told}."
    if not rows:
        return Note(label="What changed", text=(f"{caption} No figure or judgement moved.",))
    ids = dict.fromkeys(claim for figure in figures_in(tuple(rows)) for claim in figure.claims)
    return Table(caption=caption, data=lay_out(COLUMNS, rows), left_out=left, evidence=collect_evidence(dossier, ids))


def _claims_told(then: Claims, now: Claims) -> list[str]:
    """Count the claims that became known, and those that were replaced or withdrawn."""
    new, gone = set(now.ids) - set(then.ids), set(then.ids) - set(now.ids)
    withdrawn = {claim.id for claim in then.each if claim.id in gone and _is_withdrawn(claim, now.dossier)}
    counts = [(len(gone - withdrawn), "was replaced", "were replaced")]
    counts += [(len(withdrawn), "was withdrawn", "were withdrawn")]
    told = [f"{count_words(number, 'claim')} {one if number == 1 else many}" for number, one, many in counts if number]
    return [f"{count_words(len(new), 'claim')} became known" if new else "no claim became known", *told]


def _is_withdrawn(claim: Claim, dossier: Dossier) -> bool:
    """Whether a claim's claimant has withdrawn it by the dossier's day, or its publisher the document."""
    own = claim.retracted_on is not None and claim.retracted_on <= (dossier.as_of or dt.date.max)
    return own or claim.source not in documents_of(dossier)


def _corrections_told(earlier: Dossier, dossier: Dossier) -> list[str]:
    """Count the errors of ours that were mended in between."""
    mended = len(dossier.frames.cut("corrections")) - len(earlier.frames.cut("corrections"))
    return [f"we corrected {count_words(mended, 'error')} of ours"] if mended else []


def _find_moved(then: Claims, now: Claims) -> list[tuple[Claims, Claims | None]]:
    """Find the quantities that had a figure before and read otherwise now, then and now: the newest claim first.

    One that no claim is left about comes last.
    """
    before = {_key(group): group for group in by_quantity(then)}
    found: list[tuple[Claims, Claims | None]] = []
    for group in sorted(by_quantity(now), key=_day_known, reverse=True):
        earlier = before.pop(_key(group), None)
        if earlier is None or earlier.ids == group.ids:  # the same claims read as they did
            continue
        if _figure(earlier).short != _figure(group).short:
            found.append((earlier, group))
    return found + [(group, None) for group in before.values()]


def _moved_figure(earlier: Claims, group: Claims | None) -> tuple[Text, ...]:
    """Show how a figure was and how it is."""
    old = _figure(earlier)
    if group is None:
        return (_title(earlier),), (old.short,), ("no claim is left",)
    return (_title(group),), (old.short,), (cite_figure(_figure(group)), *_tell_strangers(earlier, group))


def _tell_strangers(then: Claims, now: Claims) -> list[str]:
    """Say whose two figures are that other claimants counted for other times: they show no rise and no fall."""
    before, after = (contested(claims).parted[0].claims for claims in (then, now))
    if are_comparable(before, after):
        return []
    earlier, later = (name_some(claims.dossier.name_of(c.claimant) for c in claims.each) for claims in (before, after))
    return [f" – {later} now, {earlier} then: counts by different claimants show no rise or fall"]


def _day_known(group: Claims) -> dt.date:
    return max(claim.known_on or dt.date.min for claim in group.each)


def _find_new(then: Claims, now: Claims) -> list[Claims]:
    """Find what nobody had claimed before, the quantities with most claims that give a number first."""
    before = set(then.quantities)
    new = [group for group in by_quantity(now) if _key(group)[0] not in before]
    return sorted(new, key=lambda group: (-sum(bounds.is_known for bounds in group.bounds), -len(group), group.ids))


def _new_told(new: Sequence[Claims], *, are_listed: bool) -> list[str]:
    """Count the quantities that are claimed for the first time, and say where only some of them are listed."""
    count = len({_key(group)[0] for group in new})
    some = " (those with most claims are listed)" if are_listed and len(new) > MOST_NEW else ""
    return [f"{count_words(count, 'quantity was', 'quantities were')} claimed for the first time{some}"] if new else []


def _new_figures(new: Sequence[Claims]) -> list[tuple[Text, ...]]:
    return [((_title(group),), ("not claimed",), _new(group)) for group in new]


def _new(group: Claims) -> Text:
    """Say a figure that is new; what is denied or doubted is told with who does so, and not as a count."""
    figure, statuses = _figure(group), {claim.status for claim in group.each}
    if len(statuses) > 1 or not denial(figure.bounds, status := min(statuses)):
        return "new: ", cite_figure(figure)
    names = list(dict.fromkeys(group.dossier.name_of(claim.claimant) for claim in group.each))
    any_ = " any:" if figure.bounds.extent == (0, 0) else ""
    return f"new: {name_few(names, most=2)} {DISPUTES[status][len(names) > 1]}{any_} ", cite_figure(figure)


def _figure(group: Claims) -> Figure:
    """Give the figure of rivals; where they agree on what none of them states, in the words of those who bound it."""
    figure = contested(group).latest
    is_agreed = figure.made is not None and figure.made.kind == "rivals" and not figure.made.is_range
    if not is_agreed or figure.bounds in group.bounds:
        return figure
    ends = zip(*(bounds.extent for bounds in group.bounds), strict=True)
    least, most = max(next(ends)), min(next(ends))
    bounding = [bounds for bounds in group.bounds if bounds.extent[0] == least or bounds.extent[1] == most]
    return replace(figure, short=" and ".join(dict.fromkeys(bounds.words() for bounds in bounding)))


def _title(group: Claims) -> str:
    """Give a quantity's title, with its status where that is no presence: a denial of a plan is not the plan."""
    is_real = group.each[0].status_class == "real"
    return group.title if is_real else f"{group.title} ({name_some(claim.status for claim in group.each)})"


def _key(group: Claims) -> tuple[str, str]:
    """Name a group of `by_quantity`: its quantity and its class of status."""
    return group.each[0].quantity, group.each[0].status_class


def _moved_judgements(earlier: Dossier, dossier: Dossier, question: str | None) -> list[tuple[Text, ...]]:
    """Give the judgements that are new, raised, lowered, reworded or kept in a new edition, then those decided."""
    now = {row.judgement_id: row for row in choose_judgements(dossier, question=question)}
    then = {row.judgement_id: row for row in choose_judgements(earlier, question=question)}
    previous = {key: row.previous_id for key, row in now.items() if row.previous_id is not None}
    later = {before: key for key, before in previous.items()}
    moved: list[tuple[Text, ...]] = []
    known = rows_by_id(dossier, JudgementRow)  # an edition before may have asked in other words
    for row in find_standing(now.values()):
        if row.judgement_id not in then:  # there may be several editions in between
            before = next((key for key in follow(row.judgement_id, previous) if key in then), None)
            moved.append(_moved(row, known.get(before or row.previous_id or ""), is_since=before is None))
    for row in find_standing(then.values()):
        last = now[find_end(row.judgement_id, later)]
        if last.is_decided:
            moved.append(_judged(row, band_of(row).words, BECAME[str(last.outcome)]))
    return moved


def _moved(row: JudgementRow, before: JudgementRow | None, *, is_since: bool) -> tuple[Text, ...]:
    """Say how a new edition of a judgement lies to the one that stood before, or was made since and replaced."""
    if before is None:
        return _judged(row, "not judged", band_of(row).words)
    made = f", judged on {day_words(before.made)}" if is_since else ""
    now, old = band_of(row), band_of(before)
    move = "raised" if now.low > old.low else "lowered" if now.low < old.low else ""
    same = "kept" if row.statement == before.statement else "reworded"
    return _judged(row, old.words + made, f"{now.words}, {move or same}")


def _judged(row: JudgementRow, then: str, now: str) -> tuple[Text, ...]:
    return (f"Judgement: {row.statement}",), (then,), (now,)
