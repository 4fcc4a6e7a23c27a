"""What stands behind figures: who counts what, documents and origins, and the source statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from briefing.blocks.blocks import Cited, Made, Prose, Sources
from briefing.desk.claims.claims import Claims, choose_claims, lone_origins
from briefing.desk.claims.contested import Contested, say_when
from briefing.desk.claims.independence import tell_lone, tell_weak
from briefing.desk.claims.relays import own_words, tell_relays
from briefing.desk.claims.scopes import period_words
from briefing.desk.claims.sides import find_one_side, find_origins, tell_countries, tell_sides
from briefing.desk.evidence import collect_evidence, denial, say_counting
from briefing.desk.figures import Figure
from briefing.desk.nouns import noun
from briefing.desk.waiting import tell_waiting
from briefing.dossier.claims import gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.usage import verb
from briefing.values.rivals import agreed, say_factor, share_number, spread
from briefing.values.words import counted, list_words, name_some

#: A title that names its year needs no period beside it.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@verb
def answer(rivals: Contested, *, otherwise: str = "No claim known on this day gives a number.") -> Prose:
    """Say in sentences what rival claims come to: who counts, what, and when; of several dates the newest first.

    Parameters
    ----------
    rivals : Contested
        As `contested` gives them.
    otherwise : str
        What to say where no claim gives a number.

    Returns
    -------
    Prose
        A block, for `headline` too: the newest count with its day and what earlier ones said, or who counts how much;
        and the side, where all claimants are of one.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.answer(b.contested(b.choose_claims(d, quantity="guards-there", status="present")))
    Prose("The newest count, of November 2031, gives 1,200 persons (Ferry ...", 4 claims, 4 sources)
    """
    if not rivals.quantified:
        return Prose(text=(otherwise,))
    rivals = Contested(rivals.counting)
    newest, earlier = rivals.parted
    told = [*_tell_series(newest, earlier), _tell_side(rivals)] if len(earlier.claims) else _tell_rivals(rivals)
    evidence = collect_evidence(rivals.claims.dossier, rivals.claims.ids)
    return Prose(text=tuple(span for span in told if span), evidence=evidence)


def _tell_series(newest: Contested, earlier: Contested) -> list[str | Cited]:
    """Lead with the newest count: a count of another day is no rival of it."""
    when, one = say_when(newest.claims.each), len(newest.claims) == 1
    if len(agreed(newest.quantified)) == 1:
        opening = f"The newest count, of {when}, gives " if one else f"The newest counts, of {when}, give "
        told: list[str | Cited] = [opening, _cite(newest), f" ({_name_claimants(find_counting(newest))})"]
    else:
        told = [*_tell_ends(newest, who=f"The newest counts, of {when},")]
    told.append(f": {newest.title}.")
    if find_origins(newest.claims) <= find_origins(earlier.claims):
        told.append(f" {'It repeats' if one else 'They repeat'} an earlier count, from the same origin.")
    before = " An earlier count gave " if len(earlier.claims) == 1 else " Earlier counts gave "
    return [*told, *_tell_factor(newest), before, _cite(earlier, earlier.span), "."]


def _tell_rivals(rivals: Contested) -> list[str | Cited]:
    """Say who counts a number; where one does not fit all, who stands at each end: nobody counts what lies between."""
    what = rivals.title if _YEAR.search(rivals.title) else f"{rivals.title} ({period_words(rivals.claims)})"
    echo = f" That is {tell_lone(rivals.claims)}." if len(rivals.claims) > 1 and rivals.origins == 1 else ""
    if len(agreed(rivals.quantified)) != 1:
        side = find_one_side(rivals.claims) if len(_claimants(rivals)) > 1 else ""
        ends = _tell_ends(rivals, who=f"Counts by claimants of {side}" if side else "Counts")
        return [*ends, f": {what}.{'' if rivals.are_relays else echo}", *_tell_factor(rivals)]
    counting = find_counting(rivals)
    side, single = find_one_side(counting.claims), len(_claimants(counting)) == 1
    who = f"Claimants of {side}" if side and not single else _name_claimants(counting)
    verb = say_counting([claim.status for claim in counting.claims.each], many=not single)
    return [f"{who} {verb} ", _cite(rivals), f": {what}.{echo}"]


def _tell_ends(rivals: Contested, *, who: str) -> Iterator[str | Cited]:
    """Name who states each end: "Counts run from 98 (Harbour Watch) to 122 items (The Ministry; sources conflict)"."""
    stretches, together = spread(rivals.quantified), agreed(rivals.quantified)
    is_run = not together and len(stretches) == 1 and stretches[0].last is not None
    way = "run from " if is_run else "fit each other: " if together else "conflict: "
    yield "Relays of one origin disagree: " if rivals.are_relays else f"{who} {way}"
    ends = together or tuple(dict.fromkeys(end for stretch in stretches for end in stretch.ends))
    for at, end in enumerate(ends):
        is_last = at == len(ends) - 1
        if at:
            yield ", " if not is_last else " to " if is_run else " and " if together else ", or "
        saying = rivals.claims.only(claim for claim in rivals.claims.each if claim.bounds == end)
        text = f"{end.words()} {noun(saying.dossier, saying.each[0], end)}" if is_last else end.words()
        yield Cited(text=text, claims=saying.ids, made=Made(kind="end", origins=rivals.origins))
        hedge = "; sources conflict" if is_last and rivals.has_conflict and not rivals.are_relays else ""
        yield f" ({_name_end(saying, rivals)}{hedge})"


def _name_end(saying: Claims, rivals: Contested) -> str:
    """Name who states one end, and where it was read, if who states another is named alike."""
    documents, name_of = documents_of(rivals.claims.dossier), rivals.claims.dossier.name_of
    told = []
    for claim in saying.each:
        others = (other for other in rivals.claims.each if other.claimant == claim.claimant)
        is_alone = all(other.bounds == claim.bounds for other in others)
        document = documents.get(claim.source)
        told.append(name_of(claim.claimant) + ("" if is_alone or document is None else f", in {document.publisher}"))
    return _name_two(told)


def _tell_factor(rivals: Contested) -> list[str | Cited]:
    """Say how many times the lowest count the highest is, where they conflict and bounds allow it."""
    factor = say_factor(rivals.quantified) if rivals.has_conflict and not rivals.is_dated else ""
    made = Made(kind="ratio")
    return [" The higher count is ", Cited(text=factor, claims=rivals.claims.ids, made=made), "."] if factor else []


def find_counting(rivals: Contested) -> Contested:
    """Leave out who only fits the figure: "more than 65,000" is no count of 65,089. Where nobody says it, all stay."""
    extent = rivals.figure.bounds.extent
    says = [bounds.extent == extent for bounds in rivals.claims.bounds]
    if rivals.has_conflict or not any(says):
        return rivals
    return Contested(rivals.claims.only(claim for claim, fits in zip(rivals.claims.each, says, strict=True) if fits))


def _tell_side(rivals: Contested) -> str:
    """Say that all who count are of one side: their number is no sign of agreement between sides."""
    side = find_one_side(rivals.claims)
    return f" All who count are of {side}." if side and len(_claimants(rivals)) > 1 else ""


def _name_claimants(rivals: Contested) -> str:
    return _name_two(rivals.claims.dossier.name_of(claimant) for claimant in _claimants(rivals))


def _name_two(names: Iterable[str]) -> str:
    once = list(dict.fromkeys(names))
    return name_some(once, most=2) if len(once) > 2 else list_words(once)


def _claimants(rivals: Contested) -> dict[str, None]:
    return dict.fromkeys(claim.claimant for claim in rivals.claims.each)


def _cite(rivals: Contested, figure: Figure | None = None) -> Cited:
    figure = figure or rivals.figure
    hedge = f" ({figure.hedge})" if figure.hedge else ""
    return Cited(text=f"{figure.number} {figure.noun}{hedge}", claims=figure.claims, made=figure.made)


@verb
def weigh(rivals: Contested) -> Prose:
    """Say what stands behind rival claims, and whether they conflict.

    Parameters
    ----------
    rivals : Contested
        As `contested` gives them.

    Returns
    -------
    Prose
        A block: how many claims, documents and independent origins; how many others about the quantity were left out,
        and whose; whether any number fits all of them, and whether conflict could be growth.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.weigh(b.contested(b.choose_claims(d, quantity="lorries-sent")))
    Prose('3 claims in 3 documents, behind which stand 2 independent origins. No one number ...', 3 claims, 3 sources)
    """
    dossier, ids = rivals.claims.dossier, rivals.counting.ids
    if not rivals.quantified:
        return Prose(text=("No claim known on this day gives a number.",), evidence=collect_evidence(dossier, ids))
    behind = (
        f"{counted(len(ids), 'claim')} in {counted(rivals.documents, 'document')}, "
        f"behind which {'stands' if rivals.origins == 1 else 'stand'} {_origins(rivals)}"
    )
    others = _find_others(rivals)
    made = Made(kind="count", counted="claims", left_out=others.ids)
    told = [Cited(text=behind, claims=ids, made=made), ".", *_tell_others(others), *_fit(rivals)]
    hangs = tell_weak(rivals.claims, read=lambda claims: Contested(claims).latest.words)
    said = [sentence for sentence in (tell_relays(rivals.claims), hangs) if sentence]
    told += [*_tell_dispute(rivals), *said]
    return Prose(text=tuple(told), evidence=collect_evidence(dossier, rivals.claims.ids))


def _find_others(rivals: Contested) -> Claims:
    """Find the claims about the same quantity, known on this day, that were not chosen."""
    chosen, quantities = set(rivals.claims.ids), rivals.claims.quantities
    every = [claim for claim in gather(rivals.claims.dossier).claims.values() if claim.quantity in quantities]
    heard = own_words(rivals.claims.only(every))  # a relay that its original's own words replace was not left out
    return heard.only(claim for claim in heard.each if claim.id not in chosen)


def _tell_others(others: Claims) -> list[str | Cited]:
    """Say how many claims about the same quantity were left out, and whose they are."""
    if not len(others):
        return []
    made = Made(kind="count", counted="left out")
    number = Cited(text=counted(len(others), "other claim"), claims=others.ids, made=made)
    names = list_words(list(dict.fromkeys(others.dossier.name_of(claim.claimant) for claim in others.each)))
    statuses = list_words(list(dict.fromkeys(claim.status for claim in others.each)))
    return [" Left out here: ", number, f" about the same quantity, by {names} ({statuses})."]


def _tell_dispute(rivals: Contested) -> list[str | Cited]:
    """Say who denies or doubts what others count, and which number; it is none of the counts."""
    told: list[str | Cited] = []
    for claim in rivals.disputing.each:
        who, number = rivals.claims.dossier.name_of(claim.claimant), claim.bounds.is_known
        verb = denial(claim.bounds, claim.status) if number else f"{say_counting([claim.status])} it"
        told += [f" {who} ", verb, *([Cited(text=claim.bounds.words(), claims=(claim.id,))] if number else []), "."]
    return told


def _origins(rivals: Contested) -> str:
    """Count the origins, with the side that most of them speak for: origins of one side share its reasons."""
    sides = tell_sides(rivals.counting)
    noun = "origin" if sides or rivals.origins == 1 else "independent origin"
    return counted(rivals.origins, noun) + (f"; {sides}" if sides else "")


def _fit(rivals: Contested) -> list[str | Cited]:
    """Say whether one number fits all rivals; that what goes back to one origin agrees confirms nothing."""
    if rivals.is_running and rivals.is_dated:
        conflict = " Of the newest end no one number fits them all." if rivals.parted[0].has_conflict else ""
        return [f" They run to different days: a series, in which a later total holds an earlier one.{conflict}"]
    if rivals.has_conflict and rivals.is_dated:
        figure = rivals.figure
        all_counts = Cited(text=f"{figure.number} {figure.noun}", claims=figure.claims, made=figure.made)
        fits = ": no one number fits them all; the dates differ, so conflict and growth cannot be told apart."
        is_run = len(stretches := spread(rivals.quantified)) == 1 and stretches[0].last is not None
        return [" All counts together run from " if is_run else " All counts together give ", all_counts, fits]
    if rivals.are_relays and len(agreed(rivals.quantified)) != 1:
        return [" That is one origin, and its relays disagree: nobody else counts."]
    if rivals.has_conflict and share_number(rivals.quantified):
        return [" Their bounds only touch, and nobody counts the number at which they do: the sources conflict."]
    if rivals.has_conflict:
        return [" No one number fits them all: the sources conflict."]
    if len(rivals.counting) > 1 and rivals.origins == 1:
        return [f" That is {tell_lone(rivals.claims)}: nobody else confirms the figure."]
    if len(rivals.counting) > 1 and rivals.has_several_ends:
        return [" None contradicts another, but they are totals of different periods."]
    return [" They are consistent with each other."] if len(rivals.counting) > 1 else []


@verb
def sources(dossier: Dossier) -> Sources:
    """State what the dossier rests on: documents, languages, origins, whose word it is, what is single.

    Parameters
    ----------
    dossier : Dossier
        As of its day.

    Returns
    -------
    Sources
        A block; the press prints the list of sources and the annex of claims behind it.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.sources(d)
    Sources('The claims known on this day come from 13 documents in 2 languages. ...')
    """
    claims = choose_claims(dossier)
    if not len(claims):
        nothing = "Nothing that this dossier holds had been published by then."
        return Sources(summary=(nothing,), waiting=tuple(tell_waiting(dossier)))
    roots = dossier.roots
    behind = Counter(claim.origin for claim in claims.each)
    largest, share = behind.most_common(1)[0]
    documents = documents_of(dossier)
    languages = {documents[claim.source].language for claim in claims.each} - {None}
    quantities, single = len(claims.quantities), len(lone_origins(claims))
    publisher = _publisher(dossier, [largest, *(source for source in roots if roots[source] == largest)])
    stand, rest = "stands" if len(behind) == 1 else "stand", "rests" if single == 1 else "rest"
    sentences = [
        f"The claims known on this day come from {counted(claims.documents, 'document')} in "
        f"{counted(len(languages), 'language')}. Behind them {stand} {counted(len(behind), 'origin')}.",
        *tell_countries(claims),
        f"The largest origin, {publisher}, stands behind {share} of {counted(len(claims), 'claim')}.",
        f"Of {counted(quantities, 'quantity', 'quantities')}, {single} {rest} on a single origin.",
        "A row is a claim by a named claimant, not a fact.",
    ]
    return Sources(summary=(" ".join(sentences),), waiting=tuple(tell_waiting(dossier)))


def _publisher(dossier: Dossier, source_ids: Iterable[str]) -> str:
    """Name the publisher of the first document that is known: an origin may be dated later than what relays it."""
    documents = documents_of(dossier)
    return next(documents[source].publisher for source in source_ids if source in documents)
