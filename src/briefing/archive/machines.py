"""For machines: every edition in one file, and the claims that each page cites, as known on its day, beside it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from briefing.archive.records import Details, Record
from briefing.archive.sheet import name_series
from briefing.archive.standing import Archive

#: The file that lists every edition.
ARCHIVE = "archive.json"

#: The columns of a file of claims: the cells of a claim, then those of its source.
_CLAIM = (
    "id", "table", "quantity", "quantity_title", "item", "claimant", "wording", "low", "best", "high", "unit",
    "qualifier", "status", "when", "where", "parties", "counting", "grade", "part_of", "supersedes",
    "same_as_candidate", "note",
)  # fmt: skip
_SOURCE = ("id", "publisher", "title", "published", "url", "archived_url", "language", "origin", "reliability")

#: What a spreadsheet would take for a formula: at the start of a cell, and behind what ends a cell where its list
#: separator is no comma. Spreadsheets of East Asia take wide signs too.
_FORMULA = re.compile('(^|[;|\t\r\n])(?=[\\s\0"\u200b-\u200f\u2060]*[=+\\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])')


def make_index_of_editions(archive: Archive) -> dict[str, bytes]:
    """Make the file that lists every edition: where it is, what it was asked, its hashes, and what it came from."""
    editions = [
        _describe_edition(archive, record, before)
        for listed in archive.series.values()
        for before, record in zip([None, *listed[:-1]], listed, strict=True)
    ]
    missing = [{"edition": told.name, "state": told.kind} for told in archive.troubles]
    lines = ",\n".join(json.dumps(told, ensure_ascii=False, sort_keys=True) for told in editions)
    rest = json.dumps(missing, ensure_ascii=False, sort_keys=True)
    text = f'{{"version": 1,\n"editions": [\n{lines}\n],\n"missing": {rest}}}\n'
    return {ARCHIVE: text.encode("utf-8", "replace")}


def _describe_edition(archive: Archive, record: Record, before: Record | None) -> dict[str, Any]:
    state = archive.state(record)
    return {
        "address": record.address,
        "briefing": record.briefing,
        "series": name_series(record),
        "question": record.question,
        "answer": record.answer,
        "parameters": record.parameters,
        "as_of": record.as_of or None,
        "issued": record.issued or None,
        "language": record.language,
        "made": record.page,
        "sha256": state.page.file,
        "parents": {"previous": before.address if before else None, "made_from": dict(record.made_from)},
        "files": {name: made for name, (_, made) in (state.files or {}).items()},
    }


def claims_names(record: Record) -> dict[str, str]:
    """Name the files of claims beside a page, by their kind; none where it cites none."""
    kinds = ("CSV", "JSON") if record.claims else ()
    return {kind: f"{record.name}.claims.{kind.lower()}" for kind in kinds}


def make_claims(record: Record, details: Details) -> dict[str, bytes]:
    """Make the files of the claims that a page cites, each with its source, as known on the day of the page."""
    names = claims_names(record)
    if not names:
        return {}
    sources = {str(source["id"]): source for source in details.cells("sources")}
    claims = details.cells("claims")
    told = {
        "edition": record.name,
        "as_of": record.as_of or None,
        "page": record.page,
        "claims": [dict(claim) for claim in claims],
        "sources": [dict(sources[key]) for key in dict.fromkeys(str(claim["source"]) for claim in claims)],
    }
    rows = [_row(claim, sources.get(str(claim["source"]), {})) for claim in claims]
    return {names["CSV"]: _to_csv(rows), names["JSON"]: _to_json(told)}


def _row(claim: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, Any]:
    named = {"claim_id" if name == "id" else name: claim.get(name) for name in _CLAIM}
    return named | {f"source_{name}": source.get(name) for name in _SOURCE}


def _to_csv(rows: list[dict[str, Any]]) -> bytes:
    """Write rows as CSV that a spreadsheet opens as it is, and takes no cell of for a formula."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(rows[0])
    writer.writerows([guard_cell(cell) for cell in row.values()] for row in rows)
    return ("\ufeff" + made.getvalue()).encode("utf-8", "replace")


def guard_cell(cell: object) -> str:
    """Write a cell so that no spreadsheet takes it for a formula; a number is written as it is.

    Examples
    --------
    >>> guard_cell("=1+1"), guard_cell(98.0), guard_cell(None)
    ("'=1+1", '98', '')
    """
    if isinstance(cell, int | float):
        return f"{cell:.15g}"
    return _FORMULA.sub(r"\1'", "" if cell is None else str(cell))


def _to_json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8", "replace")
