"""The palette: no other file names a colour. Charts paint in it, and the page makes its CSS variables of it.

Colours are Okabe and Ito's, darkened until they carry text on white. Shape and dash tell the same as hue. Dark is a
palette of its own, not an inversion: a chart follows the reader's light or dark page by the page's variables.
"""

from __future__ import annotations

INK = "#1f2933"
QUIET = "#52606d"
RULE = "#d3dae0"
PAPER = "#ffffff"

BLUE = "#005a8c"
ORANGE = "#a84800"
GREEN = "#00684a"
PURPLE = "#8c3f70"

#: At most four categories share a chart; each has its own shape as well.
CATEGORIES = (BLUE, ORANGE, GREEN, PURPLE)
SHAPES = ("circle", "square", "triangle-up", "diamond")

#: A hue and a shape for each of sixteen: the first four share neither, and no two share both.
LOOKS = tuple((hue, SHAPES[(at + turn) % 4]) for turn in range(4) for at, hue in enumerate(CATEGORIES))

#: What maps stand on: land that is not spoken of, water, rivers, marshes. Words are written on them.
LAND, WATER, RIVER, MARSH = "#edf0f3", "#d9e8f2", "#9bc1da", "#dfe8dc"

#: The page's names for them.
GROUNDS = {"land": LAND, "water": WATER, "river": RIVER, "marsh": MARSH}

#: The page's names for the colours that charts use.
CHARTED = {
    **GROUNDS,
    "paper": PAPER, "ink": INK, "ink-soft": QUIET, "line": RULE,
    "series-1": BLUE, "series-2": ORANGE, "series-3": GREEN, "series-4": PURPLE,
}  # fmt: skip

#: The page's variables by day and on paper: quiet paper and ink, one accent for what can be followed.
LIGHT = {
    "paper": PAPER, "sheet": PAPER, "wash": "#f4f6f8", "ink": INK, "ink-soft": QUIET,
    "line-strong": "#9aa5b1", "line": RULE, "line-soft": "#e4e7eb",
    "accent": BLUE, "bar": INK, "bar-ink": PAPER, "warm": "#8f3d00", "mark": "#fff3c4",
    "series-1": BLUE, "series-2": ORANGE, "series-3": GREEN, "series-4": PURPLE, **GROUNDS,
}  # fmt: skip

#: The same variables by night.
DARK = {
    "paper": "#14191f", "sheet": "#14191f", "wash": "#1e252d", "ink": "#e6eaee", "ink-soft": "#a9b4bf",
    "line-strong": "#6b7884", "line": "#3b4650", "line-soft": "#2a333c",
    "accent": "#7fbfe8", "bar": "#2a333c", "bar-ink": "#e6eaee", "warm": "#f0a868", "mark": "#4a3f12",
    "series-1": "#6bb3e0", "series-2": "#f0a05a", "series-3": "#4fc3a1", "series-4": "#d893c2",
    "land": "#242d36", "water": "#16303f", "river": "#3d6f8f", "marsh": "#26352c",
}  # fmt: skip
