"""Rules over days, quotations, charts, judgements, the matrix and the board."""

from __future__ import annotations

from typing import Any

import assessed as a
import dossiers as d
import pytest
from drafts import claim, draft, evidence, judgement, say, source, trip

from briefing.blocks.blocks import (
    Block,
    Chart,
    Cited,
    Column,
    Decided,
    Evidence,
    Exchange,
    Exhibit,
    Hypothesis,
    Indicator,
    Indicators,
    Judgement,
    Judgements,
    Matrix,
    MatrixRow,
    Odds,
    Prose,
    Quotation,
    Quotations,
    Sourcing,
    Table,
    TableData,
)
from briefing.checks import check_edition, check_tradecraft, check_words
from briefing.checks.judgements import ROW_RULES
from briefing.checks.passages import Passage
from briefing.checks.quotes import find_lone_denials
from briefing.checks.rule import Location
from briefing.dossier.dossier import Dossier


def board(key: str, status: str = "no_coverage", looks: int = 0) -> Indicator:
    """Make a line of the board of indicators."""
    return Indicator(id=key, observable="Mules", threshold="Any", where="The ford", bears="for", judgement="j-1",
                     status=status, looks=looks)  # fmt: skip


def judged() -> Judgement:
    """Make a judgement that is whole."""
    odds = Odds(term="unlikely", range="20–45 %", low=20, high=45)
    return Judgement(
        id="j-1", opening="It is", odds=odds, statement="Freedonia crosses the river by 1 June 2031", confidence="low",
        confidence_reason="one origin", would_change_if="the mules come back", actor="Freedonia", event="crosses",
        horizon="1 June 2031", resolution="By the ferrymen", made_by="Analyst", made_on="10 January 2031",
    )  # fmt: skip


# --- days -------------------------------------------------------------------------------------------------------


def mules(**cells: object) -> Dossier:
    sources = [d.source("s-1", **cells), d.source("s-2", "2031-02-10")]
    later = d.flow("c-2", 122, supersedes="c-1", source_id="s-2")
    return d.dossier(as_of=None, sources=sources, transfers=[d.flow("c-1", 98), later])


@pytest.mark.parametrize(("day", "found"), [("2031-01-01", {"T01"}), ("2031-01-02", set())])
def test_a_page_knows_nothing_after_its_day(day: str, found: set[str]) -> None:
    assert trip(say("98 mules", claim("c-1")), dossier=mules(), as_of=day) == found


@pytest.mark.parametrize(("day", "found"), [("2031-02-09", set()), ("2031-02-10", {"T03"})])
def test_a_replaced_count_is_not_current(day: str, found: set[str]) -> None:
    assert trip(say("98 mules", claim("c-1")), dossier=mules(), as_of=day) == found
    dated = say("98 mules until 9 February 2031", claim("c-1"))
    assert trip(dated, dossier=mules(), as_of=day) == set()


@pytest.mark.parametrize(("day", "found"), [("2031-01-31", set()), ("2031-02-01", {"T02"})])
def test_what_was_withdrawn_is_not_used(day: str, found: set[str]) -> None:
    whole = mules(retracted_on="2031-02-01")
    assert trip(say("98 mules", claim("c-1")), dossier=whole, as_of=day) == found


@pytest.mark.parametrize(
    ("block", "tables"),
    [
        (Indicators(caption="Watched", indicators=(board("i-1"),)), {"indicators": [a.indicator("i-1")]}),
        (
            Judgements(caption="J", scale="icd203", bands=(), judgements=(judged(),)),
            {"judgements": [a.judgement("j-1")]},
        ),
    ],
)
def test_an_assessment_of_a_later_day_is_a_leak(block: Block, tables: dict[str, list[d.Cells]]) -> None:
    whole = d.dossier(as_of=None, **{"judgements": [a.judgement("j-1")], **tables})
    assert "T01" in trip(block, dossier=whole, as_of="2031-01-09")
    assert "T01" not in trip(block, dossier=whole, as_of="2031-01-10")


