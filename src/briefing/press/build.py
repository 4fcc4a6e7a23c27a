"""Building: decide what to make, then make it. One failed edition stops neither the others nor the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from briefing.errors import BriefingError, PublishError
from briefing.press.archive import write_index
from briefing.press.catalog import Edition
from briefing.press.publish import failed_path, hold_lock, publish_page, sweep, write_file

Status = Literal["published", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition.

    Parameters
    ----------
    edition : str
        Its name.
    status : {"published", "failed"}
        Whether its page is there, new.
    path : Path
        Its page; where it failed, the page that says why.
    message : str
        Why, where it failed.
    """

    edition: str
    status: Status
    path: Path
    message: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the outcome as plain values, for JSON."""
        return {"edition": self.edition, "status": self.status, "path": str(self.path), "message": self.message}


def build(
    editions: Iterable[Edition], *, data: Path, out: Path, tell: Callable[[Outcome], None] = lambda outcome: None
) -> tuple[Outcome, ...]:
    """Make editions and publish them, and the archive's index.

    Parameters
    ----------
    editions : iterable of Edition
        What to make.
    data : Path
        The dossier.
    out : Path
        The reports folder.
    tell : callable
        Is told each outcome as it comes.

    Returns
    -------
    tuple of Outcome
        One an edition.

    Raises
    ------
    BusyError
        Where another build is at work in the folder.
    PublishError
        Where the folder cannot be written at all.
    """
    outcomes = []
    with hold_lock(out):
        sweep(out)
        for edition in editions:
            outcomes.append(_build_one(edition, data=data, out=out))
            tell(outcomes[-1])
        write_index(out)
    return tuple(outcomes)


def _build_one(edition: Edition, *, data: Path, out: Path) -> Outcome:
    from briefing.press.run import RunError  # slow to import, and not needed to plan

    try:
        path = publish_page(out, edition.address, make_page(edition, data=data), describe(edition))
    except PublishError as error:
        return Outcome(edition.name, "failed", out / edition.address, str(error))
    except BriefingError as error:
        failure = error.failure if isinstance(error, RunError) else None
        return _fail(edition, out=out, failure=failure, reasons=(str(error),))
    return Outcome(edition.name, "published", path)


def make_page(edition: Edition, *, data: Path) -> bytes:
    """Run an edition and render its page, in memory.

    Raises
    ------
    NotebookError
        Where a cell fails.
    PageError
        Where what the cells left cannot become a page.
    """
    from briefing.press.kernels import name_environment  # slow to import, and not needed to plan
    from briefing.press.page import render_page
    from briefing.press.run import run_notebook

    options = edition.briefing.options
    notebook = run_notebook(
        edition.briefing.notebook,
        edition.values,
        environment=name_environment(data=data, named=options.get("environment", ())),
        time_limit=options.get("time_limit"),
    )
    return render_page(notebook, name=edition.briefing.notebook.stem, edition=edition.name).encode()


def describe(edition: Edition) -> dict[str, Any]:
    """Say what an edition is, for its manifest."""
    briefing = edition.briefing
    return {"briefing": briefing.name, "title": briefing.title, "parameters": dict(edition.values)}


def _fail(edition: Edition, *, out: Path, failure: Any, reasons: Sequence[str]) -> Outcome:
    from briefing.press.failed import make_failed_page  # only where an edition failed

    path = failed_path(out, edition.address)
    write_file(path, make_failed_page(edition, failure=failure, reasons=tuple(reasons)))
    return Outcome(edition.name, "failed", path, "\n".join(reasons))
