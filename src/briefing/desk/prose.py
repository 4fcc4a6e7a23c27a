"""Sentences with figures in them, headings that are findings, and the head and foot of a briefing."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.blocks.blocks import Evidence, Heading, Headline, Note, Prose, Text
from briefing.desk.evidence import collect_evidence
from briefing.desk.figures import Figure, read_marks
from briefing.dossier.dossier import Dossier
from briefing.errors import UsageError
from briefing.usage import verb
from briefing.values.languages import check_tag


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
def finding(text: str, *, otherwise: str = "", language: str = "") -> Heading:
    """Write a section's heading: a finding, in words, with figures where it has any.

    Parameters
    ----------
    text, otherwise, language : str
        As in `say`.

    Returns
    -------
    Heading
        A block.

    Examples
    --------
    >>> import briefing as b
    >>> b.finding("Nothing has crossed the border")
    Heading('Nothing has crossed the border')
    """
    spans, figures = _read(text, otherwise)
    return Heading(text=spans, language=check_tag("finding", language), evidence=_evidence(figures))


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
    answer = bottom_line if isinstance(bottom_line, Prose) else say(bottom_line, language=language)
    if answer.language != language:
        raise UsageError(
            f'headline(): the bottom line is in "{answer.language}" and the title in "{language}"; a head has one '
            "language. Give both the same."
        )
    day = dossier.as_of.isoformat() if dossier.as_of else None
    return Headline(
        title=title, bottom_line=answer.text, as_of=day, marking=marking, language=language, evidence=answer.evidence
    )


def _read(text: str, otherwise: str) -> tuple[Text, tuple[Figure, ...]]:
    spans, figures = read_marks(text)
    if otherwise and not all(figure.bounds.is_known for figure in figures):
        return read_marks(otherwise)
    return spans, figures


def _evidence(figures: Iterable[Figure]) -> Evidence:
    figures = [figure for figure in figures if figure.claims]
    if not figures:
        return Evidence()
    days = {id(figure.dossier): figure.dossier for figure in figures}
    parts = [
        collect_evidence(dossier, [claim for figure in figures if figure.dossier is dossier for claim in figure.claims])
        for dossier in days.values()  # a sentence may compare two days
    ]
    claims = {claim.id: claim for part in reversed(parts) for claim in part.claims}
    sources = {source.id: source for part in reversed(parts) for source in part.sources}
    order = dict.fromkeys(claim.id for part in parts for claim in part.claims)
    return Evidence(claims=tuple(claims[claim] for claim in order), sources=tuple(sources.values()))
