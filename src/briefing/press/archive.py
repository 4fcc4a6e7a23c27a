"""The archive: an index of all built pages, by briefing, the newest first."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from briefing.editions.address import DAY
from briefing.page.leaf import make_leaf, to_markup
from briefing.press.publish import read_manifests, write_changed
from briefing.values.dates import DateError, day_words, parse_date

INDEX = "index.html"


def write_index(out: Path) -> Path:
    """Write the index of a reports folder; where nothing changed, the file is not touched."""
    path = out / INDEX
    write_changed(path, make_index(read_manifests(out)))
    return path


def make_index(manifests: Iterable[Mapping[str, Any]]) -> bytes:
    """Make the index from the manifests of the pages that are there."""
    listed = sorted(manifests, key=lambda found: str(found.get("briefing", "")))
    groups = itertools.groupby(listed, key=lambda found: str(found.get("briefing", "")))
    body = "".join(_section(list(editions)) for _, editions in groups)
    return make_leaf("Briefings", body or "<p>No page has been built yet.</p>\n")


def _section(manifests: Sequence[Mapping[str, Any]]) -> str:
    newest_first = sorted(manifests, key=_order, reverse=True)
    title = str(newest_first[0].get("title") or newest_first[0].get("briefing", ""))
    lines = "".join(f"<li>{_line(found)}</li>\n" for found in newest_first)
    return f"<h2>{to_markup(title)}</h2>\n<ul>\n{lines}</ul>\n"


def _order(manifest: Mapping[str, Any]) -> tuple[str, str]:
    return str(manifest.get("parameters", {}).get(DAY) or ""), str(manifest["address"])


def _line(manifest: Mapping[str, Any]) -> str:
    """One page: what it asks as the link, its day, what it answers; a page that asks nothing by its address."""
    address = str(manifest["address"])
    day = str(manifest.get("parameters", {}).get(DAY) or "")
    cover = manifest.get("cover", {})
    if question := str(cover.get("question", "")):
        aside = f' <span class="aside">{to_markup(_day(day))}</span>' if day else ""
        answer = f"<p>{to_markup(str(cover['bottom_line']))}</p>" if cover.get("bottom_line") else ""
        return f'<a href="{to_markup(quote(address))}">{to_markup(question)}</a>{aside}{answer}'
    asked = address.removesuffix(".html").split("/")[1 : -1 if day else None]
    shown = _day(day) or " ".join(asked) or str(manifest.get("briefing", address))
    rest = f' <span class="aside">{to_markup(", ".join(asked))}</span>' if asked and day else ""
    return f'<a href="{to_markup(quote(address))}">{to_markup(shown)}</a>{rest}'


def _day(text: str) -> str:
    """Say a day; what is none stands as it is: one page's slip never takes the index from the others."""
    try:
        first = parse_date(text).first if text else None
    except DateError:
        return text
    return day_words(first) if first else text
