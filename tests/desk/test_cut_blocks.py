"""Long lists on a block: as much as somebody reads, with a count of the rest."""

from __future__ import annotations

import csv

import pytest

from briefing.blocks.blocks import Chart, Cited, Table
from briefing.charts.series import dated_series
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.excess import count_excesses, find_excesses, find_wholes
from briefing.desk.claims.overview import gaps
from briefing.desk.claims.sums import find_parts
from briefing.desk.claims.tables import claims_table
from briefing.desk.cut import MOST_MARKS, MOST_ROWS
from briefing.desk.evidence import MOST_RIVALS, collect_evidence
from briefing.dossier.dossier import read_dossier
from briefing.dossier.example import FOLDER

NUMBER = 120


@pytest.fixture(scope="module")
def guards(tmp_path_factory: pytest.TempPathFactory) -> Claims:
    """Give a hundred and twenty counts of guards on one quay, a quantity every tenth, one a day."""
    folder = tmp_path_factory.mktemp("crowd")
    for file in FOLDER.glob("*.csv"):
        (folder / file.name).write_bytes(file.read_bytes())
    first = next(csv.DictReader((folder / "deployments.csv").read_text(encoding="utf-8").splitlines()))
    with (folder / "deployments.csv").open("a", encoding="utf-8", newline="") as out:
        for at in range(NUMBER):
            day = f"2031-0{at // 28 + 1}-{at % 28 + 1:02}"
            csv.DictWriter(out, first).writerow(first | {"claim_id": f"gd-{at}", "date": day, "supersedes": ""})
    dossier = read_dossier(folder, as_of="2031-12-19")
    return choose_claims(dossier, quantity=first["quantity_id"], status=first["status"])


def test_a_table_of_claims_shows_the_newest_and_counts_the_rest(guards: Claims) -> None:
    table = claims_table(guards, caption="Guards")
    assert isinstance(table, Table)
    assert (len(table.data.rows), table.left_out) == (MOST_ROWS, len(guards) - MOST_ROWS)
    assert set(table.data.ids) == set(guards.ids[-MOST_ROWS:])


def test_a_chart_draws_the_newest_and_counts_the_rest(guards: Claims) -> None:
    chart = dated_series(guards, title="Guards")
    assert isinstance(chart, Chart)
    assert (len(chart.data.rows), chart.left_out) == (MOST_MARKS, len(guards) - MOST_MARKS)


def test_rivals_beyond_a_handful_are_named_and_not_carried(guards: Claims) -> None:
    evidence = collect_evidence(guards.dossier, guards.ids[:1])
    named = {claim for further in evidence.further for claim in further.claims}
    assert len(evidence.claims) == MOST_RIVALS + 1
    assert len(named) + len(evidence.claims) == len(choose_claims(guards.dossier, quantity=guards.each[0].quantity))


def test_a_short_table_leaves_nothing_out() -> None:
    short = gaps(choose_claims(read_dossier(FOLDER, as_of="2031-12-19")), caption="Gaps")
    assert isinstance(short, Table)
    assert short.left_out == 0


def test_rivals_that_say_the_same_are_tried_once_and_counted_each() -> None:
    claims = choose_claims(read_dossier(FOLDER, as_of="2031-12-19"))
    swaps = [
        (parts.whole.ids[0], part.id, rival.id)
        for parts in find_wholes(claims) for part in parts.parts.each for rival in claims.each
        if (rival.quantity, rival.unit, rival.status_class) == (part.quantity, part.unit, part.status_class)
        and rival.bounds != part.bounds
        and find_parts(claims.dossier, parts.whole.ids[0], instead={part.id: rival.id}).exceed
    ]  # fmt: skip
    found = [one for one in find_excesses(claims) if one.part is not None and one.rival is not None]
    assert [(one.printed.whole.ids[0], one.part.id, one.rival.id) for one in found if one.part and one.rival] == swaps
    assert sum(count_excesses(claims)) == len(list(find_excesses(claims)))


def test_a_rival_that_a_sentence_cites_is_carried_however_old_it_is(guards: Claims) -> None:
    oldest, newest = guards.ids[0], guards.ids[-1]
    said = (Cited(text="98", claims=(oldest,)), " guards")
    assert oldest not in {claim.id for claim in collect_evidence(guards.dossier, [newest]).claims}
    assert oldest in {claim.id for claim in collect_evidence(guards.dossier, [newest], said=said).claims}
