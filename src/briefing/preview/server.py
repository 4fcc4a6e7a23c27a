"""The server of the preview: on this machine alone, and for whoever has its address, which holds a secret."""

from __future__ import annotations

import asyncio
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tornado import web
from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.netutil import bind_sockets

from briefing.errors import UsageError
from briefing.preview.asked import Desk, list_names
from briefing.preview.follow import Follower, View
from briefing.preview.kernels import Kernels
from briefing.preview.maker import Maker
from briefing.preview.shell import write_shell

#: The only address on which it listens: nobody on another machine reaches it.
_HERE = "127.0.0.1"

#: How a browser may call this machine. A page elsewhere can point a name of its own here, and its browser then says
#: that name.
_OUR_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})

#: What every answer is sent with.
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

#: A stream says every so many seconds that it is there, so that one whose reader is gone ends.
_HEARTBEAT = 15


@dataclass(frozen=True, slots=True)
class Door:
    """What the server answers with."""

    follower: Follower
    token: str

    def path(self, name: str) -> str:
        """Give the path of the page of a briefing, as it is looked at."""
        return f"/{self.token}/{quote(name, safe='')}"


class Looks(web.RequestHandler):
    """Answers whoever has the secret: with the shell, the page itself, or a stream of news."""

    def initialize(self, door: Door) -> None:
        """Take what it answers with."""
        self._door = door

    def set_default_headers(self) -> None:
        """Say with every answer that nobody else has any use for it."""
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say no in a line, without a trace."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        error = kwargs.get("exc_info", (None, None, None))[1]
        self.finish(f"{status_code}: {getattr(error, 'reason', None) or 'this is a fault of ours'}\n")

    async def get(self, token: str, name: str, what: str | None) -> None:
        """Answer a request."""
        if self.request.host_name.lower() not in _OUR_NAMES:
            raise web.HTTPError(403, reason="This server answers to 127.0.0.1 and localhost")
        if not hmac.compare_digest(token.encode(), self._door.token.encode()):
            raise web.HTTPError(403, reason="Take the address that briefing preview has printed")
        follower = self._door.follower
        if not name and follower.names:
            self.redirect(self._door.path(follower.names[0]))
        elif name not in follower.names:
            raise web.HTTPError(404, reason="The catalog lists no such briefing")
        elif what == "events":
            await self._tell_news(name)
        elif what == "page":
            self._show_page(follower.view(name))
        else:
            self._show_shell(name)

    def _show_shell(self, name: str) -> None:
        links = [(other, self._door.path(other)) for other in self._door.follower.names]
        page, policy = write_shell(name, links=links)
        self.set_header("Content-Security-Policy", policy)
        self.finish(page)

    def _show_page(self, view: View) -> None:
        """Send the last good page, byte for byte."""
        if not view.page:
            raise web.HTTPError(404, reason="There is no page yet")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", "frame-ancestors 'self'")
        self.finish(view.page)

    async def _tell_news(self, name: str) -> None:
        """Send how the page stands, and again whenever that changes, until the reader is gone."""
        follower = self._door.follower
        self.set_header("Content-Type", "text/event-stream")
        async with follower.looking(name) as view:
            while not follower.is_over:
                news = follower.news
                try:
                    self.write(f"data: {json.dumps(_describe(view))}\n\n")
                    await self.flush()
                    await asyncio.wait_for(news.wait(), _HEARTBEAT)
                except TimeoutError:
                    continue
                except StreamClosedError:
                    return


def _describe(view: View) -> dict[str, Any]:
    told = view.told.to_dict() if view.told else None
    cells = {"edition": view.edition, "number": view.number, "making": view.is_making, "seconds": view.seconds}
    return cells | {"told": told}


async def serve_preview(
    desk: Desk, *, port: int = 0, say: Callable[[View], None] = lambda view: None, begin: Callable[[str], None]
) -> None:
    """Serve until it is cancelled; `begin` is told the address once the server listens.

    Raises `UsageError` where the port is taken.
    """
    follower = Follower(desk, Maker(Kernels(desk.data)), say, list_names(desk))
    door = Door(follower, secrets.token_urlsafe(24))
    try:
        (socket,) = bind_sockets(port, address=_HERE)
    except OSError as error:
        rule = "a preview listens on a port of its own"
        raise UsageError(f"--port {port}: {error.strerror}; {rule}. Name another, or none.") from None
    place = r"/([^/]+)/?([^/]*)(?:/(page|events))?"
    app = web.Application([(place, Looks, {"door": door})], log_function=lambda handler: None)
    server = HTTPServer(app)
    server.add_sockets([socket])
    begin(f"http://{_HERE}:{socket.getsockname()[1]}{door.path(follower.names[0])}")
    try:
        await follower.run()
    finally:
        server.stop()
        await server.close_all_connections()
