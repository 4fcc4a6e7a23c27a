"""The page of what changed between two editions: what we judged, what moved and why, what is new; the rest is folded.

Each row leads to itself on the edition that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from markupsafe import Markup

from briefing.archive.judged import ChangedJudgement
from briefing.archive.moved import FigureMove, FigureReason
from briefing.archive.newsworthy import RowChange
from briefing.archive.records import Record
from briefing.archive.sheet import as_words, lead_from, make_sheet, name_edition, name_question, speech_of
from briefing.archive.since import Since
from briefing.archive.since_points import (
    ELSEWHERE,
    TOLD_TABLES,
    anchor_of,
    count_changes,
    count_new,
    list_others,
    list_told,
    name_before,
    say_counts,
    tell_each_once,
)
from briefing.archive.since_words import (
    SaidLine,
    fill_line,
    say_correction,
    say_judged,
    say_reason,
    say_row,
    say_unread,
)
from briefing.page.words import Words, read_words
from briefing.press.publish import INDEX

#: So many rows of a table are shown before the others are folded, and so many claims behind a figure.
_SHOWN = 4

#: Other tables that have a name in the catalogue of words.
_NAMED = ("scenarios", "hypotheses", "indicators")


def since_address(before: Record, after: Record) -> str:
    """Give the address of the page of what changed between two editions of one series."""
    first, last = (record.name.rpartition("/")[2] for record in (before, after))
    return f"{after.folder}/{first}..{last}.html".removeprefix("/")


def make_since_page(since: Since) -> bytes:
    """Make the page of what changed between two editions."""
    words = read_words(since.after.language)
    sections = (_write_answer, _write_judged, _write_figures, _write_corrections, _write_new, _write_rest)
    body = Markup("").join(write(since, words=words) for write in sections)
    unread = Markup("").join(
        Markup('<p class="trouble">{}</p>\n').format(say_unread(record, words=words).words) for record in since.unread
    )
    if unread:
        unread = Markup('<div id="unread">\n{}</div>\n').format(unread)
    said = Markup('<p class="said">{}</p>\n').format(count_changes(since, words=words))
    title = words.term("since", "title", date=name_before(since, words=words))
    foot = Markup("<footer>\n<p>{}</p>\n</footer>\n").format(words.term("since", "made_from"))
    return make_sheet(title, said + unread + body, words=words, lead=_write_lead(since, words=words), foot=foot)


def _write_lead(since: Since, *, words: Words) -> Markup:
    """Write what is asked, the way to both editions, and that to all others."""
    asked = Markup("<p{}>{}</p>\n").format(speech_of(since.after, words=words), as_words(name_question(since.after)))
    links = Markup("").join(
        Markup('<div><dt>{}</dt><dd><a href="{}">{}</a></dd></div>').format(
            words.term("since", key), _lead_to(since, record), as_words(name_edition(record, words=words))
        )
        for key, record in (("then", since.before), ("now", since.after))
        if record is not None
    )
    home = Markup('<div><dd><a href="{}">{}</a></dd></div>').format(
        lead_from(since.after.folder, INDEX), words.term("archive", "index_link")
    )
    return asked + Markup('<dl class="dates">{}{}</dl>\n').format(links, home)


def _lead_to(since: Since, record: Record, row: str = "") -> str:
    href = lead_from(since.after.folder, record.address)
    return f"{href}#{quote(row)}" if row else href


def _head(text: str, anchor: str, *, level: int = 2) -> Markup:
    return Markup('<h{} id="{}">{}</h{}>\n').format(level, anchor, as_words(_open(text)), level)


def _open(text: str) -> str:
    """Write a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _fold(summary: str, items: Iterable[Markup]) -> Markup:
    return Markup('<details class="fold"><summary>{}</summary>\n<ul class="changes">\n{}</ul>\n</details>\n').format(
        as_words(summary), Markup("").join(items)
    )


# --- answer, judgements, figures ---------------------------------------------------------------------------------


def _write_answer(since: Since, *, words: Words) -> Markup:
    before, after = since.before, since.after
    if before is None or not after.answer:
        return Markup("")
    speech = speech_of(after, words=words)
    if not since.has_new_answer:
        told = words.term("since", "answer_stands")
        return _head(told, "answer") + Markup("<p{}>{}</p>\n").format(speech, as_words(after.answer))
    said = Markup('<p{}><strong>{}</strong></p>\n<p class="was"><span>{}</span> <span{}>{}</span></p>\n').format(
        speech, as_words(after.answer), words.term("since", "before"), speech, as_words(before.answer)
    )
    return _head(words.term("since", "answer_changed"), "answer") + said


