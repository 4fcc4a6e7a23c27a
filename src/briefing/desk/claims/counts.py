"""Who says what of one quantity, in a sentence: the claimant first, then the number as hedged, then its day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import RELAYS_DISAGREE, Contested, are_other_claimants, say_when
from briefing.desk.claims.scopes import period_words
from briefing.desk.claims.sides import find_origins
from briefing.desk.evidence import DISPUTES
from briefing.desk.figures import Figure
from briefing.desk.nouns import inside, noun
from briefing.dossier.claims import Claim, find_claims_about
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id
from briefing.dossier.tables import Unit
from briefing.usage import verb
from briefing.values.bounds import Bounds, number_words
from briefing.values.rivals import agreed, spread
from briefing.values.words import NUMBER_WORDS, list_words, name_few, spell

#: Small whole numbers by their word.
_SPELT = {float(number): word for word, number in NUMBER_WORDS.items() if number < 10} | {0.0: "none"}

#: A title that names its year needs no period of a flow beside it.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

#: So many different counts of one day are told claimant by claimant; of more, only what they span.
TOLD = 3


@dataclass(frozen=True, slots=True)
class _Voice:
    """Claimants who say the same of the quantity, with the claims in which they say it."""

    claims: Claims
    names: tuple[str, ...]
    bounds: tuple[Bounds, ...]  #: More than one where relays of the same claimant differ.


@verb
def say_count(rivals: Contested, *, otherwise: str = "No claim known on this day gives a number") -> str:
    """Say who puts a quantity at what number, and when: a line for a heading, a title, a tile or a longer sentence.

    Parameters
    ----------
    rivals : Contested
        As `contested` gives them.
    otherwise : str
        What to say where no claim gives a number.

    Returns
    -------
    str
        The claimant first, then the number with its hedge, the day or period, what earlier counts said, and who denies
        or doubts it. No full stop. The figures inside lead to their claims, as those of ``f"{rivals}"`` do.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.finding(b.say_count(b.contested(b.choose_claims(d, quantity="lorries-sent"))))
    Heading('Harbour Watch puts lorries ferried in October at 48, Corvia Gazette at 72 (Oct...', 3 claims, 3 sources)
    """
    return "; ".join(find_clauses(rivals)) or otherwise


def find_clauses(rivals: Contested) -> list[str]:
    """Give what `say_count` says, by clauses: the newest count, what earlier ones gave, who denies or doubts it."""
    if not rivals.quantified:
        return []
    if {claim.status for claim in rivals.counting.each} <= DISPUTES.keys():
        each = enumerate(rivals.counting.each)
        return [_say_dispute(claim, rivals, is_first=not at) for at, claim in each]
    newest, earlier = Contested(rivals.counting).parted
    before = [_say_earlier(newest, earlier)] if len(earlier.claims) else []
    is_repeat = bool(before) and find_origins(newest.claims) <= find_origins(earlier.claims)
    first = _say_newest(newest, earlier) + (", repeating an earlier count" if is_repeat else "")
    return [first, *before, *(_say_dispute(claim, rivals) for claim in rivals.disputing.each)]


def _say_newest(newest: Contested, earlier: Contested) -> str:
    """Say who counts what on the newest day: voice by voice, or only what many of them span."""
    voices, title = _find_voices(newest), name_quantity(newest)
    planned = {claim.status for claim in newest.counting.each if _needs_status(claim, newest)}
    is_one_status = len({claim.status for claim in newest.counting.each}) == 1
    after = (*(planned if is_one_status else ()), _say_when(newest, is_series=bool(len(earlier.claims))))
    if len(voices) > TOLD:
        span = replace(newest.span, hedge="", is_attributed=True)
        count = spell(len({name for voice in voices for name in voice.names}), "claimant").capitalize()
        hedge = "sources conflict" if newest.has_conflict and not newest.is_dated else ""
        return f"{count} put {title} at {_write(span, span.number, _noun_beside(newest))}{_say_brackets(hedge, *after)}"
    said = [
        _say_voice(
            voice, newest, "" if at else title, is_told=is_one_status, after=after if voice is voices[-1] else ()
        )
        for at, voice in enumerate(voices)
    ]
    return ", ".join(said) if len(said) == 2 else list_words(said)


def _say_brackets(*words: str) -> str:
    said = ", ".join(word for word in words if word)
    return f" ({said})" if said else ""


def _find_voices(rivals: Contested) -> list[_Voice]:
    """Gather claimants who say the same, lowest number first; a relay's hedge is never lost for another's."""
    said: dict[str, list[Claim]] = {}
    for claim in (*rivals.claims.each, *_find_weaker_relays(rivals.claims)):
        if claim.bounds.is_known:
            said.setdefault(claim.claimant, []).append(claim)
    voices: dict[tuple[tuple[Bounds, ...], str], list[Claim]] = {}
    for claims in said.values():
        classes = {claim.status_class for claim in claims}
        for kind in sorted(classes):
            own = [claim for claim in claims if claim.status_class == kind]
            voices.setdefault((_find_widest(own), kind), []).extend(own)
    name_of = rivals.claims.dossier.name_of
    made = [
        _Voice(rivals.claims.only(claims), tuple(dict.fromkeys(name_of(claim.claimant) for claim in claims)), bounds)
        for (bounds, _), claims in voices.items()
    ]
    lead = agreed(rivals.quantified) if len(agreed(rivals.quantified)) == 1 else ()
    return sorted(made, key=lambda voice: (voice.bounds != lead, voice.bounds[0].stated, voice.names))


def lead_figure(rivals: Contested) -> Figure:
    """Give the figure that leads where there is little room: of one voice with the hedge that one relay keeps."""
    voices = _find_voices(rivals)
    if len(voices) != 1 or len(voices[0].bounds) != 1 or voices[0].bounds[0] in rivals.quantified:
        return rivals.figure
    return replace(_figure_of(voices[0], rivals), number=voices[0].bounds[0].words())


def _find_weaker_relays(claims: Claims) -> list[Claim]:
    """Find other relays of the same counts whose originals nobody read: one may keep a hedge that others drop."""
    same = {(claim.quantity, claim.origin, claim.claimant, claim.status) for claim in claims.each}
    read = {claim.origin for claim in claims.each if claim.source == claim.origin}
    chosen = set(claims.ids)
    return [
        claim
        for claim in find_claims_about(claims.dossier, claims.quantities)
        if (claim.quantity, claim.origin, claim.claimant, claim.status) in same
        and claim.id not in chosen
        and claim.origin not in read
        and any(_is_weaker(claim.bounds, own.bounds) for own in claims.each if own.origin == claim.origin)
    ]


def _find_widest(claims: Sequence[Claim]) -> tuple[Bounds, ...]:
    """Give what one claimant says: where one relay leaves open all that the others say, it; or else each number."""
    each = list(dict.fromkeys(claim.bounds for claim in claims))
    widest = [one for one in each if all(one == other or _is_weaker(one, other) for other in each)]
    is_one_origin = len({claim.origin for claim in claims}) == 1
    return tuple(
        widest[:1] if widest and is_one_origin else sorted(each, key=lambda one: (one.stated, one.low is not None))
    )


def _is_weaker(one: Bounds, other: Bounds) -> bool:
    """Whether one leaves open all that another says, and more."""
    if not (one.is_known and other.is_known) or one.extent == other.extent:
        return False
    return all(one.contains(number) for number in other.extent)


def _say_voice(voice: _Voice, rivals: Contested, title: str, *, is_told: bool, after: Sequence[str]) -> str:
    """Say what claimants of one voice put the quantity at; the verb and title stand with the first voice alone.

    `after` is what the brackets behind the number say of all voices.
    """
    names = voice.names
    who = name_few(names, most=2)
    puts = f" {'puts' if len(names) == 1 else 'put'} {title}" if title else ""
    said = [say_bounds(bounds, rivals.claims.dossier) for bounds in voice.bounds]
    numbers = (", or " if any(" or " in number for number in said) else " or ").join(said)
    status = voice.claims.each[0].status
    planned = status if not is_told and _needs_status(voice.claims.each[0], rivals) else ""
    is_one_document = len({claim.source for claim in voice.claims.each}) == 1
    both = "one document gives both" if is_one_document else RELAYS_DISAGREE
    brackets = _say_brackets(planned, both if len(voice.bounds) > 1 else "", *after)
    figure = _figure_of(voice, rivals)
    beside = _noun_beside(rivals) if title or len(voice.bounds) > 1 else ""
    return f"{who}{puts} {say_way(voice.bounds[0])} {_write(figure, numbers, beside)}{brackets}"


def _figure_of(voice: _Voice, rivals: Contested) -> Figure:
    """Make the figure of one voice, which leads to the claims in which it says so."""
    bounds, ids = voice.bounds[0], voice.claims.ids
    is_alone = rivals.origins == 1 or len(set(rivals.quantified)) == 1
    kind = Made(kind="rivals", origins=rivals.origins, is_alike=len(voice.bounds) == 1)
    made = None if len(ids) == 1 and is_alone else kind if is_alone else Made(kind="end", origins=rivals.origins)
    number, dossier = say_bounds(bounds, rivals.claims.dossier), rivals.claims.dossier
    return Figure(number, "", str(bounds), ids, made, bounds, dossier, is_attributed=True)


def _write(figure: Figure, number: str, beside: str) -> str:
    """Write a figure into the sentence with its noun, where the quantity's title does not say it."""
    return format(replace(figure, number=number), beside or "")


