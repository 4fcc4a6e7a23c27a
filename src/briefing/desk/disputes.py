"""What is contested, in a line each: rivals, denials, relays that differ, moves between claimants, one lone origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from briefing.blocks.blocks import Cited, Made, Prose
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims
from briefing.desk.claims.contested import Contested, are_other_claimants, contested
from briefing.desk.claims.counts import lead_figure, name_quantity, say_beside, say_bounds, say_way
from briefing.desk.claims.relays import Original
from briefing.desk.evidence import DISPUTES, collect_evidence, name_origin
from briefing.desk.leading import find_differing, is_many, lead_of, name_claimants, saying
from briefing.desk.nouns import inside, noun
from briefing.desk.quotes.quotes import Statements, choose_quotes, clause, find_reversals, is_settled
from briefing.desk.tiles import find_denials
from briefing.desk.windows import say_at
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.dossier.tables import BESIDE, DENIES, Quote
from briefing.usage import verb
from briefing.values.bounds import Bounds
from briefing.values.rivals import agreed, core, spread
from briefing.values.words import count_words, list_words, name_few

#: What stands on a line: words, and figures with the claims behind them.
_Line = list[str | Cited]

#: So many who deny or doubt a number are named in a line, and the others are counted.
MOST_DENIALS = 4

#: What a speaker did with a proposition, where two of their quotations are opposites.
_SAID = {"affirms": "affirmed", "denies": "denied"}
#: What one claimant or several do with a number, where the title stands before.
_GIVES = {False: "gives", True: "give"}


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
    Prose('Harbour Watch puts lorries ferried in October at 48; Corvia Gazette at 72.', 3 claims, 3 sources)
    """
    asked = counted or _find_counted(dossier)
    spoken = [*islice((line for one in asked if isinstance(one, Statements) for line in _oppose(one)), most)]
    if spoken or (counted and all(isinstance(one, Statements) for one in counted)):
        return tuple(spoken) or (Prose(text=("No quotation known on this day contradicts another.",)),)
    rivals = [one if isinstance(one, Contested) else contested(one) for one in asked if not isinstance(one, Statements)]
    lines = _rank_lines(rivals, most=most, by_size=not counted)
    if lines:
        return tuple(_write(one.claims, line) for one, line in lines)
    known = any(one.quantified for one in rivals)
    return (Prose(text=("No claimant known on this day contradicts another." if known else "No count is known.",)),)


def _rank_lines(rivals: Sequence[Contested], *, most: int, by_size: bool) -> list[tuple[Contested, _Line]]:
    """Give the most material lines: every first line before any second one, the gravest first, then the most claimed.

    They are sought in the order in which equals are told, so that nothing is sought once there are enough of the
    gravest: of a dossier of thousands of quantities three are told.
    """
    order = sorted(range(len(rivals)), key=lambda at: -len(rivals[at].claims)) if by_size else range(len(rivals))
    found: list[tuple[int, int, int, Contested, _Line]] = []
    gravest = 0
    for place, at in enumerate(order):
        lines = _find_lines(rivals[at])
        found += [(turn, grave, place, rivals[at], line) for turn, (grave, line) in enumerate(lines)]
        gravest += bool(lines) and lines[0][0] == 0
        if gravest == most:
            break
    return [(one, line) for *_, one, line in sorted(found, key=lambda line: line[:3])[:most]]


def _find_counted(dossier: Dossier) -> tuple[Claims, ...]:
    """Give every quantity; denials stand beside a count of the same, and by themselves where nobody counts."""
    groups = by_quantity(choose_claims(dossier))
    real = {group.each[0].quantity for group in groups if not _is_disputing(group)}
    return tuple(group for group in groups if not _is_disputing(group) or group.each[0].quantity not in real)


def _is_disputing(claims: Claims) -> bool:
    return {claim.status for claim in claims.each} <= DISPUTES.keys()


def _oppose(said: Statements) -> Iterator[Prose]:
    """Say where speakers contradict themselves, and then what they deny of what others put forward."""
    dossier, quotes = said.dossier, {quote.quote_id: quote for quote in said.each}
    name_of = dossier.name_of
    for pair in find_reversals(said):
        earlier, later = (quotes[each] for each in pair)
        first, then = (f"{_SAID[str(quote.stance)]}" for quote in (earlier, later))
        told = f"{name_of(later.speaker_id)} {first} {say_at(earlier.when)} that {clause(dossier, later.target)}, and "
        told += f"{then} it {say_at(later.when)}."
        unsettled = "" if is_settled(earlier, later) else " The dates do not say which came first."
        yield _write_said(dossier, told + unsettled, [earlier, later])
    beside = choose_quotes(dossier, stance=BESIDE).each
    denied = {(quote.speaker_id, quote.target): quote for quote in said.each if quote.stance in DENIES}  # the newest
    for (speaker, target), denial_of in denied.items():
        others = [quote for quote in beside if quote.target == target and quote.speaker_id != speaker]
        names = list(dict.fromkeys(name_of(quote.speaker_id) for quote in others))
        if names:
            speak = "speaks of it" if len(names) == 1 else "speak of it"
            denies = f"{name_of(speaker)} {_SAID[str(denial_of.stance)]} {say_at(denial_of.when)}"
            told = f"{denies} that {clause(dossier, target)}; {name_few(names, most=2)} {speak}."
            yield _write_said(dossier, told, [denial_of, *others])


