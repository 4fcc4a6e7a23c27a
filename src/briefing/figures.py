"""A figure: a number or words made from claims, which keeps those claims when it is written into a sentence.

Python turns ``f"{figure}"`` into plain text before `prose.say` sees it. So a figure writes itself as a mark, two
private-use characters around a number, and `say` reads the mark back. No cell of a dossier can hold such characters:
`cells` refuses them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing.blocks import Cited, Text
from briefing.bounds import Bounds
from briefing.dossier import Dossier
from briefing.errors import UsageError, did_you_mean

#: The named formats of a figure inside a sentence: ``{tanks}``, ``{tanks:short}``, ``{tanks:unit}``. A format that
#: begins with a space is a noun: ``{tanks: tanks}`` reads "98 to 122 tanks (sources conflict)".
FORMATS = ("short", "unit")

_MARK = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in words, with the claims behind it.

    Parameters
    ----------
    number : str
        As it reads in a sentence: "98 to 122".
    hedge : str
        What must be said with it: "sources conflict". Empty where the number says all.
    short : str
        As it reads in a table: "98–122, sources conflict".
    claims : tuple of str
        The ids of the claims behind it.
    how : str
        How it was made, where it is not simply one claim.
    bounds : Bounds
        What it says, for arithmetic.
    dossier : Dossier
        Where the claims are.
    """

    number: str
    hedge: str
    short: str
    claims: tuple[str, ...]
    how: str
    bounds: Bounds
    dossier: Dossier = field(repr=False)

    @property
    def words(self) -> str:
        """The number with its hedge: "98 to 122, sources conflict"."""
        return f"{self.number}, {self.hedge}" if self.hedge else self.number

    def __str__(self) -> str:
        return self.words

    def __repr__(self) -> str:
        unit = f" {self.bounds.unit}" if self.bounds.is_known else ""
        made = f": {self.how}" if self.how else ""
        return f"Figure({self.short}{unit}, from {', '.join(self.claims) or 'no claim'}{made})"

    def __format__(self, spec: str) -> str:
        if spec and not spec.startswith(" ") and spec not in FORMATS:
            cure = did_you_mean(spec, FORMATS)
            raise UsageError(
                f'"{spec}" is no format; a figure takes {", ".join(FORMATS)}, or a space and a noun. {cure}'
            )
        text = self._with_noun(spec) if spec.startswith(" ") else self._named_format(spec)
        _SPOKEN.append((Cited(text=text, claims=self.claims, how=self.how), self))
        return f"\ue000{len(_SPOKEN) - 1}\ue001"

    def _named_format(self, spec: str) -> str:
        if spec == "short":
            return self.short
        return self._with_noun(f" {self.bounds.unit}") if spec == "unit" else self.words

    def _with_noun(self, noun: str) -> str:
        return f"{self.number}{noun}" + (f" ({self.hedge})" if self.hedge else "")


def figure_of(bounds: Bounds, claims: tuple[str, ...], dossier: Dossier, *, how: str = "") -> Figure:
    """Make a figure that says what bounds say."""
    return Figure(bounds.words(), "", str(bounds), claims, how, bounds, dossier)


def no_figure(dossier: Dossier, *, claims: tuple[str, ...] = ()) -> Figure:
    """Make the figure of a number that no claim states."""
    return Figure("no stated number of", "", "not stated", claims, "no claim gives a number", Bounds(), dossier)


# What has been written into text in this process. It never changes what a figure says, only lets `say` find it again.
_SPOKEN: list[tuple[Cited, Figure]] = []


def read_marks(text: str) -> tuple[Text, tuple[Figure, ...]]:
    """Split a text at its marks: plain words and citations in reading order, and the figures behind them.

    Raises
    ------
    UsageError
        Where a mark was not made in this process: the text was stored and brought back.
    """
    spans: list[str | Cited] = []
    figures: list[Figure] = []
    at = 0
    for mark in _MARK.finditer(text):
        number = int(mark[1])
        if number >= len(_SPOKEN):
            raise UsageError(
                "a figure was not made in this run; write the figure itself into the sentence. Run all cells."
            )
        cited, figure = _SPOKEN[number]
        # Where no claim is known there is nothing to cite: the words stand as words.
        shown = cited if cited.claims else cited.text
        spans += [text[at : mark.start()], shown] if mark.start() > at else [shown]
        figures.append(figure)
        at = mark.end()
    if at < len(text):
        spans.append(text[at:])
    return tuple(spans), tuple(figures)
