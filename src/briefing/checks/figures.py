"""Rules over figures: cited, hedged as their claims are, added as they may be, dated as they must.

Each figure is worked out anew from the claims that it cites, so that these rules do not trust the code that made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from briefing.blocks.blocks import Cited, ClaimRecord, Made
from briefing.blocks.recount import bounds_of_figure, bounds_of_record, is_number, is_of_rivals, records_of, sum_of
from briefing.blocks.walk import figures_in, plain
from briefing.checks.draft import Draft
from briefing.checks.lexicon import ADDS, AMONG, AVERAGE
from briefing.checks.passages import Passage
from briefing.checks.rule import Location, Rule, remark
from briefing.dossier.cells import is_filled
from briefing.dossier.groups import STATUS_CLASSES
from briefing.errors import Problem, quoted
from briefing.values.dates import MONTHS, say_date
from briefing.values.rivals import core

_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"^\d[\d,. \u202f]*(?!\s?or (?:more|fewer|less)\b)(?:\s[^\d]*)?$")
_WHEN = re.compile(rf"\b(?:(?:19|20)\d\d|{'|'.join(MONTHS)})\b")
_CONFLICT = re.compile(r"conflict|disagree|contradict|different counts|rival|differ", re.IGNORECASE)


def _text_figures(draft: Draft) -> Iterator[tuple[Passage, Cited]]:
    return ((passage, figure) for passage in draft.passages for figure in passage.figures)


def _remark(place: Location, figure: Cited, what: str, cure: str, *, subject: str | None = None) -> Problem:
    """Remark on a figure, which is about its first claim where it is about no other."""
    return remark(place, f"{quoted(figure.text)} {what}", cure, subject=subject or next(iter(figure.claims), None))


def find_uncited(draft: Draft) -> Iterator[Problem]:
    """F02: a number without a claim behind it, in words or in a table."""
    cure = "Make it with the library, from claims"
    for place, figure in draft.figures:
        missing = [claim for claim in figure.claims if claim not in draft.claims]
        if _DIGIT.search(figure.text) and (not figure.claims or missing):
            told = f"cites {', '.join(missing)}, which no block carries" if missing else "has no claim"
            yield _remark(place, figure, told, cure)
    for place, data in draft.tables:
        for at, row in enumerate(data.rows):
            for column, cell in zip(data.columns, row, strict=False):
                plain = "".join(span for span in cell if isinstance(span, str))
                leads = at < len(data.ids) or any(True for _ in figures_in(row))
                if column.is_number and _DIGIT.search(plain) and not leads and not column.counts_rows:
                    yield remark(place, f"{quoted(plain)} in column {column.name} leads to no row", cure)


def find_bare_numbers(draft: Draft) -> Iterator[Problem]:
    """F03: a bare number where the claims behind it are one-sided, ranged, hedged or at odds."""
    for place, figure in draft.figures:
        records = records_of(figure, draft.claims)
        if not records or not is_number(figure) or not _BARE.match(figure.text):
            continue
        bounds = bounds_of_figure(figure, draft.claims)
        if bounds is None or not (bounds.is_exact or (bounds.about and "~" in figure.text)):
            what = f"stands bare, but its claims say {bounds or 'different numbers'}"
            yield _remark(place, figure, what, "Let the library write it, with its hedge")


def _sums(draft: Draft) -> Iterator[tuple[Location, Cited, tuple[ClaimRecord, ...]]]:
    """Give every sum with what it adds: a figure that is one, and figures that a sentence adds in words."""
    for place, figure in draft.figures:
        if added := sum_of(figure, draft.claims):
            yield place, figure, added.parts
    for place, sentence in draft.sentences:
        if ADDS.search(sentence.words) and not AMONG.search(sentence.words):
            single = [figure for figure in sentence.figures if len(figure.claims) == 1]
            ids = tuple(dict.fromkeys(figure.claims[0] for figure in single))
            told = " and ".join(figure.text for figure in single)
            added_up = Cited(text=told, claims=ids, made=Made(kind="sum", parts=ids))
            yield place, added_up, tuple(records_of(added_up, draft.claims))


def _averages(draft: Draft) -> Iterator[tuple[Location, Cited]]:
    """Give the figures that are averages of several claims, by how they were made or by the words around them."""
    for place, figure in draft.figures:
        if figure.made is not None and figure.made.kind == "average" and len(figure.claims) > 1:
            yield place, figure
    for place, sentence in draft.sentences:
        if AVERAGE.search(sentence.words):
            yield from ((place, figure) for figure in sentence.figures if is_of_rivals(figure))


def find_added_rivals(draft: Draft) -> Iterator[Problem]:
    """F06: rivals that are added or averaged."""
    cure = "Lay them side by side"
    for place, figure, parts in _sums(draft):
        for one, other in combinations(parts, 2):
            if one.quantity == other.quantity and not _are_steps(one, other):
                what = f"adds {one.id} and {other.id}, rivals about {one.quantity}"
                yield _remark(place, figure, what, cure, subject=one.id)
    for place, figure in _averages(draft):
        yield _remark(place, figure, "is told as an average of rivals", cure)


def _are_steps(one: ClaimRecord, other: ClaimRecord) -> bool:
    """Whether two claims are movements of their own: increments of other days, or linked as possible twins."""
    if one.counting != "increment" or other.counting != "increment":
        return False
    return one.when != other.when or one.same_as_candidate == other.id or other.same_as_candidate == one.id


def find_mixed_sums(draft: Draft) -> Iterator[Problem]:
    """F07: a sum over units, statuses or levels of the item tree."""
    for place, figure, parts in _sums(draft):
        units = sorted({part.unit for part in parts})
        kinds = sorted({STATUS_CLASSES.get(part.status, part.status) for part in parts})
        mixed = [" and ".join(found) for found in (units, kinds) if len(found) > 1] + _mixed_items(draft, parts)
        for told in mixed:
            yield _remark(place, figure, f"adds {told}", "Choose one unit, one status and one level of item")


def _mixed_items(draft: Draft, parts: tuple[ClaimRecord, ...]) -> list[str]:
    """Give pairs of items of which one holds the other, where their claims may count the same things."""
    if draft.dossier is None:
        return []
    items = draft.dossier.items
    name = dict(zip(items["item_id"], items["name"], strict=True))
    parent = dict(zip(items["name"], items["parent_id"].map(name), strict=True))
    names = sorted({part.item for part in parts if not part.part_of})
    return [f"{one} and {other}" for one in names for other in names if one != other and _holds(parent, one, other)]


def _holds(parent: dict[str, str], one: str, other: str) -> bool:
    at: Any = parent.get(other)
    while is_filled(at):
        if at == one:
            return True
        at = parent.get(at)
    return False


def find_added_parts(draft: Draft) -> Iterator[Problem]:
    """F08: a whole and its part in one sum."""
    for place, figure, parts in _sums(draft):
        ids = {part.id for part in parts}
        for part in parts:
            if part.part_of in ids:
                what = f"adds {part.id} to {part.part_of}, of which it is a part"
                yield _remark(place, figure, what, "Leave the part out", subject=part.id)


def find_added_stocks(draft: Draft) -> Iterator[Problem]:
    """F10: stocks of different days in one sum."""
    for place, figure, parts in _sums(draft):
        days = list(dict.fromkeys(part.when for part in parts if part.table == "deployments"))
        if len(days) > 1:
            yield _remark(place, figure, f"adds stocks of {', '.join(map(say_date, days))}", "Show them as a series")


#: What stands on top of a page or of a section.
_TOP = {"headline", "heading", "judgement"}


def _single_origin(draft: Draft, *, on_top: bool) -> Iterator[Problem]:
    told: set[tuple[str, ...]] = set()
    for passage, figure in _text_figures(draft):
        records = records_of(figure, draft.claims)
        roots = {draft.sources[one.source].origin for one in records if one.source in draft.sources}
        if figure.made is not None and figure.made.kind == "end" and figure.made.origins > 1:
            continue  # the rivals stand beside it, each with whose word it is
        if passage.kind not in {*_TOP, "prose", "note", "tile"} or len(roots) != 1 or figure.claims in told:
            continue
        is_unowned = passage.kind in _TOP and not all(one.claimant in passage.printed for one in records)
        if is_unowned == on_top:
            told.add(figure.claims)
            what = f"rests on one origin, {next(iter(roots))}"
            yield _remark(passage.place, figure, what, "Say whose word it is, or look for another")


def find_single_origins_on_top(draft: Draft) -> Iterator[Problem]:
    """F11: a figure of one origin in a headline, heading or key judgement that does not say whose word it is."""
    yield from _single_origin(draft, on_top=True)


def find_single_origins_below(draft: Draft) -> Iterator[Problem]:
    """F11: a figure of one origin elsewhere."""
    yield from _single_origin(draft, on_top=False)


def find_untold_conflicts(draft: Draft) -> Iterator[Problem]:
    """F12: rivals that no number fits, and a text that does not say so."""
    for passage, figure in _text_figures(draft):
        records = records_of(figure, draft.claims)
        known = [bounds for one in records if (bounds := bounds_of_record(one)).is_known]
        are_rivals = len(known) > 1 and len({one.quantity for one in records}) == 1
        if not are_rivals or sum_of(figure, draft.claims) or len({bounds.unit for bounds in known}) > 1:
            continue
        is_span_of_days = figure.made is not None and figure.made.is_range and figure.made.is_series
        is_factor = figure.made is not None and figure.made.kind == "ratio"  # by it counts are told apart
        if core(known) is None and not (is_span_of_days or is_factor) and not _CONFLICT.search(passage.printed):
            what = "stands for claims that no one number fits, and the text does not say so"
            yield _remark(passage.place, figure, what, "Say that the sources conflict")


def find_undated_totals(draft: Draft) -> Iterator[Problem]:
    """F14: a running total without the period that it counts."""
    for place, sentence in draft.sentences:
        for figure in sentence.figures:
            if _is_cumulative(draft, figure) and not _WHEN.search(sentence.printed):
                what = "is a running total, told without its period"
                yield _remark(place, figure, what, "Give the period in the sentence")
    for place, data in draft.undated_tables:
        for row in data.rows:
            printed = " ".join(plain((span,)) for cell in row for span in cell)
            for figure in figures_in(row):
                if _is_cumulative(draft, figure) and not _WHEN.search(printed):
                    what = "is a running total, shown without its period"
                    yield _remark(place, figure, what, "Add a column with the period")


def _is_cumulative(draft: Draft, figure: Cited) -> bool:
    records = records_of(figure, draft.claims)
    return (
        bool(records and is_number(figure))
        and figure.text not in figure.claims
        and all(one.counting in {"cumulative", "running"} for one in records)
    )


RULES: tuple[Rule[Draft], ...] = (
    Rule("F02", "error", "a figure leads to its claims", find_uncited),
    Rule("F03", "error", "a figure says no more than its claims", find_bare_numbers),
    Rule("F06", "error", "rivals are never added or averaged", find_added_rivals),
    Rule("F07", "error", "a sum has one unit, one status and one level of item", find_mixed_sums),
    Rule("F08", "error", "a part is not added to its whole", find_added_parts),
    Rule("F10", "error", "stocks are never added over time", find_added_stocks),
    Rule("F11", "warning", "what stands on top rests on more than one origin", find_single_origins_on_top),
    Rule("F11", "info", "a figure rests on more than one origin", find_single_origins_below),
    Rule("F12", "warning", "a conflict between sources is told", find_untold_conflicts),
    Rule("F14", "warning", "a running total stands with its period", find_undated_totals),
)
