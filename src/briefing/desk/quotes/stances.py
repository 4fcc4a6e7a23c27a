"""Who takes which stance on what, and when it changes: a speaker's profile, stances over time, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from itertools import groupby

from briefing.blocks.blocks import Note, Prose, Table
from briefing.desk.cut import cut_rows
from briefing.desk.evidence import collect_evidence
from briefing.desk.quotes.quotes import Statements, choose_quotes, find_reversals, is_settled, no_statement
from briefing.desk.tables import lay_out_words
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id
from briefing.dossier.tables import CONDITIONAL, DENIES, Actor, Event, Quote
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb
from briefing.values.dates import days_before, parse_date, shift_day
from briefing.values.words import count_words

#: So many turns of a speaker, and so many days of one stance, are told in a cell of a table.
MOST_STEPS = 12

#: Stances whose word is not the verb that a reader takes after "then".
_VERBS = {"calls_for": "calls for", "conditions": "sets a condition for"}


@verb
def profile(dossier: Dossier, speaker: str | None = None) -> Prose:
    """Say in a few sentences what is known of a speaker: how much, since when, about what, with what contradictions.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    speaker : str, optional
        An actor. Left out, all speakers together.

    Returns
    -------
    Prose
        A block; where nothing is known it says so.

    Raises
    ------
    UsageError
        Where the speaker is no actor, naming the nearest.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.profile(d, "minister")
    Prose('Orla Venn, Foreign Minister of Corvia, speaks to two propositions in four ...', 3 sources)
    """
    said = choose_quotes(dossier, speaker=speaker)
    speakers = {quote.speaker_id for quote in said.each}
    if not speakers:
        whose = f" of {dossier.name_of(speaker)}" if speaker else ""
        return Prose(text=(f"No quotation{whose} is known on this day.",))
    who = _introduce(dossier, speakers)
    evidence = collect_evidence(dossier, source_ids=said.source_ids)
    return Prose(text=(" ".join(_sentences(said, who, several=len(speakers) > 1)),), evidence=evidence)


def _introduce(dossier: Dossier, speakers: Collection[str]) -> str:
    """Name the one speaker and their role, or say how many there are."""
    if len(speakers) > 1:
        return count_words(len(speakers), "speaker").capitalize()
    (speaker,) = speakers
    role = rows_by_id(dossier, Actor)[speaker].role
    return f"{dossier.name_of(speaker)}{f', {role},' if role else ''}"


def _sentences(said: Statements, who: str, *, several: bool) -> list[str]:
    first, last = said.each[0].when, said.each[-1].when
    span = str(first) if first == last else f"{first} to {last}"
    targets, number = {quote.target for quote in said.each}, len(said)
    told = [
        f"{who} {'speak' if several else 'speaks'} to {count_words(len(targets), 'proposition')} in "
        f"{count_words(number, 'quotation')} ({span})."
    ]
    if number > 1:
        later = {later for _, later in find_reversals(said)}
        turned = [quote for quote in said.each if quote.quote_id in later]
        told.append(
            _tell_turners(len({quote.speaker_id for quote in turned}))
            if several
            else _tell_turned(len({quote.target for quote in turned}), len(targets))
        )
    translated, indirect = sum(bool(q.translated) for q in said.each), sum(not q.is_direct for q in said.each)
    if translated:
        told.append(f"{_share(translated, number, 'is a translation', 'are translations')}.")
    if indirect:
        whose = "speakers'" if several else "speaker's"
        told.append(f"{_share(indirect, number, 'is a paraphrase', 'are paraphrases')}, not the {whose} own words.")
    return told


def _tell_turners(turned: int) -> str:
    """Say how many of several speakers contradict their own words; each may contradict the others besides."""
    if not turned:
        return "None of them contradicts their own words."
    return f"{count_words(turned, 'of them contradicts', 'of them contradict').capitalize()} their own words."


def _tell_turned(turned: int, targets: int) -> str:
    if not turned:
        return "No two of these quotations contradict each other."
    if targets == 1:
        return "Some of these quotations contradict each other."
    which = "each of them" if turned == targets else f"{count_words(turned, 'of these', 'of these')}"
    return f"On {which}, quotations contradict each other."


def _share(some: int, every: int, one: str, many: str) -> str:
    """Say of how many of the quotations something holds: it, all, both, one or so many."""
    if some == every:
        return f"It {one}" if every == 1 else f"{'Both' if every == 2 else 'All'} {many}"
    return count_words(some, one, many).capitalize()


@verb
def stances(statements: Statements, *, caption: str) -> Table | Note:
    """Show what speakers do with each proposition, in order of time.

    Parameters
    ----------
    statements : Statements
        Any; speakers and targets are taken apart.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table or Note
        A block: one row a speaker and proposition, contradictions first; a note where nothing is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.stances(b.choose_quotes(d, topic="strait"), caption="Who says what").data.rows[0][2]
    ('denies (1 June 2031), then threatens (21 October 2031), then denies (1 December 2031)',)
    """
    groups = _by_speaker_and_target(statements.each)
    if not groups:
        return no_statement(caption, "no quotation is known on this day.", instead=statements.tell_none())
    several = len({speaker for speaker, _ in groups}) > 1
    turned = {later for _, later in find_reversals(statements)}
    lines = sorted(groups.items(), key=lambda group: (not _turns(group[1], turned), -len(group[1]), group[0]))
    shown, left = cut_rows(lines)
    names = [*(["Who"] if several else []), "Proposition", "Stances, in order of time", "Contradiction"]
    cells = [
        [
            *([statements.dossier.name_of(speaker)] if several else []),
            target,
            _steps(quotes),
            "yes" if _turns(quotes, turned) else _lean(quotes),
        ]
        for (speaker, target), quotes in shown
    ]
    read_in = [quote.source_id for _, quotes in shown for quote in quotes] if left else statements.source_ids
    evidence = collect_evidence(statements.dossier, source_ids=read_in)
    return Table(caption=caption, data=lay_out_words(names, cells), left_out=left, evidence=evidence)


@verb
def before_and_after(dossier: Dossier, event: str, *, caption: str, days: int = 30) -> Table | Note:
    """Show who says what before an event and after.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    event : str
        An event's id.
    caption : str
        What the reader sees here.
    days : int
        How many days on each side; the event's own days count as after.

    Returns
    -------
    Table or Note
        A block: one row a speaker and proposition; a note where the event or any quotation is not yet known.

    Raises
    ------
    UsageError
        Where no row of any day has this id.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.before_and_after(d, "ev-0003", caption="Before the agreement lapsed, and after").data.rows[0]
    (('Corvia closes the strait',), ('Orla Venn',), ('',), ('denies (1 December 2031)',))
    """
    known = dossier.everything.peek("events")["event_id"].tolist()
    if event not in known:
        raise UsageError(f'"{event}" is in no row of events.csv; name one. {did_you_mean(event, known)}')
    happened = rows_by_id(dossier, Event).get(event)
    if happened is None:
        return no_statement(caption, "the event is not known on this day.")
    start, end = _days_of(happened)
    before = choose_quotes(dossier, during=days_before(shift_day(start, -1), days))
    after = choose_quotes(dossier, during=f"{start}/{shift_day(end, days)}")
    sides = [_by_speaker_and_target(_inside(side, *limits)) for side, limits in (
        (before, (shift_day(start, -days), shift_day(start, -1))),
        (after, (start, shift_day(end, days))),
    )]  # fmt: skip
    keys = sorted(set(sides[0]) | set(sides[1]), key=lambda key: (key[1], dossier.name_of(key[0])))
    if not keys:
        return no_statement(caption, "no quotation of these days is known.")
    cells = [
        [target, dossier.name_of(speaker), *(_steps(side.get((speaker, target), [])) for side in sides)]
        for speaker, target in keys
    ]
    quoted = [quote.source_id for side in sides for quotes in side.values() for quote in quotes]
    evidence = collect_evidence(dossier, source_ids=[*quoted, happened.source_id])
    names = ["Proposition", "Who", f"In the {days} days before", "On the day and after"]
    return Table(caption=caption, data=lay_out_words(names, cells), evidence=evidence)


def _by_speaker_and_target(quotes: Iterable[Quote]) -> dict[tuple[str, str], list[Quote]]:
    groups: dict[tuple[str, str], list[Quote]] = {}
    for quote in quotes:
        groups.setdefault((quote.speaker_id, quote.target), []).append(quote)
    return groups


def _steps(quotes: Iterable[Quote]) -> str:
    """Say a stance once for each run of it, in order as far as the dates tell: ``denies (4 March 2022)``."""
    runs = [(stance, list(run)) for stance, run in groupby(quotes, key=lambda quote: str(quote.stance))]
    earlier = max(len(runs) - MOST_STEPS, 0)
    said = f"after {count_words(earlier, 'earlier stance')}: " if earlier else ""
    for at, (stance, run) in enumerate(runs[earlier:], earlier):
        if at > earlier:
            said += ", then " if is_settled(runs[at - 1][1][-1], run[0]) else ", then or earlier "
        said += f"{_VERBS.get(stance, stance)} ({_say_days(run)})"
    return said


def _say_days(run: list[Quote]) -> str:
    """Say the days of quotations of one stance; of many the first and the last, and how many they are."""
    if len(run) <= MOST_STEPS:
        return ", ".join(str(quote.when) for quote in run)
    return f"{count_words(len(run), 'time')}, {run[0].when} to {run[-1].when}"


def _turns(quotes: Iterable[Quote], turned: set[str]) -> bool:
    return any(quote.quote_id in turned for quote in quotes)


def _lean(quotes: Iterable[Quote]) -> str:
    """Say of what is no contradiction whether a denial stands beside what has its condition, such as a threat."""
    said = {quote.stance for quote in quotes}
    return "conditional" if said & CONDITIONAL and said & DENIES else "no"


def _inside(statements: Statements, first: dt.date, last: dt.date) -> list[Quote]:
    """Keep quotations that were surely made in these days: one of some day of a month may be of either side."""
    days = parse_date(f"{first}/{last}")
    return [quote for quote in statements.each if quote.when.is_inside(days)]


def _days_of(event: Event) -> tuple[dt.date, dt.date]:
    start, end = event.when.first or event.when.last, event.when.last or event.when.first
    assert start is not None and end is not None  # no date is open on both sides
    return start, end
