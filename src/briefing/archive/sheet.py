"""A sheet: what stands around the pages, in their own look, under a policy as strict as theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup, escape

from briefing.archive.records import Record
from briefing.editions.about import About
from briefing.page.linked import embed_json
from briefing.page.policy import make_policy
from briefing.page.style import paint_sheets
from briefing.page.tame import tame_text
from briefing.page.words import Words
from briefing.values.languages import is_tag

#: The page's sheets that a sheet is dressed in.
_SHEETS = ("page.css", "front.css")

_FRAME = Markup(
    '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n{refresh}'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
    "<title>{title}</title>\n{feeds}<style>{style}</style>\n</head>\n<body>\n"
    '<a class="skip" href="#main_content">{skip}</a>\n'
    '<header class="top">\n<h1>{title}</h1>\n{lead}</header>\n'
    '<div class="sheet">\n<main id="main_content">\n{body}</main>\n</div>\n{foot}</body>\n</html>\n'
)


def make_sheet(
    title: str,
    body: Markup,
    *,
    words: Words,
    lead: Markup | str = "",
    foot: Markup | str = "",
    leads_to: str = "",
    linked: object = None,
    feeds: Mapping[str, str] | None = None,
    scripts: Sequence[str] = (),
    asks: bool = False,
) -> bytes:
    """Make a sheet of its title and markup; `leads_to` is where a browser goes from it at once.

    `linked` is what it says to machines, as linked data; `feeds` are what a program may follow in its place: addresses,
    with the media type of each. Of scripts only these run; `asks` says that it has a form that leads to another file.
    """
    style = _style()
    refresh = Markup('<meta http-equiv="refresh" content="0; url={}">\n').format(leads_to) if leads_to else ""
    data = Markup('<script type="application/ld+json">{}</script>\n').format(embed_json(linked)) if linked else ""
    page = _FRAME.format(
        language=words.language,
        direction=words.direction,
        policy=make_policy(styles=[style], scripts=scripts, asks=asks),
        refresh=refresh,
        title=as_words(title),
        feeds=Markup("").join(
            Markup('<link rel="alternate" type="{}" href="{}" title="{}">\n').format(kind, href, as_words(title))
            for href, kind in (feeds or {}).items()
        ),
        style=Markup(style),
        skip=words("skip"),
        lead=lead,
        body=body,
        foot=Markup("{}{}{}").format(foot, data, Markup("").join(map(_write_script, scripts))),
    )
    return page.encode()


def _write_script(script: str) -> Markup:
    return Markup("<script>{}</script>\n").format(Markup(script))


@lru_cache(maxsize=1)
def _style() -> str:
    own = (files("briefing.archive") / "assets" / "archive.css").read_text(encoding="utf-8")
    return paint_sheets(_SHEETS, more=own)


def as_words(text: str) -> Markup:
    """Write a text as markup that shows it, whoever wrote it."""
    return escape(tame_text(text))


def speech_of(record: Record, *, words: Words) -> Markup:
    """Write the attributes of words of a page's notebook: their direction, and their language where it is another."""
    spoken = record.spoken or record.language
    lang = Markup(' lang="{}"').format(spoken) if spoken != words.language and is_tag(spoken) else Markup("")
    return Markup(' dir="auto"{}').format(lang)


def name_question(record: Record) -> str:
    """Say what a page asks; what asks nothing is called as its briefing."""
    return record.question or record.title or record.briefing or record.name


def name_archive(about: About, *, words: Words) -> str:
    """Say what the archive is called."""
    return about.title or words.term("archive", "title")


def name_apart(record: Record, others: Iterable[Record]) -> str:
    """Say what a page asks, and of what, where one of another series asks the same."""
    question = name_question(record)
    is_shared = any(other.series != record.series and name_question(other) == question for other in others)
    return f"{question} ({name_series(record)})" if is_shared else question


def name_edition(record: Record, *, words: Words) -> str:
    """Name an edition by its day, or by its address where it has none."""
    return words.date(record.as_of) if record.as_of else record.name


def say_chip(chip: Mapping[str, Any], *, words: Words) -> str:
    """Say how a number that leads stands."""
    day = words.date(str(chip.get("day", "")))
    return words.term("front", str(chip["kind"]), name=chip.get("name", ""), date=day, n=chip.get("number", 0))


def name_series(record: Record) -> str:
    """Name the series of an edition as people do."""
    return record.series.removesuffix(".html")


def lead_from(folder: str, name: str) -> str:
    """Give the relative address of a file, as it is written in a file of some folder.

    Examples
    --------
    >>> lead_from("transfers/ammunition", "index.html"), lead_from("", "situation/latest.html")
    ('../../index.html', 'situation/latest.html')
    """
    place, steps = name.split("/"), folder.split("/") if folder else []
    shared = next((at for at, (one, other) in enumerate(zip(place[:-1], steps, strict=False)) if one != other), None)
    shared = min(len(place) - 1, len(steps)) if shared is None else shared
    return "/".join([".."] * (len(steps) - shared) + place[shared:])
