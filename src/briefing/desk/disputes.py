"""What is contested, in a line each: rivals, denials, relays that differ, moves between claimants, one lone origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.blocks.blocks import Cited, Made, Prose
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.counts import lead_figure
from briefing.desk.claims.relays import Original
from briefing.desk.evidence import collect_evidence, denial, name_origin, say_verb
from briefing.desk.leading import cite_counted, find_differing, is_many, lead_of, name_claimants, saying
from briefing.desk.nouns import noun
from briefing.desk.quotes.quotes import Statements, choose_quotes, find_reversals, is_settled
from briefing.desk.tiles import find_denials
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.dossier.tables import BESIDE, DENIES, Quote
from briefing.usage import verb
from briefing.values.rivals import agreed, core, spread
from briefing.values.words import list_words, name_few, spell

#: What stands on a line: words, and figures with the claims behind them.
_Line = list[str | Cited]


@verb
def disputes(dossier: Dossier, *counted: Contested | Claims | Statements, most: int = 3) -> tuple[Prose, ...]:
    """Say in a line each what is contested: claimants first, with their numbers, the most material first.

    First come rivals that no number fits, then denials, relays of one original that differ, counts of other dates by
    other claimants, and numbers of one lone origin. A quantity has a second line where there is room; a line says
    "only" where nobody else counts.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    *counted : Contested, Claims or Statements
        What to look at: counts, each about one quantity, or quotations, of which those are told that contradict each
        other and the denials of what others put forward. Left out, every quantity of the dossier.
    most : int
        How many lines at most.

    Returns
    -------
    tuple of Prose
        For `front`. Where nothing is contested one line says so.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.disputes(d, b.choose_claims(d, quantity="lorries-sent"))[0]
    Prose('Harbour Watch counts 48; Corvia Gazette counts 72 items: Lorries ferried in October.', 3 claims, 3 sources)
    """
    asked = counted or by_quantity(choose_claims(dossier))
    spoken = [line for one in asked if isinstance(one, Statements) for line in _oppose(one)]
    if spoken or (counted and all(isinstance(one, Statements) for one in counted)):
        return tuple(spoken[:most]) or (Prose(text=("Nothing said on this day contradicts another.",)),)
    rivals = [one if isinstance(one, Contested) else contested(one) for one in asked if not isinstance(one, Statements)]
    lines = [
        (turn, grave, -(len(one.claims) if not counted else 0), at, _write(one.claims, line))
        for at, one in enumerate(rivals)
        for turn, (grave, line) in enumerate(_find_lines(one))
    ]
    told = [prose for *_, prose in sorted(lines, key=lambda line: line[:-1])[:most]]
    if told:
        return tuple(told)
    known = any(one.quantified for one in rivals)
    return (Prose(text=("No claimant known on this day contradicts another." if known else "No count is known.",)),)


def _oppose(said: Statements) -> Iterator[Prose]:
    """Say where speakers contradict themselves, and then what they deny of what others put forward."""
    dossier, quotes = said.dossier, {quote.quote_id: quote for quote in said.each}
    name_of = dossier.name_of
    for pair in find_reversals(said):
        earlier, later = (quotes[each] for each in pair)
        order = "and then" if is_settled(earlier, later) else "and, by dates that do not say in which order,"
        told = (
            f"{name_of(later.speaker_id)} {earlier.stance} it ({earlier.when}) {order} {later.stance} it ({later.when})"
        )
        yield _write_said(dossier, f"{told}: {later.target}.", [earlier, later])
    beside = choose_quotes(dossier, stance=BESIDE).each
    denied = {(quote.speaker_id, quote.target): quote for quote in said.each if quote.stance in DENIES}  # the newest
    for (speaker, target), denial_of in denied.items():
        others = [quote for quote in beside if quote.target == target and quote.speaker_id != speaker]
        names = list(dict.fromkeys(name_of(quote.speaker_id) for quote in others))
        if names:
            speak = "speaks of it" if len(names) == 1 else "speak of it"
            who = name_few(names, most=2)
            told = f"{name_of(speaker)} {denial_of.stance} it ({denial_of.when}); {who} {speak}: {target}."
            yield _write_said(dossier, told, [denial_of, *others])


def _write_said(dossier: Dossier, told: str, quotes: Iterable[Quote]) -> Prose:
    return Prose(text=(told,), evidence=collect_evidence(dossier, source_ids=[quote.source_id for quote in quotes]))


def _write(claims: Claims, line: _Line) -> Prose:
    text = (*line, f": {claims.title}.")
    cited = [claim for part in text if isinstance(part, Cited) for claim in part.claims]
    return Prose(text=text, evidence=collect_evidence(claims.dossier, cited))


def _find_lines(rivals: Contested) -> list[tuple[int, _Line]]:
    """Find what is contested of one quantity, each with how grave it is; where nothing is, whether one voice speaks."""
    lead, earlier = lead_of(rivals)
    lines = list(_find_conflicts(rivals, lead, earlier))
    return lines or ([(4, _tell_lone(lead))] if lead.quantified and lead.origins == 1 else [])


def _find_conflicts(rivals: Contested, lead: Contested, earlier: Contested) -> Iterator[tuple[int, _Line]]:
    if lead.has_conflict and not lead.are_relays:
        yield 0, tell_rivals(lead)
    if denied := find_denials(rivals.claims):
        yield 1, _tell_denials(lead, denied)
    for original in find_differing(rivals.claims):
        yield 2, _tell_relays(original)
    if _are_others(lead.claims, earlier.claims) and core([*lead.quantified, *earlier.quantified]) is None:
        yield 3, _tell_series(lead, earlier)


def _are_others(one: Claims, other: Claims) -> bool:
    """Whether earlier counts are those of other claimants: then nobody knows which way it went."""
    before = {claim.claimant for claim in other.each}
    return bool(before) and before.isdisjoint(claim.claimant for claim in one.each)


def tell_rivals(rivals: Contested) -> _Line:
    """Name who counts each end: nobody counts what lies between."""
    ends = agreed(rivals.quantified) or tuple(
        dict.fromkeys(end for stretch in spread(rivals.quantified) for end in stretch.ends)
    )
    line: _Line = []
    for at, end in enumerate(ends):
        says = rivals.counting.only(claim for claim in rivals.counting.each if claim.bounds == end)
        unit = f" {noun(says.dossier, says.each[0], end)}" if at == len(ends) - 1 else ""
        line.append(f"{'; ' if at else ''}{_name_end(says, rivals.counting)} {say_verb(says.each)} ")
        line.append(Cited(text=end.words() + unit, claims=says.ids, made=Made(kind="end", origins=rivals.origins)))
    return line


def _name_end(says: Claims, every: Claims) -> str:
    """Name who counts one end, and where it was read where the same claimant counts another too."""
    others = {claim.claimant for claim in every.each if claim.id not in says.ids}
    if is_many(says.each) or says.each[0].claimant not in others:
        return name_claimants(says)
    documents = documents_of(says.dossier)
    read_in = list(dict.fromkeys(documents[claim.source].publisher for claim in says.each if claim.source in documents))
    return f"{name_claimants(says)}, in {list_words(read_in)},"


def _tell_denials(lead: Contested, denied: Iterable[Claim]) -> _Line:
    line: _Line = []
    for claim in denied:
        who, verb = lead.claims.dossier.name_of(claim.claimant), claim.status.replace("ied", "ies").replace("ted", "ts")
        line.append(f"{'; ' if line else ''}{who} ")
        said = denial(claim.bounds, claim.status)
        if claim.bounds.extent == (0, 0) or not said:
            line.append(Cited(text=f"{verb} {'any' if said else 'it'}", claims=(claim.id,)))
        else:
            line += [said, Cited(text=f"{claim.bounds.words()} {noun(lead.claims.dossier, claim)}", claims=(claim.id,))]
    if lead.quantified and lead.counting.ids != lead.disputing.ids:
        says = saying(lead)
        line += [f"; {name_claimants(says)} {say_verb(says.each)} ", cite_counted(lead.figure)]
    return line


def _tell_relays(original: Original) -> _Line:
    """Lay what documents print beside each other, each number once."""
    dossier, documents = original.claims.dossier, documents_of(original.claims.dossier)
    line: _Line = [f"Documents relay {name_origin(dossier, original.claims.each[0].origin)}, differently: "]
    by_bounds = {claim.bounds: claim for claim in reversed(original.claims.each)}
    for at, claim in enumerate(reversed(by_bounds.values())):
        publisher = documents[claim.source].publisher if claim.source in documents else claim.source
        line += [f"{', ' if at else ''}{publisher} prints ", Cited(text=claim.bounds.words(), claims=(claim.id,))]
    return line


def _tell_series(lead: Contested, earlier: Contested) -> _Line:
    says, before = saying(lead), saying(earlier)
    hedge = f" ({earlier.span.hedge})" if earlier.span.hedge else ""
    return [
        f"{name_claimants(says)} {say_verb(says.each)} ", cite_counted(lead_figure(lead)),
        f"; {name_claimants(before)} gave ", cite_counted(earlier.span),
        f"{hedge} before, and nobody counts on both dates",
    ]  # fmt: skip


def _tell_lone(lead: Contested) -> _Line:
    says, repeats = saying(lead), lead.documents - 1
    echo = f"; {spell(repeats, 'document')} {'repeats' if repeats == 1 else 'repeat'} it" if repeats > 0 else ""
    only = "Only " if not is_many(says.each) else "One origin stands behind all: "
    return [f"{only}{name_claimants(says)} {say_verb(says.each)} ", cite_counted(lead.figure), echo]
