"""The body of a mail: markup as mail programs take it, with tables for its layout and styles on each element.

It names no colour for text or ground, so that a program that is dark shows it dark. It holds no script and asks for
nothing: its picture travels with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from briefing.archive.mail.letter import Letter
from briefing.archive.mail.saying import Said, cut_text, list_links, say_tile
from briefing.archive.records import RecordedTile
from briefing.archive.sheet import as_words, name_question, speech_of
from briefing.blocks.assessed import Odds
from briefing.page.words import Words
from briefing.values.palette import BLUE, LIGHT, RULE

#: What the picture is called within the mail.
PICTURE = "hero@briefing"

_FONT = "font-family:Arial,Helvetica,sans-serif"
_QUIET = f"margin:0 0 12px;{_FONT};font-size:14px;line-height:1.45;opacity:.8"
_TEXT = f"margin:0 0 14px;{_FONT};font-size:16px;line-height:1.5"
_LINE = f"border-top:1px solid {LIGHT['line-strong']}"

#: Outlook knows no greatest width: it is given a table of that width.
_FRAME = Markup(
    '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="supported-color-schemes" content="light dark">\n'
    "<title>{title}</title>\n</head>\n"
    '<body style="margin:0;padding:0;color-scheme:light dark">\n'
    '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0"><tr><td align="center" '
    'style="padding:16px 12px">\n'
    '<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->\n'
    '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" dir="{direction}" '
    'style="max-width:600px;text-align:start"><tr><td style="overflow-wrap:anywhere">\n{body}</td></tr></table>\n'
    "<!--[if mso]></td></tr></table><![endif]-->\n</td></tr></table>\n</body>\n</html>\n"
)


def frame_body(title: str, body: Markup, *, words: Words) -> str:
    """Write a whole body of a mail around its parts."""
    return _FRAME.format(language=words.language, direction=words.direction, title=as_words(title), body=body)


def write_body(letter: Letter, said: Said, *, words: Words) -> str:
    """Write the body of an edition's mail."""
    speech, record = speech_of(letter.record, words=words), letter.record
    parts = (
        write_paragraph(said.marking, _QUIET, speech),
        write_heading(said.question, 1, speech),
        write_paragraph(said.dates, _QUIET),
        write_paragraph(said.answer, f"{_TEXT};font-size:18px;font-weight:bold", speech),
        _draw_odds(letter.front.odds, letter.front.scale_title) if letter.front and letter.front.odds else Markup(""),
        write_paragraph(said.assurance, _TEXT, speech),
        write_paragraph(said.standfirst, _TEXT, speech),
        _write_tiles(record.tiles, speech, words=words),
        _write_picture(letter, said, speech),
        write_points(said.counted, said.points) or write_paragraph(said.counted),
        write_points(words.term("front", "disputes"), said.contested, speech),
        write_paragraph(said.flaw, _TEXT),
        write_paragraph(said.attached, f"{_TEXT};{_LINE};padding-top:14px"),
        _write_links(letter, words=words),
        write_paragraph(said.foot, _QUIET),
    )
    return frame_body(name_question(record), Markup("").join(parts), words=words)


def write_heading(text: str, level: int, speech: Markup | str = "") -> Markup:
    """Write a heading: of the mail, or of a part of it."""
    size = {1: "margin:0 0 6px;font-size:24px", 2: "margin:22px 0 8px;font-size:17px"}[level]
    heading = Markup('<h{level}{speech} style="{size};{font};line-height:1.25">{text}</h{level}>\n')
    return heading.format(level=level, speech=speech, size=size, font=_FONT, text=as_words(text))


def write_paragraph(text: str, style: str = _TEXT, speech: Markup | str = "") -> Markup:
    """Write a paragraph; nothing where there is nothing to say."""
    return Markup('<p{} style="{}">{}</p>\n').format(speech, style, as_words(text)) if text else Markup("")


