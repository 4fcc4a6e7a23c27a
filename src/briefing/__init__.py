"""The desk: with ``import briefing as b`` an analyst reads a dossier, compares claims and writes.

Nothing else is public (`desk` lists it). The press, which turns notebooks into pages, is used from the command line.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.desk import *  # noqa: F403


def __getattr__(name: str) -> Any:
    # The desk draws with pandas and altair, which take a second to import; the command line answers without them.
    # No module has the name of a verb, so that importing one never puts it in a verb's place.
    from importlib import import_module

    if name == "__all__":
        return import_module("briefing.desk").__all__
    if name.startswith("_"):
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    desk = import_module("briefing.desk")
    if name not in desk.__all__:
        from briefing.errors import did_you_mean

        told = did_you_mean(name, desk.__all__)
        raise AttributeError(f'"{name}" is not in the vocabulary; `dir(briefing)` lists it. {told}')
    return getattr(desk, name)


def __dir__() -> list[str]:
    from importlib import import_module

    return sorted(import_module("briefing.desk").__all__)
