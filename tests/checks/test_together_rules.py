"""Rules over claims that a page shows together: parts and wholes, and two claims that may be one thing."""

from __future__ import annotations

from typing import Any

import pytest
from dossiers import dossier, flow, sides, stock
from drafts import added, claim, evidence, say, trip

from briefing.blocks.blocks import Chart, Cited, Column, Note, Prose, Table, TableData
from briefing.dossier.dossier import Dossier


def parts(*numbers: float, note: str | None = None, **whole: Any) -> Prose:
    """Write a sentence with the sum of parts that are held against a whole of 100."""
    given = [claim(f"c-{at}", n, quantity=f"q-{at}", source=f"s-{at}") for at, n in enumerate(numbers, 1)]
    return say(
        f"{sum(numbers)} mules",
        *given,
        claim("c-0", 100, note=note, **whole),
        made=added("c-1", "c-2", wholes=("c-0",)),
    )


def test_parts_that_exceed_their_whole_are_an_error_where_nothing_says_so() -> None:
    assert trip(parts(60, 50)) == {"F04"}
    assert trip(parts(60, 40)) == set()


def test_a_whole_without_an_upper_bound_is_never_exceeded() -> None:
    assert trip(parts(60, 50, qualifier="at_least", best=None, high=None)) == set()


def test_a_note_in_the_annex_or_on_the_page_says_so() -> None:
    assert trip(parts(60, 50, note="The parts exceed the whole: two lists run together.")) == set()
    assert trip(parts(60, 50), Note(label="Inference", text=("The parts exceed the whole.",))) == set()


@pytest.mark.parametrize(("shows_excess", "found"), [(True, set()), (False, {"F04"})])
def test_a_chart_says_so_in_a_field_and_no_words_of_its_description_are_read(
    shows_excess: bool, found: set[str]
) -> None:
    chart = Chart(title="Mules", spec={}, description="Its parts: 10 too many.", data=TableData(columns=(), rows=()),
                  source_line="As of 1 May 2031. 2 documents, 1 origin.", shows_excess=shows_excess)  # fmt: skip
    assert trip(parts(60, 50), chart) == found


# --- two claims that may be one thing ---------------------------------------------------------------------------


def herds(**cells: object) -> Dossier:
    twin = {"quantity_id": "q-b", "place_id": "pass"} | cells
    return dossier(as_of=None, deployments=[stock("c-1", 98, place_id="pass"), stock("c-2", 98, **twin)])


def both() -> Prose:
    claims = claim("c-1"), claim("c-2", quantity="q-b", source="s-2")
    figures = [Cited(text="98 mules", claims=(one.id,)) for one in claims]
    return Prose(text=("One herd is of ", figures[0], ", one of ", figures[1], "."), evidence=evidence(*claims))


@pytest.mark.parametrize(
    ("cells", "found"),
    [({}, {"F13"}), ({"same_as_candidate": "c-1"}, set()), ({"note": "Not the herd of c-1."}, set()),
     ({"date": "2031-01-09"}, set()), (sides("range", low=120, high=130), set())],
)  # fmt: skip
def test_two_claims_in_one_passage_are_told_apart(cells: dict[str, object], found: set[str]) -> None:
    assert trip(both(), dossier=herds(**cells)) == found


def test_two_claims_in_one_table_are_told_apart() -> None:
    columns = (Column(name="When"), Column(name="Mules", is_number=True))
    rows = tuple((("1 January 2031",), (Cited(text="98", claims=(key,)),)) for key in ("c-1", "c-2"))
    table = Table(caption="Herds", data=TableData(columns=columns, rows=rows, ids=("c-1", "c-2")),
                  evidence=both().evidence)  # fmt: skip
    assert trip(table, dossier=herds()) == {"F13"}


def test_two_claims_of_one_page_are_told_apart() -> None:
    assert trip(say("98 mules", claim("c-1")), say("98 mules", claim("c-2")), dossier=herds()) == {"F13"}
    assert trip(say("98 mules", claim("c-1")), dossier=herds()) == set()


def test_flows_of_one_day_and_route_may_be_one_train() -> None:
    rows = [flow("c-1", 98, place_from="pass"), flow("c-2", 98, place_from="pass", quantity_id="q-b")]
    assert trip(both(), dossier=dossier(as_of=None, transfers=rows)) == {"F13"}
