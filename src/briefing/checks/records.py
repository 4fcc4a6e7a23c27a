"""Rows as plain mappings: many rules look at the same tables, and pandas takes a millisecond for each look."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from briefing.dossier.read_log import Shelf


def list_records(shelf: Shelf, table: str) -> list[dict[Hashable, Any]]:
    """Give the rows of a table in their order; they are made once for as long as the shelf lives, and not changed."""
    return shelf.once(_list_records, table)


def _list_records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    return frame.to_dict("records") if len(frame) else []
