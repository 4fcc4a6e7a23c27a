"""What a notebook declares, and what it may be given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.editions.parameters import Parameter, choices_in, declared, read_parameters, settle
from briefing.errors import NotebookError, UsageError

AS_OF = Parameter("as_of", "date", "2031-04-12")
WINDOW = Parameter("window", "int", 30)


def cells(source: str) -> list[dict[str, object]]:
    return [{"source": source, "metadata": {"tags": ["parameters"]}}]


@pytest.mark.parametrize(
    ("line", "parameter"),
    [
        ('as_of: date = "2022-12-19"  # the day', Parameter("as_of", "date", "2022-12-19", "the day")),
        ('as_of: "b.Date" = "2022-12-19"', Parameter("as_of", "date", "2022-12-19")),
        ("window: int = 30", Parameter("window", "int", 30)),
        ("window = 30", Parameter("window", "int", 30)),
        ("who: speaker | None = None", Parameter("who", "speaker", None)),
        ('side: Literal["east", "west"] = "east"', Parameter("side", "choice", "east", "", ("east", "west"))),
        ("share: float = -0.5", Parameter("share", "float", -0.5)),
    ],
)
def test_a_line_declares_a_parameter(line: str, parameter: Parameter) -> None:
    assert declared(cells(line), where="n") == (parameter,)


@pytest.mark.parametrize(
    "line", ["x: date = read()", "x: dat = 1", "x.y = 1", "for x in []: pass", "x: int", "x = [1]", "x ="]
)
def test_a_line_that_declares_nothing_is_an_error_that_names_the_notebook(line: str) -> None:
    with pytest.raises(NotebookError, match=r"^n\.ipynb: "):
        declared(cells(line), where="n.ipynb")


def test_parameters_are_read_without_running_the_notebook(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("raise SystemExit")
    assert [parameter.name for parameter in read_parameters(path)] == ["as_of", "window"]


def test_a_file_that_is_no_notebook_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "n.ipynb").write_text("{}")
    with pytest.raises(NotebookError, match="is not a notebook"):
        read_parameters(tmp_path / "n.ipynb")


@pytest.mark.parametrize("text", ["NO", "007", "null", "1e3", "${HOME}", '"); import os', "Łukašenka", ""])
def test_a_text_stays_as_it_was_given(text: str) -> None:
    assert settle((Parameter("code", "str", "x"),), {"code": text}, where="n") == {"code": text}


def test_defaults_stand_where_nothing_is_given() -> None:
    assert settle((AS_OF, WINDOW), {"window": "7"}, where="n") == {"as_of": "2031-04-12", "window": 7}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"as_off": "2031-04-12"}, r'n: as_off: .*Did you mean "as_of"\?'),
        ({"as_of": "2022-02-30"}, "February 2022 has 28 days"),
        ({"as_of": "2022-12"}, "not one day.*2022-12-31"),
        ({"as_of": "12/19/2022"}, "2022-12-19"),
        ({"window": "ten"}, "window: .*whole number"),
        ({"window": True}, "whole number"),
        ({"window": "30; import os"}, "whole number"),
    ],
)
def test_a_value_that_cannot_be_meant_is_a_usage_error(given: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        settle((AS_OF, WINDOW), given, where="n")


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        settle((AS_OF, WINDOW), {"as_of": "x", "window": "x", "y": "x"}, where="n")
    assert len(str(caught.value).splitlines()) == 3


def test_latest_is_the_last_day_that_the_dossier_knows(small: Path) -> None:
    assert settle((AS_OF,), {"as_of": "latest"}, where="n", data=small) == {"as_of": "2031-04-12"}


def test_yesterday_is_counted_from_the_epoch_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1671451200")
    assert settle((AS_OF,), {"as_of": "yesterday"}, where="n") == {"as_of": "2022-12-18"}


def test_speakers_are_chosen_from_the_dossier(small: Path) -> None:
    who = Parameter("who", "speaker", None)
    with pytest.raises(UsageError, match='Did you mean "minister"'):
        settle((who,), {"who": "ministre"}, where="n", data=small)
    assert choices_in(small, kind="speaker") == ("minister",)
