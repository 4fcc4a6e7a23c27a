"""How altair's objects are written as plain values, when they hold nothing else.

Altair asks of each cell whether it is an array, a frame, a day or a thing of a kind not yet known; that takes it a
fifth of the time in which a chart is made. Charts of this library are drawn from altair's objects, words and numbers.
"""

from __future__ import annotations

from typing import Any

from altair import SchemaBase, Undefined

#: What is written as it is.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def write_plainly(part: Any) -> Any:
    """Give what altair's own ``to_dict(validate=False)`` gives of a part of a chart.

    Raises `TypeError` for what is no object of altair's, no list, no dict, no word and no number, and for a channel in
    altair's shorthand.
    """
    kind = type(part)
    if kind in _PLAIN:
        return part
    if kind is dict:
        return {name: write_plainly(value) for name, value in part.items() if value is not Undefined}
    if kind is list or kind is tuple:
        return [write_plainly(value) for value in part]
    if isinstance(part, SchemaBase) and part._kwds.get("shorthand", Undefined) is Undefined:
        return write_plainly(part._args[0] if part._args else part._kwds)
    raise TypeError(f"{kind.__name__} is no part of a chart here; charts are drawn from fields and plain values")
