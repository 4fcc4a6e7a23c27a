"""Asking for a row: what is missing is asked one by one on a terminal, and told all at once elsewhere."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from briefing.dossier.tables import TABLES
from briefing.errors import Problem
from briefing.intake.edits import Edits
from briefing.intake.names import called_in, find_row, known_rows, list_alike, shown_in
from briefing.intake.near import list_near_quantities
from briefing.intake.planning import SURELY_NEW, Plan, make_plan
from briefing.intake.questions import KINDS, NAMED_BY, NUMBER, Answers, Question, find_question, list_questions
from briefing.intake.sentence import SentenceRead, read_sentence

#: Asks one question: with what is proposed as its answer, and the rows that it may name, as id and name.
Ask = Callable[[Question, str, "list[tuple[str, str]]"], str]

#: Lets one choose among the nearest rows, as id and name; the id that was chosen, or nothing for a new row.
Choose = Callable[[Question, str, "list[tuple[str, str]]"], str]


#: A longer proposal is not repeated in a list of what is missing.
_MOST_OFFERED = 40


def propose(edits: Edits, sentence: str, answers: Answers) -> SentenceRead:
    """Read a sentence for a claim, by what the rows of a dossier are called; what was answered is not proposed."""
    called = {table: called_in(edits, table) for table in ("actors", "items", "units")}
    units = {row["item_id"]: row.get("unit", "") for row in known_rows(edits, "items")}
    read = read_sentence(sentence, called=called, units=units, published=answers.get("published", ""))
    taken = {flag for flag, answer in answers.items() if answer}
    if taken & {NUMBER, "qualifier", "low", "best", "high"}:
        taken |= {"qualifier", "low", "best", "high"}
    return SentenceRead({flag: answer for flag, answer in read.answers.items() if flag not in taken}, read.open)


def fitting(proposed: Answers, table: str) -> dict[str, str]:
    """Give the proposals that a table has a question for."""
    return {flag: answer for flag, answer in proposed.items() if find_question(table, flag)}


def ask_missing(
    edits: Edits,
    table: str,
    answers: Answers,
    *,
    today: dt.date,
    proposed: Mapping[str, str],
    ask: Ask,
    choose: Choose,
    tell: Callable[[str], None],
) -> Plan:
    """Ask what a plan misses, one question after another, and what cannot be meant again; give the plan that is whole.

    A problem that no question is about ends the asking.
    """
    given = dict(answers)
    while True:
        plan = make_plan(edits, table, given, today=today)
        question = _next_question(plan, given)
        if plan.problems:
            tell(str(plan.problems[0]))
            question = find_question(table, plan.problems[0].file.removeprefix("--"))
            if question is None:
                return plan
        if question is None:
            return plan
        default = "" if plan.problems else proposed.get(question.flag, "")
        offers = _list_offers(plan, question, {**proposed, **plan.answers})
        given[question.flag] = _ask_one(plan, question, default, offers, ask=ask, choose=choose)
        if question.is_required and not given[question.flag]:
            return plan  # who does not answer is not asked for ever


def _next_question(plan: Plan, answers: Answers) -> Question | None:
    """Choose what to ask next: the address first, since a page that is known needs no more; a number in its words."""
    waiting = [*plan.missing, *(question for question in plan.offered if question.flag not in answers)]
    flags = {question.flag for question in waiting}
    order = list_questions(plan.table)
    waiting.sort(key=lambda question: (question.flag != "url", question.behind != "source", order.index(question)))
    first = waiting[0] if waiting else None
    if first is not None and first.flag in ("low", "best", "high", "qualifier") and "qualifier" in flags:
        return find_question(plan.table, NUMBER)
    return first


def _list_offers(plan: Plan, question: Question, answers: Answers) -> list[tuple[str, str]]:
    """List the rows that an answer may name, as id and name; of quantities, those that it may be about first."""
    offers = shown_in(plan.edits, question.refers) if question.refers else {}
    near = [each.id for each in list_near_quantities(plan.edits, answers, answers.get("wording", ""))]
    first = {key: offers[key] for key in near if question.refers == "quantities"}
    return list({**first, **offers}.items())


def _ask_one(
    plan: Plan, question: Question, default: str, offers: list[tuple[str, str]], *, ask: Ask, choose: Choose
) -> str:
    """Ask one question; a name that is in no row is looked up among the nearest before a row is made of it."""
    typed = whole_choice(ask(question, default, offers).strip(), question.choices)
    is_name = question.refers in NAMED_BY and typed and not typed.startswith(SURELY_NEW)
    if not is_name or "|" in typed or find_row(plan.edits, question.refers, typed):
        return typed
    return choose(question, typed, list_alike(plan.edits, question.refers, typed)) or f"{SURELY_NEW}{typed}"


def whole_choice(typed: str, choices: Iterable[str]) -> str:
    """Give the choice that was typed, or the only one that begins so; else what was typed.

    Examples
    --------
    >>> whole_choice("mon", ("monitor", "media")), whole_choice("m", ("monitor", "media"))
    ('monitor', 'm')
    """
    known = [choice for choice in choices if typed and choice.startswith(typed.lower())]
    return known[0] if len(known) == 1 and typed.lower() not in choices else typed


def tell_missing(kind: str, plan: Plan, proposed: Mapping[str, str]) -> str:
    """Say in one error which answers are missing: each flag with what it means, and what a sentence proposes for it.

    Examples
    --------
    >>> from briefing.dossier.example import FOLDER
    >>> from briefing.intake.edits import open_edits
    >>> plan = make_plan(open_edits(FOLDER), "events", {"source": "union-2031-10-11"}, today=dt.date(2031, 12, 1))
    >>> print(tell_missing("event", plan, {}))
    briefing add event: 4 answers are missing; a row is whole or not added. Give them:
      --date       When it happened.
    ...
    """
    width = max(len(question.option) for question in plan.missing)
    number = len(plan.missing)
    noun = "1 answer is" if number == 1 else f"{number} answers are"
    lines = [
        f"briefing add {kind}: {noun} missing; a row is whole or not added. Give {'it' if number == 1 else 'them'}:"
    ]
    for question in plan.missing:
        choices = f" One of {', '.join(question.choices)}." if question.choices else ""
        behind = plan.answers.get(question.behind, "") if question.behind not in ("", "source") else ""
        about = f"({behind} is new) " if behind else ""
        offer = proposed.get(question.flag, "")
        offer = offer if len(offer) <= _MOST_OFFERED else "its own words"
        offered = f" The sentence proposes {offer}; --yes takes that." if offer else ""
        lines.append(f"  {question.option:<{width}}  {about}{question.meaning}{choices}{offered}")
    if any(question.flag == "qualifier" for question in plan.missing):
        lines.append('Or --number "at least 2,000" for --qualifier, --low, --best and --high together.')
    if any(question.flag == "published" for question in plan.offered):
        lines.append("And --published where it is known: no dated edition shows a row whose source has no day.")
    return "\n".join(lines)


def missing_problems(plan: Plan) -> list[Problem]:
    """Give what is missing as problems, for machines."""
    rule = "a row is whole or not added"
    return [
        Problem(question.option, None, question.column, None, "is missing", rule, question.meaning.rstrip("."))
        for question in plan.missing
    ]


def as_command(kind: str, table: str, answers: Answers) -> str:
    """Write answers as the command that gives them again.

    Examples
    --------
    >>> as_command("claim", "transfers", {"to": "corvia", "wording": "48 lorries", "note": ""})
    "briefing add claim --table transfers --to corvia --wording '48 lorries'"
    """
    named = ["--table", table] if len(KINDS[kind]) > 1 else []
    flags = [word for flag, answer in answers.items() if answer for word in (f"--{flag}", answer)]
    return shlex.join(["briefing", "add", kind, *named, *flags])


def flag_places(plan: Plan, problems: Iterable[Problem]) -> list[Problem]:
    """Give problems of the row that is to be added the place that whoever adds it knows: the flag."""
    rows, file = plan.edits.rows(plan.table), TABLES[plan.table].file
    at = next((number for number, row in enumerate(rows, start=2) if row[TABLES[plan.table].key[0]] == plan.key), None)
    own = [question for question in list_questions(plan.table) if not question.behind]
    places = {question.column: question.option for question in own}

    def place(problem: Problem) -> Problem:
        flag = places.get(problem.column or "")
        is_its = problem.row == at and problem.file.endswith(f"/{file}") and flag
        return replace(problem, file=str(flag), row=None) if is_its else problem

    return [place(problem) for problem in problems]
