"""The page of an edition that failed: where, why, what it was asked, and how to run it again."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

from briefing.editions.catalog import Edition
from briefing.page.leaf import definition_list, make_leaf, to_markup


def make_failed_page(edition: Edition, *, failure: Mapping[str, Any], reasons: tuple[str, ...]) -> bytes:
    """Make the page that a failed or held edition leaves beside the last good one."""
    told = "".join(f"<p>{to_markup(reason)}</p>\n" for reason in reasons)
    asked = {name: json.dumps(value, ensure_ascii=False) for name, value in edition.values.items()}
    parts = [
        "<p>The last good page, where there is one, stands as it was.</p>\n",
        f"<h2>Why</h2>\n{told}",
        _where(failure) if failure else "",
        f"<h2>What it was asked</h2>\n{definition_list(asked)}" if asked else "",
        f"<h2>Run it again</h2>\n<pre>{to_markup(command(edition))}</pre>\n",
    ]
    return make_leaf(f"{edition.name} was not published", "".join(parts))


def _where(failure: Mapping[str, Any]) -> str:
    names = ("notebook", "section", "cell", "line", "code", "error")
    facts = {name.capitalize(): str(failure.get(name) or "") for name in names}
    told = str(failure.get("traceback") or "")
    story = f"<h2>The whole story</h2>\n<pre>{to_markup(told)}</pre>\n" if told else ""
    return f"<h2>Where</h2>\n{definition_list(facts)}{story}"


def command(edition: Edition) -> str:
    """Give the command that runs an edition again."""
    asked = [part for name, value in edition.values.items() for part in ("-p", name, str(value)) if value is not None]
    return shlex.join(["briefing", "render", edition.briefing.notebook.stem, *asked])
