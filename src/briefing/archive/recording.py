"""Making a record of an edition: its stored run is read, block by block, and its page for what that says of its making.

Nothing is run. What a run of another version holds that this one cannot read is left out, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.archive.records import (
    Details,
    Record,
    RecordedCorrection,
    RecordedFigure,
    RecordedJudgement,
    RecordedRow,
    RecordedTile,
    noted_day,
)
from briefing.archive.runs import read_run, read_run_blocks
from briefing.blocks.blocks import (
    Block,
    Cited,
    ClaimRecord,
    Corrections,
    Decided,
    Front,
    Head,
    Heading,
    Headline,
    Judgement,
    Judgements,
    Scenarios,
    Tile,
)
from briefing.blocks.recount import bounds_of_record, records_of, sum_of
from briefing.blocks.walk import figures_in, ids_in, plain, rows_in
from briefing.editions.cells import language_of
from briefing.errors import BriefingError, ClaimError, in_a_line
from briefing.page.manifest import find_manifest, hash_row
from briefing.press.publish import digest_page
from briefing.values.bounds import Bounds, add_bounds
from briefing.values.languages import is_tag
from briefing.values.rivals import core, hull, stated_range

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")

#: What a page says of its making that a record keeps.
_MAKING = ("notebook", "code", "template", "reads")


def make_record(out: Path, manifest: Mapping[str, Any]) -> tuple[Record, Details | None]:
    """Make the record of an edition and its details; no details where its run cannot be read."""
    record = _begin(out, manifest)
    try:
        notebook = read_run(out, manifest)
    except (OSError, ValueError, EOFError, KeyError, AttributeError, BriefingError) as error:
        return replace(record, flaw=f"its run cannot be read: {in_a_line(error)}"), None
    blocks, flaws = read_run_blocks(notebook)
    details = _list_details(blocks)
    spoken = language_of(notebook)
    record = replace(
        _tell_head(record, blocks, details),
        spoken=spoken if spoken != record.language and is_tag(spoken) else "",
        judgements=tuple(_list_judgements(blocks)),
        headings=tuple(plain(block.text) for block in blocks if isinstance(block, Heading)),
        corrections=len(details.corrections),
        told=details.corrections,
        printed=record.printed if flaws else _leave_out_mended(record.printed, blocks),
        claims=len(details.rows.get("claims", {})),
        flaw="; ".join(dict.fromkeys(flaws)),
    )
    return record, details


def _begin(out: Path, manifest: Mapping[str, Any]) -> Record:
    """Make a record of what the press noted, and of what the page itself says where it is as it was made."""
    address, cover = str(manifest["address"]), manifest.get("cover", {})
    said = _read_page(out / address, str(manifest.get("page", "")))
    made_from = {name: str(said[name]) for name in _MAKING if said.get(name)}
    run = {"run": str(manifest["run"])} if manifest.get("run") else {}
    return Record(
        address=address,
        briefing=str(manifest.get("briefing", "")),
        page=str(manifest.get("page", "")),
        title=str(manifest.get("title", "")),
        parameters=dict(manifest.get("parameters", {})),
        as_of=noted_day(manifest),
        issued=str(said.get("issued") or ""),
        language=str(said.get("language") or "en"),
        question=str(cover.get("question", "")),
        answer=str(cover.get("bottom_line", "")),
        printed=dict(_list_printed(said.get("rows", {}))),
        made_from=run | made_from,
    )


def _list_printed(rows: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """List the rows that a page says it prints: a table, and its ids; what is no id is left out."""
    for table, keys in rows.items():
        yield table, " ".join(sorted(key for key in keys if _ID.fullmatch(key)))


def _leave_out_mended(printed: Mapping[str, str], blocks: Iterable[Block]) -> Mapping[str, str]:
    """Leave out the rows that a page prints only where it tells what we got wrong anywhere in the dossier."""
    mended: set[str] = set()
    others: set[str] = set()
    for block in blocks:
        (mended if isinstance(block, Corrections) else others).update(ids_in(block), _list_said(block))
    only = mended - others
    return {table: " ".join(row for row in rows.split() if row not in only) for table, rows in printed.items()}


def _list_said(block: Block) -> Iterator[str]:
    """List the rows of what was said and what happened that a block carries."""
    yield from (str(getattr(row, "id", "")) for row in (*block.evidence.quotes, *block.evidence.events))


def _read_page(path: Path, made: str) -> Mapping[str, Any]:
    """Read what a page says of itself; nothing where it is not the page that was made."""
    try:
        page = path.read_bytes()
    except OSError:
        return {}
    said = find_manifest(page.decode("utf-8", "replace")) if digest_page(page) == made else None
    return said or {}


def _tell_head(record: Record, blocks: Iterable[Block], details: Details) -> Record:
    """Add what heads the page: its question and answer, and of a front how likely that is, and its tiles."""
    head: Head | None = next((block for block in blocks if isinstance(block, Front | Headline)), None)
    if head is None:
        return record
    asked = replace(record, question=head.title, answer=plain(head.bottom_line), as_of=record.as_of or head.as_of or "")
    if isinstance(head, Headline):
        return asked
    claims = {key: ClaimRecord(**row.cells) for key, row in details.rows.get("claims", {}).items()}
    return replace(
        asked,
        term=head.odds.words if head.odds else "",
        assurance=head.assurance,
        badge=head.badge,
        tiles=tuple(_tell_tile(tile, claims) for tile in head.tiles),
    )


def _tell_tile(tile: Tile, claims: Mapping[str, ClaimRecord]) -> RecordedTile:
    figure = next(figures_in(tile.figure), None)
    chips = tuple({name: cell for name, cell in chip.model_dump().items() if cell} for chip in tile.chips)
    return RecordedTile(
        label=tile.label,
        words=plain(tile.figure),
        hedge=plain(tile.hedge),
        claimant=tile.claimant,
        when=tile.when,
        chips=chips,
        figure=_tell_figure(figure, claims, place=tile.label) if figure else None,
    )


def _tell_figure(figure: Cited, claims: Mapping[str, ClaimRecord], *, place: str) -> RecordedFigure:
    about = {claim.quantity: claim.quantity_title for claim in records_of(figure, claims)}
    (quantity, title) = next(iter(about.items())) if len(about) == 1 else ("", "")
    bounds, printed = _find_bounds(figure, claims)
    return RecordedFigure(figure.text, place, _kind_of(figure), quantity, title, bounds, printed, figure.claims)


def _kind_of(figure: Cited) -> str:
    return figure.made.kind if figure.made else "claim" if figure.is_one_claim else "unstated"


def _find_bounds(figure: Cited, claims: Mapping[str, ClaimRecord]) -> tuple[Bounds | None, tuple[float, float] | None]:
    """Find what a figure leaves open, from its claims, and the least and the most that is printed of it.

    Rivals that agree leave open what all of them do; those that conflict, or print one number with hedges that differ,
    what any of them does. A side that is open stays open. A figure that is neither counted nor added has no bounds.
    """
    records = records_of(figure, claims)
    if not records or len(records) < len(figure.claims) or _kind_of(figure) not in ("claim", "rivals", "sum"):
        return None, None
    try:
        if added := sum_of(figure, claims):
            known = [add_bounds([bounds_of_record(claim) for claim in added.parts])]
        else:
            every = dict.fromkeys(map(bounds_of_record, records))  # hundreds of rivals say a few things
            known = [bounds for bounds in every if bounds.is_known]
        agreed = core(known) if known else None
    except ClaimError:
        return None, None
    are_of_one_number = len({bounds.stated for bounds in map(_without_repeats, known)}) == 1
    if agreed and not are_of_one_number and not (figure.made and figure.made.is_range):
        known = [agreed]
    printed = stated_range(known)
    return (known[0] if len(set(known)) == 1 else hull(known), printed) if printed else (None, None)


def _without_repeats(bounds: Bounds) -> Bounds:
    """Give the bounds of an exact number as that number alone: "12,000" and "up to 12,000" print the same."""
    return replace(bounds, low=None, best=None) if bounds.is_exact else bounds


def _list_judgements(blocks: Iterable[Block]) -> Iterator[RecordedJudgement]:
    """List the judgements of a page, each once: those that are open, then those that are decided."""
    told: dict[str, RecordedJudgement] = {}
    boards = [block for block in blocks if isinstance(block, Judgements | Scenarios)]
    for board in boards:
        told |= {judgement.id: _tell_judgement(judgement) for judgement in board.judgements}
    for board in boards:
        told |= {decided.id: _tell_decided(decided) for decided in board.decided}
    yield from told.values()


def _tell_judgement(judgement: Judgement) -> RecordedJudgement:
    odds, earlier = judgement.odds, judgement.earlier
    return RecordedJudgement(
        judgement.id, judgement.statement, odds.term, odds.range, odds.low, odds.high, judgement.made_on,
        horizon=judgement.horizon,
        confidence=judgement.confidence,
        previous=earlier.id if earlier else "",
        previous_term=earlier.odds.words if earlier else "",
        move=earlier.move if earlier else "",
        reason=earlier.reason if earlier else "",
    )  # fmt: skip


def _tell_decided(decided: Decided) -> RecordedJudgement:
    odds = decided.odds
    return RecordedJudgement(
        decided.id, decided.statement, odds.term, odds.range, odds.low, odds.high, decided.made_on,
        outcome=decided.outcome,
        decided_on=decided.on,
        leaned=decided.leaned,
        how=decided.how,
    )  # fmt: skip


def _list_details(blocks: list[Block]) -> Details:
    claims = {claim.id: claim for block in blocks for claim in block.evidence.claims}
    told = [found for block in blocks if isinstance(block, Corrections) for found in block.corrections]
    corrections = tuple(RecordedCorrection(**found.model_dump()) for found in dict.fromkeys(told))
    return Details(tuple(_list_figures(blocks, claims)), _list_rows(blocks), corrections)


def _list_figures(blocks: Iterable[Block], claims: Mapping[str, ClaimRecord]) -> Iterator[RecordedFigure]:
    """List the figures of a page in reading order, each once a place."""
    section, seen = "", set()
    for block in blocks:
        section = plain(block.text) if isinstance(block, Heading) else section
        place = getattr(block, "caption", "") or getattr(block, "title", "") or section
        answer = {cited.claims for cited in figures_in(block.bottom_line)} if isinstance(block, Head) else set()
        for part in block.tiles if isinstance(block, Front) else (block,):
            for cited in figures_in(part):
                where = part.label if isinstance(part, Tile) else place
                key = (where, cited.text, cited.claims)
                if key not in seen:
                    seen.add(key)
                    is_answer = not isinstance(part, Tile) and cited.claims in answer
                    yield replace(_tell_figure(cited, claims, place=where), is_answer=is_answer)
        if isinstance(block, Front):
            rest = block.model_copy(update={"tiles": (), "hero": None})
            for cited in figures_in(rest):
                yield replace(_tell_figure(cited, claims, place=place), is_answer=cited.claims in answer)


def _list_rows(blocks: Iterable[Block]) -> dict[str, dict[str, RecordedRow]]:
    """List the rows that a page shows or carries: table -> id -> what a page prints of it."""
    rows: dict[str, dict[str, RecordedRow]] = {}

    def note(table: str, row: Any) -> None:
        noted = rows.setdefault(table, {})
        if row.id not in noted:  # most blocks carry rows that others carried before
            cells = row.model_dump()
            odds = cells.get("odds") or {}
            noted[row.id] = RecordedRow(hash_row(cells | {"term": odds.get("term")}, table), _keep_cells(cells))

    for block in blocks:
        for table in ("claims", "sources", "quotes", "events"):
            for row in getattr(block.evidence, table):
                note(table, row)
        for table, shown in rows_in(block):
            note(table, shown)
    return rows


def _keep_cells(cells: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what a row says itself: no row within it, and no empty cell; of odds their term and range."""
    odds = cells.get("odds") or {}
    kept = {name: cell for name, cell in cells.items() if isinstance(cell, str | int | float) and cell != ""}
    told = {name: odds[name] for name in ("term", "range") if name in odds}
    text = {"text": plain(_as_text(cells["text"]))} if isinstance(cells.get("text"), list | tuple) else {}
    return kept | told | text


def _as_text(parts: Iterable[Any]) -> tuple[str, ...]:
    return tuple(part if isinstance(part, str) else str(part.get("text", "")) for part in parts)
