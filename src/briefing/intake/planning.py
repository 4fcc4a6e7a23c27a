"""From answers to edits: the row that is asked for, and the rows behind it that are new; ids are numbered here.

Nothing is written. What is missing, what cannot be meant and what was filled in is told, all at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from briefing.dossier.cells import CellError, Day, When
from briefing.dossier.csvfile import Sheet
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.rows import columns_of, read_rows
from briefing.dossier.tables import TABLES, name_files
from briefing.errors import Problem, UsageError, quoted
from briefing.intake.edits import Edits
from briefing.intake.ids import name_id, number_id, one_of
from briefing.intake.names import find_row, find_slip, known_rows
from briefing.intake.questions import KINDS, NAMED_BY, NUMBER, Answers, Question, find_question, list_questions
from briefing.intake.readings import read_truth
from briefing.intake.rivals import list_shared
from briefing.intake.sentence import find_days, number_answers
from briefing.values.addresses import normal_address
from briefing.values.bounds import QUALIFIERS
from briefing.values.dates import DateError, parse_date
from briefing.values.hedges import read_wording

#: A name with this before it is a new row, however like another it is.
SURELY_NEW = "+"

#: How a table's ids begin where it numbers none yet.
_STEMS = {"deployments": "dp-", "transfers": "tr-", "losses": "ls-", "quotes": "qt-", "events": "ev-"}


@dataclass(frozen=True, slots=True)
class Plan:
    """A row as it would be added, with the rows behind it, and what keeps it from being added."""

    table: str
    answers: Answers
    edits: Edits
    key: str = ""
    missing: tuple[Question, ...] = ()
    offered: tuple[Question, ...] = ()  #: What may stay empty, and is asked on a terminal.
    problems: tuple[Problem, ...] = ()
    assumed: tuple[str, ...] = ()  #: What nobody said and was filled in, and how to say otherwise.

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing or wrong in the answers."""
        return not (self.missing or self.problems)


@dataclass(slots=True)
class _Making:
    """A plan in the making: each row behind is put into the edits before the next is looked up."""

    table: str
    answers: dict[str, str]
    today: dt.date
    edits: Edits
    missing: list[Question] = field(default_factory=list)
    offered: list[Question] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)


def choose_table(kind: str, answers: Answers) -> str:
    """Choose the table that a row goes into: the one that is named, or the only one whose questions are answered.

    Raises `UsageError` where the flags fit none of them, or several.

    Examples
    --------
    >>> choose_table("claim", {"to": "corvia"}), choose_table("quote", {})
    ('transfers', 'quotes')
    """
    tables = KINDS[kind]
    flags = {flag for flag, answer in answers.items() if answer}
    shared = {flag for flag in flags if all(find_question(table, flag) for table in tables)}
    fitting = [table for table in tables if all(find_question(table, flag) for flag in flags)]
    if len(tables) > 1 and not flags - shared:
        fitting = list(tables)
    if len(fitting) == 1:
        return fitting[0]
    rule = "a claim is a stock (deployments), a flow (transfers) or a loss (losses)"
    if fitting:
        raise UsageError(f"--table: is missing; {rule}. Write --table {' or '.join(fitting)}.")
    own = ", ".join(f"--{flag}" for flag in sorted(flags - shared))
    raise UsageError(f"{own}: belong to different tables; {rule}. Leave those of the others out.")


