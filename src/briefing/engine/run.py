"""One edition: a notebook and its parameters become an executed notebook, in memory, or an error that says where."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from briefing.blocks.blocks import Heading, find_block
from briefing.blocks.walk import plain
from briefing.editions.cells import INJECTED, is_injected, number_cells, settle_notebook, tags_of
from briefing.editions.given import Literal
from briefing.engine.environment import LIMITS_VARIABLE, OURS
from briefing.errors import NotebookError

#: How long an edition may take, in seconds, where nothing else is said.
TIME_LIMIT = 600

_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
#: Code and comments hold no headings; a heading is marked by ``#``, or underlined.
_NO_WORDS = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}\1|\Z)|<!--.*?(?:-->|\Z)", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(
    r"^ {0,3}#{1,6}[ \t]+(\S[^\n]*?)(?:[ \t]+#+)?[ \t]*$|^ {0,3}([^\s#>|-][^\n]*?)[ \t]*\n {0,3}(?:=+|-+)[ \t]*$",
    re.MULTILINE,
)
_AT_LINE = re.compile(r"(?:Cell In\[\d+\], line |<ipython-input[^>]*>[^\n]*?, line |, line )(\d+)")


@dataclass(frozen=True, slots=True)
class Failure:
    """Where and why a run stopped."""

    notebook: str  #: as messages name it
    section: str  #: the last heading before the cell
    cell: int  #: the cell's number in the notebook, from 1; 0 where no cell had begun
    line: int | None  #: in the cell
    code: str  #: that line, or the cell's first
    error: str  #: in one line
    parameters: Mapping[str, Literal]  #: what the notebook was asked
    traceback: str = field(default="", repr=False)  #: the whole story, without colours

    def to_dict(self) -> dict[str, Any]:
        """Give the failure as plain values."""
        return asdict(self)

    def __str__(self) -> str:
        places = [
            f'section "{self.section}"' if self.section else "",
            f"cell {self.cell}" if self.cell else "before its first cell",
            f"line {self.line}" if self.line else "",
        ]
        asked = ", ".join(f"{name}={' '.join(str(value).split())[:100]}" for name, value in self.parameters.items())
        where = ", ".join(place for place in places if place)
        rule = "a page is published only when every cell runs. Correct the cell and run it again"
        if not self.cell:
            rule = (
                "a page is made by a kernel that starts. See what it says, and that it may open files and take memory"
            )
        return f"{self.notebook}: {where}: {self.error}; {rule}{f'. Parameters: {asked}' if asked else ''}."


class RunError(NotebookError):
    """A cell failed; `failure` says where, `notebook` holds what had run by then."""

    def __init__(self, failure: Failure, notebook: NotebookNode) -> None:
        self.failure, self.notebook = failure, notebook
        super().__init__(str(failure))


def run_notebook(
    source: str,
    parameters: Mapping[str, Literal],
    *,
    folder: Path,
    environment: dict[str, str],
    name: str = "",
    time_limit: float | None = None,
    parent: int | None = None,
    reads: list[str] | None = None,
    tell: Callable[[NotebookNode], object] | None = None,
) -> NotebookNode:
    """Run a notebook in a kernel of its own; nothing is written.

    `environment` is the kernel's whole environment, `time_limit` the seconds that all cells may take together. `parent`
    is the channel of a warm parent; `reads` is given what the notebook read of its dossier, as JSON. `tell` is told of
    each cell that has run, while the next ones run; what it raises is no matter of the run's.

    Raises `RunError` where a cell fails, the kernel dies, or time runs out; `NotebookError` where the notebook is for
    another kernel than ours.
    """
    from briefing.engine.seams.papermill import execute  # slow to import, and not needed to plan

    notebook = prepare_run(source, parameters, name=name)
    asked = {"folder": folder, "environment": environment, "parent": parent, "reads": reads, "quiet": True}
    hooks = {"on_cell_executed": partial(_tell_of_cell, tell)} if tell else {}
    try:
        execute(notebook, time_limit=time_limit or TIME_LIMIT, **asked, **hooks)
    except RuntimeError as error:  # the kernel did not start
        raise RunError(_failure(notebook, None, str(error), parameters, name), notebook) from None
    return settle_run(notebook, parameters, environment=environment, name=name)


def rehearse_run() -> None:
    """Do what a process does once, at its first run: compile the schema of notebooks, list Jupyter's provisioners.

    Each takes longer than a cell, and is best done where nothing is to be run yet.
    """
    from briefing.engine.rooms import name_provisioner  # slow to import

    untyped: Any = nbformat
    untyped.v4.new_code_cell("")  # as papermill makes the cell of what is asked
    name_provisioner()


def _tell_of_cell(tell: Callable[[NotebookNode], object], *, cell: NotebookNode, **_: object) -> None:
    with suppress(Exception):
        tell(cell)


def prepare_run(source: str, parameters: Mapping[str, Literal], *, name: str = "") -> NotebookNode:
    """Give a notebook as it is run: whole, with what it is asked in a cell of its own.

    Raises `NotebookError` where the text is no notebook's, or it is for another kernel than ours.
    """
    from briefing.engine.seams.papermill import inject  # slow to import, and not needed to plan

    notebook = _read_node(source, where=name)
    _check_kernel(notebook.metadata, where=name)
    return inject(notebook, parameters) if parameters else notebook


def settle_run(
    notebook: NotebookNode, parameters: Mapping[str, Literal], *, environment: Mapping[str, str], name: str = ""
) -> NotebookNode:
    """Give a notebook that has run, tidy; raises `RunError` where a cell left an error that its author did not mean."""
    for at, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            if output.output_type == "error" and not _is_expected(cell, output):
                story = _COLOUR.sub("", "\n".join(output.traceback))
                advice = _advice(output.ename, environment)
                error_line = _COLOUR.sub("", f"{output.ename}: {output.evalue}{advice}")
                raise RunError(_failure(notebook, at, error_line, parameters, name, story), notebook)
    return tidy(notebook)


def _read_node(source: str, *, where: str) -> NotebookNode:
    """Read a notebook's text as papermill wants it: format 4, with places for its own notes."""
    untyped: Any = nbformat
    notebook: NotebookNode = untyped.from_dict(settle_notebook(source, where=where))
    notebook.metadata.setdefault("papermill", untyped.from_dict({"parameters": {}}))
    for cell in notebook.cells:
        cell.metadata.setdefault("papermill", untyped.from_dict({}))
    return notebook


