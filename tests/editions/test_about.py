"""What the catalog says of the archive itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.editions.about import About, check_about, read_about
from briefing.editions.catalog import read_catalog
from briefing.errors import UsageError


def test_an_address_ends_with_a_stroke_and_leads_to_files() -> None:
    about = check_about({"address": "https://example.org/briefings"}, where="briefings.toml")
    assert about.lead_to("mules/feed.xml") == "https://example.org/briefings/mules/feed.xml"
    assert About().lead_to("mules/feed.xml") == "mules/feed.xml"


@pytest.mark.parametrize(
    "address",
    [
        "example.org", "ftp://example.org/", "https://", "https://me:open-sesame@example.org/", "https://[/", "http://a:b/",
        "https://example.org/?sig=open-sesame", "https://example.org/#a", "https://example.org/a b", "https://пошта.укр/",
        "javascript:alert(1)", "",
    ],
)  # fmt: skip
def test_an_address_that_readers_cannot_be_given_is_refused_and_never_printed(address: str) -> None:
    with pytest.raises(UsageError, match=r"^briefings.toml: \[archive\] address: is none; ") as told:
        check_about({"address": address}, where="briefings.toml")
    assert "open-sesame" not in str(told.value)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("archive = 3", "archive is no table"), ('[archive]\nadress = "x"', 'Did you mean "address"'),
        ("[archive]\ntitle = 3", "title: is none"), ('[archive]\nauthor = "a\\u0000b"', "author: is none"),
    ],
)  # fmt: skip
def test_a_catalog_with_a_wrong_table_is_refused(tmp_path: Path, lines: str, message: str) -> None:
    path = tmp_path / "briefings.toml"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_catalog(path)
    assert read_about(path) == About()


def test_a_catalog_says_what_its_archive_is_called(tmp_path: Path) -> None:
    path = tmp_path / "briefings.toml"
    path.write_text('[archive]\ntitle = "On mules"\nauthor = "The ferry desk"\n', encoding="utf-8")
    assert (read_catalog(path), read_about(path)) == ((), About(title="On mules", author="The ferry desk"))
