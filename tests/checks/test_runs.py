"""Green but wrong: what holds an edition back."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.blocks.blocks import MIME
from briefing.checks.runs import find_flaws


def run_with(*outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs)}]}


def block(**fields: Any) -> dict[str, Any]:
    return {"output_type": "execute_result", "data": {MIME: fields}}


def prose(*text: object) -> dict[str, Any]:
    return block(kind="prose", text=list(text))


EMPTY_CHART = block(
    kind="chart", title="T", spec={}, description="D", source_line="S", data={"columns": [], "rows": []}
)


@pytest.mark.parametrize(
    "text", ["nan tanks", "of NaN items", "between 3 and inf", "<NA> wagons", "sent None tanks", "None tanks", "NaT"]
)
def test_a_value_that_is_missing_is_not_printed(text: str) -> None:
    assert len(find_flaws(run_with(prose(text)))) == 1


@pytest.mark.parametrize(
    "text", ["None of them was seen.", "It came. None was seen.", "banana", "infantry", "Nan-Nan", "the Nantes road"]
)
def test_words_are_words(text: str) -> None:
    assert find_flaws(run_with(prose(text))) == []


def test_a_missing_value_is_seen_across_figures_and_words() -> None:
    assert find_flaws(run_with(prose("Minsk sent ", {"text": "nan", "claims": []}, " tanks")))[0].startswith("cell 1: ")


def test_an_empty_chart_is_held() -> None:
    assert "the chart is empty" in find_flaws(run_with(EMPTY_CHART))[0]


def test_a_warning_on_stderr_is_held() -> None:
    noisy = {"output_type": "stream", "name": "stderr", "text": "x\nUserWarning: beware\n"}
    assert "UserWarning: beware" in find_flaws(run_with(noisy))[0]


def test_the_words_of_a_warning_are_told_and_not_the_code_under_it() -> None:
    said = "/some where/lib.py:12: UserWarning: the day is guessed\n  warn('the day')\n"
    told = find_flaws(run_with({"output_type": "stream", "name": "stderr", "text": said}))[0]
    assert "wrote to stderr: UserWarning: the day is guessed;" in told


def total(number: str) -> dict[str, Any]:
    return run_with(prose("In all ", {"text": number, "claims": ["t-1"], "made": {"kind": "sum"}}))


def test_a_total_that_jumped_is_held_until_somebody_looked() -> None:
    assert "from 98 to 980" in find_flaws(total("980"), before=total("98"), tolerance=0.5)[0]
    assert find_flaws(total("120"), before=total("98"), tolerance=0.5) == []
    assert find_flaws(total("980"), before=total("98")) == []
