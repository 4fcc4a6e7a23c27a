"""Many quantities on one page: which is claimed most, where each stands, what may be added, and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from briefing.blocks.blocks import Cited, Column, Note, Table, Text
from briefing.blocks.layouts import Cell, day_cell, lay_out, least, number_cell
from briefing.desk.claims.claims import Claims, by_quantity
from briefing.desk.claims.contested import contested
from briefing.desk.claims.relays import own_words
from briefing.desk.claims.sums import total
from briefing.desk.cut import cited_in, cut_rows
from briefing.desk.evidence import collect_evidence, name_parties, name_status
from briefing.desk.figures import Figure
from briefing.desk.tables import cite_figure, nothing_claimed
from briefing.dossier.claims import Claim
from briefing.errors import ClaimError, Named
from briefing.usage import verb
from briefing.values.dates import PartialDate
from briefing.values.words import counted, name_some

#: What a count is of: two of one flow count the same things.
_Flow = tuple[str | None, ...]
#: When a count is of, and how long it runs.
_Period = tuple[PartialDate, dt.timedelta]


@verb
def leading_quantity(claims: Claims, *, apart: bool = True) -> Claims:
    """Choose the claims about the one quantity that most claims with a number are about.

    Of a total whose period grows, in one running quantity or in a quantity for each end, the newest end leads, however
    many claims an earlier one has.

    Parameters
    ----------
    claims : Claims
        About any quantities; none is possible.
    apart : bool
        Whether a plan and its denial are told apart; a chart of a plan shows both.

    Returns
    -------
    Claims
        Of one quantity and, unless they are not told apart, one class of status, for `contested` and the charts: of
        several, the one with the newest claim. None where no claim gives a number.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.contested(b.leading_quantity(b.choose_claims(d, getter="corvia"))).title
    'Veldanian guards in Corvia'
    """
    groups = [group for group in by_quantity(claims, apart=apart) if any(bounds.is_known for bounds in group.bounds)]
    if not groups:
        return claims.only(())
    most = max(groups, key=lambda group: (_numbered(group), _last_day(group.each[-1]), group.origins, group.ids))
    earlier = _find_periods(most)
    return max((most, *(group for group in groups if _counts_on(group, earlier))), key=_last_end)


def _numbered(group: Claims) -> int:
    return sum(bounds.is_known for bounds in group.bounds)


def _last_end(group: Claims) -> dt.date:
    """Give the last day that a count with a number runs to."""
    return max(claim.end or dt.date.min for claim in group.each if claim.bounds.is_known)


def _find_periods(group: Claims) -> dict[_Flow, set[_Period]]:
    """Find the periods that claims count, each once: hundreds may be about the same things at the same time."""
    found: dict[_Flow, set[_Period]] = {}
    for claim in group.each:
        found.setdefault(_same_flow(claim), set()).add((claim.when, _length(claim)))
    return found


def _counts_on(group: Claims, earlier: Mapping[_Flow, Collection[_Period]]) -> bool:
    """Whether a total counts the same things as claims of earlier periods, over a longer one that touches one's."""
    return any(
        _length(claim) > length and claim.when.overlaps(when)
        for claim in group.each if claim.is_total and claim.bounds.is_known
        for when, length in earlier.get(_same_flow(claim), ())
    )  # fmt: skip


def _length(claim: Claim) -> dt.timedelta:
    return (claim.end or dt.date.max) - (claim.when.first or dt.date.min)


def _same_flow(claim: Claim) -> _Flow:
    return claim.counting, claim.item, claim.unit, claim.kind, *claim.parties, claim.status_class


@verb
def overview(claims: Claims, *, caption: str, if_any: bool = False) -> Table | Note | None:
    """Show where each quantity stands: of a stock its newest counts, of a flow all rivals, newest first.

    Of losses it names the side and the kind.

    Parameters
    ----------
    claims : Claims
        About any quantities.
    caption : str
        What the reader sees here.
    if_any : bool
        Whether nothing is shown where nothing is known: for what few dossiers have.

    Returns
    -------
    Table, Note or None
        A block: one row a quantity and class of status; a note where nothing is known, or nothing if asked.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.overview(b.choose_claims(d, giver="veldania"), caption="What Veldania has sent")
    Table('What Veldania has sent', 11 rows, 17 claims, 13 sources)
    """
    groups = sorted(by_quantity(claims), key=lambda group: (-_last_day(group.each[-1]).toordinal(), group.ids))
    if not groups:
        return None if if_any else nothing_claimed(caption, claims.elsewhere)
    shown, left = cut_rows(groups)
    rows = [_overview_row(group) for group in shown]
    idle = {name for name in ("Whose loss", "Kind of loss", "Status") if all(row[name] == ("",) for row in rows)}
    if not any(isinstance(row["Range of all counts"], Cell) for row in rows):
        idle.add("Range of all counts")
    names = [name for name in rows[0] if name not in idle]
    told = [[row[name] for name in names] for row in rows]
    return _table(claims, caption, names, told, figures={"Figure"}, counts={"Origins"}, left=left)


