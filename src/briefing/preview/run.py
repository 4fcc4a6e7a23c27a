"""Running the preview until somebody ends it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from briefing.engine.environment import ensure_home
from briefing.engine.folders import open_folder, sweep_folders
from briefing.engine.launcher import short_place
from briefing.preview.asked import Desk
from briefing.preview.server import serve_preview

#: What ends it: a person, a closed terminal, a scheduler.
_ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_until_ended(desk: Desk, **options: Callable[..., Any] | int) -> None:
    """Serve the preview of a desk until a signal ends it, and leave no process and no folder behind.

    The options are those of `server.serve_preview`.
    """
    sweep_folders(short_place())
    with open_folder("home-", place=short_place()) as folder:
        ensure_home(folder)
        asyncio.run(_serve(desk, **options))


async def _serve(desk: Desk, **options: Any) -> None:
    serving = asyncio.create_task(serve_preview(desk, **options))
    loop = asyncio.get_running_loop()
    for number in _ENDS:
        loop.add_signal_handler(number, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving
