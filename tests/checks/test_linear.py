"""Four times the rows are four times the work, whatever the rows: nobody waits an hour for a dossier of a year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dossiers import NAMES, Cells, event, flow, quote, sides, source, stock, write_rows
from drafts import judgement
from work import count_lines

from briefing.checks import check_folder
from briefing.checks.registry import DOSSIER_RULES
from briefing.dossier.dossier import check_dossier, read_dossier

Rows = dict[str, list[Cells]]


def quantities(n: int) -> list[Cells]:
    """Give a quantity of its own for each of so many claims, besides those that are there."""
    return NAMES["quantities"] + [{"quantity_id": f"one-{k}", "title": f"One {k}"} for k in range(n)]


def apart(n: int, **cells: object) -> Rows:
    """Give claims of one place and day, each of a quantity of its own."""
    claims = [stock(f"d-{k}", 5, quantity_id=f"one-{k}", place_id="pass", **cells) for k in range(n)]
    return {"deployments": claims, "quantities": quantities(n)}


def chained(n: int) -> list[Cells]:
    """Give documents of which each relays the next."""
    rows = [source(f"s-{k}", origin_id=f"s-{k + 1}") for k in range(1, n)]
    return [*rows, source(f"s-{n}")]


#: Dossiers of so many rows, each of a kind in which every row has to do with every other.
KINDS: dict[str, Callable[[int], Rows]] = {
    "claims of one place": apart,
    "claims of one place and one quantity": lambda n: {
        "deployments": [stock(f"d-{k}", k, place_id="pass", credibility="1") for k in range(n)]
    },
    "two quantities of one place": lambda n: {
        "deployments": [stock(f"d-{k}", 5, place_id="pass", quantity_id=f"q-{'ab'[k == 7]}") for k in range(n)]
    },
    "wide claims of one place": lambda n: apart(n, **sides("range", 1, "", 9)),
    "claims of one quantity, confirmed": lambda n: {
        "sources": [source(f"s-{k}") for k in range(n)],
        "deployments": [
            stock(f"d-{k}", 5, credibility="1", credibility_basis="x", source_id=f"s-{k}") for k in range(n)
        ],
    },
    "claims said again": lambda n: {"transfers": [flow(f"t-{k}", 5) for k in range(n)]},
    "totals of many periods": lambda n: {
        "transfers": [flow(f"t-{k}", 5, period=f"{2000 + k}", counting="cumulative") for k in range(n)]
    },
    "counts that replace each other": lambda n: {
        "deployments": [stock(f"d-{k}", 5, supersedes=f"d-{k - 1}" if k else "") for k in range(n)]
    },
    "parts of one whole": lambda n: {
        "deployments": [stock("d-0", 5)] + [stock(f"d-{k}", 5, part_of="d-0") for k in range(1, n)]
    },
    "parts of parts": lambda n: {
        "deployments": [stock("d-0", 5)] + [stock(f"d-{k}", 5, part_of=f"d-{k - 1}") for k in range(1, n)]
    },
    "alternatives of each other": lambda n: {
        "deployments": [stock("d-0", 5)] + [stock(f"d-{k}", 5, part_of="d-0") for k in range(1, n)],
        "links": [
            {"claim_id": f"d-{k}", "relation": "alternative_to", "other_id": f"d-{k + 1}"} for k in range(1, n - 1)
        ],
    },
    "documents that relay each other": lambda n: {"sources": chained(n)},
    "claims of a long chain": lambda n: {
        "sources": chained(n), "deployments": [stock(f"d-{k}", 5, source_id=f"s-{k}") for k in range(1, n)]
    },
    "documents in a circle": lambda n: {"sources": [source(f"s-{k}", origin_id=f"s-{(k + 1) % n}") for k in range(n)]},
    "documents at one address": lambda n: {"sources": [source(f"s-{k}", url="https://a.example/") for k in range(n)]},
    "relays of one original": lambda n: {
        "sources": [source(f"s-{k}", relays="gazette@2031-01-01") for k in range(n)],
        "deployments": [stock(f"d-{k}", k, source_id=f"s-{k}") for k in range(n)],
    },
    "corrections": lambda n: {
        "deployments": [stock(f"d-{k}", 5, date=f"{1000 + k}") for k in range(n)],
        "corrections": [
            {"date": "2031-02-01", "table": "deployments", "row_id": f"d-{k}", "field": "low", "old": "1", "new": "5",
             "reason": "A slip"} for k in range(n)
        ],
    },
    "corrections of nothing": lambda n: {
        "corrections": [
            {"date": "2031-02-01", "table": "deployments", "row_id": f"d-{k}", "field": "low", "old": "1", "new": "5",
             "reason": "A slip"} for k in range(n)
        ],
    },
    "places": lambda n: {
        "places": NAMES["places"] + [
            {"place_id": f"p-{k}", "name": f"Place {k}", "country": "NO", "precision": "2"} for k in range(n)
        ],
        "deployments": [stock(f"d-{k}", 5, date=f"{1000 + k}", place_id=f"p-{k}") for k in range(n)],
    },
    "places that are not there": lambda n: {
        "deployments": [stock(f"d-{k}", 5, date=f"{1000 + k}", place_id=f"pas-{k}") for k in range(n)]
    },
    "quotations on one target": lambda n: {"quotes": [quote(f"w-{k}") for k in range(n)]},
    "quotations on targets nearly alike": lambda n: {
        "quotes": [quote(f"w-{k}", target=f"Freedonia goes to war {k}") for k in range(n)]
    },
    "events": lambda n: {"events": [event(f"e-{k}") for k in range(n)]},
    "editions of one judgement": lambda n: {
        "judgements": [judgement(f"j-{k}", previous_id=f"j-{k - 1}" if k else "") for k in range(n)]
    },
    "items of a deep tree": lambda n: {
        "items": NAMES["items"] + [
            {"item_id": f"i-{k}", "name": f"i {k}", "unit": "items", "parent_id": f"i-{k - 1}" if k else "mule"}
            for k in range(n)
        ],
        "deployments": [stock(f"d-{k}", 5, date=f"{1000 + k}", item=f"i-{k}", quantity_id="q-b") for k in range(n)],
    },
    "units that are mixed": lambda n: {
        "deployments": [stock(f"d-{k}", 5, unit=("items", "tonnes")[k % 2]) for k in range(n)]
    },
    "ids that stand twice": lambda n: {"deployments": [stock("d-1", 5) for _ in range(n)]},
    "cells that are wrong": lambda n: {"deployments": [stock(f"d-{k}", 5, date=f"last {k}") for k in range(n)]},
}  # fmt: skip

FEW = 100

#: Some rules look at so many near rows and no more: beyond that each grows as its rows do.
SEVERAL = 300


@pytest.mark.parametrize("kind", KINDS)
def test_four_times_the_rows_are_four_times_the_work(kind: str, tmp_path: Path) -> None:
    folders = [tmp_path / str(n) for n in (FEW, 4 * FEW)]
    for folder, n in zip(folders, (FEW, 4 * FEW), strict=True):
        folder.mkdir()
        write_rows(folder, **KINDS[kind](n))
    few, many = (count_lines(lambda folder=folder: check_folder(folder)) for folder in folders)
    assert many < 6 * few


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_no_rule_by_itself_works_more_than_its_rows_ask(kind: str, tmp_path: Path) -> None:
    work: list[dict[str, int]] = []
    for n in (SEVERAL, 4 * SEVERAL):
        folder = tmp_path / str(n)
        folder.mkdir()
        write_rows(folder, **KINDS[kind](n))
        read = None if any(one.severity == "error" for one in check_dossier(folder)) else read_dossier(folder)
        rules = DOSSIER_RULES if read is not None else ()
        work.append(
            {f"{rule.id} {rule.law}": count_lines(lambda rule=rule, read=read: rule.check(read)) for rule in rules}
        )
    few, many = work
    assert [rule for rule in few if many[rule] > 6 * max(few[rule], SEVERAL)] == []
