"""What a notebook may be asked: its parameters, read from the one cell that declares them.

The cell is tagged ``parameters`` and is never run to be read. A line declares a parameter::

    as_of: date = "2022-12-19"  # the day the briefing speaks for

Types are date, period, int, float, str, bool, ``Literal["a", "b"]`` and kinds of row, whose choices are in the dossier
(`KINDS_OF_ROW`). Given values are checked before any kernel starts and reach the notebook as literals, never as code.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from briefing.editions.cells import INJECTED, PARAMETERS, CellJson, parse_cells, read_text, source_of, tags_of
from briefing.editions.given import PLAIN_KINDS, GivenError, Literal, read_value
from briefing.errors import NotebookError, UsageError, did_you_mean

#: Types whose choices are ids in the dossier: the table and the column that hold them.
KINDS_OF_ROW = {
    "speaker": ("quotes", "speaker_id"),
    "actor": ("actors", "actor_id"),
    "item": ("items", "item_id"),
    "place": ("places", "place_id"),
    "country": ("actors", "country"),
    "quantity": ("quantities", "quantity_id"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a notebook may be asked."""

    name: str
    kind: str  #: one of `PLAIN_KINDS`, ``choice``, or a kind of row such as ``speaker``
    default: Literal
    help: str = ""  #: the comment behind the line
    choices: tuple[Literal, ...] = ()  #: what may be chosen, where the notebook lists it


def read_parameters(path: Path) -> tuple[Parameter, ...]:
    """Read what a notebook may be asked, in the order in which it declares it.

    Raises `NotebookError` where the file is no notebook, or a line of the cell declares nothing.
    """
    return declared(parse_cells(read_text(path), where=str(path)), where=str(path))


def declared(cells: list[CellJson], *, where: str) -> tuple[Parameter, ...]:
    """Read the parameters that a notebook's cells declare."""
    tagged = [source_of(cell) for cell in cells if PARAMETERS in tags_of(cell)]
    if len(tagged) > 1:
        raise NotebookError(
            f"{where}: {len(tagged)} cells are tagged parameters; one cell declares them all. Move the lines into it."
        )
    return _read_cell(tagged[0], where=where) if tagged else ()


def read_asked(notebook: Mapping[str, Any]) -> dict[str, Any]:
    """Read what a run was asked: the values that the notebook declares, and those that the run put in their place.

    A line that gives no name a literal is left out; a value of several parts is given as Python writes it.

    Examples
    --------
    >>> declaring = {"metadata": {"tags": ["parameters"]}, "source": "window: int = 90"}
    >>> asking = {"metadata": {"tags": ["injected-parameters"]}, "source": "window = 30"}
    >>> read_asked({"cells": [declaring, asking]})
    {'window': 30}
    """
    values: dict[str, Any] = {}
    for tag in (PARAMETERS, INJECTED):
        for cell in notebook["cells"]:
            if tag in tags_of(cell):
                values |= _read_literals(source_of(cell))
    return dict(sorted(values.items()))


