"""The tree of errors, and the one shape in which anything wrong is told.

::

    BriefingError                      exit code at the command line
    ├── UsageError                     2   a parameter, name or option that cannot be meant
    ├── DossierError                   3   the dossier has problems; `.problems` lists all of them
    ├── ClaimError                     1   a figure was asked for that the claims do not support
    ├── NotebookError                  1   a notebook cannot be read, or a cell of it failed
    ├── PageError                      1   an executed notebook cannot become a page
    ├── PublishError                   1   a page cannot be put in its place: the disk is full, the folder read-only
    ├── ClusterError                   1   a cluster does not answer, or would make other bytes
    └── BusyError                      4   another build holds the lock of the reports folder

Every message says where, what, the rule and the cure, in that order, as a compiler would.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Literal
from unicodedata import category

Severity = Literal["error", "warning", "info"]

#: The exit code of a command, or a build, that was interrupted.
INTERRUPTED = 130

#: Characters that no reader sees as they stand: control, line and paragraph ends, text that turns its direction, spaces
#: without width, blank letters, and characters of private use.
UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028-\u202e\u2060-\u206f\ufeff"
    r"\u2800\u3164\ue000-\uf8ff\ud800-\udfff\uffa0\ufff9-\uffff\U000e0000-\U0010ffff]"
)

#: The marks around figures in sentences, which print as nothing; text from elsewhere holds none.
FIGURE_MARKS = re.compile("[\U000e01e0-\U000e01ef]")

#: A name longer than this is a pasted page, and like nothing that is known.
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, wherever it was found: where, what, the rule and the cure.

    Reading a dossier, checking its tradecraft, linting a notebook and judging an edition all tell what they find in
    this one value. Whoever prints, counts, waives or exports what is wrong need not know who found it, and there is no
    second class for it to be turned into.

    Parameters
    ----------
    file : str
        The file as the analyst knows it, such as ``data/transfers.csv``; empty where a notebook has no name.
    row : int or None
        The row as a spreadsheet counts it: the header is row 1. ``None`` is the whole file.
    column : str or None
        The column's name, where one column is to blame.
    value : str or None
        The cell as it stands in the file.
    what, rule, cure : str
        What is wrong, the rule that it breaks, and what to do about it.
    id : str
        The rule's id, as in TRADECRAFT's list of findings (``S01``, ``F16``, ``T08``).
    severity : {"error", "warning", "info"}
        Only an error stops the dossier from being read, or an edition from being published.
    subject : str or None
        The id of what it is about, such as ``tr-0006``: a waiver names the rule and the subject.
    cell : int or None
        The cell of a notebook that has run, counted from 1.

    Examples
    --------
    >>> print(Problem("data/transfers.csv", 14, "high", "3", "high is 3 but best is 5",
    ...               "bounds run low <= best <= high", "Swap them or leave high empty", "F16"))
    data/transfers.csv:14: high is 3 but best is 5; bounds run low <= best <= high. Swap them or leave high empty.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    what: str
    rule: str
    cure: str
    id: str = "D01"
    severity: Severity = "error"
    subject: str | None = None
    cell: int | None = None

    @property
    def place(self) -> str:
        """Where: the file, and the row or cell where there is one."""
        if self.cell is not None:
            return f"{self.file}: cell {self.cell}" if self.file else f"cell {self.cell}"
        return self.file if self.row is None else f"{self.file}:{self.row}"

    def __str__(self) -> str:
        return f"{self.place}: {self.what}; {self.rule}. {self.cure}."

    def to_dict(self) -> dict[str, object]:
        """Give the problem as plain values, for JSON; its file names the cell too."""
        values = asdict(self)
        if values.pop("cell") is not None:
            values["file"] = self.place
        return values


def group_repeats(problems: Iterable[Problem]) -> list[tuple[Problem, ...]]:
    """Group what is wrong in the same way in many rows of one file, in order of the first of each."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        about = problem.subject or "\n"  # which no message holds
        said = (problem.what.replace(about, ""), problem.rule, problem.cure.replace(about, ""))
        groups.setdefault((problem.severity, problem.id, problem.file, problem.column, *said), []).append(problem)
    return [tuple(group) for group in groups.values()]


