"""Sentences with figures in them, headings that are findings, and the head and foot of a briefing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from briefing.blocks.blocks import Evidence, Heading, Headline, Note, Prose, Text
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.counts import say_count
from briefing.desk.claims.news import head_news
from briefing.desk.claims.relays import own_words
from briefing.desk.evidence import collect_evidence, join_evidence
from briefing.desk.figures import Figure, read_marks
from briefing.dossier.claims import Claim, find_claims
from briefing.dossier.dossier import Dossier
from briefing.errors import FIGURE_MARKS, UsageError
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.languages import check_tag
from briefing.values.words import name_few


@verb
def say(text: str, *, otherwise: str = "", language: str = "") -> Prose:
    """Write a paragraph; figures inside it keep their claims.

    Parameters
    ----------
    text : str
        Usually an f-string: ``f"They have sent {tanks: tanks}."``. It is plain text: markup in it is shown as it is.
    otherwise : str, optional
        What to write instead on a day on which no claim states one of the figures.
    language : str, optional
        The language of the words where it is not the notebook's, as a BCP 47 tag: ``"pt"``, ``"ar"``. A page then says
        it to whatever reads aloud, hyphenates or translates, and the words run their way.

    Returns
    -------
    Prose
        A block: each figure leads to its claims.

    Examples
    --------
    >>> import briefing as b
    >>> lorries = b.contested(b.choose_claims(b.read_example(), quantity="lorries-sent"))
    >>> b.say(f"Veldania has sent {lorries: lorries}.")
    Prose('Veldania has sent 48 to 72 lorries (sources conflict).', 3 claims, 3 sources)
    >>> b.say("A fronteira está fechada.", language="pt").language
    'pt'
    """
    spans, figures = _read(text, otherwise)
    return Prose(text=spans, language=check_tag("say", language), evidence=_evidence(figures))


@verb
def finding(text: str | Claims, *, otherwise: str = "", short: str = "", language: str = "") -> Heading:
    """Write a section's heading: a finding, in words, with figures where it has any.

    A figure is somebody's word for some time: behind the words stand its claimants, and the day or period of the claims
    themselves, whatever page repeats them.

    Parameters
    ----------
    text : str or Claims
        As in `say`; of claims about one quantity, such as `by_news` gives, the heading says who counts how much.
    otherwise, language : str
        As in `say`.
    short : str, optional
        A name of one or two words for the row of contents: "Troops". Left out, the row has the first words.

    Returns
    -------
    Heading
        A block.

    Examples
    --------
    >>> import briefing as b
    >>> b.finding("Nothing has crossed the border")
    Heading('Nothing has crossed the border')
    >>> hay = b.contested(b.choose_claims(b.read_example(), quantity="hay-to-september"))
    >>> b.finding(f"{hay:unit} of hay went by rail").text[1:]
    (' of hay went by rail', " – Ferry Workers' Union, March to September 2031")
    """
    if isinstance(text, Claims):
        return _head_quantity(text, short or text.title)
    spans, figures = _read(text, otherwise)
    attributed = (*spans, *_attribute(figures))
    return Heading(text=attributed, short=short, language=check_tag("finding", language), evidence=_evidence(figures))


def _head_quantity(claims: Claims, short: str) -> Heading:
    """Head a section about one quantity: who counts how much, or who speaks of it without a number."""
    rivals = contested(claims)
    if rivals.quantified:
        spans, figures = _read(say_count(rivals), "")
        return Heading(text=spans, short=short, evidence=_evidence(figures))
    text = (head_news(claims),)
    return Heading(text=text, short=short, evidence=collect_evidence(claims.dossier, claims.ids, said=text))


@verb
def note(label: str, text: str, *, language: str = "") -> Note:
    """Write a paragraph that is not a finding: method, an assumption, an inference of the analyst's.

    Parameters
    ----------
    label : str
        What it is, as the reader sees it: "Analyst's inference".
    text, language : str
        As in `say`; the label is in the same language.

    Returns
    -------
    Note
        A block.

    Examples
    --------
    >>> import briefing as b
    >>> b.note("Method", "A row is a claim, not a fact.")
    Note('A row is a claim, not a fact.')
    """
    spans, figures = read_marks(text)
    return Note(label=label, text=spans, language=check_tag("note", language), evidence=_evidence(figures))


@verb
def headline(
    dossier: Dossier, title: str, *, bottom_line: str | Prose = "", marking: str = "", language: str = ""
) -> Headline:
    """Head the page: the question, the answer in a sentence or two, the day it speaks for.

    Parameters
    ----------
    dossier : Dossier
        Its day is the page's day.
    title : str
        The question.
    bottom_line : str or Prose, optional
        The answer: a text as in `say`, or a paragraph that another verb made.
    marking : str, optional
        What is printed at the head and foot of every page.
    language : str, optional
        The language of title and bottom line, as in `say`.

    Returns
    -------
    Headline
        A block.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.headline(d, "Will Corvia close the strait?", bottom_line=b.bottom_line(d)).as_of
    '2031-12-19'
    """
    check_tag("headline", language)
    if FIGURE_MARKS.search(title):
        raise UsageError("headline(): a title asks, and cites nothing. Write the figure into the bottom line.")
    answer = bottom_line if isinstance(bottom_line, Prose) else say_whose(bottom_line, language=language)
    if answer.language != language:
        raise UsageError(
            f'headline(): the bottom line is in "{answer.language}" and the title in "{language}"; a head has one '
            "language. Give both the same."
        )
    day = dossier.as_of.isoformat() if dossier.as_of else None
    return Headline(
        title=title, bottom_line=answer.text, as_of=day, marking=marking, language=language, evidence=answer.evidence
    )


def say_whose(text: str, *, language: str) -> Prose:
    """Write the sentence that stands on top, with whose word its figures are before the full stop."""
    said, (_, figures) = say(text, language=language), read_marks(text)
    whose = _attribute(figures)
    last = said.text[-1] if said.text else ""
    if not whose or not isinstance(last, str) or not last.endswith("."):
        return said.model_copy(update={"text": (*said.text, *whose)})
    return said.model_copy(update={"text": (*said.text[:-1], last[:-1], *whose, ".")})


def _read(text: str, otherwise: str) -> tuple[Text, tuple[Figure, ...]]:
    spans, figures = read_marks(text)
    if otherwise and not all(figure.bounds.is_known for figure in figures):
        return read_marks(otherwise)
    return spans, figures


def _attribute(figures: Iterable[Figure]) -> list[str]:
    """Name whose word the figures of a heading are, and of what day or period."""
    told = list(dict.fromkeys(words for figure in figures if _is_bare(figure) and (words := _whose(figure))))
    return [f" – {'; '.join(told)}"] if told else []


def _is_bare(figure: Figure) -> bool:
    """Whether the sentence does not say whose word a figure is."""
    return bool(figure.claims) and not figure.is_attributed


def _whose(figure: Figure) -> str:
    """Name the claimants that a figure leads with, and the time of their claims where the figure does not say it."""
    claims = own_words(Claims(find_claims(figure.dossier, figure.claims), figure.dossier))
    known = [claim for claim in claims.each if claim.bounds.is_known]
    if figure.made is not None and figure.made.kind == "newest":
        last = max((claim.when.last for claim in known if claim.when.last), default=None)
        known = [claim for claim in known if claim.when.last == last]
    # "more than 65,000" is no count of 65,089
    known = [claim for claim in known if claim.bounds.words() == figure.number] or known
    if not known:
        return ""
    names = list(dict.fromkeys(figure.dossier.name_of(claim.claimant) for claim in known))
    who = name_few(names, most=2)
    return who if figure.made is not None and figure.made.kind == "newest" else f"{who}, {_when(known, figure)}"


def _when(claims: Sequence[Claim], figure: Figure) -> str:
    """Say the time of claims: of rivals about a flow the narrowest, of all else the days that all speak of."""
    if len({claim.quantity for claim in claims}) == 1 and not claims[0].is_series:
        return str(min(claims, key=lambda claim: (claim.days[1] - claim.days[0], claim.days)).when)
    dates = {claim.when.text: claim.when for claim in claims}
    if len(dates) == 1:
        return str(claims[0].when)
    first, last = min(claim.days[0] for claim in claims), max(claim.days[1] for claim in claims)
    return str(parse_date(f"{'..' if first == dt.date.min else first}/{'..' if last == dt.date.max else last}"))


def _evidence(figures: Iterable[Figure]) -> Evidence:
    figures = [figure for figure in figures if figure.claims]
    if not figures:
        return Evidence()
    days = {id(figure.dossier): figure.dossier for figure in figures}
    parts = [
        collect_evidence(dossier, [claim for figure in figures if figure.dossier is dossier for claim in figure.claims])
        for dossier in days.values()  # a sentence may compare two days
    ]
    return join_evidence(parts)
