"""A validator of JSON feeds: the published schema of version 1.1, and what its specification asks beyond a schema."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from feedmarkup import list_faults_in_markup
from jsonschema import Draft7Validator, FormatChecker

_SCHEMA = Path(__file__).parent / "schemas" / "jsonfeed-1.1.json"
_VERSION = "https://jsonfeed.org/version/1.1"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def list_faults(feed: Any, *, address: str = "") -> list[str]:
    """List what in a feed is against the specification; `address` is where it lies, where that is known."""
    faults = [f"{error.json_path}: {error.message}" for error in _checker().iter_errors(feed)]
    return faults or list(_list_faults_of_feed(feed, address))


@cache
def _checker() -> Draft7Validator:
    return Draft7Validator(json.loads(_SCHEMA.read_text(encoding="utf-8")), format_checker=FormatChecker())


def _list_faults_of_feed(feed: dict[str, Any], address: str) -> Iterator[str]:
    if feed["version"] != _VERSION:
        yield f"version: {feed['version']} is an older one"
    if not feed["title"].strip():
        yield "title: blank"
    for place in (feed, *feed["items"]):
        if "author" in place:
            yield "author: version 1.1 has authors"
        if not _LANGUAGE.fullmatch(place.get("language", "en")):
            yield f"language: {place['language']!r} is no language"
    if address and (feed.get("feed_url") != address or not feed.get("home_page_url")):
        yield f"feed_url: {feed.get('feed_url')}, home_page_url: {feed.get('home_page_url')}; it lies at {address}"
    ids = Counter(item["id"] for item in feed["items"])
    yield from (f"id: {key!r} is that of {number}" for key, number in ids.items() if number > 1 or not key.strip())
    for item in feed["items"]:
        yield from _list_faults_of_item(item)


def _list_faults_of_item(item: dict[str, Any]) -> Iterator[str]:
    for name in ("url", "external_url", "image", "banner_image"):
        if not re.match("https?://", item.get(name, "https://")):
            yield f"{name}: {item[name]!r} is no address of the web"
    if "date_modified" in item and item.get("date_published", "") > item["date_modified"]:
        yield "date_modified: before it was published"
    if len(set(item.get("tags", ()))) < len(item.get("tags", ())):
        yield "tags: one twice"
    yield from (f"content_html: {fault}" for fault in list_faults_in_markup(item.get("content_html", "")))
