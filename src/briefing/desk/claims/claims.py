"""Choosing claims, laying rivals side by side, adding what may be added and refusing what may not.

Every verb answers with a value that knows its rows, so that a figure made here leads back to them from any page.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias, get_args

import pandas as pd

from briefing.dossier.claims import Claim, bounds_of, find_claims, find_rows, gather_claims
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import CLAIM_TABLES, STATUS_CLASSES, Status, Unit
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb
from briefing.values.bounds import Bounds
from briefing.values.dates import parse_date
from briefing.values.words import counted, name_some

#: What a row may hold in the columns that are no keys.
CHOICES = {"status": get_args(Status), "unit": get_args(Unit), "counting": ("stock", "increment", "cumulative")}

#: What a choice asks for: nothing, one word, or several.
Asked: TypeAlias = str | Collection[str] | None


@dataclass(frozen=True, eq=False)
class Claims:
    """Claims that were chosen, with the dossier that they stand in.

    Parameters
    ----------
    frame : DataFrame
        One row a claim; columns as in `evidence.gather_claims`.
    dossier : Dossier
        Where they are.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> hay = b.choose_claims(d, quantity="hay-to-september")
    >>> hay
    Claims(2 from 2 documents, 1 origin: Hay by rail, March to September)
    >>> hay.documents, hay.origins
    (2, 1)
    """

    frame: pd.DataFrame
    dossier: Dossier = field(repr=False)

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def ids(self) -> tuple[str, ...]:
        """The claims' ids, in order of time."""
        return tuple(self.frame["claim_id"].tolist())

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The claims as plain rows, in the same order."""
        return find_rows(self.dossier, self.ids)

    @cached_property
    def each(self) -> tuple[Claim, ...]:
        """The claims as values, in the same order."""
        return find_claims(self.dossier, self.ids)

    @cached_property
    def bounds(self) -> tuple[Bounds, ...]:
        """Each claim's bounds, in the same order."""
        return tuple(bounds_of(row) for row in self.rows)

    @cached_property
    def documents(self) -> int:
        """How many documents the claims were read in; a page that is cited twice counts once."""
        sources = self.dossier.sources
        return int(sources.loc[sources["source_id"].isin(self.frame["source_id"]), "url"].nunique())

    @cached_property
    def behind(self) -> pd.Series:
        """The origin that each goes back to."""
        roots = self.dossier.roots
        return self.frame["source_id"].map(lambda source: roots.get(source, source))

    @cached_property
    def origins(self) -> int:
        """How many independent documents stand behind them."""
        return int(self.behind.nunique())

    def __repr__(self) -> str:
        quantities = name_some(self.dossier.name_of(key) for key in self.frame["quantity_id"])
        behind = f"{counted(self.documents, 'document')}, {counted(self.origins, 'origin')}"
        return f"Claims({len(self)} from {behind}: {quantities})" if len(self) else "Claims(none is known)"

    def __format__(self, spec: str) -> str:
        raise UsageError("claims are no figure; a sentence takes one made of them. Write contested(...) or total(...).")


@verb
def choose_claims(
    among: Dossier | Claims,
    *,
    claim: Asked = None,
    quantity: Asked = None,
    item: Asked = None,
    wider: bool = False,
    giver: Asked = None,
    getter: Asked = None,
    place: Asked = None,
    claimant: Asked = None,
    status: Asked = None,
    unit: Asked = None,
    counting: Asked = None,
    during: str | None = None,
) -> Claims:
    """Choose claims of a dossier, or some of those chosen before; each choice is one key or word, or several.

    Parameters
    ----------
    among : Dossier or Claims
        As of its day.
    claim : str or collection of str, optional
        A `claim_id`. One that is not yet known on the day is left out.
    quantity : str or collection of str, optional
        A `quantity_id`.
    item : str or collection of str, optional
        An item, with everything below it in the tree.
    wider : bool
        Whether claims about the kinds that hold the item count too: who denies them all denies it.
    giver, getter : str or collection of str, optional
        Who has or sends it (force, from), and who hosts or gets it (host, to).
    place, claimant, unit, status : str or collection of str, optional
        As in the row.
    counting : str or collection of str, optional
        ``stock`` for a deployment, ``increment`` or ``cumulative`` for a transfer.
    during : str, optional
        A partial date or interval that the claim's own date must be able to touch.

    Returns
    -------
    Claims
        In order of time, then of id.

    Raises
    ------
    UsageError
        Where a key is in no table, naming the nearest.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.choose_claims(d, quantity="guards-there", status="present").origins
    3
    """
    dossier, claims = (among.dossier, among.frame) if isinstance(among, Claims) else (among, gather_claims(among))
    keep = pd.Series(True, index=claims.index)
    if claim is not None:
        _check_claims(dossier, set(several(claim)) - set(claims["claim_id"]))
        keep &= claims["claim_id"].isin(several(claim))
    wanted = {"quantity_id": quantity, "giver": giver, "getter": getter, "claimant_id": claimant, "place": place}
    for column, value in wanted.items():
        if value is not None:
            for one in several(value):
                check_key(dossier, {"quantity_id": "quantities", "place": "places"}.get(column, "actors"), one)
            keep &= claims[column].isin(several(value))
    if item is not None:
        found = {name for one in several(item) for name in items_below(dossier, one)}
        keep &= claims["item"].isin(found | (_items_above(dossier, several(item)) if wider else set()))
    for column, asked in (("status", status), ("unit", unit), ("counting", counting)):
        if asked is not None:
            for one in several(asked):
                _check_choice(column, one)
            keep &= claims[column].isin(several(asked))
    if during is not None:
        keep &= _touches(claims, during)
    return Claims(claims.loc[keep].sort_values(["when_last", "claim_id"], ignore_index=True), dossier)


