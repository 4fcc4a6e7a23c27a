"""Problems for people and machines: lines of text, JSON, and SARIF 2.1.0 for code hosts and editors."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from briefing.checks.registry import RULES, ListedRule
from briefing.checks.waivers import Waiver
from briefing.dossier.csvfile import room_for
from briefing.dossier.reading import pause_collector
from briefing.errors import Problem, alike_in_one_line, group_alike, group_repeats

#: A part of a report, as SARIF has it.
Sarif: TypeAlias = dict[str, Any]

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}

#: So many lines a rule has of one file, in text; nobody reads ten thousand.
MOST_LINES = 20

Waived = Sequence[tuple[Problem, Waiver]]


def write(problems: Sequence[Problem], waived: Waived = (), *, form: str = "text", roots: Sequence[Path] = ()) -> str:
    """Write problems as ``text``, ``json`` or ``sarif``; in `roots` lie the files that they name."""
    with pause_collector():
        if form == "sarif":
            return write_sarif(problems, waived, release=version("briefing"), roots=roots)
        return write_json(problems, waived) if form == "json" else write_text(problems, waived)


def write_rules(form: str = "text") -> str:
    """Write the list of rules: id, severity, what each says, what it looks at and the function that looks."""
    if form == "json":
        return json.dumps([asdict(rule) for rule in RULES], ensure_ascii=False, indent=1)
    if form == "sarif":
        return write_sarif([], release=version("briefing"))
    width = max(len(rule.law) for rule in RULES)
    return "\n".join(
        f"{rule.id:<4} {rule.severity:<8} {rule.law:<{width}}  {rule.over:<9} {rule.function}" for rule in RULES
    )


def write_text(problems: Sequence[Problem], waived: Waived = ()) -> str:
    """Write a line for each problem, as a compiler does, and a line that counts them; one for what many rows repeat.

    Of one rule and file the first `MOST_LINES` are written, and how many more there are.
    """
    groups = group_alike(group_repeats(problems))
    kinds = Counter[tuple[str, str, str]]()
    lines: list[str] = []
    for group in groups:
        first = group[0][0]
        kind = (first.severity, first.id, first.file)
        kinds[kind] += 1
        if kinds[kind] <= MOST_LINES:
            lines.append(f"{first.severity}: {first.id}: {alike_in_one_line(group)}")
    lines += [
        f"{severity}: {rule}: {file}: {number - MOST_LINES:,} more of this rule; as JSON all are listed"
        for (severity, rule, file), number in kinds.items() if number > MOST_LINES
    ]  # fmt: skip
    lines += [f"waived: {problem.id}: {problem.place}: {problem.what}; {waiver}" for problem, waiver in waived]
    return "\n".join([*lines, _sum_up(problems, waived)])


def _sum_up(problems: Sequence[Problem], waived: Waived) -> str:
    """Count problems by severity, and by file where several have some, and say who explains the gravest."""
    files = Counter(problem.file for problem in problems)
    by_file = f" ({', '.join(f'{file} {number:,}' for file, number in files.items())})" if len(files) > 1 else ""
    why = f"; briefing check --explain {problems[0].id} says why" if problems else ""
    return f"{count(problems, waived)}{by_file}{why}"


def count(problems: Collection[Problem], waived: Waived = ()) -> str:
    """Count problems by severity, in words."""
    found = Counter(str(problem.severity) for problem in problems)
    told = [
        f"{found[name]:,} {one if found[name] == 1 else many}" for name, (one, many) in _NOUNS.items() if found[name]
    ]
    told += [f"{len(waived)} waived"] if waived else []
    return ", ".join(told) or "nothing found"


_NOUNS = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("hint", "hints")}


def write_json(problems: Sequence[Problem], waived: Waived = ()) -> str:
    """Write problems as a list of JSON objects, the errors first.

    Each has ``file`` (as messages name it), ``row`` (of a table as a spreadsheet numbers it, of a notebook the cell,
    both from 1), ``column`` and ``value`` (the cell as it stands), ``what``, ``rule`` and ``cure`` (the message's three
    parts), ``id`` (the rule's), ``severity`` (``error``, ``warning`` or ``info``) and ``subject`` (the id of the row
    that it is about); what does not apply is null. A waived one has the key ``waived`` besides, with the reason.
    """
    rows = [problem.to_dict() for problem in problems]
    rows += [problem.to_dict() | {"waived": str(waiver)} for problem, waiver in waived]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def write_sarif(
    problems: Sequence[Problem], waived: Waived = (), *, release: str = "", roots: Sequence[Path] = ()
) -> str:
    """Write problems as a SARIF 2.1.0 log; waivers are suppressions with their justification.

    A region is a line of the file as an editor shows it: the first of a row, or of a cell's JSON.
    """
    results = [_result(problem, roots) for problem in problems]
    for problem, waiver in waived:
        suppression = {"kind": "external", "justification": str(waiver)}
        results.append(_result(problem, roots) | {"suppressions": [suppression]})
    listed = {rule.id: rule for rule in reversed(RULES)}
    ids = sorted({problem.id for problem in [*problems, *(problem for problem, _ in waived)]} | set(listed))
    driver = {"name": "briefing", "rules": [_rule(one, listed.get(one)) for one in ids]}
    if release:
        driver["semanticVersion"] = release
    for result in results:
        result["ruleIndex"] = ids.index(result["ruleId"])
    return json.dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
        },
        ensure_ascii=False,
        indent=1,
    )


def _rule(rule_id: str, rule: ListedRule | None) -> Sarif:
    if rule is None:
        return {"id": rule_id}
    return {
        "id": rule_id,
        "shortDescription": {"text": f"{rule.law[:1].upper()}{rule.law[1:]}."},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(problem: Problem, roots: Sequence[Path]) -> Sarif:
    is_notebook = problem.file.endswith(".ipynb")
    at = problem.row if problem.cell is None else problem.cell
    place: Sarif = {"artifactLocation": {"uri": quote(problem.file.encode("utf-8", "surrogatepass"), safe="/~")}}
    line = find_line(problem.file, at, roots=roots) if at else None
    if line is None and not is_notebook:
        line = at  # a row without a line break inside is a line
    if line is not None and line > 0:
        place["region"] = {"startLine": line}
    location: Sarif = {"physicalLocation": place}
    if name := at if is_notebook else problem.subject:
        location["logicalLocations"] = [{"name": str(name), "fullyQualifiedName": problem.place}]
    return {
        "ruleId": problem.id,
        "level": _LEVELS[problem.severity],
        "message": {"text": f"{problem.what}; {problem.rule}. {problem.cure}."},
        "locations": [location],
    }


_CELL_BEGINS = re.compile(r'^\s*"cell_type":')


def find_line(file: str, row: int, *, roots: Iterable[Path]) -> int | None:
    """Find the line at which a row or cell begins; ``None`` where the file cannot be read or has no such row.

    Files are named as messages name them and lie in one of the roots: ``data/transfers.csv``. A row is counted as a
    spreadsheet does, a cell from 1.
    """
    path = next((found for root in roots if (found := root / file).is_file()), None)
    lines = _starts(path, path.stat().st_mtime_ns) if path else ()
    return lines[row - 1] if 0 < row <= len(lines) else None


@lru_cache(maxsize=32)
def _starts(path: Path, changed: int) -> tuple[int, ...]:
    """Give the first line of each row or cell."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    if path.suffix == ".ipynb":
        return tuple(at for at, line in enumerate(text.splitlines(), 1) if _CELL_BEGINS.match(line))
    starts: list[int] = []
    ended = 0
    with room_for(text), suppress(csv.Error):  # what cannot be split has no lines from there on
        reader = csv.reader(io.StringIO(text, newline=""))  # of all that Python calls a line's end, two end a row
        for _ in reader:
            starts.append(ended + 1)
            ended = reader.line_num
    return tuple(starts)
