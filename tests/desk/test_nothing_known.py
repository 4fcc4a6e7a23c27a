"""Editions of days on which nothing was known: they say so, and cite nothing."""

from __future__ import annotations

from dossiers import dossier, source, stock

from briefing.blocks.blocks import Cited
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.prose import finding, headline, say

EARLY = "2031-01-01"


def test_a_figure_of_no_claim_is_written_as_plain_words() -> None:
    nothing = contested(choose_claims(dossier(EARLY)))
    assert all(isinstance(span, str) for span in say(f"There are {nothing: mules}.").text)


def test_a_sentence_whose_figure_is_not_known_gives_way_to_another() -> None:
    nothing = contested(choose_claims(dossier(EARLY)))
    assert say(f"There are {nothing: mules}.", otherwise="Nobody counts.").text == ("Nobody counts.",)


def test_a_heading_keeps_its_words_where_its_figure_is_known() -> None:
    mules = contested(choose_claims(dossier(deployments=[stock("d-1", 7)])))
    assert finding(f"There are {mules: mules}", otherwise="Nobody counts").text[1] == Cited(
        text="7 mules", claims=("d-1",)
    )


def test_a_bottom_line_may_be_a_paragraph_and_keeps_its_evidence() -> None:
    known = dossier(sources=[source("s-1")], deployments=[stock("d-1", 7)])
    mules = contested(choose_claims(known))
    head = headline(known, "How many?", bottom_line=say(f"{mules: mules}."))
    assert [claim.id for claim in head.evidence.claims] == ["d-1"]
