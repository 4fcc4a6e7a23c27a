"""Which rows a dossier gave out, and whether they would be the same now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefing.dossier import Dossier, keep, read_dossier
from briefing.reads import forget_reads, read_again, tell_reads


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    forget_reads()
    yield
    forget_reads()


def differing(reads: list[list[str]], folder: Path) -> list[str]:
    dossier = read_dossier(folder, as_of="2031-04-12")
    return [read[0] for read in reads if read_again(dossier.frames, dossier.names, read) != read[3]]


def read_quotes(dossier: Dossier) -> list[list[str]]:
    dossier.where("quotes", speaker_id="minister")
    return tell_reads()


def test_an_attribute_is_noted_as_the_whole_table(small: Path) -> None:
    assert len(read_dossier(small, as_of="2031-04-12").quotes) == 1
    assert [read[:3] for read in tell_reads()] == [["quotes", "2031-04-12", "{}"]]


def test_an_edit_of_the_rows_that_were_asked_for_is_seen(small: Path, edit: Callable[..., Path]) -> None:
    reads = read_quotes(read_dossier(small, as_of="2031-04-12"))
    assert differing(reads, edit("quotes", "q-1", text="We have sent little.")) == ["quotes"]


def test_an_edit_of_other_rows_is_not_seen(small: Path, edit: Callable[..., Path]) -> None:
    dossier = read_dossier(small, as_of="2031-04-12")
    assert len(dossier.where("transfers", claim_id=["t-2"])) == 1
    assert differing(tell_reads(), edit("transfers", "t-1", wording="20 lorries")) == []


def test_rows_published_after_the_day_are_not_seen(small: Path, edit: Callable[..., Path]) -> None:
    dossier = read_dossier(small, as_of="2031-04-10")
    assert len(dossier.quotes) == 0
    reads = tell_reads()
    after = read_dossier(edit("quotes", "q-1", text="We have sent little."), as_of="2031-04-10")
    assert read_again(after.frames, after.names, reads[0]) == reads[0][3]


def test_a_name_that_was_looked_up_is_seen(small: Path, edit: Callable[..., Path]) -> None:
    assert read_dossier(small, as_of="2031-04-12").name_of("norway") == "Norway"
    assert differing(tell_reads(), edit("actors", "norway", name="Kingdom of Norway")) == ["names"]


def test_what_was_kept_is_read_again_once_a_file_changed(small: Path, edit: Callable[..., Path]) -> None:
    keep(small)
    edit("quotes", "q-1", text="We have sent nothing, nothing at all.")
    assert "nothing at all" in read_dossier(small).quotes["text"][0]
