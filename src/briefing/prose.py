"""Sentences with figures in them, headings that are findings, and the head and foot of a briefing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from briefing.blocks import Cited, Evidence, Heading, Headline, Note, Prose, Sources, Text
from briefing.claims import Contested, choose
from briefing.counting import counted
from briefing.dossier import Dossier
from briefing.errors import UsageError
from briefing.evidence import collect_evidence
from briefing.figures import Figure, read_marks
from briefing.languages import check_tag
from briefing.overviews import lone_origins
from briefing.sides import tell_countries, tell_sides


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
    >>> lorries = b.contested(b.choose(b.read_example(), quantity="lorries-sent"))
    >>> b.say(f"Veldania has sent {lorries: lorries}.")
    Prose('Veldania has sent 48 to 72 lorries (sources conflict).', 3 claims, 3 sources)
    >>> b.say("A fronteira está fechada.", language="pt").language
    'pt'
    """
    spans, figures = _read(text, otherwise)
    return Prose(text=spans, language=check_tag("say", language), evidence=_evidence(figures))


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


def weigh(rivals: Contested) -> Prose:
    """Say what stands behind rival claims, and whether they conflict.

    Parameters
    ----------
    rivals : Contested
        As `contested` gives them.

    Returns
    -------
    Prose
        A block: how many claims, documents and independent origins; whether any number fits all of them, and whether
        conflict could be growth.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.weigh(b.contested(b.choose(d, quantity="lorries-sent")))
    Prose('3 claims in 3 documents, behind which stand 2 independent origins. No one number ...', 3 claims, 3 sources)
    """
    dossier, ids = rivals.claims.dossier, rivals.claims.ids
    if not rivals.quantified:
        return Prose(text=("No claim known on this day gives a number.",), evidence=collect_evidence(dossier, ids))
    behind = (
        f"{counted(len(ids), 'claim')} in {counted(rivals.documents, 'document')}, "
        f"behind which {'stands' if rivals.origins == 1 else 'stand'} {_origins(rivals)}"
    )
    told = [Cited(text=behind, claims=ids, how="every claim about this quantity known on this day"), "."]
    return Prose(text=(*told, *_fit(rivals)), evidence=collect_evidence(dossier, ids))


def _origins(rivals: Contested) -> str:
    """Count the origins, with the side that most of them speak for: origins of one side share its reasons."""
    sides = tell_sides(rivals.claims)
    noun = "origin" if sides or rivals.origins == 1 else "independent origin"
    return counted(rivals.origins, noun) + (f"; {sides}" if sides else "")


def _fit(rivals: Contested) -> list[str | Cited]:
    """Say whether one number fits all rivals; that what goes back to one origin agrees confirms nothing."""
    if rivals.has_conflict and rivals.is_dated:
        figure = rivals.figure
        text = f"{figure.number} {figure.bounds.unit}"
        all_counts = Cited(text=text, claims=figure.claims, how=figure.how)
        fits = ": no one number fits them all; the dates differ, so conflict and growth cannot be told apart."
        return [" All counts together run from ", all_counts, fits]
    if rivals.has_conflict:
        return [" No one number fits them all: the sources conflict."]
    if len(rivals.claims) > 1 and rivals.origins == 1:
        return [" That is one origin and what repeats it: nobody else confirms the figure."]
    return [" They are consistent with each other."] if len(rivals.claims) > 1 else []


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


def sources(dossier: Dossier) -> Sources:
    """State what the dossier rests on: documents, languages, origins, whose word it is, what is single.

    Parameters
    ----------
    dossier : Dossier
        As of its day.

    Returns
    -------
    Sources
        A block; the press prints the list of sources and the annex of claims behind it.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.sources(d)
    Sources('The claims known on this day come from 13 documents in 2 languages. ...')
    """
    claims = choose(dossier)
    if not len(claims):
        return Sources(summary=("Nothing that this dossier holds had been published by then.",))
    roots = dossier.roots
    behind = Counter(claims.behind)
    largest, share = behind.most_common(1)[0]
    cited = dossier.sources.loc[dossier.sources["source_id"].isin(claims.frame["source_id"])]
    quantities, single = claims.frame["quantity_id"].nunique(), len(lone_origins(claims))
    publisher = _publisher(dossier, [largest, *(source for source in roots if roots[source] == largest)])
    stand, rest = "stands" if claims.origins == 1 else "stand", "rests" if single == 1 else "rest"
    sentences = [
        f"The claims known on this day come from {counted(claims.documents, 'document')} in "
        f"{counted(cited['language'].nunique(), 'language')}. Behind them {stand} {counted(claims.origins, 'origin')}.",
        *tell_countries(claims),
        f"The largest origin, {publisher}, stands behind {share} of {counted(len(claims), 'claim')}.",
        f"Of {counted(quantities, 'quantity', 'quantities')}, {single} {rest} on a single origin.",
        "A row is a claim by a named claimant, not a fact.",
    ]
    return Sources(summary=(" ".join(sentences),))


def _read(text: str, otherwise: str) -> tuple[Text, tuple[Figure, ...]]:
    spans, figures = read_marks(text)
    if otherwise and not all(figure.bounds.is_known for figure in figures):
        return read_marks(otherwise)
    return spans, figures


def _publisher(dossier: Dossier, source_ids: Iterable[str]) -> str:
    """Name the publisher of the first document that is known: an origin may be dated later than what relays it."""
    publishers = dossier.sources.set_index("source_id")["publisher"]
    return next(str(publishers[source]) for source in source_ids if source in publishers.index)


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
