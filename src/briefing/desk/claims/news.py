"""Quantities in order of news: a page opens with what became known of late, and says why it is news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from briefing.blocks.blocks import Cited, Prose
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.newness import Kind, News, Reason
from briefing.desk.claims.relays import own_words
from briefing.desk.evidence import DISPUTES, collect_evidence, say_counting, say_verb
from briefing.desk.nouns import inside, noun
from briefing.desk.windows import day_since
from briefing.dossier.claims import Claim, find_claims
from briefing.dossier.dossier import Dossier
from briefing.dossier.ties import ties_of
from briefing.errors import UsageError
from briefing.usage import verb, verb_always
from briefing.values.bounds import Bounds
from briefing.values.dates import day_words
from briefing.values.rivals import core
from briefing.values.words import name_few

#: Of one third of the window the kinds that lead, in this order; what only became known late leads nothing.
_WEIGHT: dict[Kind, int] = {
    "conflict": 0, "denied": 0, "rose": 0, "fell": 0, "revised": 0, "new": 1, "again": 2, "late": 3,
}  # fmt: skip
_THIRDS = 3


class _Rank(NamedTuple):
    """Where a reason puts its quantity: the lower, the earlier on a page."""

    is_late: bool
    is_bare: bool  #: Without a number.
    is_part: bool  #: Counted in another quantity that is news, and no news by itself.
    third: int  #: The newest third of the window leads.
    is_only_said: bool  #: Announced, planned, denied: behind counts of what is there.
    weight: int
    voices: tuple[int, int]  #: Fewer origins and claims rank later.
    age: int  #: In days.
    name: tuple[str, ...]


@verb
def by_news(
    claims: Claims, *, since: str | dt.date, top: int = 3, told: Iterable[Contested | Claims] = ()
) -> list[Claims]:
    """Choose the quantities that are news, the strongest first: new counts, moves, conflicts that opened.

    A count is news where it became known since a day and speaks of the time since; a document that repeats an origin
    is none. The newest third of that time leads. In each third come first counts that rivals contradict or that rose or
    fell by their claimant's own word, then new ones, then the same again; what is only announced or denied comes after
    what is counted; of equals those with more origins and claims lead. What is only a part of other news comes behind
    it, then what has no number; what became known since and speaks of an earlier time comes last of all.

    Parameters
    ----------
    claims : Claims
        About any quantities; none is possible.
    since : date or str
        The first day of news; of an interval, such as `days_before` gives, its first.
    top : int
        How many to give.
    told : iterable of Contested or Claims, optional
        What the page tells elsewhere: its quantities take no place here.

    Returns
    -------
    list of Claims
        Always so many: each about one quantity and of one class of status, with the denials of it, and with its reasons
        (`news`). A place that nothing fills has no claims, and verbs that show something show nothing of it.

    Raises
    ------
    UsageError
        Where the first day is none, or no place is asked for.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> first, second = b.by_news(b.choose_claims(d), since="2031-11-15", top=2)
    >>> first.title, first.news.reasons[0].kind, second.news.reasons[0].kind
    ('Veldanian guards in Corvia', 'new', 'late')
    """
    if top < 1:
        raise UsageError(f"by_news(): top is {top}; a page has at least one place. Give a number from 1.")
    first = day_since(since)
    known = [claim.known_on for claim in claims.each if claim.known_on is not None]
    last = claims.dossier.as_of or max(known, default=first)
    passed = {name for one in told for name in (one.claims if isinstance(one, Contested) else one).quantities}
    fresh = claims.only(claim for claim in claims.each if claim.quantity not in passed)
    groups = [(group, reasons) for group in _with_denials(fresh) if (reasons := _find_reasons(group, first))]
    wholes = {claim.id: claim.quantity for group, _ in groups for claim in group.each}
    ranked = sorted(
        ((min(_rank(group, reason, first, last, wholes) for reason in reasons), group, reasons)
         for group, reasons in groups),
        key=lambda one: one[0],
    )  # fmt: skip
    newest = max((claim.known_on for claim in fresh.each if claim.known_on), default=None)
    chosen = [
        replace(group, news=News(first, tuple(_in_order(group, reasons, first, last, wholes)), newest=newest))
        for _, group, reasons in ranked[:top]
    ]
    spare = News(first, newest=newest)
    empty = [replace(claims.only(()), news=spare)] * (top - len(chosen))
    if not chosen:
        is_told = any((claim.known_on or dt.date.min) >= first for claim in claims.each if claim.quantity in passed)
        empty[0] = replace(claims.only(()), news=replace(spare, is_silent=True, is_told=is_told))
    return chosen + empty


def _with_denials(claims: Claims) -> list[Claims]:
    """Take claims apart by quantity and class of status; a denial stands with what it denies."""
    groups: dict[tuple[str, str, str], dict[str, list[Claim]]] = {}
    for claim in own_words(claims).each:
        lost = (claim.giver, claim.kind or "") if claim.kind else ("", "")
        groups.setdefault((claim.quantity, *lost), {}).setdefault(claim.status_class, []).append(claim)
    parted = []
    for _, classes in sorted(groups.items()):
        denials = [claim for name in sorted(classes) if name in DISPUTES for claim in classes[name]]
        heard = [name for name in ("real", "withdrawn", "planned") if name in classes]
        parted += [classes[name] + (denials if name == heard[0] else []) for name in heard] if heard else [denials]
    return [claims.only(group) for group in parted]


# --- why it is news ----------------------------------------------------------------------------------------------


def _find_reasons(group: Claims, first: dt.date) -> list[Reason]:
    """Find what is news of one quantity: each claim that became known since, but for repeats of what was known."""
    by_day = sorted((claim for claim in group.each if claim.known_on), key=lambda claim: (claim.known_on, claim.id))
    reasons = []
    for at, claim in enumerate(by_day):
        day, before = claim.known_on or first, by_day[:at]
        if day >= first and not any(_is_repeated(claim, other) for other in before):
            reasons.append(_why(claim, before, day, first))
    return reasons


def _is_repeated(claim: Claim, before: Claim) -> bool:
    """Whether a claim says what its origin or its claimant had said, of the same time."""
    is_relay = claim.source != claim.origin and claim.origin == before.origin
    same = claim.claimant == before.claimant and claim.when.text == before.when.text
    return is_relay or (same and claim.bounds == before.bounds and claim.status == before.status)


def _why(claim: Claim, before: Sequence[Claim], day: dt.date, first: dt.date) -> Reason:
    if (claim.end or day) < first:
        return Reason("late", claim.id, day)
    if claim.status in DISPUTES:
        denied = [other for other in before if other.status not in DISPUTES]
        return Reason("denied" if denied else "new", claim.id, day, denied[-1].id if denied else "")
    counts = [other for other in before if other.bounds.is_known and other.status not in DISPUTES]
    if claim.bounds.is_known and counts:
        own = [other for other in counts if other.claimant == claim.claimant]
        if own and (move := _move(own[-1], claim)):
            return Reason(move, claim.id, day, own[-1].id)
        rivals = [other for other in counts if _contradicts(other, claim)]
        if rivals:
            return Reason("conflict", claim.id, day, rivals[-1].id)
        if own and own[-1].bounds == claim.bounds:
            return Reason("again", claim.id, day, own[-1].id)
    return Reason("new", claim.id, day)


def _move(before: Claim, claim: Claim) -> Kind | None:
    """Say how a claimant's number surely moved: rose or fell of a later time, revised of the same."""
    (low, high), (least, most) = before.bounds.extent, claim.bounds.extent
    way: Kind | None = "rose" if least > high else "fell" if most < low else None
    if way is None or core([before.bounds, claim.bounds]) is not None:
        return None
    is_later = (claim.is_series or claim.is_total) and (claim.end or dt.date.max) > (before.end or dt.date.max)
    return way if is_later else "revised"


