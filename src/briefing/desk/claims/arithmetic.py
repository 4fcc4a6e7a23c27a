"""How many times one figure is another, and by how much they differ: never across units or kinds of thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from briefing.blocks.blocks import Made
from briefing.desk.claims.claims import Claims
from briefing.desk.claims.contested import Contested, contested
from briefing.desk.claims.sums import refuse_branches
from briefing.desk.figures import Figure, figure_of, no_figure
from briefing.dossier.claims import find_claims
from briefing.errors import ClaimError, UsageError
from briefing.usage import verb
from briefing.values import bounds as numbers
from briefing.values.bounds import Bounds

#: What may be divided or subtracted: claims about one quantity, laid side by side or not, or a figure made of some.
Number: TypeAlias = Claims | Contested | Figure


@verb
def ratio(a: Claims | Contested | Figure, b: Claims | Contested | Figure) -> Figure:
    """Say how many times the second figure the first is.

    Parameters
    ----------
    a : Claims, Contested or Figure
        What is divided. Of claims about one quantity the newest counts stand for it where it is a series.
    b : Claims, Contested or Figure
        What it is divided by.

    Returns
    -------
    Figure
        From the least that it may be to the most, rounded to a tenth and never to say more than is known; a side that
        is not stated stays open. ``f"{figure: times}"`` reads "at least 2.6 times".

    Raises
    ------
    ClaimError
        Where the units or kinds of thing differ, the sources of either conflict, or the second may be nought.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> lorries, carts = b.choose_claims(d, claim="tr-0006"), b.choose_claims(d, claim="tr-0007")
    >>> b.ratio(lorries, carts)
    Figure(1.2, from tr-0006, tr-0007: one claim divided by one claim)
    """
    return _work_out("ratio", lambda a, b: numbers.round_ratio(numbers.divide_bounds(a, b)), a, b)


@verb
def difference(a: Claims | Contested | Figure, b: Claims | Contested | Figure) -> Figure:
    """Say by how much the first figure exceeds the second.

    Parameters
    ----------
    a : Claims, Contested or Figure
        From what is taken. Of claims about one quantity the newest counts stand for it where it is a series.
    b : Claims, Contested or Figure
        What is taken from it.

    Returns
    -------
    Figure
        From the least that it may be to the most; below nought where the second is more.

    Raises
    ------
    ClaimError
        Where the units or kinds of thing differ, or the sources of either conflict.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.difference(b.choose_claims(d, claim="tr-0005"), b.choose_claims(d, claim="tr-0006"))
    Figure(62 items, from tr-0005, tr-0006: one claim minus one claim)
    """
    return _work_out("difference", numbers.subtract_bounds, a, b)


def _work_out(
    kind: Literal["ratio", "difference"], work: Callable[[Bounds, Bounds], Bounds], a: Number, b: Number
) -> Figure:
    first, second = _read(a), _read(b)
    ids = tuple(dict.fromkeys((*first.claims, *second.claims)))
    if first.dossier.folder != second.dossier.folder:
        raise UsageError(f"{kind}() was given figures of two dossiers; choose both from one. Read one folder.")
    days = [figure.dossier.as_of for figure in (first, second)]
    dossier = second.dossier if days[0] is not None and (days[1] is None or days[1] > days[0]) else first.dossier
    if not (first.bounds.is_known and second.bounds.is_known):
        return no_figure(dossier, claims=ids)
    # the units are told first: they say more than the kinds of thing
    numbers.one_unit([first.bounds, second.bounds], "compared")
    items = {claim.item for figure in (first, second) for claim in find_claims(figure.dossier, figure.claims)}
    refuse_branches(items, dossier, done="compared")
    made = Made(kind=kind, of=first.claims, other=second.claims)
    return figure_of(work(first.bounds, second.bounds), ids, dossier, made=made)


def _read(number: Number) -> Figure:
    """Give the figure that claims come to: of a series its newest counts; rivals that conflict are no number."""
    if isinstance(number, Figure):
        if number.made is not None and number.made.is_range:
            _refuse_conflict()
        return number
    rivals = contested(number) if isinstance(number, Claims) else number
    newest, earlier = rivals.parted
    told = newest if len(earlier.claims) else rivals
    if told.has_conflict:
        _refuse_conflict()
    return told.figure


def _refuse_conflict() -> None:
    raise ClaimError(
        "the sources conflict",
        rule="a figure is worked out of numbers that rivals do not dispute",
        cure="Choose one claimant, or work out one for each.",
        id="F06",
    )
