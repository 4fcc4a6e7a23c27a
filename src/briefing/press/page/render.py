"""From an executed notebook to the text of a page."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from briefing.blocks import Heading, Headline
from briefing.errors import PageError
from briefing.press.page.ledger import open_ledger
from briefing.press.page.parts import Part, find_headline, read_parts
from briefing.press.page.policy import assert_page, make_policy
from briefing.press.page.soundness import check_block
from briefing.press.page.style import make_style
from briefing.press.page.svg import Draw, draw_svg
from briefing.press.page.words import read_words
from briefing.press.page.writer import Writer, plain

#: The packages whose versions can change a page's bytes.
DRAWING = ("briefing", "altair", "vl-convert-python")


@dataclass(slots=True)
class Section:
    """A heading and what stands under it, written."""

    anchor: str
    heading: Markup = field(default_factory=Markup)
    words: str = ""
    bodies: list[Markup] = field(default_factory=list)
    has_sources: bool = False


def write_page(
    notebook: Any,
    *,
    environment: Environment,
    name: str = "",
    edition: str = "",
    language: str = "en",
    issued: dt.date | None = None,
    checks: Sequence[str] = (),
    draw: Draw = draw_svg,
) -> str:
    """Write the page of an executed notebook with a given template environment; see `render_page`."""
    words = read_words(language)
    parts = read_parts(notebook, name=name, words=words)
    headline = _head(parts, name=name)
    writer = Writer(open_ledger(part.block for part in parts if part.block is not None), words, draw)
    writer.label = words("bottom_line")
    bottom_line = writer.text(headline.bottom_line)
    sections = _write_sections(parts, headline, writer, environment)
    evidence = environment.get_template("evidence.html.j2").module
    annex = evidence.annex(writer) if writer.ledger.claims else Markup("")  # type: ignore[attr-defined]
    sources = evidence.sources(writer) if writer.ledger.sources else Markup("")  # type: ignore[attr-defined]
    style = make_style(title=headline.title, marking=headline.marking, page_word=words("page"))
    page = environment.get_template("index.html.j2").render(
        words=words,
        headline=headline,
        edition=edition,
        issued=_issue_day(issued, headline),
        bottom_line=bottom_line,
        summary=plain(headline.bottom_line),
        sections=sections,
        sources=sources,
        annex=annex,
        checks=list(checks),
        versions=[f"{package} {version(package)}" for package in DRAWING],
        style=Markup(style),
        policy=make_policy(styles=[style], scripts=[]),
    )
    return assert_page(page)


def _head(parts: Iterable[Part], *, name: str) -> Headline:
    """Find what heads the page: its headline block, or else the first heading of the notebook's own words."""
    parts = list(parts)
    headline = find_headline(parts)
    if headline:
        return headline
    titles = [part.html.striptags() for part in parts if part.level == 1]
    if not titles:
        where = f"{name}: " if name else ""
        raise PageError(
            f"{where}has no title; a page answers one question. Begin with a markdown cell: # The question?"
        )
    return Headline(title=titles[0])


def _write_sections(parts: list[Part], headline: Headline, writer: Writer, environment: Environment) -> list[Section]:
    sections = [Section("section_0")]
    problems: list[str] = []
    for part in parts:
        if isinstance(part.block, Headline) or (part.level == 1 and part.html.striptags() == headline.title):
            continue
        try:
            if part.opens_section:
                sections.append(_open_section(part, len(sections), writer))
            else:
                problems += [f"{part.place}: {told}" for told in _check_soundness(part)]
                sections[-1].bodies.append(_write_part(part, writer, environment))
                sections[-1].has_sources |= part.kind == "sources"
        except PageError as error:
            problems.append(f"{part.place}: {error}")
    if problems:
        raise PageError("\n".join(problems))
    return [section for section in sections if section.heading or section.bodies]


def _check_soundness(part: Part) -> list[str]:
    found = check_block(part.block) if part.block else []
    return [
        f"{problem}; a missing value is said in words, never printed. Mend the cell or its rows." for problem in found
    ]


def _open_section(part: Part, number: int, writer: Writer) -> Section:
    if isinstance(part.block, Heading):
        writer.label = plain(part.block.text)
        return Section(f"section_{number}", writer.text(part.block.text), writer.label)
    writer.label = part.html.striptags()
    return Section(f"section_{number}", part.html, writer.label)


def _write_part(part: Part, writer: Writer, environment: Environment) -> Markup:
    section = writer.label
    template = environment.get_template(f"blocks/{part.kind}.html.j2")
    writer.label = getattr(part.block, "caption", "") or getattr(part.block, "title", "") or section
    body = Markup(template.render(block=part.block, part=part, page=writer, words=writer.words))
    writer.label = section
    if part.is_folded:
        return Markup("<details><summary>{}</summary>{}</details>").format(writer.words("details"), body)
    return body


def _issue_day(issued: dt.date | None, headline: Headline) -> str | None:
    """Give the day of issue without a clock: the caller's, SOURCE_DATE_EPOCH's, or the day that the page speaks for."""
    if issued:
        return issued.isoformat()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date().isoformat()
    return headline.as_of
