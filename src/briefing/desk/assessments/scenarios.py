"""What may happen, as rows: how likely we hold it, who raised it, what points to it and away, what is watched for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.blocks.blocks import Evidence, Exhibit, Indicator, Judgement, Raised, Scenario, Scenarios
from briefing.desk.assessments.evidence_items import (
    check_question,
    evidence_behind,
    exhibits_of,
    find_authors,
    name_analyst,
)
from briefing.desk.assessments.hypotheses import hypothesis_matrix
from briefing.desk.assessments.indicators import indicators_of
from briefing.desk.assessments.judgements import (
    decided_of,
    find_decided,
    find_one_scale,
    find_standing,
    judgement_of,
    odds_of,
)
from briefing.dossier.assessments import (
    EvidenceItem,
    HypothesisRow,
    IndicatorRow,
    JudgementRow,
    Rating,
    ScenarioRow,
)
from briefing.dossier.cells import keys_in
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_by_id, rows_of
from briefing.dossier.tables import Event, Quote
from briefing.usage import verb
from briefing.values.chains import find_end
from briefing.values.dates import parse_date
from briefing.values.inconsistency import WEIGHTS
from briefing.values.words import list_words

#: The ratings of a hypothesis that point to it, and those that point away, the strongest first.
_TO, _AWAY = ("CC",), ("II", "I")


@verb
def scenarios(
    dossier: Dossier, *, question: str | None = None, caption: str = "What may happen", decided: bool = True
) -> Scenarios:
    """Show what may happen: the odds that stand, who raised it, what points to it and away, what would change it.

    Where the dossier has no scenarios on a question, its hypotheses and the judgements that stand are shown as such;
    a hypothesis that no scenario names is shown beside the others.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    question : str, optional
        As in the rows. Left out, every question.
    caption : str
        What the reader sees here.
    decided : bool
        Whether judgements that are decided are listed below, with which way they leaned.

    Returns
    -------
    Scenarios
        A block: one row a scenario, its ways right below it; then the judgements that no scenario shows.

    Raises
    ------
    UsageError
        Where no row of the folder has such a question, or a term is not of its scale.
    ClaimError
        Where the judgements are in two rows of words.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> row = b.scenarios(d, question="Will Corvia close the strait?").scenarios[0]
    >>> row.label, row.odds.words
    ('The strait is closed', 'very unlikely (5–20 %)')
    """
    board = _lay_open(dossier, question)
    rows = _with_their_ways([row for row in rows_of(dossier, ScenarioRow) if question in (None, row.question)])
    shown = [_scenario(board, row, rows) for row in rows]
    if not rows:
        shown += [_from_judgement(board, row) for row in board.standing.values()]
    named = {row.hypothesis_id for row in rows}
    shown += [_from_hypothesis(board, row) for key, row in board.hypotheses.items() if key not in named]
    judged = {one.judged.id for one in shown if one.judged}
    others = tuple(judgement_of(dossier, row, board.judged) for row in board.standing.values())
    settled = find_decided(board.judged) if decided else []
    scale = find_one_scale(board.judged)
    block = Scenarios(
        caption=caption,
        scale=scale.name if scale else "",
        scale_title=scale.title if scale else "",
        bands=tuple(odds_of(band) for band in scale.bands) if scale else (),
        scenarios=tuple(shown),
        others=tuple(one for one in others if one.id not in judged),
        decided=tuple(decided_of(dossier, row) for row in settled),
        method=_method(dossier, rows, board.judged),
    )
    return block.model_copy(update={"evidence": _evidence(dossier, block)})


@dataclass(frozen=True, slots=True)
class _Board:
    """What is judged, posed and watched for on a question."""

    dossier: Dossier
    judged: list[JudgementRow]
    standing: Mapping[str, JudgementRow]  #: by the first edition of each
    firsts: Mapping[str, str]  #: from each edition of a judgement to the one that it replaces
    hypotheses: Mapping[str, HypothesisRow]
    indicators: list[IndicatorRow]
    survivors: frozenset[str]  #: the hypotheses with the least against them, where that tells them apart


def _lay_open(dossier: Dossier, question: str | None) -> _Board:
    tables = ("scenarios", "hypotheses", "judgements")
    if question is not None:
        check_question(question, (cell for name in tables for cell in dossier.everything.peek_cells(name, "question")))
    judged = [row for row in rows_of(dossier, JudgementRow) if question in (None, row.question)]
    hypotheses = {
        key: row for key, row in rows_by_id(dossier, HypothesisRow).items() if question in (None, row.question)
    }
    firsts = {
        later: earlier
        for later, earlier in zip(
            *(dossier.everything.peek_cells("judgements", column) for column in ("judgement_id", "previous_id")),
            strict=True,
        )
        if earlier is not None
    }
    return _Board(
        dossier=dossier,
        judged=judged,
        standing={find_end(row.judgement_id, firsts): row for row in find_standing(judged)},
        firsts=firsts,
        hypotheses=hypotheses,
        indicators=list(rows_of(dossier, IndicatorRow)),
        survivors=frozenset(_find_survivors(dossier, hypotheses.values())),
    )


def _find_survivors(dossier: Dossier, hypotheses: Iterable[HypothesisRow]) -> Iterator[str]:
    for question in dict.fromkeys(row.question for row in hypotheses):
        posed = hypothesis_matrix(dossier, question=question).hypotheses
        alive = [one.id for one in posed if one.survives]
        yield from alive if len(alive) < len(posed) else ()


def _with_their_ways(rows: list[ScenarioRow]) -> list[ScenarioRow]:
    """Put the ways of a scenario right below it, in the order of the file."""
    ids = {row.scenario_id for row in rows}
    tops = [row for row in rows if row.part_of not in ids]
    return [row for top in tops for row in (top, *_ways_of(top, rows))]


def _ways_of(top: ScenarioRow, rows: list[ScenarioRow]) -> Iterator[ScenarioRow]:
    for row in rows:
        if row.part_of == top.scenario_id:
            yield row
            yield from _ways_of(row, rows)


def _scenario(board: _Board, row: ScenarioRow, rows: list[ScenarioRow]) -> Scenario:
    own = [exhibits_of(board.dossier, keys_in(cell)) for cell in (row.supported_by, row.contradicted_by)]
    judged = next((found for key in keys_in(row.judgement_ids) if (found := _stands(board, key))), None)
    hypothesis = board.hypotheses.get(row.hypothesis_id or "")
    if not any(own) and judged is None and hypothesis is not None:
        own = _rated(board, hypothesis.hypothesis_id)
    return Scenario(
        id=row.scenario_id,
        label=row.label,
        statement=row.statement,
        part_of=next((one.label for one in rows if one.scenario_id == row.part_of), ""),
        judged=_judgement(board, judged),
        raised_by=_raised(board.dossier, keys_in(row.raised_by)),
        supporting=own[0],
        contrary=own[1],
        lights=_lights(board, keys_in(row.indicator_ids), judged, rows),
        survives=row.hypothesis_id in board.survivors,
        note=row.note or "",
    )


def _from_judgement(board: _Board, row: JudgementRow) -> Scenario:
    return Scenario(
        id=row.judgement_id,
        table="judgements",
        label=row.event,
        statement=row.statement,
        judged=_judgement(board, row),
        lights=_lights(board, (), row, []),
    )


def _from_hypothesis(board: _Board, row: HypothesisRow) -> Scenario:
    supporting, contrary = _rated(board, row.hypothesis_id)
    return Scenario(
        id=row.hypothesis_id,
        table="hypotheses",
        label=row.statement,
        statement=row.statement,
        supporting=supporting,
        contrary=contrary,
        survives=row.hypothesis_id in board.survivors,
        note=row.note or "",
    )


def _stands(board: _Board, judgement_id: str) -> JudgementRow | None:
    """Find the edition that stands of a judgement, by any of its editions."""
    return board.standing.get(find_end(judgement_id, board.firsts))


def _judgement(board: _Board, row: JudgementRow | None) -> Judgement | None:
    return judgement_of(board.dossier, row, board.judged) if row else None


def _rated(board: _Board, hypothesis_id: str) -> list[tuple[Exhibit, ...]]:
    """Give what is rated as pointing to a hypothesis, and what as pointing away, what weighs most first."""
    rated = [row for row in rows_of(board.dossier, Rating) if row.hypothesis_id == hypothesis_id]
    sides = []
    for letters in (_TO, _AWAY):
        found = [row for letter in letters for row in rated if row.rating == letter]
        exhibits = exhibits_of(board.dossier, (row.evidence_id for row in found))
        sides.append(tuple(sorted(exhibits, key=_weight)))
    return sides


def _weight(exhibit: Exhibit) -> float:
    return -WEIGHTS[exhibit.credibility] * WEIGHTS[exhibit.relevance]


def _lights(
    board: _Board, named: tuple[str, ...], judged: JudgementRow | None, rows: list[ScenarioRow]
) -> tuple[Indicator, ...]:
    """Give the indicators that a scenario names, or those of its judgement that none of the others names."""
    if named:
        chosen = [row for row in board.indicators if row.indicator_id in named]
    elif judged is not None:
        taken = {key for row in rows for key in keys_in(row.indicator_ids)}
        first = find_end(judged.judgement_id, board.firsts)
        ours = [row for row in board.indicators if find_end(row.judgement_id, board.firsts) == first]
        chosen = [row for row in ours if row.indicator_id not in taken]
    else:
        return ()
    return indicators_of(board.dossier, chosen)


def _raised(dossier: Dossier, keys: tuple[str, ...]) -> tuple[Raised, ...]:
    """Tell who spoke of a scenario, the newest first; one whose row is not yet known is left out."""
    quotes, items, events = rows_by_id(dossier, Quote), rows_by_id(dossier, EvidenceItem), rows_by_id(dossier, Event)
    told: list[Raised] = []
    for key in keys:
        if quote := quotes.get(key):
            name, spoken = dossier.name_of(quote.speaker_id), quote.stance
            told.append(Raised(name=name, date=quote.date, row=key, source=quote.source_id, stance=spoken))
        elif item := items.get(key):
            name = list_words(find_authors(dossier, item))
            told.append(Raised(name=name, date=item.date, row=key, source=item.source_id))
        elif event := events.get(key):
            told.append(Raised(name=event.title, date=event.date, row=key, source=event.source_id))
    return tuple(sorted(told, key=lambda one: parse_date(one.date).order, reverse=True))


def _method(dossier: Dossier, rows: list[ScenarioRow], judged: list[JudgementRow]) -> str:
    """Say who puts forward and judges, with what the dossier says of them."""
    whose = dict.fromkeys([*(row.made_by for row in rows), *(row.made_by for row in judged)])
    did = "Put forward and judged" if rows and judged else "Put forward" if rows else "Judged"
    return f"{did} by {list_words([name_analyst(dossier, key) for key in whose])}." if whose else ""


def _evidence(dossier: Dossier, block: Scenarios) -> Evidence:
    raised = [one for scenario in block.scenarios for one in scenario.raised_by]
    lights = [light.source for scenario in block.scenarios for light in scenario.lights if light.source]
    events = [key for one in block.decided for key, _, _ in one.events]
    sources = [*(one.source for one in raised), *lights]
    return evidence_behind(block.exhibits, dossier, source_ids=sources, row_ids=[*(one.row for one in raised), *events])
