"""Starting quickly: what is slow to import and not needed is not imported."""

from __future__ import annotations

import importlib
import sys

#: jsonschema imports it to check the format of IRIs, which nothing here does; it builds parsers for almost a second.
_SLOW = "rfc3987_syntax"


def hide_slow_imports() -> None:
    """Hide it until jsonschema has looked, which is when `nbformat` is imported."""
    if _SLOW in sys.modules or "jsonschema" in sys.modules:
        return
    sys.modules[_SLOW] = None  # type: ignore[assignment]
    try:
        importlib.import_module("jsonschema")
    finally:
        del sys.modules[_SLOW]
