"""The desk's vocabulary: what ``import briefing as b`` gives, and nothing else.

A name is public when it stands here.
"""

from briefing.affected import affected_by
from briefing.answers import answer
from briefing.asking import minding
from briefing.audits import audit
from briefing.charts import (
    dated_series,
    dot_range,
    events_and_statements,
    likelihood_strip,
    part_and_whole,
    place_map,
    revision_steps,
    stances_over_time,
)
from briefing.claims import choose, contested
from briefing.comparisons import compare, scopes
from briefing.dates import days_before
from briefing.dossier import read_dossier
from briefing.doubts import sensitivity
from briefing.errata import corrections
from briefing.example import read_example
from briefing.grids import table
from briefing.history import revisions
from briefing.hypotheses import hypothesis_matrix
from briefing.indicators import indicator_board
from briefing.judgements import key_judgements
from briefing.overviews import gaps, leading, overview, totals
from briefing.prose import finding, headline, note, say, sources, weigh
from briefing.scoring import calibration, scores, weigh_scores
from briefing.since import changes
from briefing.speakers import before_and_after, profile, stances
from briefing.statements import choose_quotes, denials, quotations, reversals
from briefing.sums import find_parts, total
from briefing.timelines import timeline
from briefing.toplines import bottom_line

__all__ = [
    "affected_by", "answer", "audit", "before_and_after", "bottom_line", "calibration", "changes", "choose",
    "choose_quotes", "compare", "contested", "corrections", "dated_series", "days_before", "denials", "dot_range",
    "events_and_statements", "find_parts", "finding", "gaps", "headline", "hypothesis_matrix", "indicator_board",
    "key_judgements", "leading", "likelihood_strip", "note", "overview", "part_and_whole", "place_map", "profile",
    "quotations", "read_dossier", "read_example", "reversals", "revision_steps", "revisions", "say", "scopes",
    "scores", "sensitivity", "sources", "stances", "stances_over_time", "table", "timeline", "total", "totals",
    "weigh", "weigh_scores",
]  # fmt: skip

# Whoever asks a verb wrongly is an analyst at a notebook, and is told what it takes.
globals().update({name: minding(globals()[name]) for name in __all__})
