"""Events in order of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import pandas as pd

from briefing.blocks.blocks import Timeline
from briefing.desk.evidence import collect_evidence, event_record
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import Event
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb
from briefing.values.dates import parse_date


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
        A block; without entries where nothing is known.

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
    events = dossier.events
    keep = pd.Series(True, index=events.index)
    if kind is not None:
        wished = [kind] if isinstance(kind, str) else list(kind)
        for one in wished:
            _check_kind(one)
        keep &= events["kind"].isin(wished)
    if during is not None:
        window = parse_date(during)
        keep &= ~(events["date_first"] > pd.Timestamp(window.last)) if window.last else keep
        keep &= ~(events["date_last"] < pd.Timestamp(window.first)) if window.first else keep
    # "until March" has no first day: it stands at its last
    events = events.assign(day=events["date_first"].fillna(events["date_last"]))
    chosen = events.loc[keep].sort_values(["day", "event_id"])
    entries = tuple(event_record(dossier, row) for row in chosen.to_dict("records"))
    return Timeline(
        caption=caption, entries=entries, evidence=collect_evidence(dossier, source_ids=chosen["source_id"])
    )


def _check_kind(kind: str) -> None:
    known = get_args(Event.model_fields["kind"].annotation)
    if kind not in known:
        raise UsageError(f'kind: "{kind}" is the kind of no event. {did_you_mean(kind, known)}')
