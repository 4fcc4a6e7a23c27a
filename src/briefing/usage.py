"""The door of the vocabulary: a verb that is asked wrongly says what it takes, and what to write instead.

In IPython an error of ours is told in a line, with the line of the cell; ``%tb`` shows the whole trace. A value that a
verb gives and that is no block shows itself as a table there (`glance`), for who writes; no page takes it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, wraps
from html import escape
from types import TracebackType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from briefing.errors import ClaimError, UsageError, did_you_mean, printable

#: How the HTML of a value that is no block begins: by it the page knows what only its author sees.
GLANCE = '<div class="briefing-glance">'

#: So many rows a glance shows.
MOST_ROWS = 60

Verb = TypeVar("Verb", bound=Callable[..., Any])

#: What makes a value that a verb takes, by the value's name.
MAKERS = {
    "Dossier": "read_dossier(...)",
    "Claims": "choose_claims(d, ...)",
    "Contested": "contested(choose_claims(d, ...))",
    "Statements": "choose_quotes(d, ...)",
    "Parts": "find_parts(d, ...)",
    "Revisions": "revisions(d, ...)",
    "Timeline": "timeline(d, ...)",
    "Affected": "affected_by(d, ...)",
    "Tile": "tile(contested(...))",
    "str": 'a text, such as f"They sent {figure}."',
}


def verb(function: Verb) -> Verb:
    """Mark a function as a verb of the vocabulary: it refuses arguments that it does not take, in words for an analyst.

    Positional arguments are checked against their types, keywords by their names alone. A verb that shows something
    shows nothing of claims that fill no place (`is_spare`), so that a notebook asks for three and gets two.
    """
    return _mind(function, skips=True)


def verb_always(function: Verb) -> Verb:
    """Mark a function as a verb that also says something of claims that fill no place."""
    return _mind(function, skips=False)


def _mind(function: Verb, *, skips: bool) -> Verb:
    signature = inspect.signature(function)
    ordered = [taken.name for taken in signature.parameters.values() if taken.kind is not taken.KEYWORD_ONLY]
    is_open = any(taken.kind is taken.VAR_KEYWORD for taken in signature.parameters.values())

    @wraps(function)
    def minded(*args: Any, **given: Any) -> Any:
        stranger = next((name for name in given if name not in signature.parameters and not is_open), None)
        if stranger:
            takes = ", ".join(signature.parameters)
            cure = did_you_mean(stranger, signature.parameters)
            raise UsageError(f'{function.__name__}() has no "{stranger}"; it takes {takes}. {cure}')
        try:
            signature.bind(*args, **given)
        except TypeError as error:
            asked = f"{function.__name__}{signature_words(signature)}: {error}"
            raise UsageError(f"{asked}; what has = behind it is given by its name. Mend the call.") from None
        for name, value in zip(ordered, args, strict=False):
            _check(function.__name__, name, value, hints_of(function)[name])
        if skips and args and getattr(args[0], "is_spare", False) and _shows(hints_of(function)["return"]):
            return None
        try:
            return function(*args, **given)
        except ClaimError as error:
            error.claims = error.claims or tuple(dict.fromkeys(_ids_in((*args, *given.values()))))
            raise

    return minded  # type: ignore[return-value]


@cache
def hints_of(function: Callable[..., Any]) -> dict[str, Any]:
    """Give the types that a function takes and gives; a type may stand below its verb in the module."""
    return get_type_hints(function)


def _ids_in(values: Iterable[Any]) -> Iterator[str]:
    """Give the ids of the claims that a verb was given: in claims, and in what is made of claims."""
    for value in values:
        is_ours = type(value).__module__.startswith("briefing.")
        for name in ("ids", "claims", "parts", "whole") if is_ours else ():
            within = getattr(value, name, ())
            yield from within if isinstance(within, tuple) else _ids_in([within])


def _shows(answer: Any) -> bool:
    """Whether what a verb gives is for readers: a block, or one of several kinds of them."""
    kinds = get_args(answer) if get_origin(answer) is UnionType else (answer,)
    return any(hasattr(kind, "_repr_mimebundle_") for kind in kinds)


def signature_words(signature: inspect.Signature) -> str:
    """Say what a verb takes: an argument given by its name ends in =, one that may be left out is in brackets.

    Examples
    --------
    >>> def weigh(hay, *, unit, caption=""): ...
    >>> signature_words(inspect.signature(weigh))
    '(hay, unit=, [caption=])'
    """
    parts = []
    for taken in signature.parameters.values():
        named = f"{taken.name}=" if taken.kind is taken.KEYWORD_ONLY else taken.name
        is_optional = taken.default is not taken.empty or taken.kind is taken.VAR_KEYWORD
        parts.append(f"[{named}]" if is_optional else named)
    return f"({', '.join(parts)})"


def _check(verb: str, name: str, value: Any, hint: Any) -> None:
    """Refuse a value whose class its type does not name; a type that is no class lets all values pass."""
    kinds = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    if not all(isinstance(kind, type) for kind in kinds) or isinstance(value, kinds):
        return
    taken = [kind.__name__ for kind in kinds if kind is not type(None)]
    made = " or ".join(MAKERS.get(kind, kind) for kind in taken)
    raise UsageError(
        f"{verb}() was given {type(value).__name__} as {name}; it takes {' or '.join(taken)}. Write {made}."
    )


def tell_in_a_line(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, tb_offset: int | None = None
) -> None:
    """Tell an error of ours as a cell's output: its kind, the line of the cell, its message; no trace of the library.

    IPython calls it in place of its own.
    """
    line = None
    step: TracebackType | None = trace
    while step is not None:
        line = step.tb_lineno if step.tb_frame.f_globals is shell.user_global_ns else line
        step = step.tb_next
    place = f" in line {line}" if line else ""
    told = f"\x1b[31m{kind.__name__}\x1b[39m{place}: {printable(str(error))}"
    error._render_traceback_ = lambda: [told]  # type: ignore[attr-defined]  # by this an error shows itself in IPython
    try:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    finally:
        del error._render_traceback_  # type: ignore[attr-defined]  # so that %tb shows it whole


def glance(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]], *, below: str = "") -> str:
    """Write a value as its author sees it in a notebook: a caption, a table of words, a line below; all is escaped.

    Examples
    --------
    >>> glance("A & B", [], [], below="<1>").removeprefix(GLANCE)
    '<table><caption>A &amp; B</caption></table><p>&lt;1&gt;</p></div>'
    """
    lines = list(rows)
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(printable(str(cell)))}</td>' for cell in row)}</tr>" for row in lines[:MOST_ROWS]
    )
    more = f"{len(lines) - MOST_ROWS:,} more rows" if len(lines) > MOST_ROWS else ""
    told = "".join(f"<p>{escape(printable(words))}</p>" for words in (more, below) if words)
    table = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>" if lines else ""
    return f"{GLANCE}<table><caption>{escape(printable(caption))}</caption>{table}</table>{told}</div>"
