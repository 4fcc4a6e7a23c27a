"""Parcels: orders, and what came of them, on their way from one process to another.

Each is a line of JSON with the bytes behind it: pages and runs are most of what travels, and stand in no JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import IO, Any, TypeVar

#: An order, or what came of one.
Parcel = TypeVar("Parcel")


def encode(sent: Any) -> bytes:
    """Write an order, or what came of one: a line of JSON, and behind it the bytes, of which the line says how many.

    Examples
    --------
    >>> from briefing.press.orders import Delivery
    >>> decode(encode(Delivery("held", ("cell 3: it prints",), page=b"x")), Delivery).page
    b'x'
    """
    cells = asdict(sent)
    parts = {name: cell for name, cell in cells.items() if isinstance(cell, bytes)}
    sizes = {name: len(part) for name, part in parts.items()}
    return b"".join([json.dumps(cells | sizes).encode(), b"\n", *parts.values()])


def decode(parcel: bytes, kind: type[Parcel]) -> Parcel:
    """Read an order, or what came of one, as `encode` writes it; raises `ValueError` where it is not whole."""
    line, _, parts = parcel.partition(b"\n")
    return _assemble(json.loads(line), parts, kind)


def send(stream: IO[bytes], sent: Any) -> None:
    """Send an order, or what came of one."""
    stream.write(encode(sent))
    stream.flush()


def receive(stream: IO[bytes], kind: type[Parcel]) -> Parcel | None:
    """Receive what was sent; ``None`` where the other side is gone."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    cells = json.loads(line)
    size = _count_bytes(cells, kind)
    parts = stream.read(size)
    return _assemble(cells, parts, kind) if len(parts) == size else None


def _assemble(cells: Mapping[str, Any], parts: bytes, kind: type[Parcel]) -> Parcel:
    made: dict[str, Any] = {}
    at = 0
    for known in _fields(kind):
        cell, told = cells[known.name], str(known.type)
        if told == "bytes":
            made[known.name], at = parts[at : at + cell], at + cell
        elif told.startswith("tuple[tuple"):
            made[known.name] = tuple(tuple(row) for row in cell)
        else:
            made[known.name] = tuple(cell) if told.startswith("tuple") else cell
    if at != len(parts):
        raise ValueError(f"{len(parts):,} bytes came, and {at:,} were told of")
    return kind(**made)


def _count_bytes(cells: Mapping[str, Any], kind: type) -> int:
    return sum(cells[known.name] for known in _fields(kind) if str(known.type) == "bytes")


def _fields(kind: Any) -> tuple[Any, ...]:
    return fields(kind)
