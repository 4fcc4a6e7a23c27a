"""What `pyproject.toml` says it needs, against the versions that the tests run with."""

from __future__ import annotations

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
