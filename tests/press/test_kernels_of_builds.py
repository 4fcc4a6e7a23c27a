"""What holds of kernels under papermill holds in a build: they end in order, and no file beside a notebook harms."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from faults import PATIENCE, READ, SAY, call, lay_out, pages, write_catalog, write_cells

from briefing.engine.environment import name_environment
from briefing.engine.run import run_notebook

PAGE = "Prose(text=('It ran.',))"

#: Files that would keep a kernel from starting, were they taken for Python's or ours.
SHADOWS = ("calendar", "copy", "json", "queue", "typing", "briefing", "ipykernel", "IPython", "zmq", "pandas")


@pytest.fixture(scope="module", params=["1", "2"], ids="{} jobs".format)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[CompletedProcess[str], Path, socket.socket]]:
    """Build a notebook whose exit function and thread tell that they ran, beside files of other modules' names."""
    root = lay_out(tmp_path_factory.mktemp("k") / "r")
    with socket.create_server(("127.0.0.1", 0)) as heard:
        tell = f"import socket\ndef tell(word): socket.create_connection({heard.getsockname()}).sendall(word)"
        ends = "import atexit, threading, time\natexit.register(tell, b'exit')\n"
        late = "threading.Thread(target=lambda: (time.sleep(0.5), tell(b'late'))).start()"
        write_cells(root, READ, SAY, tell, ends + late, PAGE, name="ends")
        write_catalog(root, '[[briefing]]\nnotebook = "tiny"\n\n[[briefing]]\nnotebook = "ends"\n')
        for name in SHADOWS:
            (root / "notebooks" / f"{name}.py").write_text("raise SystemExit('taken for another')")
        heard.settimeout(PATIENCE)
        yield call(root, "build", "--jobs", request.param), root, heard


def test_a_file_beside_a_notebook_is_taken_for_no_module_of_pythons_or_ours(
    built: tuple[CompletedProcess[str], Path, socket.socket],
) -> None:
    told, root, _ = built
    assert told.returncode == 0, told.stderr
    assert len({*pages(root)} - {"index.html"}) == 2


def test_a_kernel_of_a_build_ends_in_order(built: tuple[CompletedProcess[str], Path, socket.socket]) -> None:
    words = []
    for _ in range(2):
        connection, _ = built[2].accept()
        with connection:
            words.append(connection.recv(9))
    assert words == [b"late", b"exit"]


def run(tmp_path: Path, *cells: str, parent: int | None) -> str:
    """Run a notebook as a build runs it; give what is left of it."""
    write_cells(tmp_path, *cells)
    path = tmp_path / "notebooks" / "tiny.ipynb"
    return json.dumps(
        run_notebook(path.read_text(), {}, folder=path.parent, environment=name_environment(), parent=parent)
    )


def test_frames_of_a_live_plot_that_were_cleared_count_no_more_in_an_edition(
    parent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.engine.seams.nbclient.OUTPUT_LIMIT", 100_000)
    draw = "from IPython.display import clear_output, display\nfor n in range(200):\n    clear_output(wait=True)\n"
    draw += "    display({'text/plain': f'{n} ' + 'x' * 5000}, raw=True)"
    left = run(tmp_path, draw, "print('on')", parent=parent)
    assert "on" in left and "199 xx" in left and "198 xx" not in left


def test_no_folder_of_the_presss_own_reaches_an_edition(
    parent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("MPLCONFIGDIR", "IPYTHONDIR", "TMPDIR"):
        monkeypatch.setenv(name, str(tmp_path))
    tell = "import os\nprint([os.environ[name] for name in ('MPLCONFIGDIR', 'IPYTHONDIR', 'TMPDIR')])"
    left = run(tmp_path, tell, parent=parent)
    assert "briefing-" in left and str(tmp_path) not in left
