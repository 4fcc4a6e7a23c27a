"""What speakers said: chosen, laid beside what others said of the same proposition, and reversed by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd

from briefing.blocks import Exchange, Quotation, Quotations
from briefing.claims import check_key
from briefing.dates import parse_date
from briefing.dossier import Dossier
from briefing.evidence import collect_evidence

#: Stances that put a proposition forward, and the one that contradicts it.
ASSERTS = frozenset({"affirms", "warns", "threatens", "calls_for"})
DENIES = frozenset({"denies"})


@dataclass(frozen=True, eq=False)
class Statements:
    """Quotations that were chosen, with the dossier that they stand in.

    Parameters
    ----------
    frame : DataFrame
        One row a quotation, the columns of the table.
    dossier : Dossier
        Where they are.
    """

    frame: pd.DataFrame
    dossier: Dossier = field(repr=False)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The quotations as plain rows, in order of time."""
        return [{str(name): value for name, value in row.items()} for row in self.frame.to_dict("records")]

    def __repr__(self) -> str:
        return f"Statements({len(self)} by {self.frame['speaker_id'].nunique()} speakers)"


def choose_quotes(
    dossier: Dossier,
    *,
    speaker: str | None = None,
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
        Where the speaker is no actor, naming the nearest.

    Examples
    --------
    >>> choose_quotes(d, speaker="lukashenko-alexander", topic="joining_war")  # doctest: +SKIP
    Statements(8 by 1 speakers)
    """
    quotes = dossier.quotes
    keep = pd.Series(True, index=quotes.index)
    if speaker is not None:
        check_key(dossier, "actors", speaker)
        keep &= quotes["speaker_id"] == speaker
    if target is not None:
        keep &= quotes["target"] == target
    for column, value in (("topic", topic), ("stance", stance)):
        if value is not None:
            keep &= quotes[column].isin([value] if isinstance(value, str) else list(value))
    if during is not None:
        window = parse_date(during)
        keep &= ~(quotes["date_first"] > pd.Timestamp(window.last)) if window.last else keep
        keep &= ~(quotes["date_last"] < pd.Timestamp(window.first)) if window.first else keep
    return Statements(quotes.loc[keep].sort_values(["date_last", "quote_id"], ignore_index=True), dossier)


def find_reversals(statements: Statements) -> tuple[tuple[str, str], ...]:
    """Find where a speaker denies what they put forward before, or the other way round.

    Parameters
    ----------
    statements : Statements
        Any; speakers and targets are taken apart.

    Returns
    -------
    tuple of pairs of str
        The earlier and the later quotation's id, in order of the later.

    Examples
    --------
    >>> find_reversals(choose_quotes(d, speaker="lukashenko-alexander"))  # doctest: +SKIP
    (('qt-0007', 'qt-0019'),)
    """
    last: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in statements.rows:
        if row["stance"] in ASSERTS | DENIES:
            last.setdefault((row["speaker_id"], row["target"]), []).append(row)
    return tuple(
        (earlier["quote_id"], later["quote_id"])
        for said in last.values()
        for earlier, later in pairwise(said)
        if (earlier["stance"] in DENIES) != (later["stance"] in DENIES)
    )


def lay_out(statements: Statements) -> tuple[Exchange, ...]:
    """Lay quotations out by the proposition that they speak to, contested propositions first.

    Parameters
    ----------
    statements : Statements
        Any.

    Returns
    -------
    tuple of Exchange
        One a target, its quotations in order of time. A target that somebody denies and somebody puts forward stands
        before one that finds no answer.
    """
    by_target: dict[str, list[Quotation]] = {}
    for row in statements.rows:
        by_target.setdefault(row["target"], []).append(_quotation(statements.dossier, row))
    exchanges = [Exchange(target=target, quotations=tuple(said)) for target, said in by_target.items()]
    return tuple(sorted(exchanges, key=lambda exchange: (not _is_contested(exchange), -len(exchange.quotations))))


def quotations(statements: Statements, *, caption: str) -> Quotations:
    """Show quotations, denials beside what they deny.

    Parameters
    ----------
    statements : Statements
        What to show; none is possible, and then the page says that nothing is known.
    caption : str
        What the reader sees here.

    Returns
    -------
    Quotations
        A block.
    """
    evidence = collect_evidence(statements.dossier, source_ids=statements.frame["source_id"])
    return Quotations(caption=caption, exchanges=lay_out(statements), evidence=evidence)


def _is_contested(exchange: Exchange) -> bool:
    stances = {quotation.stance for quotation in exchange.quotations}
    return bool(stances & ASSERTS) and bool(stances & DENIES)


def _quotation(dossier: Dossier, row: dict[str, Any]) -> Quotation:
    speaker = dossier.actors.loc[dossier.actors["actor_id"] == row["speaker_id"], "role"]
    return Quotation(
        id=row["quote_id"],
        speaker=dossier.name_of(row["speaker_id"]),
        role=str(speaker.iloc[0]) if len(speaker) and not pd.isna(speaker.iloc[0]) else "",
        date=str(parse_date(row["date"])),
        text=row["text"],
        is_direct=row["kind"] == "direct",
        is_translated=bool(row["translated"]),
        relay=None if pd.isna(row["relay"]) else dossier.name_of(row["relay"]),
        stance=row["stance"],
        target=row["target"],
        source=row["source_id"],
        note=None if pd.isna(row["note"]) else row["note"],
    )
