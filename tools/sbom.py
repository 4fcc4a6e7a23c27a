"""Lists what is installed beside this script's Python, as CycloneDX 1.6 has it: ``python tools/sbom.py > sbom.json``.

The same environment gives the same bytes: no time, no random number stands in it.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import Distribution, distributions
from typing import Any


def make_sbom() -> dict[str, Any]:
    """Give the packages that are installed, each with its version, licence and address at its index."""
    installed = {_normal(package): package for package in distributions() if package.metadata["Name"]}
    own = installed.pop("briefing")
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _describe(own, kind="application")},
        "components": [_describe(package, kind="library") for _, package in sorted(installed.items())],
    }


def _describe(package: Distribution, *, kind: str) -> dict[str, Any]:
    address = f"pkg:pypi/{_normal(package)}@{package.version}"
    told = {"type": kind, "bom-ref": address, "name": package.metadata["Name"], "version": package.version}
    licence = package.metadata.get("License-Expression")
    return told | {"purl": address} | ({"licenses": [{"expression": licence}]} if licence else {})


def _normal(package: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()


if __name__ == "__main__":
    print(json.dumps(make_sbom(), indent=2))
