"""A tile: a number that leads a page, as hedged, with whose it is and how it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from briefing.blocks.blocks import Chip, Cited, Text, Tile
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import Contested, are_other_claimants, contested
from briefing.desk.claims.counts import lead_figure
from briefing.desk.evidence import DISPUTES
from briefing.desk.leading import cite_counted, find_differing, lead_of, saying
from briefing.dossier.claims import Claim, find_claims_about
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.rivals import core
from briefing.values.words import count_words, list_words

#: A count is old so long before the page's day; a document repeats an older one that came so long before it.
_OLD_AFTER, _LATE_AFTER = dt.timedelta(days=30), dt.timedelta(days=14)
#: What a tile shows where no claim gives a number.
_NOTHING = "No count known"


@verb
def tile(counted: Contested | Claims, label: str = "") -> Tile:
    """Make a tile of the front: a number as hedged, what it is, whose count, and how it stands.

    Of counts of several dates the newest leads, and the earlier ones stand under it. Its chips are read from the rows:
    claimants disagree, one origin or several, a repeat of an older document, denied or doubted and by whom, to come,
    old, without a day.

    Parameters
    ----------
    counted : Contested or Claims
        All about one quantity. None is possible, and then the tile says that no count is known.
    label : str
        What is counted, as the reader sees it; left out, the title of the quantity.

    Returns
    -------
    Tile
        For `front`; it is no block by itself.

    Raises
    ------
    ClaimError
        Where the claims are about several quantities.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> lorries = b.tile(b.choose_claims(d, quantity="lorries-sent"), "Lorries sent")
    >>> lorries.figure[0].text, lorries.claimant, [chip.kind for chip in lorries.chips]
    ('48 to 72 items', 'Harbour Watch and Corvia Gazette', ['contested', 'origins'])
    """
    rivals = counted if isinstance(counted, Contested) else contested(counted)
    lead, earlier = lead_of(rivals)
    label = label or (rivals.title if len(rivals.claims) else "")
    if not lead.quantified:
        return Tile(figure=(_NOTHING,), label=label)
    return Tile(
        figure=(cite_counted(lead_figure(lead), opens=True),),
        hedge=_tell_earlier(earlier, lead),
        label=label,
        claimant=_name(saying(lead)),
        when=_when(saying(lead)),
        chips=tuple(_chips(rivals, lead)),
    )


def _tell_earlier(earlier: Contested, lead: Contested) -> Text:
    if not earlier.quantified:
        return ()
    span, are_others = earlier.span, are_other_claimants(earlier.claims, lead.claims)
    return (
        "others, earlier: " if are_others else "earlier: ",
        Cited(text=span.number, claims=span.claims, made=span.made),
    )


def _name(claims: Claims) -> str:
    names = list(dict.fromkeys(claims.dossier.name_of(claim.claimant) for claim in claims.each))
    return list_words(names) if len(names) <= 2 else count_words(len(names), "claimant").capitalize()


def _when(claims: Claims) -> str:
    """Give the time of claims as a partial date: of a stock its closest day, of flows all their periods together."""
    each = claims.each
    if each[0].is_stock or len({claim.when.text for claim in each}) == 1:
        return min(each, key=lambda claim: claim.when.length).when.text
    opens = min(each, key=lambda claim: claim.days[0]).when.text.split("/")[0]
    ends = max(each, key=lambda claim: claim.days[1]).when.text.split("/")[-1]
    return f"{opens.rstrip('~?')}/{ends.rstrip('~?')}"


def _chips(rivals: Contested, lead: Contested) -> Iterator[Chip]:
    claims = lead.counting
    if lead.has_conflict and not lead.are_relays:
        yield Chip(kind="contested")
    if find_differing(claims):
        yield Chip(kind="relays")
    yield from _disputed(lead)
    yield Chip(kind="one_origin") if lead.origins == 1 else Chip(kind="origins", number=lead.origins)
    yield from _repeated(claims)
    is_planned = all(claim.status_class == "planned" for claim in claims.each)
    yield from [Chip(kind="to_come")] if is_planned else _aged(claims)


def _disputed(lead: Contested) -> Iterator[Chip]:
    """Give who denies or doubts the number; what is said of another number is told among what is contested.

    Who doubts "up to 15,000" doubts no 9,000, though that lies below.
    """
    dossier = lead.claims.dossier
    for claim in find_denials(lead.claims):
        kind = "denied" if claim.status == "denied" else "doubted"
        is_closed = claim.bounds.low is not None and claim.bounds.high is not None
        touches = claim.bounds in lead.quantified or (
            is_closed and any(core([claim.bounds, bounds]) is not None for bounds in lead.quantified)
        )
        if not claim.bounds.is_known or claim.bounds.extent == (0, 0) or touches:
            yield Chip(kind=kind, name=dossier.name_of(claim.claimant))


def find_denials(claims: Claims) -> list[Claim]:
    """Find who denies or doubts a count of the same quantity, chosen or not: of each claimant the newest."""
    known = find_claims_about(claims.dossier, claims.quantities)
    newest = {claim.claimant: claim for claim in sorted(known, key=lambda claim: claim.when.order)}
    disputing = {claim.claimant: claim for claim in newest.values() if claim.status in DISPUTES}
    return list(disputing.values())


def _repeated(claims: Claims) -> Iterator[Chip]:
    """Tell that the newest document repeats one of long before, and of what day that one is."""
    newest = max(claims.each, key=lambda claim: (claim.known_on or dt.date.min, claim.id))
    documents = documents_of(claims.dossier)
    relay, original = documents.get(newest.source), documents.get(newest.origin)
    if relay is None or original is None or relay is original or not (relay.published and original.published):
        return
    printed, said = parse_date(relay.published).first, parse_date(original.published).last
    if printed is not None and said is not None and printed - said >= _LATE_AFTER:
        yield Chip(kind="repeated", day=original.published)


def _aged(claims: Claims) -> Iterator[Chip]:
    last = max((claim.when.last for claim in claims.each if claim.when.last), default=None)
    if all(claim.when.first is None and claim.when.last is None for claim in claims.each):
        yield Chip(kind="undated")
    elif _is_old(claims.dossier, last) and all(claim.is_series for claim in claims.each):
        yield Chip(kind="old", number=((claims.dossier.as_of or dt.date.max) - (last or dt.date.min)).days)


def _is_old(dossier: Dossier, last: dt.date | None) -> bool:
    return dossier.as_of is not None and last is not None and dossier.as_of - last > _OLD_AFTER
