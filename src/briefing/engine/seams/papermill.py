"""Papermill: its client, its notes on a run, and its way to an engine without its command line."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from jupyter_core.utils import run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NotebookExecutionManager, papermill_engines
from papermill.parameterize import parameterize_notebook

from briefing.editions.cells import tags_of
from briefing.engine.seams.nbclient import LimitedClient

#: What a kernel is asked at the end: nothing is answered where the notebook never read a dossier.
ASK_READS = "__import__('json').dumps(__import__('sys').modules['briefing.dossier.read_log'].tell_reads())"

#: Papermill's notes on a run: it knows the cell that runs, and saves while cells run.
ExecutionManager = NotebookExecutionManager


class RoomClient(PapermillNotebookClient, LimitedClient):  # type: ignore[misc]
    """Papermill's client, with a limit to what cells may leave, and a question at the end."""

    def __init__(self, nb_man: Any, *, reads: list[str] | None = None, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self._reads = reads
        self.sent: list[int] = []  #: the places of the cells that a kernel is given

    def papermill_execute_cells(self) -> None:
        """Run the cells; then, where somebody wants to know, ask what they read of the dossier.

        All cells are sent at once: a kernel that is through with one need not wait for a word from here.
        """
        self.send_in_turn()
        cells = self.nb.cells
        code = [at for at, cell in enumerate(cells) if cell.cell_type == "code" and cell.source.strip()]
        self.sent = [at for at in code if self.skip_cells_with_tag not in tags_of(cells[at])]
        self.expect(cells[at] for at in code)
        super().papermill_execute_cells()
        if self._reads is not None:
            answer = run_sync(self.ask)(ASK_READS)
            if answer:
                self._reads.append(str(ast.literal_eval(answer)))


def inject(notebook: Any, parameters: Mapping[str, Any]) -> Any:
    """Give a notebook with its parameters in a cell of their own."""
    return parameterize_notebook(notebook, dict(parameters), engine_name="briefing")


def execute(notebook: Any, **options: Any) -> None:
    """Run a notebook's cells with the engine that is installed as ``briefing``."""
    papermill_engines.execute_notebook_with_engine("briefing", notebook, "python3", progress_bar=False, **options)
