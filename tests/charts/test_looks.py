"""A claimant's hue and shape, the same in all editions."""

from __future__ import annotations

import json

from dossiers import dossier, source, stock
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.blocks.blocks import Chart
from briefing.charts.looks import find_looks
from briefing.charts.series import dated_series
from briefing.desk.claims.claims import choose_claims
from briefing.dossier.dossier import Dossier
from briefing.values.palette import LOOKS

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


def test_all_others_share_one_look_of_their_own() -> None:
    rows = [(claimant, 1) for claimant in WHO] + [("gazette", 2), ("firefly", 2), ("trentino", 3)]
    looks = drawn(counted(*rows))
    assert looks["others"] not in LOOKS and len(looks) == 4
