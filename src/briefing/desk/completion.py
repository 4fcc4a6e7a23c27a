"""Ids inside strings, completed while a notebook is written: ``quantity="lorr`` gives ``lorries-sent``, with its title.

A kernel's frontend asks for it (JupyterLab and IPython when Tab is pressed). What stands before the cursor is code that
is not finished, so it is read token by token.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from inspect import isfunction, signature
from typing import TYPE_CHECKING, Any

import briefing
from briefing.dossier.asked import Reader, find_answers, reader_of, reader_of_files
from briefing.dossier.dossier import Dossier
from briefing.dossier.files import find_folder
from briefing.errors import UsageError

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult

_TOKENS = re.compile(
    r"""(?P<comment>\#[^\n]*)|[rbuftRBUFT]{0,2}(?P<quote>\"{3}|'{3}|["'])|(?P<name>\w+(?:[ \t]*\.[ \t]*\w+)*)
    |(?P<test>[=!<>]=)|(?P<mark>[()\[\]{},=\n;])""",
    re.VERBOSE,
)
_CLOSES = frozenset(")]}")


@dataclass(slots=True)
class _Bracket:
    """A bracket that is open, or the line itself: what stands before it, and where in it the cursor is."""

    kind: str
    before: str = ""
    position: int = 0
    word: str = ""  #: The keyword whose value comes now.
    first: str = ""  #: The first name inside: of a call the dossier or the claims that a verb is given.


@dataclass(frozen=True, slots=True)
class OpenString:
    """Where the cursor is: inside a string that a verb is given, or that a parameter is."""

    verb: str  #: As it is called: ``b.choose_claims``; empty for a parameter.
    word: str  #: The keyword; empty where the string is given by its place.
    position: int
    first: str
    fragment: str  #: What of the string stands before the cursor.


def find_open_string(code: str) -> OpenString | None:
    """Find in which string of which call code ends; ``None`` where it ends in none.

    Examples
    --------
    >>> find_open_string('b.choose_claims(d, item=["mule", "go')
    OpenString(verb='b.choose_claims', word='item', position=1, first='d', fragment='go')
    >>> find_open_string('b.choose_claims(d, item="mule")')
    """
    stack, name, at = [_Bracket("")], "", 0
    while token := _TOKENS.search(code, at):
        at = token.end()
        if quote := token["quote"]:
            end = _end_of(code, quote, at)
            if end < 0:
                return _place_in(stack, code[at:])
            name, at = "", end
        elif token["name"]:
            name = token["name"].replace(" ", "")
            stack[-1].first = stack[-1].first or name
        elif mark := token["mark"]:
            _step(stack, mark, name)
            name = ")" if mark in _CLOSES else ""
    return None


def _end_of(code: str, quote: str, at: int) -> int:
    """Give where a string ends: behind its quote, or at the end of its line; -1 where the code ends first."""
    or_line = "" if len(quote) == 3 else r"|(?=\n)"
    found = re.compile(rf"(?:\\.|[^\\])*?(?:{quote}{or_line})", re.DOTALL).match(code, at)
    return found.end() if found else -1


def _step(stack: list[_Bracket], mark: str, name: str) -> None:
    """Follow one mark: what opens, closes, parts or names what is given."""
    top = stack[-1]
    if mark in "([{":
        stack.append(_Bracket(mark, name))
    elif mark in _CLOSES and len(stack) > 1:
        stack.pop()
    elif mark == ",":
        top.position, top.word = top.position + 1, ""
    elif mark == "=":
        top.word = name if top.kind else top.first
    elif mark in "\n;" and len(stack) == 1:
        stack[0] = _Bracket("")


def _place_in(stack: list[_Bracket], fragment: str) -> OpenString | None:
    """Give the call whose string is open: lists and dictionaries of strings are looked through."""
    for bracket in reversed(stack):
        if bracket.kind == "(" and bracket.before:
            return OpenString(bracket.before, bracket.word, bracket.position, bracket.first, fragment)
        if bracket.before or not bracket.kind:
            break
    return OpenString("", stack[0].word, 0, "", fragment) if stack[0].word and len(stack) == 1 else None


def complete_string(code: str, names: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """Give what of a string stands before the cursor, and what it may become, each with its title.

    `names` are the notebook's: the dossier is the one that the verb is given, or else the newest there, or else the
    nearest folder with tables.
    """
    place = find_open_string(code)
    answers = find_answers(_word_of(place), verb=_last(place.verb) or "where") if place else None
    if place is None or answers is None:
        return "", {}
    try:
        listed = answers.list_all(_find_reader(place, names))
    except UsageError:  # no dossier is near
        return "", {}
    begin = place.fragment.casefold()
    begins = {key: title for key, title in listed.items() if key.casefold().startswith(begin)}
    holds = {key: title for key, title in listed.items() if begin in f"{key} {title}".casefold()}
    return place.fragment, begins or holds


def _last(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _word_of(place: OpenString) -> str:
    """Give the word that the string is given as; empty where the call is no verb's."""
    verb = _last(place.verb)
    if not place.verb or (verb == "where" and place.word):
        return place.word
    if verb not in dir(briefing):
        return ""
    function = getattr(briefing, verb)
    taken = list(signature(function).parameters) if isfunction(function) else []
    return place.word or (taken[place.position] if 0 < place.position < len(taken) else "")


def _find_reader(place: OpenString, names: Mapping[str, Any]) -> Reader:
    given = [names.get(place.first), names.get(place.verb.partition(".")[0])]
    for value in (*given, *reversed(list(names.values()))):
        dossier = value if isinstance(value, Dossier) else getattr(value, "dossier", None)
        if isinstance(dossier, Dossier):
            return reader_of(dossier, is_noted=False)
    return reader_of_files(find_folder())


def complete_in_shell(shell: Any, context: CompletionContext) -> SimpleMatcherResult:
    """Answer IPython: the ids alone where there are any, so that no file's name stands among them."""
    from IPython.core.completer import SimpleCompletion  # a notebook's author has it; the command line need not

    lines = context.full_text.split("\n")[: context.cursor_line]
    fragment, found = complete_string("\n".join([*lines, context.text_until_cursor]), shell.user_ns)
    # JupyterLab shows a type beside its completion, and would break a title over lines that lie on each other
    completions = [SimpleCompletion(key, type=title.replace(" ", "\xa0") or "choice") for key, title in found.items()]
    if not completions:
        return {"completions": [], "suppress": False}
    return {"completions": completions, "suppress": True, "matched_fragment": fragment, "ordered": True}
