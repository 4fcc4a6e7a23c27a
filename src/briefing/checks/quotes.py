"""Rules over quotations: whose they are, word for word, and marked where they passed through other hands."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from briefing.blocks.blocks import Quotation, Quotations
from briefing.checks.draft import Draft
from briefing.checks.passages import find_quotations
from briefing.checks.records import list_records
from briefing.checks.rows import place_of
from briefing.checks.rule import Location, Rule, remark
from briefing.dossier.cells import is_filled
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.tables import BESIDE, DENIES
from briefing.errors import Problem, quoted

LEAST_WORDS = 6  #: A quotation typed into prose with fewer words is a term, not a quotation.
ALIKE = 0.75  #: From this share of its words on, in their order, a typed quotation is a row's, altered.


def _shown(draft: Draft) -> Iterator[tuple[Location, Quotation]]:
    for place, block in draft.of(Quotations):
        yield from ((place, quotation) for exchange in block.exchanges for quotation in exchange.quotations)


def _recorded(draft: Draft) -> dict[str, dict[Any, Any]]:
    rows = list_records(draft.dossier.everything, "quotes") if draft.dossier else []
    return {row["quote_id"]: row for row in rows}


def find_orphans(draft: Draft) -> Iterator[Problem]:
    """Q01: a quotation without speaker, date or source; also one typed into prose that no row holds."""
    for place, one in _shown(draft):
        missing = [name for name in ("speaker", "date", "source") if not getattr(one, name).strip()]
        missing += ["its source's row"] if one.source and one.source not in draft.sources else []
        if missing:
            yield remark(place, f"{one.id} has no {' and no '.join(missing)}", "Show it from its row", subject=one.id)
    for place, words, nearest in _typed_without_row(draft):
        if nearest is None:
            what = f"{quoted(words)} is quoted, but no row holds these words"
            yield remark(place, what, "Add the quotation to quotes.csv and show it from there", value=words)


def _typed_without_row(draft: Draft) -> Iterator[tuple[Location, str, str | None]]:
    """Give quotations typed into prose that no row holds word for word: place, words, and the row that is nearly so."""
    if draft.dossier is None:
        return
    rows = {key: _plain(text) for key, text in _words(draft)}
    for passage in draft.passages:
        for words in find_quotations(passage.printed):
            plain = _plain(words)
            if len(plain.split()) >= LEAST_WORDS and not any(plain in row for row in rows.values()):
                yield passage.place, words, _nearest(plain, rows)


def _nearest(words: str, rows: dict[str, str]) -> str | None:
    """Find the row that holds nearly these words, in this order."""
    typed = words.split()
    alike: dict[str, int] = {}
    for key, row in rows.items():
        blocks = SequenceMatcher(None, typed, row.split(), autojunk=False).get_matching_blocks()
        alike[key] = sum(block.size for block in blocks)
    best = max(alike, key=lambda key: alike[key], default=None)
    return best if best is not None and alike[best] >= ALIKE * len(typed) else None


def _words(draft: Draft) -> Iterator[tuple[str, str]]:
    """Give what may be quoted, by row: quotations, and the wordings of the claims that the page carries.

    Where nothing has run, no claim is carried yet, and every claim's wording may be quoted.
    """
    yield from ((key, str(row["text"])) for key, row in _recorded(draft).items())
    yield from ((claim.id, claim.wording) for claim in draft.claims.values())
    if draft.dossier is not None and not draft.placed:
        for table in CLAIM_TABLES:
            frame = draft.dossier.everything[table]
            yield from zip(frame["claim_id"], frame["wording"], strict=True)


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
    for place, words, nearest in _typed_without_row(draft):
        if nearest is not None:
            what = f"{quoted(words)} differs from the words of {nearest}"
            yield remark(place, what, "Quote word for word, or show the row", value=words, subject=nearest)


def find_unlabelled(draft: Draft) -> Iterator[Problem]:
    """Q03: a direct quotation that is translated or relayed, and does not say so."""
    rows = _recorded(draft)
    for place, one in _shown(draft):
        row, source = rows.get(one.id), draft.sources.get(one.source)
        if row is not None and bool(row["translated"]) and not one.is_translated:
            yield remark(place, f"{one.id} is a translation and not marked as one", "Mark it", subject=one.id)
        if row is not None and isinstance(row["relay"], str) and not one.relay:
            yield remark(place, f"{one.id} was relayed by {row['relay']}, unsaid", "Name the relay", subject=one.id)
        if source is not None and is_foreign(source.language) and one.is_direct and not one.is_translated:
            what = f"{one.id} was read in {source.language} and is not marked as translated"
            yield remark(place, what, "Write translated = true in its row", subject=one.id)


def find_unmarked_translations(dossier: Dossier) -> Iterator[Problem]:
    """Q03: a row with words in English that were read in another language, and are not marked as translated."""
    language = dict(zip(dossier.sources["source_id"], dossier.sources["language"], strict=True))
    for row in list_records(dossier.frames, "quotes"):
        read_in = language.get(row["source_id"])
        if row["kind"] == "direct" and not bool(row["translated"]) and is_foreign(read_in):
            what = f"{row['quote_id']} was read in {read_in} and is not marked as translated"
            place = place_of(dossier, "quotes", int(row["row"]))
            cure = "Write translated = true, or the language of the document"
            yield remark(place, what, cure, column="translated", subject=str(row["quote_id"]))


def is_foreign(language: object) -> bool:
    """Whether a document is in another language than a dossier's own words."""
    return is_filled(language) and str(language).split("-")[0] != "en"


def find_lone_denials(draft: Draft) -> Iterator[Problem]:
    """Q06: a denial without what it denies."""
    for place, block in draft.of(Quotations):
        for exchange in block.exchanges:
            stances = {quotation.stance for quotation in exchange.quotations}
            if stances & DENIES and not stances & BESIDE:
                denial = next(said for said in exchange.quotations if said.stance in DENIES)
                what = f"{denial.id} denies {quoted(exchange.target)}, which nobody here puts forward"
                yield remark(place, what, "Show who says so, or widen the window", subject=denial.id)


ROW_RULES = (Rule("Q03", "warning", "a translated or relayed quotation says so", find_unmarked_translations),)

#: Those that need no run: they look at typed words alone.
TYPED_RULES: tuple[Rule[Draft], ...] = (
    Rule("Q01", "error", "a quotation has a speaker, a date and a source", find_orphans),
    Rule("Q02", "error", "a quotation stands word for word as in its row", find_altered),
)

RULES: tuple[Rule[Draft], ...] = (
    *TYPED_RULES,
    Rule("Q03", "warning", "a translated or relayed quotation says so", find_unlabelled),
    Rule("Q06", "info", "a denial stands beside what it denies", find_lone_denials),
)
