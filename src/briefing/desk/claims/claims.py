"""Choosing claims, laying rivals side by side, adding what may be added and refusing what may not.

Every verb answers with a value that knows its rows, so that a figure made here leads back to them from any page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from briefing.desk.claims.newness import News
from briefing.desk.windows import tell_none
from briefing.dossier.asked import CHOICES
from briefing.dossier.claims import Claim, gather
from briefing.dossier.cut import Cut
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.models import documents_of
from briefing.dossier.tables import TABLES
from briefing.errors import UsageError, did_you_mean
from briefing.usage import glance, verb
from briefing.values.bounds import Bounds
from briefing.values.chains import find_below, turn_round
from briefing.values.dates import keep_during
from briefing.values.independence import count_independent
from briefing.values.words import counted, name_some

#: What a choice asks for: nothing, one word, or several.
Asked: TypeAlias = str | Collection[str] | None


@dataclass(frozen=True, eq=False)
class Claims:
    """Claims that were chosen, in order of time, with the dossier that they stand in.

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

    each: tuple[Claim, ...]
    dossier: Dossier = field(repr=False)
    #: Where none is in the time that was asked for and others are: "none in October 2031; the latest of two was ...".
    elsewhere: str = field(default="", repr=False)
    #: Why they rank where `by_news` put them; ``None`` where nobody asked.
    news: News | None = field(default=None, repr=False)

    @property
    def is_spare(self) -> bool:
        """Whether they hold a place in order of news that nothing fills: verbs then show nothing."""
        return self.news is not None and not self.each

    def __len__(self) -> int:
        return len(self.each)

    @property
    def ids(self) -> tuple[str, ...]:
        """The claims' ids, in the same order."""
        return tuple(claim.id for claim in self.each)

    @cached_property
    def bounds(self) -> tuple[Bounds, ...]:
        """Each claim's bounds, in the same order."""
        return tuple(claim.bounds for claim in self.each)

    @cached_property
    def documents(self) -> int:
        """How many documents the claims were read in; a page that is cited twice counts once."""
        documents = documents_of(self.dossier)
        return len({documents[claim.source].url for claim in self.each if claim.source in documents})

    @cached_property
    def origins(self) -> int:
        """How many independent origins stand behind them: documents that relay no other, by different claimants."""
        return count_independent((claim.origin, claim.claimant) for claim in self.each)

    @property
    def quantities(self) -> tuple[str, ...]:
        """What they are about, each quantity once, in order of its id."""
        return tuple(sorted({claim.quantity for claim in self.each}))

    @property
    def title(self) -> str:
        """What a reader would call the quantity that the first of them is about; empty where there is none."""
        return self.dossier.name_of(self.each[0].quantity) if self.each else ""

    def only(self, kept: Iterable[Claim]) -> Claims:
        """Give some of them, or others of the same dossier, in the order given."""
        return Claims(tuple(kept), self.dossier)

    def __repr__(self) -> str:
        quantities = name_some(self.dossier.name_of(claim.quantity) for claim in self.each)
        behind = f"{counted(self.documents, 'document')}, {counted(self.origins, 'origin')}"
        return f"Claims({len(self)} from {behind}: {quantities})" if len(self) else "Claims(none is known)"

    def _repr_html_(self) -> str:
        name_of = self.dossier.name_of
        heads = ("Id", "When", "Who says so", "What", "Figure", "Unit", "Status", "Quantity", "Source")
        rows = [
            (claim.id, claim.when, name_of(claim.claimant), name_of(claim.item), claim.bounds, claim.unit, claim.status,
             claim.quantity, claim.source)
            for claim in self.each
        ]  # fmt: skip
        return glance(f"{self!r}".partition("(")[2][:-1], heads, rows, below=self.elsewhere)

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
    kind: Asked = None,
    qualifier: Asked = None,
    table: Asked = None,
    source: Asked = None,
    grade: Asked = None,
    country: Asked = None,
    one_sided: bool | None = None,
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
        ``stock`` for a deployment; ``increment``, ``cumulative`` or ``running`` for a transfer or loss.
    kind, qualifier : str or collection of str, optional
        As in the row; only losses have a kind: ``killed``, ``destroyed`` ...
    table : str or collection of str, optional
        ``deployments``, ``transfers`` or ``losses``.
    source : str or collection of str, optional
        The document in which the claim was read. One that is not yet known on the day has no claims.
    grade : str or collection of str, optional
        The reliability of that document, ``A`` to ``F``.
    country : str or collection of str, optional
        The country of the claimant.
    one_sided : bool, optional
        Whether claimants of one country alone make claims about the quantity, or whether others do too.
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
    2
    """
    if isinstance(among, Claims):
        if among.is_spare:
            return among
        dossier, claims = among.dossier, among.each
    else:
        dossier, claims = among, tuple(gather(among).claims.values())
    wanted: dict[str, Collection[str]] = {}
    if claim is not None:
        _check_claims(dossier, set(several(claim)) - {known.id for known in claims})
        wanted["id"] = several(claim)
    keys = {
        "quantity": ("quantities", quantity), "giver": ("actors", giver), "getter": ("actors", getter),
        "claimant": ("actors", claimant), "place": ("places", place), "unit": ("units", unit),
    }  # fmt: skip
    for name, (refers, asked) in keys.items():
        if asked is not None:
            for key in several(asked):
                check_key(dossier, refers, key)
            wanted[name] = several(asked)
    if item is not None:
        below = {name for key in several(item) for name in items_below(dossier, key)}
        wanted["item"] = below | (_items_above(dossier, several(item)) if wider else set())
    choices = {"status": status, "counting": counting, "kind": kind, "qualifier": qualifier, "table": table}
    for name, asked in (choices | {"grade": grade}).items():
        if asked is not None:
            for word in several(asked):
                _check_choice(name, word)
            wanted[name] = several(asked)
    if source is not None:
        _check_sources(dossier, several(source))
        wanted["source"] = several(source)
    if country is not None:
        _check_countries(dossier, several(country))
        wanted["country"] = several(country)
    words = {name: frozenset(values) for name, values in wanted.items()}
    kept = [claim for claim in claims if all(_cell(claim, name, dossier) in values for name, values in words.items())]
    if one_sided is not None:
        sided = _find_one_sided(dossier)
        kept = [claim for claim in kept if (claim.quantity in sided) == one_sided]
    in_time = in_order_of_time(keep_during(kept, during))
    # What lies outside the time matters only where nothing lies in it: then a note must not say that nothing is known.
    elsewhere = "" if in_time else tell_none(during, [claim.when for claim in kept], as_of=dossier.as_of)
    return Claims(in_time, dossier, elsewhere)


def _cell(claim: Claim, name: str, dossier: Dossier) -> str | None:
    """Give what a claim says in a column, what its claimant's country is, or how its document is graded."""
    if name == "country":
        return countries_of(dossier).get(claim.claimant)
    if name == "grade":
        document = documents_of(dossier).get(claim.source)
        return document.reliability if document is not None else None
    cell: str | None = getattr(claim, name)
    return cell