def write_points(title: str, points: Iterable[str], speech: Markup | str = "") -> Markup:
    """Write a list under its heading; nothing where there is no point."""
    item = Markup('<li{} style="margin:0 0 6px">{}</li>\n')
    items = Markup("").join(item.format(speech, as_words(point)) for point in points)
    if not items:
        return items
    listed = Markup(
        '<ul style="margin:0 0 14px;padding-inline-start:20px;{};font-size:15px;line-height:1.45">\n{}</ul>\n'
    )
    return write_heading(title, 2) + listed.format(_FONT, items)


def write_link(href: str, text: str) -> Markup:
    """Write a link that keeps the colour of the words around it."""
    return Markup('<a href="{}" style="color:inherit;text-decoration:underline">{}</a>').format(href, as_words(text))


def _draw_odds(odds: Odds, title: str) -> Markup:
    """Draw how likely it is on a scale from 0 to 100 %: three cells of a table, since mail programs show no SVG."""
    widths = ((odds.low, RULE), (odds.high - odds.low, BLUE), (100 - odds.high, RULE))
    cell = Markup(
        '<td width="{0}%" height="8" bgcolor="{1}" style="background:{1};font-size:1px;line-height:8px">&nbsp;</td>'
    )
    cells = Markup("").join(cell.format(width, colour) for width, colour in widths if width > 0)
    label = f"{title}: {odds.words}" if title else odds.words
    ends = Markup('<td align="{}" width="33%" style="{};font-size:12px;opacity:.8">{}</td>')
    scale = Markup("").join(
        ends.format(side, _FONT, told) for side, told in (("left", "0 %"), ("center", "50 %"), ("right", "100 %"))
    )
    table = Markup('<table role="{}" dir="ltr" width="100%" border="0" cellpadding="0" cellspacing="0">{}</table>\n')
    rows = Markup("<tr>{}</tr>")
    return (
        Markup('<div role="img" aria-label="{}" style="margin:0 0 14px">\n').format(as_words(label))
        + table.format("presentation", rows.format(cells))
        + table.format("presentation", rows.format(scale))
        + Markup("</div>\n")
    )


def _write_tiles(tiles: Iterable[RecordedTile], speech: Markup, *, words: Words) -> Markup:
    row = Markup('<tr><td style="{line};padding:10px 0 0">\n{told}</td></tr>\n')
    rows = Markup("").join(row.format(line=_LINE, told=_write_tile(tile, speech, words=words)) for tile in tiles)
    if not rows:
        return rows
    table = '<table role="presentation" width="100%" border="0" cellpadding="0" cellspacing="0" style="margin:6px 0">\n'
    return Markup(table + "{}</table>\n").format(rows)


def _write_tile(tile: RecordedTile, speech: Markup, *, words: Words) -> Markup:
    said = say_tile(tile, words=words)
    line = "margin:0 0 4px;"
    return (
        write_paragraph(said.value, f"{line}{_FONT};font-size:20px;font-weight:bold;line-height:1.3", speech)
        + write_paragraph(said.hedge, f"{line}{_FONT};font-size:15px;line-height:1.4;opacity:.8", speech)
        + write_paragraph(said.label, f"{line}{_FONT};font-size:15px;line-height:1.4", speech)
        + write_paragraph(said.rest, f"margin:0 0 10px;{_FONT};font-size:13px;line-height:1.4;opacity:.8", speech)
    )


def _write_picture(letter: Letter, said: Said, speech: Markup) -> Markup:
    if letter.front is None or letter.front.hero is None or not letter.picture:
        return write_paragraph(said.instead, _TEXT, speech)
    hero = letter.front.hero
    image = Markup(
        '<p style="margin:0 0 6px"><img src="cid:{}" alt="{}" width="{}" '
        'style="display:block;border:0;max-width:100%;height:auto"></p>\n'
    ).format(PICTURE, as_words(cut_text(hero.description)), letter.width)
    return (
        write_heading(cut_text(hero.title), 2, speech)
        + image
        + write_paragraph(cut_text(hero.source_line), _QUIET, speech)
    )


def _write_links(letter: Letter, *, words: Words) -> Markup:
    links = [write_link(href, told) for told, href in list_links(letter, words=words)]
    return Markup('<p style="{}">{}</p>\n').format(_TEXT, Markup("<br>\n").join(links)) if links else Markup("")
