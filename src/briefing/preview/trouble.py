"""What the preview says where there is no new page: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from briefing.engine.run import Failure, RunError
from briefing.errors import BriefingError, DossierError, group_repeats, in_a_line, in_one_line
from briefing.page.tame import tame_text
from briefing.values.words import counted

#: So many reasons are shown; whoever mends a dossier is helped by the first of them.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no new page."""

    title: str
    reasons: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()  #: facts about the place, each with its name
    story: str = field(default="", repr=False)  #: the whole trace

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, tamed: a browser shows them as text."""
        return {name: _tame(value) for name, value in asdict(self).items()}


def _tame(value: Any) -> Any:
    return tame_text(value) if isinstance(value, str) else [_tame(part) for part in value]


def tell_flaws(flaws: Iterable[str]) -> Trouble:
    """Say why a page would be held back."""
    return Trouble("A build would hold this page back", tuple(flaws))


def tell_error(error: Exception) -> Trouble:
    """Say what went wrong."""
    if isinstance(error, RunError):
        return _tell_failure(error.failure)
    if isinstance(error, DossierError):
        wrong = [problem for problem in error.problems if problem.severity == "error"]
        lines = [in_one_line(repeats) for repeats in group_repeats(wrong)]
        more = [f"{len(lines) - _MOST} more; briefing check lists all."] if len(lines) > _MOST else []
        return Trouble(f"The dossier has {counted(len(wrong), 'problem')}", (*lines[:_MOST], *more))
    if isinstance(error, BriefingError):
        return Trouble("The page cannot be made", tuple(str(error).splitlines()))
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        refused = f"{where}{error.strerror or in_a_line(error)}; the system refused it."
        return Trouble("The page cannot be made", (refused,))
    if isinstance(error, RuntimeError):  # as Jupyter says that no kernel starts
        cure = "See what it says, and that it may open files and take memory"
        return Trouble("The kernel did not start", (f"{in_a_line(error)}; a page is made by a kernel. {cure}.",))
    words = f"{type(error).__name__}: {in_a_line(error)}; this is a fault of ours. Report it."
    return Trouble("The preview itself failed", (words,))


def _tell_failure(failure: Failure) -> Trouble:
    facts = {
        "section": failure.section,
        "cell": str(failure.cell or ""),
        "line": str(failure.line or ""),
        "code": failure.code,
    }
    title = f"Cell {failure.cell} failed" if failure.cell else "The kernel did not start"
    where = tuple((name.capitalize(), fact) for name, fact in facts.items() if fact)
    return Trouble(title, (failure.error,), where, failure.traceback)