def make_plan(edits: Edits, table: str, answers: Answers, *, today: dt.date) -> Plan:
    """Plan a row of a table from answers, with the rows behind it that are new."""
    given = {flag: answer for flag, answer in answers.items() if answer}
    making = _Making(table, given, today, edits)
    making.problems += _strange_flags(table, given)
    _settle_number(making)
    _settle_days(making)
    _settle_truths(making)
    _settle_rival(making)
    _settle_unit(making)
    _settle_counting(making)
    own = [question for question in list_questions(table) if question.table == table and not question.behind]
    if table == "sources":
        _assume_source(making, {question.column: question.flag for question in own})
    cells = {question.column: _settle(making, question) for question in own if question.column}
    key = _number_row(making, cells)
    _check_cells(making, table, {TABLES[table].key[0]: key} | cells, own)
    making.edits = making.edits.put(table, _row(table, {TABLES[table].key[0]: key} | cells))
    return Plan(
        table,
        making.answers,
        making.edits,
        key,
        missing=tuple(dict.fromkeys(making.missing)),
        offered=tuple(making.offered),
        problems=tuple(making.problems),
        assumed=tuple(making.assumed),
    )


def _row(table: str, cells: dict[str, str]) -> dict[str, str]:
    return {name: cells.get(name, "") for name in TABLES[table].columns}


# --- one answer -------------------------------------------------------------------------------------------------


def _settle(making: _Making, question: Question) -> str:
    """Give the cell that an answer means: an id where it names a row, which is made where it is new."""
    if question.refers == "sources" and question.column == "source_id":
        return _settle_source(making)
    typed = making.answers.get(question.flag, "")
    if not typed:
        is_derived = question.flag == "counting" and not making.answers.get("when")
        if (question.is_required and not is_derived) or _is_needed_side(making, question):
            making.missing.append(question)
        elif question.is_asked:
            making.offered.append(question)
        return ""
    if question.column == "relays":
        return _settle_relays(making, typed)
    if not question.refers:
        return typed
    if question.column in TABLES[question.table].lists():
        names = [name.strip() for name in typed.replace(";", "|").split("|") if name.strip()]
        return "|".join(_find_or_make(making, question, name) for name in names)
    return _find_or_make(making, question, typed)


def _find_or_make(making: _Making, question: Question, typed: str) -> str:
    """Give the id of the row that was typed or named; a new name makes the row."""
    name = typed.removeprefix(SURELY_NEW).strip()
    if found := find_row(making.edits, question.refers, name):
        return found  # what has this very name is no new row, whatever stands before it
    slip = None if typed.startswith(SURELY_NEW) else find_slip(making.edits, question.refers, typed)
    is_makeable = question.refers in NAMED_BY and any(
        each.behind == question.flag for each in list_questions(making.table)
    )
    if slip or not is_makeable or not name:
        making.problems.append(_no_row(question, typed, slip, is_makeable=is_makeable))
        return typed
    return _make_row(making, question, name)


def _no_row(question: Question, typed: str, slip: str | None, *, is_makeable: bool) -> Problem:
    what = f"{quoted(typed)} is in no row of {name_files(question.refers)}"
    new = f", or {question.option} '{SURELY_NEW}{typed}' for a new row" if is_makeable else ""
    cure = f'Did you mean "{slip}"? Write that{new}' if slip else f"Write the id of a row{new}"
    return Problem(question.option, None, question.column, typed, what, "a key leads to a row", cure, "S01")


def _make_row(making: _Making, question: Question, name: str) -> str:
    """Put a row behind that is new into the edits; give its id."""
    target = question.refers
    asked = [each for each in list_questions(making.table) if each.behind == question.flag and each.table == target]
    key = _id_for(making, target, name)
    cells = {TABLES[target].key[0]: key, NAMED_BY[target]: key if target == "units" else name}
    for each in asked:
        if each.column != NAMED_BY[target] or making.answers.get(each.flag):
            cells[each.column] = making.answers.get(each.flag, "") or _told_elsewhere(making, each, name)
    cells |= _fill(making, question, cells, name)
    making.missing += [each for each in asked if each.is_required and not cells.get(each.column)]
    if parent := cells.get("parent_id"):
        cells["parent_id"] = find_row(making.edits, "items", parent) or parent
    if all(cells.get(column) for column in TABLES[target].required):
        _check_cells(making, target, cells, asked)
    if target == "units" and not making.edits.rows("units"):
        making.edits = making.edits.put("units", *known_rows(making.edits, "units"))
    making.edits = making.edits.put(target, _row(target, cells))
    return key


