"""The kernel that a notebook names is the one that runs, and its parameters are in that kernel's language."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from engines import printed, run, write
from jupyter_client.kernelspec import NoSuchKernel
from nbformat import from_dict

from briefing.engine.engine import BriefingEngine


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install kernels for the user: a Python of its own, one that says it is R, and another python3."""
    for name, language in (("python-mine", "python"), ("r-mine", "R"), ("python3", "python")):
        folder = tmp_path / "jupyter" / "kernels" / name
        folder.mkdir(parents=True)
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": name, "language": language, "env": {"WHICH": name}}
        (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))


def test_an_installed_kernel_is_started_as_it_says(installed: None, parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "import os\nprint(os.environ.get('WHICH'))")
    assert printed(run(path, parent=parent, kernel_name="python-mine")) == "python-mine\n"


def test_python3_is_this_python_whatever_is_installed(installed: None, parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "import os, sys\nprint(os.environ.get('WHICH'), sys.executable)")
    assert printed(run(path, parent=parent, kernel_name="python3")) == f"None {sys.executable}\n"


def test_a_python_kernel_opens_no_port(parent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path, "import psutil\nprint(psutil.Process().net_connections('inet'))")
    assert printed(run(path, parent=parent)) == "[]\n"


@pytest.mark.parametrize("name", ["python2", "python-gone", "python3.9"])
def test_a_kernel_that_is_not_installed_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSuchKernel, match=name):
        run(write(tmp_path, "1"), kernel_name=name)


@pytest.mark.parametrize(("metadata", "language"), [
    ({"kernelspec": {"name": "r-mine"}}, "R"),
    ({"kernelspec": {"name": "python3"}}, "python"),
    ({"kernelspec": {"name": "r-mine"}, "language_info": {"name": "julia"}}, "julia"),
    ({}, "python"),
])  # fmt: skip
def test_parameters_are_in_the_language_of_the_kernel(installed: None, metadata: object, language: str) -> None:
    assert BriefingEngine.nb_language(from_dict({"metadata": metadata})) == language
