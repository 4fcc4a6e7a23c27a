"""Claims of both tables side by side: one row a claim, whatever table it is in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import CLAIM_TABLES
from briefing.values.bounds import Bounds

#: What both kinds of claim are called here, by table: when, who has or gives, who hosts or gets.
SHAPES = {
    "deployments": {"date": "when", "force": "giver", "host": "getter", "place_id": "place"},
    "transfers": {"period": "when", "from": "giver", "to": "getter", "place_from": "place"},
}


@dataclass(frozen=True, eq=False)
class Gathered:
    """The gathered claims of a dossier, and what is made of all of them; nobody changes it."""

    frame: pd.DataFrame = field(repr=False)

    @cached_property
    def rows(self) -> list[dict[Hashable, Any]]:
        """The claims as plain rows, in order."""
        return self.frame.to_dict("records")

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The claims as plain rows, by id."""
        return {str(row["claim_id"]): {str(name): cell for name, cell in row.items()} for row in self.rows}


def gather(dossier: Dossier) -> Gathered:
    """Gather the claims of a dossier, once for as long as it lives."""
    return dossier.frames.once(_lay_side_by_side, *CLAIM_TABLES)


def gather_claims(dossier: Dossier) -> pd.DataFrame:
    """Lay deployments and transfers side by side under one set of columns.

    Parameters
    ----------
    dossier : Dossier
        As of its day.

    Returns
    -------
    DataFrame
        One row a claim of either kind: ``claim_id table quantity_id when giver getter place place_to unit_name item
        counting`` (``stock`` for a deployment), the claim columns, ``when_first when_last known_on row``.
    """
    return gather(dossier).frame


def _lay_side_by_side(*tables: pd.DataFrame) -> Gathered:
    frames = []
    for table, claims in zip(CLAIM_TABLES, tables, strict=True):
        names = SHAPES[table]
        dated = {f"{name}_{end}": f"{to}_{end}" for name, to in names.items() for end in ("first", "last")}
        frame = claims.rename(columns={**names, **dated}).assign(table=table)
        frames.append(frame.assign(counting="stock") if table == "deployments" else frame)
    return Gathered(pd.concat(frames, ignore_index=True))


def find_rows(dossier: Dossier, claim_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Give claims of the gathered claims as plain rows, in the order given; an id that is not known is left out."""
    rows = gather(dossier).by_id
    return [rows[claim] for claim in claim_ids if claim in rows]


def bounds_of(row: Any) -> Bounds:
    """Read a claim's bounds from a row of the gathered claims, or of either table."""
    low, best, high = (_number(row[side]) for side in ("low", "best", "high"))
    qualifier = row["qualifier"]
    return Bounds(
        low,
        best,
        high,
        unit=row["unit"],
        low_strict=qualifier == "more_than",
        high_strict=qualifier in {"fewer_than", "nearly"},
        about=qualifier == "about",
        order=qualifier == "order",
    )


def sources_by_id(dossier: Dossier) -> dict[str, dict[Any, Any]]:
    """Give the sources as plain rows, by id."""
    return dossier.frames.once(_rows_of_sources, "sources")


def _rows_of_sources(sources: pd.DataFrame) -> dict[str, dict[Any, Any]]:
    return {row["source_id"]: row for row in sources.to_dict("records")}


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)
