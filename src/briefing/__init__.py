"""The desk: with ``import briefing as b`` an analyst reads a dossier, compares claims and writes.

Nothing else is public (`desk` lists it). The press, which turns notebooks into pages, is used from the command line.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.desk import *  # noqa: F403


def __getattr__(name: str) -> Any:
    # The desk draws with pandas and altair, which take a second to import; the command line answers without them.
    from importlib import import_module

    if name.startswith("_") and name != "__all__":
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    desk = import_module("briefing.desk")
    # A verb may have the name of its module (`totals`), which the import has just put in its place.
    globals().update({verb: getattr(desk, verb) for verb in desk.__all__})
    if name != "__all__" and name not in desk.__all__:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    return getattr(desk, name)


def __dir__() -> list[str]:
    from importlib import import_module

    return sorted(import_module("briefing.desk").__all__)
