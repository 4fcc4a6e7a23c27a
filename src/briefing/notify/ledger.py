"""The ledger: what was seen when anybody was last told, and what still waits for whom. So each notice goes out once.

A notice is crossed off once it was delivered. Whoever adds ``[[notify]]`` to an archive is not told what was there
before, and whoever takes it away has the ledger go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from briefing.archive.keeping import FOLDER
from briefing.archive.standing import Archive, look_around
from briefing.editions.recipients import Recipient
from briefing.errors import BusyError, PublishError
from briefing.notify.news import NewsItem, find_corrections, list_standing, see
from briefing.notify.place import LEDGER
from briefing.press.publish import read_json, refuse_links, save_json

#: Where it lies, and the lock of whoever writes it.
_PATH, _LOCK = LEDGER, f"{FOLDER}/notices.lock"

#: So many seconds somebody waits who would tell while another does.
_PATIENCE = 30


@dataclass(frozen=True, slots=True)
class NoticeLedger:
    """What was seen, and what waits."""

    seen: Mapping[str, str] = field(default_factory=dict)  #: digests of what is no news, by key
    waiting: Mapping[str, tuple[NewsItem, ...]] = field(default_factory=dict)  #: what is to be told, by recipient


@contextmanager
def hold_ledger(out: Path) -> Iterator[None]:
    """Hold the ledger of a reports folder: two builds that end at once tell nothing twice."""
    from filelock import FileLock, Timeout  # slow to import, and only where somebody is told

    refuse_links(out, out / _LOCK)
    lock = FileLock(out / _LOCK)
    try:
        (out / _LOCK).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise BusyError(
            f"{out}: another is telling here; one tells at a time. The next build tells the rest."
        ) from None
    except OSError as error:
        rule = "what was told is noted there"
        raise PublishError(f"{out}: {error.strerror}; {rule}. Let it be written, or name another --out.") from None
    try:
        yield
    finally:
        lock.release()


def read_ledger(out: Path) -> NoticeLedger | None:
    """Read the ledger; ``None`` where there is none, or it is damaged."""
    told = read_json(out / _PATH)
    try:
        waiting = {str(name): tuple(map(_read_notice, notices)) for name, notices in told["waiting"].items()}
        return NoticeLedger({str(key): str(made) for key, made in told["seen"].items()}, waiting)
    except (KeyError, TypeError, AttributeError):
        return None


def _read_notice(cells: Mapping[str, Any]) -> NewsItem:
    return NewsItem(**{**cells, "told": tuple(cells["told"])})


def write_ledger(out: Path, ledger: NoticeLedger) -> None:
    """Write the ledger where it differs from the one that is there."""
    waiting = {name: [asdict(notice) for notice in notices] for name, notices in ledger.waiting.items() if notices}
    if read_ledger(out) != NoticeLedger(ledger.seen, {name: tuple(ledger.waiting[name]) for name in waiting}):
        save_json(out / _PATH, {"seen": dict(ledger.seen), "waiting": waiting})


def begin_ledger(out: Path, recipients: Sequence[Recipient], *, data: Path | None = None) -> None:
    """Before a build: note what is there already, where nobody has been told anything yet.

    A damaged ledger is begun anew: what was there is then no news either.
    """
    if not recipients:
        with suppress(OSError):
            (out / _PATH).unlink()
    elif read_ledger(out) is None:
        write_ledger(out, make_ledger(look_around(out, data=data)))


def make_ledger(archive: Archive) -> NoticeLedger:
    """Make the first ledger of an archive: nothing that is there is news."""
    return NoticeLedger(see([*list_standing(archive).values(), *find_corrections(archive)]))
