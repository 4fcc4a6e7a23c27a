"""Having charts drawn by a process of their own (`drawing`), ahead of the page that shows them.

Who makes one page after the other has a core that idles meanwhile: the charts of a cell are drawn there while the next
cells run. What is wrong with a chart is told where its page shows it, and not before.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from queue import PriorityQueue
from subprocess import PIPE, Popen
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from briefing.errors import PageError

if TYPE_CHECKING:
    from briefing.blocks.blocks import Spec

#: A chart is drawn as SVG, and compiled to the Vega that answers a reader.
Form: TypeAlias = Literal["svg", "vega"]

#: A page asks for all its drawings before it asks for the first chart compiled; who closes goes before all.
_TURNS: Mapping[Form, int] = {"svg": 1, "vega": 2}
_AT_ONCE = 0

#: So many drawings are remembered: those of some pages.
_MOST_KEPT = 500

#: What the process is asked: a form and a specification, as JSON.
_Wish: TypeAlias = tuple[Form, str]


@dataclass(slots=True)
class Drawer:
    """The process, and what it was asked to draw; a thread asks it one thing after the other."""

    environment: Mapping[str, str] | None = None  #: the process's whole environment; ``None`` is this one's
    _process: Popen[bytes] | None = None
    _thread: Thread | None = None
    _asked: dict[_Wish, Future[Any]] = field(default_factory=dict)
    _waiting: PriorityQueue[tuple[int, int, _Wish | None, Future[Any]]] = field(default_factory=PriorityQueue)
    _numbers: Iterator[int] = field(default_factory=itertools.count)
    _starting: Any = field(default_factory=Lock)
    _is_closed: bool = False

    def open(self) -> None:
        """Start it: V8 takes most of a second."""
        with suppress(OSError):  # where it cannot be started, the first page tells
            self._start()
        self._thread = Thread(target=self._ask_in_turn, name="drawer", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End it at once; what it was asked and has not drawn is dropped."""
        with self._starting:
            self._is_closed = True
            if self._process is not None:
                self._process.kill()
                self._process.wait()
        self._waiting.put((_AT_ONCE, next(self._numbers), None, Future()))
        if self._thread is not None:
            self._thread.join()
        self._let_go()

    def ask(self, spec: Spec, form: Form) -> Future[Any]:
        """Have a specification drawn, where it was not asked for before."""
        wish = (form, json.dumps(spec))
        if wish not in self._asked:
            if len(self._asked) >= _MOST_KEPT:
                del self._asked[next(iter(self._asked))]
            self._asked[wish] = Future()
            self._waiting.put((_TURNS[form], next(self._numbers), wish, self._asked[wish]))
        return self._asked[wish]

    def ask_ahead(self, outputs: Iterable[Mapping[str, Any]], *, answers: bool = True) -> None:
        """Have the charts of a cell drawn, and compiled where they are to answer a reader.

        What is wrong with what the cell left, the page tells.
        """
        with suppress(Exception):
            for spec in itertools.chain.from_iterable(map(find_specs, outputs)):
                self.ask(spec, "svg")
                if answers:
                    self.ask(spec, "vega")

    def draw(self, spec: Spec) -> str:
        """Give a specification as SVG. What cannot be drawn raises what says so, as where it is drawn here."""
        return str(self.ask(spec, "svg").result())

    def compile(self, spec: Spec) -> Spec:
        """Give a specification compiled."""
        compiled: Spec = self.ask(spec, "vega").result()
        return compiled

    def _ask_in_turn(self) -> None:
        while not self._is_closed:
            _, _, wish, drawn = self._waiting.get()
            if wish is not None:
                try:
                    drawn.set_result(self._ask(*wish))
                except Exception as error:
                    drawn.set_exception(error)

    def _ask(self, form: Form, spec: str) -> Any:
        wish = json.dumps({"form": form, "spec": spec}).encode() + b"\n"
        for _ in range(2):  # one that was killed is started once more
            with suppress(OSError):
                if line := self._send(wish):
                    answer = json.loads(line)
                    if "said" in answer:
                        raise ValueError(answer["said"])
                    return answer["drawn"]
            self._start()
        rule = "a chart is drawn by a process that lives"
        raise PageError(f"the process that draws ended twice; {rule}. Give it more memory, or take the chart out.")

    def _send(self, wish: bytes) -> bytes:
        if self._process is None:
            self._start()
        assert self._process is not None and self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(wish)
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def _start(self) -> None:
        command = [sys.executable, "-P", "-m", "briefing.page.drawing"]
        with self._starting:
            self._let_go()
            if self._is_closed:
                raise RuntimeError("the drawer is closed")
            # a group of its own: an interrupt is for who asks to handle
            self._process = Popen(command, stdin=PIPE, stdout=PIPE, env=self.environment, process_group=0)

    def _let_go(self) -> None:
        """Close what led to a process that is gone."""
        gone, self._process = self._process, None
        for stream in (gone.stdin, gone.stdout) if gone else ():
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        if gone:
            gone.wait()


def find_specs(output: Mapping[str, Any]) -> Iterator[Spec]:
    """Give the specifications in what a cell left, as a page draws them: none where a page would refuse it."""
    from briefing.blocks.blocks import MIME, Chart, find_block  # imports pydantic: after the process was started
    from briefing.blocks.walk import blocks_in
    from briefing.page.tame import tame

    data = output.get("data", {})
    block = find_block({"data": {MIME: tame(data[MIME])}}) if MIME in data else None
    for inner in blocks_in(block) if block else ():
        if isinstance(inner, Chart):
            yield from filter(None, (inner.spec, inner.narrow))
