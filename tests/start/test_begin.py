"""A dossier begins: the folder that `briefing new` makes holds all that a build, a check and a reader need."""

from __future__ import annotations

import ast
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import Result
from whole import passages

from briefing.blocks.blocks import Front
from briefing.checks import check_folder
from briefing.cli.main import main
from briefing.dossier.csvfile import read_header
from briefing.dossier.datapackage import write_descriptor
from briefing.dossier.files import DATA_VARIABLE
from briefing.dossier.tables import TABLES
from briefing.start.folder import begin_dossier
from briefing.start.templates import list_notebooks

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = ("deployments", "situation", "sourcing", "statements", "transfers")
ODD = 'Is "it" {so}? A \\ and a £'


@pytest.fixture(scope="module", params=[False, True], ids=["empty", "example"])
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that has begun: empty, and with the example."""
    return begin_dossier(tmp_path_factory.mktemp("begun") / "x", with_example=request.param).folder


def test_a_new_folder_has_all_tables_with_all_their_columns(begun: Path) -> None:
    assert {name: read_header(begun / "data" / table.file) for name, table in TABLES.items()} == {
        name: table.columns for name, table in TABLES.items()
    }


def test_a_new_folder_has_nothing_wrong_in_its_rows_or_notebooks(begun: Path) -> None:
    notebooks = sorted((begun / "notebooks").glob("*.ipynb"))
    assert tuple(path.stem for path in notebooks) == NOTEBOOKS == tuple(list_notebooks())
    assert [str(problem) for problem in check_folder(begun / "data", notebooks=notebooks).problems] == []


def test_its_descriptor_and_column_tables_say_what_is_there(begun: Path) -> None:
    assert write_descriptor(begun / "data") == []
    readme = (begun / "data" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)\.csv$", readme, re.M) == list(TABLES) == re.findall("columns: ([a-z_]+) -->", readme)


def test_nothing_in_it_is_left_to_be_filled(begun: Path) -> None:
    files = [path for path in begun.rglob("*") if path.is_file()]
    assert [path for path in files if "[[" in path.read_text(encoding="utf-8").replace("[[briefing]]", "")] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_each_notebook_says_something_of_any_dossier(
    notebook: str, begun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(begun / "data"))
    cells = json.loads((begun / "notebooks" / f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    shown = [_run("".join(cell["source"]), names) for cell in cells if cell["cell_type"] == "code"]
    (front,) = [block for block in shown if isinstance(block, Front)]
    assert front.bottom_line and front.as_of


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; give what its last line is, if that is an expression."""
    *body, last = ast.parse(source).body
    is_shown = isinstance(last, ast.Expr)
    exec(compile(ast.Module(body if is_shown else [*body, last], []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_the_title_is_the_question_of_the_first_page_whatever_its_letters(tmp_path: Path) -> None:
    folder = begin_dossier(tmp_path / "x", title=ODD).folder
    notebook = json.loads((folder / "notebooks" / "situation.ipynb").read_text(encoding="utf-8"))
    (line,) = [line for cell in notebook["cells"] for line in cell["source"] if line.startswith("question = ")]
    (entry, *_) = tomllib.loads((folder / "notebooks" / "briefings.toml").read_text(encoding="utf-8"))["briefing"]
    assert ast.literal_eval(line.removeprefix("question = ")) == ODD == entry["title"] == notebook["metadata"]["title"]
    assert (folder / "README.md").read_text(encoding="utf-8").startswith(f"# {ODD}\n")


@pytest.mark.parametrize("title", ["a\nb", "\x1b[2J", "\u202eno", "x" * 151])
def test_a_title_is_a_line_of_printable_characters(run: Callable[..., Result], title: str) -> None:
    told = run("new", "x", "--title", title)
    assert told.exit_code == 2 and "a title is a line of at most 150 printable characters" in told.stderr
    assert not Path("x").exists()


def test_new_says_in_a_few_lines_what_was_made_and_what_to_type_next(run: Callable[..., Result]) -> None:
    told = run("new", "my harbour")
    assert told.stdout == (
        f"made my harbour: {len(TABLES)} tables and 5 notebooks\n"
        "README.md says what comes next, data/README.md what each column holds. Begin with:\n\n"
        "  cd 'my harbour'\n  briefing build\n  briefing check\n"
    )


def test_in_a_git_repository_new_says_how_outputs_are_kept_out_of_it(run: Callable[..., Result]) -> None:
    Path(".git").mkdir()
    told = run("new", ".").stdout
    assert told.endswith('\n  git config filter.briefing-tidy.clean "briefing tidy -"\n') and "cd " not in told
    assert 'git config filter.briefing-tidy.clean "briefing tidy -"' in Path("README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("there", "told"),
    [
        (
            ("README.md",),
            "x: README.md is there already; new overwrites nothing. Move it away, or name another folder.",
        ),
        (
            ("data/a.csv", ".gitignore"),
            "x: data, .gitignore are there already; new overwrites nothing. Move them away,",
        ),
        ((".github/workflows/briefings.yml",), "x: .github/workflows/briefings.yml is there already"),
    ],
)
def test_new_overwrites_nothing_and_names_what_is_in_the_way(
    run: Callable[..., Result], there: tuple[str, ...], told: str
) -> None:
    for name in there:
        (Path("x") / name).parent.mkdir(parents=True, exist_ok=True)
        (Path("x") / name).write_text("mine")
    result = run("new", "x")
    assert result.exit_code == 2 and result.stderr.startswith(told)
    assert sorted(str(path.relative_to("x")) for path in Path("x").rglob("*") if path.is_file()) == sorted(there)


def test_a_second_new_is_refused_and_changes_nothing(run: Callable[..., Result]) -> None:
    run("new", "x")
    Path("x/data/sources.csv").write_text("mine")
    assert run("new", "x", "--example").exit_code == 2
    assert Path("x/data/sources.csv").read_text() == "mine"


def test_what_is_in_nobodys_way_stays(run: Callable[..., Result]) -> None:
    Path("x/.github/workflows").mkdir(parents=True)
    Path("x/.github/workflows/other.yml").write_text("mine")
    Path("x/data").mkdir()
    assert run("new", "x").exit_code == 0
    assert Path("x/.github/workflows/other.yml").read_text() == "mine" and Path("x/data/README.md").exists()


def test_a_folder_cannot_be_a_file(run: Callable[..., Result]) -> None:
    Path("x").write_text("mine")
    assert run("new", "x").stderr == "x: is a file; a dossier begins in a folder. Name another.\n"


def test_where_a_piece_cannot_be_placed_nothing_is(run: Callable[..., Result]) -> None:
    Path("x").mkdir()
    Path("x/.github").write_text("mine")
    assert run("new", "x").exit_code == 1
    assert [path.name for path in Path("x").iterdir()] == [".github"]


def test_the_workflow_names_what_it_uses_by_commit_and_calls_commands_that_exist(begun: Path) -> None:
    text = (begun / ".github" / "workflows" / "briefings.yml").read_text(encoding="utf-8")
    used = re.findall(r"uses: *(.*)", text)
    assert [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} +# v[\d.]+", name)] == [] != used
    steps = yaml.safe_load(text)["jobs"]["build"]["steps"]
    calls = [step["run"].split()[1:] for step in steps if step.get("run", "").startswith("briefing ")]
    assert [name for name, *_ in calls] == ["tidy", "check", "build"]
    assert all(main.commands[name].make_context(name, rest) for name, *rest in calls)


def test_the_workflow_asks_no_index_for_a_package_of_this_name(begun: Path) -> None:
    lines = (begun / ".github" / "workflows" / "briefings.yml").read_text(encoding="utf-8").splitlines()
    assert [line.split("install ")[1] for line in lines if "pip install" in line] == ["wheels/briefing-*.whl"]


def test_the_commands_in_the_readme_exist(begun: Path) -> None:
    blocks = re.findall(r"```sh\n(.*?)```", (begun / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    words = [shlex.split(line, comments=True)[1:] for block in blocks for line in block.splitlines()]
    calls = [line for line in words if line[0] != "config"]
    assert calls and all(main.commands[name].make_context(name, rest) for name, *rest in calls)


def test_each_file_that_a_dossier_begins_with_is_in_the_wheel(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed; CI has it")
    for name in ("src", "pyproject.toml", "README.md", ".gitignore"):
        whole = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        whole(ROOT / name, tmp_path / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"]
    subprocess.run(build, cwd=tmp_path, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    templates = {path for path in (ROOT / "src/briefing/start/templates").rglob("*.*") if path.suffix != ".pyc"}
    with zipfile.ZipFile(wheel) as listed:
        assert {str(path.relative_to(ROOT / "src")) for path in templates} <= set(listed.namelist())


def words_of_pages(folder: Path) -> dict[str, str]:
    """Give the words of each page in a reports folder, by its address."""
    pages = sorted((folder / "reports").rglob("*.html"))
    return {str(page.relative_to(folder / "reports")): "\n".join(passages(page.read_text("utf-8"))) for page in pages}


@pytest.mark.long
def test_an_empty_dossier_publishes_pages_that_say_that_nothing_is_known(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1956528000")
    run("new", ".", "--title", "Will the harbour be blocked?")
    built = run("build")
    assert (built.exit_code, built.stderr) == (0, "")
    pages = words_of_pages(Path())
    editions = {f"{name}/2032-01-01.html" for name in NOTEBOOKS}
    assert {name for name in pages if name.endswith("2032-01-01.html")} == editions and "index.html" in pages
    assert "Will the harbour be blocked?" in pages["situation/2032-01-01.html"]
    assert "No claim known on this day gives a number." in pages["situation/2032-01-01.html"]
    assert [name for name, words in pages.items() if re.search(r"\bNone\b|\bnan\b|: :|\(\)", words)] == []


@pytest.mark.long
def test_the_example_publishes_full_pages_without_a_warning(run: Callable[..., Result]) -> None:
    run("new", ".", "--example")
    built = run("build")
    assert built.exit_code == 0 and "9 editions: 9 published" in built.stdout and "warning" not in built.output
    pages = words_of_pages(Path())
    front = BeautifulSoup(Path("reports/situation/2031-12-19.html").read_text("utf-8"), "html.parser")
    assert front.h1 is not None and front.h1.get_text() == "Will Corvia close the strait?"
    assert "It is very unlikely (5–20 %) that Corvia closes the strait by 31 March 2032." in str(pages)
    assert "vehicles from Veldania to Corvia" in pages["transfers/veldania/getter-corvia/item-vehicle/2031-12-19.html"]
    assert run("check").exit_code == 0
