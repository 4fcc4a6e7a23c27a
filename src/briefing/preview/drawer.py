"""Having charts drawn by a process of their own (`drawing`), ahead of the page that shows them."""

from __future__ import annotations

import json
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from subprocess import PIPE, Popen
from typing import Any, Literal, TypeAlias

from briefing.blocks.blocks import Spec

#: A chart is drawn as SVG, and compiled to the Vega that answers a reader.
Form: TypeAlias = Literal["svg", "vega"]

#: So many drawings are remembered: those of some pages.
_MOST_KEPT = 200


@dataclass(slots=True)
class Drawer:
    """The process, and what it was asked to draw; the thread asks it one thing after the other."""

    process: Popen[bytes] | None = None
    asked: dict[tuple[Form, str], Future[Any]] = field(default_factory=dict)
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def open(self) -> None:
        """Start it: V8 takes most of a second."""
        command = [sys.executable, "-P", "-m", "briefing.preview.drawing"]
        self.process = Popen(command, stdin=PIPE, stdout=PIPE)

    def ask(self, spec: Spec, form: Form) -> Future[Any]:
        """Have a specification drawn, where it was not asked for before."""
        key = (form, json.dumps(spec))
        if key not in self.asked:
            if len(self.asked) >= _MOST_KEPT:
                del self.asked[next(iter(self.asked))]
            self.asked[key] = self.thread.submit(self._ask, *key)
        return self.asked[key]

    def draw(self, spec: Spec) -> str:
        """Give a specification as SVG. What cannot be drawn raises what says so, as where it is drawn here."""
        return str(self.ask(spec, "svg").result())

    def compile(self, spec: Spec) -> Spec:
        """Give a specification compiled."""
        compiled: Spec = self.ask(spec, "vega").result()
        return compiled

    def _ask(self, form: Form, spec: str) -> Any:
        wish = json.dumps({"form": form, "spec": spec}).encode() + b"\n"
        for _ in range(2):  # one that was killed is started once more
            with suppress(OSError):
                if line := self._send(wish):
                    answer = json.loads(line)
                    if "said" in answer:
                        raise ValueError(answer["said"])
                    return answer["drawn"]
            self.open()
        raise RuntimeError("the process that draws ended twice")

    def _send(self, wish: bytes) -> bytes:
        if self.process is None:
            self.open()
        assert self.process is not None and self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(wish)
        self.process.stdin.flush()
        return self.process.stdout.readline()
