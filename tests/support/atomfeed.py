"""A validator of Atom: the grammar of RFC 4287, and what the RFC and the W3C's feed validator ask beyond a grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from feedmarkup import list_faults_in_markup
from lxml import etree

_GRAMMAR = Path(__file__).parent / "schemas" / "atom.rng"
_ATOM, _LANGUAGE = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}lang"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"

#: An absolute address (RFC 3987), of a scheme that is written small; how an id of these two kinds is written.
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
_WRITTEN = {
    "urn:uuid:": re.compile(r"urn:uuid:[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
    "tag:": re.compile(r"tag:([\w.\-]+@)?[\w.\-]+,\d{4}(-\d\d){0,2}:\S*"),
}
_REFERENCE = re.compile(r"([^\s<>\"{}|\\^`%]|%[0-9A-Fa-f]{2})*")

#: What a link may be, by the register of such words; any other is an absolute address.
_RELATIONS = (
    "alternate current describedby edit edit-media enclosure first hub icon last license next next-archive "
    "prev-archive previous related replies search self service up via"
)


def list_faults_of_atom(content: bytes, *, address: str = "") -> list[str]:
    """List what is wrong with a feed; `address` is where it lies, where that is known."""
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return [f"no XML: {error}"]
    faults = [] if root.getroottree().docinfo.doctype == "" else ["a document type is declared"]
    if _grammar().validate(root):
        return [*faults, *_list_faults_of_feed(root, address)]
    return [*faults, *(f"line {error.line}: {error.message}" for error in _grammar().error_log)]


@cache
def _grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(_GRAMMAR))


def _list_faults_of_feed(feed: etree._Element, address: str) -> Iterator[str]:
    entries = feed.findall(f"{_ATOM}entry")
    for element in (feed, *entries):
        yield from _list_faults_of_links(element)
        yield from _list_faults_of_words(element)
    yield from _list_faults_of_ids(feed)
    yield from _list_faults_of_self(feed, address)
    yield from _list_faults_of_moments(feed, entries)
    for entry in entries:
        yield from _list_faults_of_entry(entry, feed)


def _text(element: etree._Element, name: str) -> str:
    return element.findtext(f"{_ATOM}{name}") or ""


def _moment(element: etree._Element, name: str) -> datetime:
    return datetime.fromisoformat(_text(element, name))


def _list_faults_of_ids(feed: etree._Element) -> Iterator[str]:
    ids = [element.text or "" for element in feed.iter(f"{_ATOM}id")]
    for value in ids:
        kind = value.partition(":")[0] + ":" + ("uuid:" if value.startswith("urn:uuid:") else "")
        if not _ABSOLUTE.fullmatch(value):
            yield f"id {value!r} is no absolute address"
        elif kind in _WRITTEN and not _WRITTEN[kind].fullmatch(value):
            yield f"id {value!r} is not written as {kind} is"
    own = [_text(element, "id") for element in (feed, *feed.findall(f"{_ATOM}entry"))]
    yield from (f"id {value!r} is that of {number}" for value, number in Counter(own).items() if number > 1)


def _list_faults_of_self(feed: etree._Element, address: str) -> Iterator[str]:
    own = [link for link in feed.findall(f"{_ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1:
        yield f"feed: {len(own)} links to itself"
    for link in own:
        if link.get("type", "application/atom+xml").partition(";")[0] != "application/atom+xml":
            yield f"feed: its link to itself is of the type {link.get('type')}"
        if address and link.get("href") != address and not feed.get(_BASE):
            yield f"feed: its link to itself leads to {link.get('href')}, but it lies at {address}"


def _list_faults_of_links(element: etree._Element) -> Iterator[str]:
    links = element.findall(f"{_ATOM}link")
    for link in links:
        relation = link.get("rel", "alternate")
        if relation not in _RELATIONS.split() and not _ABSOLUTE.fullmatch(relation):
            yield f"link: {relation!r} is no registered relation"
        if not _REFERENCE.fullmatch(link.get("href")):
            yield f"link: {link.get('href')!r} is no address"
        if not re.fullmatch(r"\d*", link.get("length", "")):
            yield f"link: {link.get('length')!r} is no length"
    others = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]
    if len(set(others)) < len(others):
        yield "link: two alternates of one type and language"


def _list_faults_of_moments(feed: etree._Element, entries: list[etree._Element]) -> Iterator[str]:
    faults = [fault for element in (feed, *entries) for fault in _list_moments_that_are_none(element)]
    if faults:
        yield from faults
        return
    for entry in entries:
        if _text(entry, "published") and _moment(entry, "published") > _moment(entry, "updated"):
            yield "entry: updated before it was published"
        if _moment(entry, "updated") > _moment(feed, "updated"):
            yield "feed: updated before an entry of its own"


def _list_moments_that_are_none(element: etree._Element) -> Iterator[str]:
    """List moments that a grammar lets through and no calendar has, such as 24 o'clock."""
    for name in ("published", "updated"):
        try:
            _text(element, name) and _moment(element, name)
        except ValueError as error:
            yield f"{name}: {_text(element, name)!r}: {error}"


def _list_faults_of_words(element: etree._Element) -> Iterator[str]:
    """List faults of what a reader is shown: none blank, none with signs that nobody writes, markup as in HTML."""
    for name in ("title", "subtitle", "rights", "summary", "content"):
        for shown in element.findall(f"{_ATOM}{name}"):
            words = "".join(shown.itertext())
            if not words.strip() and not shown.get("src"):
                yield f"{name}: blank"
            if re.search("[\x80-\x9f]", words):
                yield f"{name}: a control sign"
            if shown.get("type", "text") not in ("text", "html"):
                yield f"{name}: of the type {shown.get('type')}, into which this validator does not look"
            if shown.get("type") == "html":
                yield from (f"{name}: {fault}" for fault in list_faults_in_markup(words))
            if not any(ancestor.get(_LANGUAGE) for ancestor in (shown, *shown.iterancestors())):
                yield f"{name}: in no language"
    for person in (*element.findall(f"{_ATOM}author"), *element.findall(f"{_ATOM}contributor")):
        if not _text(person, "name").strip():
            yield f"{etree.QName(person).localname}: without a name"
    for category in element.findall(f"{_ATOM}category"):
        if not category.get("term").strip() or not _ABSOLUTE.fullmatch(category.get("scheme", "urn:x:y")):
            yield "category: a blank term, or a scheme that is no absolute address"


def _list_faults_of_entry(entry: etree._Element, feed: etree._Element) -> Iterator[str]:
    content, summary = entry.find(f"{_ATOM}content"), entry.find(f"{_ATOM}summary")
    relations = {link.get("rel", "alternate") for link in entry.findall(f"{_ATOM}link")}
    if not any(element.find(f"{_ATOM}author") is not None for element in (entry, feed)):
        yield "entry: without an author, and so is its feed"
    if content is None and "alternate" not in relations:
        yield "entry: without content and without a link to it"
    is_text = content is not None and content.get("src") is None
    if not is_text and summary is None:
        yield "entry: without words of its own"
