"""docs/first-dossier.md as it is written: from the wheel, in an empty folder with an empty home, to one's own page."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from faults import PATIENCE
from installed import ROOT, clean_home, make_environment
from nbformat.v4 import new_code_cell

TEXT = (ROOT / "docs" / "first-dossier.md").read_text(encoding="utf-8")
#: What a reader types, what is told then, and what goes into the notebook, in the order of the page.
STEPS = re.findall(r"```(sh|text|python)\n(.*?)```", TEXT, re.DOTALL)
NOTEBOOK = Path("notebooks/situation.ipynb")


def run(commands: str, *, folder: Path, env: Mapping[str, str]) -> str:
    told = subprocess.run(["bash", "-e"], input=commands, cwd=folder, env=env, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def preview(command: str, *, folder: Path, env: Mapping[str, str]) -> str:
    """Start a preview as it is written, without a browser; give what it shows at the address that it tells."""
    served = [*shlex.split(command), "--no-open"]
    with subprocess.Popen(served, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        finally:
            process.terminate()


def add_cell(notebook: Path, source: str) -> None:
    written = nbformat.read(notebook, as_version=4)
    written.cells.append(new_code_cell(source))
    nbformat.write(written, notebook)


@pytest.mark.long
def test_the_first_dossier_goes_from_the_wheel_to_a_page_as_written(wheel: Path, tmp_path: Path) -> None:
    env = clean_home(tmp_path / "home", make_environment(tmp_path))
    folder, told = tmp_path / "empty", ""
    folder.mkdir()
    shutil.copy(wheel, folder)
    for kind, text in STEPS:
        if kind == "text":
            assert [line for line in text.splitlines() if line not in told] == []
        elif kind == "python":
            add_cell(folder / NOTEBOOK, text.strip())
        elif text.startswith("briefing preview"):
            assert "situation" in preview(text, folder=folder, env=env)
        else:
            told = run(text, folder=folder, env=env)
            folder = folder / "canal" if "cd canal" in text else folder
    made = (folder / "reports" / "situation").glob("*.html")
    (page,) = [path for path in made if path.stem != "latest"]  # the one that knew nothing is gone
    words = page.read_text(encoding="utf-8")
    assert "Norland keeps" in words and "900 or more" in words
