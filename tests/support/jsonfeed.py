"""JSON Feed 1.1 as a JSON schema, after the specification at jsonfeed.org/version/1.1."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_TEXT = {"type": "string"}
_URL = {"type": "string", "pattern": "^https?://[^ ]+$"}
_DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
_AUTHORS = {
    "type": "array",
    "items": {"type": "object", "minProperties": 1, "properties": {"name": _TEXT, "url": _URL, "avatar": _URL}},
}
_ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(("id", "title", "content_html", "content_text", "summary", "language"), _TEXT),
        **dict.fromkeys(("url", "external_url", "image", "banner_image"), _URL),
        **dict.fromkeys(("date_published", "date_modified"), _DATE),
        "authors": _AUTHORS,
        "tags": {"type": "array", "items": _TEXT, "uniqueItems": True},
    },
}
_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        **dict.fromkeys(("title", "description", "user_comment", "language"), _TEXT),
        **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), _URL),
        "authors": _AUTHORS,
        "expired": {"type": "boolean"},
        "items": {"type": "array", "items": _ITEM},
    },
}


def list_faults(feed: Any) -> list[str]:
    """List what in a feed is against the specification."""
    checker = Draft202012Validator(_FEED, format_checker=FormatChecker())
    return [error.message for error in checker.iter_errors(feed)]
