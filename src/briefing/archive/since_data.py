"""What changed between two editions, as plain data for machines."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from briefing.archive.since import Since


def to_plain(since: Since) -> dict[str, Any]:
    """Give what changed as plain data: figures with their reasons, judgements, corrections, rows by kind."""
    before, after = since.before, since.after
    return {
        "before": before.name if before else None,
        "after": after.name,
        "unchanged": since.is_unchanged,
        "answer": {"then": before.answer if before else None, "now": after.answer},
        "figures": [{**asdict(figure), "has_moved": figure.has_moved} for figure in (*since.figures, *since.restated)],
        "judgements": [asdict(change) for change in since.judgements],
        "corrections": [asdict(told) for told in since.corrections],
        "rows": [asdict(row) for row in since.rows],
        "unread": [{"edition": record.name, "why": record.flaw} for record in since.unread],
    }
