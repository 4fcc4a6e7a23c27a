"""Findings: what is wrong or doubtful in a dossier, in notebooks and in editions, by the rules of tradecraft.

A finding is a `briefing.errors.Problem`, the very value in which reading tells what is wrong: rule, severity, place,
what, the rule, the cure, and the id of what it is about. An error holds an edition back, a warning is listed on its
page, a hint is for the author. Passing is not accuracy: it says which rules found nothing, no more.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.checks.draft import Draft, read_draft, read_script, show_at, show_turn
from briefing.checks.judgements import row_passages
from briefing.checks.likelihoods import settle_scale
from briefing.checks.lint import check_notebook
from briefing.checks.names import check_names
from briefing.checks.passages import Passage
from briefing.checks.quotes import TYPED_RULES
from briefing.checks.registry import BY_DAY, DOSSIER_RULES, DRAFT_RULES, PAGE_RULES, PASSAGE_RULES, RULES
from briefing.checks.waivers import Waiver, check_waivers, read_waivers, split
from briefing.checks.workbooks import find_newer_workbooks
from briefing.dossier.as_of import add_known_on
from briefing.dossier.dossier import Dossier, show_reading
from briefing.dossier.outlines import check_outlines
from briefing.dossier.read_log import Reading
from briefing.dossier.reading import pause_collector, read_tables
from briefing.dossier.relays import add_implied_originals
from briefing.dossier.reviews import count_reviewed
from briefing.editions.cells import parse_notebook, read_text
from briefing.errors import Problem
from briefing.values.clock import today
from briefing.values.words import counted

__all__ = ["RULES", "Findings", "check_edition", "check_folder", "check_notebooks", "check_tradecraft", "tell_readers"]

#: Rules over rows that look at a page themselves: what counts there is which rows it shows together.
_BY_PAGE = {"F13"}

#: The rules over rows for a page, in their order.
_ROW_RULES = tuple(rule for rule in DOSSIER_RULES if rule.id not in _BY_PAGE)

_GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found: problems that stand, and those that a waiver lets pass."""

    problems: tuple[Problem, ...] = ()
    waived: tuple[tuple[Problem, Waiver], ...] = ()
    cited: frozenset[str] = frozenset()  #: The rows that a page cites: claims, sources, what was said, assessments.
    reviewed: str = ""  #: How many of the rows behind a page had a second pair of eyes; empty where no review is known.

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that hold an edition back."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that its page lists."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


def check_folder(folder: Path, *, notebooks: Iterable[Path] = (), as_of: str | None = None) -> Findings:
    """Check a dossier, and notebooks without running them.

    Stale rows are judged for the day; without one, the whole dossier is checked. Problems are in order of gravity, then
    of files, with what waivers let pass.
    """
    with pause_collector():
        return _check_folder(folder, notebooks=notebooks, as_of=as_of)


def _check_folder(folder: Path, *, notebooks: Iterable[Path], as_of: str | None) -> Findings:
    frames, problems = read_tables(folder)
    problems += [*check_outlines(folder), *find_newer_workbooks(folder)]
    waivers: tuple[Waiver, ...] = ()
    dossier = None
    if not any(problem.severity == "error" for problem in problems):
        whole = show_reading(Reading(add_known_on(add_implied_originals(frames))), folder=folder, day=None)
        dossier = whole if as_of is None else whole.at(as_of)
        problems += check_tradecraft(dossier)
        problems += check_waivers(dossier, rules={rule.id for rule in RULES}, on=today())
        waivers = read_waivers(dossier)
    problems += check_notebooks(notebooks, dossier=dossier)
    return _settle(problems, waivers)


def check_tradecraft(dossier: Dossier) -> list[Problem]:
    """List what the rules over rows find in a dossier, whole or as of a day; an empty list is good."""
    found = [problem for rule in DOSSIER_RULES for problem in rule.check(dossier)]
    return found + check_words(row_passages(dossier), scale=_scale_of(dossier))


def _scale_of(dossier: Dossier | None) -> str | None:
    """Give the scale of likelihood that most of a dossier's judgements use; ``None`` where it has none."""
    scales = Counter(dossier.everything["judgements"]["scale"].dropna() if dossier is not None else ())
    return max(scales, key=lambda name: scales[name], default=None)


def check_words(passages: Iterable[Passage], *, one_page: bool = False, scale: str | None = None) -> list[Problem]:
    """List what the rules over words find in passages; those of one page are also held against each other.

    `scale` is the dossier's.
    """
    passages = settle_scale(passages, used=scale)
    found = [problem for rule in PASSAGE_RULES for passage in passages for problem in rule.check(passage)]
    return found + [problem for rule in PAGE_RULES if one_page for problem in rule.check(passages)]


