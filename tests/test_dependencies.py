"""What `pyproject.toml` says it needs, against the versions that the tests run with."""

from __future__ import annotations

import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

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
