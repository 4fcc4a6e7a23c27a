"""What changed since the last edition, in words: what became of a figure, a judgement, a row.

The words of the dossier stand in them as they are, in whatever language they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from briefing.archive.judged import ChangedJudgement
from briefing.archive.moved import FigureMove, FigureReason
from briefing.archive.newsworthy import RowChange, find_cell_bounds
from briefing.archive.records import Record, RecordedCorrection, RecordedJudgement
from briefing.archive.sheet import name_edition
from briefing.dossier.groups import STATUS_CLASSES
from briefing.page.tame import tame_text
from briefing.page.words import Words
from briefing.values.bounds import ORDERS, Bounds, number_words
from briefing.values.words import within_sentence

#: The unit of things that have a name of their own.
_THINGS = "items"

#: So many letters of a quotation, or of another long cell, are told.
_LONGEST = 220


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A sentence of the page's words, with places for words of the dossier and of the page."""

    template: str
    spoken: Mapping[str, str] = field(default_factory=dict)  #: in the notebook's language

    @property
    def words(self) -> str:
        """The sentence on one line, as plain text."""
        return self.template.format(**self.spoken)

    def markup(self, speech: Markup) -> Markup:
        """Write the sentence as markup; `speech` are the attributes of the notebook's language."""
        spans = {name: Markup("<span{}>{}</span>").format(speech, said) for name, said in self.spoken.items()}
        return escape(self.template).format(**spans)


def fill_line(words: Words, key: str, *, spoken: Mapping[str, str] | None = None, **parts: Any) -> SaidLine:
    """Say something; `spoken` are words of the dossier, `parts` are the page's own."""
    said = {name: flatten(text) for name, text in (spoken or {}).items()}
    places = {name: f"{{{name}}}" for name in said}
    own = {name: _guard(part) if isinstance(part, str) else part for name, part in parts.items()}
    return SaidLine(words.term("since", key, **places, **own), said)


def flatten(text: str) -> str:
    """Give a text of the dossier on one line, cut where it is long."""
    line = _on_one_line(text)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _on_one_line(text: str) -> str:
    return " ".join(tame_text(text).split())


def _guard(part: str) -> str:
    return _on_one_line(part).replace("{", "{{").replace("}", "}}")


def say_judged(change: ChangedJudgement, *, words: Words) -> SaidLine:
    """Say what became of a judgement."""
    told, then = change.told, change.then
    spoken = {"statement": told.statement, "term": _say_term(told)}
    if told.outcome and change.kind in ("missed", "hit", "decided"):
        outcome = words.term("since", f"came_{told.outcome}")
        return fill_line(words, f"judged_{change.kind}", spoken=spoken, outcome=outcome)
    if change.kind in ("lowered", "raised"):
        spoken["earlier"] = _say_term(then) if then else told.previous_term
    return fill_line(words, f"judged_{change.kind}", spoken=spoken)


def _say_term(judgement: RecordedJudgement) -> str:
    return f"{judgement.term} ({judgement.range})" if judgement.range else judgement.term


def say_moved(figure: FigureMove, *, words: Words) -> SaidLine:
    """Say how a figure moved: which way only where that is sure, and that it was our error where it was."""
    kinds = {reason.kind for reason in figure.reasons}
    key = "same" if not figure.has_moved else figure.way or ("mended" if kinds == {"corrected"} else "moved")
    spoken = {
        "label": figure.label,
        "then": within_sentence(figure.then.words),
        "now": within_sentence(figure.now.words),
    }
    return fill_line(words, f"figure_{key}", spoken=spoken)


def say_reason(reason: FigureReason, *, words: Words) -> SaidLine:
    """Say what became of a claim behind a figure."""
    if reason.kind == "corrected":
        return _say_mended(reason.corrections[-1], "why_corrected", {}, words=words)
    cells = reason.now or reason.then or {}
    spoken = {"claim": reason.claim, "claimant": _text(cells, "claimant"), "shown": say_cell_number(cells, words=words)}
    if not cells:
        return fill_line(words, "why_unknown", spoken={"claim": reason.claim})
    if reason.kind in ("replaced", "edited"):
        spoken["earlier"] = say_cell_number(reason.then or {}, words=words)
    return fill_line(words, f"why_{reason.kind}", spoken=spoken, date=say_row_date(cells, words=words))


