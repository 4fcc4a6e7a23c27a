"""A map: where claims place what they count, what moved from where to where, and where a scenario says it would go.

Claims at one place are never added: their rings lie one inside the other. Which outlines are drawn, and how far the map
reaches, is the dossier's business (`outlines`); one without any gets those of the world that the package ships.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import TypeAlias

import pandas as pd

from briefing.blocks.blocks import Chart, Note
from briefing.charts.arrows import Route, Way
from briefing.charts.frame import claims_behind, frame_chart, nothing_placed
from briefing.charts.ground import Extent, fit
from briefing.charts.looks import find_sides, side_hue
from briefing.charts.maps import MAP_WIDE, Located, MapSheet, draw_map
from briefing.charts.marks import describe, is_hollow, shown_of, shown_with
from briefing.charts.tips import claim_tip
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.newest import keep_newest
from briefing.desk.nouns import noun
from briefing.dossier.claims import Claim
from briefing.dossier.cut import list_cells
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_of
from briefing.dossier.outlines import Outlines, read_outlines
from briefing.dossier.tables import Place
from briefing.dossier.world.cut import cut_world, knows
from briefing.usage import verb
from briefing.values.plane import Line, Point
from briefing.values.words import counted

#: The label, and the ids of the places from which and to which a scenario goes; a fourth word is its likelihood.
Ways: TypeAlias = pd.DataFrame | Iterable[Sequence[str]]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place of the dossier that has a point; a country's is where its name stands on the map."""

    name: str
    lon: float
    lat: float
    precision: str
    country: str

    @property
    def point(self) -> Point:
        return self.lon, self.lat


@verb
def place_map(
    claims: Claims, *, title: str, routes: Claims | None = None, scenarios: Ways | None = None, towns: bool = True
) -> Chart | Note:
    """Show where claims place what they count: one ring a claim, as large as the number that it states.

    Rings are of one size where the claims count in several units. They are filled for what is there, hollow for what is
    announced, planned, withdrawn or denied, and broken where the place is known only as a region or country. Each side,
    the country of who has or sends it, has one colour in all editions. Of several claims by one claimant about one
    place the newest is drawn; all are in the table. A dossier without outlines gets those of the world.

    Parameters
    ----------
    claims : Claims
        Whatever has a place. A transfer whose two places are known is an arrow; another stands where it left. Claims
        without a place, and places without a point or beyond the map's frame, are listed under it.
    title : str
        What is seen: a sentence, and whose word it is.
    routes : Claims, optional
        Transfers to be drawn as arrows besides, in whatever unit they count.
    scenarios : DataFrame or iterable, optional
        Where forces would go: a table with `label`, `from_place_id` and `to_place_id`, or for each the same three, and
        if you like its likelihood in words.
    towns : bool
        Whether towns are named for orientation.

    Returns
    -------
    Chart or Note
        A block; a note where no claim names a place with a point.

    Raises
    ------
    DossierError
        Where the dossier's file of outlines cannot be read.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.place_map(b.choose_claims(d, item="guards"), title="Where the guards are")
    Chart('Where the guards are', 4 rows, 4 claims, 4 sources)
    """
    claims, left = keep_newest(claims)
    routes, more = keep_newest(routes) if routes else (None, 0)
    every = _join(claims, routes)
    sheet = _lay_out(claims, every, _read_ways(scenarios), towns=towns)
    if not sheet.spots and not sheet.routes:
        return nothing_placed(every, title)
    told = "; ".join([*_tell_spots(every, sheet.spots), *_tell_routes(every), *_tell_ways(sheet)])
    remark = " ".join(_remarks(every, sheet))
    behind, draw = claims_behind(every), partial(draw_map, sheet)
    return frame_chart(title, draw, f"{title}. {told}.", behind=behind, remark=remark, left_out=left + more)


def _join(claims: Claims, routes: Claims | None) -> Claims:
    """Give all claims of a map, each once."""
    more = [claim for claim in routes.each if claim.id not in claims.ids] if routes else []
    return replace(claims, each=(*claims.each, *more)) if more else claims


def _read_ways(scenarios: Ways | None) -> list[Sequence[str]]:
    """Read scenarios as rows; of a table those that have both places."""
    if not isinstance(scenarios, pd.DataFrame):
        return list(scenarios or ())
    columns = (list_cells(scenarios[column]) for column in ("label", "from_place_id", "to_place_id"))
    return [tuple(map(str, row)) for row in zip(*columns, strict=True) if None not in row]


