"""Publishing: whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import BusyError, PublishError
from briefing.press.publish import (
    failed_path,
    hold_lock,
    publish_page,
    read_json,
    read_manifests,
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


def test_what_an_interrupted_build_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".a.html.1.part").write_bytes(b"ha")
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_manifest_is_as_if_it_never_was(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": ')
    assert read_json(tmp_path / "a.json") == {}
