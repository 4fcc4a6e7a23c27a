"""One order, done: run a notebook or take its last run, have its page proofed. Nothing is written here.

A worker is a process that lives long, so that what is slow to start, V8 above all, starts once. It reads orders from
its input and writes what it made to its output (`parcels`); a Dask cluster is sent the same.
"""

from __future__ import annotations

import errno
import gc
import gzip
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from briefing.dossier.files import DATA_VARIABLE
from briefing.errors import BriefingError
from briefing.press.parcels import receive, send
from briefing.press.remarks import make_remark

if TYPE_CHECKING:
    from briefing.page.drawer import Drawer


@dataclass(frozen=True, slots=True)
class Order:
    """All that is needed to make an edition, here or elsewhere."""

    action: Literal["run", "render"]  #: the notebook, or the page from its last run
    edition: str  #: its name
    name: str  #: its notebook's, for messages
    environment: Mapping[str, str] = field(repr=False)  #: the kernel's whole environment
    source: str = field(default="", repr=False)  #: the notebook's text, where it is run
    folder: str = "."  #: its working directory
    values: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)  #: what it is asked
    rows: str = ""  #: the digest of the dossier that the build took; empty where nobody took one
    time_limit: float | None = None  #: how many seconds its cells may take together
    tolerance: float = 0.0  #: by how much of itself a figure may change from the last run; 0 sets no limit
    before: bytes = field(default=b"", repr=False)  #: the last run, packed (`pack`); empty where it is not wanted
    reads: tuple[tuple[str, ...], ...] = ()  #: what the last run read, where the page is made of that
    options: Mapping[str, Any] = field(default_factory=dict)  #: the catalog's options of the page, as plain values
    parent: int | None = None  #: the descriptor of the warm parent's channel; none where a kernel starts by itself


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of an order."""

    status: Literal["made", "held", "failed"]  #: whether there is a page
    reasons: tuple[str, ...] = ()  #: why there is none, a line each
    remarks: tuple[tuple[str, ...], ...] = ()  #: what its author should know: a `Remark` each
    failure: Mapping[str, Any] = field(default_factory=dict, repr=False)  #: a `run.Failure`, where a cell is to blame
    reads: tuple[tuple[str, ...], ...] = ()  #: what it read of its dossier (`read_log`)
    is_still: bool = True  #: whether the build's copy of the dossier is as it was
    waivers: tuple[str, ...] = ()  #: the note of the waivers that its findings may have; empty where there is none
    waived_until: str = ""  #: the day until which those hold that let it pass; empty where none was needed
    reviews: tuple[str, ...] = ()  #: the note of the reviews of the rows that it cites
    cover: Mapping[str, str] = field(default_factory=dict)  #: what the page asks and answers
    seconds: float = 0.0  #: how long it took
    page: bytes = field(default=b"", repr=False)
    run: bytes = field(default=b"", repr=False)  #: the executed notebook, packed, where it was run


def do_order(order: Order, drawer: Drawer | None = None) -> Delivery:
    """Do one order; whatever goes wrong is told in what came of it. Where there is a drawer, that draws the charts."""
    began = time.monotonic()
    return replace(_do(order, drawer), seconds=round(time.monotonic() - began, 3))


def _do(order: Order, drawer: Drawer | None) -> Delivery:
    from briefing.engine.run import RunError  # slow to import, as is all that makes a page

    try:
        return _make(order, drawer)
    except RunError as error:
        return Delivery("failed", (str(error),), failure=error.failure.to_dict())
    except BriefingError as error:
        return Delivery("failed", tuple(str(error).splitlines()))
    except OSError as error:
        return Delivery("failed", (f"{order.name}: {error.strerror or error}; {say_cure(error)}",))
    except Exception as error:
        if (number := getattr(error, "errno", None)) in _NO_FILES:  # ZeroMQ's errors are none of Python's
            return Delivery("failed", (f"{order.name}: {os.strerror(number)}; {say_cure(OSError(number, ''))}",))
        words = f"{order.name}: the press itself failed: {type(error).__name__}: {error}; this is a fault of ours."
        return Delivery("failed", (f"{words} Run it again with --debug, and report it.",))


#: What the system says where a process may open no more files.
_NO_FILES = (errno.EMFILE, errno.ENFILE)


def say_cure(error: OSError) -> str:
    """Say what a build needs of the system that it did not get, and how to give it that."""
    if error.errno in _NO_FILES:
        return "a build needs some hundred open files. Allow more with ulimit -n."
    if error.errno in (errno.EAGAIN, errno.ENOMEM):
        return "a build needs processes and memory. Allow more, or give fewer --jobs."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        where = f" {error.filename}" if error.filename else ""
        return f"a build reads and writes files of its own. Allow it{where}."
    return "an edition needs room in the temporary folder. Make room, or name another with TMPDIR."


def _make(order: Order, drawer: Drawer | None) -> Delivery:
    noted: list[str] = []
    before = unpack(order.before) if order.before else None
    draw_cell = partial(_draw_ahead, drawer, answers=order.options.get("interactive", True))
    notebook: Any = _run(order, noted, draw_cell) if order.action == "run" else before
    for cell in notebook.cells if order.action == "render" else ():
        draw_cell(cell)
    written = _write_out(notebook) if order.action == "run" else ""
    _wait_for_starts()
    from briefing.page.proof import make_proof  # slow to import; a build does it ahead (`start_ahead`)

    reads = tuple(tuple(read) for read in json.loads(noted[0])) if noted else order.reads
    pens: dict[str, Any] = {"draw": drawer.draw, "compiled": drawer.compile} if drawer else {}
    proof = make_proof(
        notebook,
        name=order.name,
        edition=order.edition,
        data=_data_of(order),
        before=before if order.action == "run" else None,
        tolerance=order.tolerance,
        options=order.options,
        reads=reads,
        written=written,
        **pens,
    )
    remarks = tuple(map(make_remark, proof.remarks))
    if proof.flaws:
        return Delivery("held", proof.flaws, remarks)
    return Delivery(
        "made",
        remarks=remarks,
        reads=reads if order.action == "run" else (),
        is_still=_is_still(order),
        waivers=proof.waivers,
        waived_until=proof.waived_until,
        reviews=proof.reviews,
        cover=proof.cover,
        page=proof.page.encode(),
        run=_compress(written) if order.action == "run" else b"",
    )


def _draw_ahead(drawer: Drawer | None, cell: Any, *, answers: bool) -> None:
    """Have the charts of a cell drawn, while the next ones run."""
    if drawer:
        drawer.ask_ahead(cell.get("outputs", ()), answers=answers)


def _run(order: Order, reads: list[str], tell: Callable[[Any], None]) -> Any:
    from briefing.engine.run import run_notebook

    return run_notebook(
        order.source,
        order.values,
        folder=Path(order.folder),
        environment=dict(order.environment),
        name=order.name,
        time_limit=order.time_limit,
        parent=order.parent,
        reads=reads,
        tell=tell,
    )


def _data_of(order: Order) -> Path | None:
    data = order.environment.get(DATA_VARIABLE)
    return Path(data) if data else None


def _is_still(order: Order) -> bool:
    """Whether the build's copy of the dossier is as it was taken: where no fence is, a notebook may write to it."""
    from briefing.editions.fingerprint import digest_folder

    data = _data_of(order)
    return data is None or not order.rows or digest_folder(data) == order.rows