def _told_elsewhere(making: _Making, asked: Question, name: str) -> str:
    """Give what another flag says of the same new row: the claimant may be the giver too."""
    for other in list_questions(making.table):
        typed = making.answers.get(other.behind, "").removeprefix(SURELY_NEW).strip()
        is_same_column = (other.table, other.column) == (asked.table, asked.column)
        if is_same_column and typed.casefold() == name.casefold() and making.answers.get(other.flag):
            return making.answers[other.flag]
    return ""


def _id_for(making: _Making, target: str, name: str) -> str:
    taken = [row[TABLES[target].key[0]] for row in known_rows(making.edits, target)]
    return name_id(name, taken)


def _fill(making: _Making, question: Question, cells: dict[str, str], name: str) -> dict[str, str]:
    """Fill in what a new unit or item needs and nobody said, and note it."""
    if question.refers == "units":
        singular = cells.get("singular") or one_of(name)
        made = {"singular": singular, "plural": cells.get("plural") or name, "of": cells.get("of") or "count"}
        if any(made[column] != cells.get(column) for column in made):
            told = f'one is "{singular}", several are "{made["plural"]}", and it measures {made["of"]}'
            flags = f"{question.option}-singular, {question.option}-plural and {question.option}-of"
            making.assumed.append(f'unit "{name}" is new: {told}; {flags} say otherwise')
        return made
    if question.refers == "items" and not cells.get("unit"):
        unit = making.answers.get("unit", "")
        return {"unit": _settle(making, _question(making.table, "unit"))} if unit else {"unit": ""}
    return {}


def _question(table: str, flag: str) -> Question:
    question = find_question(table, flag)
    assert question is not None
    return question


# --- the source -------------------------------------------------------------------------------------------------


def _settle_source(making: _Making) -> str:
    """Give the source that was named, or that has the address; else make its row."""
    typed, url = making.answers.get("source", ""), making.answers.get("url", "")
    if typed:
        question = _question(making.table, "source")
        if found := find_row(making.edits, "sources", typed):
            return found
        making.problems.append(_no_row(question, typed, find_slip(making.edits, "sources", typed), is_makeable=False))
        return typed
    if url and (known := _find_address(making.edits, url)):
        making.assumed.append(f"the page is in sources.csv already, as {known}: its row stays as it is")
        return known
    return _make_source(making)


def _find_address(edits: Edits, url: str) -> str | None:
    address = normal_address(url)
    for row in edits.rows("sources"):
        if any(row.get(column) and normal_address(row[column]) == address for column in ("url", "archived_url")):
            return row["source_id"]
    return None


def _make_source(making: _Making) -> str:
    questions = [question for question in list_questions(making.table) if question.behind == "source"]
    flags = {question.column: question.flag for question in questions}
    _assume_source(making, flags)
    cells = {question.column: _settle(making, question) for question in questions}
    key = _source_id(making, cells)
    cells["source_id"] = key
    if all(cells.get(column) for column in TABLES["sources"].required):
        _check_cells(making, "sources", cells, questions)
        making.edits = making.edits.put("sources", _row("sources", cells))
    return key


def _assume_source(making: _Making, flags: dict[str, str]) -> None:
    """Fill in the day of reading, and how the day of publication is known, where nobody says otherwise."""
    if not making.answers.get(flags["accessed"]):
        day, why = _reading_day(making)
        making.answers[flags["accessed"]] = day
        making.assumed.append(f"read {why}, {day}; --{flags['accessed']} says otherwise")
    basis = flags["published_basis"]
    if not making.answers.get(basis):
        is_stated = bool(making.answers.get(flags["published"]))
        making.answers[basis] = "stated" if is_stated else "first_seen"
        if is_stated:
            making.assumed.append(f"the day of publication is stated on the page; --{basis} says otherwise")


