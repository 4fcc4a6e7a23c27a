"""Knowledge time: which rows stand on a day, by what had been published by then.

A row is known from the last possible day of its source's publication; an assessment, from its own day too; a scenario,
not before the first of those who spoke of it. It is
visible on a day when it is known by then, not retracted by then (nor its source), and not superseded by a row that
itself stands by then. What became of a judgement is hidden until the day on which it was decided. Days are UTC.

Checks of a page and the desk ask the same functions: what is withdrawn, replaced or open on a day has one meaning.
"""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import pandas as pd

from briefing.dossier.cells import is_filled, keys_in
from briefing.dossier.groups import CLAIM_TABLES, SPOKEN_TABLES
from briefing.dossier.read_log import Reading
from briefing.dossier.relays import cite_originals, known_from_originals
from briefing.dossier.shown import Edit, Mask, ShownTables
from briefing.dossier.tables import TABLES
from briefing.values.chains import follow

#: Assessments that say nothing without another row: they are hidden where it is. In an order in which each row's own
#: row is settled before it.
LEANS_ON = {
    "ratings": {"evidence_id": "evidence", "hypothesis_id": "hypotheses"},
    "indicators": {"judgement_id": "judgements"},
    "indicator_log": {"indicator_id": "indicators"},
}

#: The columns of a judgement that are told only when it has been decided.
SEALED = ("resolved_on", "resolved_on_first", "resolved_on_last", "resolved_by", "resolution_note")


#: The columns that a day is compared with to see which rows stand on it, and what is told of them.
TURNING = ("known_on", "retracted_on_last", "resolved_on_last")


