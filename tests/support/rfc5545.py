"""A validator of calendars: what RFC 5545, and RFC 7986 of calendars as feeds, ask of lines, properties and events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

#: A line's parts: a name, parameters whose values may be quoted, a value; no control sign but a tab (section 3.1).
_LINE = re.compile(
    r"(?P<name>[A-Za-z0-9-]+)"
    r"(?P<parameters>(;[A-Za-z0-9-]+=(\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\";:,\x00-\x08\x0a-\x1f\x7f]*)"
    r"(,(\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\";:,\x00-\x08\x0a-\x1f\x7f]*))*)*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
_PARAMETER = re.compile(r";([A-Za-z0-9-]+)=((?:\"[^\"]*\"|[^\";:,]*)(?:,(?:\"[^\"]*\"|[^\";:,]*))*)")

#: What a component must have once, what at most once, and what as often as it likes.
_PROPERTIES = {
    "VCALENDAR": (
        "PRODID VERSION",
        "CALSCALE METHOD UID LAST-MODIFIED URL REFRESH-INTERVAL SOURCE COLOR",
        "NAME DESCRIPTION CATEGORIES IMAGE",
    ),
    "VEVENT": (
        "UID DTSTAMP",
        "DTSTART DTEND DURATION CLASS CREATED DESCRIPTION GEO LAST-MODIFIED LOCATION ORGANIZER PRIORITY SEQUENCE "
        "STATUS SUMMARY TRANSP URL RECURRENCE-ID RRULE COLOR",
        "ATTACH ATTENDEE CATEGORIES COMMENT CONTACT EXDATE REQUEST-STATUS RELATED-TO RESOURCES RDATE IMAGE CONFERENCE",
    ),
}
_ONE_OF = {
    "VERSION": ("2.0",),
    "CALSCALE": ("GREGORIAN",),
    "STATUS": ("TENTATIVE", "CONFIRMED", "CANCELLED"),
    "TRANSP": ("OPAQUE", "TRANSPARENT"),
    "CLASS": ("PUBLIC", "PRIVATE", "CONFIDENTIAL"),
}
#: What a value is where its property does not say so; the others are texts. What must say so.
_KINDS = {
    **dict.fromkeys(("DTSTAMP", "DTSTART", "DTEND", "CREATED", "LAST-MODIFIED", "RECURRENCE-ID"), "DATE-TIME"),
    **dict.fromkeys(("URL", "SOURCE"), "URI"),
    **dict.fromkeys(("DURATION", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"), "DURATION"),
    **dict.fromkeys(("PRIORITY", "SEQUENCE"), "INTEGER"),
}
_SAYS_SO = {"REFRESH-INTERVAL": "DURATION", "SOURCE": "URI"}
_MAY_BE_DATES = ("DTSTART", "DTEND", "RECURRENCE-ID")
_IN_UTC = ("DTSTAMP", "CREATED", "LAST-MODIFIED")
_LISTS = ("CATEGORIES", "RESOURCES")
_TEXT = re.compile(r"([^\\;,]|\\[\\;,nN])*")
_TEXTS = re.compile(r"([^\\;]|\\[\\;,nN])*")
_WRITTEN = {
    "DURATION": re.compile(r"[+-]?P(\d+W|(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?)(?<![PT])"),
    "URI": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+"),
    "INTEGER": re.compile(r"[+-]?\d+"),
}


@dataclass(slots=True)
class _Property:
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def kind(self) -> str:
        return self.parameters.get("VALUE", _KINDS.get(self.name, "TEXT"))


@dataclass(slots=True)
class _Component:
    name: str
    properties: list[_Property] = field(default_factory=list)
    parts: list[_Component] = field(default_factory=list)

    def value(self, name: str) -> str:
        return next((one.value for one in self.properties if one.name == name), "")


def list_faults_of_calendar(content: bytes) -> list[str]:
    """List what is wrong with a calendar."""
    faults = list(_list_faults_of_bytes(content))
    if faults:
        return faults
    root = _Component("")
    faults = list(_read(content.decode().replace("\r\n ", "").replace("\r\n\t", ""), root))
    if faults:
        return faults
    if [part.name for part in root.parts] != ["VCALENDAR"]:
        return [f"one VCALENDAR is asked for; here are {[part.name for part in root.parts]}"]
    return list(_list_faults_of_component(root.parts[0])) + list(_list_faults_between(root.parts[0]))


def _list_faults_of_bytes(content: bytes) -> Iterator[str]:
    """List faults of lines: each ends with CR and LF, none is longer than 75 octets, none cuts a letter."""
    *lines, rest = content.split(b"\r\n")
    if rest or b"\n" in b"".join(lines) or b"\r" in b"".join(lines):
        yield "a line does not end with CR and LF"
    for number, line in enumerate(lines, 1):
        if len(line) > 75:
            yield f"line {number}: {len(line)} octets, of 75 at most"
        if not line.strip(b" \t"):
            yield f"line {number}: empty"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number}: no UTF-8, or a letter that is cut in two"


def _read(text: str, root: _Component) -> Iterator[str]:
    """Read lines into components."""
    open_ = [root]
    for line in text.split("\r\n")[:-1]:
        parts = _LINE.fullmatch(line)
        if not parts:
            yield f"{line[:40]!r} is no line of a calendar"
            continue
        name, value = parts["name"].upper(), parts["value"]
        if name == "BEGIN":
            open_[-1].parts.append(_Component(value.upper()))
            open_.append(open_[-1].parts[-1])
        elif name == "END":
            if open_[-1].name != value.upper() or len(open_) == 1:
                yield f"END:{value} ends {open_[-1].name or 'nothing'}"
                return
            open_.pop()
        else:
            told = {key.upper(): said for key, said in _PARAMETER.findall(parts["parameters"])}
            open_[-1].properties.append(_Property(name, told, value))
    if len(open_) > 1:
        yield f"{open_[-1].name} is never ended"


def _list_faults_of_component(component: _Component) -> Iterator[str]:
    if component.name not in _PROPERTIES:
        yield f"{component.name} is no component that is known here"
        return
    must, once, often = (names.split() for names in _PROPERTIES[component.name])
    count = Counter(one.name for one in component.properties)
    yield from (f"{component.name}: no {name}" for name in must if not count[name])
    yield from (f"{component.name}: {count[name]} times {name}" for name in (*must, *once) if count[name] > 1)
    for one in component.properties:
        if one.name not in (*must, *once, *often) and not one.name.startswith("X-"):
            yield f"{component.name}: {one.name} is no property of it"
        yield from (f"{component.name}: {one.name}: {fault}" for fault in _list_faults_of_value(one))
    for part in component.parts:
        yield from _list_faults_of_component(part)


def _list_faults_of_value(one: _Property) -> Iterator[str]:
    kind = one.kind
    if one.name in _SAYS_SO and one.parameters.get("VALUE") != _SAYS_SO[one.name]:
        yield f"it must say VALUE={_SAYS_SO[one.name]}"
    if "VALUE" in one.parameters and kind != _KINDS.get(one.name, "TEXT"):
        if not (kind == "DATE" and one.name in _MAY_BE_DATES):
            yield f"it cannot be a {kind}"
        return (yield from _list_faults_of_moment(one))
    if one.name in _ONE_OF and one.value not in _ONE_OF[one.name]:
        yield f"{one.value!r} is none of {', '.join(_ONE_OF[one.name])}"
    if kind == "DATE-TIME":
        yield from _list_faults_of_moment(one)
    elif kind in _WRITTEN and not _WRITTEN[kind].fullmatch(one.value):
        yield f"{one.value!r} is no {kind}"
    elif kind == "TEXT" and not (_TEXTS if one.name in _LISTS else _TEXT).fullmatch(one.value):
        yield f"{one.value[:40]!r} has a comma, a semicolon or a backslash that is not escaped"


def _list_faults_of_moment(one: _Property) -> Iterator[str]:
    form = "%Y%m%d" if one.kind == "DATE" else "%Y%m%dT%H%M%S"
    try:
        if len(one.value.removesuffix("Z")) != (8 if one.kind == "DATE" else 15):
            raise ValueError
        datetime.strptime(one.value.removesuffix("Z"), form)
    except ValueError:
        yield f"{one.value!r} is no {one.kind}"
    if one.name in _IN_UTC and not one.value.endswith("Z"):
        yield f"{one.value!r} is not in UTC"
    if one.kind == "DATE" and one.value.endswith("Z"):
        yield f"{one.value!r}: a day has no zone"


def _list_faults_between(calendar: _Component) -> Iterator[str]:
    """List faults that lie between properties, and between events."""
    if not calendar.parts:
        yield "VCALENDAR: without a component"
    keys = Counter((part.value("UID"), part.value("RECURRENCE-ID")) for part in calendar.parts)
    yield from (f"VEVENT: the UID {key!r} is that of {number}" for (key, _), number in keys.items() if number > 1)
    for event in calendar.parts:
        start, end = event.value("DTSTART"), event.value("DTEND")
        if not start and not calendar.value("METHOD"):
            yield "VEVENT: no DTSTART, in a calendar without METHOD"
        if end and event.value("DURATION"):
            yield "VEVENT: both DTEND and DURATION"
        if end and (len(end) != len(start) or end <= start):
            yield "VEVENT: it ends before it begins, or as another kind of moment"
        if not event.value("UID").strip():
            yield "VEVENT: a blank UID"
