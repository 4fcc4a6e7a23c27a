"""One order, done: run a notebook or take its last run, proofread it, render its page. Nothing is written here.

A worker is a process that lives long, so that what is slow to start, V8 above all, starts once. It reads orders from
its input and writes what came of them to its output; the same function does the orders of a Dask cluster.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from briefing.dossier.files import DATA_VARIABLE
from briefing.engine.environment import hide_slow_imports
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from briefing.checks import Found
    from briefing.dossier.dossier import Dossier

#: What was made: a header of plain values, the page, and the executed notebook, compressed.
Made = tuple[dict[str, Any], bytes, bytes]


def do_order(order: Mapping[str, Any]) -> Made:
    """Do one order.

    Parameters
    ----------
    order : mapping of str
        ``action`` (``run`` or ``render``), ``name``, ``address``, ``source`` (the notebook's text), ``folder`` (its
        working directory), ``values``, ``rows`` (the digest of the dossier that the build took), ``environment``,
        ``time_limit``, ``tolerance``, ``before`` (the last run, compressed, in base 64), ``parent`` (the warm parent's
        socket) and ``page`` (options of the page).

    Returns
    -------
    tuple
        A header with ``status`` (``made``, ``held`` or ``failed``), ``reasons``, ``remarks`` (for the author),
        ``failure``, ``reads``, ``is_still`` (whether the build's copy of the dossier is as it was), ``waivers`` (those
        that its findings may have), ``waived_until`` and ``cover`` (what the page asks and answers); the page; the
        executed notebook, compressed.
    """
    from briefing.checks import tell_readers  # imports pandas: a worker has it by now
    from briefing.engine.run import RunError

    reads: list[str] = []
    try:
        notebook = _run(order, reads) if order["action"] == "run" else _unpack(order["before"])
        found = _check(order, notebook)
        remarks = [f"{one.severity}: {one.id}: {one}" for one in found.problems if one.severity != "error"]
        flaws = [*_proofread(order, notebook), *(f"{error.id}: {error}" for error in found.errors)]
        if flaws:
            return {"status": "held", "reasons": flaws, "remarks": remarks}, b"", b""
        page = _render(order, notebook, checks=tell_readers(found)).encode()
    except RunError as error:
        return {"status": "failed", "reasons": [str(error)], "failure": error.failure.to_dict()}, b"", b""
    except BriefingError as error:
        return {"status": "failed", "reasons": str(error).splitlines()}, b"", b""
    except OSError as error:
        words = f"{order['name']}: {error.strerror or error}; an edition needs room in the temporary folder."
        return {"status": "failed", "reasons": [f"{words} Make room, or name another with TMPDIR."]}, b"", b""
    except Exception as error:
        words = f"{order['name']}: the press itself failed: {type(error).__name__}: {error}; this is a fault of ours."
        return {"status": "failed", "reasons": [f"{words} Run it again with --debug, and report it."]}, b"", b""
    header = {"status": "made", "remarks": remarks, "reads": json.loads(reads[0]) if reads else []}
    header |= _note_waivers(order, found) | {"cover": _tell_cover(notebook), "is_still": _is_still(order)}
    return header, page, pack(notebook) if order["action"] == "run" else b""


def _run(order: Mapping[str, Any], reads: list[str]) -> Any:
    from briefing.engine.run import run_notebook

    return run_notebook(
        str(order["source"]),
        order["values"],
        folder=Path(order["folder"]),
        environment=dict(order["environment"]),
        name=str(order["name"]),
        time_limit=order.get("time_limit"),
        parent=Path(order["parent"]) if order.get("parent") else None,
        reads=reads,
    )


def _proofread(order: Mapping[str, Any], notebook: Any) -> list[str]:
    from briefing.checks.runs import find_flaws

    before = _unpack(order["before"]) if order.get("before") else None
    return find_flaws(notebook, before=before, tolerance=float(order.get("tolerance") or 0))


def _check(order: Mapping[str, Any], notebook: Any) -> Found:
    from briefing.checks import check_edition  # imports pandas: a worker has it by now

    return check_edition(notebook, dossier=_dossier_of(order), name=str(order["name"]))


def _note_waivers(order: Mapping[str, Any], found: Found) -> dict[str, Any]:
    """Note which waivers the page's findings may have, and until when those hold that it tells."""
    from briefing.dossier.read_log import note_rows  # imports pandas: a worker has it by now

    dossier = _dossier_of(order)
    if dossier is None:
        return {}
    told = [*found.problems, *(problem for problem, _ in found.waived)]
    asked = {"subject": tuple(sorted({problem.subject for problem in told if problem.subject}))}
    until = min((waiver.expires.isoformat() for _, waiver in found.waived), default="")
    return {"waivers": note_rows(dossier.everything, "waivers", asked), "waived_until": until}


