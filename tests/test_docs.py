import ast
import doctest
import re
import shlex
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

import briefing
from briefing.cli.main import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("gallery.md", "outputs.md"))
GALLERY = re.findall(r"```pycon\n(.*?)```", SHOWN, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
SHELL = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
COMMANDS = [shlex.split(line, comments=True)[1:] for line in SHELL if line.startswith(".venv/bin/briefing ")]


def test_the_readme_has_examples():
    assert PYTHON
    assert COMMANDS


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_of_the_readme_runs_and_says_what_the_readme_says(code, monkeypatch):
    monkeypatch.chdir(ROOT)
    *lines, last = code.strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join(lines), names)
    said = eval(last, names)
    words = "".join(span if isinstance(span, str) else span.text for span in said.text)
    assert words.removesuffix(".") in README.replace("\n", " ")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_commands_of_the_readme_exist_with_their_options(words):
    command = main.commands[words[0]]
    command.make_context(words[0], words[1:])


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_says_what_it_does(command):
    told = main.commands[command].get_short_help_str(200)
    assert told.endswith(".")
    assert main.commands[command].get_help(click.Context(main.commands[command]))


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", README))
def test_what_the_readme_links_to_is_there(path):
    assert (ROOT / path).exists()


@pytest.mark.parametrize("code", GALLERY)
def test_the_gallery_says_what_it_says(code):
    example = doctest.DocTestParser().get_doctest(code, {"b": briefing}, "docs/gallery.md", "docs/gallery.md", 0)
    options = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    assert example.examples
    assert doctest.DocTestRunner(optionflags=options).run(example).failed == 0


def test_the_pages_of_verbs_tables_and_rules_say_what_the_code_says() -> None:
    told = subprocess.run([sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, text=True)
    assert told.stdout + told.stderr == ""


@pytest.mark.parametrize("verb", sorted(set(briefing.__all__) - {"read_example"}))
def test_a_notebook_or_the_gallery_uses_every_verb(verb):
    shown = [*GALLERY, *(path.read_text(encoding="utf-8") for path in ROOT.glob("notebooks/*.ipynb"))]
    assert any(re.search(rf"\bb\.{verb}\(", text) for text in shown)


@pytest.mark.parametrize("script", sorted(ROOT.glob("bench/*.py")), ids=lambda path: path.name)
def test_what_a_benchmark_takes_from_the_library_is_there(script: Path) -> None:
    tree = ast.parse(script.read_text(encoding="utf-8"))
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and "briefing" in str(node.module)]
    lost = [
        f"{node.module}.{name.name}"
        for node in taken
        for name in node.names
        if not hasattr(import_module(str(node.module)), name.name)
    ]
    assert lost == []


ENGINE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
TESTS = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("tests/engine/*.py"))


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", ENGINE))))
def test_a_difference_from_papermill_is_shown_by_a_test_that_is_there(name):
    assert f"def {name}(" in TESTS
