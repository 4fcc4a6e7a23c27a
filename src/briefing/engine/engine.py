"""The papermill engine: runs a notebook's cells in a kernel of its own.

``papermill --engine briefing IN.ipynb OUT.ipynb`` uses it too, for any notebook. Whatever stops a cell, the kernel's
death and the time limit included, is left in the notebook as that cell's error, where papermill and `run` look for it.
"""

from __future__ import annotations

import logging
import math
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing.errors import UsageError, last_line

#: How many seconds the outputs of a cell may lag behind its end: a busy machine still brings large ones.
OUTPUTS_LAG = 60

#: Papermill's options that mean nothing to a kernel client.
_NOT_FOR_THE_CLIENT = ("input_path", "startup_timeout")

#: What papermill's own engine would take, and this one makes itself.
_REFUSED = ("km", "kernel_manager_class", "resources")


# Papermill imports this module while it imports itself: papermill can only be imported once an engine runs.
class BriefingEngine:
    """Runs notebooks as papermill's own engine does, in a private kernel."""

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:
        """Give the name of the notebook's kernel; Python where it names none."""
        return name or str(nb.metadata.get("kernelspec", {}).get("name", "python3"))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:
        """Give the notebook's language: what it says itself, or what its kernel says; Python where it names neither."""
        spec, info = (nb.metadata.get(key, {}) for key in ("kernelspec", "language_info"))
        said = language or info.get("name") or spec.get("language")
        if said or not spec.get("name"):
            return str(said or "python")
        from briefing.engine.rooms import OwnInterpreter

        return str(OwnInterpreter(parent=None).get_kernel_spec(spec["name"]).language)

    @classmethod
    def execute_notebook(
        cls,
        nb: Any,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **options: Any,
    ) -> Any:
        """Run a notebook; papermill calls this. The further options are those of `run_cells`."""
        from briefing.engine.seams.papermill import ExecutionManager

        manager = ExecutionManager(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            run_cells(manager, kernel_name, log_output=log_output, **options)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb


def run_cells(
    nb_man: Any,
    kernel_name: str,
    *,
    folder: Path | None = None,
    environment: dict[str, str] | None = None,
    parent: int | None = None,
    reads: list[str] | None = None,
    time_limit: float | None = None,
    execution_timeout: float | None = None,
    timeout: float | None = None,
    timeout_func: Callable[[Any], float | None] | None = None,
    on_cell_execute: Callable[..., Any] | None = None,
    start_timeout: int = 60,
    quiet: bool = False,
    **options: Any,
) -> None:
    """Run the cells of a notebook in a kernel of its own, and end the kernel with all its processes.

    All limits are in seconds, `time_limit` for all cells together; `execution_timeout` or else `timeout` for one, or
    what `timeout_func` says of it; none and -1 set no limit. `parent` is the channel of the warm parent that forks the
    kernel; `reads` is given what the notebook read of its dossier, as JSON, where it read one. The further options are
    nbclient's. Raises `UsageError` for one that the engine cannot heed.
    """
    refused = [name for name in _REFUSED if name in options]
    if refused:
        words = "the engine starts its kernels itself. Leave it out, or use papermill's own engine"
        raise UsageError(f"{refused[0]}: is no option of the engine briefing; {words}.")
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from briefing.dossier.files import READS_VARIABLE
    from briefing.engine.begun import find_begun
    from briefing.engine.rooms import furnish, make_manager, open_room
    from briefing.engine.seams.nbclient import OUTPUT_LIMIT
    from briefing.engine.seams.papermill import RoomClient

    kept = {name: value for name, value in options.items() if name not in _NOT_FOR_THE_CLIENT}
    asked = {} if reads is None else {READS_VARIABLE: "1"}
    cell_limit = timeout_func or (lambda cell: execution_timeout or timeout)
    clock = _Clock(time_limit or math.inf, cell_limit, on_cell_execute)
    with open_room() as room, (room / "kernel.log").open("w+b") as log:
        client = RoomClient(
            nb_man,
            km=make_manager(kernel_name, room=room, parent=parent),
            reads=reads,
            kernel_name=kernel_name,
            log=_logger(aloud=not quiet),
            timeout_func=clock.left,
            startup_timeout=start_timeout,
            **{"iopub_timeout": OUTPUTS_LAG} | kept,
            on_cell_execute=clock.note_cell,
        )
        try:
            client.execute(
                env=furnish(environment, room=room) | asked,
                cwd=str(folder or Path.cwd()),
                cleanup_kc=True,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        except CellTimeoutError:
            _leave_error(nb_man, clock, "TimeLimit", clock.words())
        except DeadKernelError:
            if client.output_left < 0:
                _leave_error(nb_man, clock, "OutputLimit", f"the cells left more than {OUTPUT_LIMIT:,} bytes of output")
            else:
                if clock.at is not None:
                    clock.at = find_begun(room, client.sent, known=clock.at)
                _leave_error(nb_man, clock, "KernelDied", f"the kernel died{_last_words(log)}")
        except RuntimeError as error:
            if clock.at is not None:
                raise
            raise RuntimeError(f"{error}{_last_words(log)}") from error


class _Clock:
    """What is left of an edition's time, and which cell it is spent on; `also` is told of each cell."""

    def __init__(
        self, limit: float, limit_of: Callable[[Any], float | None], also: Callable[..., Any] | None = None
    ) -> None:
        self.limit, self.limit_of, self.also = limit, limit_of, also
        self.cell_limit = math.inf
        self.ends: float | None = None
        self.cell_began = 0.0
        self.at: int | None = None

    def left(self, cell: object) -> float | None:
        asked = self.limit_of(cell)
        self.cell_limit = math.inf if asked is None or asked <= 0 else asked
        now = time.monotonic()
        seconds = min((self.ends or now + self.limit) - now, self.cell_limit)
        return None if math.isinf(seconds) else max(0.001, seconds)

    def note_cell(self, cell: object, cell_index: int) -> Any:
        self.at, self.cell_began = cell_index, time.monotonic()
        self.ends = self.ends or self.cell_began + self.limit
        return self.also and self.also(cell=cell, cell_index=cell_index)

    def words(self) -> str:
        """Say which limit was reached."""
        now = time.monotonic() + 0.01  # a wait is told in whole milliseconds, and may end that much too early
        if self.ends is not None and now >= self.ends:
            return f"the cells ran longer than {self.limit:g} s"
        if now >= self.cell_began + self.cell_limit:
            return f"the cell ran longer than {self.cell_limit:g} s"
        return "the kernel gave no answer, though its cells had ended; something that a cell left still runs"


def _leave_error(nb_man: Any, clock: _Clock, name: str, words: str) -> None:
    """Leave what stopped the run as the error of the cell that ran."""
    from briefing.engine.seams.nbclient import make_error

    if clock.at is None:
        raise RuntimeError(words)
    cell = nb_man.nb.cells[clock.at]
    cell.outputs.append(make_error({"ename": name, "evalue": words}))
    nb_man.cell_exception(cell, cell_index=clock.at)


def _last_words(log: Any) -> str:
    """Give the last line that a kernel wrote outside its cells."""
    log.seek(0)
    said = last_line(log.read())
    return f" ({said})" if said else ""


def _logger(*, aloud: bool) -> logging.Logger:
    """Give papermill's logger; or one that says nothing, where what goes wrong is told once, as the cell's error."""
    if aloud:
        return logging.getLogger("papermill")
    logger = logging.getLogger("briefing.press.silence")
    logger.disabled = True
    return logger