def say_bounds(bounds: Bounds, dossier: Dossier) -> str:
    """Say bounds behind "at": 3,000 or more, up to 12,000, 36 to 44, about 9,000, nearly 5,000; few in words."""
    unit = rows_by_id(dossier, Unit).get(bounds.unit)
    is_counted = unit is not None and unit.of in {"count", "people"}
    if is_counted and bounds.is_exact and bounds.stated[0] in _SPELT:
        return _SPELT[bounds.stated[0]]
    if bounds.best is None and not bounds.nearly and not bounds.order and bounds.low is not None:
        if bounds.high is None:
            return bounds.words() if bounds.low_strict else f"{number_words(bounds.low)} or more"
        if not bounds.low_strict and not bounds.high_strict and bounds.low < bounds.high:
            return f"{number_words(bounds.low)} to {number_words(bounds.high)}"
    return bounds.words()


def say_way(bounds: Bounds) -> str:
    """Give what stands before bounds: at a number, or in the dozens."""
    return "in the" if bounds.order else "at"


def name_quantity(rivals: Contested) -> str:
    """Name the quantity inside a sentence; a title with a comma in it ends with one."""
    title = inside(rivals.claims.dossier, rivals.title)
    return f"{title}," if "," in title else title


def _noun_beside(rivals: Contested) -> str:
    """Give the noun behind the number: none where the title says it, or where it says no more than "persons"."""
    claims, dossier = rivals.counting, rivals.claims.dossier
    bounds = next(claim.bounds for claim in claims.each if claim.bounds.is_known)
    items = {claim.item for claim in claims.each}
    word = noun(dossier, items, bounds if len(set(rivals.quantified)) == 1 else replace(bounds, low=2))
    return say_beside(word, rivals, unit=bounds.unit)