def _write_judged(since: Since, *, words: Words) -> Markup:
    if not since.judgements:
        return Markup("")
    numbers = {change: at for at, change in enumerate(since.judgements, 1)}
    told = [change for change in since.judgements if change.kind not in ("kept", "gone")]
    rest = [change for change in since.judgements if change not in told]
    items = Markup("").join(_write_judgement(since, change, numbers[change], words=words) for change in told)
    folded = (_write_judgement(since, change, numbers[change], words=words) for change in rest)
    counted = say_counts(since, ("judged",), words=words) or words.term("since", "judged")
    listed = Markup('<ul class="changes">\n{}</ul>\n').format(items) if told else ""
    fold = _fold(words.term("since", "more", n=len(rest)), folded) if rest else ""
    return _head(counted, "judged") + Markup("{}{}").format(listed, fold)


def _write_judgement(since: Since, change: ChangedJudgement, at: int, *, words: Words) -> Markup:
    speech = speech_of(since.after, words=words)
    lines = [text for text in (change.told.how, change.told.reason if change.kind != "hit" else "") if text]
    more = Markup("").join(Markup('<p class="why"{}>{}</p>').format(speech, as_words(_open(text))) for text in lines)
    if change.is_reworded and change.then:
        was = fill_line(words, "read_before", spoken={"statement": change.then.statement})
        more += Markup('<p class="was">{}</p>').format(was.markup(speech))
    page = since.after if change.now else since.before or since.after
    line = _link(since, page, change.told.id, say_judged(change, words=words).markup(speech))
    return Markup('<li id="judgement-{}" class="{}">{}{}</li>\n').format(at, change.kind, line, more)


def _link(since: Since, page: Record, row: str, line: Markup) -> Markup:
    """Write a line with the mark that leads to its row on the page that has it."""
    return Markup("<p>{} {}</p>").format(line, _mark(since, page, row))


def _mark(since: Since, page: Record, row: str) -> Markup:
    return Markup('<a class="pilcrow" href="{}" aria-label="{}">¶</a>').format(
        _lead_to(since, page, row), as_words(f"{row}: {page.name}")
    )


def _list_lines(since: Since, told: Iterable[tuple[Record, str, SaidLine]], *, words: Words) -> list[Markup]:
    """Write lines as items of a list; rows of which one and the same can be said are one, with a mark each."""
    speech, marks = speech_of(since.after, words=words), dict[Markup, list[Markup]]()
    for page, row, line in told:
        marks.setdefault(line.markup(speech), []).append(_mark(since, page, row))
    return [Markup("<li><p>{} {}</p></li>\n").format(line, Markup(" ").join(told)) for line, told in marks.items()]


def _write_figures(since: Since, *, words: Words) -> Markup:
    moved = Markup("").join(
        _write_figure(since, figure, f"figure-{at}", words=words) for at, figure in enumerate(since.figures, 1)
    )
    return _head(say_counts(since, ("moved",), words=words), "figures") + moved if moved else Markup("")


def _write_figure(since: Since, figure: FigureMove, anchor: str, *, words: Words) -> Markup:
    """Write a figure that moved: what it is now and was before, and why."""
    speech, before = speech_of(since.after, words=words), since.before or since.after
    sides = ((figure.now.words, since.after), (figure.then.words, before))
    tiles = Markup("").join(
        Markup('<li class="tile"><p class="value"{}>{}</p><p class="whose">{}</p></li>').format(
            speech, as_words(_open(text)), as_words(name_edition(record, words=words))
        )
        for text, record in sides
    )
    way = words.term("since", f"way_{figure.way}") if figure.way else ""
    head = Markup('<h3 id="{}"><span{}>{}</span>{}</h3>\n').format(
        anchor, speech, as_words(figure.label), Markup(" – {}").format(way) if way else ""
    )
    strange = Markup('<p class="why">{}</p>\n').format(words.term("since", "strangers"))
    reasons = _write_reasons(since, figure.reasons, words=words)
    others = list_others(since, figure)
    fold = _fold(words.term("since", "claims_more", n=len(others)), _list_rows(since, others, words=words))
    return head + Markup('<ul class="tiles">{}</ul>\n{}{}{}').format(
        tiles, reasons, strange if figure.are_strangers and not figure.way else "", fold if others else ""
    )


