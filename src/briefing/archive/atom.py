"""A feed as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from briefing.archive.entries import ATOM_TYPE, Feed, FeedEntry
from briefing.page.tame import tame_text

_NAMESPACE = "http://www.w3.org/2005/Atom"


def write_atom(feed: Feed) -> bytes:
    """Write a feed as Atom: the same bytes for the same feed."""
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", feed.updated)
    _add(SubElement(root, "author"), "name", feed.author)
    _link(root, "self", f"{feed.place}.xml", ATOM_TYPE)
    _link(root, "alternate", feed.home, "text/html")
    for entry in feed.entries:
        _add_entry(SubElement(root, "entry", _speak(entry, feed)), entry)
    indent(root, " ")
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _speak(entry: FeedEntry, feed: Feed) -> dict[str, str]:
    return {} if entry.language == feed.language else {"xml:lang": entry.language}


def _add_entry(root: Element, entry: FeedEntry) -> None:
    _add(root, "id", entry.id)
    _add(root, "title", entry.title)
    _add(root, "published", entry.published)
    _add(root, "updated", entry.updated)
    _link(root, "alternate", entry.address, "text/html")
    SubElement(root, "category", {"term": tame_text(entry.category)})
    _add(root, "summary", entry.summary)
    _add(root, "content", entry.html, kind="html")


def _add(root: Element, name: str, text: str, *, kind: str = "") -> None:
    """Add a text: what XML cannot hold is told as such, and what would be markup is shown."""
    SubElement(root, name, {"type": kind} if kind else {}).text = tame_text(text)


def _link(root: Element, relation: str, address: str, kind: str) -> None:
    SubElement(root, "link", {"rel": relation, "type": kind, "href": address})