def say_beside(word: str, rivals: Contested, *, unit: str) -> str:
    """Write a noun behind a number: none where the title says it, or where it says no more than "items"."""
    row = rows_by_id(rivals.claims.dossier, Unit).get(unit)
    is_plain = row is not None and row.unit_id in {"items", "persons"} and word in {row.singular, row.plural}
    return "" if is_plain or word.casefold() in rivals.title.casefold() else f" {word}"


def _needs_status(claim: Claim, rivals: Contested) -> bool:
    """Whether a sentence must say that nothing is there yet, or that it went: the title does not."""
    return claim.status_class != "real" and claim.status not in rivals.title.casefold()


def _say_when(rivals: Contested, *, is_series: bool) -> str:
    """Say the day or period in brackets, where the title does not name it."""
    first = rivals.counting.each[0]
    when = say_when(rivals.claims.each) if is_series or first.is_stock else period_words(rivals.claims)
    is_named = when in rivals.title or (not first.is_stock and not is_series and _YEAR.search(rivals.title))
    return "" if is_named else when


def name_ends(rivals: Contested) -> str:
    """Say who gives the lowest and the highest count where a line tells only what many span; empty elsewhere."""
    newest = rivals.parted[0]
    stretches = spread(newest.quantified)
    if len(_find_voices(newest)) <= TOLD or len(stretches) != 1 or len(stretches[0].ends) != 2:
        return ""
    name_of = rivals.claims.dossier.name_of
    lowest, highest = (
        list(dict.fromkeys(name_of(claim.claimant) for claim in newest.claims.each if claim.bounds == end))
        for end in stretches[0].ends
    )
    give = "gives" if len(lowest) == 1 else "give"
    return f" {name_few(lowest, most=2)} {give} the lowest count, {name_few(highest, most=2)} the highest."


