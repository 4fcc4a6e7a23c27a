"""Addresses: where an edition's page lies under the reports folder, stable, readable, and never outside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence

from briefing.editions.given import Literal
from briefing.editions.parameters import Parameter

#: The parameter that stands last in every address.
DAY = "as_of"

_UNSAFE = re.compile(r"[^a-z0-9]+")
#: Names that some file systems keep for themselves, and those of what stands around the pages.
_RESERVED = frozenset(
    {
        *("con", "prn", "aux", "nul", "index", "latest", "corrections", "search"),
        *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)),
    }
)
_LONGEST = 60
#: The types of parameters whose values are no words.
_NUMBERS = frozenset({"int", "float", "bool"})


def address_of(
    name: str, parameters: Sequence[Parameter], values: Mapping[str, Literal], *, named: Collection[str] = ()
) -> str:
    """Give an edition's address: the briefing, what it was asked beyond the defaults, and the day.

    Parameters that are `named` stand in it even at their default: the catalog lists several values of them.
    """
    parts = [
        _part(parameter, values[parameter.name], parameters)
        for parameter in parameters
        if parameter.name != DAY and (parameter.name in named or values[parameter.name] != parameter.default)
    ]
    day = [slug(str(values[DAY]))] if values.get(DAY) is not None else []
    return "/".join([slug(name), *parts, *day]) + ".html"


def _part(parameter: Parameter, value: Literal, parameters: Sequence[Parameter]) -> str:
    """A word of the first parameter that takes words speaks for itself; all else says whose it is: ``window-60``.

    Where a part could be another question's too, digits of the question's hash tell them apart.
    """
    worded = [one.name for one in parameters if one.name != DAY and one.kind not in _NUMBERS]
    speaks = isinstance(value, str) and value != "" and worded[:1] == [parameter.name]
    part = slug(str(value)) if speaks else slug(f"{parameter.name}-{value}")
    others = [slug(one.name) for one in parameters if one.name not in (parameter.name, DAY)]
    is_lossy = parameter.kind == "str" and isinstance(value, str) and not part.endswith(value)
    if is_lossy or any(part.startswith(f"{other}-") for other in others):
        part = f"{part[:_LONGEST]}-{_digits(f'{parameter.name}={value}')}"
    return part


def slug(text: str) -> str:
    """Make a text fit to be a file's name; what is lost by it comes back as six digits of its hash.

    Examples
    --------
    >>> slug("2022-10/2022-12"), slug("BY"), slug("../../etc/passwd")
    ('2022-10-to-2022-12', 'by', 'etc-passwd-...')
    """
    spoken = text.lower().replace("/", "-to-") if re.fullmatch(r"[0-9.]+[0-9-]*/[0-9.]+[0-9-]*", text) else text.lower()
    made = _UNSAFE.sub("-", spoken).strip("-")[:_LONGEST].strip("-")
    if made and made == spoken.replace("_", "-") and made not in _RESERVED:
        return made
    return f"{made}-{_digits(text)}" if made else _digits(text)


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]
