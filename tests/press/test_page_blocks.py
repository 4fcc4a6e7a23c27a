"""Each kind of block as the page writes it, part by part, beside what it was when somebody last looked."""

from __future__ import annotations

import freedonia as f
import pytest
from syrupy.assertion import SnapshotAssertion

from briefing.blocks import Block
from briefing.press.page.exporter import _environment
from briefing.press.page.ledger import open_ledger
from briefing.press.page.parts import Part
from briefing.press.page.render import _write_part
from briefing.press.page.words import read_words
from briefing.press.page.writer import Writer

BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>'
#: The first block of each kind that is a part by itself: headlines and headings are the frame's.
BLOCKS = {block.kind: block for block in reversed(f.BLOCKS[1:]) if block.kind != "heading"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", sorted(BLOCKS))
@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_block_is_written_as_it_was(kind: str, language: str, snapshot: SnapshotAssertion) -> None:
    block: Block = BLOCKS[kind]
    writer = Writer(open_ledger(f.BLOCKS), read_words(language), lambda spec: BLANK, language="en")
    assert str(_write_part(Part("cell 1", block), writer, _environment())) == snapshot
