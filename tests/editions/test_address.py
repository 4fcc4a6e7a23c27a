"""Addresses: stable, readable, and inside the reports folder."""

from __future__ import annotations

from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from briefing.editions.address import address_of, slug
from briefing.editions.parameters import Parameter

AS_OF = Parameter("as_of", "date", "2022-12-19")
SPEAKER = Parameter("speaker", "speaker", "putin")
WINDOW = Parameter("window", "int", 30)


def test_the_day_alone_names_an_edition_with_defaults() -> None:
    values = {"as_of": "2022-12-19", "window": 30}
    assert address_of("situation", [AS_OF, WINDOW], values) == "situation/2022-12-19.html"


def test_what_differs_from_the_defaults_stands_before_the_day() -> None:
    values = {"as_of": "2022-12-19", "speaker": "lukashenko", "window": 60}
    address = address_of("statements", [AS_OF, SPEAKER, WINDOW], values)
    assert address == "statements/lukashenko/window-60/2022-12-19.html"


def test_a_listed_parameter_stands_in_the_address_even_at_its_default() -> None:
    values = {"as_of": "2022-12-19", "speaker": "putin"}
    assert address_of("statements", [AS_OF, SPEAKER], values, named={"speaker"}) == "statements/putin/2022-12-19.html"


def test_a_briefing_without_parameters_has_one_page() -> None:
    assert address_of("method", [], {}) == "method.html"


def test_a_text_that_loses_something_differs_from_one_that_does_not() -> None:
    assert len({slug("a b"), slug("a-b"), slug("a/b"), slug("a_b!")}) == 4


WHO, WHERE = Parameter("who", "str", ""), Parameter("where", "str", "")
FORCE, HOST = Parameter("force", "actor", "russia"), Parameter("host", "actor", "belarus")
VALUES = ["minsk", "a-b", "a_b", "A-B", "a b", "2022/2023", "2022-to-2023", "where-minsk", "who-minsk", "", "é", "Ä"]


def test_no_two_questions_have_one_address() -> None:
    asked = [{"who": who, "where": where} for who in VALUES for where in VALUES]
    addresses = {address_of("ask", [WHO, WHERE], values) for values in asked}
    assert len({address.lower() for address in addresses}) == len(asked)


def test_of_two_parameters_that_take_words_the_second_says_whose_its_word_is() -> None:
    force = address_of("deployments", [FORCE, HOST], {"force": "ukraine", "host": "belarus"})
    host = address_of("deployments", [FORCE, HOST], {"force": "russia", "host": "ukraine"})
    assert (force, host) == ("deployments/ukraine.html", "deployments/host-ukraine.html")


@given(st.text(max_size=300))
def test_no_text_leaves_the_reports_folder(text: str) -> None:
    parts = PurePosixPath(address_of(text, [SPEAKER], {"speaker": text}))
    assert not parts.is_absolute()
    assert all(part and set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.") for part in parts.parts)
    assert not any(part.startswith(".") or ".." in part or len(part) > 80 for part in parts.parts)