@pytest.mark.parametrize(("day", "found"), [("2031-01-14", {"T01"}), ("2031-01-15", set())])
def test_evidence_and_its_quotations_are_known_by_the_day(day: str, found: set[str]) -> None:
    sources = [d.source("s-1"), d.source("s-2", "2031-01-15")]
    quotes = [d.quote("q-1", source_id="s-2")]
    whole = d.dossier(as_of=None, sources=sources, quotes=quotes, evidence=[a.item("e-1", quote_ids="q-1")])
    assert trip(matrix(rests_on=("q-1",)), dossier=whole, as_of=day) == found


@pytest.mark.parametrize(("day", "found"), [("2031-02-27", {"T01"}), ("2031-02-28", set())])
def test_what_became_of_a_judgement_is_not_told_before(day: str, found: set[str]) -> None:
    whole = d.dossier(as_of=None, judgements=[a.judgement("j-1", outcome="false", resolved_on="2031-02-28")])
    odds = Odds(term="unlikely", range="20–45 %", low=20, high=45)
    verdict = Decided(id="j-1", statement="It is so", odds=odds, made_on="10 January 2031", outcome="false", on="")
    block = Judgements(caption="J", scale="icd203", bands=(), judgements=(), decided=(verdict,))
    assert trip(block, dossier=whole, as_of=day) == found


@pytest.mark.parametrize(("day", "found"), [("2031-01-19", {"T01"}), ("2031-01-20", set())])
def test_a_look_of_a_later_day_is_not_on_the_board(day: str, found: set[str]) -> None:
    log = [a.look("i-1", "observed", "2031-01-20")]
    tables = {"judgements": [a.judgement("j-1")], "indicators": [a.indicator("i-1")], "indicator_log": log}
    block = Indicators(caption="Watched", indicators=(board("i-1", status="observed", looks=1),))
    assert trip(block, dossier=d.dossier(as_of=None, **tables), as_of=day) == found


def test_a_quotation_of_a_withdrawn_document_is_not_used() -> None:
    whole = d.dossier(as_of=None, sources=[d.source("s-1", retracted_on="2031-02-01")], quotes=[d.quote("q-1")])
    assert "T02" in trip(quotations(quotation()), dossier=whole, as_of="2031-02-01")
    assert trip(quotations(quotation()), dossier=whole, as_of="2031-01-31") == set()


@pytest.mark.parametrize(
    ("column", "first", "found"),
    [("Who", "The Ferrymen", {"T03"}), ("Who", "Until 9 February 2031", set()), ("When", "Winter", set())],
)
def test_a_replaced_count_in_a_table_has_its_day(column: str, first: str, found: set[str]) -> None:
    columns = (Column(name=column), Column(name="Mules", is_number=True))
    rows = (((first,), (Cited(text="98", claims=("c-1",)),)),)
    block = Table(caption="Mules", data=TableData(columns=columns, rows=rows), evidence=evidence(claim("c-1")))
    assert trip(block, dossier=mules(), as_of="2031-02-10") == found


def test_a_chart_of_revisions_tells_replaced_counts_with_their_days() -> None:
    columns = (Column(name="Step"), Column(name="Mules", is_number=True))
    rows = ((("First",), (Cited(text="98", claims=("c-1",)),)),)
    steps = chart().model_copy(
        update={"data": TableData(columns=columns, rows=rows), "evidence": evidence(claim("c-1"))}
    )
    assert trip(steps, dossier=mules(), as_of="2031-02-10") == set()


# --- quotations -------------------------------------------------------------------------------------------------


def quotations(*said: Quotation, language: str = "en") -> Quotations:
    exchange = Exchange(target="Freedonia goes to war", quotations=said)
    block = Quotations(caption="What was said", exchanges=(exchange,))
    return block.model_copy(update={"evidence": Evidence(sources=(source("s-1", language=language),))})


def quotation(**cells: Any) -> Quotation:
    given = {"id": "q-1", "speaker": "Rufus Firefly", "date": "1 January 2031", "text": "Words of q-1.",
             "is_direct": True, "is_translated": False, "stance": "affirms", "target": "Freedonia goes to war",
             "source": "s-1"} | cells  # fmt: skip
    return Quotation(**given)


