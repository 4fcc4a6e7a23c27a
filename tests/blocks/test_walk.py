"""One walk over a block: what it says, what it cites, which rows it shows."""

from __future__ import annotations

from briefing.blocks.blocks import Cited, Entry, Exhibit, Hypothesis, Matrix, MatrixRow, Prose, Timeline
from briefing.blocks.walk import figures_in, ids_in, rows_in, texts_of

MULES = Cited(text="40", claims=("tr-1",))
RAINED = Entry(
    id="ev-1", date="1933-05", day="1933-05-01", title="It rained", summary="All May.", kind="other", source="log"
)
ASKED = Exhibit(
    id="e-1", text=("They asked for ", MULES), kind="statement", date="1933", source="log", credibility="high",
    relevance="low", rests_on=("qt-1",),
)  # fmt: skip
MATRIX = Matrix(
    caption="Who asks?",
    hypotheses=(Hypothesis(id="h-1", label="H1", statement="The north", score=1, survives=True),),
    rows=(MatrixRow(exhibit=ASKED, ratings=("C",), is_diagnostic=False, without=("H1",)),),
    result=("H1 survives.",),
)


def test_a_matrix_says_its_caption_its_exhibits_and_its_result() -> None:
    texts = list(texts_of(MATRIX))
    assert texts[0] == ("Who asks?",) and ("They asked for ", MULES) in texts and ("H1 survives.",) in texts


def test_the_words_of_an_event_are_not_the_librarys() -> None:
    assert list(texts_of(Timeline(caption="The spring", entries=(RAINED,)))) == [("The spring",)]


def test_a_figure_is_found_however_deep() -> None:
    assert list(figures_in(MATRIX)) == [MULES]


def test_rows_are_shown_with_their_kind() -> None:
    assert [(kind, row.id) for kind, row in rows_in(MATRIX)] == [("hypotheses", "h-1"), ("evidence", "e-1")]


def test_what_an_exhibit_rests_on_is_shown_too() -> None:
    assert list(ids_in(MATRIX)) == ["h-1", "e-1", "qt-1"] and list(ids_in(Prose(text=("They came.",)))) == []
