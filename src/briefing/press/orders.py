"""One order, done: run a notebook or take its last run, have its page proofed. Nothing is written here.

A worker is a process that lives long, so that what is slow to start, V8 above all, starts once. It reads orders from
its input and writes what it made to its output, each as a line of JSON; a Dask cluster is sent the same lines.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any, Literal, TypeVar

from briefing.dossier.files import DATA_VARIABLE
from briefing.engine.environment import hide_slow_imports
from briefing.errors import BriefingError


@dataclass(frozen=True, slots=True)
class Order:
    """All that is needed to make an edition, here or elsewhere.

    Parameters
    ----------
    action : {"run", "render"}
        Whether the notebook is run, or the page rendered from its last run.
    edition, name : str
        The edition's name, and its notebook's, for messages.
    source : str
        The notebook's text, where it is run.
    folder : str
        Its working directory.
    values : mapping of str to str, int, float, bool or None
        What it is asked.
    rows : str
        The digest of the dossier that the build took; empty where nobody took one.
    environment : mapping of str to str
        The kernel's whole environment.
    time_limit : float or None
        How many seconds its cells may take together.
    tolerance : float
        By how much of itself a figure may change from the last run; 0 sets no limit.
    before : bytes
        The last run, packed (`pack`); empty where it is not wanted.
    options : mapping of str
        The catalog's options of the page, as plain values.
    parent : str
        The warm parent's socket; empty where a kernel starts by itself.
    """

    action: Literal["run", "render"]
    edition: str
    name: str
    environment: Mapping[str, str] = field(repr=False)
    source: str = field(default="", repr=False)
    folder: str = "."
    values: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)
    rows: str = ""
    time_limit: float | None = None
    tolerance: float = 0.0
    before: bytes = field(default=b"", repr=False)
    options: Mapping[str, Any] = field(default_factory=dict)
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an order.

    Parameters
    ----------
    status : {"made", "held", "failed"}
        Whether there is a page.
    reasons : tuple of str
        Why there is none, a line each.
    remarks : tuple of str
        What its author should know, a line each.
    failure : mapping of str
        Where its run stopped (`run.Failure` as plain values), where a cell is to blame.
    reads : tuple of tuple of str
        What it read of its dossier (`read_log`).
    is_still : bool
        Whether the build's copy of the dossier is as it was.
    waivers : tuple of str
        The note of the waivers that its findings may have; empty where there is none.
    waived_until : str
        The day until which those hold that let it pass; empty where none was needed.
    cover : mapping of str to str
        What the page asks and answers.
    page, run : bytes
        The page; the executed notebook, packed, where it was run.
    """

    status: Literal["made", "held", "failed"]
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    failure: Mapping[str, Any] = field(default_factory=dict, repr=False)
    reads: tuple[tuple[str, ...], ...] = ()
    is_still: bool = True
    waivers: tuple[str, ...] = ()
    waived_until: str = ""
    cover: Mapping[str, str] = field(default_factory=dict)
    page: bytes = field(default=b"", repr=False)
    run: bytes = field(default=b"", repr=False)


Sent = TypeVar("Sent", Order, Made)


def encode(sent: Order | Made) -> bytes:
    """Write an order, or what came of one, as a line of JSON; bytes stand in it in base 64.

    Examples
    --------
    >>> decode(encode(Made("held", ("cell 3: it prints",), page=b"x")), Made).page
    b'x'
    """
    cells = {name: _encode_cell(cell) for name, cell in asdict(sent).items()}
    return json.dumps(cells).encode() + b"\n"


def _encode_cell(cell: object) -> object:
    return base64.b64encode(cell).decode() if isinstance(cell, bytes) else cell


def decode(line: bytes, kind: type[Sent]) -> Sent:
    """Read an order, or what came of one, from its line of JSON."""
    cells = json.loads(line)
    return kind(**{known.name: _decode_cell(cells[known.name], str(known.type)) for known in fields(kind)})


def _decode_cell(cell: Any, kind: str) -> Any:
    if kind == "bytes":
        return base64.b64decode(cell)
    if kind.startswith("tuple[tuple"):
        return tuple(tuple(row) for row in cell)
    return tuple(cell) if kind.startswith("tuple") else cell


def do_order(order: Order) -> Made:
    """Do one order; whatever goes wrong is told in what came of it."""
    from briefing.engine.run import RunError  # slow to import, as is all that makes a page

    try:
        return _make(order)
    except RunError as error:
        return Made("failed", (str(error),), failure=error.failure.to_dict())
    except BriefingError as error:
        return Made("failed", tuple(str(error).splitlines()))
    except OSError as error:
        words = f"{order.name}: {error.strerror or error}; an edition needs room in the temporary folder."
        return Made("failed", (f"{words} Make room, or name another with TMPDIR.",))
    except Exception as error:
        words = f"{order.name}: the press itself failed: {type(error).__name__}: {error}; this is a fault of ours."
        return Made("failed", (f"{words} Run it again with --debug, and report it.",))


def _make(order: Order) -> Made:
    from briefing.page.proof import make_proof

    reads: list[str] = []
    before = _unpack(order.before) if order.before else None
    notebook = _run(order, reads) if order.action == "run" else before
    proof = make_proof(
        notebook,
        name=order.name,
        edition=order.edition,
        data=_data_of(order),
        before=before if order.action == "run" else None,
        tolerance=order.tolerance,
        options=order.options,
    )
    if proof.flaws:
        return Made("held", proof.flaws, proof.remarks)
    return Made(
        "made",
        remarks=proof.remarks,
        reads=tuple(tuple(read) for read in json.loads(reads[0])) if reads else (),
        is_still=_is_still(order),
        waivers=proof.waivers,
        waived_until=proof.waived_until,
        cover=proof.cover,
        page=proof.page.encode(),
        run=pack(notebook) if order.action == "run" else b"",
    )


def _run(order: Order, reads: list[str]) -> Any:
    from briefing.engine.run import run_notebook

    return run_notebook(
        order.source,
        order.values,
        folder=Path(order.folder),
        environment=dict(order.environment),
        name=order.name,
        time_limit=order.time_limit,
        parent=Path(order.parent) if order.parent else None,
        reads=reads,
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
    return gzip.compress(json.dumps(notebook, sort_keys=True, ensure_ascii=False).encode(), compresslevel=3, mtime=0)


def _unpack(packed: bytes) -> Any:
    import nbformat

    untyped: Any = nbformat
    return untyped.from_dict(json.loads(gzip.decompress(packed)))


def send(stream: IO[bytes], sent: Order | Made) -> None:
    """Send an order, or what came of one, as a line."""
    stream.write(encode(sent))
    stream.flush()


def receive(stream: IO[bytes], kind: type[Sent]) -> Sent | None:
    """Receive what was sent; ``None`` where the other side is gone."""
    line = stream.readline()
    return decode(line, kind) if line.endswith(b"\n") else None


def main() -> None:
    """Do orders until there are no more."""
    orders, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no result
    sys.stdin.close()
    warm_up()
    while (order := receive(orders, Order)) is not None:
        send(results, do_order(order))


def warm_up() -> None:
    """Import what every order needs, while the warm parent is still starting."""
    hide_slow_imports()
    import papermill  # noqa: F401


if __name__ == "__main__":
    main()