def _lay_out(claims: Claims, every: Claims, scenarios: Sequence[Sequence[str]], *, towns: bool) -> MapSheet:
    places = _find_places(every.dossier)
    outlines = read_outlines(every.dossier.folder)
    asked = {claim.place for claim in every.each} | {claim.place_to for claim in every.each if _is_route(claim, places)}
    asked |= {place for row in scenarios for place in row[1:3]}
    points = {key: places[key] for key in sorted(filter(None, asked)) if key in places}
    if outlines is None and any(spot.country and knows(spot.country) for spot in points.values()):
        outlines = cut_world(fit([spot.point for spot in points.values()], ratio=1.35))
    frame = outlines.frame if outlines else fit([spot.point for spot in points.values()] or [(0, 0)], ratio=1.35)
    places = {key: _centre(spot, outlines) for key, spot in places.items()}
    extent = Extent(frame, MAP_WIDE)
    located = [spot for spot in _locate(claims, places) if extent.holds(spot.lon, spot.lat)]
    shown = _newest(located)
    name_of = every.dossier.name_of
    is_one_voice = len({spot.claim.claimant for spot in shown}) < 2
    is_one_thing = len({spot.claim.item for spot in shown}) < 2
    return MapSheet(
        outlines,
        frame,
        tuple(shown),
        tuple(_find_routes(every, places)),
        tuple(_find_ways(scenarios, places, outlines)),
        _find_focus(shown, points, extent),
        towns,
        lambda claim: "" if is_one_voice else name_of(claim.claimant),
        lambda claim: shown_with(claim.bounds, claim.status) if is_one_thing else shown_of(every.dossier, claim),
        len({spot.claim.unit for spot in shown}) < 2,
        {spot.point: spot.name for spot in reversed(places.values()) if spot.precision in ("1", "2")},
    )


def _find_places(dossier: Dossier) -> dict[str, _Spot]:
    """Find the places that have a point."""
    return {
        row.place_id: _Spot(dossier.name_of(row.place_id), row.lon, row.lat, row.precision, row.country)
        for row in rows_of(dossier, Place)
        if row.lon is not None and row.lat is not None
    }


def _centre(spot: _Spot, outlines: Outlines | None) -> _Spot:
    """Put a country where its name stands: its capital is one town in it."""
    if spot.precision != "4":
        return spot
    lands = outlines.of("land") if outlines else []
    labels = [land.label for land in lands if land.label and land.country == spot.country]
    named = replace(spot, name=f"{spot.name} (no place named)")
    return replace(named, lon=labels[0][0], lat=labels[0][1]) if labels else named


def _is_route(claim: Claim, places: dict[str, _Spot]) -> bool:
    """Whether a claim says from where to where something went, and both places have a point."""
    return claim.place in places and claim.place_to in places and claim.place != claim.place_to


def _locate(claims: Claims, places: dict[str, _Spot]) -> list[Located]:
    sides = find_sides(claims)
    located = []
    for claim in claims.each:
        if claim.place in places and not _is_route(claim, places):
            at, (_, name) = places[claim.place], sides[claim.giver]
            tip = claim_tip(claims, claim) | {"Where": at.name}
            wide = at.precision in ("3", "4")
            hue = side_hue(claims.dossier, claim.giver)
            located.append(Located(claim, at.name, at.lon, at.lat, wide, name, hue, tip))
    return located


def _newest(located: Sequence[Located]) -> list[Located]:
    """Keep of each claimant's claims about a place and a side the newest, as well as those of other standing."""
    newest: dict[tuple[object, ...], Located] = {}
    for spot in sorted(located, key=lambda spot: (spot.claim.days[1], spot.claim.days[0])):
        claim = spot.claim
        newest[claim.place, claim.claimant, spot.side, claim.item, claim.unit_name, claim.status_class] = spot
    kept = {spot.claim.id for spot in newest.values()}
    return [spot for spot in located if spot.claim.id in kept]


