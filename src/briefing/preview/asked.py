"""What a preview shows: the briefings that there are, and for one of them the edition that its author looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.dossier.files import DATA_VARIABLE, find_folder, stamp_files
from briefing.editions.address import DAY
from briefing.editions.catalog import (
    CATALOG,
    Briefing,
    Edition,
    find_catalog,
    find_notebook,
    list_editions,
    make_edition,
    pick_briefing,
    read_catalog,
)
from briefing.editions.cells import read_text
from briefing.errors import NotebookError, UsageError
from briefing.press.build import order_run

if TYPE_CHECKING:
    from briefing.press.orders import Order

#: What the catalog says of a page beside its run.
_OF_PAGES = ("interactive", "language", "budget")


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody writes: the catalog, the dossier, and which briefing is shown first."""

    catalog: Path  #: beside the notebooks; there need be none where a notebook was named
    data: Path
    notebook: Path | None = None  #: the notebook that was named
    given: Mapping[str, str] = field(default_factory=dict)  #: what that is asked beside what the catalog asks

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which a save changes the page, and those above them: a folder may go and come back."""
        own = (self.catalog.resolve().parent, self.data.resolve())
        return tuple(dict.fromkeys([*own, *(folder.parent for folder in own)]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One page as it is to be now."""

    edition: Edition
    order: Order  #: how its notebook is run
    stamps: tuple[object, ...]  #: how the dossier's files stand
    options: Mapping[str, Any]  #: the catalog's, of the page

    @property
    def place(self) -> object:
        """Where its kernel is and what that is told of the machine: a kernel serves for one such place."""
        return self.order.folder, self.order.environment

    @property
    def data(self) -> Path:
        """The dossier."""
        return Path(self.order.environment[DATA_VARIABLE])


def open_desk(
    notebook: str | None, *, given: Mapping[str, str], data: Path | None = None, notebooks: Path | None = None
) -> Desk:
    """Find what is to be shown; raises `UsageError` where there is nothing."""
    path = find_notebook(notebook, folder=notebooks) if notebook else None
    if path is None:
        catalog = notebooks / CATALOG if notebooks else find_catalog()
        if not read_catalog(catalog):
            raise UsageError(f"{catalog}: lists nothing; a preview shows a briefing. Name a notebook, or list one.")
    else:
        catalog = path.parent / CATALOG
    desk = Desk(catalog, data or find_folder(catalog.resolve().parent), path, given)
    if given:
        _find_edition(desk, list_names(desk)[0])  # a name that is misspelt is told before anything starts
    return desk


def list_names(desk: Desk) -> tuple[str, ...]:
    """List the briefings that there are, the one that is shown first before the others."""
    first = [pick_briefing(desk.notebook).name] if desk.notebook else []
    return tuple(dict.fromkeys([*first, *(briefing.name for briefing in _read_listed(desk))]))


def stamp_desk(desk: Desk) -> tuple[object, ...]:
    """Say how all files stand that a page may be made from."""
    folder = desk.catalog.resolve().parent
    files = sorted([*folder.glob("*.ipynb"), folder / CATALOG])
    return tuple((path.name, _stamp_file(path)) for path in files), _stamp_dossier(desk.data)


def _stamp_file(path: Path) -> tuple[int, ...]:
    """Say how a file stands: whoever saves it changes that. Empty where it is not there."""
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def _stamp_dossier(data: Path) -> tuple[object, ...]:
    try:
        return stamp_files(data)
    except OSError:  # a file went while its folder was read, and is looked for again
        return ()


def ask_now(desk: Desk, name: str) -> Wanted:
    """Say what the page of a briefing is to be made from now.

    Raises `BriefingError` where the catalog, its notebook or what it is asked is wrong.
    """
    edition = _find_edition(desk, name)
    order = order_run(edition, source=read_text(edition.briefing.notebook), rows="", data=desk.data)
    options = {key: value for key, value in edition.briefing.options.items() if key in _OF_PAGES}
    return Wanted(edition, order, _stamp_dossier(desk.data), options)


def _find_edition(desk: Desk, name: str) -> Edition:
    """Find the newest edition that the catalog lists of a briefing; the one that was named is asked what was given."""
    briefings = [briefing for briefing in _read_listed(desk) if briefing.name == name]
    named = pick_briefing(desk.notebook) if desk.notebook else None
    if not briefings and named and named.name == name:
        briefings = [named]
    if not briefings:
        rule = "a preview shows what the catalog lists"
        raise UsageError(f"{name}: is no briefing; {rule}. List it, or name its notebook.")
    if briefings[0].flaw:
        raise NotebookError(briefings[0].flaw)
    given = desk.given if name == (named.name if named else list_names(desk)[0]) else {}
    newest = max(list_editions(briefings, data=desk.data), key=_day_of, default=None)
    if newest is None:  # none is due yet
        return make_edition(briefings[0], given, data=desk.data)
    if not given:
        return newest
    asked = {key: value for key, value in newest.values.items() if value is not None}
    return make_edition(newest.briefing, {**asked, **given}, data=desk.data)


def _read_listed(desk: Desk) -> tuple[Briefing, ...]:
    return read_catalog(desk.catalog) if desk.notebook is None or desk.catalog.is_file() else ()


def _day_of(edition: Edition) -> str:
    return str(edition.values.get(DAY) or "")
