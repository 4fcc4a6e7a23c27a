"""The guide for operators says what is there: commands, events, metrics, options, and examples that parse."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

from briefing.cli.main import main
from briefing.editions.catalog import OPTIONS
from briefing.press.metrics import OF_BRIEFINGS, OF_BUILD

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8")
CALLS = re.findall(r"(?<![\w.-])briefing ((?:build|catch-up|status|check) [^`\n\"|]*)", GUIDE)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("call", CALLS)
def test_the_commands_of_the_guide_exist_with_their_options(call: str) -> None:
    name, *words = shlex.split(call)
    assert main.commands[name].make_context(name, words)


def test_the_guide_has_every_metric_and_no_other() -> None:
    told = re.findall(r"^\| `(briefing_\w+)(?:\{[\w,]+\})?` \|", GUIDE, re.MULTILINE)
    assert told == [*OF_BUILD, *OF_BRIEFINGS]
    asked = {name for block in blocks("yaml") for name in re.findall(r"\bbriefing_[a-z_]+", block)}
    assert asked and asked <= set(told)


def test_the_guide_has_every_event_of_a_build() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src" / "briefing" / "cli").glob("*.py"))
    events = set(re.findall(r'(?:log_event|self\.log|write_event\(sys\.stderr,)\(?\s*"(\w+)"', source))
    assert len(events) >= 9 and [event for event in events if f"`{event}`" not in GUIDE] == []


def test_the_examples_of_the_guide_parse() -> None:
    assert all(yaml.safe_load(block) for block in blocks("yaml"))
    assert [entry.keys() <= OPTIONS.keys() for block in blocks("toml") for entry in tomllib.loads(block)["briefing"]]
    assert all(ast.parse(block) for block in blocks("python"))


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)[^)]*\)", GUIDE))
def test_what_the_guide_links_to_is_there(path: str) -> None:
    assert (ROOT / "docs" / path).exists()
