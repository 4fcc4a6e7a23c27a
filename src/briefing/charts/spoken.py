"""What was said over time: stances by speaker or proposition, and beside the events of the time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import partial

from briefing.blocks.blocks import Chart, Column, Entry, Evidence, Note, Text, Timeline
from briefing.blocks.layouts import Cell, lay_out
from briefing.charts.days import drawn_on
from briefing.charts.frame import Behind, frame_chart, nothing_said, sources_behind
from briefing.charts.lanes import LaneMark, draw_lanes, runs
from briefing.charts.tips import Tip, as_printed, read_in
from briefing.desk.evidence import collect_evidence
from briefing.desk.quotes.quotes import Statements, keep_newest_quotations
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import ASSERTS, DENIES, Quote
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb
from briefing.values.dates import say_date
from briefing.values.words import count_words

#: The letter that stands for each stance inside its mark.
LETTERS = {
    "affirms": "A", "denies": "D", "warns": "W", "threatens": "T", "assesses": "S", "calls_for": "C",
    "conditions": "I", "neutral": "N",
}  # fmt: skip
#: What a row that is left out is called.
_LEFT_OUT = {"speaker": "other speaker", "target": "other proposition"}
_ROWS = {"speaker": "speaker_id", "target": "target"}
_SHAPES = "A square denies, a filled circle puts the proposition forward, a hollow one does neither."


@verb
def stances_over_time(
    statements: Statements, *, title: str, rows: str = "speaker", most: int | None = None
) -> Chart | Note:
    """Show stances over time: a letter for each quotation, a square where it denies.

    Parameters
    ----------
    statements : Statements
        Any.
    title : str
        What is seen.
    rows : str
        What has a row of its own: ``speaker`` or ``target``, the proposition.
    most : int, optional
        How many rows at most: those of which most is quoted, and of as many quotations the newest. The picture says
        how many it leaves out.

    Returns
    -------
    Chart or Note
        A block; a note where nothing was said.

    Raises
    ------
    UsageError
        Where rows are asked for that do not exist.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> said = b.choose_quotes(d, topic="strait")
    >>> b.stances_over_time(said, title="Who says that Corvia closes the strait")
    Chart('Who says that Corvia closes the strait', 4 rows, 3 sources)
    """
    if rows not in _ROWS:
        raise UsageError(f'"{rows}" has no rows; stances have a row a speaker or target. {did_you_mean(rows, _ROWS)}')
    statements, left_out = keep_newest_quotations(statements)
    said = _said(statements)
    if not said:
        return nothing_said(statements.dossier, title, what="quotation", instead=statements.tell_none())
    name_of = statements.dossier.name_of
    every = [(name_of(quote.speaker_id) if rows == "speaker" else quote.target, quote, day) for quote, day in said]
    kept = _find_most_quoted([name for name, *_ in every], most)
    named = [(name, quote) for name, quote, _ in every if name in kept]
    marks = [_mark(quote, day, name, statements.dossier) for name, quote, day in every if name in kept]
    told = "; ".join(
        f"{name}: {runs([(_stance(quote), str(quote.when)) for other, quote in named if other == name])}"
        for name in dict.fromkeys(name for name, _ in named)
    )

    left = len({name for name, *_ in every}) - len(kept)
    others = f" {count_words(left, _LEFT_OUT[rows]).capitalize()} {'is' if left == 1 else 'are'} in the table."
    remark = _SHAPES + (others if left else "")
    draw = partial(draw_lanes, marks, _key([(quote, day) for name, quote, day in every if name in kept]))
    behind = _behind(statements)
    return frame_chart(title, draw, f"{title}. {told}. {_SHAPES}", behind=behind, remark=remark, left_out=left_out)


def _find_most_quoted(names: Sequence[str], most: int | None) -> set[str]:
    """Find the rows that are drawn: those with most quotations, and of as many the newest, which come last."""
    number, last = Counter(names), {name: at for at, name in enumerate(names)}
    return set(sorted(number, key=lambda name: (-number[name], -last[name]))[:most])


@verb
def events_and_statements(events: Timeline, statements: Statements, *, title: str) -> Chart | Note:
    """Show what happened, by kind and numbered, above what was said, by speaker.

    Parameters
    ----------
    events : Timeline
        As `timeline` gives them.
    statements : Statements
        As `choose_quotes` gives them, of the same dossier.
    title : str
        What is seen.

    Returns
    -------
    Chart or Note
        A block, with a table that says what each number is; a note where nothing is known.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> happened = b.timeline(d, caption="What happened")
    >>> b.events_and_statements(happened, b.choose_quotes(d), title="Deeds and words")
    Chart('Deeds and words', 9 rows, 6 sources)
    """
    statements, left = keep_newest_quotations(statements)
    said = _said(statements)
    if not said and not events.entries:
        instead = "; ".join(told for told in (events.otherwise, statements.tell_none()) if told)
        return nothing_said(statements.dossier, title, what="event and no quotation", instead=instead)
    happened = sorted(enumerate(events.entries, start=1), key=lambda numbered: numbered[1].kind)
    dossier = statements.dossier
    marks = [
        LaneMark(_kind(entry), dt.date.fromisoformat(entry.day), str(number), "open", _tell_event(entry, dossier))
        for number, entry in happened
    ]
    marks += [_mark(quote, day, dossier.name_of(quote.speaker_id), dossier) for quote, day in said]
    told = "; ".join(
        f"{number}, {say_date(entry.date)}: {entry.title}" for number, entry in enumerate(events.entries, start=1)
    )
    spoken = "; ".join(
        f"{quote.when}, {dossier.name_of(quote.speaker_id)} {_stance(quote)}: {quote.target}" for quote, _ in said
    )

    draw = partial(draw_lanes, marks, ["1, 2 … events, see the table", *_key(said)])
    description = f"{title}. Events: {told or 'none'}. Said: {spoken or 'nothing'}."
    behind = _behind(statements, events)
    return frame_chart(title, draw, description, behind=behind, left_out=left + events.left_out)


def _mark(quote: Quote, day: dt.date, name: str, dossier: Dossier) -> LaneMark:
    look = "against" if quote.stance in DENIES else "put" if quote.stance in ASSERTS else "open"
    return LaneMark(name, day, LETTERS[quote.stance], look, _tell_quote(quote, dossier))


def _tell_quote(quote: Quote, dossier: Dossier) -> Tip:
    words = quote.text if quote.is_direct else f"[{quote.text}]"  # a paraphrase is not put in their mouth
    return {
        "title": f"{dossier.name_of(quote.speaker_id)}, {quote.when}, {_stance(quote)}: {quote.target}",
        **as_printed(words, name="In words"),
        **read_in(dossier, quote.source_id),
    }


def _tell_event(entry: Entry, dossier: Dossier) -> Tip:
    where = {"Where": entry.where} if entry.where else {}
    return {"title": f"{say_date(entry.date)}: {entry.title}", **where, **read_in(dossier, entry.source)}


def _said(statements: Statements) -> list[tuple[Quote, dt.date]]:
    """Give the quotations that have a day, with the day on which they are drawn."""
    as_of = statements.dossier.as_of
    return [(quote, day) for quote in statements.each if (day := drawn_on(quote.when, as_of=as_of))]


def _stance(quote: Quote) -> str:
    return str(quote.stance).replace("_", " ")


def _kind(entry: Entry) -> str:
    return f"Events: {entry.kind}"


def _key(said: Sequence[tuple[Quote, dt.date]]) -> list[str]:
    used = {quote.stance for quote, _ in said}
    return [f"{letter} {stance.replace('_', ' ')}" for stance, letter in LETTERS.items() if stance in used]


def _cells(line: tuple[str, ...]) -> list[Text | Cell]:
    """Give the cells of a line of `_behind`: an event by its number, a day by its date, the rest by their words."""
    day, _, number, when, *words = line
    at = Cell((number,), int(number) if number else None)
    return [at, Cell((when,), day if day[0].isdigit() else None), *((str(word),) for word in words)]


def _behind(statements: Statements, events: Timeline | None = None) -> Behind:
    """Give the rows in order of time, quotations and events, and the records of their sources."""
    dossier = statements.dossier
    evidence = collect_evidence(dossier, source_ids=statements.source_ids)
    lines = [
        (str(quote.when.first or "unknown"), quote.quote_id, "", str(quote.when), dossier.name_of(quote.speaker_id),
         _stance(quote), quote.target, quote.text)
        for quote in statements.each
    ]  # fmt: skip
    for number, entry in enumerate(events.entries if events else (), start=1):
        lines.append(
            (entry.day, entry.id, str(number), say_date(entry.date), "", entry.kind, entry.title, entry.summary)
        )
    names = (
        ("No.", "When", "Who", "What", "Of what", "In words")
        if events
        else ("When", "Who", "Stance", "Of what", "In words")
    )
    first = 2 if events else 3
    lines.sort(key=lambda line: line[:2])
    data = lay_out((Column(name=name) for name in names), (_cells(line)[first - 2 :] for line in lines),
                   ids=[line[1] for line in lines])  # fmt: skip
    sources = {
        source.id: source for part in (evidence, events.evidence if events else Evidence()) for source in part.sources
    }
    return sources_behind(dossier, data, Evidence(sources=tuple(sources.values())))
