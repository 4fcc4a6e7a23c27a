"""The desk's vocabulary: what ``import briefing as b`` gives, and nothing else.

A name is public when it stands here.
"""

from briefing.bounds import Bounds
from briefing.charts import dated_series, dot_range, part_and_whole
from briefing.claims import Claims, choose, contested
from briefing.dates import days_before, parse_date
from briefing.dossier import Dossier, read_dossier
from briefing.grids import table
from briefing.prose import finding, headline, note, say, sources, weigh
from briefing.statements import choose_quotes, find_reversals, quotations
from briefing.timelines import timeline
from briefing.totals import find_parts, total

__all__ = [
    "Bounds", "Claims", "Dossier", "choose", "choose_quotes", "contested", "dated_series", "days_before",
    "dot_range", "find_parts", "find_reversals", "finding", "headline", "note", "parse_date", "part_and_whole",
    "quotations", "read_dossier", "say", "sources", "table", "timeline", "total", "weigh",
]  # fmt: skip
