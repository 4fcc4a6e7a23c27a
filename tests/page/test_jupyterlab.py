"""What JupyterLab's *Save and Export Notebook As* does, with a real server: it lists the page, and gives it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import freedonia as f
import nbformat
import pytest

from briefing.page.exporter import BriefingExporter

pytest.importorskip("jupyter_server", reason="JupyterLab is not installed")

pytestmark = pytest.mark.long

#: Starting takes a few seconds; a server that has not told its address by then never will.
PATIENCE = 90


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Start the server that JupyterLab talks to, with an executed notebook in its folder; give what it tells."""
    home = tmp_path_factory.mktemp("lab")
    (home / "notebooks").mkdir()
    nbformat.write(f.freedonia(), home / "notebooks" / "freedonia.ipynb")
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.port=0"]
    folders = {name: str(home / name) for name in ("HOME", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
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