def _read_literals(source: str) -> dict[str, Any]:
    try:
        lines = parse_lines(source)
    except SyntaxError:
        return {}
    values = {line.name: _evaluate(line.value) for line in lines if line.name and line.value is not None}
    plain = (str, int, float, bool, type(None))
    return {
        name: value if isinstance(value, plain) else repr(value) for name, value in values.items() if value is not ...
    }


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a cell of parameters, as Python reads it."""

    number: int  #: its line in the cell, from 1
    name: str = ""  #: what it gives a value to; empty where it declares nothing
    value: ast.expr | None = None
    annotation: ast.expr | None = None
    help: str = ""  #: the comment behind it
    is_aside: bool = False  #: a docstring or an import, which type names may need


def parse_lines(source: str) -> tuple[Line, ...]:
    """Parse the source of a cell of parameters: the one reading of what such a line says.

    Raises `SyntaxError` where it is not Python.

    Examples
    --------
    >>> [(line.name, line.help) for line in parse_lines("window: int = 90  # days")]
    [('window', 'days')]
    """
    statements = ast.parse(source).body
    helps = _comments(source)
    return tuple(
        _parse_line(statement, help=helps.get(statement.end_lineno or statement.lineno, "")) for statement in statements
    )


def _parse_line(statement: ast.stmt, *, help: str) -> Line:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value, annotation=annotation):
            return Line(statement.lineno, name, value, annotation, help)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return Line(statement.lineno, name, value, None, help)
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return Line(statement.lineno, is_aside=True)
    return Line(statement.lineno)


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _read_cell(source: str, *, where: str) -> tuple[Parameter, ...]:
    try:
        lines = parse_lines(source)
    except SyntaxError as error:
        rule = "its lines are `name: type = value  # help`"
        raise NotebookError(
            f"{where}: parameters, line {error.lineno}: {error.msg}; {rule}. Correct the line."
        ) from None
    return tuple(_read_line(line, where=where) for line in lines if not line.is_aside)


def _read_line(line: Line, *, where: str) -> Parameter:
    if line.value is None:
        raise NotebookError(
            f"{where}: parameters, line {line.number}: declares no parameter; a line is `name: type = value  # help`. "
            "Move other code to another cell."
        )
    default = _literal(line.value, name=line.name, where=where)
    if line.annotation is None:
        kind = "str" if default is None else type(default).__name__
        return Parameter(line.name, kind, default, line.help)
    kind, choices = _read_type(line.annotation, name=line.name, where=where)
    return Parameter(line.name, kind, default, line.help, choices)


def _literal(node: ast.expr, *, name: str, where: str) -> Literal:
    value = _evaluate(node)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise NotebookError(
        f"{where}: {name}: its default is not a literal; a parameter is a text, a number, True, False or None. "
        "Write a list as a text and part it in a later cell, or compute there."
    )


def _evaluate(node: ast.expr | None) -> Any:
    """Give the value of a literal; ``...`` for any other expression."""
    try:
        return ast.literal_eval(node) if node is not None else ...
    except (ValueError, TypeError):
        return ...


def _read_type(node: ast.expr, *, name: str, where: str) -> tuple[str, tuple[Literal, ...]]:
    """Read a type as written: ``date``, ``b.speaker``, ``"date"``, ``Literal["a", 2]``, ``speaker | None``."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _read_type(ast.parse(node.value, mode="eval").body, name=name, where=where)
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and node.right.value is None:
        return _read_type(node.left, name=name, where=where)
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant) and node.left.value is None:
        return _read_type(node.right, name=name, where=where)
    if isinstance(node, ast.Subscript) and _last_name(node.value) in ("Optional", "Annotated", "Final"):
        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) and node.slice.elts else node.slice
        return _read_type(inner, name=name, where=where)
    if isinstance(node, ast.Subscript) and _last_name(node.value) == "Literal":
        listed = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return "choice", tuple(_literal(choice, name=name, where=where) for choice in listed)
    kind = _last_name(node).lower()
    known = (*PLAIN_KINDS, *KINDS_OF_ROW)
    if kind not in known:
        raise NotebookError(
            f"{where}: {name}: {ast.unparse(node)} is no type of parameter; types are {', '.join(known)} and "
            f"Literal[...]. {did_you_mean(kind, known)}"
        )
    return kind, ()


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def settle(
    parameters: tuple[Parameter, ...], given: Mapping[str, object], *, where: str, data: Path | None = None
) -> dict[str, Literal]:
    """Settle what the notebook is asked: what is given, checked, or the defaults; days are texts (``2022-12-19``).

    Raises `UsageError` with everything that cannot be meant, a line each.
    """
    known = {parameter.name: parameter for parameter in parameters}
    wrong = [
        f"{where}: {name}: is no parameter of this notebook; it asks only what it declares. {did_you_mean(name, known)}"
        for name in given
        if name not in known
    ]
    settled: dict[str, Literal] = {}
    for name, parameter in known.items():
        try:
            settled[name] = _settle_one(parameter, given.get(name, parameter.default), data=data)
        except GivenError as problem:
            wrong.append(f"{where}: {name}: {problem}")
    if wrong:
        raise UsageError("\n".join(wrong))
    return settled


def _settle_one(parameter: Parameter, value: object, *, data: Path | None) -> Literal:
    if parameter.default is None and (value is None or _says_none(value, kind=parameter.kind)):
        return None
    choices = parameter.choices
    if parameter.kind in KINDS_OF_ROW:
        choices = choices_in(data, kind=parameter.kind) if data else (str(value),)
    return read_value(value, kind=parameter.kind, choices=choices, data=data)


def _says_none(value: object, *, kind: str) -> bool:
    """Whether a text of the command line leaves a parameter open that may be; for a text it is a word like others."""
    return kind != "str" and isinstance(value, str) and value.lower() in ("none", "null", "")


def choices_in(data: Path, *, kind: str) -> tuple[str, ...]:
    """Give the ids in a dossier that a kind of row can be."""
    table, column = KINDS_OF_ROW[kind]
    path = data / f"{table}.csv"
    return _read_choices(path, column, path.stat().st_mtime_ns if path.exists() else 0)


@cache
def _read_choices(path: Path, column: str, changed: int) -> tuple[str, ...]:
    from briefing.dossier.files import read_column  # only where a notebook asks for rows

    return tuple(sorted(set(read_column(path, column=column)) - {""}))
