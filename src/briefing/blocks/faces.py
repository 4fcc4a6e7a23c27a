"""The face of a block in JupyterLab: what an analyst sees while writing. The press never reads it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape

from briefing.blocks import blocks
from briefing.blocks.blocks import CAME, Block, Cited, Spec, Text, face
from briefing.blocks.made import say_cited
from briefing.blocks.records import plain
from briefing.values.dates import parse_date, say_date
from briefing.values.languages import is_tag

#: Which way a decided judgement leaned.
_LEANED = {"right": "the right way", "wrong": "the wrong way", "neither": "neither way"}

#: The Vega-Lite output that JupyterLab draws.
VEGA_LITE = "application/vnd.vegalite.v5+json"


@face.register
def _(block: Block) -> Spec:
    """Give the outputs that JupyterLab shows for a block, richest first."""
    if isinstance(block, blocks.Chart):
        return {VEGA_LITE: block.spec, "text/plain": block.description}
    return {"text/html": _html(block), "text/plain": _plain(block)}


def _html(block: Block) -> str:
    match block:
        case blocks.Headline():
            day = f"<p>As of {parse_date(block.as_of)}</p>" if block.as_of else "<p>The whole dossier</p>"
            lang = _lang(block)
            return f"<h1{lang}>{escape(block.title)}</h1>{day}<p{lang}><strong>{_text(block.bottom_line)}</strong></p>"
        case blocks.Front():
            return _front(block)
        case blocks.Heading():
            return f"<h2{_lang(block)}>{_text(block.text)}</h2>"
        case blocks.Prose():
            return f"<p{_lang(block)}>{_text(block.text)}</p>"
        case blocks.Note():
            return f"<p{_lang(block)}><em>{escape(block.label)}.</em> {_text(block.text)}</p>"
        case blocks.Table():
            return _table(block.caption, block.data)
        case blocks.Own():
            return _own(block)
        case blocks.Quotations():
            said = "".join(
                f"<h4>{escape(exchange.target)}</h4>" + "".join(_quotation(one) for one in exchange.quotations)
                for exchange in block.exchanges
            )
            return f"<p><strong>{escape(block.caption)}</strong></p>{said or '<p>Nothing is known.</p>'}"
        case blocks.Timeline():
            lines = "".join(
                f"<li><strong>{_day(entry.date)}</strong> {escape(entry.title)}. {escape(entry.summary)}</li>"
                for entry in block.entries
            )
            none = block.otherwise[:1].upper() + block.otherwise[1:] or "Nothing is known"
            body = f"<ul>{lines}</ul>" if lines else f"<p>{escape(none)}.</p>"
            return f"<p><strong>{escape(block.caption)}</strong></p>{body}"
        case blocks.Sources():
            return f"<p>{_text(block.summary)}</p>" + "".join(f"<p>{escape(told)}</p>" for told in block.waiting)
        case blocks.Judgements():
            said = "".join(_judgement(one) for one in block.judgements)
            decided = _decided(block.decided)
            body = said or "<p>No judgement is open on this day.</p>"
            head = f"<p><strong>{escape(block.caption)}</strong> {escape(block.method)}</p>"
            return f"{head}{body}{decided}"
        case blocks.Scenarios():
            rows = "".join(_scenario(one) for one in block.scenarios)
            said = "".join(_judgement(one) for one in block.others)
            body = f"<table><tbody>{rows}</tbody></table>" if rows else ""
            head = f"<p><strong>{escape(block.caption)}</strong> {escape(block.method)}</p>"
            return (
                head
                + (body + said or "<p>No scenario and no judgement is known on this day.</p>")
                + _decided(block.decided)
            )
        case blocks.Matrix():
            told = "".join(f"<p>{escape(sentence)}</p>" for sentence in block.result)
            return told + _matrix(block)
        case blocks.Indicators():
            seen = "".join(
                f"<li><strong>{escape(one.status.replace('_', ' '))}</strong>: {escape(one.observable)}. "
                f"{escape(one.note)}</li>"
                for one in block.indicators
            )
            shown = seen or "<li>No indicator is known on this day.</li>"
            return f"<p><strong>{escape(block.caption)}</strong></p><ul>{shown}</ul>"
        case blocks.Corrections():
            mended = "".join(f"<li>{escape(_mended(one))}</li>" for one in block.corrections)
            return f"<p><strong>{escape(block.caption)}</strong></p><ul>{mended or '<li>None.</li>'}</ul>"
        case _:
            return f"<pre>{escape(repr(block))}</pre>"


def _front(block: blocks.Front) -> str:
    """Write a front as an analyst checks it; its picture is drawn on the page, and named here."""
    day = f"As of {parse_date(block.as_of)}" if block.as_of else "The whole dossier"
    judge = f". Judged by {block.judged_by}" + (f" ({block.badge})" if block.badge else "") if block.judged_by else ""
    tiles = "".join(
        f"<td><strong>{_text(tile.figure)}</strong><br>{_text(tile.hedge)}<br>{escape(tile.label)}<br>"
        f"{escape(tile.claimant)}{', ' + _day(tile.when) if tile.when else ''}<br><em>{escape(_chips(tile))}</em></td>"
        for tile in block.tiles
    )
    hero = f"<p>Picture: {escape(block.hero.title)}</p>" if block.hero else f"<p>{_text(block.instead)}</p>"
    lines = "".join(f"<li>{_text(line)}</li>" for line in block.contested)
    return (
        f"<h1{_lang(block)}>{escape(block.title)}</h1><p>{escape(day + judge)}</p>"
        f"<p{_lang(block)}><strong>{_text(block.bottom_line)}</strong> {escape(block.assurance)}</p>"
        f"<p{_lang(block)}>{_text(block.standfirst)}</p><table><tr>{tiles}</tr></table>{hero}"
        + (f"<p><strong>What is contested</strong></p><ul>{lines}</ul>" if lines else "")
    )


def _chips(tile: blocks.Tile) -> str:
    told = []
    for chip in tile.chips:
        more = chip.name or (say_date(chip.day) if chip.day else "") or (str(chip.number) if chip.number else "")
        told.append(f"{chip.kind.replace('_', ' ')}{': ' + more if more else ''}")
    return " · ".join(told)


def _lang(block: Block) -> str:
    """Say in which language a block's words are, where they are not in the notebook's."""
    return f' lang="{block.language}" dir="auto"' if is_tag(block.language) else ""


def _plain(block: Block) -> str:
    if isinstance(block, blocks.Judgements):
        return "\n".join(f"{one.likelihood} {one.assurance}" for one in block.judgements) or block.caption
    if isinstance(block, blocks.Scenarios):
        odds = {one.id: one.odds.words if one.odds else "not judged" for one in block.scenarios}
        return "\n".join(f"{one.label}: {odds[one.id]}" for one in block.scenarios) or block.caption
    if isinstance(block, blocks.Matrix):
        return " ".join(block.result)
    if isinstance(block, blocks.Indicators):
        return "\n".join(f"{one.status}: {one.observable}" for one in block.indicators) or block.caption
    if isinstance(block, blocks.Corrections):
        return "\n".join(map(_mended, block.corrections)) or f"{block.caption}: none"
    for name in ("text", "summary", "bottom_line"):
        if hasattr(block, name):
            words = plain(getattr(block, name))
            return f"{block.title}\n{words}" if isinstance(block, blocks.Headline | blocks.Front) else words
    return str(getattr(block, "caption", ""))


def _day(text: str) -> str:
    return escape(say_date(text))


def _mended(one: blocks.Correction) -> str:
    cells = f"{one.old or 'empty'} became {one.new or 'empty'}"
    return f"{say_date(one.date)}: {one.row} ({one.title}), {one.field}: {cells}. {one.reason}"


def _text(text: Text) -> str:
    return "".join(escape(span) if isinstance(span, str) else _cited(span) for span in text)


def _cited(span: Cited) -> str:
    how = say_cited(span)
    title = ", ".join(span.claims) + (f": {how}" if how else "")
    return f'<abbr title="{escape(title)}">{escape(span.text)}</abbr>'


def _table(caption: str, data: blocks.TableData) -> str:
    head = "".join(f"<th>{escape(column.name)}</th>" for column in data.columns)
    rows = "".join("<tr>" + "".join(f"<td>{_text(cell)}</td>" for cell in row) + "</tr>" for row in data.rows)
    body = rows or f'<tr><td colspan="{len(data.columns)}">Nothing is known.</td></tr>'
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _own(block: blocks.Own) -> str:
    caption, content = f"<p>{escape(block.caption)}</p>", block.content
    if isinstance(content, blocks.TableData):
        shown = _table(block.caption, content)
    elif not isinstance(content, blocks.Picture):
        shown = f"{caption}<pre>{escape(content.markdown)}</pre>"
    else:
        packed = b64encode(content.data.encode()).decode() if content.form == "image/svg+xml" else content.data
        picture = f"data:{content.form};base64,{escape(packed)}"  # inside an img an SVG runs nothing
        shown = f'{caption}<img src="{picture}" alt="{escape(content.alt)}">'
    return f"{shown}<p><em>Analyst's own; {escape(block.source or 'no source given')}</em></p>"


def _judgement(one: blocks.Judgement) -> str:
    sides = _exhibits("Points to it", one.supporting) + _exhibits("Points away from it", one.contrary)
    moved = f"<p>{one.earlier.move} from {escape(one.earlier.odds.words)}</p>" if one.earlier else ""
    return f"<p>{escape(one.likelihood)}<br>{escape(one.assurance)}</p>{sides}{moved}"


def _scenario(one: blocks.Scenario) -> str:
    odds = (
        escape(one.judged.likelihood)
        if one.judged
        else f"We have not judged how likely it is. {escape(one.statement)}."
    )
    way = f"<br>One way of: {escape(one.part_of)}" if one.part_of else ""
    raised = "; ".join(f"{escape(each.name)}, {_day(each.date)}" for each in one.raised_by)
    lights = "".join(
        f"<li>{escape(each.observable)}: {escape(each.status.replace('_', ' '))}</li>" for each in one.lights
    )
    sides = _exhibits("Points to it", one.sides[0]) + _exhibits("Points away from it", one.sides[1])
    told = f"<br>Spoken of by {raised}" if raised else ""
    return (
        f"<tr><td><strong>{escape(one.label)}</strong><br>{odds}{way}{told}</td><td>{sides}</td>"
        f"<td><ul>{lights}</ul></td></tr>"
    )


def _decided(decided: Iterable[blocks.Decided]) -> str:
    listed = "".join(
        f"<li>{escape(one.statement)}, judged {escape(one.odds.words)}: {CAME[one.outcome]} ({_day(one.on)}); "
        f"leaned {_LEANED[one.leaned]}</li>"
        for one in decided
    )
    return f"<ul>{listed}</ul>" if listed else ""


def _exhibits(label: str, exhibits: Iterable[blocks.Exhibit]) -> str:
    listed = "".join(f"<li>{_text(one.text)}{escape(f' ({one.by})' if one.by else '')}</li>" for one in exhibits)
    return f"<p>{label}:</p><ul>{listed or '<li>no item of evidence</li>'}</ul>"


def _matrix(block: blocks.Matrix) -> str:
    head = "".join(f"<th>{escape(one.label)}</th>" for one in block.hypotheses)
    rows = "".join(
        f"<tr><td>{at}. {_text(row.exhibit.text)}</td>{''.join(f'<td>{escape(one)}</td>' for one in row.ratings)}</tr>"
        for at, row in enumerate(block.rows, start=1)
    )
    scores = "".join(f"<td>{one.score:.1f}</td>" for one in block.hypotheses)
    return (
        f"<table><caption>{escape(block.caption)}</caption><thead><tr><th></th>{head}</tr></thead>"
        f"<tbody>{rows}<tr><td>Weighted inconsistency</td>{scores}</tr></tbody></table>"
    )


def _quotation(one: blocks.Quotation) -> str:
    words = f"“{escape(one.text)}”" if one.is_direct else escape(one.text)
    return f"<blockquote>{words}<br>{escape(one.speaker)}, {_day(one.date)} ({escape(one.stance)})</blockquote>"
