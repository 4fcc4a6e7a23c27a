"""The examples of docs/schedules: each is run, or parsed as far as it can be here."""

from __future__ import annotations

import ast
import configparser
import json
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
import yaml
from cronsim import CronSim
from nbconvert import get_exporter

from briefing.cli.main import main
from briefing.editions.catalog import OPTIONS
from briefing.values.clock import now

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "schedules"
GUIDE = (ROOT / "docs" / "schedules.md").read_text(encoding="utf-8")
CRON = [line.split(maxsplit=5) for line in (EXAMPLES / "crontab").read_text().splitlines() if line[0] != "#"]
HOME = "/srv/briefing"
ENTRY = '[[briefing]]\nnotebook = "tiny"\nschedule = "0 6 * * *"\n'
GOOD = "from briefing.blocks.blocks import Prose\nProse(text=('Yes.',))"


def commands_in(text: str) -> list[list[str]]:
    """Give the calls of briefing in a line of shell: the command and its options."""
    calls = re.findall(r"(?<![\w./-])(?:[\w./]*/)?briefing ([a-z][^&|;>)\n]*)", text)
    return [[word for word in shlex.split(call) if not word.startswith("2>")] for call in calls]


def parse(words: list[str]) -> click.Context:
    """Have click parse a call; it fails where a command or an option does not exist."""
    return main.commands[words[0]].make_context(words[0], words[1:])


@pytest.fixture
def home(tmp_path: Path, write_notebook: Callable[..., Path]) -> Path:
    """Give a folder such as the examples expect: notebooks, data, and .venv/bin/briefing."""
    (write_notebook(GOOD).parent / "briefings.toml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "briefing").symlink_to(Path(sys.executable).parent / "briefing")
    return tmp_path


def sh(line: str, home: Path) -> subprocess.CompletedProcess[str]:
    moved = line.replace(HOME, str(home))
    return subprocess.run(["sh", "-c", moved], capture_output=True, text=True, cwd="/", check=False)


def test_the_lines_of_the_crontab_do_what_they_say(home: Path) -> None:
    catch_up, status = (line[5] for line in CRON)
    assert "no build ended within 26 hours" in sh(status, home).stdout
    made = sh(catch_up, home)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    assert "1 edition: 1 published" in (home / "briefing.log").read_text()
    assert sh(status, home).stdout == ""


@pytest.mark.parametrize("line", CRON, ids=lambda line: line[5])
def test_the_times_of_the_crontab_are_cron_lines(line: list[str]) -> None:
    assert next(CronSim(" ".join(line[:5]), now()))
    assert "%" not in line[5], "cron ends a command at a percent sign"


def test_the_readme_has_a_line_of_the_crontab() -> None:
    assert "  ".join([" ".join(CRON[0][:5]), CRON[0][5]]) in (ROOT / "README.md").read_text(encoding="utf-8")


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string((EXAMPLES / name).read_text(encoding="utf-8"))
    return read


SERVICES = ["briefing.service", "briefing-status.service", "briefing-failed.service"]
TIMERS = ["briefing.timer", "briefing-status.timer"]


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_calls_a_command_that_exists_as_a_user_of_its_own(name: str) -> None:
    service = unit(name)["Service"]
    (words,) = commands_in(service["ExecStart"])
    assert f"{service['WorkingDirectory']}/.venv/bin/briefing" in service["ExecStart"] and parse(words)
    assert service["Type"] == "oneshot" and service["User"] == "briefing"


def test_who_is_told_of_a_failure_is_a_service_that_is_there_and_a_busy_build_is_none() -> None:
    assert {unit(name)["Unit"]["OnFailure"] for name in SERVICES[:2]} == {SERVICES[2]}
    assert unit(SERVICES[0])["Service"]["SuccessExitStatus"] == "4"


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_wakes_the_service_of_its_name(name: str) -> None:
    timer = unit(name)
    assert (EXAMPLES / name).with_suffix(".service").name in SERVICES
    assert re.fullmatch(r"\*-\*-\* \*:[0-5]\d:00", timer["Timer"]["OnCalendar"])
    assert timer["Timer"]["Persistent"] == "yes" and timer["Install"]["WantedBy"] == "timers.target"


def test_the_container_and_the_cron_job_call_the_same_command_and_it_exists() -> None:
    lines = (EXAMPLES / "Dockerfile").read_text(encoding="utf-8").splitlines()
    told = {line.split()[0]: line.split(maxsplit=1)[1] for line in lines if line[:1].isupper()}
    job = yaml.safe_load((EXAMPLES / "cronjob.yaml").read_text(encoding="utf-8"))["spec"]
    pod = job["jobTemplate"]["spec"]["template"]["spec"]
    assert json.loads(told["CMD"]) == pod["containers"][0]["args"] and parse(pod["containers"][0]["args"])
    assert told["USER"] == str(pod["securityContext"]["runAsUser"]) and json.loads(told["ENTRYPOINT"]) == ["briefing"]
    assert next(CronSim(job["schedule"], now())) and job["concurrencyPolicy"] == "Forbid"
    copied = [name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]]
    assert all((ROOT / name).exists() for name in copied)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed; the two tests above parse the units")
    for name in (*SERVICES, *TIMERS):
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        there = text.replace(f"{HOME}/.venv/bin", str(Path(sys.executable).parent)).replace(HOME, str(tmp_path))
        (tmp_path / name).write_text(there, encoding="utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in (*SERVICES, *TIMERS))]
    told = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


def steps() -> list[dict[str, Any]]:
    workflow = yaml.safe_load((EXAMPLES / "github-actions.yml").read_text(encoding="utf-8"))
    assert next(CronSim(workflow[True]["schedule"][0]["cron"], now()))  # YAML takes the key `on` for a truth
    return list(workflow["jobs"]["build"]["steps"])


def test_the_workflow_calls_commands_that_exist() -> None:
    lines = [step["run"] for step in steps() if "run" in step]
    calls = [words for line in lines for words in commands_in(line)]
    assert [words[0] for words in calls] == ["check", "build", "status"]
    assert all(parse(words) for words in calls)


def test_the_workflow_keeps_what_was_built_although_something_failed() -> None:
    (saved,) = [step for step in steps() if step.get("uses", "").startswith("actions/cache/save@")]
    (restored,) = [step for step in steps() if step.get("uses", "").startswith("actions/cache/restore@")]
    assert saved["if"] == "always()" and saved["with"]["key"] == restored["with"]["key"]
    assert saved["with"]["key"].startswith(restored["with"]["restore-keys"])


def test_the_workflow_installs_an_extra_that_exists_and_names_no_secret_on_a_command_line() -> None:
    lines = [step["run"] for step in steps() if "run" in step]
    (extra,) = re.findall(r"\[(\w+)\]", lines[0])
    assert f"\n{extra} = [" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert "secrets" not in "".join(lines)


def test_the_dag_calls_commands_that_exist() -> None:
    tree = ast.parse((EXAMPLES / "airflow_dag.py").read_text(encoding="utf-8"))
    given = [keyword for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords]
    shell = [ast.literal_eval(keyword.value) for keyword in given if keyword.arg == "bash_command"]
    calls = [words for line in shell for words in commands_in(line)]
    assert [words[0] for words in calls] == ["check", "catch-up", "status"]
    assert all(parse(words) for words in calls)
    (line,) = [ast.literal_eval(keyword.value) for keyword in given if keyword.arg == "schedule"]
    assert next(CronSim(line, now()))


def test_the_last_task_of_the_dag_follows_all_others_so_that_none_fails_unseen() -> None:
    tree = ast.parse((EXAMPLES / "airflow_dag.py").read_text(encoding="utf-8"))
    tasks = {
        target.id: {keyword.arg: ast.unparse(keyword.value) for keyword in node.value.keywords}
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    *others, last = tasks
    chains = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.BinOp)]
    followed = [ast.unparse(chain.left) for chain in chains if ast.unparse(chain.right) == last]
    assert followed == [f"[{', '.join(others)}]"] and tasks[last]["trigger_rule"] == "'none_failed'"


