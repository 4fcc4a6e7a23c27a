"""What the checks say of pages that are published is told once, and errors are never among it."""

from __future__ import annotations

from briefing.errors import Problem
from briefing.press.remarks import Remark, make_remark, tell_once

HAY = Remark("warning", "F13", "hay.ipynb: cell 3", "hay is counted twice; once will do. Count again.")
SAME = HAY._replace(place="carts.ipynb: cell 9")
HINT = Remark("info", "Q06", "hay.ipynb: cell 4", "a denial stands alone; it needs its claim. Show it.")


def words(*editions: list[Remark], severity: str = "warning") -> list[str]:
    return [str(told) for told in tell_once(editions, severity=severity)]


def test_a_remark_says_what_its_problem_says() -> None:
    problem = Problem("hay.ipynb", None, None, None, "hay is odd", "hay is even", "Count", "F13", "warning", cell=3)
    assert str(make_remark(problem)) == f"warning: F13: {problem}"


def test_what_several_editions_share_is_told_once_with_its_places() -> None:
    assert words([HAY], [HAY, SAME], [SAME]) == [
        "warning: F13 in 3 editions: hay.ipynb: cell 3, carts.ipynb: cell 9: "
        "hay is counted twice; once will do. Count again."
    ]


def test_what_one_edition_has_is_not_counted() -> None:
    assert words([HAY], []) == [str(HAY)]


def test_other_words_are_another_remark() -> None:
    assert len(words([HAY], [HAY._replace(words="carts are counted twice")])) == 2


def test_hints_are_told_apart() -> None:
    assert words([HAY, HINT]) == [str(HAY)] and words([HAY, HINT], severity="info") == [str(HINT)]
