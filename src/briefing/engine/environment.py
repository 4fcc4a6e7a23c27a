"""What a kernel is told of the machine: an environment that is named, not inherited."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from briefing.dossier.files import DATA_VARIABLE
from briefing.errors import UsageError

#: How a kernel is told its limits: ``{"fence": true, "memory": 2048}``, in megabytes.
LIMITS_VARIABLE = "BRIEFING_LIMITS"

#: What a kernel is told of the machine. Nothing else of the press's environment reaches it, unless it is named.
PASSED_ON = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT",
    "SOURCE_DATE_EPOCH",
)  # fmt: skip

#: The names that Jupyter uses for whatever Python there is.
OURS = ("python", "python3")

#: How many megabytes a kernel may take beyond what it has when it starts, where nothing else is said.
MEMORY_LIMIT = 2048


def name_environment(
    *, data: Path | None = None, named: Iterable[str] = (), memory_limit: int | None = None
) -> dict[str, str]:
    """Give the environment of an edition's kernel, which may take so many megabytes.

    `named` are further variables to pass on. Raises `UsageError` where one is not set.
    """
    missing = [name for name in named if name not in os.environ]
    if missing:
        raise UsageError(
            f"environment: {missing[0]} is not set; a named variable is passed on. Set it or leave it out."
        )
    passed = {name: os.environ[name] for name in (*PASSED_ON, *named) if name in os.environ}
    told = {DATA_VARIABLE: str(data.resolve())} if data else {}
    limits = {"fence": True, "memory": memory_limit or MEMORY_LIMIT}
    return passed | {"TZ": "UTC", "PYTHONHASHSEED": "0", LIMITS_VARIABLE: json.dumps(limits)} | told


#: What a worker is told beside that: where temporary files, caches and fonts lie, and how Python and its libraries run.
_OF_WORKERS = ("TMPDIR", "TEMP", "TMP", "PYTHON", "FONTCONFIG_", "XDG_", "OPENBLAS_", "OMP_")


def name_workers_environment() -> dict[str, str]:
    """Give the environment of the press's workers: nothing of its credentials, which a worker has no use for."""
    return {name: value for name, value in os.environ.items() if name in PASSED_ON or name.startswith(_OF_WORKERS)}


def ensure_home(folder: Path) -> None:
    """Name a private folder as home where there is none: a container's user has none, and Jupyter looks into it."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = str(folder)