def _overview_row(group: Claims) -> dict[str, Text | Cell]:
    newest = _newest(group)
    figure = contested(newest).figure
    at = _find_stating(newest, figure)
    return {
        "What is counted": (group.title,),
        "Whose loss": (group.dossier.name_of(at.giver) if at.kind else "",),
        "Kind of loss": (at.kind or "",),
        "When": day_cell(at.when.text),
        "Figure": figure_cell(figure),
        "Unit": (at.unit,),
        "Status": (_statuses(newest),),
        "Who says so": (_names(newest),),
        "Origins": number_cell(group.origins),
        "Range of all counts": figure_cell(contested(group).figure) if len(newest) < len(group) else ("",),
    }


def _find_stating(claims: Claims, figure: Figure) -> Claim:
    """Find the claim whose period is the figure's: of those that state it, or of all where none does, the narrowest."""
    stating = [claim for claim in claims.each if claim.bounds.extent == figure.bounds.extent]
    return min(stating or claims.each, key=lambda claim: (_last_day(claim) - _first_day(claim), claim.id))


def _newest(group: Claims) -> Claims:
    """Give the newest counts of a series; rivals about any other flow are of one time."""
    group = own_words(group)
    last = max((claim.end for claim in group.each if claim.is_series and claim.end), default=None)
    return group.only(claim for claim in group.each if not claim.is_series or claim.end == last)


def _statuses(claims: Claims) -> str:
    return ", ".join(dict.fromkeys(map(name_status, claims.each)))


def _names(claims: Claims) -> str:
    return name_some(claims.dossier.name_of(claim.claimant) for claim in claims.each)


# --- what is missing -------------------------------------------------------------------------------------------


@verb
def gaps(claims: Claims, *, caption: str, days: int = 30) -> Table | Note:
    """Show what is missing: quantities without a number, with one origin, with an old count or a vague date.

    Parameters
    ----------
    claims : Claims
        About any quantities.
    caption : str
        What the reader sees here.
    days : int
        A stock whose newest count is older than this is stale.

    Returns
    -------
    Table or Note
        A block: one row a quantity with a gap; a note where nothing is known, or nothing is missing.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.gaps(b.choose_claims(d), caption="What is missing or weak").data.rows[0][-1]
    ('one origin only',)
    """
    groups = by_quantity(claims)
    if not groups:
        return nothing_claimed(caption, claims.elsewhere)
    told = [(group, find_gaps(group, days=days)) for group in groups]
    kept = sorted(((group, missing) for group, missing in told if missing), key=lambda one: (-len(one[1]), one[0].ids))
    if not kept:
        return Note(label="Nothing missing", text=(f"{caption.rstrip('.')}: no gap is known on this day.",))
    listed, left = cut_rows(kept)
    rows: list[tuple[Text | Cell, ...]] = [
        (
            (_gap_title(group),),
            figure_cell(contested(_newest(group)).figure),
            (_statuses(_newest(group)),),
            ("; ".join(gap.words for gap in missing),),
        )
        for group, missing in listed
    ]
    names = ("What is counted", "Newest figure", "Status", "What is missing")
    return _table(claims, caption, names, rows, figures={"Newest figure"}, left=left)


def _gap_title(group: Claims) -> str:
    first = group.each[0]
    return f"{group.title} ({name_parties(group.dossier, first)})" if first.kind else group.title


class Gap(NamedTuple):
    """What claims about one quantity leave open: of which kind, and in words."""

    kind: Literal["no number", "one origin", "old", "undated"]
    words: str


def find_gaps(group: Claims, *, days: int = 30) -> tuple[Gap, ...]:
    """Say what claims about one quantity leave open; `days` as in `gaps`."""
    newest, missing = _newest(group), list[Gap]()
    is_counted = any(bounds.is_known for bounds in group.bounds)
    if not is_counted:
        missing.append(Gap("no number", "no claim gives a number"))
    elif group.origins == 1:
        is_one = len({claim.origin for claim in group.each}) == 1
        missing.append(Gap("one origin", "one origin only" if is_one else "one claimant only"))
    age, no_day = _age(group), all(not claim.when.is_day for claim in newest.each)
    if age is not None and age > days:
        told = f"at least {counted(age, 'day')} old (no day stated)" if no_day else f"{counted(age, 'day')} old"
        missing.append(Gap("old", f"the newest {'count' if is_counted else 'claim'} is {told}"))
    elif no_day and newest.each[0].is_stock:
        missing.append(Gap("undated", "the day is not stated"))
    return tuple(missing)


