"""A claimant's hue and shape, the same in all editions."""

from __future__ import annotations

import json

from dossiers import dossier, flow, source, stock
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.blocks.blocks import Chart
from briefing.charts.looks import find_looks, side_hue
from briefing.charts.series import dated_series
from briefing.desk.claims.claims import choose_claims
from briefing.dossier.dossier import Dossier
from briefing.values.palette import LOOKS, QUIET

SOURCES = [source("s-1", "2031-01-05"), source("s-2", "2031-02-05"), source("s-3", "2031-03-05")]
WHO = ("gazette", "firefly", "trentino", "freedonia", "sylvania")


def counted(*rows: tuple[str, int], as_of: str | None = "2031-12-31") -> Dossier:
    claims = [
        stock(f"d-{at}", 5 + at, claimant_id=claimant, source_id=f"s-{document}", date="2031-01-01")
        for at, (claimant, document) in enumerate(rows)
    ]
    return dossier(as_of, sources=SOURCES, deployments=claims)


def drawn(d: Dossier) -> dict[str, tuple[str, str]]:
    chart = dated_series(choose_claims(d), title="Mules")
    assert isinstance(chart, Chart)
    scales = [part["scale"] for part in find(json.loads(json.dumps(chart.spec)), ("color", "shape")) if "scale" in part]
    hue, shape = (next(scale for scale in scales if kind(scale) == name) for name in ("hue", "shape"))
    return dict(zip(hue["domain"], zip(hue["range"], shape["range"], strict=True), strict=True))


def kind(scale: dict[str, list[str]]) -> str:
    return "hue" if scale["range"][0].startswith("#") else "shape"


def find(spec: object, names: tuple[str, ...]) -> list[dict[str, dict[str, list[str]]]]:
    if isinstance(spec, list):
        return [one for part in spec for one in find(part, names)]
    if not isinstance(spec, dict):
        return []
    own = [spec[name] for name in names if isinstance(spec.get(name), dict)]
    return own + [one for part in spec.values() for one in find(part, names)]


def test_a_claimant_keeps_hue_and_shape_when_another_counts_more_later() -> None:
    rows = (("firefly", 1), ("gazette", 1), ("gazette", 2), ("trentino", 2), ("trentino", 3), ("trentino", 3))
    early, late = drawn(counted(*rows, as_of="2031-01-31")), drawn(counted(*rows))
    assert early.items() <= late.items() and len(set(late.values())) == 3


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WHO), st.integers(1, 3)), min_size=1, max_size=8))
def test_looks_of_an_early_edition_are_those_of_all_later_ones(rows: list[tuple[str, int]]) -> None:
    whole = counted(*rows, as_of=None)
    for day in ("2031-01-05", "2031-02-05", "2031-03-05"):
        early = whole.at(day)
        known = {claim.claimant for claim in choose_claims(early).each}
        assert find_looks(early, known).items() <= find_looks(whole, WHO).items()


def test_no_two_claimants_of_a_chart_share_hue_and_shape() -> None:
    rows = [(claimant, 1) for claimant in WHO]
    looks = drawn(counted(*rows))
    assert len(set(looks.values())) == len(WHO) and set(looks.values()) <= set(LOOKS)


STATES = [
    {"actor_id": actor, "name": actor.title(), "kind": "state", "country": country}
    for actor, country in (("freedonia", "XF"), ("sylvania", "XS"), ("firefly", "XF"))
] + [{"actor_id": "gazette", "name": "The Gazette", "kind": "media", "country": "XG"}]


def test_a_side_keeps_its_hue_in_all_later_editions() -> None:
    flows = [flow("t-1", 4), flow("t-2", 5, source_id="s-2", **{"from": "sylvania", "to": "freedonia"})]
    whole = dossier(None, actors=STATES, sources=SOURCES, transfers=flows, deployments=[stock("d-1", 5)])
    hues = [
        [side_hue(whole.at(day), side) for side in ("freedonia", "sylvania")] for day in ("2031-01-05", "2031-12-31")
    ]
    assert hues[0] == hues[1] and hues[0][0] != hues[0][1]


def test_all_actors_of_a_country_are_of_one_side_and_who_is_no_party_is_of_none() -> None:
    d = dossier(actors=STATES, deployments=[stock("d-1", 5)])
    assert side_hue(d, "firefly") == side_hue(d, "freedonia") != QUIET
    assert side_hue(d, "gazette") == QUIET