def _reading_day(making: _Making) -> tuple[str, str]:
    """Give the day of reading: today, or the latest of a dossier whose days are all to come, as an invented one's."""
    days = [day for row in making.edits.rows("sources") if (day := row.get("accessed", ""))]
    if days and min(days) > making.today.isoformat():
        return max(days), "on the dossier's latest day"
    return making.today.isoformat(), "today"


def _source_id(making: _Making, cells: dict[str, str]) -> str:
    taken = [row["source_id"] for row in making.edits.rows("sources")]
    named = f"{cells.get('publisher', '')} {cells.get('published') or cells.get('title', '')}".strip()
    return name_id(named, taken) if named else ""


def _settle_relays(making: _Making, typed: str) -> str:
    """Give the original that a source relays: whoever made it by their id, and the day."""
    name, at, day = typed.rpartition("@")
    if not at or not name or not day:
        return typed
    refers = Question("relays", "", "sources", "relays", "actors")
    found = find_row(making.edits, "actors", name)
    return f"{found or _find_or_make(making, refers, name)}@{_as_day(day) or day}"


# --- the row ----------------------------------------------------------------------------------------------------


def _number_row(making: _Making, cells: dict[str, str]) -> str:
    if making.table == "sources":
        if _is_known_page(making, cells.get("url", "")):
            return ""
        return _source_id(making, cells)
    key = TABLES[making.table].key[0]
    taken = {row[key] for row in making.edits.rows(making.table)}
    return number_id(taken, otherwise=_STEMS[making.table])


def _is_known_page(making: _Making, url: str) -> bool:
    known = _find_address(making.edits, url) if url else None
    if known:
        what, rule = f"the page is in sources.csv already, as {known}", "one page is one row"
        cure = f"Cite it with --source {known}"
        making.problems.append(Problem("--url", None, "url", url, what, rule, cure, "S01"))
    return known is not None


def _settle_number(making: _Making) -> None:
    """Read the number that was given in words, into qualifier and sides."""
    answers, words = making.answers, making.answers.get(NUMBER, "")
    if making.table not in CLAIM_TABLES or not words:
        return
    is_none = words.strip().lower() in ("none", "unquantified", "not stated")
    wording = None if is_none else read_wording(words)
    if wording or is_none:
        given = number_answers(wording) if wording else {"qualifier": "unquantified"}
        making.answers = {flag: answer for flag, answer in answers.items() if flag != NUMBER} | given
        return
    cure = "Write it as: at least 2,000; about 50; 36 to 44; dozens; none. Or give --qualifier, --low, --best, --high"
    what, rule = f"{quoted(words)} is no number that can be read", "a number is one, with its hedge"
    making.problems.append(Problem("--number", None, None, words, what, rule, cure))


def _is_needed_side(making: _Making, question: Question) -> bool:
    """Whether the qualifier asks for this side of the number; a number given once fills both sides of an exact one."""
    if making.table not in CLAIM_TABLES or question.column not in ("low", "best", "high"):
        return False
    qualifier = making.answers.get("qualifier", "")
    if qualifier == "exact":
        sides = {name: making.answers.get(name, "") for name in ("low", "best", "high")}
        given = {side for side in sides.values() if side}
        return not given and question.column == "best"
    needs = QUALIFIERS.get(qualifier, (False, False, False))
    return needs[("low", "best", "high").index(question.column)] is True


def _settle_days(making: _Making) -> None:
    """Read days that were given in words; a number given once is all sides of an exact one."""
    for question in list_questions(making.table):
        typed = making.answers.get(question.flag, "")
        column = next((each for each in columns_of(TABLES[question.table]) if each.name == question.column), None)
        if typed and column is not None and column.kind in (When, Day):
            making.answers[question.flag] = _as_day(typed) or typed
    sides = [making.answers[name] for name in ("low", "best", "high") if making.answers.get(name)]
    if making.answers.get("qualifier") == "exact" and len(set(sides)) == 1:
        making.answers |= dict.fromkeys(("low", "best", "high"), sides[0])


