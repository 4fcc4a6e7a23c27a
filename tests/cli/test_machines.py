"""The command line on machines as people have them: no docstrings, an old console, a clock of nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def briefing(*words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = str(Path(sys.executable).with_name("briefing"))
    return subprocess.run(
        [command, *words], cwd=folder, env={**os.environ, **environment}, capture_output=True, timeout=120
    )


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["build", "--help"], ["check", "small"]])
def test_a_python_without_docstrings_does_the_same(small: Path, words: list[str]) -> None:
    plain, bare = (briefing(*words, folder=small.parent, PYTHONOPTIMIZE=level) for level in ("", "2"))
    assert bare.returncode == plain.returncode == 0
    assert b"Traceback" not in bare.stderr and bare.stdout.splitlines()[-1:] == plain.stdout.splitlines()[-1:]


@pytest.mark.parametrize("console", ["cp1252", "ascii", "cp437", "utf-8"])
@pytest.mark.parametrize("words", [["check", "small"], ["check", "gone"], ["render", "\u0442\u0430\u043d\u043a\u0438"]])
def test_a_console_that_lacks_letters_is_told_all_the_same(small: Path, console: str, words: list[str]) -> None:
    with (small / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("\u0442\u0430\u043d\u043a\u0438,\u2264 98 \U0001f402\n")
    done = briefing(*words, folder=small.parent, PYTHONIOENCODING=console)
    assert done.returncode in (2, 3) and b"Traceback" not in done.stderr + done.stdout
    assert done.stdout + done.stderr


@pytest.mark.parametrize("epoch", ["", "9" * 30, "-1", "1e9", " 5", "\u0663"])
def test_a_clock_that_is_none_is_told_in_a_line(small: Path, epoch: str) -> None:
    (small.parent / "notebooks").mkdir()
    (small.parent / "notebooks" / "briefings.toml").write_text("")
    done = briefing("status", "--data", "small", folder=small.parent, SOURCE_DATE_EPOCH=epoch)
    told = done.stderr.decode().splitlines()
    assert (done.returncode, len(told)) == (2, 1) and told[0].startswith("SOURCE_DATE_EPOCH: ")
