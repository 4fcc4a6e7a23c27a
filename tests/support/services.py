"""A small web service on this machine: it writes down what it is told, and answers as it is asked to."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """What a service was told in one request."""

    path: str
    body: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Service:
    """A service, what it was told, and how it answers: statuses one after the other, of which the last stays."""

    url: str = ""
    told: list[Told] = field(default_factory=list)
    answers: list[int] = field(default_factory=lambda: [200])
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0  #: how long it takes to answer

    @property
    def paths(self) -> list[str]:
        return [told.path for told in self.told]

    def answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serve(*answers: int, headers: Mapping[str, str] | None = None, seconds: float = 0.0) -> Iterator[Service]:
    """Serve on a free port of this machine until the block ends."""
    service = Service(answers=list(answers) or [200], headers=headers or {}, seconds=seconds)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8")
            service.told.append(Told(self.path, body, dict(self.headers)))
            time.sleep(service.seconds)
            self.send_response(service.answer())
            for name, value in service.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *values: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def find_closed_port() -> int:
    """Find a port of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
