"""What new rows touch: the figures that read otherwise, the judgements that rest on them, the editions made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefing.desk.affected import find_linked
from briefing.desk.claims.claims import Claims, by_quantity, choose_claims
from briefing.desk.claims.contested import contested
from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.editions.address import DAY
from briefing.editions.catalog import CATALOG, Edition, list_editions, read_catalog
from briefing.errors import BriefingError, in_a_line
from briefing.intake.edits import Change, Edits, copied
from briefing.page.manifest import read_rows_on
from briefing.press.plan import Step, plan_build

#: What a figure reads where no claim is left.
NONE_LEFT = "no claim is left"


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A quantity that reads otherwise on the day."""

    quantity: str
    title: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class TouchedJudgement:
    """A judgement that rests on a row that changed."""

    id: str
    statement: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TouchedEdition:
    """An edition that would be another page, or shows a row that changed."""

    name: str
    why: tuple[str, ...]
    shows: tuple[str, ...] = ()  #: The rows that changed and stand on its page.
    is_to_be_built: bool = True  #: Whether it would be another page; one of an earlier day stands as it was.


@dataclass(frozen=True, slots=True)
class Touched:
    """Everything that new, changed and withdrawn rows touch."""

    figures: tuple[MovedFigure, ...] = ()
    judgements: tuple[TouchedJudgement, ...] = ()
    editions: tuple[TouchedEdition, ...] = ()
    unknown: str = ""  #: Why it could not be found; empty where it could.

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain values, for JSON."""
        return asdict(self)


def find_touched(edits: Edits, *, day: str, out: Path | None = None, catalog: Path | None = None) -> Touched:
    """Find what edits touch as of a day: figures, judgements, and the editions of a catalog.

    Nothing is written. Where the dossier, as it is or as it is to be, cannot be read, `unknown` says so.
    """
    changes = edits.changes()
    try:
        with copied(edits) as copy:
            then, now = (read_dossier(folder, as_of=day) for folder in (edits.folder, copy))
            figures = tuple(_find_moved(then, now, changes))
            old = _rows_that_stood(changes)
            judgements = tuple(_find_judgements(then, old))
            files = (out, catalog) if out and catalog and (catalog / CATALOG).is_file() else None
            editions = tuple(_find_editions(edits.folder, copy, old, *files, day=day)) if files else ()
    except BriefingError as error:
        return Touched(unknown=in_a_line(error))
    return Touched(figures, judgements, editions)


def _rows_that_stood(changes: Iterable[Change]) -> dict[str, tuple[str, ...]]:
    """Give the rows that stand no more as they stood: changed, gone, or superseded by a new one; by table."""
    stood: dict[str, dict[str, None]] = {}
    for change in changes:
        if change.table not in (*CLAIM_TABLES, "events"):
            continue
        after = change.after or {}
        old = [*([change.key[0]] if change.kind != "new" else []), *filter(None, [after.get("supersedes", "")])]
        stood.setdefault(change.table, {}).update(dict.fromkeys(old))
    return {table: tuple(ids) for table, ids in stood.items() if ids}


def _find_moved(then: Dossier, now: Dossier, changes: Sequence[Change]) -> Iterable[MovedFigure]:
    cells = [side for change in changes if change.table in CLAIM_TABLES for side in (change.before, change.after)]
    quantities = tuple(dict.fromkeys(side["quantity_id"] for side in cells if side and side.get("quantity_id")))
    before = _figures(then, quantities)
    after = _figures(now, tuple({key[0] for key in before}))  # what nobody claimed before is a new row, told as that
    for key, (title, old) in before.items():
        _, new = after.get(key, ("", NONE_LEFT))
        if old != new:
            yield MovedFigure(key[0], title, old, new)


def _figures(dossier: Dossier, quantities: tuple[str, ...]) -> dict[tuple[str, ...], tuple[str, str]]:
    """Read quantities as a page prints them, each class of status by itself."""
    known = {claim.quantity for claim in choose_claims(dossier).each}
    asked = [quantity for quantity in quantities if quantity in known]
    if not asked:
        return {}
    groups = by_quantity(choose_claims(dossier, quantity=asked))
    return {_group_key(group): (_titled(group), contested(group).latest.short) for group in groups}


def _group_key(group: Claims) -> tuple[str, ...]:
    first = group.each[0]
    return first.quantity, first.status_class, *((first.giver, first.kind) if first.kind else ())


def _titled(group: Claims) -> str:
    first = group.each[0]
    return group.title if first.status_class == "real" else f"{group.title} ({first.status})"


def _find_judgements(dossier: Dossier, rows: Mapping[str, tuple[str, ...]]) -> Iterable[TouchedJudgement]:
    changed = {key for ids in rows.values() for key in ids}
    linked = find_linked(dossier, rows)
    for key in linked.get("judgements", ()):
        row: Any = dossier.find(key, table="judgements")
        if row is not None:
            rests = tuple(name for name in changed if name in linked or _names(row, name))
            yield TouchedJudgement(key, row.statement, rests or tuple(linked.get("evidence", ())))


def _names(row: Any, key: str) -> bool:
    cells = (getattr(row, column, None) for column in ("supported_by", "contradicted_by"))
    return any(key in str(cell).split("|") for cell in cells if cell)


def _find_editions(
    folder: Path, copy: Path, rows: Mapping[str, tuple[str, ...]], out: Path, catalog: Path, *, day: str
) -> Iterable[TouchedEdition]:
    editions = list_editions(read_catalog(catalog / CATALOG), data=folder)
    changed = {key for ids in rows.values() for key in ids}
    before, after = (plan_build(editions, out=out, data=data) for data in (folder, copy))
    for edition, old, new in zip(editions, before, after, strict=True):
        shows = tuple(sorted(changed & _rows_on(out / edition.address)))
        if why := _why(edition, old, new, day=day):
            yield TouchedEdition(edition.name, why, shows)
        elif shows:
            yield TouchedEdition(edition.name, ("it is of an earlier day and stands",), shows, is_to_be_built=False)


def _why(edition: Edition, old: Step, new: Step, *, day: str) -> tuple[str, ...]:
    """Say why an edition is another page after the edits; nothing where it is none."""
    if old.action == "keep":
        return new.why if new.action != "keep" else ()
    as_of = str(edition.values.get(DAY) or day)
    return (f"its day, {as_of}, is on or after the release, and it waits to be built",) if as_of >= day else ()


def _rows_on(path: Path) -> frozenset[str]:
    """Give the ids of the claims and events that stand on a built page, as it says itself."""
    tables = read_rows_on(path) or {}
    return frozenset(key for name in ("claims", "events") for key in tables.get(name, {}))
