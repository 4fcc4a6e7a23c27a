"""A notebook that names another kernel, which is installed: the press says that it does not run it, and runs it not."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from faults import call, lay_out, pages, write_catalog, write_cells

#: What is installed, and what Jupyter notes in a notebook that was saved with it.
KERNELS: dict[str, tuple[dict[str, Any], str]] = {
    "python-mine": ({"kernelspec": {"name": "python-mine", "language": "python"}}, "kernel 'python-mine'"),
    "ir": ({"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R"}}, "kernel 'ir'"),
    "python3": ({"kernelspec": {"name": "python3"}, "language_info": {"name": "julia"}}, "language 'julia'"),
}


@pytest.fixture(params=KERNELS)
def named(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """Lay out a press with a notebook of that kernel beside one of ours; give its folder, and what is named."""
    folder = tmp_path / "jupyter" / "kernels" / request.param
    folder.mkdir(parents=True)
    begun = f"open({str(tmp_path / 'begun')!r}, 'w'); from ipykernel.kernelapp import launch_new_instance as go; go()"
    argv = [sys.executable, "-c", begun, "-f", "{connection_file}"]
    metadata, words = KERNELS[request.param]
    spec = {"argv": argv, "display_name": request.param, "language": metadata["kernelspec"].get("language", "python")}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    root = lay_out(tmp_path / "r", who='["minister"]')
    write_cells(root, "1 + 1", name="other")
    path = root / "notebooks" / "other.ipynb"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"metadata": metadata}))
    write_catalog(root, '[[briefing]]\nnotebook = "tiny"\n\n[[briefing]]\nnotebook = "other"\n')
    return root, words


def line(words: str) -> str:
    rule = "the press runs Python in kernels of its own, so that its fence holds"
    return f"other.ipynb: names the {words}; {rule}. Choose python3 in JupyterLab and save it."


def test_a_build_refuses_another_kernel_in_one_line_and_makes_the_other_pages(named: tuple[Path, str]) -> None:
    root, words = named
    told = call(root, "build", "--json")
    (failed,) = [outcome for outcome in json.loads(told.stdout)["editions"] if outcome["status"] == "failed"]
    assert failed["reasons"] == [line(words)]
    assert (told.returncode, len({*pages(root)} - {"index.html"})) == (1, 1)
    assert not (root.parent / "begun").exists()


def test_render_refuses_another_kernel_in_one_line(named: tuple[Path, str]) -> None:
    root, words = named
    told = call(root, "render", "notebooks/other.ipynb")
    assert (told.returncode, told.stderr.splitlines()[1:]) == (1, [line(words)])
    assert not (root.parent / "begun").exists()
