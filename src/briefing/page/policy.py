"""The page's Content-Security-Policy: scripts and styles by hash, nothing else, and proof of it on the final text."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable

from briefing.errors import PageError

_OPENING = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
#: Looking for the ends of thousands that never end would take minutes.
_MOST_INLINE = 200
_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
#: A policy holds from where it stands: before it there is nothing that could ask, run, or hide it.
_POLICY = re.compile(
    r'\s*<!doctype html>\s*<html[^<>]*>\s*<head>\s*<meta charset="utf-8">\s*'
    r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">'
)
_HASHES = r"(?: 'sha256-[A-Za-z0-9+/]{43}=')+"
_STRICT = re.compile(
    rf"default-src 'none'(?:; script-src(?P<scripts>{_HASHES}))?(?:; style-src{_HASHES})?"
    r"; img-src data:; base-uri 'none'; form-action 'none'"
)
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=<>\"']+(?:=\"[^\"<>]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"\s+([^\s=<>\"']+)(?:=\"([^\"<>]*)\")?")
_CLOSING = re.compile(r"</[a-zA-Z][a-zA-Z0-9-]*>|<!doctype html>")
_LOOSE = re.compile(r"<[a-zA-Z!?]")
_DATA_BLOCKS = ("application/ld+json", "application/json", "application/gzip")
_FORBIDDEN = {"iframe", "frame", "object", "embed", "base", "form", "link", "audio", "video", "source", "template"}
_NO_ATTRIBUTES = {
    "srcdoc", "srcset", "action", "formaction", "ping", "background", "command", "commandfor", "interestfor",
}  # fmt: skip
_PAINTED = {"fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end"}
_ELSEWHERE = re.compile(r"url\((?!#)", re.IGNORECASE)
_LINK = re.compile(r"#|https?://|mailto:", re.IGNORECASE)


def hash_inline(text: str) -> str:
    """Give the hash by which a policy lets an inline script or style through, in single quotes."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def make_policy(*, styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Write the policy that lets these styles and scripts through and nothing else.

    Examples
    --------
    >>> make_policy(styles=[], scripts=[])
    "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"
    """
    rules = ["default-src 'none'"]
    for name, texts in (("script-src", scripts), ("style-src", styles)):
        hashes = [hash_inline(text) for text in texts]
        if hashes:
            rules.append(f"{name} {' '.join(hashes)}")
    return "; ".join([*rules, "img-src data:", "base-uri 'none'", "form-action 'none'"])


def check_page(page: str) -> list[str]:
    """List what a finished page holds against its own policy; an empty list is good.

    Examples
    --------
    >>> check_page('<p style="color:red">')
    ['the page has no policy', '<p style>: a page has no inline style']
    """
    allowed = find_policy(page)
    problems = [] if allowed else ["the page has no policy"]
    if allowed and not _STRICT.fullmatch(allowed):
        problems.append("its policy lets through more than styles and scripts by their hash")
    if len(_OPENING.findall(page)) > _MOST_INLINE:
        return [*problems, f"more than {_MOST_INLINE} scripts and styles: a page has one style and few scripts"]
    for inline in _INLINE.finditer(page):
        is_data = any(f'type="{kind}"' in inline[2] for kind in _DATA_BLOCKS)
        if not is_data and hash_inline(inline[3]) not in allowed:
            problems.append(f"<{inline[1]}>: its hash is not in the policy")
    bare = _INLINE.sub("", page)
    rest = _TAG.sub("", _CLOSING.sub("", bare))
    if _LOOSE.search(rest):
        at = _LOOSE.search(rest).start()  # type: ignore[union-attr]
        problems.append(f"{rest[at : at + 40]!r}: a tag that is not the page's own")
    return problems + [problem for tag in _TAG.finditer(bare) for problem in _check_tag(tag[1].lower(), tag[2])]


def find_policy(page: str) -> str:
    """Find the policy at the head of a page, where a browser heeds it before anything else; empty where it has none."""
    found = _POLICY.match(page)
    return html.unescape(found[1]) if found else ""


def find_scripts(page: str) -> list[str]:
    """List the scripts that a page's policy lets run, by hash."""
    found = _STRICT.fullmatch(find_policy(page))
    return (found["scripts"] or "").split() if found else []


def _check_tag(name: str, attributes: str) -> list[str]:
    problems = [f"<{name}>: a page has none"] if name in _FORBIDDEN else []
    for key, value in _ATTRIBUTE.findall(attributes):
        key = key.lower()
        if key == "style":
            problems.append(f"<{name} style>: a page has no inline style")
        elif key.startswith("on") or key in _NO_ATTRIBUTES:
            problems.append(f"<{name} {key}>: a page has no such attribute")
        elif key == "http-equiv" and value.lower() != "content-security-policy":
            problems.append(f'<meta http-equiv="{value}">: a page has none')
        elif key in _PAINTED and _ELSEWHERE.search(value):
            problems.append(f'<{name} {key}="{value[:40]}">: a page makes no request')
        elif key == "popover" and value not in ("", "auto"):
            problems.append(f'<{name} popover="{value[:40]}">: what a page opens closes by itself')
        elif key == "src" and not value.startswith("data:"):
            problems.append(f'<{name} src="{value[:40]}">: a page makes no request')
        elif key in ("href", "xlink:href") and not (_LINK.match(value) or name == "image"):
            problems.append(f'<{name} href="{value[:40]}">: a page links to its own anchors and to http(s)')
    return problems


def assert_page(page: str) -> str:
    """Give back a page that keeps its policy; raises `PageError` where it does not."""
    problems = check_page(page)
    if problems:
        raise PageError("; ".join(problems[:5]) + ". A page keeps its own policy. This is an error of the template.")
    return page
