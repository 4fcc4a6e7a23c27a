"""Rules over judgements on the page: complete, reasoned, explained where they moved, none dropped."""

from __future__ import annotations

from typing import Any

import dossiers as d
import pytest
from drafts import judgement as judgement_row
from drafts import trip

from briefing.blocks.blocks import Earlier, Exhibit, Judgement, Judgements, Odds
from briefing.dossier.dossier import Dossier

LIKELY = Odds(term="likely", range="55–80 %", low=55, high=80)
UNLIKELY = Odds(term="unlikely", range="20–45 %", low=20, high=45)
SEEN = Exhibit(
    id="e-1", text=("Mules gather",), kind="observation", date="2031-01-01", source="s-1",
    credibility="high", relevance="high",
)  # fmt: skip


def page(**cells: Any) -> Judgements:
    given = {
        "id": "j-1", "opening": "It is", "odds": LIKELY, "statement": "Freedonia crosses the river by 1 June 2031",
        "confidence": "low", "confidence_reason": "one origin", "would_change_if": "the mules come back",
        "actor": "Freedonia", "event": "crosses", "horizon": "1 June 2031", "resolution": "By the ferrymen",
        "made_by": "Example analyst", "made_on": "2 January 2031", "supporting": (SEEN,),
    } | cells  # fmt: skip
    return Judgements(caption="Judgements", scale="icd203", bands=(LIKELY,), judgements=(Judgement(**given),))


def earlier(reason: str, odds: Odds = UNLIKELY) -> Earlier:
    return Earlier(id="j-0", odds=odds, made_on="1 January 2031", statement="It crosses", move="raised", reason=reason)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, set()),
        ({"actor": ""}, {"J01"}),
        ({"event": " "}, {"J01"}),
        ({"horizon": ""}, {"J01"}),
        ({"resolution": ""}, {"J01"}),
        ({"confidence_reason": ""}, {"J02"}),
        ({"supporting": ()}, {"J08"}),
        ({"supporting": (), "contrary": (SEEN,)}, set()),
        ({"earlier": earlier("")}, {"J04"}),
        ({"earlier": earlier("the mules left")}, set()),
        ({"earlier": earlier("", LIKELY)}, set()),
        ({"odds": Odds(term="likely", range="80–95 %", low=80, high=95)}, {"L02"}),
        ({"odds": Odds(term="probable", range="55–80 %", low=55, high=80)}, {"L02"}),
    ],
)
def test_a_judgement_on_the_page_is_whole(cells: dict[str, Any], found: set[str]) -> None:
    assert trip(page(**cells)) == found


def held(**cells: object) -> Dossier:
    return d.dossier(as_of=None, judgements=[judgement_row("j-1"), judgement_row("j-2", **cells)])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ({}, {"J05"}),
        ({"question": "Peace?"}, set()),
        ({"made_on": "2031-04-01"}, set()),
        ({"outcome": "false", "resolved_on": "2031-02-01"}, set()),
    ],
)
def test_no_judgement_is_dropped_in_silence(cells: dict[str, object], found: set[str]) -> None:
    assert trip(page(), dossier=held(**cells), as_of="2031-03-01") == found
