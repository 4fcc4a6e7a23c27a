"""Passages: the analyst's own words, wherever they stand, cut into sentences that a rule can read.

A figure that the library made is one opaque character here, so that no rule takes its digits for typed ones. What is
quoted is blanked: a source's "likely" is the source's. Code and addresses in markdown are blanked as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from briefing.blocks.blocks import Cited, ClaimRecord, Evidence, Text
from briefing.blocks.walk import figures_in, plain
from briefing.checks.rule import Location
from briefing.errors import quoted

PassageKind = Literal["headline", "tile", "heading", "prose", "note", "caption", "judgement"]

#: Figures stand in a passage's words as private-use characters from here on.
_FIRST = 0xE100
FIGURE = re.compile("[\ue100-\uf8ff]")

_QUOTED = re.compile(
    r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|(?<![\w’'])[‘'](?=\w)[^‘’'\n]*(?:(?<=\w)[’'](?=\w)[^‘’'\n]*)*[’'](?!\w)"
)
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]+`|<!--.*?-->|<[^<>\n]+>", re.DOTALL | re.MULTILINE)
_ADDRESS = re.compile(r"(?<=\])\([^()\s]*\)|https?://[^\s)>\]]+")
_MARKUP = re.compile(
    r"^ {0,3}(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>\s?)+|[*_]{1,3}(?=\w)|(?<=[\w.,;!?])[*_]{1,3}", re.MULTILINE
)

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Maj|Sgt|Capt|Adm|St|Nos?|vs|approx|ca|cf|e\\.g|i\\.e|etc|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|"
    "Sept|Oct|Nov|Dec|Fig|pp|p|vol|[A-Z]|[A-Z]\\.[A-Z]"
)
_END = re.compile(rf"[.!?…][\"”’)\]]*(?=\s|$)|\n\s*\n|\n(?=[ \t]{(2,)}\S)")
_SHORT = re.compile(rf"(?:^|[\s(\"“])(?:{_ABBREVIATIONS})\.$")


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words, with quotations blanked, and the figures in it."""

    words: str
    printed: str
    figures: tuple[Cited, ...]

    @property
    def told(self) -> str:
        """The sentence as a message quotes it, in a line."""
        return quoted(" ".join(self.printed.split()))


@dataclass(frozen=True)
class Passage:
    """Words of the analyst's in one place, with the rows behind their figures.

    `subject` is the id of what they are about, `scale` that of a judgement. `typed` holds the numbers that somebody
    typed, where that is known: others were made by a verb.
    """

    place: Location
    text: Text
    kind: PassageKind = "prose"
    evidence: Evidence = field(default_factory=Evidence)
    is_markdown: bool = False
    subject: str | None = None
    scale: str = "icd203"
    typed: frozenset[str] | None = None

    @cached_property
    def figures(self) -> tuple[Cited, ...]:
        """The figures in it, in reading order."""
        return tuple(figures_in(self.text))

    @cached_property
    def printed(self) -> str:
        """The words as a reader sees them."""
        return plain(self.text)

    @cached_property
    def claims(self) -> dict[str, ClaimRecord]:
        """The claims that came with it, by id."""
        return {claim.id: claim for claim in self.evidence.claims}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, in order."""
        raw = self._raw
        words = blank_quotations(raw)
        return tuple(self._sentence(words[start:end], raw[start:end]) for start, end in split_sentences(words))

    @cached_property
    def _raw(self) -> str:
        figures = iter(range(_FIRST, _FIRST + len(self.figures)))
        raw = "".join(span if isinstance(span, str) else chr(next(figures)) for span in self.text)
        return _blank(raw, _CODE, _ADDRESS, _MARKUP) if self.is_markdown else raw

    def _sentence(self, words: str, raw: str) -> Sentence:
        figures = tuple(self.figures[ord(mark) - _FIRST] for mark in FIGURE.findall(raw))
        spans = iter(figures)
        return Sentence(words, FIGURE.sub(lambda _: next(spans).text, raw), figures)


def blank_quotations(text: str) -> str:
    """Blank what stands in quotation marks; the text keeps its length."""
    return _blank(text, _QUOTED)


def find_quotations(text: str) -> list[str]:
    """List what stands in quotation marks, without them."""
    return [found[0][1:-1].strip() for found in _QUOTED.finditer(text)]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Find where sentences start and end; abbreviations, initials and decimals end none.

    Examples
    --------
    >>> text = "Gen. Smith left at 5.30. He was late."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Gen. Smith left at 5.30.', 'He was late.']
    """
    cuts, start = [], 0
    for found in _END.finditer(text):
        upto, after = text[start : found.end()], text[found.end() :].lstrip()
        is_short = bool(after) and _SHORT.search(upto.rstrip('"”’)]'))
        if found[0].startswith(".") and (is_short or after[:1].islower()):
            continue
        cuts.append((start, found.end()))
        start = found.end()
    pieces = [(text[start:end], end) for start, end in (*cuts, (start, len(text)))]
    return [(end - len(piece.lstrip()), end) for piece, end in pieces if piece.strip()]


def _blank(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text