def several(asked: str | Collection[str]) -> list[str]:
    """Give what was asked for as a list; one word is one, not its letters."""
    return [asked] if isinstance(asked, str) else list(asked)


def items_below(dossier: Dossier, item: str) -> set[str]:
    """Give an item and all the items below it in the tree."""
    check_key(dossier, "items", item)
    children = dossier.frames.once(_children, "items")
    found, ahead = set[str](), [item]
    while ahead:
        found.add(at := ahead.pop())
        ahead += [child for child in children.get(at, []) if child not in found]
    return found


def _items_above(dossier: Dossier, items: Collection[str]) -> set[str]:
    return {one for one in dossier.items["item_id"] if items_below(dossier, one) & set(items)}


def _children(items: pd.DataFrame) -> dict[str, list[str]]:
    below: dict[str, list[str]] = {}
    for item, parent in zip(items["item_id"].tolist(), items["parent_id"].tolist(), strict=True):
        if isinstance(parent, str):
            below.setdefault(parent, []).append(item)
    return below


def check_key(dossier: Dossier, table: str, key: str) -> None:
    """Refuse a key that is in no row of a table, naming the nearest.

    Raises
    ------
    UsageError
        With "did you mean".
    """
    known = dossier.frames.once(_first_column, table)
    if known and key not in known:
        raise UsageError(f'"{key}" is in no row of {table}.csv; a choice names a row. {did_you_mean(key, known)}')


def _first_column(frame: pd.DataFrame) -> dict[str, None]:
    return dict.fromkeys(frame.iloc[:, 0].tolist())


def _check_claims(dossier: Dossier, ids: Collection[str]) -> None:
    """Refuse an id that no claim has on any day; one that is not yet known is no mistake."""
    if not ids:
        return
    known = {key for name in CLAIM_TABLES for key in dossier.everything.peek(name)["claim_id"]}
    for claim in sorted(ids):
        if claim not in known:
            cure = did_you_mean(claim, known)
            raise UsageError(f'"{claim}" is no claim on any day; a choice names a row. {cure}')


def _check_choice(column: str, value: str) -> None:
    known = CHOICES[column]
    if value not in known:
        told = f"choices are {', '.join(known)}. {did_you_mean(value, known)}"
        raise UsageError(f'{column}: "{value}" is not a choice; {told}')


def _touches(claims: pd.DataFrame, during: str) -> pd.Series:
    window = parse_date(during)
    touches = pd.Series(True, index=claims.index)
    if window.last is not None:
        touches &= ~(claims["when_first"] > pd.Timestamp(window.last))
    if window.first is not None:
        touches &= ~(claims["when_last"] < pd.Timestamp(window.first))
    return touches


# --- one quantity, several claimants ----------------------------------------------------------------------------


def by_quantity(claims: Claims, *, apart: bool = True) -> list[Claims]:
    """Take claims apart by quantity and, if asked, class of status: a plan is no presence."""
    keys = [claims.frame["quantity_id"], *([claims.frame["status"].map(STATUS_CLASSES)] if apart else [])]
    return [Claims(frame.reset_index(drop=True), claims.dossier) for _, frame in claims.frame.groupby(keys)]


def lone_origins(claims: Claims) -> dict[str, str]:
    """Give the quantities whose claims all go back to one origin, each with that origin."""
    behind = claims.behind.groupby(claims.frame["quantity_id"])
    return {str(key): str(origin) for key, origin in behind.first()[behind.nunique() == 1].items()}