def countries_of(dossier: Dossier) -> dict[str, str]:
    """Give the country of each actor that has one."""
    return dossier.frames.once_of_cells(_countries, "actors")


def _countries(actors: Cut) -> dict[str, str]:
    return {actor: country for actor, country in actors.rows("actor_id", "country") if country is not None}


def _find_one_sided(dossier: Dossier) -> set[str]:
    """Find the quantities that claimants of one country alone speak of; of an unknown country they may be anybody."""
    countries, behind = countries_of(dossier), dict[str, set[str | None]]()
    for claim in gather(dossier).claims.values():
        behind.setdefault(claim.quantity, set()).add(countries.get(claim.claimant))
    return {quantity for quantity, found in behind.items() if len(found) == 1 and None not in found}


def in_order_of_time(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Give claims in order of the last day that each can mean, then of id."""
    return tuple(sorted(claims, key=lambda claim: (claim.when.order, claim.id)))


def join_claims(*chosen: Claims) -> Claims:
    """Give the claims of several choices among one dossier, each claim once, in the order in which it comes first."""
    each = {claim.id: claim for claims in chosen for claim in claims.each}
    return chosen[0].only(each.values())


def several(asked: str | Collection[str]) -> list[str]:
    """Give what was asked for as a list; one word is one, not its letters."""
    return [asked] if isinstance(asked, str) else list(asked)


def items_below(dossier: Dossier, item: str) -> frozenset[str]:
    """Give an item and all the items below it in the tree."""
    check_key(dossier, "items", item)
    return dossier.frames.once_of_cells(_all_below, "items").get(item, frozenset({item}))


def _items_above(dossier: Dossier, items: Collection[str]) -> set[str]:
    below = dossier.frames.once_of_cells(_all_below, "items")
    return {item for item in below if not below[item].isdisjoint(items)}


def _all_below(items: Cut) -> dict[str, frozenset[str]]:
    links = turn_round({item: parent for item, parent in items.rows("item_id", "parent_id") if parent is not None})
    return {item: frozenset(find_below([item], links)) for item in items["item_id"]}


def check_key(dossier: Dossier, table: str, key: str) -> None:
    """Refuse a key that is in no row of a table with a `UsageError` that names the nearest."""
    known = dossier.frames.once_of_cells(_list_keys, table)
    if known and key not in known:
        raise UsageError(f'"{key}" is in no row of {table}.csv; a choice names a row. {did_you_mean(key, known)}')


def _list_keys(cut: Cut) -> dict[str, None]:
    return dict.fromkeys(cut[TABLES[cut.table].key[0]])


def _check_claims(dossier: Dossier, ids: Collection[str]) -> None:
    """Refuse an id that no claim has on any day; one that is not yet known is no mistake."""
    if ids:
        known = {key for name in CLAIM_TABLES for key in dossier.everything.peek_cells(name, "claim_id")}
        _check_known(sorted(ids), known, "no claim on any day")


def _check_sources(dossier: Dossier, ids: Collection[str]) -> None:
    """Refuse an id that no document has on any day; one that is not yet known is no mistake."""
    _check_known(ids, set(dossier.everything.peek_cells("sources", "source_id")), "no source on any day")


def _check_countries(dossier: Dossier, countries: Collection[str]) -> None:
    """Refuse a country that no actor is of."""
    _check_known(countries, set(countries_of(dossier).values()), "the country of no actor")


def _check_known(asked: Collection[str], known: Collection[str], what: str) -> None:
    for key in asked:
        if key not in known:
            raise UsageError(f'"{key}" is {what}; a choice names a row. {did_you_mean(key, known)}')


def _check_choice(column: str, value: str) -> None:
    known = CHOICES[column]
    if value not in known:
        told = f"choices are {', '.join(known)}. {did_you_mean(value, known)}"
        raise UsageError(f'{column}: "{value}" is not a choice; {told}')


# --- one quantity, several claimants ----------------------------------------------------------------------------


def by_quantity(claims: Claims, *, apart: bool = True) -> list[Claims]:
    """Take claims apart by quantity, by side and kind of loss and, if asked, class of status: a plan is no presence."""
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims.each:
        lost = (claim.giver, claim.kind) if claim.kind else ()
        groups.setdefault((claim.quantity, claim.status_class if apart else "", *lost), []).append(claim)
    return [claims.only(groups[key]) for key in sorted(groups)]


def lone_origins(claims: Claims) -> dict[str, str]:
    """Give the quantities that rest on one origin, each with it; empty where one claimant has several."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims.each:
        groups.setdefault(claim.quantity, []).append(claim)
    single = {quantity: group for quantity, group in sorted(groups.items()) if claims.only(group).origins == 1}
    origins = {quantity: {claim.origin for claim in group} for quantity, group in single.items()}
    return {quantity: found.pop() if len(found) == 1 else "" for quantity, found in origins.items()}
