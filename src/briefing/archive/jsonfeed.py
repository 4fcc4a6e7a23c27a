"""A feed as JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from briefing.archive.entries import Feed, FeedEntry
from briefing.page.tame import tame

_VERSION = "https://jsonfeed.org/version/1.1"


def write_json_feed(feed: Feed) -> bytes:
    """Write a feed as JSON: the same bytes for the same feed.

    Addresses are left out where they are not whole: the format has no other.
    """
    lies = {"home_page_url": feed.home, "feed_url": f"{feed.place}.json"} if feed.is_public else {}
    told = {
        "version": _VERSION,
        "title": feed.title,
        **lies,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_tell_item(entry, feed) for entry in feed.entries],
    }
    return (json.dumps(tame(told), ensure_ascii=False, indent=1) + "\n").encode()


def _tell_item(entry: FeedEntry, feed: Feed) -> dict[str, Any]:
    return {
        "id": entry.id,
        **({"url": entry.address} if feed.is_public else {}),
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "content_text": entry.text,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "language": entry.language,
        "tags": [entry.category],
    }
