"""Rules over words of likelihood: one scale a briefing, the range in the sentence, confidence in another sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from briefing.checks.lexicon import any_of
from briefing.checks.passages import Passage, Sentence
from briefing.checks.rule import Rule, remark
from briefing.errors import Problem, quoted
from briefing.values.likelihood import SCALES, Band

_BANDS = [(scale.name, band) for scale in SCALES.values() for band in scale.bands]

#: How a term may stand in a sentence, where that is not the term itself alone.
_FORMS = {"almost certain": "almost certain(?:ly)?", "probable": "probabl[ey]"}
_SPELLED = {"almost certainly": "almost certain", "probably": "probable"}
_TERMS = sorted({word for _, band in _BANDS for word in (band.term, band.also) if word}, key=len, reverse=True)
_RANGE = r"\((?:[≤≥]\s?)?(?P<low>\d{1,3})(?:\s?[–-]\s?(?P<high>\d{1,3}))?\s?%\)"
_TERM = re.compile(
    rf"(?<!graded )(?<!rated )(?<!\bas )(?<![\w-])(?P<term>{'|'.join(_FORMS.get(term, term) for term in _TERMS)})(?!\w)"
    rf"(?P<range>\s{_RANGE})?",
    re.IGNORECASE,
)
_OF_CHANCE = any_of("chances?|odds|possibility|prospects?|likelihood|probability")

_CONFIDENCE = (
    any_of("(?:high|moderate|medium|low|great|little|full|limited) confidence", "confiden(?:t|tly)"),
    any_of(r"confidence\b[^.;]*?\b(?:is|are|remains?|was) (?:\w+ )?(?:high|moderate|medium|low|limited)"),
)
_OFF_SCALE = any_of(
    "plausibl[ey]", "(?:in)?conceivabl[ey]", "inevitabl[ey]", "doubtful", "unthinkable", "impossible",
    "(?:the )?(?:odds|chances) are",
    "(?:good|fair|slim|strong|real|serious|small|outside) (?:chance|possibility|prospect)",
    "fifty-fifty|even money", "(?:bound|certain|sure|set|poised|liable|apt) to", "in all likelihood|presumably",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """A term of likelihood in a sentence, and every band that it may stand for, by scale."""

    word: str
    sentence: Sentence
    bands: dict[str, Band]
    has_range: bool


def find_terms(passage: Passage) -> Iterator[Term]:
    """Find terms of any scale outside quotations."""
    for sentence in passage.sentences:
        for found in _TERM.finditer(sentence.words):
            if found["term"].lower() == "remote" and not _OF_CHANCE.search(sentence.words):
                continue  # a remote village
            term = _SPELLED.get(found["term"].lower(), found["term"].lower())
            named = {name: band for name, band in _BANDS if term in (band.term, band.also)}
            ranged = {name: band for name, band in named.items() if _has_range(found, band)}
            yield Term(found["term"], sentence, ranged or named, bool(ranged))


def blank_terms(words: str) -> str:
    """Blank terms of likelihood with their ranges; the words keep their length."""
    return _TERM.sub(lambda found: " " * len(found[0]), words)


def _has_range(found: re.Match[str], band: Band) -> bool:
    if not found["range"]:
        return False
    numbers = [int(found[side]) for side in ("low", "high") if found[side]]
    return numbers == ([band.high] if band.low == 0 else [band.low] if band.high == 100 else [band.low, band.high])


def find_foreign_terms(passage: Passage) -> Iterator[Problem]:
    """L01: in a judgement, a word of likelihood that is not of the briefing's scale."""
    if passage.kind != "judgement":
        return
    terms = ", ".join(SCALES[passage.scale].terms)
    words = [(term.word, term.sentence) for term in find_terms(passage) if passage.scale not in term.bands]
    for sentence in passage.sentences:
        words += [(found[0], sentence) for found in _OFF_SCALE.finditer(blank_terms(sentence.words))]
    for word, sentence in words:
        what = f"{quoted(word)} in {sentence.told} is not of {SCALES[passage.scale].title}"
        yield remark(passage.place, what, f"Write one of {terms}", value=word, subject=passage.subject)


def find_bare_terms(passage: Passage) -> Iterator[Problem]:
    """L02: a term of likelihood without its range behind it."""
    for term in find_terms(passage):
        if not term.has_range:
            band = term.bands.get(passage.scale)
            words = f"{term.word} ({band.range})" if band else _in_scale(term, passage.scale).words
            what = f"{quoted(term.word)} in {term.sentence.told} has no range"
            cure = f"Write {words}, or quote who says it"
            yield remark(passage.place, what, cure, value=term.word, subject=passage.subject)


def find_mixed_sentences(passage: Passage) -> Iterator[Problem]:
    """L03: likelihood and confidence in one sentence."""
    said = {id(term.sentence): term.word for term in find_terms(passage)}
    for sentence in passage.sentences:
        if id(sentence) in said and any(pattern.search(sentence.words) for pattern in _CONFIDENCE):
            what, cure = f"{sentence.told} speaks of likelihood and of confidence", "Make two sentences of it"
            yield remark(passage.place, what, cure, value=said[id(sentence)], subject=passage.subject)


def _in_scale(term: Term, scale: str) -> Band:
    """Give the band of a scale that shares most with a term of another."""
    other = next(iter(term.bands.values()))
    bands = SCALES[scale].bands
    return max(bands, key=lambda band: min(band.high, other.high) - max(band.low, other.low))


def settle_scale(passages: Iterable[Passage], *, used: str | None = None) -> list[Passage]:
    """Give passages the scale of the page: that of its judgements, else the dossier's, else the one of most words."""
    passages = list(passages)
    judged = next((passage.scale for passage in passages if passage.kind == "judgement"), used)
    if judged not in SCALES:
        fitting = Counter(name for passage in passages for term in find_terms(passage) for name in term.bands)
        judged = max(SCALES, key=lambda name: fitting[name])
    return [passage if passage.kind == "judgement" else replace(passage, scale=judged) for passage in passages]


def find_mixed_scales(passages: Iterable[Passage]) -> Iterator[Problem]:
    """L04: terms that are not of the page's scale, which its passages name."""
    passages = list(passages)
    page = next((passage.scale for passage in passages if passage.kind == "judgement"), None)
    for passage in passages:
        scale = page or passage.scale
        for term in find_terms(passage):
            if scale not in term.bands:
                what = f"{quoted(term.word)} in {term.sentence.told} is of another scale than {SCALES[scale].title}"
                cure = f"Write {_in_scale(term, scale).words}"
                yield remark(passage.place, what, cure, value=term.word, subject=passage.subject)


RULES: tuple[Rule[Passage], ...] = (
    Rule("L01", "error", "a judgement uses the words of its scale", find_foreign_terms),
    Rule("L02", "error", "a term of likelihood stands with its range", find_bare_terms),
    Rule("L03", "error", "likelihood and confidence never share a sentence", find_mixed_sentences),
)

#: Over all passages of a page at once.
PAGE_RULES = (Rule("L04", "error", "a briefing uses one row of words", find_mixed_scales),)