@pytest.mark.parametrize(
    ("cells", "found"),
    [({}, set()), ({"speaker": " "}, {"Q01"}), ({"date": ""}, {"Q01"}), ({"source": "s-9"}, {"Q01"})],
)
def test_a_quotation_has_speaker_date_and_source(cells: dict[str, Any], found: set[str]) -> None:
    assert trip(quotations(quotation(**cells))) == found


@pytest.mark.parametrize(("text", "found"), [("Words of q-1.", set()), ("Words of q-1!", {"Q02"})])
def test_a_quotation_stands_word_for_word(text: str, found: set[str]) -> None:
    whole = d.dossier(as_of=None, quotes=[d.quote("q-1")])
    assert trip(quotations(quotation(text=text)), dossier=whole) == found


@pytest.mark.parametrize(
    ("row", "shown", "found"),
    [
        ({"translated": "true"}, {}, {"Q03"}),
        ({"translated": "true"}, {"is_translated": True}, set()),
        ({"relay": "gazette"}, {}, {"Q03"}),
        ({"relay": "gazette"}, {"relay": "The Gazette"}, set()),
    ],
)
def test_a_translated_or_relayed_quotation_says_so(row: d.Cells, shown: dict[str, Any], found: set[str]) -> None:
    whole = d.dossier(as_of=None, quotes=[d.quote("q-1", **row)])
    assert trip(quotations(quotation(**shown)), dossier=whole) == found


def test_words_read_in_another_language_are_a_translation() -> None:
    assert trip(quotations(quotation(), language="nb")) == {"Q03"}
    assert trip(quotations(quotation(is_translated=True), language="nb")) == set()


def test_a_quotation_typed_into_prose_is_in_some_row() -> None:
    whole = d.dossier(as_of=None, quotes=[d.quote("q-1", text="We shall not cross the river this year.")])
    held = Prose(text=("He said: “We shall not cross the river this year.”",))
    assert trip(held, dossier=whole) == set()
    assert trip(Prose(text=("He said: “Nobody has ever lent me a single mule.”",)), dossier=whole) == {"Q01"}


@pytest.mark.parametrize("words", ["We shall cross the river this year.", "We shall not cross that river this year"])
def test_a_quotation_typed_into_prose_is_not_altered(words: str) -> None:
    whole = d.dossier(as_of=None, quotes=[d.quote("q-1", text="We shall not cross the river this year.")])
    assert trip(Prose(text=(f"He said: “{words}”",)), dossier=whole) == {"Q02"}


@pytest.mark.parametrize(
    ("cells", "language", "found"),
    [({}, "nb", ["Q03"]), ({"translated": "true"}, "nb", []), ({"kind": "paraphrase"}, "nb", []), ({}, "en-GB", [])],
)
def test_a_row_read_in_another_language_is_marked(cells: d.Cells, language: str, found: list[str]) -> None:
    whole = d.dossier(sources=[d.source("s-1", language=language)], quotes=[d.quote("q-1", **cells)])
    assert [problem.id for problem in check_tradecraft(whole)] == found


def test_a_denial_stands_beside_what_it_denies() -> None:
    alone = draft(quotations(quotation(stance="denies")))
    answered = draft(quotations(quotation(stance="denies"), quotation(id="q-2")))
    assert [problem.subject for problem in find_lone_denials(alone)] == ["q-1"]
    assert list(find_lone_denials(answered)) == []


# --- charts -----------------------------------------------------------------------------------------------------

SOURCING = Sourcing(as_of="1 May 2031", documents=2, origins=1)


def chart(sourcing: Sourcing = SOURCING, **axis: Any) -> Chart:
    spec = {"layer": [{"mark": "bar", "encoding": {"y": {"type": "quantitative", "field": "n"} | axis}}]}
    return Chart(title="Mules", spec=spec, description="Mules.", source_line="", sourcing=sourcing,
                 data=TableData(columns=(), rows=()))  # fmt: skip


@pytest.mark.parametrize("missing", ["as_of documents origins", "as_of", "documents", "documents origins"])
def test_a_chart_says_on_what_it_rests(missing: str) -> None:
    assert trip(chart(SOURCING.model_copy(update=dict.fromkeys(missing.split())))) == {"R02"}
    assert trip(chart()) == set()