def _write_reasons(since: Since, reasons: Sequence[FigureReason], *, words: Words) -> Markup:
    earlier = since.before or since.after
    told = (
        (since.after if reason.now else earlier, reason.claim, say_reason(reason, words=words)) for reason in reasons
    )
    items = _list_lines(since, told, words=words)
    if not items:
        return Markup("")
    rest = _fold(words.term("since", "more", n=len(items) - _SHOWN), items[_SHOWN:]) if len(items) > _SHOWN else ""
    return Markup('<ul class="changes">\n{}</ul>\n{}').format(Markup("").join(items[:_SHOWN]), rest)


def _write_corrections(since: Since, *, words: Words) -> Markup:
    if not since.corrections:
        return Markup("")
    told = ((since.after, told.row, say_correction(told, words=words)) for told in since.corrections)
    items = Markup("").join(_list_lines(since, told, words=words))
    head = _head(say_counts(since, ("corrected",), words=words), "corrected")
    return head + Markup('<ul class="changes">\n{}</ul>\n').format(items)


# --- rows --------------------------------------------------------------------------------------------------------


def _write_new(since: Since, *, words: Words) -> Markup:
    """Write what is new, a list a table: the most telling first, of a quantity one, the others folded."""
    news, told = since.rows_of("new"), list_told(since)
    rows = [row for row in news if not (row.is_told and row.id in told)]
    tables = [*TOLD_TABLES, *dict.fromkeys(row.table for row in rows if row.table not in (*TOLD_TABLES, *ELSEWHERE))]
    lists = Markup("").join(
        _write_table(since, table, [row for row in rows if row.table == table], words=words) for table in tables
    )
    documents = [row for row in rows if row.table == "sources"]
    if documents:
        summary = words.term("since", "documents", n=len(documents))
        lists += _fold(summary, _list_rows(since, documents, words=words))
    return _head(count_new(since, rows, words=words), "new") + lists if lists else Markup("")


def _write_table(since: Since, table: str, rows: Sequence[RowChange], *, words: Words) -> Markup:
    if not rows:
        return Markup("")
    first = [row for row in tell_each_once(rows) if not row.is_told][:_SHOWN]
    said = {say_row(row, words=words).words for row in first}
    shown = [row for row in rows if say_row(row, words=words).words in said]
    rest = [row for row in rows if row not in shown]
    key = f"rows_{table}" if table in (*TOLD_TABLES, *_NAMED) else "rows_other"
    head = _head(words.term("since", key, table=table.replace("_", " ")), anchor_of(table), level=3)
    listed = Markup('<ul class="changes">\n{}</ul>\n').format(Markup("").join(_list_rows(since, shown, words=words)))
    fold = _fold(words.term("since", "more", n=len(rest)), _list_rows(since, rest, words=words)) if rest else ""
    return head + Markup("{}{}").format(listed if shown else "", fold)


def _list_rows(since: Since, rows: Iterable[RowChange], *, words: Words) -> list[Markup]:
    page = {"gone": since.before or since.after}
    told = ((page.get(row.kind, since.after), row.id, say_row(row, words=words)) for row in rows)
    return _list_lines(since, told, words=words)


def _write_rest(since: Since, *, words: Words) -> Markup:
    """Fold what changed little: the same numbers on other claims, rows that read otherwise, rows no longer shown."""
    speech = speech_of(since.after, words=words)
    parts = Markup("")
    if since.restated:
        items = [
            Markup("<li><p>{}</p></li>\n").format(
                fill_line(words, "figure_same", spoken={"label": told.label, "now": told.now.words}).markup(speech)
            )
            for told in since.restated
        ]
        parts += Markup('<div id="restated">{}</div>\n').format(
            _fold(words.term("since", "restated", n=len(items)), items)
        )
    for kind, is_document in (("changed", False), ("gone", False), ("changed", True), ("gone", True)):
        tables = ("sources",) if is_document else {row.table for row in since.rows} - {*ELSEWHERE}
        rows = [row for row in since.rows_of(kind) if row.table in tables]
        if rows:
            key = f"{'documents' if is_document else 'rows'}_{kind}"
            fold = _fold(words.term("since", key, n=len(rows)), _list_rows(since, rows, words=words))
            parts += Markup('<div id="{}">{}</div>\n').format(key.replace("_", "-"), fold)
    note = Markup('<p class="why">{}</p>\n').format(words.term("since", "gone_note"))
    is_gone = any(row.table not in ELSEWHERE for row in since.rows_of("gone"))
    return _head(words.term("since", "rest"), "rest") + parts + (note if is_gone else "") if parts else Markup("")