def _contradicts(other: Claim, claim: Claim) -> bool:
    """Whether another claimant's count of the same time leaves no number for this one."""
    if other.origin == claim.origin or other.claimant == claim.claimant or other.unit != claim.unit:
        return False
    if core([other.bounds, claim.bounds]) is not None:
        return False
    if claim.counting == other.counting == "running":  # it grows, and only an earlier one can be too high
        earlier, later = sorted((claim, other), key=lambda one: one.end or dt.date.max)
        return earlier.bounds.extent[0] > later.bounds.extent[1]
    return not claim.is_series or claim.when.overlaps(other.when)


def _rank(group: Claims, reason: Reason, first: dt.date, last: dt.date, wholes: dict[str, str]) -> _Rank:
    claim = next(claim for claim in group.each if claim.id == reason.claim)
    counting = group.only(claim for claim in group.each if claim.status not in DISPUTES)
    age = max((last - reason.day).days, 0)
    is_growth = reason.kind == "rose" and claim.is_total  # what is counted on and on grows
    weight = _WEIGHT["new" if is_growth else reason.kind]
    above = ties_of(group.dossier).find_above(claim.id) if weight else set[str]()
    return _Rank(
        is_late=reason.kind == "late",
        is_bare=not claim.bounds.is_known,
        is_part=any(wholes.get(whole, claim.quantity) != claim.quantity for whole in above),
        third=_THIRDS * age // ((last - first).days + 1),
        is_only_said=claim.status_class not in ("real", "withdrawn"),
        weight=weight,
        voices=(-counting.origins, -len(counting)),
        age=age,
        name=(claim.quantity, reason.claim),
    )


def _in_order(
    group: Claims, reasons: Iterable[Reason], first: dt.date, last: dt.date, wholes: dict[str, str]
) -> list[Reason]:
    return sorted(reasons, key=lambda reason: _rank(group, reason, first, last, wholes))


# --- in words ----------------------------------------------------------------------------------------------------


