"""What a sum leaves out because another of its claims counts it already: parts, contents, movements, earlier ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from briefing.desk.claims.contested import split_newest
from briefing.dossier.claims import Claim
from briefing.dossier.ties import Ties
from briefing.values.chains import follow
from briefing.values.spans import Spans

#: The loss that holds the dead and the wounded.
ALL_LOSSES = "casualties"

#: What a total is of: the parties, the kind of loss, the item.
_Things = tuple[tuple[str, str], str | None, str]


def leave_out_parts(claims: Sequence[Claim], wholes: Mapping[str, str]) -> list[Claim]:
    """Leave out each claim whose whole, or whole's whole, is among the claims; `wholes` gives each part's whole."""
    chosen = {claim.id for claim in claims}
    return [claim for claim in claims if not any(whole in chosen for whole in follow(claim.id, wholes))]


def leave_out_held(claims: Sequence[Claim], ties: Ties) -> list[Claim]:
    """Leave out each claim whose goods another of the claims counts; of two that hold each other, neither."""
    chosen = {claim.id for claim in claims}
    above = {claim: ties.find_above(claim) & chosen for claim in chosen}
    return [claim for claim in claims if all(claim.id in above[other] for other in above[claim.id])]


def leave_out_earlier_ends(claims: Sequence[Claim], ties: Ties) -> list[Claim]:
    """Leave out running totals that a later one counts on: of one quantity, or of the same things in another.

    An earlier one that surely counts more than a later one of another quantity contradicts it, and stays.
    """
    running: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.counting == "running":
            running.setdefault(claim.quantity, []).append(claim)
    newest = {quantity: split_newest(group)[0] or group for quantity, group in running.items()}
    kept = [claim for claim in claims if claim in newest.get(claim.quantity, (claim,))]
    later = [claim for claim in kept if claim.counting == "running"]
    return [claim for claim in kept if not any(_counts_on(whole, claim, ties) for whole in later)]


def _counts_on(whole: Claim, part: Claim, ties: Ties) -> bool:
    if not part.is_total or whole.quantity == part.quantity:
        return False
    is_longer = whole.end != part.end or whole.when.first != part.when.first
    least, most = part.bounds.extent[0], whole.bounds.extent[1]
    return is_longer and least <= most and _counts(whole, part, ties)


def leave_out_increments(claims: Sequence[Claim], ties: Ties) -> list[Claim]:
    """Leave out increments that a total of the same things over a longer time already counts."""
    totals = _gather_totals(claim for claim in claims if claim.is_total)
    return [claim for claim in claims if claim.counting != "increment" or not _is_counted(claim, totals, ties)]


def _gather_totals(totals: Iterable[Claim]) -> dict[_Things, Spans]:
    """Gather the times of totals by what these count; a side that is open holds nothing."""
    times: dict[_Things, list[tuple[dt.date, dt.date]]] = {}
    for claim in totals:
        if claim.when.first is not None and claim.end is not None:
            times.setdefault((claim.parties, claim.kind, claim.item), []).append((claim.when.first, claim.end))
    return {things: Spans(spans) for things, spans in times.items()}


def _is_counted(part: Claim, totals: Mapping[_Things, Spans], ties: Ties) -> bool:
    """Whether a total of a claim's goods, or of what they are a kind of, surely runs through all its time."""
    start, end = part.when.first, part.end
    if start is None or end is None:
        return False
    wider = (part.item, *follow(part.item, ties.parents))
    found = (totals.get((part.parties, kind, item)) for kind in (part.kind, ALL_LOSSES) for item in wider)
    return any(spans is not None and spans.hold(start, end) for spans in found)


def _counts(whole: Claim, part: Claim, ties: Ties) -> bool:
    same = whole.parties == part.parties and whole.kind in (part.kind, ALL_LOSSES)
    return same and _is_inside(whole, part) and ties.is_within(part.item, whole.item)


def _is_inside(whole: Claim, part: Claim) -> bool:
    """Whether one claim's time is surely in another's; a side that is open is inside nothing."""
    first, start, last, end = whole.when.first, part.when.first, whole.end, part.end
    if first is None or start is None or last is None or end is None:
        return False
    return first <= start and end <= last
