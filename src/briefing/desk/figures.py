"""A figure: a number or words made from claims, which keeps those claims when it is written into a sentence.

Python turns ``f"{figure}"`` into plain text before `prose.say` sees it. So a figure writes itself as its words between
marks that no reader sees (`blocks.marks`), and `say` reads the marks back. No cell of a dossier can hold them: `cells`
refuses them.

What is kept for `say` is each figure's words, claims and bounds, once for the same figure. The reading of the folder
owns them: a figure is found again as long as any dossier of that reading is there, and for the newest eight readings
even when none is.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary, ref

from briefing.blocks.blocks import Cited, Made, Text
from briefing.blocks.made import say_made
from briefing.blocks.marks import MARKED, mark_words, number_of
from briefing.desk.nouns import noun
from briefing.dossier.claims import find_claims
from briefing.dossier.dossier import Dossier, show_reading
from briefing.dossier.read_log import Reading, find_log
from briefing.errors import FIGURE_MARKS, UsageError, did_you_mean
from briefing.usage import glance
from briefing.values.bounds import Bounds

#: The named formats of a figure inside a sentence: ``{tanks}``, ``{tanks:short}``, ``{tanks:unit}``. A format that
#: begins with a space is a noun: ``{tanks: tanks}`` reads "98 to 122 tanks (sources conflict)".
FORMATS = ("short", "unit")


#: What stands before the beginning of a sentence.
_STARTS = re.compile(r"(?:^|[.!?][\"”’)\]]*\s)\s*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in words, with the claims behind it."""

    number: str  #: As it reads in a sentence: "98 to 122".
    hedge: str  #: What must be said with it: "sources conflict". Empty where the number says all.
    short: str  #: As it reads in a table: "98–122, sources conflict".
    claims: tuple[str, ...]  #: The ids of the claims behind it.
    made: Made | None  #: How it was made; ``None`` where it is one claim as it stands.
    bounds: Bounds  #: What it says, for arithmetic.
    dossier: Dossier = field(repr=False)
    is_attributed: bool = False  #: Whether the sentence that it is made for says whose word it is.

    @property
    def words(self) -> str:
        """The number with its hedge: "98 to 122, sources conflict"."""
        return f"{self.number}, {self.hedge}" if self.hedge else self.number

    @property
    def noun(self) -> str:
        """The noun of what is counted, for one or for several: "tanks"."""
        items = {claim.item for claim in find_claims(self.dossier, self.claims)}
        return noun(self.dossier, items, self.bounds)

    @property
    def beside(self) -> str:
        """The number as it reads before a noun: "98 to 122", "dozens of"."""
        is_unstated = self.made is not None and self.made.kind == "unstated"
        return f"{self.number} of" if is_unstated or self.bounds.order else self.number

    @property
    def how(self) -> str:
        """How it was made, in words; empty where it is one claim as it stands."""
        return say_made(self.made, self.claims)

    @property
    def phrase(self) -> str:
        """The number with its noun and hedge, as a sentence has it: "98 to 122 tanks (sources conflict)"."""
        return self._with_noun(f" {self.noun}") if self.bounds.is_known else self.words

    def __str__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return glance(
            self.phrase, (), (), below=f"from {', '.join(self.claims) or 'no claim'}; {self.how}".rstrip("; ")
        )

    def __repr__(self) -> str:
        unit = f" {self.noun}" if self.bounds.is_known and self.noun else ""
        made = f": {self.how}" if self.how else ""
        return f"Figure({self.short}{unit}, from {', '.join(self.claims) or 'no claim'}{made})"

    def __format__(self, spec: str) -> str:
        if spec and not spec.startswith(" ") and spec not in FORMATS:
            cure = did_you_mean(spec, FORMATS)
            raise UsageError(
                f'"{spec}" is no format; a figure takes {", ".join(FORMATS)}, or a space and a noun. {cure}'
            )
        text = self._with_noun(spec) if spec.startswith(" ") else self._named_format(spec)
        return mark_words(_write_down(self, text), text)

    def _named_format(self, spec: str) -> str:
        if spec == "short":
            return self.short
        return self._with_noun(f" {self.noun}") if spec == "unit" else self.words

    def _with_noun(self, noun: str) -> str:
        if not noun.strip():
            return self.words
        return f"{self.beside}{noun}" + (f" ({self.hedge})" if self.hedge else "")


