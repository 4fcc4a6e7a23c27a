"""From an executed notebook to the text of a page."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from textwrap import shorten
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from briefing.blocks.blocks import Block, Head, Heading, Headline, Sources, Spec
from briefing.blocks.walk import blocks_in, plain
from briefing.checks.runs import check_block
from briefing.editions.cells import language_of
from briefing.editions.fingerprint import list_versions
from briefing.errors import PageError
from briefing.page.budget import INTERACTIVE, STATIC, Budget, check_budget, keeps_budget
from briefing.page.interactive import pack_bundle, read_bundle, read_licences, share
from briefing.page.ledger import MOST_CLAIMS, open_ledger
from briefing.page.linked import describe_page, describe_sources, embed_json
from briefing.page.links import BLOCKS, CLOSING
from briefing.page.manifest import Making, make_manifest, seal
from briefing.page.parts import Part, find_head, read_parts
from briefing.page.policy import assert_page, make_policy
from briefing.page.style import make_style
from briefing.page.svg import Compile, Draw
from briefing.page.tame import tame_text
from briefing.page.vega import compile_chart, draw_svg
from briefing.page.words import Words, read_words
from briefing.page.writer import Writer
from briefing.values.clock import find_moment

#: What a reader is told that the page was made with; its manifest tells every version.
MADE_WITH = ("briefing", "pandas", "altair", "vl-convert-python", "nbconvert", "jinja2", "mistune")

#: The blocks outside its seal, as a page is made with them: empty.
_UNSEALED = {block.name: Markup(block.opening + CLOSING) for block in BLOCKS}

#: So many claims a page prints where it rests on more than it may print and is still over its budget.
FEWER_CLAIMS = (150, 100, 50, 25, 12)
#: So many rows of each table, where it comes to the last of these.
FEWER_ROWS = 10

#: So many letters of a heading stand in the row of contents.
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Settings:
    """What the caller says of a page."""

    name: str = ""  #: the notebook's, for messages; it is not on the page
    edition: str = ""  #: printed at the foot
    language: str = "en"  #: of the page's own words
    issued: dt.date | None = None
    checks: Sequence[str] = ()  #: what was checked, for the footer
    is_interactive: bool = True  #: whether the page carries the library that lets readers make its charts answer
    budget: Budget | None = None  #: ``None`` is the standard one for the page's kind; one of zeros is without end
    draw: Draw = draw_svg
    compiled: Compile = compile_chart
    reads: str = ""  #: the digest of the rows that the run read, where somebody noted them


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, written."""

    anchor: str
    heading: Markup = field(default_factory=Markup)
    words: str = ""
    short: str = ""  #: its name in the row of contents
    language: str = ""
    bodies: list[Markup] = field(default_factory=list)


