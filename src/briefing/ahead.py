"""To be imported before altair, nbformat or nbconvert: they import jsonschema, which imports a grammar of addresses.

Where `rfc3987_syntax` is installed, as JupyterLab has it, that grammar takes one to seven seconds of every process, and
nothing here asks for it. It is imported when somebody asks jsonschema whether a text is an IRI.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType

_SLOW = "rfc3987_syntax"


def _is_valid_syntax(term: str, value: str) -> bool:
    return bool(importlib.import_module(_SLOW).is_valid_syntax(term, value))


def _import_jsonschema() -> None:
    """Import jsonschema with a stand-in for the grammar, which asks the grammar when it is asked."""
    if _SLOW in sys.modules or "jsonschema" in sys.modules or find_spec(_SLOW) is None:
        return
    stand_in = ModuleType(_SLOW)
    vars(stand_in)["is_valid_syntax"] = _is_valid_syntax
    sys.modules[_SLOW] = stand_in
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[_SLOW]


_import_jsonschema()
