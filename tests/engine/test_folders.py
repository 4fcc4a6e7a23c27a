"""Temporary folders: those of the dead are swept, and no others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.engine.folders import ALIVE, open_folder, sweep_folders


def test_a_folder_goes_with_its_block(tmp_path: Path) -> None:
    with open_folder(place=tmp_path) as folder:
        (folder / "page").write_text("x", encoding="utf-8")
        assert folder.stat().st_mode & 0o77 == 0
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_process_that_was_killed_is_swept_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    die = "with open_folder(place=sys.argv[1]): os.kill(os.getpid(), 9)"
    code = f"import os, sys\nfrom briefing.engine.folders import open_folder\n{die}"
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -9
    assert len(list(tmp_path.iterdir())) == 1
    with open_folder(place=tmp_path) as folder:
        sweep_folders(tmp_path)
        assert list(tmp_path.iterdir()) == [folder]


def test_what_a_dying_process_writes_into_a_folder_that_goes_is_swept_when_it_is_dead(tmp_path: Path) -> None:
    write = "import itertools, sys\nfor at in itertools.count():\n    open(f'{sys.argv[1]}/{at}', 'w').close()"
    with open_folder(place=tmp_path) as folder:
        writer = subprocess.Popen([sys.executable, "-c", write, str(folder)], stderr=subprocess.DEVNULL)
        while not (folder / "2000").exists():
            assert writer.poll() is None
    writer.kill()
    writer.wait()
    sweep_folders(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["briefing-notes", "other", "briefing-file"])
def test_what_is_no_folder_of_ours_is_left(tmp_path: Path, name: str) -> None:
    if name == "briefing-file":
        (tmp_path / name).write_text("mine", encoding="utf-8")
    else:
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter").write_text("mine", encoding="utf-8")
    sweep_folders(tmp_path)
    assert (tmp_path / name).exists()


def test_a_link_is_not_followed_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ALIVE).touch()
    (tmp_path / "briefing-link").symlink_to(tmp_path / "mine")
    (tmp_path / "briefing-mark").mkdir()
    (tmp_path / "briefing-mark" / ALIVE).symlink_to(os.devnull)
    sweep_folders(tmp_path)
    assert (tmp_path / "mine" / ALIVE).exists() and (tmp_path / "briefing-mark").exists()
