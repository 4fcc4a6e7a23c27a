"""Names in notebooks that lead nowhere: verbs that the vocabulary does not have, and ids that are in no row.

Nothing is run. Looked at are strings that a verb is given where it asks for an id, and names behind `b.`.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import briefing
from briefing.dossier.asked import Answers, find_answers
from briefing.dossier.cures import find_called, find_id
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import TABLES, name_files, tables_behind
from briefing.editions.cells import number_cells, source_of
from briefing.errors import Problem, did_you_mean, quoted

_VOCABULARY = frozenset(dir(briefing))


def find_strange_verbs(cells: Iterable[tuple[int, ast.Module]]) -> Iterator[tuple[int, str, str]]:
    """N15: give names that the vocabulary does not have, each with its cell, what is wrong and the cure."""
    cells = list(cells)
    nodes = [(at, node) for at, tree in cells for node in ast.walk(tree)]
    imported = [alias for _, node in nodes if isinstance(node, ast.Import) for alias in node.names]
    ours = {alias.asname or alias.name for alias in imported if alias.name == "briefing"}
    for at, node in nodes:
        names: list[str] = []
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ours:
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom) and node.module == "briefing":
            names = [alias.name for alias in node.names]
        for name in names:
            if name not in _VOCABULARY and name != "*":
                yield at, f'"{name}" is not in the vocabulary', did_you_mean(name, _VOCABULARY).rstrip(".")


def find_strange_ids(cells: Iterable[tuple[int, ast.Module]], dossier: Dossier) -> Iterator[tuple[int, str, str]]:
    """N16: give ids that are in no row of the dossier, each with its cell, what is wrong and the cure."""
    known: dict[Answers, set[str]] = {}
    typed: dict[str, ast.expr] = {}
    for at, tree in cells:
        typed |= _assigned(tree)
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            for name, given in _given(call):
                answers = find_answers(name, verb=_verb_of(call))
                if answers is None or answers.choices:
                    continue
                if answers not in known:
                    known[answers] = _keys(dossier, answers)
                if not known[answers] and not answers.table:
                    continue  # a question that nobody has judged yet is not misspelt
                for value in _strings(typed.get(given.id, given) if isinstance(given, ast.Name) else given):
                    if value not in known[answers]:
                        cure = _cure(value, answers.table, known[answers], dossier)
                        yield at, f"{name} {quoted(value)} is {_nowhere(answers)}", cure


def _verb_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _nowhere(answers: Answers) -> str:
    if answers.table:
        return f"the id of no row of {name_files(answers.table)}"
    (_, column), *_ = answers.shared
    return f"the {column} of no row of {', '.join(TABLES[table].file for table, _ in answers.shared)}"


def _keys(dossier: Dossier, answers: Answers) -> set[str]:
    """Give the keys of a table, or the words that rows share, whatever the day."""
    whole = dossier.everything
    keys = [(name, TABLES[name].key[0]) for name in (tables_behind(answers.table) if answers.table else ())]
    return {key for name, column in (*keys, *answers.shared) for key in whole[name][column].dropna()}


def _cure(value: str, table: str, known: set[str], dossier: Dossier) -> str:
    called = find_called(dossier.everything[table], table) if table in TABLES else {}
    found = find_id(value, known, called)
    return f'Write "{found}"' if found else did_you_mean(value, known).rstrip(".")


def _assigned(tree: ast.Module) -> dict[str, ast.expr]:
    """Give what a cell calls by a name of its own, such as its parameters."""
    found: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            found[node.target.id] = node.value
        elif isinstance(node, ast.Assign):
            found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return found


def _given(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """Give what a verb is given, by the name that it has for it."""
    yield from ((word.arg, word.value) for word in call.keywords if word.arg)
    if isinstance(call.func, ast.Attribute) and any(_strings(given) for given in call.args[1:]):
        verb = getattr(briefing, call.func.attr) if call.func.attr in _VOCABULARY else None
        names = list(inspect.signature(verb).parameters) if inspect.isfunction(verb) else []
        yield from zip(names[1:], call.args[1:], strict=False)


def _strings(node: ast.expr) -> list[str]:
    """Give the strings in an expression that is one, or a list or dictionary of them."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) and node.value else []
    if isinstance(node, ast.Dict):
        return [text for part in (*node.keys, *node.values) if part is not None for text in _strings(part)]
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple, ast.Set)) else []
    return [text for part in parts for text in _strings(part)]


def check_names(file: str, notebook: Mapping[str, Any], *, dossier: Dossier | None) -> list[Problem]:
    """List the verbs and ids in a notebook that do not exist; ids only where the dossier can be read."""
    cells: list[tuple[int, ast.Module]] = []
    for at, cell in number_cells(notebook["cells"]):
        try:
            cells += [(at, ast.parse(source_of(cell)))] if cell.get("cell_type") == "code" else []
        except SyntaxError:
            continue  # told as N08
    verbs = [
        (at, "N15", what, "a cell calls verbs that there are", cure) for at, what, cure in find_strange_verbs(cells)
    ]
    ids = find_strange_ids(cells, dossier) if dossier is not None else ()
    found = [*verbs, *((at, "N16", what, "an id leads to a row", cure) for at, what, cure in ids)]
    return [Problem(file, at, None, None, what, rule, cure, id=rule_id) for at, rule_id, what, rule, cure in found]
