"""The register of corrections: all of our own errors that were mended, over all pages, for people and for machines."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from briefing.archive.corrections import KnownCorrection
from briefing.archive.records import Record
from briefing.archive.sheet import as_words, lead_from, make_sheet, name_edition, speech_of
from briefing.archive.since_words import flatten
from briefing.archive.standing import Archive, name_series_apart
from briefing.page.links import PageLink
from briefing.page.notices import Notice
from briefing.page.words import Words, read_words
from briefing.press.publish import INDEX

#: The register, and the same for machines.
REGISTER, REGISTER_JSON = "corrections.html", "corrections.json"

#: So many rows are named on top of a page; the register has the others.
_MOST_ROWS = 3
#: So many editions of a question are linked to at each correction; the file for machines has all of them.
_MOST_EDITIONS = 40
#: So many editions are listed without being folded.
_UNFOLDED = 6


def tell_corrected(archive: Archive) -> dict[str, Sequence[Notice]]:
    """Tell each edition whose page prints a row that was corrected, or printed it, and where that is told."""
    touched: dict[str, list[KnownCorrection]] = {}
    for told in archive.corrections:
        for address in () if told.is_withdrawn else told.editions:
            touched.setdefault(address, []).append(told)
    return {
        record.address: (_tell_record(record, touched[record.address]),)
        for record in archive.records
        if record.address in touched
    }


def _tell_record(record: Record, corrections: Sequence[KnownCorrection]) -> Notice:
    """Name the rows that the page prints, those that were corrected last before the others."""
    words, register = read_words(record.language), lead_from(record.folder, REGISTER)
    rows: dict[str, KnownCorrection] = {}
    for told in corrections:
        rows.setdefault(told.row, told)
    named = [told for told in rows.values() if record.address in told.printed]
    links = [PageLink(f"{register}#{told.anchor}", told.row) for told in named[:_MOST_ROWS]]
    if left := len(rows) - len(links):
        links.append(PageLink(register, words.term("notices", "more_rows" if links else "rows", n=left)))
    return Notice("corrected", corrections[0].day, tuple(links))


def make_register(archive: Archive) -> dict[str, bytes]:
    """Make the register of corrections, the newest first, as a page and for machines."""
    words = read_words(archive.language)
    records = {record.address: record for record in archive.records}
    names = name_series_apart(archive)
    entries = itertools.groupby(archive.corrections, key=lambda told: (told.day, told.row, told.table))
    body = Markup("").join(_write_row(list(told), records, names, words=words) for _, told in entries)
    nothing = Markup("<p>{}</p>\n").format(words.term("register", "none"))
    intro = Markup("<p>{}</p>\n<p>{}</p>\n").format(words.term("register", "what"), words.term("register", "revisions"))
    home = Markup('<p><a href="{}">{}</a></p>\n').format(INDEX, words.term("archive", "index_link"))
    foot = Markup('<footer>\n<p>{}: <a href="{}">{}</a></p>\n</footer>\n').format(
        words.term("archive", "machines"), REGISTER_JSON, REGISTER_JSON
    )
    page = make_sheet(words.term("register", "title"), home + intro + (body or nothing), words=words, foot=foot)
    return {REGISTER: page, REGISTER_JSON: _to_json(archive.corrections)}


def _write_row(
    told: Sequence[KnownCorrection], records: dict[str, Record], names: Mapping[str, str], *, words: Words
) -> Markup:
    """Write what was corrected in a row on a day, cell by cell, and the editions that it touched."""
    first = told[0]
    is_named = first.title not in ("", first.row)
    cells = Markup("").join(_write_cell(cell, words=words) for cell in told)
    addresses = dict.fromkeys(address for cell in told for address in cell.editions)
    return Markup(
        '<article class="mended">\n<h2><time datetime="{day}">{date}</time>: <span dir="auto">{name}</span></h2>\n{row}'
        '<ul class="cells">\n{cells}</ul>\n{editions}</article>\n'
    ).format(
        day=as_words(first.day),
        date=as_words(words.date(first.day)),
        name=as_words(flatten(first.title) if is_named else first.row),
        row=Markup("<p>{}</p>\n").format(words.term("register", "row", row=first.row)) if is_named else "",
        cells=cells,
        editions=_write_editions([records[address] for address in addresses if address in records], names, words=words),
    )


def _write_cell(told: KnownCorrection, *, words: Words) -> Markup:
    table = f" ({told.table})" if told.table else ""
    return Markup(
        '<li id="{anchor}">{column} <b>{field}</b>{table}: {was} <del dir="auto">{old}</del>, {new} '
        '<ins dir="auto">{now}</ins>. <span dir="auto">{reason}.</span>{withdrawn}</li>\n'
    ).format(
        anchor=told.anchor,
        column=words.term("corrections", "column"),
        field=as_words(told.column),
        table=as_words(table),
        was=words.term("corrections", "was"),
        old=as_words(told.old or words.term("corrections", "empty")),
        new=words.term("corrections", "is"),
        now=as_words(told.new or words.term("corrections", "empty")),
        reason=as_words(told.reason.rstrip(".")),
        withdrawn=Markup(" <strong>{}</strong>").format(words.term("register", "withdrawn"))
        if told.is_withdrawn
        else "",
    )


def _write_editions(touched: Sequence[Record], names: Mapping[str, str], *, words: Words) -> Markup:
    """Write the editions that print a row, by question, the newest of many."""
    if not touched:
        return Markup("<p>{}</p>\n").format(words.term("register", "untouched"))
    by_series = itertools.groupby(touched, key=lambda record: record.series)
    items = Markup("").join(_write_series(list(editions), names, words=words) for _, editions in by_series)
    shape = '<details class="fold"><summary>{}</summary>\n<ul>\n{}</ul>\n</details>\n'
    if len(touched) <= _UNFOLDED:
        shape = "<p>{}:</p>\n<ul>\n{}</ul>\n"
    return Markup(shape).format(words.term("register", "touched", n=len(touched)), items)


def _write_series(editions: Sequence[Record], names: Mapping[str, str], *, words: Words) -> Markup:
    ordered = sorted(editions, key=lambda record: record.order, reverse=True)
    shown = Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(record.address, as_words(name_edition(record, words=words)))
        for record in ordered[:_MOST_EDITIONS]
    )
    left = len(ordered) - _MOST_EDITIONS
    more = ", " + words.term("register", "more", n=left) if left > 0 else ""
    return Markup("<li><span{}>{}</span> – {}{}</li>\n").format(
        speech_of(ordered[0], words=words),
        as_words(names[ordered[0].series]),
        shown,
        more,
    )


def _to_json(corrections: Iterable[KnownCorrection]) -> bytes:
    told = [
        {
            "address": f"{REGISTER}#{cell.anchor}",
            "day": cell.day,
            "table": cell.table or None,
            "row": cell.row,
            "title": cell.title or None,
            "column": cell.column,
            "old": cell.old or None,
            "new": cell.new or None,
            "reason": cell.reason,
            "withdrawn": cell.is_withdrawn,
            "editions": list(cell.editions),
        }
        for cell in corrections
    ]
    text = json.dumps({"version": 1, "corrections": told}, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")
