"""The rules over fronts: their length, their tiles, and all that holds for a headline too."""

from __future__ import annotations

from typing import Any

import pytest
from drafts import claim, draft, evidence, trip

from briefing.blocks.blocks import Chart, Chip, Cited, Front, TableData, Tile
from briefing.blocks.walk import plain
from briefing.checks.draft import find_strings
from briefing.checks.registry import DRAFT_RULES, PASSAGE_RULES
from briefing.errors import Problem

HERO = Chart(title="Mules", spec={}, description="Mules.", source_line="", data=TableData(columns=(), rows=()))
ONE = Tile(figure=(Cited(text="98 mules", claims=("t-1",)),), label="Mules", claimant="The Gazette")
SAID = Tile(**dict(ONE) | {"chips": (Chip(kind="one_origin"),)})


def find_all(front: Front) -> list[Problem]:
    return [problem for rule in DRAFT_RULES for problem in rule.check(draft(front))]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({"bottom_line": ("It is so.",)}, set()),
        ({"bottom_line": ("It is so. It was so.",)}, {"R10"}),
        ({"bottom_line": ("word " * 26,)}, {"R10"}),
        ({"standfirst": ("word " * 40,)}, set()),
        ({"standfirst": ("word " * 41,)}, {"R10"}),
        ({"tiles": (SAID,)}, {"R10"}),
        ({"tiles": (SAID,) * 2}, set()),
        ({"tiles": (SAID,) * 6}, {"R10"}),
    ],
)
def test_a_front_is_read_in_thirty_seconds(cells: dict[str, Any], found: set[str]) -> None:
    head = Front(title="How?", evidence=evidence(claim("t-1")), **cells)
    assert trip(head) - {"F11"} == found


def test_a_tile_of_one_origin_is_warned_of_unless_its_chip_says_so() -> None:
    warned, told = (Front(title="How?", tiles=(tile,) * 2, evidence=evidence(claim("t-1"))) for tile in (ONE, SAID))
    assert [problem.severity for problem in find_all(warned) if problem.id == "F11"] == ["warning"]
    assert [problem.severity for problem in find_all(told) if problem.id == "F11"] == ["info"]


def test_a_bare_number_on_a_tile_is_an_error_where_its_claim_says_at_most() -> None:
    most = claim("t-1", qualifier="at_most", low=None, best=None, high=98, shown="≤ 98")
    assert "F03" in trip(Front(title="How?", tiles=(SAID,) * 2, evidence=evidence(most)))


def test_a_front_speaks_for_the_day_of_its_page_and_its_picture_is_a_chart_like_any() -> None:
    head = Front(title="How?", as_of="2031-05-01", hero=HERO)
    assert draft(head).as_of == "2031-05-01" and "R02" in trip(head)


@pytest.mark.parametrize("field", ["bottom_line", "standfirst", "instead"])
def test_the_words_of_a_front_are_the_analysts(field: str) -> None:
    found = [problem.id for passage in draft(Front(title="How?", **{field: ("They came recently.",)})).passages
             for rule in PASSAGE_RULES for problem in rule.check(passage)]  # fmt: skip
    assert found == ["T09"]


def test_likelihood_and_confidence_of_a_front_share_no_sentence() -> None:
    head = Front(title="How?", bottom_line=("It is likely (55–80 %) that they come.",), assurance="Confidence is low.")
    passages = draft(head).passages
    assert [problem for passage in passages for rule in PASSAGE_RULES for problem in rule.check(passage)] == []


def test_the_strings_of_a_front_are_read_before_it_runs() -> None:
    source = "b.front(d, 'How?', answer='So.', standfirst=f'{x} men.', tiles=[b.tile(x, 'Men')], contested=['No.'])"
    found = [(kind, plain(text)) for kind, text in find_strings(source)]
    assert sorted(found) == [
        ("caption", "Men"), ("headline", "How?"), ("headline", "So."), ("headline", "{x} men."), ("prose", "No."),
    ]  # fmt: skip
