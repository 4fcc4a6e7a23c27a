"""What stands behind figures: who counts what, documents and origins, and the source statement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from briefing.blocks.blocks import Cited, Made, Prose, Sources
from briefing.desk.claims.claims import choose_claims, lone_origins
from briefing.desk.claims.contested import Contested, say_when
from briefing.desk.claims.independence import tell_lone, tell_weak
from briefing.desk.claims.relays import tell_relays
from briefing.desk.claims.scopes import period_words
from briefing.desk.claims.sides import find_one_side, find_origins, tell_countries, tell_sides
from briefing.desk.evidence import collect_evidence
from briefing.desk.waiting import tell_waiting
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.usage import verb
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
    newest, earlier = rivals.parted
    told = [*_tell_series(newest, earlier), _tell_side(rivals)] if len(earlier.claims) else _tell_rivals(rivals)
    evidence = collect_evidence(rivals.claims.dossier, rivals.claims.ids)
    return Prose(text=tuple(span for span in told if span), evidence=evidence)


def _tell_series(newest: Contested, earlier: Contested) -> list[str | Cited]:
    """Lead with the newest count: a count of another day is no rival of it."""
    when, one = say_when(newest.claims.each), len(newest.claims) == 1
    opening = f"The newest count, of {when}, gives " if one else f"The newest counts, of {when}, give "
    told: list[str | Cited] = [opening, _cite(newest), f" ({_name_claimants(newest)}): {newest.title}. "]
    if find_origins(newest.claims) <= find_origins(earlier.claims):
        told.append(f"{'It repeats' if one else 'They repeat'} an earlier count, from the same origin. ")
    before = "An earlier count gave " if len(earlier.claims) == 1 else "Earlier counts gave "
    return [*told, before, _cite(earlier), "."]


def _tell_rivals(rivals: Contested) -> list[str | Cited]:
    counting = _find_counting(rivals)
    side, single = find_one_side(counting.claims), len(_claimants(counting)) == 1
    who = f"Claimants of {side}" if side and not single else _name_claimants(counting)
    period = "" if _YEAR.search(rivals.title) else f" ({period_words(rivals.claims)})"
    echo = f" That is {tell_lone(rivals.claims)}." if len(rivals.claims) > 1 and rivals.origins == 1 else ""
    return [f"{who} {'counts' if single else 'count'} ", _cite(rivals), f": {rivals.title}{period}.{echo}"]


def _find_counting(rivals: Contested) -> Contested:
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
    names = list(dict.fromkeys(rivals.claims.dossier.name_of(claimant) for claimant in _claimants(rivals)))
    return name_some(names, most=2) if len(names) > 2 else list_words(names)


def _claimants(rivals: Contested) -> dict[str, None]:
    return dict.fromkeys(claim.claimant for claim in rivals.claims.each)


def _cite(rivals: Contested) -> Cited:
    figure = rivals.figure
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
        A block: how many claims, documents and independent origins; whether any number fits all of them, and whether
        conflict could be growth.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.weigh(b.contested(b.choose_claims(d, quantity="lorries-sent")))
    Prose('3 claims in 3 documents, behind which stand 2 independent origins. No one number ...', 3 claims, 3 sources)
    """
    dossier, ids = rivals.claims.dossier, rivals.claims.ids
    if not rivals.quantified:
        return Prose(text=("No claim known on this day gives a number.",), evidence=collect_evidence(dossier, ids))
    behind = (
        f"{counted(len(ids), 'claim')} in {counted(rivals.documents, 'document')}, "
        f"behind which {'stands' if rivals.origins == 1 else 'stand'} {_origins(rivals)}"
    )
    told = [Cited(text=behind, claims=ids, made=Made(kind="count", counted="claims")), "."]
    hangs = tell_weak(rivals.claims, read=lambda claims: Contested(claims).latest.words)
    said = [sentence for sentence in (tell_relays(rivals.claims), hangs) if sentence]
    text = (*told, *_fit(rivals), *said)
    return Prose(text=text, evidence=collect_evidence(dossier, ids))


def _origins(rivals: Contested) -> str:
    """Count the origins, with the side that most of them speak for: origins of one side share its reasons."""
    sides = tell_sides(rivals.claims)
    noun = "origin" if sides or rivals.origins == 1 else "independent origin"
    return counted(rivals.origins, noun) + (f"; {sides}" if sides else "")


def _fit(rivals: Contested) -> list[str | Cited]:
    """Say whether one number fits all rivals; that what goes back to one origin agrees confirms nothing."""
    if rivals.has_conflict and rivals.is_dated:
        figure = rivals.figure
        all_counts = Cited(text=f"{figure.number} {figure.noun}", claims=figure.claims, made=figure.made)
        fits = ": no one number fits them all; the dates differ, so conflict and growth cannot be told apart."
        return [" All counts together run from ", all_counts, fits]
    if rivals.has_conflict:
        return [" No one number fits them all: the sources conflict."]
    if len(rivals.claims) > 1 and rivals.origins == 1:
        return [f" That is {tell_lone(rivals.claims)}: nobody else confirms the figure."]
    return [" They are consistent with each other."] if len(rivals.claims) > 1 else []


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
        return Sources(summary=(" ".join([nothing, *tell_waiting(dossier)]),))
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
        *tell_waiting(dossier),
        "A row is a claim by a named claimant, not a fact.",
    ]
    return Sources(summary=(" ".join(sentences),))


def _publisher(dossier: Dossier, source_ids: Iterable[str]) -> str:
    """Name the publisher of the first document that is known: an origin may be dated later than what relays it."""
    documents = documents_of(dossier)
    return next(documents[source].publisher for source in source_ids if source in documents)