def group_alike(repeats: Iterable[Sequence[Problem]]) -> list[tuple[tuple[Problem, ...], ...]]:
    """Group repeats that differ in nothing but the cell: ids that lead nowhere, say, each in rows of its own."""
    groups: dict[tuple[object, ...], list[tuple[Problem, ...]]] = {}
    for repeat in repeats:
        first = repeat[0]
        cell = quoted(first.value) if first.value else ""
        said = [words.replace(cell, "\n") if cell else words for words in (first.what, first.cure)]
        about = () if cell and "\n" in said[0] else (first.value, len(groups))
        kind = (first.severity, first.id, first.file, first.column, *said, first.rule, *about)
        groups.setdefault(kind, []).append(tuple(repeat))
    return [tuple(group) for group in groups.values()]


def in_one_line(repeats: Sequence[Problem], *, most: int = 5) -> str:
    """Say in a line what is wrong in the same way in one row or many: the first whole, of the others the rows.

    Examples
    --------
    >>> from dataclasses import replace
    >>> odd = Problem("data/items.csv", 2, "unit", "kg", 'unit "kg" is in no row', "a key leads to a row", "Add it")
    >>> in_one_line([odd, replace(odd, row=5), replace(odd, row=6)])
    'data/items.csv:2: unit "kg" is in no row; a key leads to a row. Add it. The same in 2 more rows: 5 and 6.'
    """
    first, *others = repeats
    if not others:
        return str(first)
    cells = first.cell is not None or first.file.endswith(".ipynb")
    noun = ("cell" if cells else "row") + ("s" if len(others) > 1 else "")
    told = _list_some(_in_runs(other.row if other.cell is None else other.cell for other in others), most=most)
    return f"{first} The same in {len(others)} more {noun}: {told}."


def _in_runs(numbers: Iterable[int | None]) -> list[str]:
    """Write numbers in order, those that follow each other as "3 to 80"."""
    runs: list[list[int]] = []
    for number in sorted(number for number in numbers if number is not None):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = [[f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run) for run in runs]
    return [words for span in spans for words in span]


def _list_some(words: Sequence[str], *, most: int) -> str:
    """List the first of many, and say how many more there are."""
    *head, last = [*words[:most], *([f"{len(words) - most} more"] if len(words) > most else [])]
    return f"{', '.join(head)} and {last}" if head else last


def alike_in_one_line(alike: Sequence[Sequence[Problem]], *, most: int = 5) -> str:
    """Say in a line what is wrong in the same way with one cell or several: the first whole, of the others the cells.

    Examples
    --------
    >>> from dataclasses import replace
    >>> odd = Problem("data/items.csv", 2, "unit", "kg", 'unit "kg" is in no row', "a key leads to a row", "Add it")
    >>> alike_in_one_line([[odd], [replace(odd, row=5, value="lb")], [replace(odd, row=6, value="oz")]])
    'data/items.csv:2: unit "kg" is in no row; ... Add it. The same goes for 2 more: "lb" (5) and "oz" (6).'
    """
    first, *others = alike
    if not others:
        return in_one_line(first)
    cells = [f"{quoted(other[0].value or '')} ({other[0].place.rpartition(':')[2].strip()})" for other in others]
    return f"{in_one_line(first)} The same goes for {len(others)} more: {_list_some(cells, most=most)}."


class BriefingError(Exception):
    """Anything that this package refuses to do; the message is one line for a reader."""

    exit_code = 1


class UsageError(BriefingError):
    """A parameter, name or option that cannot be meant."""

    exit_code = 2