def _find_focus(shown: Sequence[Located], points: dict[str, _Spot], extent: Extent) -> frozenset[str]:
    """Find the country that the map is about: where most of what it shows stands."""
    countries = [points[spot.claim.place].country for spot in shown if spot.claim.place in points]
    countries = countries or [spot.country for spot in points.values() if extent.holds(*spot.point)]
    return frozenset({max(sorted(set(countries)), key=countries.count)} if countries else ())


def _find_routes(claims: Claims, places: dict[str, _Spot]) -> Iterable[Route]:
    """Find the arrows: one for all that went from one place to another in one standing."""
    sides = find_sides(claims)

    def sort(claim: Claim) -> tuple[str, str, bool, str]:
        return claim.place or "", claim.place_to or "", is_hollow(claim.status), sides[claim.giver][0]

    moved = sorted((claim for claim in claims.each if _is_route(claim, places)), key=sort)
    for (start, end, hollow, _), group in groupby(moved, key=sort):
        same = sorted(group, key=lambda claim: (claim.days[1], claim.id), reverse=True)
        first = same[0]
        more = f", {counted(len(same) - 1, 'more claim')}" if len(same) > 1 else ""
        text = f"{shown_of(claims.dossier, first)}{more}"
        tip = claim_tip(claims, first) | {"From": places[start].name, "To": places[end].name}
        spot, goal, name = places[start], places[end], sides[first.giver][1]
        hue = side_hue(claims.dossier, first.giver)
        yield Route(text, spot.point, goal.point, hue, name, hollow, tip, (spot.name, goal.name))


def _find_ways(
    scenarios: Sequence[Sequence[str]], places: dict[str, _Spot], outlines: Outlines | None
) -> Iterable[tuple[Way, tuple[Line, ...]]]:
    """Find the bands of scenarios whose places have points, each with the borders of the country that it leaves."""
    for label, start, end, *likelihood in scenarios:
        if start in places and end in places:
            text = "\n".join([label, *likelihood])
            lands = outlines.of("land") if outlines and places[start].precision == "4" else []
            home = tuple(ring for land in lands if land.country == places[start].country for ring in land.rings)
            yield Way(text, places[start].point, places[end].point), home


def _tell_spots(claims: Claims, spots: Sequence[Located]) -> list[str]:
    dossier = claims.dossier
    return [
        describe(
            f"{dossier.name_of(spot.claim.claimant)}, {spot.claim.when}, {spot.name}",
            spot.claim,
            noun(dossier, spot.claim),
        )
        for spot in spots
    ]


def _tell_routes(claims: Claims) -> list[str]:
    places = _find_places(claims.dossier)
    name = claims.dossier.name_of
    return [
        describe(
            f"{name(claim.claimant)}, {claim.when}, {places[claim.place].name} to {places[claim.place_to].name}",
            claim,
            noun(claims.dossier, claim),
        )
        for claim in claims.each
        if claim.place and claim.place_to and _is_route(claim, places)
    ]


def _tell_ways(sheet: MapSheet) -> list[str]:
    return [f"Scenario: {way.text.replace(chr(10), ', ')}" for way, _ in sheet.ways]


def _remarks(claims: Claims, sheet: MapSheet) -> list[str]:
    """Say how to read the map, what is not on it, and where its lines come from."""
    told = []
    if sheet.spots:
        size = "its area the largest number stated" if sheet.is_sized else "all of one size, since their units differ"
        told = [f"Each ring is one claim, {size}; rings at one place are never added."]
    if sheet.routes:
        told += ["Arrows join two places; they do not show the route."]
    places = _find_places(claims.dossier)
    drawn = {spot.claim.id for spot in sheet.spots}
    drawn |= {claim.id for claim in claims.each if _is_route(claim, places)}
    at_hand = {spot.claim.place for spot in sheet.spots}
    rest = [claim.place for claim in claims.each if claim.id not in drawn]
    older = sum(place in at_hand for place in rest)
    names = sorted({claims.dossier.name_of(place) for place in rest if place is not None and place not in at_hand})
    nowhere = rest.count(None)
    are = "is" if older == 1 else "are"
    told += [f"{counted(older, 'older claim')} by the same claimants {are} in the table only."] if older else []
    told += [f"Not on the map: {', '.join(names)}."] if names else []
    told += [f"{counted(nowhere, 'claim')} {'names' if nowhere == 1 else 'name'} no place."] if nowhere else []
    return told + ([f"{sheet.outlines.attribution}."] if sheet.outlines else [])