@verb_always
def say_news(claims: Claims) -> Prose | None:
    """Say in a sentence why a quantity is news: who counts what, since when, and beside which count.

    Parameters
    ----------
    claims : Claims
        As `by_news` gives them.

    Returns
    -------
    Prose or None
        A block; nothing for a place that nothing fills. Where no quantity at all is news, the first place says so.

    Raises
    ------
    UsageError
        Where the claims do not come from `by_news`.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> first, second = b.by_news(b.choose_claims(d), since="2031-11-15", top=2)
    >>> b.say_news(first)
    Prose("New on 2 December 2031: Ferry Workers' Union counts 1,200 persons.", 4 claims, 4 sources)
    """
    news = claims.news
    if news is None:
        raise UsageError("say_news(): these claims were not ranked; news has reasons. Write by_news(..., since=...).")
    if news.is_silent:
        before = (
            f"; the last{' other' if news.is_told else ''} claim became known on {day_words(news.newest)}"
            if news.newest
            else ""
        )
        what = "Nothing else here" if news.is_told else "Nothing here"
        return Prose(text=(f"{what} is new since {day_words(news.since)}{before}.",))
    if not news.reasons:
        return None
    text = tuple(_say(claims, news.reasons[0]))
    return Prose(text=text, evidence=collect_evidence(claims.dossier, claims.ids, said=text))


def _say(claims: Claims, reason: Reason) -> Iterator[str | Cited]:
    claim, *beside = find_claims(claims.dossier, [reason.claim, reason.beside])
    name_of = claims.dossier.name_of
    known = f"Learned on {day_words(reason.day)}, about {claim.when}" if reason.kind == "late" else ""
    yield f"{known or f'New on {day_words(reason.day)}'}: {name_of(claim.claimant)} "
    yield from _say_claim(claim, claims.dossier)
    other = beside[0] if beside else None
    if other is None or reason.kind == "again":
        yield " again." if reason.kind == "again" else "."
        return
    number = Cited(text=other.bounds.words(), claims=(other.id,))
    if reason.kind == "denied":
        yield f". {name_of(other.claimant)} "
        yield from (*_say_claim(other, claims.dossier), ".")
    elif reason.kind == "conflict":
        yield from (", against ", number, f" by {name_of(other.claimant)}.")
    else:
        way = {"rose": "up", "fell": "down"}.get(reason.kind, "")
        whose, when = (f"{way} from the same claimant's", other.when) if way else ("revised from", "the same time")
        yield from (f", {whose} ", number, f" for {when}.")


def _say_claim(claim: Claim, dossier: Dossier) -> Iterator[str | Cited]:
    """Say what a claimant does: counts, announces or denies a number, or speaks of what is counted without one."""
    if not claim.bounds.is_known:
        yield _say_bare([claim.status], inside(dossier, dossier.name_of(claim.quantity)), many=False)
        return
    verb = say_verb([claim])
    is_none = claim.status in DISPUTES and claim.bounds.extent == (0, 0)
    number = f"any {noun(dossier, claim)}" if is_none else _with_noun(claim.bounds, noun(dossier, claim))
    yield f"{verb} that there are " if is_none else f"{verb} "
    yield Cited(text=number, claims=(claim.id,))
    yield f" ({claim.status})" if verb == "speaks of" else ""


def head_news(claims: Claims) -> str:
    """Head a section about a quantity to which nobody gives a number: who speaks of it, and who denies it."""
    rivals = contested(claims)
    names, several = _name_voices(rivals.counting), _are_several(rivals.counting)
    said = _say_bare(_statuses(rivals.counting), inside(claims.dossier, rivals.title), many=several)
    denied = f"; {_name_voices(rivals.disputing)} {_disputing(rivals.disputing)} it" if len(rivals.disputing) else ""
    return f"{names} {said}{denied}"


def _say_bare(statuses: Collection[str], what: str, *, many: bool) -> str:
    """Say what those do who give no number: they speak of it, or deny or doubt that it is so."""
    if set(statuses) <= DISPUTES.keys():
        return f"{say_counting(statuses, many=many)} reports of {what}"
    return f"{'speak' if many else 'speaks'} of {what} and {'give' if many else 'gives'} no number"


def _disputing(claims: Claims) -> str:
    return say_counting(_statuses(claims), many=_are_several(claims))


def _statuses(claims: Claims) -> list[str]:
    return [claim.status for claim in claims.each]


def _voices(claims: Claims) -> list[str]:
    """Give the claimants, of each origin the one whose own words it is or that is known first."""
    first: dict[str, str] = {}
    for claim in sorted(claims.each, key=lambda one: (one.source != one.origin, one.known_on or dt.date.max, one.id)):
        first.setdefault(claim.origin, claim.claimant)
    return list(dict.fromkeys(first.values()))


def _are_several(claims: Claims) -> bool:
    return len(_voices(claims)) > 1


def _name_voices(claims: Claims) -> str:
    names = [claims.dossier.name_of(claimant) for claimant in _voices(claims)]
    return name_few(names, most=2)


def _with_noun(bounds: Bounds, unit: str) -> str:
    return f"{bounds.words()}{' of' if bounds.order else ''} {unit}"