@dataclass(slots=True)
class PageDraft:
    """A page's parts, written, and what each weighs."""

    head: Head
    cover: Markup
    sections: list[Section]
    sources: Markup
    witnesses: Markup
    annex: Markup
    annexed: list[Markup]  #: the blocks of the notebook that prove and do not tell
    cards: Markup  #: the evidence that opens at a figure
    weights: dict[str, str]
    proof: str  #: the words for what holds of its figures


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page, and what its size is judged by."""

    page: str = field(repr=False)
    budget: Budget
    weights: Mapping[str, str] = field(repr=False)
    packed: str = field(repr=False)
    claims: int  #: how many claims its blocks carry


def write_page(notebook: Any, *, environment: Environment, settings: Settings) -> str:
    """Write the page of an executed notebook with a template environment; see `render_page`.

    Where more claims stand behind it than a page prints, it prints as many as its budget bears; all, where it has none.
    """
    limits = _list_limits(settings)
    parts = read_parts(notebook, name=settings.name, words=read_words(settings.language))
    made, before = None, limits[0][0]
    for most, answers in limits:
        if made and not _may_keep_budget(made, before, most=most, answers=answers):
            continue
        made = _write_page(notebook, parts, environment, settings=settings, most=most, answers=answers)
        before = most
        if made.claims <= most or keeps_budget(made.page, made.budget, packed=made.packed):
            break
    assert made is not None
    return check_budget(made.page, made.budget, parts=made.weights, packed=made.packed)


def _may_keep_budget(made: WrittenPage, printed: int, *, most: int, answers: bool) -> bool:
    """Whether a page with fewer claims may keep its budget, as one that printed so many weighs; not of the last ones.

    Their tables are shorter, too: nobody can say by how much.
    """
    if most <= FEWER_CLAIMS[-1]:
        return True
    annex = len(made.weights["the annex of claims"].encode())
    least = len(made.page.encode()) - annex * (1 - most / printed) - (0 if answers else len(made.packed))
    return least <= made.budget.raw


def _list_limits(settings: Settings) -> list[tuple[int, bool]]:
    """List how many claims a page may print, the most first, and whether its charts answer.

    At last they do not: the library that lets them weighs as much as eighty claims.
    """
    if settings.budget == Budget(0, 0):
        return [(sys.maxsize, True)]
    return [(most, True) for most in (MOST_CLAIMS, *FEWER_CLAIMS)] + [(50, False), (FEWER_CLAIMS[-1], False)]


def _write_page(
    notebook: Any, parts: list[Part], environment: Environment, *, settings: Settings, most: int, answers: bool
) -> WrittenPage:
    words = read_words(settings.language)
    blocks = [block for part in parts if part.block is not None for block in blocks_in(part.block)]
    ledger = open_ledger(blocks, most=most)
    rows = FEWER_ROWS if ledger.is_crowded and most <= FEWER_CLAIMS[-1] else sys.maxsize
    writer = Writer(ledger, words, settings.draw, language=language_of(notebook), rows=rows, edition=settings.edition)
    writer.answers = answers or not settings.is_interactive
    draft = _write_parts(parts, writer, environment, settings=settings)
    head = draft.head
    issued = _issue_day(settings.issued, head)
    linked = embed_json(describe_page(head, writer.ledger, language=words.language, issued=issued))
    data = [("page_words", "application/json", embed_json(_script_words(words, is_cut=ledger.is_crowded)))]
    is_asked = settings.is_interactive and bool(writer.specs)
    is_interactive = is_asked and answers
    if is_interactive:
        data.append(("chart_specs", "application/json", _write_specs(json.dumps(writer.specs), settings.compiled)))
        data.append(("chart_licences", "application/json", embed_json(read_licences().splitlines())))
        data.append(("chart_library", "application/gzip", Markup(pack_bundle())))
    page = _write_frame(
        draft, writer, data, environment, settings=settings, issued=issued, linked=linked, charts=is_interactive
    )
    making = Making(
        settings.edition, words.language, issued, settings.is_interactive, bool(settings.checks), settings.reads
    )
    manifest = make_manifest(notebook, writer.ledger, blocks, as_of=head.as_of, making=making)
    budget = settings.budget or (INTERACTIVE if is_asked else STATIC)
    packed = pack_bundle() if is_interactive else ""
    return WrittenPage(seal(page, manifest), budget, draft.weights, packed, len(ledger.claims))


def _script_words(words: Words, *, is_cut: bool) -> Mapping[str, str]:
    """Give the words of the page's script; what it saves is not all, where the page is cut."""
    script: Mapping[str, str] = words.catalogue["script"]
    return {**script, "save_claims": words.term("cut", "save")} if is_cut else script


@lru_cache(maxsize=8)  # editions of days that follow each other show the same charts, more often than not
def _write_specs(specs: str, compiled: Compile) -> Markup:
    """Write the charts of a page as the library wants them, of their specifications as JSON."""
    charts: dict[str, dict[str, Spec]] = json.loads(specs)
    return embed_json(
        share({chart: {form: compiled(spec) for form, spec in forms.items()} for chart, forms in charts.items()})
    )