def _age(group: Claims) -> int | None:
    """Give the age of a stock's newest count in days; a flow, or a plan, does not grow old."""
    last, day = group.each[-1], group.dossier.as_of
    if day is None or not last.is_stock or last.status_class != "real":
        return None
    return max((day - _last_day(last)).days, 0)


# --- what may be added ------------------------------------------------------------------------------------------


@verb
def sums(claims: Claims, *, caption: str) -> Table | Note:
    """Try the sums that a reader might make, and show each total, or the rule that refuses it.

    Parameters
    ----------
    claims : Claims
        Any.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table or Note
        A block: everything together, each claimant's claims, and each claimant's single movements of one item; a note
        where nothing is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.sums(b.choose_claims(d, item="lorry"), caption="Sums").data.rows[1][-1]
    ('sum of three claims',)
    """
    if not len(claims):
        return nothing_claimed(caption, claims.elsewhere)
    tried, left = cut_rows(list(_sums(claims).items()))
    rows = tuple(_total_row(name, group) for name, group in tried)
    names = ("What would be added", "Claims", "Total", "Unit", "How it is made, or why it may not be")
    return _table(claims, caption, names, rows, figures={"Total"}, counts={"Claims"}, left=left)


def _total_row(name: str, group: Claims) -> tuple[Text | Cell, ...]:
    head: tuple[Text | Cell, ...] = ((name,), number_cell(len(group)))
    try:
        figure = total(group)
    except ClaimError as error:
        return (*head, ("none",), (), _refusal(error, group))
    unit = (figure.bounds.unit,) if figure.bounds.is_known else ()
    how = f"{figure.how or 'one claim counts them all'}{_period_counted(figure, group)}"
    return (*head, figure_cell(figure), unit, (how,))


def _period_counted(figure: Figure, group: Claims) -> str:
    """Say of which period a total is where its claims give it for one; empty where single movements are added."""
    ids = set(figure.claims)
    behind = [claim for claim in group.each if claim.id in ids]
    periods = {str(claim.when) for claim in behind if claim.counting in {"cumulative", "running"}}
    is_total = len(periods) == 1 and all(claim.counting != "increment" for claim in behind)
    return f"; of {periods.pop()}" if is_total else ""


def _refusal(error: ClaimError, group: Claims) -> Text:
    """Say why a sum is refused: its rule, with the claims cited and the quantities by their titles."""
    return (*(_named(piece, group) for piece in error.what), f"; {error.rule}")


def _named(piece: str | Named, group: Claims) -> str | Cited:
    if isinstance(piece, str):
        return piece
    if piece.kind == "claim":
        return Cited(text=piece.id, claims=(piece.id,))
    return f"“{group.dossier.name_of(piece.id)}”"


def _sums(claims: Claims) -> dict[str, Claims]:
    """Give the sums to try, each set of claims once."""
    name_of = claims.dossier.name_of
    tried = {"Everything in this table of claims": claims}
    for (claimant,), group in _grouped(claims, lambda claim: (claim.claimant,)).items():
        tried[f"All that {name_of(claimant)} counts"] = group
    single = claims.only(claim for claim in claims.each if claim.counting == "increment")
    for (claimant, item), group in _grouped(single, lambda claim: (claim.claimant, claim.item)).items():
        tried[f"Single movements counted by {name_of(claimant)}: {name_of(item)}"] = group
    first: dict[tuple[str, ...], str] = {}
    for name, group in tried.items():
        if len(group) > 1:
            first.setdefault(group.ids, name)
    return {name: tried[name] for name in first.values()} or {"Everything in this table of claims": claims}


def _grouped(claims: Claims, key: Callable[[Claim], tuple[str, ...]]) -> dict[tuple[str, ...], Claims]:
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims.each:
        groups.setdefault(key(claim), []).append(claim)
    return {wanted: claims.only(groups[wanted]) for wanted in sorted(groups)}


# --- shared -----------------------------------------------------------------------------------------------------


def figure_cell(figure: Figure) -> Cell:
    """Make a cell of a figure; it sorts by the least number that is stated."""
    return Cell((cite_figure(figure),), least(figure.bounds))


def _table(
    claims: Claims,
    caption: str,
    names: Iterable[str],
    rows: Iterable[Sequence[Text | Cell]],
    *,
    figures: Collection[str],
    counts: Collection[str] = (),
    left: int = 0,
) -> Table:
    """Make a table whose `figures` are claims' and whose `counts` count rows."""
    columns = [Column(name=name, is_number=name in {*figures, *counts}, counts_rows=name in counts) for name in names]
    data = lay_out(columns, rows)
    evidence = collect_evidence(claims.dossier, cited_in(data) if left else claims.ids)
    return Table(caption=caption, data=data, left_out=left, evidence=evidence)


def _last_day(claim: Claim) -> dt.date:
    return claim.when.last or claim.when.first or dt.date.min


def _first_day(claim: Claim) -> dt.date:
    return claim.when.first or claim.when.last or dt.date.min
