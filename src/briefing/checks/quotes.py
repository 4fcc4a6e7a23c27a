"""Rules over quotations: whose they are, word for word, and marked where they passed through other hands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from briefing.blocks import Quotation, Quotations
from briefing.checks.draft import Draft
from briefing.checks.passages import find_quotations
from briefing.checks.rule import Rule, remark
from briefing.errors import Problem, quoted
from briefing.statements import ASSERTS, DENIES

#: A quotation typed into prose with fewer words is a term, not a quotation.
LEAST_WORDS = 6


def _shown(draft: Draft) -> Iterator[tuple[str, Quotation]]:
    for one in draft.placed:
        if isinstance(one.block, Quotations):
            for exchange in one.block.exchanges:
                yield from ((one.place, quotation) for quotation in exchange.quotations)


def _recorded(draft: Draft) -> dict[str, dict[Any, Any]]:
    rows = draft.dossier.everything["quotes"].to_dict("records") if draft.dossier else []
    return {row["quote_id"]: row for row in rows}


def find_orphans(draft: Draft) -> Iterator[Problem]:
    """Q01: a quotation without speaker, date or source; also one typed into prose that no row holds."""
    for place, one in _shown(draft):
        missing = [name for name in ("speaker", "date", "source") if not getattr(one, name).strip()]
        missing += ["its source's row"] if one.source and one.source not in draft.sources else []
        if missing:
            yield remark(place, f"{one.id} has no {' and no '.join(missing)}", "Show it from its row", subject=one.id)
    if draft.dossier is None:
        return
    held = _plain(" ".join(_words(draft)))
    for passage in draft.passages:
        for words in find_quotations(passage.printed):
            if len(words.split()) >= LEAST_WORDS and _plain(words) not in held:
                what = f"{quoted(words)} is quoted, but no row holds these words"
                yield remark(passage.place, what, "Add the quotation to quotes.csv and show it from there", value=words)


def _words(draft: Draft) -> Iterator[str]:
    yield from (str(row["text"]) for row in _recorded(draft).values())
    yield from (claim.wording for claim in draft.claims.values())


@cache
def _plain(words: str) -> str:
    return " ".join(words.lower().translate(str.maketrans("“”‘’", "\"\"''")).split())


def find_altered(draft: Draft) -> Iterator[Problem]:
    """Q02: a quotation whose words, speaker or source differ from its row."""
    rows = _recorded(draft)
    for place, one in _shown(draft):
        row = rows.get(one.id)
        if draft.dossier is not None and (row is None or row["text"] != one.text or row["source_id"] != one.source):
            what = f"{one.id} is in no row" if row is None else f"{one.id} differs from its row"
            yield remark(place, what, "Run the notebook again on this dossier", subject=one.id)


def find_unlabelled(draft: Draft) -> Iterator[Problem]:
    """Q03: a direct quotation that is translated or relayed, and does not say so."""
    rows = _recorded(draft)
    for place, one in _shown(draft):
        row, source = rows.get(one.id), draft.sources.get(one.source)
        if row is not None and bool(row["translated"]) and not one.is_translated:
            yield remark(place, f"{one.id} is a translation and not marked as one", "Mark it", subject=one.id)
        if row is not None and isinstance(row["relay"], str) and not one.relay:
            yield remark(place, f"{one.id} was relayed by {row['relay']}, unsaid", "Name the relay", subject=one.id)
        is_foreign = source is not None and (source.language or "en").split("-")[0] != "en"
        if is_foreign and one.is_direct and not one.is_translated:
            language = source.language if source else ""
            what = f"{one.id} was read in {language} and is not marked as translated"
            yield remark(place, what, "Write translated = true in its row", subject=one.id)


def find_lone_denials(draft: Draft) -> Iterator[Problem]:
    """Q06: a denial without what it denies."""
    for one in draft.placed:
        if not isinstance(one.block, Quotations):
            continue
        for exchange in one.block.exchanges:
            stances = {quotation.stance for quotation in exchange.quotations}
            if stances & DENIES and not stances & (ASSERTS | {"assesses"}):
                denial = next(said for said in exchange.quotations if said.stance in DENIES)
                what = f"{denial.id} denies {quoted(exchange.target)}, which nobody here puts forward"
                yield remark(one.place, what, "Show who says so, or widen the window", subject=denial.id)


RULES: tuple[Rule[Draft], ...] = (
    Rule("Q01", "error", "a quotation has a speaker, a date and a source", find_orphans),
    Rule("Q02", "error", "a quotation stands word for word as in its row", find_altered),
    Rule("Q03", "warning", "a translated or relayed quotation says so", find_unlabelled),
    Rule("Q06", "info", "a denial stands beside what it denies", find_lone_denials),
)