def _as_day(typed: str) -> str | None:
    try:
        return parse_date(typed).text
    except DateError:
        days = find_days(typed)
        return days[0] if len(days) == 1 else None


def _settle_counting(making: _Making) -> None:
    """Take a movement of one day for one, and a number of a longer period for its total, and note it."""
    when = making.answers.get("when", "")
    if find_question(making.table, "counting") is None or making.answers.get("counting") or not when:
        return
    try:
        is_day = parse_date(when).is_day
    except DateError:
        return
    making.answers["counting"] = "increment" if is_day else "cumulative"
    why = "one day: one movement" if is_day else "a period of several days: its total"
    making.assumed.append(f"counting is {making.answers['counting']} ({why}); --counting says otherwise")


def _settle_truths(making: _Making) -> None:
    """Read yes and no as the true and false that a table holds."""
    for question in list_questions(making.table):
        typed = making.answers.get(question.flag, "")
        if typed and question.is_truth:
            with suppress(CellError):  # what is neither is told with its flag when the cells are checked
                making.answers[question.flag] = read_truth(typed)


def _settle_rival(making: _Making) -> None:
    """Take what all claims about a known quantity say alike for what one more of them says, and note it."""
    if making.table not in CLAIM_TABLES:
        return
    quantity = making.answers.get("quantity", "").removeprefix(SURELY_NEW).strip()
    shared = list_shared(making.edits, making.table, quantity)
    item = making.answers.get("item", "")
    if item and find_row(making.edits, "items", item) != shared.get("item"):
        shared.pop("unit", None)
    own = [each for each in list_questions(making.table) if each.table == making.table and not each.behind]
    filled = [each for each in own if each.column in shared and not making.answers.get(each.flag)]
    making.answers |= {each.flag: shared[each.column] for each in filled}
    if filled:
        told = ", ".join(f"{each.flag} {shared[each.column]}" for each in filled)
        making.assumed.append(f"as in all claims about this quantity: {told}; a flag says otherwise")


def _settle_unit(making: _Making) -> None:
    """Count a known item in its own unit where nobody says otherwise, and note it."""
    item = making.answers.get("item", "").removeprefix(SURELY_NEW).strip()
    if making.table not in CLAIM_TABLES or making.answers.get("unit") or not item:
        return
    known = find_row(making.edits, "items", item)
    unit = ((making.edits.find("items", known) if known else None) or {}).get("unit", "")
    if unit:
        making.answers["unit"] = unit
        making.assumed.append(f"the unit is {unit}, as items.csv says of {known}; --unit says otherwise")


def _check_cells(making: _Making, table: str, cells: dict[str, str], questions: list[Question]) -> None:
    """Check the cells of a new row by the rules of its columns; a place in a message is the flag."""
    flags = {question.column: question.option for question in questions}
    sheet = Sheet("", {name: (cells.get(name, ""),) for name in TABLES[table].columns}, (2,))
    for problem in read_rows(TABLES[table], sheet)[1]:
        told_already = not problem.value or any(each.value == problem.value for each in making.problems)
        if problem.column in flags and not told_already:
            what = problem.what.removeprefix(f"{problem.column}: ")
            making.problems.append(replace(problem, file=flags[problem.column], row=None, what=what))


def _strange_flags(table: str, answers: Answers) -> Iterator[Problem]:
    for flag, answer in answers.items():
        if find_question(table, flag) is None:
            others = [name for name in CLAIM_TABLES if find_question(name, flag)]
            what, rule = f"{TABLES[table].file} has no such column", "a flag fills a column of the row"
            cure = f"Leave it out, or add to {' or '.join(others)} with --table" if others else "Leave it out"
            yield Problem(f"--{flag}", None, None, answer, what, rule, cure)