class DossierError(BriefingError):
    """The dossier has problems; all of them, gathered from all its files."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True)
class Named:
    """What a message names by its id, so that whoever shows the message can cite it or call it by its title."""

    kind: Literal["claim", "quantity", "item"]
    id: str

    def __str__(self) -> str:
        return self.id


#: So many rows an error names; of the others it says how many they are.
_MOST_ROWS = 6


class ClaimError(BriefingError):
    """A figure was asked for that the claims do not support.

    What is wrong comes in pieces, of which some name a claim or a quantity; `rule` and `cure` are as in `Problem`, and
    `id` is the rule's id, where TRADECRAFT lists it. `claims` are the rows that the verb was given: where no piece
    names one, the message does, so that nobody has to guess which of a dossier's rows it is about.

    Examples
    --------
    >>> str(ClaimError(Named("claim", "tr-1"), " is a rival", rule="rivals are never added", cure="Pick.", id="F06"))
    'tr-1 is a rival; rivals are never added (F06). Pick.'
    """

    def __init__(
        self, *what: str | Named, rule: str = "", cure: str = "", id: str = "", claims: Iterable[str] = ()
    ) -> None:
        self.what, self.rule, self.cure, self.id, self.claims = what, rule, cure, id, tuple(claims)
        super().__init__(*what)

    def __str__(self) -> str:
        what = f"{self.said}{self._rows}"
        return f"{what}; {self.rule}{f' ({self.id})' if self.id else ''}. {self.cure}" if self.rule else what

    @property
    def names_claims(self) -> bool:
        """Whether what is wrong names a claim, or one of the rows that the verb was given."""
        return any(isinstance(piece, Named) and piece.kind == "claim" for piece in self.what) or any(
            re.search(rf"(?<![\w-]){re.escape(claim)}(?![\w-])", self.said) for claim in self.claims
        )

    @property
    def _rows(self) -> str:
        """Name the rows, or the first of many, where nothing else does."""
        if not self.claims or self.names_claims:
            return ""
        more = [f"{len(self.claims) - _MOST_ROWS} more"] if len(self.claims) > _MOST_ROWS else []
        *most, last = [*self.claims[:_MOST_ROWS], *more]
        return f" ({', '.join(most)} and {last})" if most else f" ({last})"

    @property
    def said(self) -> str:
        """What is wrong, in words."""
        return "".join(map(str, self.what))


class NotebookError(BriefingError):
    """A notebook cannot be read, or a cell of it failed."""


class PageError(BriefingError):
    """An executed notebook cannot become a page."""


class PublishError(BriefingError):
    """A page cannot be put in its place: the disk is full, or the folder is read-only."""


class ClusterError(BriefingError):
    """A cluster does not answer, or its packages would make other bytes."""


class BusyError(BriefingError):
    """Another build holds the lock of the reports folder."""

    exit_code = 4


def quoted(text: str) -> str:
    """Quote a cell inside a message, shortened and made visible so that the message stays a line.

    Examples
    --------
    >>> quoted("1\u00a0000 \u0600")
    '"1 000 �"'
    """
    shown = text if len(text) <= 40 else text[:40] + "..."
    if shown.isprintable():
        return f'"{shown}"'
    # A cell may hold more than a line can show: spaces of all widths, and marks such as the Arabic sign of a number.
    return '"' + "".join(char if char.isprintable() else _visible(char) for char in shown) + '"'


def _visible(char: str) -> str:
    return " " if category(char) == "Zs" else "�"


def printable(text: str) -> str:
    """Give a text as a terminal may print it: what no reader sees as it stands is written as JSON escapes it.

    Lines and tabs stay. JSON stays the same JSON.

    Examples
    --------
    >>> print(printable("clear \x1b[2J"))
    clear \\u001b[2J
    """
    return text if text.isprintable() else UNPRINTABLE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0] in "\n\t\ufffd" else json.dumps(found[0])[1:-1]


def in_a_line(error: Exception, *, most: int = 300) -> str:
    """Say in a line what another library's error says; its kind where it says nothing.

    Examples
    --------
    >>> in_a_line(OSError("no such\\n  bucket")), in_a_line(KeyError())
    ('no such bucket', 'KeyError')
    """
    return " ".join(str(error).split())[:most] or type(error).__name__


def last_line(said: bytes, *, most: int = 200) -> str:
    """Give the last line that a process said, which is why it ended; empty where it said nothing.

    Examples
    --------
    >>> last_line(b"Traceback ...\\nMemoryError\\n"), last_line(b"")
    ('MemoryError', '')
    """
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:most] if lines else ""


#: How alike, of 1, a name that begins otherwise must be: "containers" is no misspelt "trains" (0.63).
_ALIKE = 0.8


def find_nearest(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that is most like a name; ``None`` where none is like it."""
    if len(name) > LONGEST_NAME:
        return None
    names = list(known)
    near = [match for match in get_close_matches(name, names) if match[:1] == name[:1]]
    return next(iter(near or get_close_matches(name, names, n=1, cutoff=_ALIKE)), None)


def cure_for(name: str, known: Iterable[str], *, otherwise: str, verb: str = "Write") -> str:
    """Say which known name to write instead, or else something."""
    near = find_nearest(name, known)
    return f'{verb} "{near}"' if near else otherwise


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Say which known name is nearest, or list the known ones.

    Examples
    --------
    >>> did_you_mean("x", ["as_of", "window"])
    'Known: as_of, window.'
    """
    names = sorted(known)
    near = find_nearest(name, names)
    if near:
        return f'Did you mean "{near}"?'
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"Known: {shown}." if names else "None is known."
