"""Papermill without the stores that it can take notebooks from: nobody here does, and they take half a second."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

#: What papermill asks for and does without where it is not installed.
_STORES = ("boto3", "azure", "gcsfs", "github")
_WEB = "requests"


def import_papermill() -> None:
    """Import papermill as where no store is installed; what speaks to the web is imported when papermill uses it."""
    if "papermill" in sys.modules:
        return
    unused = [name for name in _STORES if name not in sys.modules]
    modules: dict[str, Any] = sys.modules
    modules.update(dict.fromkeys(unused))  # an import of what is `None` there fails as that of what is missing
    stand_in = _make_stand_in()
    modules.setdefault(_WEB, stand_in)
    try:
        importlib.import_module("papermill")
    finally:
        for name in unused:
            modules.pop(name, None)
        _let_go(stand_in)


def _make_stand_in() -> ModuleType:
    """Make a module that gives what the one that speaks to the web has, once somebody asks it for that."""
    stand_in = ModuleType(_WEB)

    def find(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _let_go(stand_in)
        return getattr(importlib.import_module(_WEB), name)

    vars(stand_in)["__getattr__"] = find
    return stand_in


def _let_go(stand_in: ModuleType) -> None:
    if sys.modules.get(_WEB) is stand_in:
        del sys.modules[_WEB]
