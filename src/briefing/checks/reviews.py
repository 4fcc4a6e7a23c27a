"""Rules over reviews: a look at a row counts for the row as it was then."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.checks.rows import place_of
from briefing.checks.rule import Rule, remark
from briefing.dossier.dossier import Dossier
from briefing.dossier.reviews import list_reviews
from briefing.errors import Problem
from briefing.values.dates import say_date


def find_void_reviews(dossier: Dossier) -> Iterator[Problem]:
    """S16: a review of a row that was edited since, or of none; a later look by anybody makes up for it."""
    reviews = list_reviews(dossier)
    seen = {review.row for review in reviews if review.stands}
    for review in reviews:
        place = place_of(dossier, "reviews", review.at)
        if not review.table:
            what, cure = f"{review.row} is reviewed and in no table that a page cites", "Mend row_id, or take it out"
            yield remark(place, what, cure, column="row_id", value=review.row, subject=review.row)
        elif review.row not in seen:
            what = f"{review.row} was edited after its review of {say_date(review.on)}"
            cure = f"Look at the row again: briefing review {review.row}"
            yield remark(place, what, cure, column="digest", subject=review.row)


RULES = (Rule("S16", "warning", "a review counts for the row as it was looked at", find_void_reviews),)
