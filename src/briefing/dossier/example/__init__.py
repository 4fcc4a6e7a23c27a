"""A small dossier that comes with the package: every name and number in it is invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from briefing.dossier.dossier import Dossier, keep, read_dossier
from briefing.usage import verb

FOLDER = Path(__file__).parent

#: By then all that it holds has been published.
DAY = "2031-12-19"


@verb
def read_example(*, as_of: str | dt.date = DAY) -> Dossier:
    """Read the example: Veldania's lorries, guards and hay in Corvia, all of them invented.

    The example of every verb runs on it, so that each can be tried where there is no dossier at hand.

    Parameters
    ----------
    as_of : date or str
        The day, as in `read_dossier`.

    Returns
    -------
    Dossier
        As `read_dossier` gives it; read from disk once in a process.

    Raises
    ------
    UsageError
        Where the day is no day.

    Examples
    --------
    >>> import briefing as b
    >>> b.read_example(as_of="2031-11-03")
    Dossier('...example', as of 2031-11-03: 12 sources, 8 actors, ...)
    """
    keep(FOLDER)
    return read_dossier(FOLDER, as_of=as_of)
