"""What a test asks of any drawing: what it embeds, what it uses, what it paints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from briefing.blocks.blocks import Chart


def specs(chart: Chart) -> list[dict[str, Any]]:
    """Give the wide drawing and the narrow one."""
    assert chart.narrow is not None
    return [chart.spec, chart.narrow]


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Give every row that a drawing embeds."""
    return [row for data in _find(spec, "values") for row in data if isinstance(row, dict)]


def embedded(spec: dict[str, Any]) -> set[str]:
    """Give the names of what the rows embed."""
    return {name for row in rows(spec) if row.get("type") != "Feature" for name in row}


def used(spec: dict[str, Any]) -> set[str]:
    """Give the names that some channel or expression uses."""
    fields = {field for field in _find(spec, "field") if isinstance(field, str)}
    text = " ".join(value for name in ("expr", "filter", "labelExpr") for value in _find(spec, name))
    return fields | set(re.findall(r"datum\.(\w+)", text))


def colours(spec: dict[str, Any]) -> set[str]:
    """Give every colour that a drawing names."""
    return set(re.findall(r"#[0-9a-fA-F]{3,8}\b", json.dumps(spec)))


def words(spec: dict[str, Any]) -> list[str]:
    """Give every word that the rows hold, lists of lines joined."""
    found = [value for row in rows(spec) for value in row.values() if isinstance(value, str | list)]
    return [value if isinstance(value, str) else " ".join(map(str, value)) for value in found]


def _find(part: Any, name: str) -> Iterator[Any]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == name:
                yield value
            yield from _find(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from _find(value, name)
