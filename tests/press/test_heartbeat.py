"""The heartbeat and the monitor that reads it: green after a good build alone, and red in words."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faults import call, finish, start, wait_until, write_cells
from norway import ROWS, write_dossier

from briefing.errors import PublishError
from briefing.press.heartbeat import Ending, begin, end, list_alarms, read_heartbeat
from briefing.press.publish import hold_lock

GOOD = Ending(0, 3.25, expected=2, good=2)


def break_dossier(root: Path) -> list[str]:
    write_dossier(root / "data", {**ROWS, "transfers": [{**ROWS["transfers"][0], "high": "3"}]})
    return []


def break_notebook(root: Path) -> list[str]:
    write_cells(root, "1 / 0")
    return []


def break_target(root: Path) -> list[str]:
    return ["--publish", "/proc/nowhere"]


def mistype_target(root: Path) -> list[str]:
    return ["--publish", "nowhere://bucket"]


def break_index(root: Path) -> list[str]:
    (root / "reports" / "index.html").unlink()
    (root / "reports" / "index.html").mkdir()
    return []


def lose_cluster(root: Path) -> list[str]:
    return ["--force", "--dask", "tcp://127.0.0.1:9"]


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (break_dossier, "exit code 3: data/transfers.csv"),
        (break_notebook, "exit code 1: failed or held: tiny/minister/2031-04-12"),
        (break_target, "publishing to /proc/nowhere failed"),
        (mistype_target, "exit code 2: --publish nowhere"),
        (break_index, "exit code 1: reports/index.html"),
        (lose_cluster, "exit code 1: --dask tcp://127.0.0.1:9"),
    ],
)
def test_a_build_that_went_wrong_turns_the_monitor_red_which_says_why(
    root: Path, harm: Callable[[Path], list[str]], words: str
) -> None:
    failed = call(root, "build", "--jobs", "1", *harm(root))
    assert failed.returncode != 0 and "Traceback" not in failed.stderr
    told = call(root, "status")
    assert told.returncode == 1 and words in told.stdout.replace(f"{root}/", ""), told.stdout


def test_the_monitor_is_green_again_after_a_good_build(root: Path) -> None:
    break_notebook(root)
    assert call(root, "build", "--jobs", "1").returncode == 1
    (root / "notebooks" / "tiny.ipynb").unlink()
    write_cells(root, "from briefing.blocks.blocks import Prose\nProse(text=('Yes.',))")
    assert call(root, "build", "--jobs", "1").returncode == 0
    assert call(root, "status", "--max-age", "26", "--missing-after", "0").returncode == 0


def test_a_build_that_was_killed_is_told_and_one_at_work_is_no_alarm(root: Path) -> None:
    write_cells(root, "import pathlib, time\nwhile pathlib.Path('../wait').exists(): time.sleep(0.02)")
    (root / "wait").touch()
    with start(root, "build", "--jobs", "1") as build:
        wait_until(lambda: list((root / "tmp").glob("briefing-*/kernel.json")))
        assert "alarm" not in call(root, "status").stdout
        build.send_signal(signal.SIGKILL)
        finish(build)
    told = call(root, "status")
    assert told.returncode == 1 and "was killed: it never ended" in told.stdout


def test_the_heartbeat_says_how_the_build_ended_and_when_one_last_was_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1932638400")
    end(tmp_path, Ending(0, 3.25, 2, 2, published={"url": "s3://b", "ok": True}))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1932642000")
    end(tmp_path, Ending(1, 2.0, 2, 1, 1, "failed or held: tiny"))
    told = read_heartbeat(tmp_path)[1]
    assert (told["finished"], told["last_success"]) == ("2031-03-30T13:00:00+00:00", "2031-03-30T12:00:00+00:00")
    assert (told["ok"], told["exit"], told["seconds"], told["good"], told["bad"]) == (False, 1, 2.0, 1, 1)
    assert told["published"] == {"url": "s3://b", "ok": True, "at": "2031-03-30T12:00:00+00:00"}


def test_a_sending_that_failed_is_an_alarm_until_one_succeeds(tmp_path: Path) -> None:
    end(tmp_path, Ending(1, 1, published={"url": "s3://b", "ok": False}))
    end(tmp_path, GOOD)
    assert [alarm[:22] for alarm in list_alarms(tmp_path)] == ["publishing to s3://b f"]
    end(tmp_path, Ending(0, 1, published={"url": "s3://b", "ok": True}))
    assert list_alarms(tmp_path) == ()


def test_a_disk_that_takes_no_heartbeat_keeps_no_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    end(tmp_path, GOOD)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    end(tmp_path, Ending(1, 1))
    assert list_alarms(tmp_path, max_age=26) == ("no build ended within 26 hours",)


def test_a_build_that_has_begun_keeps_what_is_known_of_the_last(tmp_path: Path) -> None:
    end(tmp_path, GOOD)
    with hold_lock(tmp_path):
        begin(tmp_path)
        assert list_alarms(tmp_path, max_age=26) == ()
    assert read_heartbeat(tmp_path)[1]["ok"] and "was killed" in list_alarms(tmp_path)[0]


def make_link(path: Path, precious: Path) -> None:
    path.symlink_to(precious)


def copy_file(path: Path, precious: Path) -> None:
    shutil.copy(precious, path)


def share_file(path: Path, precious: Path) -> None:
    os.link(precious, path)


@pytest.mark.parametrize("plant", [make_link, copy_file, share_file])
def test_a_lock_that_is_a_link_or_anothers_file_is_refused_and_left(
    tmp_path: Path, plant: Callable[[Path, Path], Any]
) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious\n", encoding="utf-8")
    (tmp_path / "reports" / ".press").mkdir(parents=True)
    plant(tmp_path / "reports" / ".press" / "lock", precious)
    with pytest.raises(PublishError, match=r"lock: is (a link; what lies|another's file; a lock is an empty file)"):
        hold_lock(tmp_path / "reports").__enter__()
    assert precious.read_text(encoding="utf-8") == "precious\n"
    assert json.dumps((tmp_path / "reports" / ".press" / "lock").read_text(encoding="utf-8")) == '"precious\\n"'