def check_notebooks(paths: Iterable[Path], *, dossier: Dossier | None = None) -> list[Problem]:
    """List what is wrong with notebooks that have not run: their code, and the words in their cells.

    With a dossier, quotations that are typed into them are held against its rows.
    """
    found: list[Problem] = []
    for path in paths:
        problems = check_notebook(path)
        found += problems
        if any(problem.id == "N01" for problem in problems):
            continue
        name = f"{path.parent.name}/{path.name}" if path.parent.name else path.name
        notebook = parse_notebook(read_text(path), where=name)
        found += check_names(name, notebook, dossier=dossier)
        passages = read_script(notebook, name=name)
        draft = Draft(markdown=tuple(passages), dossier=dossier)
        told = check_words(passages, one_page=True, scale=_scale_of(dossier))
        told += [problem for rule in TYPED_RULES for problem in rule.check(draft)]
        # Of a notebook that has not run the cell is the row, as in the lint.
        found += [replace(problem, row=problem.cell, cell=None) for problem in told]
    return found


def check_edition(notebook: Any, *, dossier: Dossier | None = None, name: str = "") -> Findings:
    """Check an executed notebook before it becomes a page.

    An error holds the edition back; warnings are listed on its page. Without the whole dossier, only what the blocks
    carry is looked at. Of what the rules over rows find, what the page does not show is left out.
    """
    draft = read_draft(notebook, name=name, dossier=dossier)
    problems = check_words(draft.passages, one_page=True, scale=_scale_of(dossier))
    problems += [problem for rule in DRAFT_RULES for problem in rule.check(draft)]
    if dossier is not None:
        problems += _rows_behind(draft, find_in_rows(dossier, draft.as_of))
    found = _settle(problems, read_waivers(dossier) if dossier is not None else ())
    cited = _cited_rows(draft)
    return replace(found, cited=cited, reviewed=_tell_reviewed(draft, cited))


def _cited_rows(draft: Draft) -> frozenset[str]:
    """Give the ids of the rows that a page cites: claims, sources, quotations, events and assessments."""
    evidence = [placed.block.evidence for placed in draft.placed]
    found = {claim.id for each in evidence for claim in each.claims}
    found |= {source.id for each in evidence for source in each.sources}
    found |= {quotation.id for each in evidence for quotation in each.quotes}
    found |= {entry.id for each in evidence for entry in each.events}
    return frozenset(found | {passage.subject for passage in draft.passages if passage.subject})


def _tell_reviewed(draft: Draft, rows: frozenset[str]) -> str:
    """Say how many of the rows that a page cites had a second pair of eyes by its day."""
    number = count_reviewed(draft.at_day, rows) if draft.at_day is not None and rows else None
    return "" if number is None else f"{number} of {counted(len(rows), 'row')} had a second pair of eyes"


def tell_readers(found: Findings) -> tuple[str, ...]:
    """Say on the page which rules ran, and what they warn of; what a waiver lets pass is told with its reason.

    Examples
    --------
    >>> tell_readers(Findings())[0].endswith("rules of tradecraft: nothing found")
    True
    """
    told = [_tell(problem) for problem in found.warnings]
    told += [f"{_tell(problem)} (waived: {waiver.reason})" for problem, waiver in found.waived]
    ids = {rule.id for rule in RULES}
    reviewed = f"; {found.reviewed}" if found.reviewed else ""
    noted = f"{len(told)} to note" if told else "nothing found"
    return (f"{len(ids)} rules of tradecraft: {noted}{reviewed}", *told)


def _tell(problem: Problem) -> str:
    """Say what was found, and about which row, which the page makes a link."""
    about = f" ({problem.subject})" if problem.subject and problem.subject not in problem.what else ""
    return f"{problem.id}: {problem.what}{about}"


@lru_cache(maxsize=1)  # the next page is of the same rows and day, where somebody writes it
def find_in_rows(dossier: Dossier, day: str | None) -> tuple[Problem, ...]:
    """List what the rules over rows find in the dossier as a day knows it, for a page that is checked by itself."""
    if day is None:
        return tuple(problem for rule in _ROW_RULES for problem in rule.check(dossier))
    known, standing = show_at(dossier, day), _find_in_turn(show_turn(dossier, day))
    found = (rule.check(known) if rule.id in BY_DAY else same for rule, same in zip(_ROW_RULES, standing, strict=True))
    return tuple(problem for each in found for problem in each)


@lru_cache(maxsize=2)
def _find_in_turn(dossier: Dossier) -> list[list[Problem]]:
    """List by rule what is found on all days on which the same rows stand; nothing for rules that look at the day."""
    return [[] if rule.id in BY_DAY else rule.check(dossier) for rule in _ROW_RULES]


def _rows_behind(draft: Draft, found: Iterable[Problem]) -> list[Problem]:
    """List what was found in the rows that the page cites."""
    shown = {claim for passage in draft.passages for figure in passage.figures for claim in figure.claims}
    shown |= {row for _, data in draft.tables for row in data.ids}
    shown |= {passage.subject for passage in draft.passages if passage.subject}
    return [problem for problem in found if problem.subject in shown]


def _settle(problems: Sequence[Problem], waivers: Sequence[Waiver], *, on: dt.date | None = None) -> Findings:
    stand, waived = split(dict.fromkeys(problems), waivers, on=on or today())
    return Findings(tuple(sorted(stand, key=lambda problem: _GRAVITY[problem.severity])), tuple(waived))
