"""Waivers: findings that somebody has looked at and lets stand, each a row with a reason and a last day.

A waiver names one rule and one subject. There is none for a rule as a whole, and none for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from briefing.checks.records import list_records
from briefing.checks.rows import place_of
from briefing.dossier.dossier import Dossier
from briefing.errors import Problem, cure_for, quoted


@dataclass(frozen=True, slots=True)
class Waiver:
    """One rule, waived for one subject until a day, by somebody, for a reason."""

    rule: str
    subject: str
    reason: str
    by: str
    expires: dt.date

    def __str__(self) -> str:
        return f"{self.reason} ({self.by}, until {self.expires})"


def read_waivers(dossier: Dossier) -> tuple[Waiver, ...]:
    """Read a dossier's waivers."""
    rows = list_records(dossier.everything, "waivers")
    return tuple(
        Waiver(row["rule"], row["subject"], row["reason"], row["by"], row["expires_last"].date()) for row in rows
    )


def split(
    problems: Iterable[Problem], waivers: Collection[Waiver], *, on: dt.date
) -> tuple[list[Problem], list[tuple[Problem, Waiver]]]:
    """Split problems into those that stand, and those that a waiver lets pass on a day."""
    stand: list[Problem] = []
    waived: list[tuple[Problem, Waiver]] = []
    holding: dict[tuple[str, str | None], Waiver] = {}
    for each in waivers:
        if on <= each.expires:
            holding.setdefault((each.rule, each.subject), each)
    for problem in problems:
        waiver = holding.get((problem.id, problem.subject))
        if waiver is None:
            stand.append(problem)
        else:
            waived.append((problem, waiver))
    return stand, waived


def check_waivers(dossier: Dossier, *, rules: Collection[str], on: dt.date) -> Iterator[Problem]:
    """Find waivers of rules that do not exist, and those that have expired."""
    for row in list_records(dossier.everything, "waivers"):
        file, at, _ = place_of(dossier, "waivers", row["row"])
        if row["rule"] not in rules:
            what = f"rule {quoted(row['rule'])} is no rule"
            cure = cure_for(row["rule"], rules, otherwise="List them with briefing check --rules")
            law = "a waiver names a rule"
            yield Problem(file, at, "rule", row["rule"], what, law, cure, "S01", subject=row["subject"])
        if row["expires_last"] < pd.Timestamp(on):
            what = f"the waiver of {row['rule']} for {row['subject']} ended on {row['expires']}"
            cure, law = "Take the row out, or look again and give a later day", "an expired waiver waives nothing"
            yield Problem(file, at, "expires", row["expires"], what, law, cure, "S01", "info", subject=row["subject"])