def say_correction(told: RecordedCorrection, *, words: Words) -> SaidLine:
    """Say what of ours was wrong in a row, and why."""
    spoken = {"title": told.title} if told.title not in ("", told.row) else {}
    return _say_mended(told, "row_corrected" if spoken else "why_corrected", spoken, words=words)


def _say_mended(told: RecordedCorrection, key: str, named: Mapping[str, str], *, words: Words) -> SaidLine:
    cells = {name: cell or words.term("corrections", "empty") for name, cell in (("old", told.old), ("new", told.new))}
    spoken = {**named, **cells, "claim": told.row, "field": told.field, "reason": told.reason.rstrip(".")}
    return fill_line(words, key, spoken=spoken, date=words.date(told.date))


def say_cell_number(cells: Mapping[str, Any], *, words: Words) -> str:
    """Say what a claim counts; the title of its quantity says what, but for people and for weights."""
    bounds, status = find_cell_bounds(cells), _say_status(cells, words=words)
    if bounds is None or not bounds.is_known:
        return f"{words('not_stated')}{status}"
    is_named = bounds.unit == _THINGS or set(bounds.stated) == {1}
    unit = "" if is_named else words.term("units", bounds.unit)
    if bounds.order and bounds.low is not None:
        return words.term("since", f"order_{ORDERS[bounds.low]}{'' if unit else '_alone'}", unit=unit) + status
    return f"{_say_bounds(bounds, words=words)} {unit}".strip() + status


def _say_bounds(bounds: Bounds, *, words: Words) -> str:
    if words.language == "en":
        return bounds.words()
    if bounds.nearly and bounds.best is None and bounds.low is None and bounds.high is not None:
        return words.term("since", "nearly", number=number_words(bounds.high))
    return str(bounds)


def _say_status(cells: Mapping[str, Any], *, words: Words) -> str:
    """Say that a count is announced, denied or otherwise not of what is there."""
    status = _text(cells, "status")
    is_there = STATUS_CLASSES.get(status, "real") == "real" or cells.get("table") == "losses"
    return "" if is_there else f", {words.term('statuses', status)}"


def say_row_date(cells: Mapping[str, Any], *, words: Words) -> str:
    """Say of when a row speaks; nothing where it does not say."""
    name = next((key for key in ("when", "date", "on", "made_on", "published") if cells.get(key)), "")
    return words.date(_text(cells, name)) if name else words("not_stated")


def say_row(row: RowChange, *, words: Words) -> SaidLine:
    """Say what a row tells, by its table."""
    cells = row.cells
    date = say_row_date(cells, words=words)
    if row.table == "claims":
        spoken = {name: _text(cells, key) for name, key in (("title", "quantity_title"), ("claimant", "claimant"))}
        return fill_line(words, "row_claims", spoken=spoken | {"shown": say_cell_number(cells, words=words)}, date=date)
    if row.table == "quotes":
        spoken = {"speaker": _text(cells, "speaker"), "text": _text(cells, "text")}
        key = "row_quotes" if cells.get("is_direct") else "row_quotes_indirect"
        return fill_line(words, key, spoken=spoken, date=date)
    if row.table == "sources":
        return fill_line(words, "row_sources", spoken={n: _text(cells, n) for n in ("title", "publisher")}, date=date)
    named = ("title", "statement", "text", "observable", "label", "summary")
    title = next((_text(cells, name) for name in named if cells.get(name)), row.id)
    is_dated = date != words("not_stated")
    return fill_line(
        words, "row_dated" if is_dated else "row_other", spoken={"title": title}, **({"date": date} if is_dated else {})
    )


def say_unread(record: Record, *, words: Words) -> SaidLine:
    """Say that an edition cannot be read, or not whole."""
    key, name = "unread" if record.details else "unread_all", name_edition(record, words=words)
    return fill_line(words, key, date=name, spoken={"flaw": record.flaw})


def _text(cells: Mapping[str, Any], name: str) -> str:
    return str(cells.get(name, "") or "")