def _write_said(dossier: Dossier, told: str, quotes: Iterable[Quote]) -> Prose:
    return Prose(text=(told,), evidence=collect_evidence(dossier, source_ids=[quote.source_id for quote in quotes]))


def _write(claims: Claims, line: _Line) -> Prose:
    cited = [claim for part in line if isinstance(part, Cited) for claim in part.claims]
    return Prose(text=(*line, "."), evidence=collect_evidence(claims.dossier, cited))


def _find_lines(rivals: Contested) -> list[tuple[int, _Line]]:
    """Find what is contested of one quantity, each with how grave it is; where nothing is, whether one voice speaks."""
    lead, earlier = lead_of(rivals)
    lines = list(_find_conflicts(rivals, lead, earlier))
    return lines or ([(4, _tell_lone(lead, earlier))] if lead.quantified and lead.origins == 1 else [])


def _find_conflicts(rivals: Contested, lead: Contested, earlier: Contested) -> Iterator[tuple[int, _Line]]:
    if lead.has_conflict and not lead.are_relays:
        yield 0, tell_rivals(lead)
    if denied := find_denials(rivals.claims):
        yield 1, _tell_denials(rivals, lead, denied)
    for original in find_differing(rivals.claims):
        yield 2, _tell_relays(rivals, original)
    if are_other_claimants(earlier.claims, lead.claims) and core([*lead.quantified, *earlier.quantified]) is None:
        yield 3, _tell_series(lead, earlier)


def tell_rivals(rivals: Contested) -> _Line:
    """Name who counts each end: nobody counts what lies between."""
    ends = agreed(rivals.quantified) or tuple(
        dict.fromkeys(end for stretch in spread(rivals.quantified) for end in stretch.ends)
    )
    line: _Line = []
    for at, end in enumerate(ends):
        says = rivals.counting.only(claim for claim in rivals.counting.each if claim.bounds == end)
        who = _name_end(says, rivals.counting)
        line.append(f"; {who} {say_way(end)} " if at else _puts(rivals, who, says, end))
        number = _number(rivals, end) if not at else _number(rivals, end).removesuffix(noun_beside(rivals, end))
        made = Made(kind="end", origins=rivals.origins)
        line.append(Cited(text=number, claims=says.ids, made=made))
    return line + _tell_status(rivals)


def tell_puts(rivals: Contested) -> _Line:
    """Say who puts a quantity at one number."""
    says, figure = saying(rivals), lead_figure(rivals)
    is_said = figure.bounds in rivals.quantified
    number = _number(rivals, figure.bounds) if is_said else figure.number + noun_beside(rivals, figure.bounds)
    told = Cited(text=number, claims=figure.claims, made=figure.made)
    hedge = [f" ({figure.hedge})"] if figure.hedge else []
    return [_puts(rivals, name_claimants(says), says, figure.bounds), told, *hedge, *_tell_status(rivals)]


def _puts(rivals: Contested, who: str, says: Claims, bounds: Bounds) -> str:
    """Open a sentence: who puts what at a number, or in the dozens; a title with a comma in it ends with one."""
    puts = "put" if is_many(says.each) else "puts"
    return f"{who} {puts} {name_quantity(rivals)} {say_way(bounds)} "


def _number(rivals: Contested, bounds: Bounds) -> str:
    """Say a number behind "at", with its noun: none, six, 3,000 or more, 36 to 44 tonnes, about 9,000 people."""
    if bounds.extent == (0, 0):
        return "none"
    return say_bounds(bounds, rivals.claims.dossier) + noun_beside(rivals, bounds)


def _tell_status(rivals: Contested) -> _Line:
    """Say that nothing is there yet, where the title does not."""
    statuses = {claim.status for claim in rivals.counting.each}
    planned = all(claim.status_class == "planned" for claim in rivals.counting.each)
    untold = sorted(status for status in statuses if status not in rivals.title.casefold())
    return [f" ({' or '.join(untold)})"] if planned and untold else []


