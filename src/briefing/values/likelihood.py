"""Words of likelihood, each with the range of odds that it stands for.

Two standards: ICD 203 of the US intelligence community, which has two rows of words for one set of bands, and the
probability yardstick of the UK's PHIA, which leaves gaps on purpose. A briefing uses one row of words and no other. The
range is printed in the sentence: in an experiment with 924 people that doubled correct readings, and tooltips did
nothing (Wintle et al. 2019, PLOS ONE 14(4) e0213522).
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.errors import UsageError, did_you_mean, quoted


@dataclass(frozen=True, slots=True)
class Band:
    """A term and the odds that it stands for, in percent."""

    term: str
    low: int
    high: int
    is_closed: bool = False  #: whether `high` itself belongs to it
    opening: str = "It is"  #: the words before the term in a sentence that goes on with "that"
    also: str = ""  #: another word for the same band, where the scale has one

    @property
    def range(self) -> str:
        """The odds as they are printed: "5–20 %", "≤ 5 %"."""
        if self.low == 0:
            return f"≤ {self.high} %"
        if self.high == 100:
            return f"≥ {self.low} %"
        return f"{self.low}–{self.high} %"

    @property
    def words(self) -> str:
        """The term with its range: "very unlikely (5–20 %)"."""
        return f"{self.term} ({self.range})"

    def holds(self, number: float) -> bool:
        """Whether a number of percent belongs to it."""
        return self.low <= number < self.high or (self.is_closed and number == self.high)


@dataclass(frozen=True, slots=True)
class Scale:
    """A row of words."""

    name: str  #: as the column `scale` of judgements has it
    title: str  #: what a page calls it
    bands: tuple[Band, ...]  #: from the lowest to the highest

    @property
    def terms(self) -> tuple[str, ...]:
        """Every word of the row, lowest first."""
        return tuple(term for band in self.bands for term in (band.term, band.also) if term)

    def find_band(self, term: str) -> Band:
        """Find the band of a term.

        Raises `UsageError` where the term is not of this row, naming the nearest that is.
        """
        for band in self.bands:
            if term == band.term:
                return band
            if term and term == band.also:
                return Band(term, band.low, band.high, band.is_closed, "It is")
        rule = "a briefing uses one row of words"
        raise UsageError(f"{quoted(term)} is no term of {self.title}; {rule}. {did_you_mean(term, self.terms)}")


ICD_203 = Scale(
    "icd203",
    "ICD 203",
    (
        Band("almost no chance", 1, 5, opening="There is"),
        Band("very unlikely", 5, 20),
        Band("unlikely", 20, 45),
        Band("roughly even chance", 45, 55, opening="There is a"),
        Band("likely", 55, 80),
        Band("very likely", 80, 95),
        Band("almost certain", 95, 99, is_closed=True),
    ),
)

ICD_203_ODDS = Scale(
    "icd203_odds",
    "ICD 203, second row",
    (
        Band("remote", 1, 5, opening="The chance is"),
        Band("highly improbable", 5, 20),
        Band("improbable", 20, 45),
        Band("roughly even odds", 45, 55, opening="There are"),
        Band("probable", 55, 80),
        Band("highly probable", 80, 95),
        Band("nearly certain", 95, 99, is_closed=True),
    ),
)

PHIA = Scale(
    "phia",
    "the PHIA probability yardstick",
    (
        Band("remote chance", 0, 5, is_closed=True, opening="There is a"),
        Band("highly unlikely", 10, 20, is_closed=True),
        Band("unlikely", 25, 35, is_closed=True),
        Band("realistic possibility", 40, 50, opening="There is a"),
        Band("likely", 55, 75, is_closed=True, also="probable"),
        Band("highly likely", 80, 90, is_closed=True),
        Band("almost certain", 95, 100, is_closed=True),
    ),
)

#: The scales by name.
SCALES = {scale.name: scale for scale in (ICD_203, ICD_203_ODDS, PHIA)}


def find_scale(name: str) -> Scale:
    """Find a scale by its name.

    Raises `UsageError` where there is none, naming the nearest.
    """
    if name not in SCALES:
        raise UsageError(f'"{name}" is no scale of likelihood. {did_you_mean(name, SCALES)}')
    return SCALES[name]


def find_term(number: float, scale: str | Scale = "icd203") -> Band | None:
    """Find the word for a number of percent; ``None`` where the scale has none for it.

    ICD 203 has no word for what is certain or impossible, and PHIA leaves gaps.
    """
    bands = (find_scale(scale) if isinstance(scale, str) else scale).bands
    return next((band for band in bands if band.holds(number)), None)
