"""The same notebook gives the same bytes: in any process, folder, time zone, locale and order of hashing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import freedonia as f
import nbformat
from faults import PATIENCE

CODE = """
import sys
from briefing.page.exporter import BriefingExporter
page, _ = BriefingExporter().from_filename(sys.argv[1])
sys.stdout.buffer.write(page.encode())
"""

ENVIRONMENTS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8"},
)


def start(folder: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start rendering the sample in a process of its own, as a stranger's machine would."""
    folder.mkdir(parents=True)
    path = folder / f"{len(folder.name)}.ipynb"
    nbformat.write(f.freedonia(), path)
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_CACHE_HOME") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-c", CODE, str(path)], cwd=folder, env=kept | environment, stdout=subprocess.PIPE
    )


def test_the_bytes_are_the_same_in_any_process_folder_zone_locale_and_seed(tmp_path: Path) -> None:
    folders = (tmp_path / "a", tmp_path / "with a space", tmp_path / "füße" / "тека")
    started = [start(*each) for each in zip(folders, ENVIRONMENTS, strict=True)]
    # the library's own hash is left out: whoever works on it while the test runs changes it between two processes
    pages = [re.sub(rb'"code":"[0-9a-f]+"', b"", process.communicate(timeout=PATIENCE)[0]) for process in started]
    assert len(pages[0]) > 30_000
    assert len(set(pages)) == 1