def noun_beside(rivals: Contested, bounds: Bounds) -> str:
    """Give the noun behind a number, with a space before it; none where the title says it, or no more than "items"."""
    claim = next(claim for claim in rivals.counting.each if claim.bounds.is_known)
    return say_beside(noun(rivals.claims.dossier, claim, bounds), rivals, unit=bounds.unit)


def _name_end(says: Claims, every: Claims) -> str:
    """Name who counts one end, and where it was read where the same claimant counts another too."""
    others = {claim.claimant for claim in every.each if claim.id not in says.ids}
    if is_many(says.each) or says.each[0].claimant not in others:
        return name_claimants(says)
    documents = documents_of(says.dossier)
    read_in = list(dict.fromkeys(documents[claim.source].publisher for claim in says.each if claim.source in documents))
    return f"{name_claimants(says)}, in {list_words(read_in)},"


def _tell_denials(rivals: Contested, lead: Contested, denied: Iterable[Claim]) -> _Line:
    """Say what those who count give, and who denies or doubts which number."""
    dossier, line = rivals.claims.dossier, list[str | Cited]([f"{rivals.title}: "])
    if lead.quantified and not _is_disputing(lead.counting):
        says, figure = saying(lead), lead_figure(lead)
        given = Cited(text=figure.number + noun_beside(lead, figure.bounds), claims=figure.claims, made=figure.made)
        hedge = [f" ({figure.hedge})"] if figure.hedge else []
        line += [f"{name_claimants(says)} {_GIVES[is_many(says.each)]} ", given, *hedge, *_tell_status(lead), "; "]
    each = list(denied)
    for at, claim in enumerate(each[:MOST_DENIALS]):
        opening = f"{'; ' if at else ''}{dossier.name_of(claim.claimant)} {DISPUTES[claim.status][0]} "
        if not claim.bounds.is_known or claim.bounds.extent == (0, 0):
            what = "that there are any" if claim.bounds.is_known else "it"
        else:
            what = claim.bounds.words() + noun_beside(Contested(rivals.claims.only([claim])), claim.bounds)
        line += [opening, Cited(text=what, claims=(claim.id,))]
    more = len(each) - MOST_DENIALS
    return [*line, f"; {count_words(more, 'more denies or doubts it', 'more deny or doubt it')}"] if more > 0 else line


def _tell_relays(rivals: Contested, original: Original) -> _Line:
    """Lay what documents print beside each other, each number once; the original's own words lead where it was read."""
    dossier, documents, title = rivals.claims.dossier, documents_of(rivals.claims.dossier), rivals.title
    by_bounds = {claim.bounds: claim for claim in reversed(original.claims.each)}
    each = [*reversed(by_bounds.values())]
    printed = sorted(each, key=lambda claim: claim.source != claim.origin)
    is_read = printed[0].source == printed[0].origin
    line: _Line = []
    for at, claim in enumerate(printed):
        publisher = documents[claim.source].publisher if claim.source in documents else claim.source
        opening = f"{publisher} prints " if not at else f", {publisher} "
        if is_read and at:
            opening = f"{'; ' if at == 1 else ', '}{publisher} {'relays that as' if at == 1 else 'as'} "
        beside = f" for {inside(dossier, title)}"
        line += [opening, Cited(text=claim.bounds.words(), claims=(claim.id,)), "" if at else beside]
    every = "both" if len(printed) == 2 else "all"
    relayed = "" if is_read else f"; {every} relay {name_origin(dossier, original.claims.each[0].origin)}"
    return [part for part in (*line, relayed) if part]


def _tell_series(lead: Contested, earlier: Contested) -> _Line:
    before = earlier.counting if len(set(earlier.quantified)) > 1 else saying(earlier)
    number = earlier.span.number + noun_beside(earlier, earlier.span.bounds)
    hedge = f" ({earlier.span.hedge})" if earlier.span.hedge else ""
    return [
        *tell_puts(lead), f"; {name_claimants(before)} earlier gave ",
        Cited(text=number, claims=earlier.span.claims, made=earlier.span.made),
        f"{hedge}, and no claimant counts at both times",
    ]  # fmt: skip


def _tell_lone(lead: Contested, earlier: Contested) -> _Line:
    """Say whose word it is alone, on the newest date where others counted before, and how many documents repeat it."""
    says, repeats = saying(lead), lead.documents - 1
    echo = f"; {count_words(repeats, 'document')} {'repeats' if repeats == 1 else 'repeat'} it" if repeats > 0 else ""
    if is_many(says.each):
        both = "both" if len({claim.claimant for claim in says.each}) == 2 else "all"
        return [*tell_puts(lead), f", {both} from one origin"]
    told = tell_puts(lead)
    is_alone = {claim.claimant for claim in earlier.claims.each} <= {claim.claimant for claim in says.each}
    return [f"{'Only' if is_alone else 'On the newest date only'} {told[0]}", *told[1:], echo]