def _check_kernel(metadata: Mapping[str, Any], *, where: str) -> None:
    """Refuse a notebook that names another kernel, or another language: neither fence nor limits hold for those."""
    noted = (metadata.get(key) for key in ("kernelspec", "language_info"))
    spec, info = (said if isinstance(said, Mapping) else {} for said in noted)
    kernel, language = spec.get("name") or OURS[0], info.get("name") or spec.get("language") or OURS[0]
    if kernel not in OURS or str(language).casefold() not in OURS:
        named = f"kernel {kernel!r}" if kernel not in OURS else f"language {language!r}"
        rule = "the press runs Python in kernels of its own, so that its fence holds"
        raise NotebookError(f"{where}: names the {named}; {rule}. Choose python3 in JupyterLab and save it.")


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Take out what differs from run to run: times, folders, random ids, widgets' state and papermill's own notes."""
    for note in ("papermill", "widgets"):
        notebook.metadata.pop(note, None)
    for cell in notebook.cells:
        for note in ("papermill", "execution"):
            cell.metadata.pop(note, None)
        if is_injected(cell):
            cell.id = INJECTED
    return notebook


def _is_expected(cell: NotebookNode, output: NotebookNode) -> bool:
    quiet_exit = output.ename == "SystemExit" and output.evalue in ("", "0")
    return quiet_exit or "raises-exception" in tags_of(cell)


def _advice(error: str, environment: Mapping[str, str]) -> str:
    """Say what a cell ran into, where it was a limit of the press's."""
    limits = json.loads(environment.get(LIMITS_VARIABLE, "{}"))
    if "MemoryError" in error and limits.get("memory"):
        return f" (its kernel may take {limits['memory']} MB; memory_limit in the catalog says how many)"
    if error == "StdinNotImplementedError":
        return " (nobody is there to answer; make it a parameter)"
    if error == "PermissionError" and limits.get("fence"):
        return " (a notebook writes to its own temporary folder alone)"
    return ""


def _failure(
    notebook: NotebookNode, at: int | None, error: str, parameters: Mapping[str, Literal], name: str, story: str = ""
) -> Failure:
    """Say where a run stopped, in the words and numbers that the notebook's author sees."""
    line_of_error = " ".join(error.split())[:500]
    if at is None:
        return Failure(name, "", 0, None, "", line_of_error, dict(parameters), story)
    cells = notebook.cells[:at]
    found = _AT_LINE.search(story)
    line = int(found[1]) if found else None
    code = notebook.cells[at].source.splitlines() or [""]
    shown = code[line - 1] if line and line <= len(code) else code[0]
    number = list(number_cells(notebook.cells))[at][0]
    return Failure(name, find_section(cells), number, line, shown.strip(), line_of_error, dict(parameters), story)


def find_section(cells: Iterable[NotebookNode]) -> str:
    """Give the last heading: one of the notebook's text, or one that the library made."""
    heading = ""
    for cell in cells:
        if cell.cell_type == "markdown":
            found = _HEADING.findall(_NO_WORDS.sub("", cell.source))
            heading = "".join(found[-1]) if found else heading
        for output in cell.get("outputs", ()):
            block = find_block(output)
            heading = plain(block.text) if isinstance(block, Heading) else heading
    return heading
