"""Noting at the end of a build which editions stand, so that the next one need not read them to see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from briefing.errors import NotebookError, PublishError
from briefing.press.plan import Room, Step, plan_edition
from briefing.press.publish import OWNER
from briefing.press.seen import Seen, read_seen, stamp_edition, write_seen
from briefing.press.stamps import is_older_than_a_tick, tell_moment


def begin_noting(out: Path) -> int:
    """Tell the moment from which on a build reads what is there; it holds the lock of the reports folder."""
    return tell_moment(out / OWNER)


def note_standing(steps: Iterable[Step], *, out: Path, rows: str, begun: int) -> None:
    """Note which editions stand for the dossier with this digest of its files.

    `begun` is the moment before the plan was made. What was made or written on since is read once more, when its stamp
    is known. A note that cannot be written is none: the next build reads.
    """
    with suppress(OSError, PublishError):
        known, steps = read_seen(out), list(steps)
        if all(step.seen and step.seen == known.get(step.edition.address) for step in steps):
            return  # nothing was read that is not noted
        ended, room = tell_moment(out / OWNER), Room(out, rows, reread=_know_nothing)
        asked = {step.edition.address for step in steps}
        seen = {address: one for address, one in known.items() if address not in asked and _is_there(out, address)}
        for step in steps:
            if not step.flaw and (one := _see(step, room=room, begun=begun, ended=ended)):
                seen[step.edition.address] = one
        if seen != known:
            write_seen(out, seen)


def _is_there(out: Path, address: str) -> bool:
    return (out / address).is_file()


def _see(step: Step, *, room: Room, begun: int, ended: int) -> Seen | None:
    """See whether an edition stands: as the plan saw it, or else by looking again; not where nobody can know.

    Of an edition whose files changed a moment ago only its reads are known to stand.
    """
    stamps, before = stamp_edition(room.out, step.edition), step.seen
    if before and before.stamps == stamps and before.is_settled(begun):
        return before
    is_compared = before is not None and before.stamps[-1:] == stamps[-1:]  # the plan compared this manifest's reads
    if not all(is_older_than_a_tick(stamp, ended) for stamp in stamps):
        return replace(before, stamps=()) if before and is_compared else None
    room = replace(room, reread=_know_all) if is_compared else room
    with suppress(NotebookError):
        again = plan_edition(step.edition, step.source, room=room).seen
        is_other = is_compared and before is not None and again is not None and again.reads != before.reads
        return again if again and again.is_settled(ended) and not is_other else None
    return None


def _know_all(reads: Sequence[Sequence[str]]) -> list[str]:
    return []


def _know_nothing(reads: Sequence[Sequence[str]]) -> list[str]:
    return ["rows are not read again when a build ends"]
