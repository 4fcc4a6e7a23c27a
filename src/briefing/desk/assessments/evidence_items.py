"""Items of evidence as a page shows them: in words, with the claims that hold their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from briefing.blocks.blocks import Cited, Evidence, Exhibit, Text
from briefing.blocks.walk import figures_in
from briefing.desk.evidence import collect_evidence
from briefing.dossier.cells import keys_in
from briefing.dossier.claims import bounds_of, gather_claims
from briefing.dossier.dossier import Dossier
from briefing.errors import UsageError, did_you_mean


def exhibits_of(dossier: Dossier, evidence_ids: Iterable[str]) -> tuple[Exhibit, ...]:
    """Give items of evidence as a page shows them; one that is not known on the dossier's day is left out.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    evidence_ids : iterable of str
        Which, in the order wanted.

    Returns
    -------
    tuple of Exhibit
        One an item that is known.
    """
    wanted = list(dict.fromkeys(evidence_ids))
    rows = {row["evidence_id"]: row for row in dossier.evidence.to_dict("records") if row["evidence_id"] in wanted}
    numbers = _numbers(dossier, [claim for row in rows.values() for claim in keys_in(row["claim_ids"])])
    known = _known(dossier, rows.values())
    return tuple(_exhibit(rows[key], numbers, known) for key in wanted if key in rows)


def evidence_behind(
    exhibits: Iterable[Exhibit], dossier: Dossier, *, source_ids: Iterable[str] = (), row_ids: Iterable[str] = ()
) -> Evidence:
    """Collect what a block carries with some exhibits: claims with their rivals, quotations, events, sources."""
    exhibits = list(exhibits)
    claims = [claim for exhibit in exhibits for figure in figures_in(exhibit) for claim in figure.claims]
    rests_on = [key for exhibit in exhibits for key in exhibit.rests_on]
    sources = [*(exhibit.source for exhibit in exhibits), *source_ids]
    return collect_evidence(dossier, claims, source_ids=sources, row_ids=[*rests_on, *row_ids])


def _exhibit(row: dict[Any, Any], numbers: dict[str, tuple[str, str]], known: set[str]) -> Exhibit:
    rests_on = (*keys_in(row["quote_ids"]), *keys_in(row["event_ids"]))
    return Exhibit(
        id=row["evidence_id"],
        text=_text(row["statement"], [claim for claim in keys_in(row["claim_ids"]) if claim in numbers], numbers),
        kind=row["kind"],
        date=row["date"],
        source=row["source_id"],
        credibility=row["credibility"],
        relevance=row["relevance"],
        rests_on=tuple(key for key in rests_on if key in known),
    )


def _text(statement: str, claims: list[str], numbers: dict[str, tuple[str, str]]) -> Text:
    """Write the statement, and in brackets behind it what each claim counts and its number."""
    if not claims:
        return (statement,)
    spans: list[str | Cited] = []
    for claim in claims:
        title, number = numbers[claim]
        spans += [f"{'; ' if spans else f'{statement} ('}{title}: ", Cited(text=number, claims=(claim,))]
    return (*spans, ")")


def _numbers(dossier: Dossier, claim_ids: list[str]) -> dict[str, tuple[str, str]]:
    """Say what each claim that is known on the dossier's day counts, and its number with its unit."""
    if not claim_ids:
        return {}
    claims = gather_claims(dossier)
    rows = claims.loc[claims["claim_id"].isin(claim_ids)].to_dict("records")
    return {row["claim_id"]: (dossier.name_of(row["quantity_id"]), f"{bounds_of(row)} {row['unit']}") for row in rows}


def _known(dossier: Dossier, rows: Iterable[dict[Any, Any]]) -> set[str]:
    """Find which of the quotations and events that rows rest on are known on the dossier's day."""
    asked = {key for row in rows for cell in (row["quote_ids"], row["event_ids"]) for key in keys_in(cell)}
    if not asked:
        return set()
    return asked & {*dossier.quotes["quote_id"], *dossier.events["event_id"]}


def check_question(question: str, known: pd.Series) -> None:
    """Refuse a question that no row of the whole folder asks: what is only not known yet is no mistake."""
    asked = set(known.dropna())
    if asked and question not in asked:
        raise UsageError(f'no row has the question "{question}". {did_you_mean(question, asked)}')


def name_analyst(dossier: Dossier, key: str) -> str:
    """Name somebody who judges or rates, with their role: a reader is told whose view it is, and of what kind."""
    roles = dossier.where("actors", actor_id=key)["role"].dropna()
    return f"{dossier.name_of(key)} ({roles.iloc[0]})" if len(roles) else dossier.name_of(key)
