"""The newest of dated counts: a stock counted on several dates is a series, and its newest count is told first."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from briefing.dates import parse_date
from briefing.figures import Figure


def split_newest(claims: pd.DataFrame, is_known: Sequence[bool]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Part stocks into the newest counts and the earlier ones; claims that give no number are in neither.

    Parameters
    ----------
    claims : DataFrame
        As `evidence.gather_claims` lays them out; flows are of one time, and all of them are the newest.
    is_known : sequence of bool
        Whether each gives a number.

    Returns
    -------
    newest, earlier : DataFrame
        In the order given.
    """
    known = claims.loc[pd.Series(list(is_known), index=claims.index, dtype=bool)]
    is_newest = (known["when_last"] == known["when_last"].max()) | (known["counting"] != "stock")
    return known.loc[is_newest].reset_index(drop=True), known.loc[~is_newest].reset_index(drop=True)


def say_when(claims: pd.DataFrame) -> str:
    """Say when the newest counts are of, as closely as any of them says."""
    spans = (claims["when_last"] - claims["when_first"]).fillna(pd.Timedelta.max)
    return str(parse_date(str(claims["when"].iloc[int(spans.argmin())])))


def lead_with(newest: Figure, earlier: Figure, *, when: str, claims: tuple[str, ...]) -> Figure:
    """Make the figure of a series: the newest count with its day, and what earlier ones said.

    Parameters
    ----------
    newest, earlier : Figure
        Of the newest counts, and of those before.
    when : str
        The newest counts' day, in words.
    claims : tuple of str
        All claims about the quantity.
    """
    before = f"earlier counts differ: {earlier.number}" if len(earlier.claims) > 1 else f"{earlier.number} before"
    hedge = "; ".join(part for part in (f"by the newest count, of {when}", newest.hedge, before) if part)
    how = f"the newest of {len(claims)} claims about this quantity"
    short = f"{newest.short} (newest, {when})"
    return Figure(newest.number, hedge, short, claims, how, newest.bounds, newest.dossier)
