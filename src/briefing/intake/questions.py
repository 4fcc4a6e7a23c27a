"""What is asked of whoever adds a row: its own columns, and those of the rows behind it that are new.

The questions are made from the row models, so that a column more is a question more. Each has a flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, get_args

from briefing.dossier.cells import Truth
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.rows import columns_of
from briefing.dossier.tables import TABLES

#: Answers by the name of the question's flag: ``{"from-actor": "veldania"}``.
Answers: TypeAlias = Mapping[str, str]

#: What can be added, and the tables that it may go into.
KINDS: dict[str, tuple[str, ...]] = {
    "claim": CLAIM_TABLES, "quote": ("quotes",), "source": ("sources",), "event": ("events",),
}  # fmt: skip

#: Flags that are not the column's own name.
_FLAGS = {
    "quantity_id": "quantity", "claimant_id": "claimant", "source_id": "source", "place_id": "place",
    "speaker_id": "speaker", "actor_ids": "actors", "origin_id": "origin", "from": "from-actor",
    "same_as_candidate": "same-as",
}  # fmt: skip
_WHEN = {"date", "period"}

#: Tables whose rows are made where a name is new; the column that takes the name as it is typed.
NAMED_BY = {"actors": "name", "places": "name", "items": "name", "units": "unit_id", "quantities": "title"}

#: Columns of a row behind that nobody is asked for: the name says them, or they come later in the row's life.
_UNASKED = {"retracted_on", "retraction_note", "wikidata", "aliases", "unit"}

#: What is asked on a terminal although it may stay empty.
_ASKED_TOO = {"published", "place", "place-from", "place-to"}

#: What is asked where a column's meaning alone, read beside its neighbours', asks something else.
_PLAINER = {
    "unit": "In which unit it is counted. Kinds are never converted into one another.",
    "status": "How far it has come; announced and planned are never present.",
}

#: The flag that takes a number in its words.
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked, on a terminal or by a flag."""

    flag: str  #: Without its dashes.
    meaning: str
    table: str  #: The table, and the column, in which the answer stands.
    column: str
    refers: str = ""  #: The table of which the answer names a row.
    choices: tuple[str, ...] = ()
    is_required: bool = False
    is_asked: bool = False  #: Asked on a terminal, although it may stay empty.
    behind: str = ""  #: The flag of the row behind that it describes; empty for the row itself.
    is_truth: bool = False  #: Answered by yes or no.

    @property
    def option(self) -> str:
        """The flag as it is typed."""
        return f"--{self.flag}"


#: Of whoever made an original that a source relays, where no row is about them.
_RELAYED = tuple(
    Question(f"relays-{column.name}", column.meaning, "actors", column.name, "",
             tuple(map(str, get_args(column.kind))) if column.name == "kind" else (), column.is_required, False,
             "relays")
    for column in columns_of(TABLES["actors"]) if column.name in ("kind", "country")
)  # fmt: skip


@cache
def list_questions(table: str) -> tuple[Question, ...]:
    """List the questions of a table, those about its source first; the flag of each is its own.

    Examples
    --------
    >>> [question.flag for question in list_questions("transfers") if question.behind == "to"]
    ['to-name', 'to-kind', 'to-country', 'to-role']
    """
    own = _own_questions(table)
    taken = {question.flag for question in own}
    behind = [each for question in own for each in _questions_behind(question, taken)]
    sources = [each for each in behind if each.table == "sources"]
    number = [Question(NUMBER, "The number in its words: at least 2,000; about 50; 36 to 44; dozens; none.", table, "")]
    others = [each for each in behind if each.table != "sources"]
    return (*sources, *own, *(number if table in CLAIM_TABLES else ()), *others, *_RELAYED)


def list_all(kind: str) -> tuple[Question, ...]:
    """List the questions of everything that a kind of row may become, each flag once."""
    every = {question.flag: question for table in reversed(KINDS[kind]) for question in list_questions(table)}
    order = {question.flag: None for table in KINDS[kind] for question in list_questions(table)}
    return tuple(every[flag] for flag in order)


def find_question(table: str, flag: str) -> Question | None:
    """Find the question of a flag; ``None`` where the table has none."""
    return next((question for question in list_questions(table) if question.flag == flag), None)


def _own_questions(table: str) -> list[Question]:
    references = TABLES[table].references()
    made = []
    for column in columns_of(TABLES[table]):
        if column.name in TABLES[table].key:
            continue
        flag = _FLAGS.get(column.name, column.name.replace("_", "-"))
        flag = "when" if table in CLAIM_TABLES and column.name in _WHEN else flag
        refers = references.get(column.name, "")
        is_asked = flag in _ASKED_TOO
        choices = tuple(map(str, get_args(column.kind))) if _is_choice(column.kind) else ()
        is_truth = column.kind is Truth
        choices = ("true", "false") if is_truth else choices
        needed = column.is_required
        meaning = _PLAINER.get(flag, column.meaning) if table in CLAIM_TABLES else column.meaning
        made.append(Question(flag, meaning, table, column.name, refers, choices, needed, is_asked, is_truth=is_truth))
    return made


def _questions_behind(question: Question, taken: set[str]) -> list[Question]:
    """List what is asked of the row that an answer names, where that row is new."""
    target = TABLES.get(question.refers)
    if target is None or question.refers == question.table or question.column in TABLES[question.table].lists():
        return []
    if target.name not in NAMED_BY and target.name != "sources":
        return []
    made = []
    for column in columns_of(target):
        if column.name in target.key or column.name in _UNASKED:
            continue
        flag = column.name.replace("_id", "").replace("_", "-")
        if target.name != "sources" or flag in {*taken, "kind"}:
            flag = f"{question.flag}-{flag}"
        is_named = column.name == NAMED_BY.get(target.name)  # the name is what was typed already
        choices = tuple(map(str, get_args(column.kind))) if _is_choice(column.kind) else ()
        refers = target.references().get(column.name, "")
        needed, is_asked = column.is_required and not is_named, flag in _ASKED_TOO
        made.append(
            Question(flag, column.meaning, target.name, column.name, refers, choices, needed, is_asked, question.flag)
        )
    return made


def _is_choice(kind: object) -> bool:
    return bool(get_args(kind)) and all(isinstance(choice, str) for choice in get_args(kind))