def figure_of(bounds: Bounds, claims: tuple[str, ...], dossier: Dossier, *, made: Made | None = None) -> Figure:
    """Make a figure that says what bounds say."""
    return Figure(bounds.words(), "", str(bounds), claims, made, bounds, dossier)


def no_figure(dossier: Dossier, *, claims: tuple[str, ...] = ()) -> Figure:
    """Make the figure of a number that no claim states."""
    return Figure("no stated number", "", "not stated", claims, Made(kind="unstated"), Bounds(), dossier)


# What a figure says, apart from its dossier: number, hedge, short, claims, how it was made and bounds.
_Said = tuple[str, str, str, tuple[str, ...], Made | None, Bounds, bool]

#: Of how many readings of a folder, the newest, figures in sentences are found again when all else has let go of them.
READINGS_AT_HAND = 8

_NUMBERS = itertools.count()

# Who wrote each mark. A mark goes with the reading of the folder that its figure came from.
_WRITERS: WeakValueDictionary[int, _Written] = WeakValueDictionary()

# A sentence may outlive every dossier that its figures came from: a string cannot say that it is still there.
_AT_HAND: deque[Reading] = deque(maxlen=READINGS_AT_HAND)


class _Written:
    """The figures of one reading that were written into text, without their dossiers, so that those can go."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Path, dt.date | None, str, _Said], int] = {}
        self.figures: dict[int, tuple[Path, dt.date | None, str, _Said]] = {}
        self.shown: WeakValueDictionary[tuple[Path, dt.date | None], Dossier] = WeakValueDictionary()
        self.reading: Callable[[], Reading | None] = lambda: None


def _write_down(figure: Figure, text: str) -> int:
    """Note a figure that is written into text, and give the number of its mark; the same figure has the same number."""
    dossier = figure.dossier
    reading = dossier.everything.reading
    written = reading.memo.once(_Written, {})
    written.reading = ref(reading)
    if reading in _AT_HAND:
        _AT_HAND.remove(reading)
    _AT_HAND.append(reading)
    written.shown[dossier.folder, dossier.as_of] = dossier
    said = (
        figure.number, figure.hedge, figure.short, figure.claims, figure.made, figure.bounds, figure.is_attributed,
    )  # fmt: skip
    key = (dossier.folder, dossier.as_of, text, said)
    if key not in written.numbers:
        number = written.numbers[key] = next(_NUMBERS)
        written.figures[number], _WRITERS[number] = key, written
    return written.numbers[key]


def _find_again(number: int) -> tuple[Cited, Figure] | None:
    """Find the figure behind a mark; its dossier is shown anew where nothing else has kept it."""
    written = _WRITERS.get(number)
    reading = written.reading() if written is not None else None
    if written is None or reading is None:
        return None
    folder, day, text, said = written.figures[number]
    dossier = written.shown.get((folder, day))
    if dossier is None:
        dossier = written.shown[folder, day] = show_reading(reading, folder=folder, day=day, log=find_log())
    number_, hedge, short, claims, made, bounds, is_attributed = said
    figure = Figure(number_, hedge, short, claims, made, bounds, dossier, is_attributed)
    return Cited(text=text, claims=figure.claims, made=figure.made), figure


def read_marks(text: str) -> tuple[Text, tuple[Figure, ...]]:
    """Split a text at its marks: plain words and citations in reading order, and the figures behind them.

    A figure that begins a sentence begins with a capital letter.

    Raises `UsageError` where a mark is cut or was not made in this process: the text was stored and brought back. Or
    where its dossier is gone, and figures of many other readings (`READINGS_AT_HAND`) have been written since.
    """
    spans: list[str | Cited] = []
    figures: list[Figure] = []
    at = 0
    for mark in MARKED.finditer(text):
        again = _find_again(number_of(mark))
        if again is None:
            raise UsageError(
                "a figure was not made in this run; write the figure itself into the sentence. Run all cells."
            )
        cited, figure = again
        if _STARTS.search(text[: mark.start()]):
            cited = cited.model_copy(update={"text": cited.text[:1].upper() + cited.text[1:]})
        # Where no claim is known there is nothing to cite: the words stand as words.
        shown = cited if cited.claims else cited.text
        spans += [text[at : mark.start()], shown] if mark.start() > at else [shown]
        figures.append(figure)
        at = mark.end()
    if at < len(text):
        spans.append(text[at:])
    if any(isinstance(span, str) and FIGURE_MARKS.search(span) for span in spans):
        raise UsageError("a text cuts a figure in two; a figure is written whole. Write it anew into the sentence.")
    return tuple(spans), tuple(figures)
