"""Chains of ids: a document relays another, a count replaces an earlier one, a part has a whole, an item a wider kind.

One map of steps says what each id leads to. A chain that bites its own tail is walked once round and no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def follow(start: str, steps: Mapping[str, str]) -> Iterator[str]:
    """Give what an id leads to, step by step, without the id itself, which need not be in the map.

    Examples
    --------
    >>> list(follow("a", {"a": "b", "b": "c"})), list(follow("a", {"a": "b", "b": "a"}))
    (['b', 'c'], ['b'])
    """
    seen, at = {start}, steps.get(start)
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = steps.get(at)


def find_end(start: str, steps: Mapping[str, str]) -> str:
    """Find the end of a chain: the last id that another leads to, or itself."""
    end = start
    for end in follow(start, steps):  # noqa: B007  # the last one is what is wanted
        pass
    return end


def find_ends(steps: Mapping[str, str]) -> dict[str, str]:
    """Find the ends of all chains in a map of steps; each step is walked once, however long the chains are.

    What leads into a circle ends where the circle was closed.

    Examples
    --------
    >>> find_ends({"a": "b", "b": "c", "d": "b"})
    {'b': 'c', 'a': 'c', 'd': 'c'}
    """
    ends: dict[str, str] = {}
    for start in steps:
        path: dict[str, None] = {}  # a set that keeps its order
        at = start
        while at in steps and at not in ends and at not in path:
            path[at] = None
            at = steps[at]
        end = ends.get(at, at)
        ends |= dict.fromkeys(reversed(path), end)
    return ends


def find_groups(links: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Find which ids are linked, directly or through others: each id with one that stands for its group.

    Links are told both ways.

    Examples
    --------
    >>> find_groups({"mule": ["goat"], "goat": ["mule", "ox"], "ox": ["goat"]})
    {'mule': 'mule', 'goat': 'mule', 'ox': 'mule'}
    """
    groups: dict[str, str] = {}
    for start in links:
        if start not in groups:
            groups |= dict.fromkeys(find_below([start], links), start)
    return groups


def find_below(starts: Iterable[str], links: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Find some ids and all that hangs below them, each once; an id with nothing right below it may lack a link.

    Examples
    --------
    >>> find_below(["animal"], {"animal": ["mule", "goat"], "mule": ["white mule"]})
    ('animal', 'goat', 'mule', 'white mule')
    """
    below: dict[str, None] = {}
    ahead = list(starts)
    while ahead:
        below[at := ahead.pop()] = None
        ahead += [link for link in links.get(at, ()) if link not in below]
    return tuple(below)


def turn_round(steps: Mapping[str, str]) -> dict[str, list[str]]:
    """Turn a map of steps round, for `find_below`: which ids lead to each.

    Examples
    --------
    >>> turn_round({"mule": "animal", "goat": "animal"})
    {'animal': ['mule', 'goat']}
    """
    links: dict[str, list[str]] = {}
    for at, to in steps.items():
        links.setdefault(to, []).append(at)
    return links


def find_circles(steps: Mapping[str, str]) -> list[list[str]]:
    """Find the circles in a map of steps.

    Examples
    --------
    >>> find_circles({"a": "b", "b": "a", "c": "a", "d": "e"})
    [['a', 'b']]
    """
    circles: list[list[str]] = []
    done: set[str] = set()
    for start in steps:
        path: dict[str, None] = {}  # a set that keeps its order: chains may be long
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = steps.get(at)
        if at is not None and at in path:
            ids = list(path)
            circles.append(ids[ids.index(at) :])
        done.update(path)
    return circles
