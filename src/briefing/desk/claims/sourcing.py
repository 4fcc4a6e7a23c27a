"""What stands behind figures: who counts what, documents and origins, and the source statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.blocks.blocks import Cited, Made, Prose, Sources, Text
from briefing.desk.claims.claims import Claims, choose_claims, lone_origins
from briefing.desk.claims.contested import Contested
from briefing.desk.claims.counts import find_clauses, name_ends
from briefing.desk.claims.independence import tell_lone, tell_weak
from briefing.desk.claims.relays import own_words, tell_relays
from briefing.desk.claims.sides import find_one_side, tell_countries, tell_sides
from briefing.desk.evidence import collect_evidence, say_counting
from briefing.desk.figures import read_marks
from briefing.desk.waiting import tell_waiting
from briefing.dossier.claims import find_claims_about
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.usage import verb
from briefing.values.rivals import agreed, say_factor, share_number, spread
from briefing.values.words import count_words, list_words


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
    Prose("Ferry Workers' Union puts Veldanian guards in Corvia at 1,200 (November ...", 4 claims, 4 sources)
    """
    if not rivals.quantified:
        return Prose(text=(otherwise,))
    counting = Contested(rivals.counting)
    sentences = [_begin(read_marks(clause)[0]) for clause in find_clauses(counting)]
    head = [span for at, said in enumerate(sentences) for span in (*([" "] if at else []), *said, ".")]
    told = [*head, name_ends(counting), _tell_side(counting), *_tell_factor(counting.parted[0])]
    text = tuple(span for span in told if span)
    return Prose(text=text, evidence=collect_evidence(counting.claims.dossier, counting.claims.ids, said=text))


def _begin(text: Text) -> Text:
    """Begin a sentence with a capital letter."""
    first, *rest = text
    return (first[:1].upper() + first[1:], *rest) if isinstance(first, str) else text


def _tell_factor(rivals: Contested) -> list[str | Cited]:
    """Say how many times the lowest count the highest is, where they conflict and bounds allow it."""
    factor = say_factor(rivals.quantified) if rivals.has_conflict and not rivals.is_dated else ""
    made = Made(kind="ratio")
    return [" The higher count is ", Cited(text=factor, claims=rivals.claims.ids, made=made), "."] if factor else []


