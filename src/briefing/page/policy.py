"""The page's Content-Security-Policy: scripts and styles by hash, nothing else, and proof of it on the final text."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefing.errors import PageError
from briefing.page.allowed import HTML, ONCE, PARENTS, SVG, VOID, is_allowed
from briefing.page.links import check_links, part_links

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
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s=<>\"'/]+(?:=\"[^\"<>]*\")?)*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"\s+([^\s=<>\"'/]+)(?:=\"([^\"<>]*)\")?")
_DOCTYPE = "<!doctype html>"
#: What a page has once.
_SINGLE = frozenset({*ONCE, "policy"})
#: Whoever mends a page is helped by the first few.
_MOST_PROBLEMS = 20
#: Those of a page lie a tenth as deep.
_DEEPEST = 200


def hash_inline(text: str) -> str:
    """Give the hash by which a policy lets an inline script or style through, in single quotes."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def make_policy(*, styles: Iterable[str], scripts: Iterable[str], asks: bool = False) -> str:
    """Write the policy that lets these styles and scripts through and nothing else.

    A sheet that `asks` has a form; what is written in it goes to a file beside it.

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
    return "; ".join([*rules, "img-src data:", "base-uri 'none'", f"form-action '{'self' if asks else 'none'}'"])


def check_page(page: str) -> list[str]:
    """List what a finished page holds against its own policy; an empty list is good.

    Examples
    --------
    >>> check_page('<p style="color:red">')
    ['the page has no policy', 'line 1, column 1: <p style="color:red">: a page has no style such as that', \
'<p>: has no end; elements of a page end in order']
    """
    allowed = find_policy(page)
    problems = [] if allowed else ["the page has no policy"]
    if allowed and not _STRICT.fullmatch(allowed):
        problems.append("its policy lets through more than styles and scripts by their hash")
    if len(_OPENING.findall(page)) > _MOST_INLINE:
        return [*problems, f"more than {_MOST_INLINE} scripts and styles: a page has one style and few scripts"]
    made, blocks = part_links(page.encode("utf-8", "surrogatepass"))
    problems += [problem] if (problem := check_links(blocks)) else []
    return problems + list(itertools.islice(_walk(made.decode("utf-8", "surrogatepass"), allowed), _MOST_PROBLEMS))


def _walk(page: str, policy: str) -> Iterator[str]:
    """Read a page as a browser does where everything is closed in order, and tell what is not on the list.

    A text holds no "<": what a browser might take for a tag, and this reader not, has no place on a page.
    """
    at = len(_DOCTYPE) if page.startswith(_DOCTYPE) else 0
    parents = [""]
    seen: set[str] = set()
    while (at := page.find("<", at)) >= 0:
        tag = _TAG.match(page, at)
        if tag is None:
            yield f"{say_place(page, at)}: {page[at : at + 40]!r}: a tag that is not the page's own"
            at += 1
            continue
        is_end, name, attributes, is_closed = tag.groups()
        begin, at = at, tag.end()
        if is_end:
            if parents.pop() != name or not parents:
                yield f"{say_place(page, begin)}: {tag[0]}: ends what did not begin; elements of a page end in order"
                return
            continue
        is_drawn = name == "svg" or "svg" in parents
        if problem := _check_tag(name, attributes, parent=parents[-1], drawn=is_drawn):
            yield f"{say_place(page, begin)}: {tag[0][:80]}: {problem}"
        single = "policy" if "http-equiv" in attributes and _says(attributes, "http-equiv") else name
        if single in seen:
            yield f"{say_place(page, begin)}: {tag[0][:80]}: a page has one {single}"
        if single in _SINGLE:
            seen.add(single)
        if name in ("script", "style") and not is_drawn:
            end = page.find(f"</{name}>", at)
            text, at = page[at : end if end >= 0 else len(page)], end + len(name) + 3 if end >= 0 else len(page)
            if problem := _check_inline(name, attributes, text, policy):
                yield f"{say_place(page, begin)}: <{name}>: {problem}"
        elif not (is_closed and is_drawn) and name not in VOID:
            parents.append(name)
            if len(parents) > _DEEPEST:
                yield f"{say_place(page, begin)}: elements lie in each other, more than {_DEEPEST} deep"
                return
    if parents[1:]:
        yield f"<{parents[-1]}>: has no end; elements of a page end in order"


def say_place(page: str, at: int) -> str:
    """Say where in a page a character stands, in lines and columns from 1."""
    return f"line {page.count(chr(10), 0, at) + 1}, column {at - page.rfind(chr(10), 0, at)}"


@lru_cache(maxsize=20_000)
def _check_tag(name: str, attributes: str, *, parent: str, drawn: bool) -> str:
    """Say what is wrong with a tag; nothing where all of it is on the list. Pages repeat each other's tags."""
    if name not in (SVG if drawn else HTML):
        return "a page has no such element"
    if not drawn and parent not in PARENTS.get(name, (parent,)):
        return "it does not stand there on a page"
    said = _ATTRIBUTE.findall(attributes)
    if len({key.lower() for key, _ in said}) < len(said):
        return "it says one thing twice"
    for key, value in said:
        if not is_allowed(name, key, html.unescape(value), drawn=drawn):
            return f"a page has no {key} such as that"
    return ""


def _says(attributes: str, name: str) -> bool:
    return any(key == name for key, _ in _ATTRIBUTE.findall(attributes))


def _check_inline(name: str, attributes: str, text: str, policy: str) -> str:
    """Say what is wrong with a script or a style: what is data runs nothing, all else is let through by its hash."""
    if name == "script" and _says(attributes, "type"):
        return "data hold no tag" if "<" in text else ""
    return "" if hash_inline(text) in policy else "its hash is not in the policy"


def find_policy(page: str) -> str:
    """Find the policy at the head of a page, where a browser heeds it before anything else; empty where it has none."""
    found = _POLICY.match(page)
    return html.unescape(found[1]) if found else ""


def find_styles(page: str) -> list[str]:
    """List the styles of a page."""
    return [inline[3] for inline in _INLINE.finditer(page) if inline[1] == "style"]


def find_scripts(page: str) -> list[str]:
    """List the scripts that a page's policy lets run, by hash."""
    found = _STRICT.fullmatch(find_policy(page))
    return (found["scripts"] or "").split() if found else []


def assert_page(page: str) -> str:
    """Give back a page that keeps its policy; raises `PageError` where it does not."""
    problems = check_page(page)
    if problems:
        raise PageError("; ".join(problems[:5]) + ". A page keeps its own policy. This is an error of the template.")
    return page
