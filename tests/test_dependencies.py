"""What `pyproject.toml` says it needs, against the versions that the tests run with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import metadata, version
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from briefing.editions.fingerprint import list_versions

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
GROUPS = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
NEEDED = [need for need in map(Requirement, chain.from_iterable(GROUPS)) if need.name != PROJECT["name"]]
PINNED = [Requirement(line) for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()]
PINS = {canonicalize_name(pin.name): next(iter(pin.specifier)) for pin in PINNED}


def pin_of(need: Requirement) -> Version:
    return Version(PINS[canonicalize_name(need.name)].version)


def lowest(need: Requirement) -> Version:
    (bound,) = [clause.version for clause in need.specifier if clause.operator == ">="]
    return Version(bound)


def test_every_pin_names_one_version() -> None:
    assert [str(pin) for pin in PINNED if [clause.operator for clause in pin.specifier] != ["=="]] == []


@pytest.mark.parametrize("need", NEEDED, ids=lambda need: need.name)
def test_every_dependency_has_a_pin(need: Requirement) -> None:
    assert canonicalize_name(need.name) in PINS


@pytest.mark.parametrize("need", NEEDED, ids=lambda need: need.name)
def test_a_lower_bound_lets_the_pin_in(need: Requirement) -> None:
    assert need.specifier.contains(pin_of(need))


@pytest.mark.parametrize("need", NEEDED, ids=lambda need: need.name)
def test_a_lower_bound_is_at_most_one_feature_release_older_than_what_is_tested(need: Requirement) -> None:
    pin = pin_of(need)
    assert lowest(need) >= Version(f"{pin.major}.{max(pin.minor - 1, 0)}")


@pytest.mark.parametrize("pin", PINNED, ids=lambda pin: pin.name)
def test_the_oldest_python_that_is_promised_can_have_every_pin(pin: Requirement) -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    is_here = Version(version(pin.name)) in pin.specifier  # `make test-newest` has others
    needs = metadata(pin.name).get("Requires-Python") if is_here else None
    assert needs is None or SpecifierSet(needs).contains(oldest)


def test_a_page_names_the_python_and_the_numpy_that_made_it() -> None:
    assert {"Python", "numpy", "pandas"} <= list_versions().keys()


LOCKED = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCK = {
    canonicalize_name(need.name): need
    for need in map(Requirement, re.findall(r"^(\w[^\\\n]*?) \\$", LOCKED, re.MULTILINE))
}
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]


def test_the_lock_has_every_pin_of_the_constraints_and_no_other_version() -> None:
    assert {name: str(LOCK[name].specifier) for name in PINS} == {name: str(pin) for name, pin in PINS.items()}


def test_the_lock_holds_one_digest_or_more_of_each_package_and_nothing_else() -> None:
    parts = re.split(r"^(?=\w)", LOCKED, flags=re.MULTILINE)[1:]
    assert len(parts) == len(LOCK)
    assert [part for part in parts if not re.fullmatch(r".+ \\\n(    --hash=sha256:[0-9a-f]{64}( \\)?\n)+", part)] == []


@pytest.mark.parametrize("need", [Requirement(need) for need in BUILD], ids=str)
def test_what_builds_the_package_is_pinned_as_the_lock_has_it(need: Requirement) -> None:
    assert need.specifier == LOCK[canonicalize_name(need.name)].specifier


def test_the_list_of_what_is_installed_names_every_package_and_its_version() -> None:
    told = subprocess.run([sys.executable, ROOT / "tools" / "sbom.py"], capture_output=True, text=True, check=True)
    sbom = json.loads(told.stdout)
    listed = {canonicalize_name(each["name"]): each["version"] for each in sbom["components"]}
    assert (sbom["bomFormat"], sbom["specVersion"], sbom["metadata"]["component"]["name"]) == (
        "CycloneDX", "1.6", "briefing",
    )  # fmt: skip
    assert {canonicalize_name(need.name): version(need.name) for need in NEEDED}.items() <= listed.items()
    assert len({each["bom-ref"] for each in sbom["components"]}) == len(listed)


WORKFLOWS = [*ROOT.glob(".github/workflows/*.yml"), *ROOT.glob("docs/schedules/*.yml")]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_names_what_it_uses_by_commit(path: Path) -> None:
    used = re.findall(r"uses: *(.*)", path.read_text(encoding="utf-8"))
    assert [name for name in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} +# v[\d.]+", name)] == [] != used


def test_the_matrix_begins_with_the_oldest_python_that_is_promised() -> None:
    matrix = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    pythons = re.findall(r'"(3\.[\d.]+)"', matrix)
    assert pythons[0] == PROJECT["requires-python"].removeprefix(">=")
    assert pythons[1:5] == ["3.11", "3.12", "3.13", "3.14"]