def _say_earlier(newest: Contested, earlier: Contested) -> str:
    """Say what counts of earlier days gave, and who gave them where it is nobody who gave the newest."""
    dossier, noun_ = earlier.claims.dossier, "total" if newest.is_running else "count"
    span = replace(earlier.span, hedge="", is_attributed=True)
    others = list(dict.fromkeys(dossier.name_of(claim.claimant) for claim in earlier.counting.each))
    who = (others[0] if len(others) == 1 else "others") if are_other_claimants(earlier.claims, newest.claims) else ""
    if len({claim.bounds for claim in earlier.claims.each}) == 1:
        figure, when = _write(span, say_bounds(span.bounds, dossier), ""), say_when(earlier.claims.each)
        if len(earlier.claims) > 1:
            return f"{who} gave {figure} before" if who else f"earlier {noun_}s gave {figure}"
        return f"{who} gave {figure} before ({when})" if who else f"an earlier {noun_}, of {when}, gave {figure}"
    figure, stretches = _write(span, span.number, ""), spread(earlier.quantified)
    hedge = " (sources conflict)" if earlier.has_conflict and not earlier.is_dated else ""
    if who:
        return f"{who} gave {figure} before{hedge}"
    is_run = len(stretches) == 1 and stretches[0].last is not None
    return f"earlier {noun_}s {'ran from' if is_run else 'gave'} {figure}{hedge}"


def _say_dispute(claim: Claim, rivals: Contested, *, is_first: bool = False) -> str:
    """Say who denies or doubts it, and which number; where nobody counts, the first says of which quantity."""
    dossier, denies, when = rivals.claims.dossier, DISPUTES[claim.status][0], f" ({claim.when})" if is_first else ""
    who, title = dossier.name_of(claim.claimant), name_quantity(rivals).rstrip(",")
    if not claim.bounds.is_known:
        return f"{who} {denies} {f'reports of {title}' if is_first else 'it'}{when}"
    if claim.bounds.extent == (0, 0):
        return f"{who} {denies} that there are any{f': {title}' if is_first else ''}{when}"
    number = say_bounds(claim.bounds, dossier)
    figure = Figure(number, "", str(claim.bounds), (claim.id,), None, claim.bounds, dossier, is_attributed=True)
    return f"{who} {denies} {f'a figure of {figure} for {title}' if is_first else f'{figure}'}{when}"
