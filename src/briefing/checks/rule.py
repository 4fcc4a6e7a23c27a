"""A rule: its id, how grave it is, what it says, and the function that looks for what breaks it.

What it finds are problems (`errors.Problem`): a finding is a problem that a rule of tradecraft found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from briefing.errors import Problem, Severity

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Thing]):
    """One rule of tradecraft.

    Parameters
    ----------
    id : str
        As in the list of findings: ``F01``.
    severity : {"error", "warning", "info"}
        An error stops the edition, a warning is listed in its annex, an info is shown to the author.
    law : str
        What the rule says, as a message tells it.
    find : callable
        Looks at a thing (a dossier, a passage, a draft) and gives a remark for each breach.

    Examples
    --------
    >>> def find_shouts(text):
    ...     return [remark("here", "shouts", "Whisper")] if text.isupper() else []
    >>> shouts = Rule("L99", "info", "nobody shouts", find_shouts)
    >>> [str(problem) for problem in shouts.check("LOUD")]
    ['here: shouts; nobody shouts. Whisper.']
    """

    id: str
    severity: Severity
    law: str
    find: Callable[[Thing], Iterable[Problem]]

    def check(self, thing: Thing) -> list[Problem]:
        """List what breaks the rule in a thing; an empty list is good."""
        return [replace(found, id=self.id, severity=self.severity, rule=self.law) for found in self.find(thing)]


def remark(
    place: str,
    what: str,
    cure: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    subject: str | None = None,
) -> Problem:
    """Make a problem that does not say yet which rule it breaks: the rule that finds it fills that in."""
    return Problem(place, row, column, value, what, "", cure, subject=subject)
