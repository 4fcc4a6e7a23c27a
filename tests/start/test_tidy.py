"""Notebooks are tidied: what a run or an editor left goes, what the author wrote stays, and nothing is ever lost."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli.main import main
from briefing.start.tidy import tidy_notebook

OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["98\n"]}
RAN = {"cell_type": "code", "id": "a", "metadata": {}, "source": ["é = 1"], "execution_count": 3, "outputs": [OUTPUT]}
WORDS = {"cell_type": "markdown", "id": "b", "metadata": {"tags": ["remove-cell"]}, "source": "# Is it so?"}


def written(*cells: dict[str, Any], **metadata: Any) -> bytes:
    """Write a notebook of these cells, as JupyterLab would."""
    notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def tidied(content: bytes) -> dict[str, Any]:
    return dict(json.loads(tidy_notebook(content).content))


def test_outputs_and_counts_of_runs_are_cleared_and_words_stay() -> None:
    code, words = tidied(written(RAN, WORDS))["cells"]
    assert code == RAN | {"execution_count": None, "outputs": []}
    assert words == WORDS


def test_a_tidy_notebook_keeps_each_of_its_bytes_however_it_is_laid_out() -> None:
    content = json.dumps(json.loads(tidy_notebook(written(RAN)).content)).encode()
    assert tidy_notebook(content).is_tidy and tidy_notebook(content).content == content


def test_the_same_words_become_the_same_bytes_on_every_machine() -> None:
    here = written(RAN, kernelspec={"name": "python3", "display_name": "Python 3 (ipykernel)"},
                   language_info={"name": "python", "version": "3.12.1"}, widgets={"state": {}})  # fmt: skip
    timed = RAN | {"execution_count": 9, "metadata": {"execution": {"iopub.status.busy": "now"}}}
    there = written(timed, kernelspec={"name": "python3", "display_name": ".venv"}, language_info={"name": "python"})
    assert tidy_notebook(here).content == tidy_notebook(there).content


def test_what_an_author_says_of_a_cell_stays() -> None:
    noted = {"tags": ["hide-input"], "language": "be", "jupyter": {"source_hidden": True}}
    (cell,) = tidied(written(RAN | {"metadata": noted | {"scrolled": True}}))["cells"]
    assert cell["metadata"] == noted


def test_a_kernel_of_another_language_keeps_its_name() -> None:
    kernel = {"name": "ir", "display_name": "R", "language": "R"}
    assert tidied(written(RAN, kernelspec=kernel))["metadata"]["kernelspec"] == kernel


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"cells": [', "line 1 is not JSON"),
        (b"<<<<<<< HEAD\n{}", "line 1 is not JSON"),
        (b"\xff\xfe", "is not UTF-8"),
        (b"[]", "is not a notebook"),
        (b'{"nbformat": 3, "cells": []}', "is a notebook of another format"),
        (b'{"cells": [], "cells": []}', "holds a name twice"),
        (written(RAN | {"metadata": {"n": float("nan")}}), "holds NaN, which is not JSON"),
        (written(RAN, n="half").replace(b"half", rb"\ud800"), "holds half a character"),
        (b'{"cells": [], "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "is nested too deeply"),
    ],
    ids=["cut off", "a merge", "not UTF-8", "no notebook", "format 3", "twice", "NaN", "half", "deep"],
)
def test_the_filter_lets_through_what_it_cannot_write_again_without_loss_and_says_why(
    content: bytes, told: str
) -> None:
    passed = CliRunner().invoke(main, ["tidy", "-"], input=content)
    assert (passed.exit_code, passed.stdout_bytes) == (0, content)
    assert passed.stderr.startswith(f"briefing tidy: {told}; ") and passed.stderr.count("\n") == 1


def test_the_filter_tidies_what_it_reads() -> None:
    passed = CliRunner().invoke(main, ["tidy", "-"], input=written(RAN))
    assert (passed.stdout_bytes, passed.stderr) == (tidy_notebook(written(RAN)).content, "")


def test_the_filter_imports_nothing_slow() -> None:
    code = "import sys; from briefing.cli import main; from briefing.start import tidy; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {"pandas", "pydantic", "nbformat", "numpy"} & set(loaded) == set()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a tidy notebook and one that was run, and work in it."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "clean.ipynb").write_bytes(tidy_notebook(written(RAN)).content)
    (tmp_path / "notebooks" / "ran.ipynb").write_bytes(written(RAN))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tidy(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["tidy", *arguments])


def test_without_a_name_all_notebooks_are_tidied_and_tidy_ones_not_written(folder: Path) -> None:
    before = (folder / "notebooks" / "clean.ipynb").stat().st_mtime_ns
    assert tidy().stdout == "tidied notebooks/ran.ipynb\n2 notebooks: 1 tidied, 1 tidy before\n"
    assert (folder / "notebooks" / "clean.ipynb").stat().st_mtime_ns == before
    assert (tidy().stdout, tidy().exit_code) == ("2 notebooks: 2 tidy before\n", 0)


@pytest.mark.parametrize("name", ["ran", "notebooks/ran.ipynb"])
def test_a_notebook_is_named_or_pointed_to(folder: Path, name: str) -> None:
    assert tidy(name).exit_code == 0
    assert tidy("--check").exit_code == 0


def test_check_writes_nothing_and_exits_1(folder: Path) -> None:
    checked = tidy("--check")
    assert (checked.exit_code, checked.stdout.splitlines()[0]) == (1, "not tidy notebooks/ran.ipynb")
    assert (folder / "notebooks" / "ran.ipynb").read_bytes() == written(RAN)


def test_a_file_that_is_no_notebook_stays_as_it_is_and_the_others_are_tidied(folder: Path) -> None:
    (folder / "notebooks" / "broken.ipynb").write_text("{")
    told = tidy()
    assert told.exit_code == 1 and "1 tidied, 1 tidy before, 1 not read" in told.stdout
    assert told.stderr == (
        "notebooks/broken.ipynb: line 1 is not JSON; a notebook is a file of Jupyter's format 4. "
        "It is left as it is; save it in JupyterLab.\n"
    )
    assert (folder / "notebooks" / "broken.ipynb").read_text() == "{"


def test_a_link_is_followed_and_stays_a_link(folder: Path) -> None:
    link = folder / "notebooks" / "linked.ipynb"
    link.symlink_to(folder / "notebooks" / "ran.ipynb")
    assert tidy("linked").exit_code == 0
    assert link.is_symlink() and tidy_notebook((folder / "notebooks" / "ran.ipynb").read_bytes()).is_tidy


def test_where_there_are_no_notebooks_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert tidy().exit_code == 2 and "notebooks lie in a folder notebooks/. Name one." in tidy().stderr


def git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True).stdout


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed; the filter is tested without it above")
def test_git_keeps_a_notebook_without_its_outputs_and_loses_nothing_of_a_broken_one(folder: Path) -> None:
    command = f'"{Path(sys.executable).parent / "briefing"}" tidy -'
    (folder / ".gitattributes").write_text("*.ipynb filter=briefing-tidy\n")
    (folder / "notebooks" / "broken.ipynb").write_text("{ half a merge")
    git(folder, "init", "--quiet")
    git(folder, "config", "filter.briefing-tidy.clean", command)
    git(folder, "add", ".")
    assert git(folder, "show", ":notebooks/ran.ipynb") == tidy_notebook(written(RAN)).content
    assert git(folder, "show", ":notebooks/broken.ipynb") == b"{ half a merge"
    assert (folder / "notebooks" / "ran.ipynb").read_bytes() == written(RAN)
