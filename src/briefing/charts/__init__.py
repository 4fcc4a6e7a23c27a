"""One function a chart, named for what is seen. Each takes claims or statements and answers with a block.

A chart carries its words: a description made from the same rows, its table, and a line that says as of when, from how
many documents and how many origins. Where nothing is known it says so instead of drawing an empty frame.

To add a chart: a file here that draws it for a wide page and a narrow one (`frame.frame_chart` asks for both).
"""

import briefing.ahead  # noqa: F401  what comes next imports altair
from briefing.charts.picture import picture
from briefing.charts.places import place_map
from briefing.charts.ranges import dot_range
from briefing.charts.running import running_steps
from briefing.charts.series import dated_series
from briefing.charts.spoken import events_and_statements, stances_over_time
from briefing.charts.steps import revision_steps
from briefing.charts.strip import likelihood_strip
from briefing.charts.wholes import part_and_whole

__all__ = [
    "dated_series", "dot_range", "events_and_statements", "likelihood_strip", "part_and_whole", "picture", "place_map",
    "revision_steps", "running_steps", "stances_over_time",
]  # fmt: skip