def _tell_side(rivals: Contested) -> str:
    """Say that all who count are of one side, or one voice: their number is no sign of agreement between sides."""
    if len(rivals.claims) > 1 and rivals.origins == 1:
        return f" {tell_lone(rivals.claims)}."
    is_several = len({claim.claimant for claim in rivals.claims.each}) > 1
    return f" {tell_sides(rivals.claims)}" if is_several and find_one_side(rivals.claims) else ""


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
    Prose('Three documents report it, and they go back to two independent origins. No one ...', 3 claims, 3 sources)
    """
    dossier, ids = rivals.claims.dossier, rivals.counting.ids
    if not rivals.quantified:
        return Prose(text=("No claim known on this day gives a number.",), evidence=collect_evidence(dossier, ids))
    others = _find_others(rivals)
    made = Made(kind="count", counted="claims", left_out=others.ids)
    sides = tell_sides(rivals.counting)
    behind: list[str | Cited] = [Cited(text=_say_behind(rivals, has_side=bool(sides)), claims=ids, made=made), "."]
    told = [*behind, f" {sides}" if sides else "", *_tell_others(others), *_fit(rivals)]
    hangs = tell_weak(rivals.claims, read=lambda claims: Contested(claims).latest.words)
    said = [sentence for sentence in (tell_relays(rivals.claims), hangs) if sentence]
    told += [*_tell_dispute(rivals), *said]
    text = tuple(filter(None, told))
    return Prose(text=text, evidence=collect_evidence(dossier, rivals.claims.ids, said=text))


def _say_behind(rivals: Contested, *, has_side: bool) -> str:
    """Say how many documents report it, and whether they repeat each other; origins of one side share its reasons."""
    counts, documents, origins = len(rivals.counting), rivals.documents, rivals.origins
    are_alike = counts == documents
    says = "reports" if documents == 1 else "report"
    said = f"{count_words(documents, 'document')} {says} it" if are_alike else _say_counts(counts, documents)
    said = said[:1].upper() + said[1:]
    if documents == 1 or (not are_alike and documents == origins):
        return said
    if origins == documents:
        return f"{said}; none repeats another"
    if origins == 1 and len({claim.origin for claim in rivals.counting.each}) > 1:
        return said  # one claimant, whom the next sentence names
    is_read = any(claim.source == claim.origin for claim in rivals.counting.each)
    if origins == 1 and is_read and are_alike:
        rest = {2: "other", 3: "third"}.get(documents, "remaining one")
        return f"{said}; {count_words(documents - 1, 'repeats', 'repeat')} the {rest}"
    independent = "" if has_side or origins == 1 else "independent "
    return f"{said}{', and they' if are_alike else ', which'} go back to {count_words(origins, f'{independent}origin')}"


def _say_counts(counts: int, documents: int) -> str:
    return (
        f"{count_words(documents, 'document')} {'gives' if documents == 1 else 'give'} {count_words(counts, 'count')}"
    )


def _find_others(rivals: Contested) -> Claims:
    """Find the claims about the same quantity, known on this day, that were not chosen."""
    chosen, quantities = set(rivals.claims.ids), rivals.claims.quantities
    every = find_claims_about(rivals.claims.dossier, quantities)
    heard = own_words(rivals.claims.only(every))  # a relay that its original's own words replace was not left out
    return heard.only(claim for claim in heard.each if claim.id not in chosen)


def _tell_others(others: Claims) -> list[str | Cited]:
    """Say how many claims about the same quantity were left out, and whose they are."""
    if not len(others):
        return []
    made = Made(kind="count", counted="left out")
    number = Cited(text=count_words(len(others), "other claim"), claims=others.ids, made=made)
    names = list_words(list(dict.fromkeys(others.dossier.name_of(claim.claimant) for claim in others.each)))
    statuses = list_words(list(dict.fromkeys(claim.status for claim in others.each)))
    return [" This leaves out ", number, f" about the same quantity, by {names} ({statuses})."]


def _tell_dispute(rivals: Contested) -> list[str | Cited]:
    """Say who denies or doubts what others count, and which number; it is none of the counts."""
    told: list[str | Cited] = []
    for claim in rivals.disputing.each:
        who, number = rivals.claims.dossier.name_of(claim.claimant), claim.bounds.is_known
        verb = say_counting([claim.status])
        if not number:
            told += [f" {who} {verb} it."]
        elif claim.bounds.extent == (0, 0):
            told += [f" {who} {verb} that there are ", Cited(text="any", claims=(claim.id,)), "."]
        else:
            told += [f" {who} {verb} ", Cited(text=claim.bounds.words(), claims=(claim.id,)), "."]
    return told


def _fit(rivals: Contested) -> list[str | Cited]:
    """Say whether one number fits all rivals; that what goes back to one origin agrees confirms nothing."""
    if rivals.is_running and rivals.is_dated:
        conflict = " Those to the newest day conflict." if rivals.parted[0].has_conflict else ""
        return [f" They are totals to different days: each later one includes the earlier ones.{conflict}"]
    if rivals.has_conflict and rivals.is_dated:
        figure = rivals.figure
        all_counts = Cited(text=f"{figure.number} {figure.noun}", claims=figure.claims, made=figure.made)
        fits = ". They are of different days: the number may have changed, or the sources may conflict."
        is_run = len(stretches := spread(rivals.quantified)) == 1 and stretches[0].last is not None
        return [" The counts run from " if is_run else " The counts are ", all_counts, fits]
    if rivals.are_relays and len(agreed(rivals.quantified)) != 1:
        return [" Those who repeat it disagree about what it says, and nobody else counts."]
    if rivals.has_conflict and share_number(rivals.quantified):
        return [" Only one number fits them all, and nobody gives it: the sources conflict."]
    if rivals.has_conflict:
        return [" No one number fits them all: the sources conflict."]
    if len(rivals.counting) > 1 and rivals.origins == 1:
        is_one = len({claim.origin for claim in rivals.counting.each}) == 1  # which the first sentence says
        lone = "" if is_one else f" {tell_lone(rivals.counting)}."
        return [f"{lone} Nobody else confirms the figure."]
    if len(rivals.counting) > 1 and rivals.has_several_ends:
        return [" None contradicts another, but they are totals of different periods."]
    return [" They do not contradict each other."] if len(rivals.counting) > 1 else []


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
    Sources('The claims known on this day come from 13 documents in two languages. ...')
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
    in_languages = f" in {count_words(len(languages), 'language')}" if languages else ""
    sentences = [
        f"The claims known on this day come from {count_words(claims.documents, 'document')}{in_languages}. "
        f"They go back to {count_words(len(behind), 'origin')}.",
        *tell_countries(claims),
        f"The largest origin, {publisher}, accounts for {_say_share(share, len(claims), 'claim', 'claims')}.",
        _say_single(single, quantities),
        "A row is a claim by a named claimant, not a fact.",
    ]
    return Sources(summary=(" ".join(sentences),), waiting=tuple(tell_waiting(dossier)))


def _say_share(number: int, whole: int, noun: str, plural: str) -> str:
    """Say how many of a whole: of one thing it is that one."""
    if number == whole:
        return {1: f"the only {noun}", 2: f"both {plural}"}.get(number, f"all {count_words(number, noun, plural)}")
    return f"{count_words(number, 'of', 'of')} the {count_words(whole, noun, plural)}"


def _say_single(single: int, quantities: int) -> str:
    if quantities == 1:
        return f"The only quantity rests on {'one origin' if single else 'several origins'}."
    rest = count_words(single, "rests", "rest") if single else "none rests"
    return f"Of {count_words(quantities, 'quantity', 'quantities')}, {rest} on one origin."


def _publisher(dossier: Dossier, source_ids: Iterable[str]) -> str:
    """Name the publisher of the first document that is known: an origin may be dated later than what relays it."""
    documents = documents_of(dossier)
    return next(documents[source].publisher for source in source_ids if source in documents)
