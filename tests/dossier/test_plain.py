"""Only plain files are read, whole and as they stood at one moment; nothing is written through a link."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.dossier.datapackage import write_descriptor
from briefing.dossier.dossier import check_dossier
from briefing.dossier.plain import read_plain, write_plain

#: What somebody may leave in the place of a table, and what is said of it.
STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a pipe": (os.mkfifo, "a pipe or a device"),
    "a folder": (Path.mkdir, "Is a directory"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "leads out of its folder"),
    "a link to nothing": (lambda path: path.symlink_to(path.parent / "gone.csv"), "No such file"),
    "a link to itself": (lambda path: path.symlink_to(path), "oo many"),
    "a link out": (lambda path: path.symlink_to(Path(__file__)), "leads out of its folder"),
    "a link through a folder": (lambda path: path.symlink_to(path.parent / ".." / "t.csv"), "leads out of its folder"),
}


@pytest.mark.parametrize("kind", STRANGE)
@pytest.mark.parametrize("table", ["events", "losses"])
def test_what_is_no_plain_file_is_a_problem_and_is_never_read(small: Path, kind: str, table: str) -> None:
    make, told = STRANGE[kind]
    path = small / f"{table}.csv"
    path.unlink(missing_ok=True)
    make(path)
    (problem,) = [found for found in check_dossier(small) if found.file == f"small/{table}.csv"]
    assert told in problem.what and problem.severity == "error"


def test_a_link_to_a_file_of_the_same_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")
    assert read_plain(tmp_path / "b.csv") == b"a"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"12345")
    with pytest.raises(OSError, match="it has 5 bytes; the most is 4"):
        read_plain(tmp_path / "a.csv", most=4)


@pytest.mark.parametrize(("times", "is_read"), [(1, True), (9, False)])
def test_a_file_that_changes_while_it_is_read_is_read_again_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int, is_read: bool
) -> None:
    path, real, left = tmp_path / "a.csv", os.fstat, [times]
    path.write_bytes(b"row")

    def look_and_write(descriptor: int) -> os.stat_result:
        state = real(descriptor)
        if left[0]:
            left[0] -= 1
            path.write_bytes(path.read_bytes() + b",cell")
            os.utime(path, ns=(left[0], left[0]))
        return state

    monkeypatch.setattr("briefing.dossier.plain.os.fstat", look_and_write)  # somebody saves after the first look
    if is_read:
        assert read_plain(path) == b"row,cell"
    else:
        with pytest.raises(OSError, match="somebody is writing it"):
            read_plain(path)


def test_a_descriptor_is_written_in_the_place_of_a_link_and_not_through_it(small: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    (small / "datapackage.json").symlink_to(precious)
    write_descriptor(small)
    assert precious.read_text() == "precious" and not (small / "datapackage.json").is_symlink()


def test_a_link_in_the_place_of_the_part_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    (tmp_path / f".a.html.{os.getpid()}.part").symlink_to(precious)
    with pytest.raises(OSError, match="symbolic links"):
        write_plain(tmp_path / "a.html", b"new")
    assert precious.read_text() == "precious"
