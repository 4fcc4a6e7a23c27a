"""The front of a page: the answer, how sure, a few numbers with whose they are, one picture, what is contested."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from briefing.blocks.blocks import Chart, Cited, Evidence, Front, Note, Prose, Text, Tile
from briefing.blocks.walk import figures_in
from briefing.desk.assessments.evidence_items import role_of
from briefing.desk.assessments.judgements import choose_judgements, find_one_scale, find_standing, judgement_of, odds_of
from briefing.desk.claims.contested import Contested
from briefing.desk.disputes import tell_puts, tell_rivals
from briefing.desk.evidence import collect_evidence, join_evidence
from briefing.desk.leading import lead_of
from briefing.desk.prose import say, say_whose
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of
from briefing.errors import FIGURE_MARKS, UsageError
from briefing.usage import verb
from briefing.values.languages import check_tag

#: Where one sentence ends and another begins: behind a short word a full stop may be that of an abbreviation.
_SENTENCE = re.compile(r"(?:(?<=\w{4}[.!?])|(?<=\)[.!?])|(?<=^[.!?])) (?=[^\W\d_a-z])")

#: So many tiles a reader takes in.
_MOST_TILES = 5


@verb
def front(
    dossier: Dossier,
    question: str,
    *,
    answer: str | Prose | Contested | None = None,
    otherwise: str | Prose | Contested | None = None,
    standfirst: str | Prose = "",
    tiles: Iterable[Tile] = (),
    hero: Chart | Note | None = None,
    contested: Iterable[str | Prose] = (),
    marking: str = "",
    language: str = "",
) -> Front:
    """Head a page that argues: what a reader who gives it thirty seconds takes away.

    Parameters
    ----------
    dossier : Dossier
        Its day is the page's day.
    question : str
        The title, and the question of the judgements where no answer is given.
    answer : str, Prose or Contested, optional
        One sentence of at most 25 words; without a standfirst, the further sentences of a `Prose` become it. Of a
        `Contested` it is who counts how much. Left out, it is the latest judgement on the question that stands: its
        likelihood here, how sure we are in a sentence of its own.
    otherwise : str, Prose or Contested, optional
        What answers, as an answer does, where no judgement on the question stands: a dossier may have none yet.
    standfirst : str or Prose
        At most 40 words: the reason, and what happened. A text as in `say`; say whose its figures are.
    tiles : iterable of Tile
        Two to five, as `tile` makes them; none on a page without numbers. One of no quantity at all is left out,
        and so is one that is left alone: the answer says it.
    hero : Chart or Note, optional
        The picture that carries the argument; its title is a finding. A note stands where there is nothing to draw.
    contested : iterable of str or Prose
        What is contested, a line each, as `disputes` gives them.
    marking : str
        What is printed at the head and foot of every page.
    language : str
        The language of all of it, as in `say`.

    Returns
    -------
    Front
        A block; a page has one front or one headline.

    Raises
    ------
    UsageError
        Where the question cites a figure, there are more than five tiles, or no row has the question to be answered.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> lorries = b.contested(b.choose_claims(d, quantity="lorries-sent"))
    >>> head = b.front(d, "Will Corvia close the strait?", tiles=[b.tile(lorries)], contested=b.disputes(d, lorries))
    >>> head.bottom_line
    ('It is very unlikely (5–20 %) that Corvia closes the strait by 31 March 2032.',)
    >>> head.assurance
    'Our confidence in this is moderate: two origins saw the ferries sail after the agreement lapsed.'
    """
    check_tag("front", language)
    offered = tuple(tiles)
    tiles = tuple(tile for tile in offered if tile.label)
    if len(tiles) == 1 < len(offered):
        tiles = ()  # it would say the answer again
    tiles = _mark_strongest(tiles)
    if FIGURE_MARKS.search(question):
        raise UsageError("front(): a title asks, and cites nothing. Write the figure into the answer.")
    if len(tiles) > _MOST_TILES:
        raise UsageError(f"front(): {len(tiles)} tiles; a reader takes in five. Leave {len(tiles) - _MOST_TILES} out.")
    judgement = _judge(dossier, question) if answer is None else None
    given = otherwise if answer is None and judgement is None else answer
    said, judged = judgement or (_no_judgement(dossier) if given is None else _answer(given, language), {})
    lead = standfirst if isinstance(standfirst, Prose) else say(standfirst.strip(), language=language)
    if isinstance(given, Prose) and (answer is None or not lead.text):
        said, rest = _part(said)
        lead = _follow(rest, lead)
    lines = tuple(line if isinstance(line, Prose) else say(line, language=language) for line in contested)
    cited = [claim for figure in figures_in(tiles) for claim in figure.claims]
    return Front(
        title=question,
        bottom_line=said.text,
        standfirst=lead.text,
        as_of=dossier.as_of.isoformat() if dossier.as_of else None,
        marking=marking,
        language=language,
        tiles=tiles,
        hero=hero if isinstance(hero, Chart) else None,
        instead=hero.text if isinstance(hero, Note) else (),
        contested=tuple(line.text for line in lines),
        collected=_find_collected(dossier),
        evidence=_gather([said, lead, *lines], collect_evidence(dossier, dict.fromkeys(cited)), hero),
        **judged,
    )


def _mark_strongest(tiles: tuple[Tile, ...]) -> tuple[Tile, ...]:
    """Say of the one number on which most origins stand that it is that one."""
    numbers = [max((chip.number for chip in tile.chips if chip.kind == "origins"), default=1) for tile in tiles]
    most = max(numbers, default=1)
    if most == 1 or numbers.count(most) > 1 or len(tiles) == 1:
        return tiles
    strongest = tiles[numbers.index(most)]
    chips = tuple(
        chip.model_copy(update={"kind": "most_origins"}) if chip.kind == "origins" else chip for chip in strongest.chips
    )
    return tuple(tile.model_copy(update={"chips": chips}) if tile is strongest else tile for tile in tiles)


def _part(said: Prose) -> tuple[Prose, Prose]:
    """Part a paragraph into its first sentence and the others; both keep its evidence."""
    spans = _join(said.text)
    for at, span in enumerate(spans):
        if isinstance(span, str) and (end := _SENTENCE.search(span)):
            first, rest = (*spans[:at], span[: end.start()]), (span[end.end() :], *spans[at + 1 :])
            return said.model_copy(update={"text": first}), said.model_copy(update={"text": rest})
    return said, Prose(text=(), language=said.language)


def _follow(first: Prose, then: Prose) -> Prose:
    """Give two paragraphs as one, with the evidence of both."""
    if not (first.text and then.text):
        return first if first.text else then
    return then.model_copy(
        update={
            "text": (*first.text, " ", *then.text),
            "evidence": join_evidence([first.evidence, then.evidence]),
        }
    )


def _join(text: Text) -> Text:
    """Join words that stand side by side: a full stop may be in one and the next sentence in another."""
    spans: list[str | Cited] = []
    for span in text:
        if isinstance(span, str) and spans and isinstance(spans[-1], str):
            spans[-1] += span
        else:
            spans.append(span)
    return tuple(spans)


def _gather(said: Iterable[Prose], tiles: Evidence, hero: Chart | Note | None) -> Evidence:
    """Gather the evidence of all but a picture, which brings its own."""
    notes = [hero.evidence] if isinstance(hero, Note) else []
    return join_evidence([*(one.evidence for one in said), tiles, *notes])


def _answer(answer: str | Prose | Contested, language: str) -> Prose:
    if isinstance(answer, Contested):
        return _count(answer)
    return answer if isinstance(answer, Prose) else say_whose(answer, language=language)


def _count(rivals: Contested) -> Prose:
    """Say in a sentence who counts how much."""
    lead, _ = lead_of(rivals)
    if not lead.quantified:
        return say("No count of this is known.")
    told = tell_rivals(lead) if lead.has_conflict and not lead.are_relays else tell_puts(lead)
    return Prose(text=(*told, "."), evidence=collect_evidence(rivals.claims.dossier, lead.figure.claims))


def _no_judgement(dossier: Dossier) -> Prose:
    return say(f"No judgement is open{' on this day' if dossier.as_of else ''}.")


def _judge(dossier: Dossier, question: str) -> tuple[Prose, dict[str, Any]] | None:
    """Answer with the latest judgement that stands, if any: likelihood and confidence never share a sentence."""
    rows = choose_judgements(dossier, question=question)
    scale, standing = find_one_scale(rows), find_standing(rows)
    if not standing or scale is None:
        return None
    judgement = judgement_of(dossier, standing[0], rows)
    return say(judgement.likelihood), {
        "assurance": judgement.assurance,
        "odds": judgement.odds,
        "bands": tuple(odds_of(band) for band in scale.bands),
        "scale_title": scale.title,
        "judged_by": judgement.made_by,
        "badge": role_of(dossier, standing[0].made_by),
    }


def _find_collected(dossier: Dossier) -> str:
    """Give the years in which the known documents were read, as a partial date; empty where none is known."""
    years = sorted({document.accessed[:4] for document in documents_of(dossier).values()})
    return years[0] if len(years) == 1 else f"{years[0]}/{years[-1]}" if years else ""
