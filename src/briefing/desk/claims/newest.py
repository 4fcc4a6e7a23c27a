"""The newest of many claims: what a chart draws and a table of claims lists."""

from __future__ import annotations

from briefing.desk.claims.claims import Claims
from briefing.desk.cut import MOST_MARKS


def keep_newest(claims: Claims, *, most: int = MOST_MARKS) -> tuple[Claims, int]:
    """Give the newest of claims that are in order of time, and how many older ones there are."""
    if len(claims) <= most:
        return claims, 0
    return Claims(claims.each[-most:], claims.dossier, claims.elsewhere, claims.news), len(claims) - most
