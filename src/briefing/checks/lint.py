"""What a notebook of this house may hold: prose, and short cells of verbs. Nothing is run to see it.

A notebook is the door between two rooms. Logic in it is logic without a test, an output in it is an answer of
yesterday, and a path in it is somebody's machine. Cells are counted from 1, as a reader counts them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from briefing.editions.cells import (
    PARAMETERS,
    CellJson,
    list_flaws,
    list_oddities,
    metadata_of,
    number_cells,
    parse_notebook,
    read_text,
    tags_of,
)
from briefing.editions.parameters import parse_lines
from briefing.errors import NotebookError, Problem, quoted
from briefing.values.dates import DateError, parse_date
from briefing.values.words import counted

MOST_LINES = 8
LINE_WIDTH = 120
TAGS = ("parameters", "remove-cell", "remove-input", "remove-output", "hide-input", "hide-output")
MODULES = ("briefing", "datetime", "typing")
KERNEL = "python3"

#: Python that decides or repeats, by what an analyst calls it.
LOGIC: dict[type[ast.AST], str] = {
    ast.FunctionDef: "a def", ast.AsyncFunctionDef: "a def", ast.Lambda: "a lambda", ast.ClassDef: "a class",
    ast.If: "an if", ast.IfExp: "an if", ast.Match: "a match", ast.Try: "a try", ast.With: "a with", ast.For: "a loop",
    ast.While: "a loop", ast.ListComp: "a loop", ast.SetComp: "a loop", ast.DictComp: "a loop",
    ast.GeneratorExp: "a loop",
}  # fmt: skip

#: What only somebody who draws by hand writes.
CHART_OPTIONS = frozenset({"width", "height", "color", "colour", "scale", "axis", "opacity", "stroke", "fontSize"})
CHART_CALLS = re.compile(r"(encode|properties|interactive|configure\w*|mark_\w+|transform_\w+)")
PATH = re.compile(r"(~|\.{1,2}|[A-Za-z]:)?[/\\]|.*\.(csv|json|ipynb|html|png|svg|toml|txt|xlsx|parquet|pdf)", re.DOTALL)
PATH_MAKERS = frozenset({"Path", "open"})

VERB_RULE = "a notebook is prose and verbs"
VERB_CURE = "Add a verb to the library, with a test, and call it here"


def check_notebook(path: Path) -> list[Problem]:
    """List what a notebook holds that it may not; an empty list is good. The notebook is not run.

    Problems are in order of cells; ``row`` is the cell, counted from 1, and ``subject`` its id.
    """
    file = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
    rule, cure = "a notebook is a file of Jupyter's format 4", "Open it in JupyterLab and save it"
    try:
        text = read_text(path)
        flaws = list_flaws(text)
    except NotebookError:
        flaws = ["cannot be read as a notebook"]
    notebook = {} if flaws else parse_notebook(text, where=file)
    if odd := flaws or list_oddities(notebook):
        return [Problem(file, None, None, None, what, rule, cure, id="N01") for what in odd]
    cells, kernel = notebook["cells"], (metadata_of(notebook).get("kernelspec") or {}).get("name")
    found = list(_whole_problems(file, cells, kernel))
    for at, cell in number_cells(cells):
        for rule_id, what, rule, cure in _cell_problems(cell):
            found.append(Problem(file, at, None, None, what, rule, cure, id=rule_id, subject=cell.get("id")))
    return found


#: What breaks a rule, as it is before its place is known: the rule's id, what was seen, the rule, the cure.
Breach = tuple[str, str, str, str]


def _whole_problems(file: str, cells: list[CellJson], kernel: str | None) -> Iterator[Problem]:
    if kernel != KERNEL:
        what = f"the kernel is {quoted(str(kernel))}" if kernel else "names no kernel"
        yield Problem(file, None, None, None, what, f"the kernel is {KERNEL}", f"Choose {KERNEL} and save", id="N02")
    declared = sum(PARAMETERS in tags_of(cell) for cell in cells)
    if declared != 1:
        what = f"{declared or 'no'} cell{'s are' if declared > 1 else ' is'} tagged parameters"
        cure = "Declare all parameters in one cell and tag it" if declared else "Tag the cell that declares as_of"
        yield Problem(file, None, None, None, what, "one cell declares the parameters", cure, id="N03")
    yield from _output_problems(file, cells)
    ids: list[object] = []
    for at, cell in number_cells(cells):
        cell_id = cell.get("id")
        if not cell_id or cell_id in ids:
            what = "the cell has no id" if not cell_id else f"the id {quoted(cell_id)} stands twice"
            cure = "Save it with a Jupyter of format 4.5 or later, or write an id"
            yield Problem(file, at, None, None, what, "an id names one cell", cure, id="N04", subject=cell_id)
        ids.append(cell_id)


def _output_problems(file: str, cells: list[CellJson]) -> Iterator[Problem]:
    """Tell once of a notebook that it holds what it said when it was run: that is how JupyterLab saves it."""
    code = [cell for cell in cells if cell.get("cell_type") == "code"]
    holding = sum(bool(cell.get("outputs")) for cell in code)
    counted_runs = any(cell.get("execution_count") is not None for cell in code)
    if holding or counted_runs:
        what = f"holds the outputs of {counted(holding, 'cell')}" if holding else "holds counts of its runs"
        rule, cure = (
            "a notebook is kept as if it had never been run",
            "`briefing tidy` clears them; a build ignores them",
        )
        yield Problem(file, None, None, None, what, rule, cure, id="N06", severity="warning")


def _cell_problems(cell: CellJson) -> Iterator[Breach]:
    for tag in tags_of(cell):
        if tag not in TAGS:
            yield "N05", f"the tag is {quoted(tag)}", f"tags are {', '.join(TAGS)}", "Take the tag away"
    if cell.get("cell_type") != "code":
        return
    lines = sum(max(1, -(-len(line) // LINE_WIDTH)) for line in cell["source"].splitlines())
    if lines > MOST_LINES:
        rule = f"a cell has {MOST_LINES} lines of at most {LINE_WIDTH} characters"
        yield "N07", f"the cell has {lines} lines", rule, "Show one idea a cell: cut it in two"
    try:
        tree = ast.parse(cell["source"])
    except SyntaxError as error:
        yield "N08", f"line {error.lineno} is not Python", "a cell is plain Python", "Correct the line"
        return
    yield from _parameter_problems(cell["source"]) if PARAMETERS in tags_of(cell) else _code_problems(tree)


def _parameter_problems(source: str) -> Iterator[Breach]:
    rule, cure = "a parameter is `name: type = value  # what it is`", "Write the line so"
    for line in parse_lines(source):
        if line.annotation is None or not isinstance(line.value, (ast.Constant, ast.UnaryOp)):
            yield "N09", f"line {line.number} declares no parameter", rule, cure
        elif not line.help:
            yield "N09", f"line {line.number} does not say what the parameter is", rule, cure


def _code_problems(tree: ast.Module) -> Iterator[Breach]:
    for node in ast.walk(tree):
        place = f"line {getattr(node, 'lineno', 1)}"
        if type(node) in LOGIC:
            yield "N10", f"{place} holds {LOGIC[type(node)]}", VERB_RULE, VERB_CURE
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from _import_problems(node, place)
        elif isinstance(node, ast.Call):
            yield from _call_problems(node, place)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_path(node.value):
            yield _path(f"{place} holds the path {quoted(node.value)}")


def _import_problems(node: ast.Import | ast.ImportFrom, place: str) -> Iterator[Breach]:
    names = [node.module or "."] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    for name in names:
        if name not in MODULES:
            cure = "Import briefing as b, and use its verbs"
            yield "N13", f"{place} imports {name}", f"a notebook imports {', '.join(MODULES)}", cure


def _call_problems(node: ast.Call, place: str) -> Iterator[Breach]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name == "print":
        cure = "Say it with say(), or leave the value on the last line"
        yield "N11", f"{place} prints", "a cell ends in a block", cure
    if name in PATH_MAKERS or (name == "read_dossier" and node.args):
        yield _path(f"{place} names a folder or file")
    if isinstance(node.func, ast.Attribute) and CHART_CALLS.fullmatch(name):
        yield _chart(f"{place} calls {name}()")
    for keyword in node.keywords:
        if keyword.arg in CHART_OPTIONS:
            yield _chart(f"{place} gives {keyword.arg}=")


def _chart(what: str) -> Breach:
    return "N12", what, "the theme decides how charts look", "Take the option away, or change the chart in the library"


def _path(what: str) -> Breach:
    return "N14", what, "a notebook knows no path: the press says where the data lie", "Call read_dossier(as_of=as_of)"


def _is_path(text: str) -> bool:
    if " " in text or not PATH.match(text):
        return False
    try:
        parse_date(text)  # ../2022 is all time until 2022
    except DateError:
        return True
    return False
