"""How a row model declares its columns: what every table's models are written with."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def required(description: str, *, refers: str | None = None, rule: str | None = None) -> Any:
    """Declare a column whose cells are never empty.

    `refers` names the table whose key it holds, `rule` the rule of tradecraft that an empty cell breaks.
    """
    extra: dict[str, Any] = ({"refers": refers} if refers else {}) | ({"rule": rule} if rule else {})
    return Field(description=description, json_schema_extra=extra or None)


def optional(description: str, *, refers: str | None = None, many: bool = False) -> Any:
    """Declare a column that may be empty (not stated); `many` marks a list separated by ``|``."""
    extra: dict[str, Any] = {"refers": refers} if refers else {}
    return Field(default=None, description=description, json_schema_extra=extra | ({"many": True} if many else {}))


class Row(BaseModel):
    """A row of any table: its cells, typed. Rows are never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
