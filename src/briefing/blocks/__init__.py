"""The typed outputs that a notebook leaves: the one contract between desk and page."""

from briefing.blocks import faces as faces  # a block knows its face from the start