@pytest.mark.parametrize(
    ("axis", "found"),
    [
        ({"scale": {"domain": [50, 100]}}, {"R03"}), ({"scale": {"zero": False}}, {"R03"}),
        ({"scale": {"type": "log"}}, {"R03"}), ({"scale": {"domain": [0, 100]}}, set()),
        ({"type": "temporal", "scale": {"zero": False}}, set()),
    ],
)  # fmt: skip
def test_bars_begin_at_zero(axis: dict[str, Any], found: set[str]) -> None:
    assert trip(chart(**axis)) == found


# --- the matrix and the board -----------------------------------------------------------------------------------


def matrix(
    *, scores: tuple[float, ...] = (0, -2), result: str = "H1 survives.", rests_on: tuple[str, ...] = (), **row: Any
) -> Matrix:
    exhibit = Exhibit(id="e-1", text=("Mules were lent",), kind="argument", date="", source="s-1", credibility="high",
                      relevance="high", rests_on=rests_on)  # fmt: skip
    best = max(scores)
    hypotheses = tuple(
        Hypothesis(id=f"h-{at}", label=f"H{at}", statement="It is so", score=score, survives=score == best)
        for at, score in enumerate(scores, 1)
    )
    survivors = tuple(one.label for one in hypotheses if one.survives)
    given = {"exhibit": exhibit, "ratings": ("C", "I"), "is_diagnostic": True, "without": survivors} | row
    return Matrix(caption="Mules", hypotheses=hypotheses, rows=(MatrixRow(**given),), result=(result,))


@pytest.mark.parametrize(
    ("block", "found"),
    [
        (matrix(), set()),
        (matrix(ratings=("C", "C")), {"A03"}),
        (matrix(ratings=("C", "C"), is_diagnostic=False), set()),
        (matrix(without=("H2",)), {"A04"}),
        (matrix(without=("H2",), result="Without e-1, H2 survives."), set()),
        (matrix(scores=(-1, -1)), {"A05"}),
        (matrix(scores=(0, -2, -2), ratings=("C", "I", "I")), set()),
        (matrix(scores=(-1, -1), result="H1 and H2 tie."), set()),
        (matrix(result="Its score makes H1 a chance of two in three."), {"A06"}),
        (matrix(result="A score is no probability."), set()),
    ],
)
def test_the_matrix_is_told_as_it_is(block: Matrix, found: set[str]) -> None:
    assert trip(block) == found


@pytest.mark.parametrize(
    ("status", "looks", "found"),
    [("not_observed", 0, {"I02"}), ("no_coverage", 0, set()), ("observed", 1, set())],
)
def test_no_coverage_is_not_shown_as_not_observed(status: str, looks: int, found: set[str]) -> None:
    assert trip(Indicators(caption="Watched", indicators=(board("i-1", status=status, looks=looks),))) == found


# --- judgements in rows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "day", "found"),
    [
        ([judgement("j-1")], "2031-06-01", []),
        ([judgement("j-1")], "2031-06-02", ["J07"]),
        ([judgement("j-1", outcome="true", resolved_on="2031-05-01")], "2031-06-02", []),
        ([judgement("j-1"), judgement("j-2", term="unlikely", previous_id="j-1")], "2031-03-01", ["J04"]),
        (
            [judgement("j-1"), judgement("j-2", term="unlikely", previous_id="j-1", change_reason="the mules left")],
            "2031-03-01",
            [],
        ),
        ([judgement("j-1", term="probable")], "2031-03-01", ["L01"]),
        ([judgement("j-1"), judgement("j-2", scale="phia")], "2031-03-01", ["L04"]),
    ],
)
def test_judgements_in_rows(rows: list[d.Cells], day: str, found: list[str]) -> None:
    dossier = d.dossier(as_of=day, judgements=rows)
    assert [problem.id for rule in ROW_RULES for problem in rule.check(dossier)] == found


