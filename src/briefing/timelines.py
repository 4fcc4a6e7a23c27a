"""Events in order of time."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from briefing.blocks import Entry, Timeline
from briefing.dates import parse_date
from briefing.dossier import Dossier
from briefing.evidence import collect_evidence


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
    """
    events = dossier.events
    keep = pd.Series(True, index=events.index)
    if kind is not None:
        keep &= events["kind"].isin([kind] if isinstance(kind, str) else list(kind))
    if during is not None:
        window = parse_date(during)
        keep &= ~(events["date_first"] > pd.Timestamp(window.last)) if window.last else keep
        keep &= ~(events["date_last"] < pd.Timestamp(window.first)) if window.first else keep
    chosen = events.loc[keep].sort_values(["date_first", "event_id"])
    entries = tuple(_entry(dossier, row) for row in chosen.to_dict("records"))
    return Timeline(
        caption=caption, entries=entries, evidence=collect_evidence(dossier, source_ids=chosen["source_id"])
    )


def _entry(dossier: Dossier, row: dict[object, object]) -> Entry:
    place = row["place_id"]
    return Entry(
        id=str(row["event_id"]),
        date=str(parse_date(str(row["date"]))),
        day=str(row["date_first"])[:10],
        title=str(row["title"]),
        summary=str(row["summary"]),
        kind=str(row["kind"]),
        where="" if pd.isna(place) else dossier.name_of(str(place)),  # type: ignore[call-overload]
        source=str(row["source_id"]),
    )
