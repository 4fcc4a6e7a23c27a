"""How a forked kernel ends: as Python ends, less the taking apart of what was imported before it was forked."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import threading
from collections.abc import Mapping
from typing import NoReturn


def count_names() -> dict[str, int]:
    """Count the names in each module that is imported."""
    return {name: len(vars(module)) for name, module in list(sys.modules.items()) if hasattr(module, "__dict__")}


def end_process(code: int, *, kept: Mapping[str, int]) -> NoReturn:
    """Wait for threads, run exit functions, let go of what came into modules since they were counted, and end.

    To take pandas and altair apart object by object, in memory that is shared with the warm parent, takes most of the
    time in which an edition ends, and writes nothing for anybody.
    """
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for name, module in list(sys.modules.items()):
        names, known = getattr(module, "__dict__", {}), kept.get(name, 0)
        for new in list(names)[known:] if len(names) > known else ():  # to touch the others copies their memory
            names.pop(new, None)
    gc.collect()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    os._exit(code)
