"""Which rows a dossier gave out, and whether they would be the same now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from norway import ROWS, write_dossier

from briefing.dossier.dossier import Dossier, keep, read_dossier
from briefing.dossier.outlines import read_outlines
from briefing.dossier.read_log import note_reads, note_rows, read_again, tell_reads


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    with note_reads():
        yield


def differing(reads: list[list[str]], folder: Path) -> list[str]:
    dossier = read_dossier(folder, as_of="2031-04-12")
    return [read[0] for read in reads if read_again(dossier.frames, dossier.names, read, folder=folder) != read[3]]


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
    assert read_again(after.frames, after.names, reads[0], folder=small) == reads[0][3]


def test_a_name_that_was_looked_up_is_seen(small: Path, edit: Callable[..., Path]) -> None:
    assert read_dossier(small, as_of="2031-04-12").name_of("norway") == "Norway"
    assert differing(tell_reads(), edit("actors", "norway", name="Kingdom of Norway")) == ["names"]


def test_what_was_kept_is_read_again_once_a_file_changed(small: Path, edit: Callable[..., Path]) -> None:
    keep(small)
    edit("quotes", "q-1", text="We have sent nothing, nothing at all.")
    assert "nothing at all" in read_dossier(small).quotes["text"][0]


def test_the_outlines_of_a_map_are_seen_when_they_come_change_or_go(small: Path) -> None:
    assert read_outlines(small) is None
    absent = tell_reads()
    assert differing(absent, small) == []
    path = small / "outlines.json"
    path.write_text('{"type": "FeatureCollection", "bbox": [9, 59, 12, 62], "features": []}', encoding="utf-8")
    assert differing(absent, small) == ["file"]
    with note_reads() as log:
        read_outlines(small)
    there = log.tell()
    assert differing(there, small) == []
    path.unlink()
    assert differing(there, small) == ["file"]


def test_waivers_of_some_subjects_are_seen(tmp_path: Path) -> None:
    waiver = {"rule": "F13", "subject": "t-1", "reason": "Two ships", "by": "norway", "expires": "2031-12-31"}
    before = read_dossier(write_dossier(tmp_path / "a", ROWS))
    reads = [note_rows(before.everything, "waivers", {"subject": (key,)}) for key in ("t-1", "t-2")]
    after = write_dossier(tmp_path / "b", ROWS | {"waivers": [waiver]})
    assert [read[2] for read in reads] == ['{"subject": ["t-1"]}', '{"subject": ["t-2"]}']
    assert differing(reads[:1], after) == ["waivers"] and differing(reads[1:], after) == []


def test_what_was_known_by_a_day_is_noted_as_of_that_day(small: Path, edit: Callable[..., Path]) -> None:
    assert set(read_dossier(small, as_of="2031-04-10").known["transfers"]["claim_id"]) == {"t-1", "t-2"}
    (read,) = tell_reads()
    assert read[:2] == ["transfers", "../2031-04-10"]
    after = read_dossier(edit("transfers", "t-1", source_id="gazette"), as_of="2031-04-10")
    assert read_again(after.known, after.names, read, folder=small) != read[3]


def test_a_row_that_was_withdrawn_is_still_known(edit: Callable[..., Path]) -> None:
    dossier = read_dossier(edit("transfers", "t-2", retracted_on="2031-04-11"), as_of="2031-04-12")
    assert "t-2" in set(dossier.known["transfers"]["claim_id"]) - set(dossier.transfers["claim_id"])


def test_a_file_that_changed_between_two_readings_is_never_the_same_again(
    small: Path, edit: Callable[..., Path]
) -> None:
    read_quotes(read_dossier(small, as_of="2031-04-12"))
    edit("quotes", "q-1", text="We have sent little.")
    reads = read_quotes(read_dossier(small, as_of="2031-04-12"))
    assert differing(reads, small) == ["quotes"]
    assert differing(reads, edit("quotes", "q-1", text="We have sent nothing.")) == ["quotes"]
