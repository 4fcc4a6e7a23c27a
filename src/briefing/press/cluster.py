"""A cluster: editions made by the workers of a Dask cluster, published by the one process that holds the lock.

The dossier travels once, packed; an order and what came of it are plain values and bytes. Dask moves them with its own
means, and gives the order of a worker that was lost to another. A cluster whose packages differ from this machine's
would make other bytes: it is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.errors import ClusterError, Problem, UsageError, in_a_line
from briefing.press.digest import differing_tools, list_tools
from briefing.press.station import do_there, leave, pack_dossier
from briefing.press.worker import Made

#: How many seconds a scheduler may take to answer, and to answer again when it was lost.
PATIENCE = 15

#: How many seconds its first worker may take to be there: a cluster that grows on demand starts with none.
FIRST_WORKER = 60

#: How many orders wait at the cluster for each thread that is at work, so that no worker waits for this machine.
_AHEAD = 2


class Cluster:
    """The workers of a Dask cluster; a context in which orders are done, as in a `pool.Pool`.

    Parameters
    ----------
    address : str
        The scheduler's, such as ``tcp://10.0.0.5:8786``; ``tls://`` where dask is told of certificates.
    data : Path
        The dossier.
    """

    def __init__(self, address: str, *, data: Path) -> None:
        self._address, self._data, self._tools = address, data, list_tools()
        self.jobs = 1

    def __enter__(self) -> Cluster:
        self._client: Any = _connect(self._address)
        try:
            self._refuse_strangers()
        except ClusterError:
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

    def do(self, order: Mapping[str, Any]) -> Made:
        """Have one order done by whichever worker is free; one that is lost is replaced by another.

        Raises
        ------
        ClusterError
            Where the scheduler is lost.
        """
        from distributed import KilledWorker  # with the extra `cluster` alone

        sent = {**order, "tools": self._tools, "dossier": self._data.name}
        try:
            future = self._client.submit(do_there, sent, self._dossier, key=f"briefing-{uuid.uuid4().hex}", pure=False)
            header, page, run = future.result()
            return header, page, run
        except KilledWorker:
            flaw = "every worker that made it was lost; an edition is made by one that lives. Give workers more memory."
        except Exception as error:  # whatever the cluster itself fails with
            if self._client.status != "running":
                rule = "a scheduler with workers makes the editions"
                told = f"the scheduler was lost; {rule}. Start it, and build again: what was made is published"
                raise ClusterError(f"--dask {self._address}: {told}.") from None
            flaw = f"the cluster failed ({type(error).__name__}: {error}); it makes the editions. Run it again."
        return {"status": "failed", "reasons": [f"{order['name']}: {' '.join(flaw.split())}"]}, b"", b""

    def check(self) -> tuple[Problem, ...]:
        """List what is wrong with the dossier."""
        from briefing.dossier import check_dossier  # imports pandas: a build with nothing to do needs none

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
    try:
        client = untyped.Client(address, timeout=PATIENCE, set_as_default=False, name="briefing")
    except (OSError, ValueError, TypeError) as error:
        told = f"no scheduler answers ({in_a_line(error, most=200)})"
        raise ClusterError(f"--dask {address}: {told}; {rule}. Start it, or correct --dask.") from None
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER)
    except TimeoutError:
        client.close(timeout=PATIENCE)
        raise ClusterError(f"--dask {address}: it has no worker; {rule}. Start one with dask worker.") from None
    return client
