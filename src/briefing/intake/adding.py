"""Adding a row, from what was given to what is written: a plan, what it would break, and what to look at before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.units import SHIPPED
from briefing.errors import DossierError, Problem, UsageError, quoted
from briefing.intake.asking import (
    Ask,
    Choose,
    as_command,
    ask_missing,
    fitting,
    flag_places,
    missing_problems,
    propose,
    tell_missing,
    whole_choice,
)
from briefing.intake.edits import Edits, check_edits, open_edits, write_edits
from briefing.intake.near import Double, NearQuantity, find_doubles, list_near_quantities
from briefing.intake.planning import SURELY_NEW, Plan, choose_table, make_plan
from briefing.intake.questions import KINDS, Answers, Question, find_question
from briefing.intake.rivals import find_table_of
from briefing.values.clock import today


@dataclass(frozen=True, slots=True)
class Asking:
    """How a terminal asks: one question, a choice among near rows, a word in between, and yes or no."""

    ask: Ask
    choose: Choose
    tell: Callable[[str], None]
    agree: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Adding:
    """A row that is to be added, and everything that is to be said of it before."""

    kind: str
    plan: Plan
    proposed: Answers = field(default_factory=dict)  #: What a sentence proposed, whether it was taken or not.
    open: tuple[str, ...] = ()  #: What the sentence leaves open.
    broken: tuple[Problem, ...] = ()  #: What it would break in the dossier.
    near: tuple[NearQuantity, ...] = ()
    doubles: tuple[Double, ...] = ()

    @property
    def warnings(self) -> list[Problem]:
        """What its author should look at, and what keeps nothing from being written."""
        return [problem for problem in self.broken if problem.severity != "error"]

    @property
    def errors(self) -> list[Problem]:
        """What keeps it from being written."""
        broken = [problem for problem in self.broken if problem.severity == "error"]
        return [*self.plan.problems, *missing_problems(self.plan), *broken]

    @property
    def refusal(self) -> str:
        """Why it cannot be added, all of it; empty where it can."""
        lines = [str(problem) for problem in self.errors if problem.what != "is missing"]
        lines += [tell_missing(self.kind, self.plan, self.proposed)] if self.plan.missing else []
        return "\n".join(lines)

    @property
    def command(self) -> str:
        """The command that gives the answers again."""
        return as_command(self.kind, self.plan.table, self.plan.answers)

    @property
    def exit(self) -> int:
        """The exit code: a flag that cannot be meant, or a dossier that would be broken."""
        if not self.errors:
            return 0
        return UsageError.exit_code if not self.plan.is_whole else DossierError.exit_code

    def tell(self) -> Iterator[str]:
        """Say what would change, as a diff; nothing while answers are missing."""
        shipped = [unit[0] for unit in SHIPPED]
        changes = self.plan.edits.changes() if self.plan.is_whole else []
        if any(change.key[0] in shipped and change.table == "units" for change in changes):
            yield f"+ units.csv {', '.join(shipped)} (which stood for it without the file)"
        for change in changes:
            if change.table != "units" or change.key[0] not in shipped:
                yield from change.tell()

    def notes(self) -> Iterator[str]:
        """Say what was filled in, what the sentence leaves open, and what is near."""
        yield from self.plan.assumed if self.plan.is_whole else ()
        for left in () if self.plan.is_whole else self.open:
            yield f"the sentence: {left}"
        if self.near and not self.plan.answers.get("quantity"):
            near = "; ".join(f"{each.id} ({each.title})" for each in self.near)
            yield f"the nearest quantities are {near}"
        elif self.near:
            yield f"the quantity is new; near it are {'; '.join(f'{each.id} ({each.title})' for each in self.near)}"
        for double in self.doubles:
            yield str(double)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        warnings = [problem.to_dict() for problem in self.warnings]
        return {
            "table": self.plan.table,
            "key": self.plan.key,
            "answers": dict(self.plan.answers),
            "changes": [change.to_dict() for change in self.plan.edits.changes()] if self.plan.is_whole else [],
            "assumed": list(self.plan.assumed),
            "proposed": dict(self.proposed),
            "open": list(self.open),
            "nearest": [{"id": each.id, "title": each.title, "claims": each.claims} for each in self.near],
            "doubles": [{"id": each.id, "table": each.table, "why": each.why} for each in self.doubles],
            "problems": [problem.to_dict() for problem in self.errors] + warnings,
            "wrote": [],
        }


def plan_adding(
    folder: Path,
    kind: str,
    answers: Answers,
    *,
    table: str = "",
    sentence: str = "",
    takes_all: bool = False,
    asking: Asking | None = None,
) -> Adding:
    """Plan what is added to a folder, asking what is missing where somebody can be asked; nothing is written.

    `takes_all` takes what the sentence proposes; otherwise whoever is asked says so.
    Raises `UsageError` where the table cannot be known, the sentence is a name, or the folder holds none.
    """
    if sentence and " " not in sentence.strip():
        rule, cure = "--from takes a sentence, and --from-actor who gave it", f"Write --from-actor {sentence}"
        raise UsageError(f"--from: {quoted(sentence)} is no sentence; {rule}. {cure}.")
    edits = open_edits(folder)
    read = propose(edits, sentence, answers) if sentence else None
    proposed = dict(read.answers) if read else {}
    table = table or _find_known_table(edits, kind, answers) or _choose_table(kind, answers, proposed, asking)
    proposed = fitting(proposed, table)
    takes_all = takes_all or bool(proposed and asking and asking.agree(_tell_proposed(proposed)))
    given = {**proposed, **answers} if takes_all else dict(answers)
    if asking:
        for left in read.open if read else ():
            asking.tell(f"the sentence: {left}")
        plan = ask_missing(
            edits, table, given, today=today(), proposed={} if takes_all else proposed,
            ask=asking.ask, choose=asking.choose, tell=asking.tell,
        )  # fmt: skip
    else:
        plan = make_plan(edits, table, given, today=today())
    adding = Adding(kind, plan, proposed, read.open if read else ())
    return _look_around(adding, sentence)


def _look_around(adding: Adding, sentence: str) -> Adding:
    """Find what a plan would break, and what is near it."""
    plan = adding.plan
    broken = tuple(flag_places(plan, check_edits(plan.edits))) if plan.is_whole else ()
    if plan.table not in CLAIM_TABLES:
        return replace(adding, broken=broken)
    doubles = tuple(find_doubles(plan.edits, plan.table, plan.key)) if plan.is_whole else ()
    cells = plan.edits.find(plan.table, plan.key) or {}
    quantity = cells.get("quantity_id", "")
    others = [row["quantity_id"] for row in plan.edits.rows("quantities")]
    known = quantity in others and not any(
        change.table == "quantities" and change.key == (quantity,) for change in plan.edits.changes()
    )
    near = () if known else _near_others(plan, {**adding.proposed, **plan.answers}, sentence, but=quantity)
    return replace(adding, broken=broken, doubles=doubles, near=near)


def _near_others(plan: Plan, answers: Mapping[str, str], sentence: str, *, but: str) -> tuple[NearQuantity, ...]:
    near = list_near_quantities(plan.edits, answers, sentence, most=4)
    return tuple(each for each in near if each.id != but)[:3]


def _choose_table(kind: str, answers: Answers, proposed: Answers, asking: Asking | None) -> str:
    """Choose the table by the answers, then by what a sentence proposes; ask where neither says."""
    try:
        return choose_table(kind, answers)
    except UsageError:
        if not _is_open(kind, answers):
            raise
    try:
        return choose_table(kind, {**proposed, **answers})
    except UsageError:
        if asking is None:
            raise
    return _ask_table(kind, asking)


def _find_known_table(edits: Edits, kind: str, answers: Answers) -> str:
    """Find the table in which the other claims about the quantity are, where the flags fit it; empty where unknown."""
    quantity = answers.get("quantity", "").removeprefix(SURELY_NEW).strip() if kind == "claim" else ""
    table = find_table_of(edits, quantity) or ""
    return table if table and all(find_question(table, flag) for flag in answers) else ""


def _ask_table(kind: str, asking: Asking) -> str:
    """Ask for the table until one is named. Raises `UsageError` where nothing is answered."""
    meaning = "Is it what was there (deployments), what moved (transfers) or what was lost (losses)?"
    question = Question("table", meaning, "", "table", choices=KINDS[kind], is_required=True)
    while (table := whole_choice(asking.ask(question, "", []), KINDS[kind])) not in KINDS[kind]:
        known = ", ".join(KINDS[kind])
        told = f"--table: {quoted(table)} is not a choice; choices are {known}. Choose one of these."
        if not table:
            raise UsageError(told)
        asking.tell(told)
    return table


def _is_open(kind: str, answers: Answers) -> bool:
    """Whether some table has all the questions that were answered."""
    return any(all(find_question(table, flag) for flag in answers) for table in KINDS[kind])


def _tell_proposed(proposed: Answers) -> str:
    told = "\n".join(f"  --{flag} {answer}" for flag, answer in proposed.items())
    return f"The sentence says:\n{told}\nTake that? (n: each is asked)"


def write_adding(adding: Adding) -> list[Path]:
    """Write what was planned; all of it or nothing. Raises as `write_edits` does."""
    return write_edits(adding.plan.edits)
