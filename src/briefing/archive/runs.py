"""The run behind a page, as it was stored: its blocks, and what of it this release cannot read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.blocks.blocks import MIME, Block, read_block
from briefing.blocks.walk import blocks_in
from briefing.editions.fingerprint import digest_bytes
from briefing.errors import PageError, in_a_line
from briefing.page.tame import tame
from briefing.press.orders import unpack_plain
from briefing.press.publish import run_path


def read_run(out: Path, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Read the run behind a page; raises `PageError` where it is not the one that was stored."""
    packed = run_path(out, str(manifest["address"])).read_bytes()
    if digest_bytes(packed) != manifest.get("run"):
        raise PageError("it is not the one that was stored.")
    return unpack_plain(packed)


def read_run_blocks(notebook: Any) -> tuple[list[Block], list[str]]:
    """Read the blocks of a run, those within others too, and say what of it cannot be read."""
    blocks: list[Block] = []
    flaws: list[str] = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if MIME in output.get("data", {}):
                try:
                    blocks += blocks_in(read_block(tame(output["data"][MIME])))
                except PageError as error:
                    flaws.append(in_a_line(error))
    return blocks, flaws