def _write_frame(
    draft: PageDraft,
    writer: Writer,
    data: list[tuple[str, str, Markup]],
    environment: Environment,
    *,
    settings: Settings,
    issued: str | None,
    linked: Markup,
    charts: bool,
) -> str:
    """Write the whole document around its parts, under a policy that lets its own style and scripts through."""
    head, words = draft.head, writer.words
    style = make_style(title=head.title, marking=head.marking, words=words)
    script = read_page_script()
    page = environment.get_template("index.html.j2").render(
        page=writer,
        words=words,
        head=head,
        edition=settings.edition,
        issued=issued,
        summary=plain(head.bottom_line),
        draft=draft,
        checks=[tame_text(check) for check in settings.checks],
        versions=[f"{package} {list_versions()[package]}" for package in MADE_WITH],
        linked_data=linked,
        unsealed=_UNSEALED,
        data_blocks=data,
        style=Markup(style),
        script=Markup(script),
        policy=make_policy(styles=[style], scripts=[script, *([read_bundle()] if charts else [])]),
    )
    return assert_page(page)


@lru_cache(maxsize=1)
def read_page_script() -> str:
    """Read the page's own script, as a page carries it."""
    return shrink_script((files("briefing.page") / "assets" / "page.js").read_text(encoding="utf-8"))


def shrink_script(script: str) -> str:
    """Leave out what only the author of a script reads: comments on lines of their own, and indentation.

    Examples
    --------
    >>> shrink_script("// why\\nif (a) {\\n  b();\\n}")
    'if (a) {\\nb();\\n}'
    """
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _write_parts(parts: list[Part], writer: Writer, environment: Environment, *, settings: Settings) -> PageDraft:
    """Write everything in reading order: what is cited is numbered by its turn, so the evidence comes last."""
    head = _head(parts, name=settings.name)
    cover = _write_cover(head, writer, environment)
    weights: dict[str, str] = {"the front": cover}
    sections, later = _write_sections(parts, head, writer, environment, weights)
    cited = len(writer.ledger.addresses)
    evidence: Any = environment.get_template("evidence.html.j2").module
    annexed = [
        evidence.annexed(title_of(part) or writer.words.term("annex", part.kind), f"annexed_{number}", body)
        for number, (part, body) in enumerate(_write_later(later, writer, environment, weights), 1)
    ]
    witnesses = evidence.witnesses(writer)
    writer.ledger.fill()
    annex = evidence.annex(writer) if writer.ledger.claims else Markup("")
    cards = evidence.cards(writer)
    sources = Markup("")
    if writer.ledger.sources:
        waiting = [told for part in parts if isinstance(part.block, Sources) for told in part.block.waiting]
        sources = evidence.sources(writer, embed_json(describe_sources(writer.ledger)), cited, waiting)
    weights |= {
        "the annex of claims": annex + cards,
        "the annex of evidence": witnesses,
        "the list of sources": sources,
    }
    is_whole = not any(part.is_uncited for part in parts)
    proof = "checked_none" if not writer.ledger.claims else "checked_page" if is_whole else "checked_some"
    return PageDraft(head, cover, sections, sources, witnesses, annex, annexed, cards, weights, proof)


def _write_cover(head: Head, writer: Writer, environment: Environment) -> Markup:
    """Write what stands on top, before all else, so that its sources have the first numbers."""
    if flaws := check_block(head):
        raise PageError("\n".join(flaws))

    def write(block: Block) -> Markup:
        return write_part(Part("", block), writer, environment)

    language = writer.language
    writer.label, writer.language = writer.words("bottom_line"), head.language or language
    template = environment.get_template("cover.html.j2")
    notices = _UNSEALED["notices"]
    cover = Markup(template.render(head=head, page=writer, words=writer.words, write=write, notices=notices))
    writer.language = language
    return cover


