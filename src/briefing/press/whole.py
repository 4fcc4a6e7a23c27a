"""Notes kept whole: plain values under the digest of their bytes, so that a thousand are read in no time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from briefing.editions.fingerprint import digest_bytes
from briefing.press.publish import write_changed


def write_whole(path: Path, value: Mapping[str, Any]) -> None:
    """Write values under the digest of their bytes, where they are others: a thousand are read in no time."""
    content = json.dumps(value, ensure_ascii=False, sort_keys=True, default=list_fields).encode()
    write_changed(path, _seal(content) + content + b"}")


def read_whole(path: Path) -> dict[str, Any]:
    """Read plain values; nothing where the file is missing or was changed."""
    try:
        whole = path.read_bytes()
    except OSError:
        return {}
    content = whole[len(_seal(b"")) : -1]
    return dict(json.loads(content)) if whole.startswith(_seal(content)) else {}


def _seal(content: bytes) -> bytes:
    """Write what stands before the bytes of plain values; it has one length."""
    return f'{{"seal": "{digest_bytes(content)}", "kept": '.encode()


def list_fields(value: Any) -> dict[str, Any]:
    """Give the fields of a dataclass as they are: `asdict` would copy all that is in them."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
