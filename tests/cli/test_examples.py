"""Every command's help ends with an example that can be typed; shells complete what is typed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from briefing.cli.main import main

BIN = Path(sys.executable).parent
DOC = (Path(__file__).parents[2] / "docs" / "completion.md").read_text(encoding="utf-8")


def list_commands(group: click.Group, *path: str) -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield " ".join([*path, name]), command
        if isinstance(command, click.Group):
            yield from list_commands(command, *path, name)


COMMANDS = dict(list_commands(main))


def examples_of(command: click.Command) -> list[list[str]]:
    lines = re.findall(r"^Example: (.*)$", command.epilog or "", re.MULTILINE)
    return [shlex.split(part)[1:] for line in lines for part in line.split("; then ")]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_of_itself_in_its_help(name: str) -> None:
    told = COMMANDS[name].get_help(click.Context(COMMANDS[name], info_name=name))
    assert "Example: briefing " in " ".join(told.split())
    assert all(words[: len(name.split())] == name.split() for words in examples_of(COMMANDS[name]))


@pytest.mark.parametrize(
    "words", [words for command in COMMANDS.values() for words in examples_of(command)], ids=" ".join
)
def test_every_example_can_be_typed(words: list[str]) -> None:
    command: click.Command = main
    context = click.Context(main, info_name="briefing")
    while isinstance(command, click.Group):
        name, *words = words
        found = command.get_command(context, name)
        assert found is not None
        command = found
    command.make_context(command.name, list(words), parent=context)


def complete(*words: str, shell: str = "bash", folder: Path | None = None) -> list[str]:
    asked = {
        "_BRIEFING_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    ran = subprocess.run([BIN / "briefing"], env=os.environ | asked, cwd=folder, capture_output=True, text=True)
    assert ran.stderr == ""
    return ran.stdout.split()


def test_a_shell_is_told_commands_and_rules(tmp_path: Path) -> None:
    assert complete("briefing", "ch") == ["plain,check"]
    assert complete("briefing", "check", "--explain", "F1", folder=tmp_path)[0] == "plain,F10"


def test_a_shell_is_told_the_notebooks_and_editions_that_are_near(write_notebook, small: Path) -> None:
    path = write_notebook("1")
    (path.parent / "briefings.toml").write_text('[[briefing]]\nnotebook = "tiny"', encoding="utf-8")
    assert complete("briefing", "render", "", folder=path.parent) == ["plain,tiny"]
    assert complete("briefing", "why", "t", folder=path.parent) == ["plain,tiny/2031-04-12"]


@pytest.mark.parametrize("words", [("render", ""), ("why", "")])
def test_where_nothing_is_near_nothing_is_offered_and_nothing_said(words: tuple[str, str], tmp_path: Path) -> None:
    assert complete("briefing", *words, folder=tmp_path) == []


def test_the_line_for_bash_completes_in_a_real_bash() -> None:
    (line,) = re.findall(r"echo '(.*)' >> ~/.bashrc", DOC)
    typed = "COMP_WORDS=(briefing ca) COMP_CWORD=1; _briefing_completion briefing; echo ${COMPREPLY[@]}"
    path = {"PATH": f"{BIN}:{os.environ['PATH']}"}
    ran = subprocess.run(["bash", "-c", f"{line}\n{typed}"], env=os.environ | path, capture_output=True, text=True)
    assert ran.stdout == "catch-up\n", ran.stderr


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_script_for_another_shell_is_given_and_understood_where_that_shell_is(shell: str, tmp_path: Path) -> None:
    assert f"_BRIEFING_COMPLETE={shell}_source briefing" in DOC
    asked = {"_BRIEFING_COMPLETE": f"{shell}_source"}
    ran = subprocess.run([BIN / "briefing"], env=os.environ | asked, capture_output=True, text=True, check=True)
    assert f"_BRIEFING_COMPLETE={shell}_complete" in ran.stdout
    (tmp_path / "script").write_text(ran.stdout, encoding="utf-8")
    if shutil.which(shell):
        subprocess.run([shell, "-n", tmp_path / "script"], check=True)
