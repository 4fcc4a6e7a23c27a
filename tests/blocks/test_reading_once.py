"""A block is read once for as long as a page is made of its notebook, and never shared beyond."""

from __future__ import annotations

import copy
import threading
from typing import Any

import pytest

from briefing.blocks.blocks import Block, read_block, reading_once
from briefing.errors import PageError

NOTE: dict[str, Any] = {"kind": "note", "label": "Method", "text": ["All days are UTC."]}


def test_within_the_same_json_is_the_same_block_and_equal_json_is_another() -> None:
    with reading_once():
        assert read_block(NOTE) is read_block(NOTE)
        assert read_block(copy.deepcopy(NOTE)) is not read_block(NOTE)


def test_outside_each_reading_makes_a_block_of_what_stands_there_now() -> None:
    told = copy.deepcopy(NOTE)
    with reading_once():
        before = read_block(told)
    told["label"] = "Limits"
    assert read_block(told) != before and read_block(told) is not read_block(told)


def test_one_page_does_not_see_the_blocks_of_another() -> None:
    seen: list[Block] = []

    def read() -> None:
        with reading_once():
            seen.append(read_block(NOTE))

    with reading_once():
        others = threading.Thread(target=read)
        others.start()
        others.join()
        with reading_once():
            assert read_block(NOTE) is not seen[0]
        assert read_block(NOTE) is not seen[0]


def test_what_cannot_be_read_is_refused_each_time() -> None:
    with reading_once():
        for _ in range(2):
            with pytest.raises(PageError):
                read_block({"kind": "riddle"})
