"""A rule: its id, how grave it is, what it says, and the function that looks for what breaks it.

What it finds are problems (`errors.Problem`): a finding is a problem that a rule of tradecraft found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from briefing.errors import Problem, Severity

Thing = TypeVar("Thing")


class Location(NamedTuple):
    """Where a rule looks: a file as messages name it, and the row of a table or the cell of a notebook in it."""

    file: str
    row: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Rule(Generic[Thing]):
    """One rule of tradecraft: its law as a message tells it, and what gives a remark for each breach in a thing.

    An error stops the edition, a warning is listed in its annex, an info is shown to the author.

    Examples
    --------
    >>> def find_shouts(text):
    ...     return [remark(Location("here"), "shouts", "Whisper")] if text.isupper() else []
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
        return [self._name(found) for found in self.find(thing)]

    def _name(self, found: Problem) -> Problem:
        """Give a remark as a breach of this rule; there may be a hundred thousand, so no field is looked up by name."""
        place = (found.file, found.row, found.column, found.value)
        return Problem(*place, found.what, self.law, found.cure, self.id, self.severity, found.subject, found.cell)


def remark(
    place: Location, what: str, cure: str, *,
    column: str | None = None, value: str | None = None, subject: str | None = None,
) -> Problem:  # fmt: skip
    """Make a problem that does not say yet which rule it breaks: the rule that finds it fills that in."""
    return Problem(place.file, place.row, column, value, what, "", cure, subject=subject, cell=place.cell)
