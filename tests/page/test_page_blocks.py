"""Each kind of block as the page writes it, part by part, beside what it was when somebody last looked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import freedonia as f
import pytest
from syrupy.assertion import SnapshotAssertion

from briefing.blocks.blocks import AnyBlock, Block, Corrections, Indicators, Judgements, Matrix
from briefing.page.exporter import open_environment, render_page
from briefing.page.ledger import open_ledger
from briefing.page.parts import Part
from briefing.page.render import write_part
from briefing.page.words import read_words
from briefing.page.writer import Writer

BLANK = '<svg xmlns="http://www.w3.org/2000/svg"/>'
#: Every kind that the schema knows.
KINDS = sorted(one.model_fields["kind"].default for one in get_args(get_args(AnyBlock)[0]))
#: What the frame of the page writes: where it begins and ends.
COVER = r"<header class=\"cover.*?</header>"
FRAMED = {"headline": COVER, "front": COVER, "heading": r"<h2 id=\"section_1\".*?</h2>"}
#: The first block of each kind that is a part by itself.
BLOCKS = {block.kind: block for block in reversed((*f.BLOCKS, f.OWN))}  # type: ignore[attr-defined]
#: What may have nothing to tell, and says so.
EMPTY: tuple[Block, ...] = (
    Judgements(caption="What is judged", scale="", bands=(), judgements=()),
    Matrix(caption="What is weighed", hypotheses=(), rows=(), result=("No hypothesis is weighed.",)),
    Indicators(caption="What is watched for", indicators=()),
    Corrections(caption="What was mended", corrections=()),
)


def written(block: Block, language: str) -> str:
    writer = Writer(open_ledger(f.BLOCKS), read_words(language), lambda spec: BLANK, language="en")
    return str(write_part(Part("cell 1", block), writer, open_environment()))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(FRAMED)))
@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_block_is_written_as_it_was(kind: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert written(BLOCKS[kind], language) == snapshot


@pytest.mark.parametrize("kind", sorted(FRAMED))
@pytest.mark.parametrize("language", ["en", "uk"])
def test_a_block_of_the_frame_is_written_as_it_was(kind: str, language: str, snapshot: SnapshotAssertion) -> None:
    blocks = (f.FRONT, *f.BLOCKS[1:]) if kind == "front" else f.BLOCKS
    page = render_page(f.freedonia(blocks), language=language, draw=lambda spec: BLANK, interactive=False)
    found = re.search(FRAMED[kind], page, re.DOTALL)
    assert found
    assert found[0] == snapshot


@pytest.mark.parametrize("block", EMPTY, ids=lambda block: block.kind)
def test_a_block_with_nothing_in_it_says_so_as_it_did(block: Block, snapshot: SnapshotAssertion) -> None:
    assert written(block, "en") == snapshot


def test_every_kind_of_block_has_a_snapshot_in_both_languages() -> None:
    stored = Path(__file__).parent / "__snapshots__" / "test_page_blocks.ambr"
    kept = set(re.findall(r"^# name: .*as_it_was\[(.*)\]$", stored.read_text(encoding="utf-8"), re.MULTILINE))
    assert kept == {f"{language}-{kind}" for language in ("en", "uk") for kind in KINDS}
