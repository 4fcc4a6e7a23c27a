"""What speakers said: chosen, laid beside what others said of the same proposition, and reversed by themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import get_args

from briefing.blocks.blocks import Exchange, Note, Quotation, Quotations
from briefing.desk.claims.claims import check_key, countries_of
from briefing.desk.cut import MOST_QUOTATIONS, cut_rows
from briefing.desk.evidence import collect_evidence, quotation_record
from briefing.desk.windows import tell_none
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_of
from briefing.dossier.tables import AFFIRMS, ASSERTS, BESIDE, DENIES, Quote, Stance
from briefing.errors import UsageError, did_you_mean
from briefing.usage import glance, verb
from briefing.values.dates import keep_during
from briefing.values.words import name_some

ORDER_UNKNOWN = " (the dates do not say which came first)"


@dataclass(frozen=True, eq=False)
class Statements:
    """Quotations that were chosen, in order of time, with the dossier that they stand in."""

    each: tuple[Quote, ...]
    dossier: Dossier = field(repr=False)
    #: The time that was asked for, and what else would have been chosen at any other.
    during: str | None = None
    outside: tuple[Quote, ...] = ()

    @property
    def at_any_time(self) -> Statements:
        """The same choice, whenever it was said."""
        return Statements(_in_order_of_time([*self.each, *self.outside]), self.dossier)

    def tell_none(self) -> str:
        """Say that the time asked for holds none, and when the latest was; empty where none is known of any time."""
        return tell_none(self.during, [quote.when for quote in self.outside], as_of=self.dossier.as_of)

    def only(self, quotes: Iterable[Quote]) -> Statements:
        """Give some of them, of the same dossier and time."""
        return Statements(tuple(quotes), self.dossier, self.during, self.outside)

    def __len__(self) -> int:
        return len(self.each)

    @property
    def source_ids(self) -> list[str]:
        """Where each was read, in the same order."""
        return [quote.source_id for quote in self.each]

    def __repr__(self) -> str:
        speakers = name_some(self.dossier.name_of(quote.speaker_id) for quote in self.each)
        return f"Statements({len(self)} by {speakers})" if len(self) else "Statements(none is known)"

    def _repr_html_(self) -> str:
        rows = [
            (quote.quote_id, quote.when, self.dossier.name_of(quote.speaker_id), quote.stance, quote.target, quote.text)
            for quote in self.each
        ]
        heads = ("Id", "When", "Who", "Stance", "On", "Words")
        return glance(repr(self)[len("Statements(") : -1], heads, rows, below=self.tell_none())


@verb
def choose_quotes(
    dossier: Dossier,
    *,
    speaker: str | None = None,
    side: str | None = None,
    target: str | None = None,
    topic: str | Iterable[str] | None = None,
    stance: str | Iterable[str] | None = None,
    during: str | None = None,
) -> Statements:
    """Choose quotations of a dossier.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    speaker, target : str, optional
        As in the row.
    side : str, optional
        A country's code: all speakers of that country.
    topic, stance : str or iterable of str, optional
        One or several.
    during : str, optional
        A partial date or interval that the day of the quotation must be able to touch.

    Returns
    -------
    Statements
        In order of time, then of id.

    Raises
    ------
    UsageError
        Where the speaker is no actor, the side is no actor's, or the target, topic or stance is that of no quotation,
        naming the nearest.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.choose_quotes(d, speaker="minister", topic="strait")
    Statements(3 by Orla Venn)
    """
    wanted: dict[str, Collection[str]] = {}
    if speaker is not None:
        check_key(dossier, "actors", speaker)
        wanted["speaker_id"] = (speaker,)
    ours = None if side is None else find_speakers(dossier, side)
    for column, asked in (("target", target), ("topic", topic), ("stance", stance)):
        if asked is not None:
            wanted[column] = [asked] if isinstance(asked, str) else list(asked)
            for word in wanted[column]:
                _check_word(dossier, column, word)
    kept = [
        quote
        for quote in rows_of(dossier, Quote)
        if all(getattr(quote, column) in words for column, words in wanted.items())
        and (ours is None or quote.speaker_id in ours)
    ]
    inside = keep_during(kept, during)
    within = {quote.quote_id for quote in inside}
    outside = _in_order_of_time(quote for quote in kept if quote.quote_id not in within)
    return Statements(_in_order_of_time(inside), dossier, during, outside)


def find_speakers(dossier: Dossier, side: str) -> frozenset[str]:
    """Find the actors of a country; refuse a country that is no actor's on any day."""
    countries = countries_of(dossier)
    if side not in countries.values():
        known = sorted(set(countries.values()))
        raise UsageError(f'side: "{side}" is the country of no actor. {did_you_mean(side, known)}')
    return frozenset(actor for actor, country in countries.items() if country == side)