def _head(parts: list[Part], *, name: str) -> Head:
    """Find what heads the page: its front or headline, or else the first heading of the notebook's own words."""
    if head := find_head(parts):
        return head
    titles = [part.html.striptags() for part in parts if part.level == 1]
    if not titles:
        where = f"{name}: " if name else ""
        raise PageError(f"{where}has no title; a page answers one question. Begin with a cell: # The question?")
    return Headline(title=titles[0])


def _write_sections(
    parts: list[Part], head: Head, writer: Writer, environment: Environment, weights: dict[str, str]
) -> tuple[list[Section], list[Part]]:
    """Write what a reader reads; give also what comes later, in the annex, and leave a link to it in its place."""
    sections = [Section("section_0")]
    later: list[Part] = []
    problems: list[str] = []
    for part in parts:
        if part.block is head or (part.level == 1 and part.html.striptags() == head.title):
            continue
        try:
            if part.opens_section:
                sections.append(_open_section(part, len(sections), writer))
                continue
            problems += [f"{part.place}: {flaw}" for flaw in (check_block(part.block) if part.block else ())]
            if part.goes_to_annex:
                later.append(part)
                body = writer.lead_to_annex(title_of(part), f"annexed_{len(later)}")
            else:
                body = write_part(part, writer, environment)
                _weigh(part, body, weights)
            sections[-1].bodies.append(body)
        except PageError as error:
            problems.append(f"{part.place}: {error}")
    if problems:
        raise PageError("\n".join(problems))
    return [section for section in sections if section.heading or section.bodies], later


def _write_later(
    parts: list[Part], writer: Writer, environment: Environment, weights: dict[str, str]
) -> Iterator[tuple[Part, Markup]]:
    problems: list[str] = []
    for part in parts:
        try:
            body = write_part(part, writer, environment)
            _weigh(part, body, weights)
            yield part, body
        except PageError as error:
            problems.append(f"{part.place}: {error}")
    if problems:
        raise PageError("\n".join(problems))


def _weigh(part: Part, body: Markup, weights: dict[str, str]) -> None:
    name = _describe(part)
    weights[name] = weights.get(name, "") + body  # a cell may leave two of a kind


def title_of(part: Part) -> str:
    """Give what a reader calls a part."""
    return getattr(part.block, "caption", "") or getattr(part.block, "title", "")


def _describe(part: Part) -> str:
    """Name a part as an analyst knows it."""
    title = title_of(part)
    return f"{part.place} ({part.kind}" + (f' "{title[:60]}")' if title else ")")


def _open_section(part: Part, number: int, writer: Writer) -> Section:
    language = part.language or writer.language
    if isinstance(part.block, Heading):
        writer.label = plain(part.block.text)
        short, heading = _shorten(part.block.short or writer.label), writer.text(part.block.text, is_numbered=False)
        return Section(f"section_{number}", heading, writer.label, short, language)
    writer.label = part.html.striptags()
    return Section(f"section_{number}", part.html, writer.label, _shorten(writer.label), language)


def _shorten(words: str) -> str:
    """Cut a heading for the row of contents, between two words."""
    return shorten(words, _LONGEST_NAME, placeholder="…")


def write_part(part: Part, writer: Writer, environment: Environment) -> Markup:
    """Write one part of a page with the template of its kind."""
    section, language = writer.label, writer.language
    writer.language = part.language or language
    template = environment.get_template(f"blocks/{part.kind}.html.j2")
    writer.label = title_of(part) or section
    body = Markup(template.render(block=part.block, part=part, page=writer, words=writer.words))
    writer.label, writer.language = section, language
    if part.is_folded:
        return Markup("<details><summary>{}</summary>{}</details>").format(
            title_of(part) or writer.words("details"), body
        )
    return body


def _issue_day(issued: dt.date | None, head: Head) -> str | None:
    """Give the day of issue without a clock: the caller's, SOURCE_DATE_EPOCH's, or the day that the page speaks for."""
    if issued:
        return issued.isoformat()
    moment = find_moment()
    return moment.date().isoformat() if moment else head.as_of
