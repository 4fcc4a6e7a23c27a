"""Following saves: watches the folders, and makes the pages anew that somebody looks at.

What is said of a change is never trusted, and only wakes: how the files stand is then looked at. So an editor that
saves by renaming, a folder that goes and comes back, and ten saves in a second are all the same.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from watchfiles import awatch

from briefing.errors import BriefingError
from briefing.preview.asked import Desk, Wanted, ask_now, list_names, stamp_desk
from briefing.preview.maker import Maker
from briefing.preview.trouble import Trouble, tell_error, tell_flaws

#: How long changes are gathered that come one after the other, in milliseconds.
_GATHERED, _STEP = 10, 5

#: How often it is looked whether something changed that nobody told of, in milliseconds.
_LOOK = 1000

#: How many seconds a file may be half written before what is wrong with it is told.
_HALF_WRITTEN = 0.1

#: How many seconds a run may go on when somebody has saved again.
_OUTDATED = 2

#: How many seconds a browser has to show a page before kernels are started for the next.
_SHOWN = 0.5


@dataclass(slots=True)
class View:
    """What is known of the page of a briefing."""

    name: str
    edition: str = ""
    page: bytes = field(default=b"", repr=False)  #: the last good page
    number: int = 0  #: how many good pages there have been
    told: Trouble | None = None  #: why there is no newer one
    is_making: bool = False
    seconds: float = 0.0  #: how long the last one took
    stamps: object = None  #: how the files stood from which it was made


@dataclass(slots=True)
class Follower:
    """Follows the saves of a desk, for everybody who looks."""

    desk: Desk
    maker: Maker
    say: Callable[[View], None] = lambda view: None  #: is told of each page, and of each that cannot be made
    names: tuple[str, ...] = ()
    views: dict[str, View] = field(default_factory=dict)
    lookers: Counter[str] = field(default_factory=Counter)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    making: asyncio.Task[Any] | None = None
    chore: asyncio.Task[None] | None = None
    is_over: bool = False  #: whether it follows no more

    def view(self, name: str) -> View:
        """Give what is known of the page of a briefing."""
        return self.views.setdefault(name, View(name))

    @asynccontextmanager
    async def looking(self, name: str) -> AsyncIterator[View]:
        """Follow the page of a briefing for as long as somebody looks at it."""
        self.lookers[name] += 1
        self.wake.set()
        try:
            yield self.view(name)
        finally:
            self.lookers[name] -= 1

    async def run(self) -> None:
        """Follow until it is cancelled; every process is ended then."""
        self.maker.open()
        self.wake.set()
        watching = asyncio.create_task(self._watch())
        try:
            while True:
                await self.wake.wait()
                self.wake.clear()
                with suppress(BriefingError):  # which is told with the page
                    self.names = list_names(self.desk)
                for name in [name for name, number in self.lookers.items() if number]:
                    await self._refresh(self.view(name))
        finally:
            self.is_over = True
            self._tell()
            await self.maker.break_off()
            tasks = [task for task in (watching, self.making, self.chore) if task is not None]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.maker.close()

    async def _watch(self) -> None:
        """Wake at every change in the folders; where one is gone, wait for it to come back."""
        while True:
            folders = [folder for folder in self.desk.folders if folder.is_dir()]
            known = [folder.stat().st_ino for folder in folders]
            with suppress(OSError, RuntimeError):
                async for _ in awatch(
                    *folders, debounce=_GATHERED, step=_STEP, rust_timeout=_LOOK, yield_on_timeout=True, recursive=False
                ):
                    self.wake.set()
                    if [_number(folder) for folder in folders] != known or len(folders) < len(self.desk.folders):
                        break
            await asyncio.sleep(_HALF_WRITTEN)

    async def _refresh(self, view: View) -> None:
        """Make a page anew where its files have changed; where they change again meanwhile, it is made again."""
        now = stamp_desk(self.desk)
        if now == view.stamps:
            return
        view.is_making = True
        self._tell()
        began = time.monotonic()
        self.making = making = asyncio.create_task(self._make(view.name))
        await self._await_page(making, now)
        asked, page, told = await making
        if told is not None:
            await asyncio.sleep(_HALF_WRITTEN)
        if told is not None and stamp_desk(self.desk) != now:
            self.wake.set()
            return
        view.stamps, view.is_making, view.told = now, False, told
        view.seconds = time.monotonic() - began
        if asked is not None:
            view.edition = asked.edition.name
        if told is None and page != view.page:
            view.page, view.number = page, view.number + 1
        self._tell()
        self.say(view)
        if stamp_desk(self.desk) != now:
            self.wake.set()
        elif asked is not None:
            self._get_ready(asked)

    async def _await_page(self, making: asyncio.Task[Any], now: object) -> None:
        """Wait for a page; where somebody saves again, for a moment only: a cell may run for ever."""
        woken = False
        while not making.done():
            waking = asyncio.create_task(self.wake.wait())
            await asyncio.wait({making, waking}, return_when=asyncio.FIRST_COMPLETED)
            waking.cancel()
            if not making.done():
                woken = True
                self.wake.clear()
            if not making.done() and stamp_desk(self.desk) != now:
                await asyncio.wait({making}, timeout=_OUTDATED)
                if not making.done():
                    await self.maker.break_off()
                    await making
        if woken:  # somebody may look at another page by now
            self.wake.set()

    async def _make(self, name: str) -> tuple[Wanted | None, bytes, Trouble | None]:
        """Make a page: what was asked, the page, and what is wrong where there is none."""
        asked = None
        try:
            asked = ask_now(self.desk, name)
            shown = await self.maker.make(asked)
        except Exception as error:
            return asked, b"", tell_error(error)
        return asked, shown.page.encode(), tell_flaws(shown.flaws) if shown.flaws else None

    def _get_ready(self, asked: Wanted) -> None:
        async def wait_and_stand_by() -> None:
            await asyncio.sleep(_SHOWN)
            with suppress(RuntimeError, OSError):  # the next save starts its own kernel
                await self.maker.stand_by(asked)

        if self.chore is not None:
            self.chore.cancel()
        self.chore = asyncio.create_task(wait_and_stand_by())

    def _tell(self) -> None:
        """Wake everybody who waits for news."""
        news, self.news = self.news, asyncio.Event()
        news.set()


def _number(folder: Any) -> int:
    with suppress(OSError):
        return int(folder.stat().st_ino)
    return 0
