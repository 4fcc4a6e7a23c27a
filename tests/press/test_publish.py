"""Publishing: whole or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from briefing.errors import BusyError, PublishError
from briefing.press.publish import (
    failed_path,
    hold_lock,
    manifest_path,
    publish_page,
    read_json,
    read_manifests,
    save_json,
    sweep,
    write_file,
)  # fmt: skip


def test_a_page_and_its_manifest_are_published_and_the_failed_page_goes(tmp_path: Path) -> None:
    write_file(failed_path(tmp_path, "a/b.html"), b"failed")
    path = publish_page(tmp_path, "a/b.html", b"page", {"title": "T"})
    assert path.read_bytes() == b"page"
    assert [found["title"] for found in read_manifests(tmp_path)] == ["T"]
    assert not failed_path(tmp_path, "a/b.html").exists()


def test_a_page_of_the_same_bytes_is_not_touched(tmp_path: Path) -> None:
    path = publish_page(tmp_path, "a.html", b"page", {})
    before = path.stat().st_ino
    publish_page(tmp_path, "a.html", b"page", {})
    assert path.stat().st_ino == before


def test_what_cannot_be_written_leaves_the_last_good_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "a.html", b"good")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PublishError, match="No space left"):
        write_file(tmp_path / "a.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_bytes() == b"good"


def test_a_file_in_the_place_of_the_folder_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("not a folder")
    with pytest.raises(PublishError, match="--out"), hold_lock(tmp_path / "reports"):
        pass


def test_one_build_at_a_time_and_the_message_says_whose(tmp_path: Path) -> None:
    with hold_lock(tmp_path), pytest.raises(BusyError, match=r"on .* is building here"), hold_lock(tmp_path):
        pass
    with hold_lock(tmp_path):
        pass


def test_the_message_names_who_holds_the_lock_and_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "astrid")
    monkeypatch.setattr("socket.gethostname", lambda: "fjord")
    with hold_lock(tmp_path), pytest.raises(BusyError) as refused, hold_lock(tmp_path):
        pass
    assert f"astrid on fjord (process {os.getpid()}) is building here; one build at a time" in str(refused.value)


def test_the_lock_of_a_killed_build_is_free(tmp_path: Path) -> None:
    hold = "from briefing.press.publish import hold_lock\nwith hold_lock(pathlib.Path(sys.argv[1])):"
    die = f"import os, pathlib, sys\n{hold} os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", die, str(tmp_path)], check=False).returncode == -9
    with hold_lock(tmp_path):
        assert str(os.getpid()) in (tmp_path / ".press" / "owner").read_text()


@pytest.mark.parametrize("name", ["a.html", "a.html.sig", "2031-04.bin", "calendar.ics", "owner"])
def test_what_an_interrupted_build_left_is_cleared_away(tmp_path: Path, name: str) -> None:
    (tmp_path / f".{name}.1.part").write_bytes(b"ha")
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_manifest_is_as_if_it_never_was(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": ')
    assert read_json(tmp_path / "a.json") == {}


@pytest.mark.parametrize("name", [".press", ".press/lock", ".press/owner", ".press/editions", ".press/runs", "a"])
def test_nothing_is_written_through_a_link(tmp_path: Path, name: str) -> None:
    outside, link = tmp_path / "outside", tmp_path / "reports" / name
    outside.write_text("precious") if name.endswith(("lock", "owner")) else outside.mkdir()
    link.parent.mkdir(parents=True)
    link.symlink_to(outside)
    with suppress(PublishError), hold_lock(tmp_path / "reports"):
        publish_page(tmp_path / "reports", "a/b.html", b"page", {}, run=b"run")
    assert outside.read_text() == "precious" if outside.is_file() else list(outside.iterdir()) == []


def test_a_page_that_is_a_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "a.html").symlink_to(tmp_path / "precious")
    publish_page(tmp_path, "a.html", b"page", {})
    assert (tmp_path / "precious").read_text() == "precious" and (tmp_path / "a.html").read_bytes() == b"page"


@pytest.mark.parametrize("name", [".movie.mkv.part", ".movie.12.part", ".part", ".a.html.part", ".a.html.x.part"])
def test_the_part_of_another_program_is_not_swept(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("theirs")
    (tmp_path / ".a.html.12.part").write_text("ours")
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_manifest_that_names_another_place_than_its_own_is_as_if_it_never_was(tmp_path: Path) -> None:
    (tmp_path / "precious.html").write_bytes(b"precious")
    (tmp_path / "reports" / "b.html").parent.mkdir()
    publish_page(tmp_path / "reports", "a.html", b"page", {})
    save_json(manifest_path(tmp_path / "reports", "b.html"), {"address": "../precious.html"})
    assert [found["address"] for found in read_manifests(tmp_path / "reports")] == ["a.html"]
