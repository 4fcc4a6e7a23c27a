"""The process that checks and renders for a preview, and has its charts drawn by another (`drawing`) meanwhile.

A kernel that runs its next cell waits for a word of the preview; a preview that checked in a thread of its own kept it
waiting. It ends when nobody can ask it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

import briefing.ahead  # noqa: F401  # what comes next imports jsonschema
from briefing.errors import BriefingError, DossierError, in_a_line
from briefing.page.answering import Told, answer_until_alone
from briefing.page.drawer import Drawer
from briefing.page.exporter import open_environment
from briefing.page.interactive import pack_bundle
from briefing.page.proof import make_proof, read_ahead

_drawer = Drawer()


def main() -> None:
    """Do what is asked."""
    _drawer.open()
    _warm_up()
    answer_until_alone(_answer)


def _answer(wish: Told) -> Told | None:
    """Do one thing; say what came of it, or what went wrong."""
    try:
        return _DOING[wish["do"]](wish)
    except DossierError as error:
        return {"dossier": [problem.to_dict() for problem in error.problems]}
    except BriefingError as error:
        return {"error": type(error).__name__, "said": str(error)}
    except Exception as error:
        return {"error": "", "said": f"{type(error).__name__}: {in_a_line(error)}"}


def _draw(wish: Told) -> None:
    """Have the charts of a cell drawn, while the next ones run."""
    _drawer.ask_ahead(wish["outputs"])


def _read(wish: Told) -> Told:
    read_ahead(Path(wish["data"]), day=wish["day"])
    return {}


def _prove(wish: Told) -> Told:
    notebook = _read_notebook(wish["notebook"])
    data, reads = Path(wish["data"]), tuple(tuple(read) for read in wish["reads"])
    told: Mapping[str, Any] = wish["told"]
    pens: Told = {"draw": _drawer.draw, "compiled": _drawer.compile}
    proof = make_proof(notebook, data=data, reads=reads, **pens, **told)
    return {"page": proof.page, "flaws": list(proof.flaws)}


_DOING: dict[str, Callable[[Told], Told | None]] = {"draw": _draw, "read": _read, "prove": _prove}


def _read_notebook(plain: Told) -> NotebookNode:
    """Give a notebook as nbformat has it; what an output holds stays as plain as it came, which is most of it."""
    cells = [_node(cell | {"outputs": _read_outputs(cell.get("outputs", ()))}) for cell in plain["cells"]]
    return _node(plain | {"cells": cells})


def _read_outputs(outputs: Sequence[Told]) -> list[NotebookNode]:
    return [_node(output) for output in outputs]


def _node(plain: Told) -> NotebookNode:
    """Make the keys of a mapping its attributes too, without looking at what lies in it."""
    make: Any = NotebookNode
    node: NotebookNode = make()
    dict.update(node, plain)
    return node


def _warm_up() -> None:
    """Read the templates and pack the library that lets charts answer: each takes most of a second."""
    with suppress(Exception):  # what is wrong, the first page tells
        open_environment()
        pack_bundle()


if __name__ == "__main__":
    main()