def pack(notebook: Any) -> bytes:
    """Compress an executed notebook: the same bytes for the same notebook, on any day."""
    return _compress(_write_out(notebook))


def _write_out(notebook: Any) -> str:
    return json.dumps(notebook, sort_keys=True, ensure_ascii=False)


def _compress(written: str) -> bytes:
    return gzip.compress(written.encode(), compresslevel=3, mtime=0)


def unpack(packed: bytes) -> Any:
    """Give an executed notebook that was packed."""
    importlib.import_module("briefing.ahead")  # what comes next imports jsonschema
    import nbformat

    untyped: Any = nbformat
    return untyped.from_dict(unpack_plain(packed))


def unpack_plain(packed: bytes) -> dict[str, Any]:
    """Give an executed notebook that was packed, in plain values: whoever only looks needs nbformat's no more.

    Raises `ValueError` where it holds no notebook.
    """
    notebook = json.loads(gzip.decompress(packed))
    if not isinstance(notebook, dict):
        raise ValueError("it is no notebook")
    return notebook


def main() -> None:
    """Do orders until there are no more."""
    orders, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no result
    sys.stdin.close()
    get_ready()
    while (order := receive(orders, Order)) is not None:
        send(results, do_order(order))


#: After how many new objects circular garbage is looked for: a page makes hundreds of thousands that are in no circle.
_FEW = 20_000

#: What still starts what pages are made with.
_STARTING: list[Thread] = []


def get_ready(data: Path | None = None, *, draws: bool = True) -> None:
    """Import what runs a notebook; start what makes its page, and read a dossier for that, beside the kernel's start.

    All of it takes longer than the warm parent, which starts in another process, and its kernel. What `draws` is
    started where no drawer does that.
    """
    gc.disable()  # what is imported stays: looking through it again and again takes a fifth of the time
    import_ahead()
    _STARTING.append(Thread(target=_start_ahead, args=[data, draws], name="start_ahead"))
    _STARTING[-1].start()


def _start_ahead(data: Path | None, draws: bool) -> None:
    try:
        with suppress(Exception):  # what cannot be imported, the first page tells
            from briefing.page.ahead import start_ahead  # slow to import

            start_ahead(data, draws=draws)
    finally:
        gc.set_threshold(_FEW, 10, 10)
        gc.enable()
        gc.freeze()


def _wait_for_starts() -> None:
    while _STARTING:
        _STARTING.pop().join()


def import_ahead() -> None:
    """Import what runs a notebook, while the warm parent is still starting."""
    importlib.import_module("briefing.ahead")  # what comes next imports jsonschema
    from briefing.engine.seams.stores import import_papermill

    import_papermill()
    from briefing.engine.run import rehearse_run

    with suppress(Exception):  # what is wrong, the first run tells
        rehearse_run()


if __name__ == "__main__":
    main()
