"""Rules over claims that a page shows together: parts beside their whole, and two claims that may be one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from briefing.blocks.blocks import Chart
from briefing.blocks.recount import Sum, bounds_of_record, sum_of
from briefing.blocks.walk import figures_in
from briefing.checks.draft import Draft
from briefing.checks.rows import EXCEEDS, find_twins
from briefing.checks.rule import Location, Rule, remark
from briefing.errors import Problem, quoted
from briefing.values.bounds import number_words

#: Words of an author that say that parts and whole do not agree. A conflict between sources is another matter.
_TOLD = re.compile(
    r"\bexceed|\btoo many\b|\bmore than the whole\b|\bleaves? no room\b|\bdo(?:es)? not add up\b", re.IGNORECASE
)


def find_untold_excess(draft: Draft) -> Iterator[Problem]:
    """F04: parts that add up to surely more than the whole that they are held against, and no word of it."""
    seen: set[tuple[str, ...]] = set()
    for place, figure in draft.figures:
        added = sum_of(figure, draft.claims)
        if added is None or not added.wholes or figure.claims in seen:
            continue
        seen.add(figure.claims)
        least = sum(max(bounds_of_record(part).extent[0], 0) for part in added.parts)
        most = min(bounds_of_record(whole).extent[1] for whole in added.wholes)
        if least > most and not _is_told(draft, added):
            what = f"{quoted(figure.text)} is held against a whole of at most {number_words(most)} (PARTS_EXCEED_WHOLE)"
            cure = "Say by how much the parts exceed the whole, or show it with part_and_whole()"
            yield remark(place, what, cure, subject=added.wholes[0].id)


def _is_told(draft: Draft, added: Sum) -> bool:
    """Whether a figure, a picture, the page's author or a note in the annex says that the parts exceed."""
    wholes = {whole.id for whole in added.wholes}
    drawn = {claim for placed in draft.placed if isinstance(placed.block, Chart) for claim in placed.block.exceeded}
    made = [figure.made for _, figure in draft.figures if figure.made is not None and figure.made.kind == "difference"]
    if not wholes.isdisjoint(drawn) or any(not wholes.isdisjoint(excess.wholes) for excess in made):
        return True
    notes = " ".join(record.note or "" for record in (*added.parts, *added.wholes)).lower()
    return any(_TOLD.search(one.printed) for one in draft.passages) or any(said in notes for said in EXCEEDS)


def find_twins_shown(draft: Draft) -> Iterator[Problem]:
    """F13: two claims that may be one thing, in one passage or table, told apart by nothing."""
    dossier = draft.at_day
    if dossier is None:
        return
    together = list(_shown_together(draft))
    shown = frozenset[str]().union(*(ids for _, ids in together))
    twins = {frozenset(pair) for pair in find_twins(dossier, among=shown)}
    for place, ids in together:
        for pair in sorted(map(sorted, (twin for twin in twins if twin <= ids))):
            twins.discard(frozenset(pair))
            what = f"{' and '.join(pair)} may be one thing: same item and place, within two days"
            cure = "Link the rows by same_as_candidate, or tell them apart in a note"
            yield remark(place, what, cure, subject=pair[0])


def _shown_together(draft: Draft) -> Iterator[tuple[Location, frozenset[str]]]:
    """Give the claims that stand together in one passage or one table, and then all that the page shows."""
    together = [
        (one.place, frozenset(key for figure in one.figures for key in figure.claims)) for one in draft.passages
    ]
    for place, data in draft.tables:
        cited = (key for figure in figures_in(data) for key in figure.claims)
        together.append((place, frozenset((*data.ids, *cited))))
    yield from together
    if together:
        yield together[-1][0], frozenset().union(*(ids for _, ids in together))


def find_twins_added(draft: Draft) -> Iterator[Problem]:
    """F13: a sum of two claims that a row links as possibly one, which does not span both answers."""
    for place, figure in draft.figures:
        added = sum_of(figure, draft.claims)
        if added is None or (figure.made is not None and figure.made.spans_twins):
            continue
        for one, other in combinations(added.parts, 2):
            if one.same_as_candidate == other.id or other.same_as_candidate == one.id:
                what = f"{quoted(figure.text)} adds {one.id} and {other.id}, which may be one thing"
                yield remark(place, what, "Add them with total(), which spans both answers", subject=one.id)


RULES: tuple[Rule[Draft], ...] = (
    Rule("F04", "error", "parts do not exceed their whole unless a note says so", find_untold_excess),
    Rule("F13", "warning", "what may be counted twice is told apart or linked", find_twins_shown),
    Rule("F13", "warning", "what may be counted twice is not counted twice", find_twins_added),
)
