"""A cluster: editions made by the workers of a Dask cluster, published by the one process that holds the lock.

The dossier travels once, packed; an order and what came of it are plain values and bytes. Dask moves them with its own
means, and gives the order of a worker that was lost to another. A cluster whose packages differ from this machine's
would make other bytes: it is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import os
import shutil
import tempfile
import threading
import time
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefing.dossier.files import DATA_VARIABLE, list_files
from briefing.editions.fingerprint import differing_tools, list_tools
from briefing.engine.environment import name_environment
from briefing.engine.sandbox import why_open
from briefing.errors import ClusterError, Problem, UsageError, in_a_line
from briefing.press.orders import Delivery, Order
from briefing.press.parcels import decode, encode
from briefing.press.pool import Pool

#: How many seconds a scheduler may take to answer, and to answer again when it was lost.
PATIENCE = 15

#: How many seconds its first worker may take to be there: a cluster that grows on demand starts with none.
FIRST_WORKER = 60

#: How many orders wait at the cluster for each thread that is at work, so that no worker waits for this machine.
_AHEAD = 2


class Cluster:
    """The workers of a Dask cluster; a context in which orders are done, as in a `pool.Pool`.

    Its address is the scheduler's: ``tcp://10.0.0.5:8786``, or ``tls://`` where dask is told of certificates.
    """

    def __init__(self, address: str, *, data: Path) -> None:
        self._address, self._data, self._tools = address, data, list_tools()
        self.jobs = 1

    def __enter__(self) -> Cluster:
        self._client: Any = _connect(self._address)
        try:
            self._refuse_strangers()
        except BaseException:
            self._client.close(timeout=PATIENCE)
            raise
        packed = pack_dossier(self._data)
        key = f"briefing-dossier-{hashlib.sha256(packed).hexdigest()}"
        # a task, not scattered data: dask makes it again where the worker that holds it is lost
        self._dossier = self._client.submit(bytes, packed, key=key)
        self.jobs = _AHEAD * sum(self._client.nthreads().values())
        return self

    def __exit__(self, *error: object) -> None:
        if self._client.status == "running":
            with contextlib.suppress(Exception):  # a worker that is gone has left already
                self._client.run(leave, on_error="ignore")
        self._client.close(timeout=PATIENCE)

    def _refuse_strangers(self) -> None:
        found = self._client.run(differing_tools, self._tools, on_error="return")
        for worker, flaws in sorted(found.items()):
            if isinstance(flaws, Exception):
                flaws = [f"cannot run briefing ({flaws}); every worker has it installed. Install it there."]
            if flaws:
                raise ClusterError(f"{worker}: {flaws[0]}")

    def do(self, order: Order) -> Delivery:
        """Have one order done by whichever worker is free; one that is lost is replaced by another.

        Raises `ClusterError` where the scheduler is lost.
        """
        from distributed import KilledWorker  # with the extra `cluster` alone

        sent, named = encode(order), self._data.name
        try:
            key = f"briefing-{uuid.uuid4().hex}"
            future = self._client.submit(do_there, sent, self._dossier, named, self._tools, key=key, pure=False)
            return decode(future.result(), Delivery)
        except KilledWorker:
            flaw = "every worker that made it was lost; an edition is made by one that lives. Give workers more memory."
        except Exception as error:  # whatever the cluster itself fails with
            if self._client.status != "running":
                rule = "a scheduler with workers makes the editions"
                told = f"the scheduler was lost; {rule}. Start it, and build again: what was made is published"
                raise ClusterError(f"--dask {self._address}: {told}.") from None
            flaw = f"the cluster failed ({type(error).__name__}: {error}); it makes the editions. Run it again."
        return Delivery("failed", (f"{order.name}: {' '.join(flaw.split())}",))

    def why_cold(self) -> str:
        """Say nothing: each worker of the cluster has a warm parent of its own."""
        return ""

    def why_open(self) -> str:
        """Say of one worker what is not kept there of the fence around kernels; empty where all of it is everywhere."""
        told = self._client.run(why_open, on_error="ignore")
        return next((f"{worker}: {why}" for worker, why in sorted(told.items()) if why), "")

    def check(self) -> tuple[Problem, ...]:
        """List what is wrong with the dossier."""
        from briefing.dossier.dossier import check_dossier  # imports pandas: a build with nothing to do needs none

        return tuple(check_dossier(self._data))


def _connect(address: str) -> Any:
    """Connect to a scheduler that has a worker, quietly."""
    try:
        import distributed  # the extra `cluster`, which few need
    except ImportError:
        rule = "the extra `cluster` brings it"
        raise UsageError(
            f"--dask {address}: dask.distributed is not installed; {rule}. Run pip install 'briefing[cluster]'."
        ) from None
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told by us, once
    rule = "a scheduler with workers makes the editions"
    untyped: Any = distributed
    # A client that could not connect closes itself when the garbage collector finds it. Where that is while another one
    # starts, both want the same lock, in one thread, for ever. So it is held here before it connects, and closed.
    client = untyped.Client.__new__(untyped.Client)
    try:
        client.__init__(address, timeout=PATIENCE, set_as_default=False, name="briefing")
    except (OSError, ValueError, TypeError, AssertionError) as error:  # it asserts that its loop starts within 10 s
        with contextlib.suppress(Exception):  # one that never began has nothing to close
            client.close(timeout=PATIENCE)
        told = f"no scheduler answers ({in_a_line(error, most=200)})"
        raise ClusterError(f"--dask {address}: {told}; {rule}. Start it, or correct --dask.") from None
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError:
        client.close(timeout=PATIENCE)
        raise ClusterError(f"--dask {address}: it has no worker; {rule}. Start one with dask worker.") from None
    return client


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
    """A private copy of a packed dossier under the name that messages use, and a pool that works with it."""

    def __init__(self, packed: bytes, *, name: str, jobs: int, place: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="briefing-", dir=place))
        self._data = self._folder / name
        unpack_dossier(packed, self._data)
        self._desk = self._folder / "notebooks"  # kernels begin in it, as they do beside the dossier at home
        self._desk.mkdir(exist_ok=True)
        self._pool = Pool(jobs, data=self._data, environment=name_environment(data=self._data), apart=True)
        self._pool.__enter__()
        self.guests, self.left_at = 0, time.monotonic()

    def do(self, order: Order) -> Delivery:
        """Do an order as if it had been given on this machine."""
        own = {name: os.environ[name] for name in OF_THE_MACHINE if name in os.environ}
        sent = {name: value for name, value in order.environment.items() if name not in OF_THE_MACHINE}
        environment = sent | own | {DATA_VARIABLE: str(self._data)}
        return self._pool.do(replace(order, folder=str(self._desk), environment=environment))

    def close(self) -> None:
        """Let the processes and the folder go."""
        self._pool.__exit__()
        shutil.rmtree(self._folder, ignore_errors=True)


_STATIONS: dict[str, Station] = {}
_LOCK = threading.Lock()
_LOOKING: list[threading.Timer] = []


def do_there(sent: bytes, packed: bytes, name: str, tools: Mapping[str, str]) -> bytes:
    """Do an order on a worker of a cluster."""
    order = decode(sent, Order)
    reasons = tuple(f"{order.name}: {flaw}" for flaw in differing_tools(tools))
    if reasons:
        return encode(Delivery("failed", reasons))
    station = _enter(f"{name} {hashlib.sha256(packed).hexdigest()}", packed, name=name)
    try:
        return encode(station.do(order))
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