def _in_order_of_time(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(sorted(quotes, key=lambda quote: (quote.when.order, quote.quote_id)))


def _check_word(dossier: Dossier, column: str, word: str) -> None:
    """Refuse a stance that is no choice, and a topic that no quotation has on any day."""
    known = get_args(Stance) if column == "stance" else sorted(set(dossier.everything.peek_cells("quotes", column)))
    if known and word not in known:
        raise UsageError(f'{column}: "{word}" is the {column} of no quotation. {did_you_mean(word, known)}')


def are_opposite(one: Quote, other: Quote) -> bool:
    """Whether two quotations contradict each other: one affirms the very proposition that the other denies.

    What is threatened or hangs on a condition contradicts nothing, and a warning is no claim.
    """
    stances = {one.stance, other.stance}
    return one.target == other.target and bool(stances & AFFIRMS) and bool(stances & DENIES)


def find_reversals(statements: Statements, *, as_one: bool = False) -> tuple[tuple[str, str], ...]:
    """Find where a speaker denies what they affirmed before, or the other way round; all of them as one, if asked.

    Where the dates do not say which of two quotations came first, they are given only if no other two settle that the
    speaker turned. Gives the ids of the earlier and the later quotation, in order of the later.
    """
    said: dict[tuple[str, str], list[Quote]] = {}
    for quote in statements.each:
        if quote.stance in AFFIRMS | DENIES:
            said.setdefault(("" if as_one else quote.speaker_id, quote.target), []).append(quote)
    turns: dict[str, str] = {}
    for quotes in said.values():
        pairs = [(earlier, later) for earlier, later in pairwise(quotes) if are_opposite(earlier, later)]
        settled = [pair for pair in pairs if is_settled(*pair)]
        turns |= {later.quote_id: earlier.quote_id for earlier, later in settled or pairs}
    return tuple((turns[quote.quote_id], quote.quote_id) for quote in statements.each if quote.quote_id in turns)


def clause(dossier: Dossier, target: str) -> str:
    """Write a proposition as it stands behind "that": small where the dossier mostly writes its first word so.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> clause(d, "The ferries sail"), clause(d, "Corvia closes the strait")
    ('the ferries sail', 'Corvia closes the strait')
    """
    first = target.partition(" ")[0]
    texts = [text.split() for quote in rows_of(dossier, Quote) for text in (quote.text, quote.target)]
    small = sum(text.count(first.lower()) for text in texts)
    return target[:1].lower() + target[1:] if small > sum(text[1:].count(first) for text in texts) else target


def is_settled(earlier: Quote, later: Quote) -> bool:
    """Whether the dates of two quotations say which came first."""
    last, first = earlier.when.last, later.when.first
    return last is not None and first is not None and last < first


def lay_out_quotations(statements: Statements) -> tuple[Exchange, ...]:
    """Lay quotations out by the proposition that they speak to, in order of time, contested propositions first.

    A target that somebody denies and somebody puts forward stands before one that finds no answer.
    """
    by_target: dict[str, list[Quotation]] = {}
    for quote in statements.each:
        by_target.setdefault(quote.target, []).append(quotation_record(statements.dossier, quote))
    exchanges = [Exchange(target=target, quotations=tuple(said)) for target, said in by_target.items()]
    return tuple(sorted(exchanges, key=lambda exchange: (not _is_contested(exchange), -len(exchange.quotations))))


@verb
def quotations(statements: Statements, *, caption: str) -> Quotations | Note:
    """Show quotations, denials beside what they deny.

    Parameters
    ----------
    statements : Statements
        What to show; none is possible, and then the page says that nothing is known.
    caption : str
        What the reader sees here.

    Returns
    -------
    Quotations or Note
        A block; a note where nothing was chosen.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.quotations(b.choose_quotes(d, topic="guards"), caption="On guards in Corvia")
    Quotations('On guards in Corvia', 2 sources)
    """
    if not len(statements):
        return no_statement(caption, "no such quotation is known on this day.", instead=statements.tell_none())
    shown, left = keep_newest_quotations(statements)
    evidence = collect_evidence(shown.dossier, source_ids=shown.source_ids)
    return Quotations(caption=caption, exchanges=lay_out_quotations(shown), left_out=left, evidence=evidence)


def keep_newest_quotations(statements: Statements) -> tuple[Statements, int]:
    """Keep as many quotations as somebody reads, and say how many more there are.

    Of each proposition and side the newest comes first, so that a denial stays beside what it denies.
    """
    if len(statements) <= MOST_QUOTATIONS:
        return statements, 0
    turn: Counter[tuple[str, bool]] = Counter()
    turns: dict[str, tuple[int, int]] = {}
    for age, quote in enumerate(reversed(statements.each)):
        turns[quote.quote_id] = (turn[side := (quote.target, quote.stance in DENIES)], age)
        turn[side] += 1
    kept = set(sorted(turns, key=turns.__getitem__)[:MOST_QUOTATIONS])
    shown = statements.only(quote for quote in statements.each if quote.quote_id in kept)
    return shown, len(statements) - len(kept)


@verb
def reversals(
    statements: Statements, *, caption: str, speaker: str | None = None, side: str | None = None
) -> Quotations | Note:
    """Show where speakers say the opposite of what they said before, both quotations side by side.

    Parameters
    ----------
    statements : Statements
        Any; speakers and targets are taken apart.
    caption : str
        What the reader sees here.
    speaker : str, optional
        Whose; left out, everybody's.
    side : str, optional
        A country's code: its speakers are taken as one, so that one may take back what another said.

    Returns
    -------
    Quotations or Note
        A block: one exchange a reversal, the earlier quotation first; a note where nobody reverses.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> said = b.choose_quotes(d, speaker="minister")
    >>> b.reversals(said, caption="Said, and then denied")
    Note('Said, and then denied: no reversal is known on this day.')
    """
    ours = None if side is None else find_speakers(statements.dossier, side)
    if speaker is not None:
        check_key(statements.dossier, "actors", speaker)
    inside, whenever = (
        some.only(q for q in some.each if speaker in (None, q.speaker_id) and (ours is None or q.speaker_id in ours))
        for some in (statements, statements.at_any_time)
    )
    quotes = {quote.quote_id: quote for quote in whenever.each}
    found = [(quotes[earlier], quotes[later]) for earlier, later in find_reversals(inside, as_one=ours is not None)]
    newest, left = cut_rows(found[::-1], most=MOST_QUOTATIONS // 2)
    pairs = newest[::-1]
    if not pairs:
        turned = [quotes[later].when for _, later in find_reversals(whenever, as_one=ours is not None)]
        instead = tell_none(statements.during, turned, as_of=statements.dossier.as_of)
        return no_statement(caption, "no reversal is known on this day.", instead=instead)
    exchanges = tuple(
        Exchange(
            target=pair[0].target + ("" if is_settled(*pair) else ORDER_UNKNOWN),
            quotations=tuple(quotation_record(statements.dossier, quote) for quote in pair),
        )
        for pair in pairs
    )
    evidence = collect_evidence(statements.dossier, source_ids=[quote.source_id for pair in pairs for quote in pair])
    return Quotations(caption=caption, exchanges=exchanges, left_out=2 * left, evidence=evidence)


def pair_denials(
    dossier: Dossier, *, speaker: str | None = None, side: str | None = None
) -> tuple[Statements, Statements]:
    """Pair the denials of a speaker, of a side or of everybody, with what they deny.

    First the denials with every quotation that puts their target forward or assesses it, then the denials of what
    nobody in the dossier had spoken to by its day.
    """
    denied = choose_quotes(dossier, speaker=speaker, side=side, stance=DENIES).each
    beside = choose_quotes(dossier, stance=BESIDE).each
    put_forward, targets = {quote.target for quote in beside}, {quote.target for quote in denied}
    answered = [quote for quote in denied if quote.target in put_forward]
    both = _in_order_of_time([*answered, *(quote for quote in beside if quote.target in targets)])
    return Statements(both, dossier), Statements(tuple(q for q in denied if q.target not in put_forward), dossier)


@verb
def denials(
    dossier: Dossier, *, caption: str, speaker: str | None = None, side: str | None = None, lone: bool = False
) -> Quotations | Note:
    """Show denials beside what they deny.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    caption : str
        What the reader sees here.
    speaker : str, optional
        Whose denials; left out, everybody's.
    side : str, optional
        A country's code: the denials of all its speakers.
    lone : bool
        Show instead the denials of what nobody in the dossier had spoken to by its day.

    Returns
    -------
    Quotations or Note
        A block: one exchange a target; a note where there is no such denial.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.denials(d, speaker="ambassador", caption="What the ambassador denies")
    Quotations('What the ambassador denies', 2 sources)
    """
    shown = pair_denials(dossier, speaker=speaker, side=side)[lone]
    if not len(shown):
        return no_statement(caption, "no such denial is known on this day.")
    return quotations(shown, caption=caption)


def no_statement(caption: str, what: str, *, instead: str = "") -> Note:
    """Say that there is nothing to show, where a block would be empty; `instead` where there is some at other times."""
    if instead:
        return Note(label="Not in this time", text=(f"{caption.rstrip('.')}: {instead}.",))
    return Note(label="Nothing known", text=(f"{caption.rstrip('.')}: {what}",))


def _is_contested(exchange: Exchange) -> bool:
    stances = {quotation.stance for quotation in exchange.quotations}
    return bool(stances & ASSERTS) and bool(stances & DENIES)