@pytest.mark.parametrize("words", commands_in("\n".join(re.findall(r"`(briefing [^`]+)`", GUIDE))), ids=" ".join)
def test_the_commands_of_the_guide_exist_with_their_options(words: list[str]) -> None:
    assert parse(words)


@pytest.mark.parametrize("path", re.findall(r"\]\((?!http)([^)#]+)\)", GUIDE))
def test_what_the_guide_links_to_is_there(path: str) -> None:
    assert (ROOT / "docs" / path).exists()


def test_the_entry_of_the_guide_has_options_of_the_catalog() -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    (entry,) = tomllib.loads(text)["briefing"]
    assert entry.keys() <= OPTIONS.keys()
    assert next(CronSim(entry["schedule"], now()))


def run_server_config(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Run the settings for jupyter-scheduler, which is not installed here, and give them; its classes do nothing."""
    environment = {"list_environments": lambda self: [SimpleNamespace(output_formats=["ipynb", "html"])]}
    environment["output_formats_mapping"] = lambda self: {"ipynb": "Notebook", "html": "HTML"}
    names = {"get_job_filenames": lambda self, model: {name: f"a.{name}" for name in model.output_formats}}
    parts = {"environments": ("CondaEnvironmentManager", environment), "scheduler": ("Scheduler", names)}
    for module, (name, methods) in parts.items():
        made = SimpleNamespace(**{name: type(name, (), methods)})
        monkeypatch.setitem(sys.modules, f"jupyter_scheduler.{module}", made)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "jupyter_scheduler", SimpleNamespace())  # type: ignore[arg-type]
    config = SimpleNamespace(SchedulerApp=SimpleNamespace())
    runpy.run_path(str(EXAMPLES / "jupyter_server_config.py"), {"get_config": lambda: config})
    return config.SchedulerApp


def test_jupyter_scheduler_lists_an_exporter_that_nbconvert_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    environments = run_server_config(monkeypatch).environment_manager_class()
    (environment,) = environments.list_environments()
    assert environment.output_formats == list(environments.output_formats_mapping())
    assert get_exporter(environment.output_formats[-1]).export_from_notebook == "Briefing"


@pytest.mark.parametrize(
    ("formats", "names"),
    [(["html"], {"html": "a.html"}), (["briefing"], {"briefing": "a.briefing.html"})],
    ids=["without one", "with one"],
)
def test_a_page_of_jupyter_scheduler_is_named_as_a_page(
    monkeypatch: pytest.MonkeyPatch, formats: list[str], names: dict[str, str]
) -> None:
    scheduler = run_server_config(monkeypatch).scheduler_class()
    assert scheduler.get_job_filenames(SimpleNamespace(output_formats=formats)) == names