@pytest.mark.parametrize(
    ("statement", "found"),
    [("Freedonia lent 98 mules", ["F01"]), ("It is believed that mules were lent", ["L07"]), ("Mules were lent", [])],
)
def test_words_of_evidence_and_hypotheses_are_looked_at(statement: str, found: list[str]) -> None:
    item = d.dossier(evidence=[a.item("e-1", statement=statement)])
    assert [(one.id, one.subject) for one in check_tradecraft(item)] == [(rule, "e-1") for rule in found]
    answer = d.dossier(hypotheses=[a.hypothesis("H1", statement=statement)])
    assert [one.id for one in check_tradecraft(answer)] == found


# --- all together -----------------------------------------------------------------------------------------------


def test_an_edition_gathers_words_figures_and_rows() -> None:
    block = say("98 mules", claim("c-1")).model_dump(mode="json")
    output = {"output_type": "display_data", "data": {"application/vnd.briefing+json": block}}
    cells = [
        {"cell_type": "markdown", "source": "Today there are 98 of them.", "metadata": {}},
        {"cell_type": "code", "source": "b.say(f'{n}')", "metadata": {}, "outputs": [output]},
    ]
    found = check_edition({"cells": cells}, dossier=mules(), name="mules.ipynb")
    assert [(one.id, one.severity) for one in found.problems] == [
        ("F01", "error"), ("T03", "error"), ("T09", "warning"), ("F11", "info"),
    ]  # fmt: skip


def test_a_number_that_a_verb_made_is_not_typed() -> None:
    block = Prose(text=("The dossier holds 12 claims.",), evidence=evidence()).model_dump(mode="json")
    output = {"output_type": "display_data", "data": {"application/vnd.briefing+json": block}}
    cell = {"cell_type": "code", "source": "b.say_audit(d)", "metadata": {}, "outputs": [output]}
    assert check_edition({"cells": [cell]}).problems == ()
    typed = cell | {"source": "b.say('The dossier holds 12 claims.')"}
    assert [one.id for one in check_edition({"cells": [typed]}).problems] == ["F01"]


def test_a_number_that_says_how_a_block_is_made_is_not_typed_into_its_words() -> None:
    block = Prose(text=("Nothing known: 2 claims are in the annex.",), evidence=evidence()).model_dump(mode="json")
    output = {"output_type": "display_data", "data": {"application/vnd.briefing+json": block}}
    cell = {"cell_type": "code", "source": "b.by_news(there, top=2)", "metadata": {}, "outputs": [output]}
    assert check_edition({"cells": [cell]}).problems == ()
    held = cell | {"source": "n = 2\nb.say(f'{n} claims are in the annex.')"}
    assert [one.id for one in check_edition({"cells": [held]}).problems] == ["F01"]


# --- the scale in use ---------------------------------------------------------------------------------------------


def told(*sentences: str, scale: str | None = None) -> list[tuple[str, str | None, str]]:
    passages = [Passage(Location("page", cell=at), (words,)) for at, words in enumerate(sentences, 1)]
    return [(one.id, one.value, one.cure) for one in check_words(passages, one_page=True, scale=scale)]


@pytest.mark.parametrize(
    ("word", "scale", "cure"),
    [
        ("probably", "icd203", "likely (55–80 %)"), ("probably", "icd203_odds", "probably (55–80 %)"),
        ("probably", "phia", "probably (55–75 %)"), ("improbable", "phia", "unlikely (25–35 %)"),
        ("likely", None, "likely (55–80 %)"), ("highly improbable", "icd203", "very unlikely (5–20 %)"),
    ],
)  # fmt: skip
def test_the_cure_of_a_bare_term_is_a_word_of_the_scale_in_use(word: str, scale: str | None, cure: str) -> None:
    found = told(f"They will go, it is {word}.", scale=scale)
    assert found[0] == ("L02", word, f"Write {cure}, or quote who says it")
    assert told(f"They will go, it is {cure}.", scale=scale) == []


def test_of_two_rows_of_words_the_one_that_is_not_the_pages_is_blamed() -> None:
    probable, likely = "It is probable (55–80 %) that they go.", "It is likely (55–80 %) that they go."
    assert told(probable, likely, likely) == told(probable, likely, scale="icd203")
    assert told(probable, likely, scale="icd203") == [("L04", "probable", "Write likely (55–80 %)")]
    assert told(probable, likely, scale="icd203_odds") == [("L04", "likely", "Write probable (55–80 %)")]
    assert told(probable) == []
