"""The process that draws, checks and renders for a preview, and what it is asked and answers, a line each.

A kernel that runs its next cell waits for a word of the preview; a preview that drew in a thread of its own kept it
waiting for as long as a chart takes. It ends when nobody can ask it any more.
"""

from __future__ import annotations

import gc
import json
import os
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

import briefing.ahead  # noqa: F401  # what comes next imports jsonschema
from briefing.blocks.blocks import Chart, find_block
from briefing.blocks.walk import blocks_in
from briefing.errors import BriefingError, DossierError, in_a_line
from briefing.page.exporter import open_environment
from briefing.page.interactive import pack_bundle
from briefing.page.proof import make_proof, read_ahead
from briefing.page.svg import draw_once
from briefing.page.vega import compile_chart

Told = dict[str, Any]


def main() -> None:
    """Do what is asked, line by line, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; who asks says when this ends
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _warm_up()
    gc.freeze()
    while line := asked.readline():
        wish = json.loads(line)
        if (answer := _answer(wish)) is not None:
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()


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
    """Draw the charts of a cell, while the next ones run; what is wrong with one, the page tells."""
    with suppress(Exception):
        for output in _node(wish["outputs"]):
            block = find_block(output)
            for inner in blocks_in(block) if block else ():
                for spec in (inner.spec, inner.narrow) if isinstance(inner, Chart) else ():
                    if spec:
                        draw_once(spec)
                        compile_chart(spec)


def _read(wish: Told) -> Told:
    read_ahead(Path(wish["data"]), day=wish["day"])
    return {}


def _prove(wish: Told) -> Told:
    notebook = _node(wish["notebook"])
    data, reads = Path(wish["data"]), tuple(tuple(read) for read in wish["reads"])
    told: Mapping[str, Any] = wish["told"]
    proof = make_proof(notebook, data=data, reads=reads, **told)
    return {"page": proof.page, "flaws": list(proof.flaws)}


_DOING: dict[str, Callable[[Told], Told | None]] = {"draw": _draw, "read": _read, "prove": _prove}


def _node(plain: Any) -> Any:
    """Give plain values as nbformat has them, whose keys are attributes too."""
    if isinstance(plain, dict):
        make: Any = NotebookNode
        return make({key: _node(value) for key, value in plain.items()})
    return [_node(value) for value in plain] if isinstance(plain, list) else plain


def _warm_up() -> None:
    """Start V8, read the templates and pack the library that lets charts answer: each takes most of a second."""
    with suppress(Exception):  # what is wrong, the first page tells
        draw_once({"mark": "point", "data": {"values": []}})
        open_environment()
        pack_bundle()


if __name__ == "__main__":
    main()