def add_known_on(frames: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give every dated table the column ``known_on``: the day from which each row is known.

    That is the day of its source, or of the assessment, or the later of both; a claim that a faithful relay carries
    was known from the day that its original states. A row whose source has no day of publication is never known, and
    so never in a dated edition.
    """
    sources = frames["sources"]
    published = sources.drop_duplicates("source_id").set_index("source_id")["published_last"]
    dated = {
        name: frame.assign(known_on=_known_on(name, frame, published)) if _is_dated(name, frame) else frame
        for name, frame in frames.items()
    }
    earlier = known_from_originals(frames)
    for name in CLAIM_TABLES if earlier else ():
        said = pd.Series(dated[name]["claim_id"].map(earlier).astype("datetime64[s]"), index=dated[name].index)
        dated[name] = dated[name].assign(known_on=said.fillna(dated[name]["known_on"]))
    if len(dated["scenarios"]):
        dated["scenarios"] = dated["scenarios"].assign(known_on=_known_from_raised(dated))
    return dated


def _known_from_raised(dated: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Give the days from which scenarios are known: their own, or the first day of those who spoke of them."""
    scenarios = dated["scenarios"]
    tables = [dated[name].set_index(TABLES[name].key[0])["known_on"] for name in SPOKEN_TABLES]
    days = {key: day for table in tables for key, day in table.items() if day is not pd.NaT}
    firsts = [
        min((days[key] for key in keys_in(cell) if key in days), default=pd.NaT) for cell in scenarios["raised_by"]
    ]
    first = pd.Series(firsts, index=scenarios.index, dtype="datetime64[s]")
    own = scenarios["known_on"]
    return own.where(scenarios["raised_by"].isna() | (first <= own), first)


def visible(reading: Reading, *, as_of: dt.date) -> ShownTables:
    """Keep the rows that stand on a day; tables of names (actors, places, items) stay whole."""
    gone = _find_gone(reading, as_of)
    masks = {name: _stands(reading, name, as_of, gone) for name in reading.frames}
    for name, claims in _list_replaced(reading, masks).items():
        _hide(reading, masks, name, "claim_id", claims)
    sealed = frozenset({"outcome", *SEALED})
    edits = {"judgements": Edit(sealed, partial(_sealed, day=moment_of(as_of)))}
    for name in CLAIM_TABLES:
        if _cites_unseen(reading, masks, name):
            shown = _list_shown(reading, masks, "sources")
            cite = partial(cite_originals, sources=reading.frames["sources"], shown=shown)
            edits[name] = Edit(frozenset({"source_id"}), cite)
    for name, columns in LEANS_ON.items():
        for column, other in columns.items():
            _lean(reading, masks, name, column, other)
    return ShownTables(reading.frames, masks=masks, edits=edits)


def list_turns(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """List the days on which other rows stand, or are known, than on the day before, in order, as year-month-day.

    On all days from one of them until before the next the tables are the same: what stands on a day is worked out from
    these columns, and from no other of its days.
    """
    return _list_turns(*frames.values())


def _list_turns(*tables: pd.DataFrame) -> list[str]:
    days = [frame[column].dropna() for frame in tables for column in TURNING if column in frame]
    return sorted({day.date().isoformat() for column in days for day in column.unique()})


def find_turn(reading: Reading, day: str) -> str:
    """Find the first day on which the dossier stood as it does on this one (`list_turns`)."""
    turns = reading.memo.once(_list_turns, dict(reading.frames))
    at = bisect_right(turns, day)
    return turns[at - 1] if at else dt.date.min.isoformat()


def known_by(reading: Reading, *, as_of: dt.date) -> ShownTables:
    """Keep every row that is known by a day, whatever became of it since: replaced and withdrawn ones, too."""
    day = moment_of(as_of).to_datetime64()
    dated = [name for name, frame in reading.frames.items() if "known_on" in frame]
    return ShownTables(reading.frames, masks={name: reading.moments(name, "known_on") <= day for name in dated})


def _find_gone(reading: Reading, as_of: dt.date) -> set[str]:
    """Find the documents that their publishers have withdrawn by a day."""
    withdrawn = reading.moments("sources", "retracted_on_last") <= moment_of(as_of).to_datetime64()
    return set(itertools.compress(reading.cells("sources", "source_id"), withdrawn.tolist()))


def _stands(reading: Reading, table: str, as_of: dt.date, gone: set[str]) -> Mask:
    """Say which rows of a table are known and not withdrawn, superseded or not."""
    frame = reading.frames[table]
    if "known_on" not in frame or not len(frame):
        return None
    day = moment_of(as_of).to_datetime64()
    stands: np.ndarray = reading.moments(table, "known_on") <= day
    if "retracted_on_last" in frame:
        stands &= ~(reading.moments(table, "retracted_on_last") <= day)
    if gone and "source_id" in frame:
        stands[reading.find_places(table, "source_id", gone)] = False
    return stands


def _list_replaced(reading: Reading, masks: Mapping[str, Mask]) -> dict[str, list[str]]:
    """List the claims that a standing claim has replaced, by the table that they are in."""
    every = {name: reading.frames[name] for name in CLAIM_TABLES}
    superseding = reading.memo.once(_list_superseding, every)
    standing = {
        earlier: claim for table, place, claim, earlier in superseding if (mask := masks[table]) is None or mask[place]
    }
    replaced = _follow_chains(standing, {claim: earlier for _, _, claim, earlier in superseding})
    return {name: [claim for claim in replaced if claim in reading.places(name, "claim_id")] for name in CLAIM_TABLES}


def _list_superseding(*tables: pd.DataFrame) -> list[tuple[str, int, str, str]]:
    """List the claims that supersede one: table, place in it, the claim, the earlier one."""
    return [
        (name, place, claim, earlier)
        for name, frame in zip(CLAIM_TABLES, tables, strict=True)
        for place, (claim, earlier) in enumerate(
            zip(frame["claim_id"].tolist(), frame["supersedes"].tolist(), strict=True)
        )
        if is_filled(earlier)
    ]


def _hide(reading: Reading, masks: dict[str, Mask], table: str, column: str, keys: Iterable[str]) -> None:
    """Hide the rows of a table that have some keys."""
    places = reading.find_places(table, column, keys)
    mask = masks[table]
    if len(places) and mask is not None:
        mask[places] = False


def _list_shown(reading: Reading, masks: Mapping[str, Mask], table: str) -> set[str]:
    """List the ids of the rows of a table that are shown."""
    keys, mask = reading.cells(table, TABLES[table].key[0]), masks[table]
    return set(keys if mask is None else itertools.compress(keys, mask.tolist()))


def _cites_unseen(reading: Reading, masks: Mapping[str, Mask], table: str) -> bool:
    """Whether a claim that is shown was read in a document that is not yet known on the day, or withdrawn."""
    mask = masks[table]
    if masks["sources"] is None or mask is None:
        return False
    unseen = set(reading.cells("sources", "source_id")) - _list_shown(reading, masks, "sources")
    return bool(mask[reading.find_places(table, "source_id", unseen)].any())


def _lean(reading: Reading, masks: dict[str, Mask], table: str, column: str, other: str) -> None:
    """Hide the rows of a table that say nothing without a row of another one that is hidden."""
    if not len(reading.frames[table]):
        return
    shown = _list_shown(reading, masks, other)
    stands = np.fromiter((cell in shown for cell in reading.cells(table, column)), dtype=bool)
    own = masks[table]
    masks[table] = stands if own is None else own & stands


def _is_dated(name: str, frame: pd.DataFrame) -> bool:
    return "source_id" in frame or bool(TABLES[name].dated_by)


def _known_on(name: str, frame: pd.DataFrame, published: pd.Series) -> pd.Series:
    if name == "sources":
        return frame["published_last"]
    own = TABLES[name].dated_by
    if not len(frame):
        return pd.Series([], index=frame.index, dtype="datetime64[s]")
    if "source_id" not in frame:
        return frame[f"{own}_last"]
    # reindex keeps the days' type where map loses it: in a dossier without sources
    cited = pd.Series(published.reindex(frame["source_id"].tolist()).to_numpy(), index=frame.index)
    if not own:
        return cited
    later = cited.where(cited > frame[f"{own}_last"], frame[f"{own}_last"])
    return later.mask(frame["source_id"].notna() & cited.isna())


def _sealed(judgements: pd.DataFrame, *, day: pd.Timestamp) -> pd.DataFrame:
    """Give judgements that are decided only later as they stood then: open."""
    is_open = ~(judgements["resolved_on_last"] <= day)
    told = {column: judgements[column].mask(is_open) for column in SEALED}
    return judgements.assign(outcome=judgements["outcome"].mask(is_open, "open"), **told)


def moment_of(as_of: dt.date | str | None) -> pd.Timestamp:
    """Give a day as rows compare with it; where none is named, everything is known."""
    return pd.Timestamp(as_of or dt.date.max)


def withdrawn_sources(frames: Mapping[str, pd.DataFrame], *, as_of: dt.date | str | None) -> set[str]:
    """Give the documents that their publishers have withdrawn by a day."""
    sources = frames["sources"]
    return set(sources["source_id"][sources["retracted_on_last"] <= moment_of(as_of)])


def is_withdrawn(frame: pd.DataFrame, *, as_of: dt.date | str | None, gone: set[str]) -> pd.Series:
    """Say of each row of a table whether it is withdrawn by a day: itself, or the document that it cites.

    `gone` are the documents that are withdrawn by then (`withdrawn_sources`).
    """
    withdrawn = pd.Series(False, index=frame.index)
    if "source_id" in frame:
        withdrawn |= frame["source_id"].isin(gone)
    if "retracted_on_last" in frame:
        withdrawn |= frame["retracted_on_last"] <= moment_of(as_of)
    return withdrawn


def find_replaced(frames: Mapping[str, pd.DataFrame], *, as_of: dt.date | str | None) -> dict[str, str]:
    """Find the claims that a later claim has replaced by a day, each with the one that did.

    The later claim is known and not withdrawn. Where it is replaced itself, the earlier one stays replaced.
    """
    gone = withdrawn_sources(frames, as_of=as_of)
    steps: dict[str, str] = {}
    standing: dict[str, str] = {}
    for name in CLAIM_TABLES:
        steps |= _supersessions(frames[name])
        standing |= {earlier: claim for claim, earlier in _supersessions(_standing(frames[name], as_of, gone)).items()}
    return _follow_chains(standing, steps)


def _standing(frame: pd.DataFrame, as_of: dt.date | str | None, gone: set[str]) -> pd.DataFrame:
    """Keep rows that are known and not withdrawn, superseded or not."""
    if "known_on" not in frame or not len(frame):
        return frame
    return frame[(frame["known_on"] <= moment_of(as_of)) & ~is_withdrawn(frame, as_of=as_of, gone=gone)]


def _follow_chains(standing: Mapping[str, str], steps: Mapping[str, str]) -> dict[str, str]:
    """Find the claims that a standing claim supersedes, directly or through claims in between.

    `standing` leads from those that are superseded to the standing claims that do it, `steps` from every claim to the
    one that it supersedes. The chain runs through rows that no longer stand: where c supersedes b and b supersedes a,
    then a does not come back because b was replaced or withdrawn.
    """
    replaced = dict(standing)
    for claim in list(replaced.values()):
        for earlier in follow(steps[claim], steps):
            replaced.setdefault(earlier, claim)
    return replaced


def _supersessions(frame: pd.DataFrame) -> dict[str, str]:
    if frame["supersedes"].isna().all():
        return {}
    named = frame.loc[frame["supersedes"].notna()]
    return dict(zip(named["claim_id"].tolist(), named["supersedes"].tolist(), strict=True))
