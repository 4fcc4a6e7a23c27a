"""A station: what a worker of a cluster keeps for a build, and how an order is done there.

Each worker keeps its own copy of the dossier, unpacked from one message into a private folder, its own warm parent and
its own processes: a Dask worker has threads and event loops, and a kernel is never forked from such a process. What is
the same on every machine travels with the order; what is a machine's own, such as ``PATH``, is the worker's.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
import threading
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.folders import DATA_VARIABLE, list_files
from briefing.press.digest import differing_tools
from briefing.press.pool import Pool
from briefing.press.surroundings import name_environment
from briefing.press.worker import Made

#: What a kernel is told of the machine that it runs on, not of the one that asked.
OF_THE_MACHINE = ("PATH", "HOME", "USER", "LOGNAME", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")

#: How many seconds a station stands idle before it is closed.
IDLE = 60

#: The same moment for every file, so that the same dossier is the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def pack_dossier(data: Path) -> bytes:
    """Pack a dossier's files: the same bytes for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in list_files(data):
            archive.writestr(zipfile.ZipInfo(path.name, _MOMENT), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def unpack_dossier(packed: bytes, folder: Path) -> None:
    """Unpack a dossier's files into a folder; a name that leads out of it is not heeded."""
    folder.mkdir()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            (folder / Path(name).name).write_bytes(archive.read(name))


class Station:
    """A private copy of a dossier, and a pool that works with it.

    Parameters
    ----------
    packed : bytes
        The dossier (`pack_dossier`).
    name : str
        The dossier's folder, as messages name it.
    jobs : int
        How many orders are done at a time.
    place : Path
        Where the private folder is made.
    """

    def __init__(self, packed: bytes, *, name: str, jobs: int, place: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="briefing-", dir=place))
        self._data = self._folder / name
        unpack_dossier(packed, self._data)
        self._desk = self._folder / "notebooks"  # kernels begin in it, as they do beside the dossier at home
        self._desk.mkdir(exist_ok=True)
        self._pool = Pool(jobs, data=self._data, environment=name_environment(data=self._data), apart=True)
        self._pool.__enter__()
        self.guests, self.left_at = 0, time.monotonic()

    def do(self, order: Mapping[str, Any]) -> Made:
        """Do an order as if it had been given on this machine."""
        own = {name: os.environ[name] for name in OF_THE_MACHINE if name in os.environ}
        sent = {name: value for name, value in order["environment"].items() if name not in OF_THE_MACHINE}
        environment = sent | own | {DATA_VARIABLE: str(self._data)}
        return self._pool.do({**order, "folder": str(self._desk), "environment": environment})

    def close(self) -> None:
        """Let the processes and the folder go."""
        self._pool.__exit__()
        shutil.rmtree(self._folder, ignore_errors=True)


_STATIONS: dict[str, Station] = {}
_LOCK = threading.Lock()
_LOOKING: list[threading.Timer] = []


def do_there(order: Mapping[str, Any], packed: bytes) -> Made:
    """Do an order on a worker of a cluster.

    Parameters
    ----------
    order : mapping of str
        As `worker.do_order` wants it, with ``tools`` (`digest.list_tools`) and ``dossier`` (its folder's name).
    packed : bytes
        The dossier.
    """
    reasons = [f"{order['name']}: {flaw}" for flaw in differing_tools(order["tools"])]
    if reasons:
        return {"status": "failed", "reasons": reasons}, b"", b""
    key = f"{order['dossier']} {hashlib.sha256(packed).hexdigest()}"
    station = _enter(key, packed, name=str(order["dossier"]))
    try:
        return station.do(order)
    finally:
        with _LOCK:
            station.guests, station.left_at = station.guests - 1, time.monotonic()
            _look_later()


def _enter(key: str, packed: bytes, *, name: str) -> Station:
    """Enter the station of a dossier, which is opened when first entered; those that stand idle are closed then."""
    from distributed import get_worker  # only on a worker, which has it

    with _LOCK:
        if key not in _STATIONS:
            _close_idle()
            worker = get_worker()
            # dask clears this folder itself, even where the worker was killed
            place = Path(worker.local_directory)
            _STATIONS[key] = Station(packed, name=name, jobs=worker.state.nthreads, place=place)
        _STATIONS[key].guests += 1
        return _STATIONS[key]


def leave() -> None:
    """Close what no build uses any more; a build says so when it ends."""
    with _LOCK:
        _close_idle()


def _look_later() -> None:
    """Close in a while what no order was done at since: a build that was killed says nothing when it ends."""

    def look() -> None:
        with _LOCK:
            _close_idle(seconds=IDLE)

    while _LOOKING:
        _LOOKING.pop().cancel()
    _LOOKING.append(threading.Timer(IDLE + 1, look))
    _LOOKING[0].daemon = True
    _LOOKING[0].start()


def _close_idle(*, seconds: float = 0) -> None:
    now = time.monotonic()
    for key, station in list(_STATIONS.items()):
        if not station.guests and now - station.left_at >= seconds:
            _STATIONS.pop(key).close()
