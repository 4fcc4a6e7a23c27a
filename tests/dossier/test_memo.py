"""What is made once for an owner, and lets go with it: nothing process-wide remembers frames."""

import datetime as dt
import gc
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from briefing.checks import check_tradecraft
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.figures import READINGS_AT_HAND
from briefing.desk.prose import say
from briefing.dossier.claims import gather
from briefing.dossier.dossier import Dossier, keep, read_dossier
from briefing.dossier.example import FOLDER
from briefing.dossier.memo import Memo
from briefing.dossier.read_log import Reading, note_reads
from briefing.errors import UsageError

DAYS = [str(dt.date(2031, 11, 1) + dt.timedelta(days)) for days in range(40)]

#: What an interpreter may hold at any moment: far less than one dossier's tables.
HANDFUL = 5


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Copy the example to a folder that no other test has kept."""
    return shutil.copytree(FOLDER, tmp_path / "data", ignore=shutil.ignore_patterns("*.py", "__pycache__"))


def alive(kind: type) -> int:
    """Count the objects of a kind that are alive."""
    gc.collect()
    return sum(type(thing) is kind for thing in gc.get_objects())


def left_by(work: Callable[[str], object], kind: type = pd.DataFrame) -> int:
    """Count the objects that days of work leave behind."""
    work(DAYS[0])
    before = alive(kind)
    for day in DAYS:
        work(day)
    return alive(kind) - before


def counting(calls: list[int]) -> Callable[[list[int]], int]:
    def size(rows: list[int]) -> int:
        calls.append(1)
        return len(rows)

    return size


def write_of(dossier: Dossier) -> str:
    """Write a figure of a dossier into a sentence."""
    return f"They sent {contested(choose_claims(dossier, quantity='lorries-sent')): lorries}."


def test_what_is_made_of_the_same_parts_is_made_once() -> None:
    calls: list[int] = []
    memo, size = Memo(), counting(calls)
    assert (memo.once(size, {"a": [98]}), memo.once(size, {"a": [98]}), len(calls)) == (1, 1, 1)


def test_each_owner_has_a_memory_of_its_own() -> None:
    calls: list[int] = []
    size = counting(calls)
    assert (Memo().once(size, {"a": [98]}), Memo().once(size, {"a": [98]}), len(calls)) == (1, 1, 2)


def test_the_claims_of_a_dossier_are_gathered_once(example: Path) -> None:
    dossier = read_dossier(example, as_of="2031-12-19")
    assert gather(dossier) is gather(dossier)
    assert gather(dossier) is not gather(dossier.at("2031-11-19"))


def test_checks_of_forty_days_leave_no_tables_behind(example: Path) -> None:
    whole = read_dossier(example)
    assert left_by(lambda day: check_tradecraft(whole.at(day))) <= HANDFUL


def test_forty_dossiers_leave_no_tables_behind(example: Path) -> None:
    assert left_by(lambda day: read_dossier(example, as_of=day).quotes) <= HANDFUL


def test_a_log_of_forty_days_holds_no_tables(example: Path) -> None:
    with note_reads() as log:
        assert left_by(lambda day: read_dossier(example, as_of=day).quotes) <= HANDFUL
    assert len(log.tell()) == len(DAYS)


def test_forty_days_of_sentences_leave_the_readings_at_hand_and_no_more(example: Path) -> None:
    assert left_by(lambda day: say(write_of(read_dossier(example, as_of=day))), Reading) < READINGS_AT_HAND


def test_one_reading_of_a_folder_is_kept(small: Path, edit: Callable[..., Path]) -> None:
    keep(small)
    before = alive(Reading)
    for text in ("We sent one.", "We sent two.", "We sent all three."):
        keep(edit("quotes", "q-1", text=text))
    assert alive(Reading) == before


def test_what_was_kept_goes_when_a_changed_folder_is_read(small: Path, edit: Callable[..., Path]) -> None:
    keep(small)
    before = alive(Reading)
    read_dossier(edit("quotes", "q-1", text="We have sent nothing, nothing at all."))
    assert alive(Reading) == before - 1


def test_the_same_figure_has_the_same_mark_however_often_it_is_written(example: Path) -> None:
    dossier = read_dossier(example, as_of="2031-12-19")
    assert len({write_of(dossier) for _ in DAYS}) == 1


def test_a_sentence_can_be_said_when_its_dossier_is_gone(example: Path) -> None:
    sentence = write_of(read_dossier(example, as_of="2031-12-19"))
    gc.collect()
    assert len(say(sentence).evidence.claims) == 3


def test_sentences_of_many_days_can_be_said_long_after_they_were_written(example: Path) -> None:
    whole = read_dossier(example)
    sentences = [write_of(whole.at(day)) for day in DAYS]
    blocks = [say(sentence) for sentence in sentences]
    assert blocks == [say(write_of(whole.at(day))) for day in DAYS]


def test_a_sentence_that_outlived_its_dossier_and_many_others_is_refused(example: Path) -> None:
    sentence = write_of(read_dossier(example, as_of="2031-12-19"))
    for _ in range(READINGS_AT_HAND):
        write_of(read_dossier(example, as_of="2031-12-19"))
    with pytest.raises(UsageError, match="not made in this run"):
        say(sentence)
