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


#: Parameters as papermill's users declare them, what is given, and what the notebook gets.
PASSED: list[tuple[str, object, object]] = [
    ("k: Literal[1, 2] = 1", ..., 1), ("k: Literal[1, 2] = 1", "2", 2), ("k: Literal[1, 2] = 1", 2, 2),
    ("k: Literal[True, None, 'a'] = None", ..., None), ("k: Literal[True, None, 'a'] = None", "true", True),
    ("k: Literal[True, None, 'a'] = 'a'", "none", None), ("k: Literal['1', 'None'] = '1'", "None", "None"),
    ("k: Literal[-1, 0.5] = -1", "0.5", 0.5), ("k: Optional[int] = None", "5", 5),
    ("k: Optional[int] = None", "none", None),
    ("k: int | None = None", ..., None), ("k: None | int = 3", "4", 4), ("k: int | None = None", "", None),
    ("k: str | None = None", "none", "none"), ("k = None", "none", "none"),
    ("k: typing.Optional[str] = None", ..., None),
    ("k: Annotated[int, 'days'] = 3", "4", 4), ("k: int = 1234567890123456789", ..., 1234567890123456789),
    ("k: int = 1", "1234567890123456789", 1234567890123456789), ("k: int = 1", "-9223372036854775808", -(2**63)),
    ("k: int = 0x10", ..., 16), ("k = 1_000", ..., 1000), ("k = -5", "+7", 7), ("k = 1e3", "2", 2.0),
    ("k: float = 1e300", ..., 1e300),
]  # fmt: skip


@pytest.mark.parametrize(("line", "given", "got"), PASSED)
def test_parameters_of_the_types_that_people_pass_are_settled(line: str, given: object, got: object) -> None:
    settled = settle(declared(cells(line), where="q"), {} if given is ... else {"k": given}, where="q")
    assert settled == {"k": got} and type(settled["k"]) is type(got)


@pytest.mark.parametrize(
    ("line", "given", "told"),
    [
        ("k: Literal[1, 2] = 1", "3", r'"3" is no choice; it is one of 1, 2'),
        ("k: int = 1", "9" * 19, "too large; .* a text"),
        ("k: int = 1", 2**70, "is too large; a whole number fits into 64 bits. Give it as a text"),
        ("k: int = 1", "none", "is not a whole number"), ("k: Literal[1] = 1", True, '"True" is no choice'),
    ],
)  # fmt: skip
def test_what_such_a_parameter_cannot_be_is_told(line: str, given: object, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        settle(declared(cells(line), where="q"), {"k": given}, where="q")


@pytest.mark.parametrize(
    "line", ["k = [1, [2]]", "k: list[int] = [1]", "k: dict = {'a': 1}", "k = (1,)", "k = 2j", "k = b'a'", "k = f'a'"]
)
def test_a_nested_parameter_is_told_with_what_to_write(line: str) -> None:
    with pytest.raises(NotebookError, match=r"not a literal; .* Write a list as a text and part it in a later cell"):
        declared(cells(line), where="q")
