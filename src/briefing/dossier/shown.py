"""Tables of which some rows are shown: which ones is known at once, and a frame is made when it is first asked for.

Most pages ask for the rows of a table by their numbers, or for a few of them; to cut all frames of a dossier to a day
takes longer than to read what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from briefing.dossier.cut import Places

#: Whether each row of a whole table is shown; ``None`` where all are.
Mask: TypeAlias = "np.ndarray | None"


@dataclass(frozen=True, slots=True)
class Edit:
    """What of a table stood otherwise on a day: some columns, and what gives its rows as they stood then."""

    columns: frozenset[str]
    make: Callable[[pd.DataFrame], pd.DataFrame]


class ShownTables(Mapping[str, pd.DataFrame]):
    """Tables by name, cut to the rows that are shown; nobody changes them."""

    def __init__(
        self,
        frames: Mapping[str, pd.DataFrame],
        *,
        masks: Mapping[str, Mask] | None = None,
        edits: Mapping[str, Edit] | None = None,
    ) -> None:
        self._frames, self._made = frames, dict[str, pd.DataFrame]()
        self._masks = {name: mask for name, mask in (masks or {}).items() if mask is not None and not mask.all()}
        self._edits = edits or {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            places = self.places(name)
            frame = self._frames[name]
            shown = frame if places is None else frame.take(places).reset_index(drop=True)
            self._made[name] = self._edits[name].make(shown) if name in self._edits else shown
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)

    def mask(self, name: str) -> Mask:
        """Say which rows of a table are shown."""
        return self._masks.get(name)

    def places(self, name: str) -> Places:
        """Give the places in the whole table of the rows that are shown, from 0; ``None`` where all are."""
        mask = self._masks.get(name)
        return None if mask is None else np.flatnonzero(mask)

    def edited(self, name: str) -> Collection[str]:
        """Name the columns of a table whose cells stand here as they stood on a day, and not as they stand now."""
        return self._edits[name].columns if name in self._edits else ()