def _is_still(order: Mapping[str, Any]) -> bool:
    """Whether the build's copy of the dossier is as it was taken: where no fence is, a notebook may write to it."""
    from briefing.editions.fingerprint import digest_folder

    data = dict(order["environment"]).get(DATA_VARIABLE)
    return not data or "rows" not in order or digest_folder(Path(data)) == order["rows"]


def _dossier_of(order: Mapping[str, Any]) -> Dossier | None:
    data = dict(order["environment"]).get(DATA_VARIABLE)
    return _read_whole(data) if data else None


@lru_cache(maxsize=1)
def _read_whole(data: str) -> Dossier | None:
    """Read the dossier once a build: the folder is the build's own copy, and the worker keeps that of the last build.

    One with errors is no help here.
    """
    from briefing.dossier.dossier import read_dossier  # imports pandas: a worker has it by now

    try:
        return read_dossier(data)
    except BriefingError:
        return None


def _render(order: Mapping[str, Any], notebook: Any, *, checks: Sequence[str]) -> str:
    from briefing.page.budget import Budget
    from briefing.page.exporter import render_page
    from briefing.page.svg import draw_once

    options = dict(order.get("page", {}))
    if "budget" in options:
        options["budget"] = Budget(**options["budget"])
    edition, name = str(order["edition"]), str(order["name"])
    return render_page(notebook, name=name, edition=edition, checks=checks, draw=draw_once, **options)


def _tell_cover(notebook: Any) -> dict[str, str]:
    from briefing.page.parts import tell_cover

    return tell_cover(notebook)


def pack(notebook: Any) -> bytes:
    """Compress an executed notebook: the same bytes for the same notebook, on any day."""
    return gzip.compress(json.dumps(notebook, sort_keys=True, ensure_ascii=False).encode(), compresslevel=3, mtime=0)


def _unpack(packed: str) -> Any:
    import nbformat

    untyped: Any = nbformat
    return untyped.from_dict(json.loads(gzip.decompress(base64.b64decode(packed))))


def send(stream: IO[bytes], header: Mapping[str, Any], *contents: bytes) -> None:
    """Send plain values and contents: a line of JSON that says how long each content is, then the contents."""
    stream.write(json.dumps({"header": header, "sizes": [len(content) for content in contents]}).encode() + b"\n")
    for content in contents:
        stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[dict[str, Any], list[bytes]] | None:
    """Receive what was sent; ``None`` where the other side is gone."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    said = json.loads(line)
    contents = [stream.read(size) for size in said["sizes"]]
    whole = [len(content) for content in contents] == said["sizes"]
    return (said["header"], contents) if whole else None


def main() -> None:
    """Do orders until there are no more."""
    orders, results = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no result
    sys.stdin.close()
    warm_up()
    while (received := receive(orders)) is not None:
        header, page, run = do_order(received[0])
        send(results, header, page, run)


def warm_up() -> None:
    """Import what every order needs, while the warm parent is still starting."""
    hide_slow_imports()
    import papermill  # noqa: F401


if __name__ == "__main__":
    main()
