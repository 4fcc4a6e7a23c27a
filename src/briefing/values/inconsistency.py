"""Weighted inconsistency, after Heuer: how much speaks against each answer, and which answers survive."""

from __future__ import annotations

from math import sqrt

#: What one level of credibility or relevance does to a row's weight.
WEIGHTS = {"low": 1 / sqrt(2), "moderate": 1.0, "high": sqrt(2)}

#: What a rating takes from a hypothesis; all others take nothing.
AGAINST = {"I": -1.0, "II": -2.0}

#: Scores nearer to each other than this are one score: the weights are roots, and roots are rounded.
TIE = 1e-6

Ratings = tuple[str, ...]
Weighted = tuple[float, Ratings]


def score(rows: list[Weighted], columns: int) -> list[float]:
    """Add up the weighted inconsistency of each column: 0 is best, less is worse.

    Examples
    --------
    >>> score([(1.0, ("I", "C")), (2.0, ("II", "N"))], 2)
    [-5.0, 0.0]
    """
    return [sum((weight * AGAINST.get(row[at], 0.0) for weight, row in rows), 0.0) for at in range(columns)]


def find_survivors(scores: list[float]) -> tuple[int, ...]:
    """Find the columns with the least against them; several where they tie.

    Examples
    --------
    >>> find_survivors([-5.0, -1.0, -1.0])
    (1, 2)
    """
    best = max(scores, default=0.0)
    return tuple(at for at, score in enumerate(scores) if best - score < TIE)


def is_diagnostic(ratings: Ratings) -> bool:
    """Whether a row tells hypotheses apart: one rating across tells none apart.

    Examples
    --------
    >>> is_diagnostic(("C", "C", "C")), is_diagnostic(("C", "I", "C"))
    (False, True)
    """
    return len(set(ratings)) > 1
