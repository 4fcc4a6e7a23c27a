"""The wheel, installed as a new user has it: in an environment of its own, with no way back to this checkout.

No network is asked: what the wheel needs is what this environment has, seen through links.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parent.parent.parent

#: What an editable install leaves in an environment; the wheel is to be found instead.
_OURS = ("briefing", "_briefing", "__editable__", "_editable_impl", "_virtualenv")


def build_wheel(into: Path) -> Path:
    """Build the wheel of this checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = into.glob("*.whl")
    return wheel


def make_environment(place: Path) -> Path:
    """Make an environment that has what briefing needs, but not briefing; give its folder of programs."""
    subprocess.run([sys.executable, "-m", "venv", str(place / "venv")], check=True)
    seen = place / "libraries"
    seen.mkdir()
    for path in Path(sysconfig.get_paths()["purelib"]).iterdir():
        if not path.name.startswith(_OURS):
            (seen / path.name).symlink_to(path)
    (site,) = (place / "venv" / "lib").glob("python*/site-packages")
    shared = (
        Path(sysconfig.get_paths()["data"]) / "share" / "jupyter"
    )  # nbconvert's templates, as its wheel brings them
    (place / "venv" / "share").mkdir(exist_ok=True)
    (place / "venv" / "share" / "jupyter").symlink_to(shared)
    (site / "libraries.pth").write_text(f"{seen}\n", encoding="utf-8")
    return place / "venv" / "bin"


def clean_home(home: Path, programs: Path, **more: str) -> Mapping[str, str]:
    """Give the variables of somebody who has just come: an empty home, and these programs before others."""
    home.mkdir(exist_ok=True)
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", "PIP_NO_INDEX": "1", **more}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give the wheel, built once however many workers ask."""
    mine = tmp_path_factory.getbasetemp()
    shared = (mine if worker_id == "master" else mine.parent) / "wheel"
    with FileLock(shared.with_suffix(".lock")):
        built = next(shared.glob("*.whl"), None)
        return built or build_wheel(shared)
