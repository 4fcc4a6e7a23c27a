"""What JupyterLab does, with a real server: its menu lists the page and gives it, its button shows it.

The button's files are those of the source, not those that were copied when the package was installed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import freedonia as f
import nbformat
import pytest
from notebooks import notebook_text
from playwright.sync_api import Browser, Page

import briefing
from briefing.page.exporter import NO_PAGE, BriefingExporter

pytest.importorskip("jupyter_server", reason="JupyterLab is not installed")

pytestmark = pytest.mark.long

EXTENSION = Path(briefing.__file__).parent / "preview" / "labextension"

#: Starting takes a few seconds; a server that has not told its address by then never will.
PATIENCE = 90


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Start the server that JupyterLab talks to, with an executed notebook in its folder; give what it tells."""
    home = tmp_path_factory.mktemp("lab")
    (home / "notebooks").mkdir()
    notebook = f.freedonia()
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, home / "notebooks" / "freedonia.ipynb")
    (home / "notebooks" / "unrun.ipynb").write_text(notebook_text("1 + 1"), encoding="utf-8")
    shutil.copytree(EXTENSION, home / "JUPYTER_PATH" / "labextensions" / "briefing-lab")
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.port=0"]
    names = ("HOME", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_PATH", "IPYTHONDIR")
    folders = {name: str(home / name) for name in names}
    process = subprocess.Popen(
        [*command, f"--ServerApp.root_dir={home / 'notebooks'}"],
        env=os.environ | folders,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield wait_for(home / "JUPYTER_RUNTIME_DIR", process)
    process.terminate()
    process.wait(PATIENCE)


def wait_for(folder: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """Wait until a server has told its address, in the folder where Jupyter's programs look for one."""
    for _ in range(PATIENCE * 10):
        told = next(folder.glob("jpserver-*.json"), None)
        if told is not None and told.stat().st_size:
            return dict(json.loads(told.read_text(encoding="utf-8")))
        assert process.poll() is None, "the server has stopped"
        time.sleep(0.1)
    raise AssertionError("the server tells no address")


def ask(server: dict[str, Any], path: str) -> str:
    request = Request(f"{server['url']}{path}", headers={"Authorization": f"token {server['token']}"})
    with urlopen(request, timeout=PATIENCE) as answer:
        return str(answer.read().decode())


def test_the_menu_lists_the_page(server: dict[str, Any]) -> None:
    listed = json.loads(ask(server, "api/nbconvert"))
    assert listed["briefing"] == {"output_mimetype": "text/html"}
    assert BriefingExporter.export_from_notebook == "Briefing"


def test_the_menu_gives_the_page(server: dict[str, Any]) -> None:
    saved = ask(server, "nbconvert/briefing/freedonia.ipynb?download=true")
    assert saved == BriefingExporter().from_notebook_node(f.freedonia())[0]


def test_the_menu_says_of_a_notebook_that_was_not_run_what_to_do(server: dict[str, Any]) -> None:
    given = ask(server, "nbconvert/briefing/unrun.ipynb?download=true")
    assert NO_PAGE in given
    assert "unrun: cells 2, 3 were never run; a page is made of a whole run. Run all cells" in given


@pytest.fixture(scope="module")
def lab(server: dict[str, Any], browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Give a function that opens a notebook in JupyterLab, in a workspace of its own, and presses nothing yet."""
    opened: list[Page] = []

    def open_notebook(name: str) -> Page:
        page = browser.new_page(viewport={"width": 1400, "height": 800})
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(f"{server['url']}lab/workspaces/{name}/tree/{name}.ipynb?token={server['token']}")
        button(page).wait_for()
        opened.append(page)
        return page

    yield open_notebook
    for page in opened:
        page.close()


def button(page: Page) -> Any:
    return page.locator(".jp-NotebookPanel:visible").get_by_role("button", name="Briefing")


def edit(page: Page, text: str, more: str) -> None:
    """Write more behind the text of a markdown cell, and leave it unsaved."""
    page.get_by_text(text).first.click()
    page.keyboard.press("Enter")
    editor = page.locator(".jp-mod-editMode .jp-mod-active .cm-content")
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(more)


def test_the_button_shows_the_page_of_what_is_not_saved_yet(server: dict[str, Any], lab: Callable[[str], Page]) -> None:
    page = lab("freedonia")
    edit(page, "Each row is a claim, not a fact", " The mules sleep.")
    button(page).click()
    shown = page.frame_locator(".briefing-panel iframe")
    shown.get_by_text("The mules sleep.").first.wait_for(state="attached")
    assert "The mules sleep." not in ask(server, "nbconvert/briefing/freedonia.ipynb?download=true")


def test_the_button_says_what_is_wrong_and_follows_each_cell_that_is_run(lab: Callable[[str], Page]) -> None:
    page = lab("unrun")
    button(page).click()
    shown = page.frame_locator(".briefing-panel iframe")
    shown.get_by_text("cells 2, 3 were never run").wait_for()
    page.get_by_text("1 + 1").first.click()
    page.keyboard.press("Control+Enter")
    shown.get_by_text("cell 2 was never run").wait_for()


def test_the_button_is_where_pip_puts_it_for_jupyterlab() -> None:
    built = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    (place,) = [there for here, there in built["wheel"]["shared-data"].items() if Path(here).resolve() == EXTENSION]
    described = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
    assert place == f"share/jupyter/labextensions/{described['name']}"
    assert (EXTENSION / described["jupyterlab"]["_build"]["load"]).is_file()
