"""Events in order of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

from briefing.blocks.blocks import Timeline
from briefing.desk.cut import MOST_ENTRIES
from briefing.desk.evidence import collect_evidence, event_record
from briefing.desk.windows import tell_none
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_of
from briefing.dossier.tables import Event
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb
from briefing.values.dates import keep_during, say_date


@verb
def timeline(
    dossier: Dossier, *, caption: str, during: str | None = None, kind: str | Iterable[str] | None = None
) -> Timeline:
    """Show events in order of time.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    caption : str
        What the reader sees here.
    during : str, optional
        A partial date or interval that the event must be able to touch.
    kind : str or iterable of str, optional
        One kind of event or several.

    Returns
    -------
    Timeline
        A block; without entries where nothing is known, which it says, or nothing of that time, and then it says when
        the latest was.

    Raises
    ------
    UsageError
        Where the kind is none that an event can have, naming the nearest.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.timeline(d, caption="In October", during="2031-10").entries[0].title
    'The first ferry with lorries sails'
    """
    kinds = [kind] if isinstance(kind, str) else list(kind or ())
    known = get_args(Event.model_fields["kind"].annotation)
    for wanted in kinds:
        if wanted not in known:
            raise UsageError(f'kind: "{wanted}" is the kind of no event. {did_you_mean(wanted, known)}')
    events = [event for event in rows_of(dossier, Event) if kind is None or event.kind in kinds]
    entries = [event_record(dossier, event) for event in keep_during(events, during)]
    entries.sort(key=lambda entry: (entry.day, entry.id))
    left = max(len(entries) - MOST_ENTRIES, 0)
    entries = entries[left:]
    evidence = collect_evidence(dossier, source_ids=[entry.source for entry in entries])
    elsewhere = tell_none(during, [event.when for event in events], as_of=dossier.as_of)
    otherwise = "" if entries else elsewhere or "no such event is known on this day"
    return Timeline(caption=caption, entries=tuple(entries), left_out=left, otherwise=otherwise, evidence=evidence)


@verb
def newest_event(dossier: Dossier) -> str:
    """Say what happened last, as far as is known on the dossier's day: for the standfirst of a front.

    Parameters
    ----------
    dossier : Dossier
        As of its day.

    Returns
    -------
    str
        A sentence that begins with the day; of several events of one day the first in the table. Empty where no event
        is known.

    Examples
    --------
    >>> import briefing as b
    >>> b.newest_event(b.read_example())
    '30 November 2031: The toll agreement runs out, and ferries sail.'
    """
    dated = [(event.when.last, event) for event in rows_of(dossier, Event) if event.when.last is not None]
    day, newest = max(dated, key=lambda pair: pair[0], default=(None, None))
    return f"{say_date(newest.date)}: {newest.title}." if newest and day else ""
