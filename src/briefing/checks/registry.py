"""All rules, by what they look at, and the list of them that a reader may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from briefing.checks import (
    as_of,
    charts,
    codes,
    documents,
    figures,
    fronts,
    judgements,
    likelihoods,
    prose,
    quotes,
    reviews,
    rivals,
    rows,
    scenarios,
    together,
)
from briefing.checks.draft import Draft
from briefing.checks.passages import Passage
from briefing.checks.rule import Rule
from briefing.checks.workbooks import LAW
from briefing.dossier.dossier import Dossier
from briefing.errors import Severity

#: Rules over a dossier, whole or as of a day.
DOSSIER_RULES: tuple[Rule[Dossier], ...] = (
    *rows.RULES, *documents.RULES, *codes.RULES, *rivals.RULES, *quotes.ROW_RULES, *judgements.ROW_RULES,
    *scenarios.ROW_RULES, *reviews.RULES,
)  # fmt: skip

#: Those of them that look at the day itself: what else they find is the same on all days on which the same rows stand.
BY_DAY = {"T06", "T11", "J07"}

#: Rules over a passage of the analyst's words.
PASSAGE_RULES: tuple[Rule[Passage], ...] = (*prose.RULES, *likelihoods.RULES)

#: Rules over all passages of a page at once.
PAGE_RULES: tuple[Rule[Iterable[Passage]], ...] = likelihoods.PAGE_RULES

#: Rules over an executed notebook.
DRAFT_RULES: tuple[Rule[Draft], ...] = (
    *figures.RULES, *as_of.RULES, *quotes.RULES, *judgements.RULES, *charts.RULES, *together.RULES, *fronts.RULES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule as the list prints it: its id, how grave, what it says, on what it looks, which function looks."""

    id: str
    severity: Severity
    law: str
    over: str
    function: str


#: What is told while a dossier is read, or a notebook linted, rather than by a rule of this package.
_ELSEWHERE = (
    ListedRule("D02", "warning", LAW, "dossier", "checks.workbooks.find_newer_workbooks"),
    ListedRule("D01", "error", "a cell holds what its column holds", "dossier", "dossier.rows.read_rows"),
    ListedRule("F16", "error", "a qualifier and its bounds agree", "dossier", "dossier.rules.check_rows"),
    ListedRule(
        "J01", "error", "a judgement has actor, event, horizon and resolution", "dossier", "dossier.rows.read_rows"
    ),
    ListedRule("J02", "error", "confidence has its reason", "dossier", "dossier.rows.read_rows"),
    ListedRule("Q01", "error", "a quotation has a speaker, a date and a source", "dossier", "dossier.rows.read_rows"),
    ListedRule("S01", "error", "a key leads to a row, and an id names one row", "dossier", "dossier.rules.check_rows"),
    ListedRule("T08", "error", "dates can be read and chains lead to an end", "dossier", "dossier.rules.check_rows"),
    ListedRule("N01", "error", "a notebook is prose and verbs (N01 to N14)", "notebook", "checks.lint.check_notebook"),
    ListedRule(
        "N06", "warning", "a notebook is kept without what it once said", "notebook", "checks.lint.check_notebook"
    ),
    ListedRule("N15", "error", "a cell calls verbs that there are", "notebook", "checks.names.find_strange_verbs"),
    ListedRule("N16", "error", "an id leads to a row", "notebook", "checks.names.find_strange_ids"),
)


def _list() -> Iterable[ListedRule]:
    yield from _ELSEWHERE
    groups: tuple[tuple[str, tuple[Rule[Any], ...]], ...] = (
        ("dossier", DOSSIER_RULES), ("words", PASSAGE_RULES), ("page", (*PAGE_RULES, *DRAFT_RULES)),
    )  # fmt: skip
    for over, rules in groups:
        for rule in rules:
            function = f"{rule.find.__module__.removeprefix('briefing.')}.{getattr(rule.find, '__name__', '')}"
            yield ListedRule(rule.id, rule.severity, rule.law, over, function)


#: Every rule, by id.
RULES: tuple[ListedRule, ...] = tuple(sorted(_list(), key=lambda rule: (rule.id, rule.over, rule.severity)))
