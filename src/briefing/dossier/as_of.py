"""Knowledge time: which rows stand on a day, by what had been published by then.

A row is known from the last possible day of its source's publication; an assessment, from its own day too; a scenario,
not before the first of those who spoke of it. It is
visible on a day when it is known by then, not retracted by then (nor its source), and not superseded by a row that
itself stands by then. What became of a judgement is hidden until the day on which it was decided. Days are UTC.

Checks of a page and the desk ask the same functions: what is withdrawn, replaced or open on a day has one meaning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pandas as pd

from briefing.dossier.cells import keys_in
from briefing.dossier.groups import CLAIM_TABLES, SPOKEN_TABLES
from briefing.dossier.relays import cite_originals, known_from_originals
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


def visible(frames: Mapping[str, pd.DataFrame], *, as_of: dt.date) -> dict[str, pd.DataFrame]:
    """Keep the rows that stand on a day; tables of names (actors, places, items) stay whole."""
    day = moment_of(as_of)
    gone = withdrawn_sources(frames, as_of=as_of)
    standing = {name: _standing(frame, as_of, gone) for name, frame in frames.items()}
    replaced = _chains(standing, frames)
    for name in CLAIM_TABLES:
        kept = _keep(standing[name], ~standing[name]["claim_id"].isin(replaced))
        standing[name] = cite_originals(kept, frames["sources"], shown=standing["sources"])
    for name, columns in LEANS_ON.items():
        for column, other in columns.items():
            if len(standing[name]):
                stands = standing[name][column].isin(standing[other][TABLES[other].key[0]])
                standing[name] = _keep(standing[name], stands)
    standing["judgements"] = _sealed(standing["judgements"], day)
    return {name: frame if frame is frames[name] else frame.reset_index(drop=True) for name, frame in standing.items()}


def list_turns(frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """List the days on which other rows stand, or are known, than on the day before, in order, as year-month-day.

    On all days from one of them until before the next the tables are the same: what stands on a day is worked out from
    these columns, and from no other of its days.
    """
    days = [frame[column].dropna() for frame in frames.values() for column in TURNING if column in frame]
    return sorted({day.date().isoformat() for column in days for day in column.unique()})


def _keep(frame: pd.DataFrame, stands: pd.Series) -> pd.DataFrame:
    """Keep the rows that stand; slicing takes its time, and often all of them do."""
    return frame if bool(stands.all()) else frame.loc[stands]


class KnownBy(Mapping[str, pd.DataFrame]):
    """Every row that is known by a day, whatever became of it since: replaced and withdrawn ones, too.

    Few pages ask for these tables, and each is made when it is first asked for.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame], *, as_of: dt.date) -> None:
        self._frames, self._day, self._made = frames, moment_of(as_of), dict[str, pd.DataFrame]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            frame = self._frames[name]
            is_dated = "known_on" in frame
            self._made[name] = frame.loc[frame["known_on"] <= self._day].reset_index(drop=True) if is_dated else frame
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


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


def _sealed(judgements: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
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
    return set(sources.loc[sources["retracted_on_last"] <= moment_of(as_of), "source_id"])


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
    return _chains({name: _standing(frames[name], as_of, gone) for name in CLAIM_TABLES}, frames)


def _standing(frame: pd.DataFrame, as_of: dt.date | str | None, gone: set[str]) -> pd.DataFrame:
    """Keep rows that are known and not withdrawn, superseded or not."""
    if "known_on" not in frame or not len(frame):
        return frame
    return _keep(frame, (frame["known_on"] <= moment_of(as_of)) & ~is_withdrawn(frame, as_of=as_of, gone=gone))


def _chains(standing: Mapping[str, pd.DataFrame], everything: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Find the claims that a standing claim supersedes, directly or through claims in between.

    The chain runs through rows that no longer stand: where c supersedes b and b supersedes a, then a does not come
    back because b was replaced or withdrawn.
    """
    steps: dict[str, str] = {}
    replaced: dict[str, str] = {}
    for name in CLAIM_TABLES:
        steps |= _supersessions(everything[name])
        replaced |= {earlier: claim for claim, earlier in _supersessions(standing[name]).items()}
    for claim in list(replaced.values()):
        for earlier in follow(steps[claim], steps):
            replaced.setdefault(earlier, claim)
    return replaced


def _supersessions(frame: pd.DataFrame) -> dict[str, str]:
    if frame["supersedes"].isna().all():
        return {}
    named = frame.loc[frame["supersedes"].notna()]
    return dict(zip(named["claim_id"].tolist(), named["supersedes"].tolist(), strict=True))
