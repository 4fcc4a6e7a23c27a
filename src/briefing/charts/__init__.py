"""One function a chart, named for what is seen. Each takes claims and answers with a block.

A chart carries its words: a description made from the same rows, its table, and a line that says as of when, from how
many documents and how many origins. Where nothing is known it says so instead of drawing an empty frame.
"""

from briefing.charts.ranges import dot_range
from briefing.charts.series import dated_series
from briefing.charts.steps import revision_steps
from briefing.charts.wholes import part_and_whole

__all__ = ["dated_series", "dot_range", "part_and_whole", "revision_steps"]
