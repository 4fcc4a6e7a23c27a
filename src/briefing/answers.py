"""Answering a page's question in a few sentences: who counts what, when, and what was counted before."""

from __future__ import annotations

import re

from briefing.blocks import Cited, Prose
from briefing.claims import Claims, Contested
from briefing.comparisons import period_words
from briefing.counting import name_some
from briefing.evidence import collect_evidence
from briefing.exhibits import list_words
from briefing.newest import say_when
from briefing.sides import find_one_side, find_origins

#: A title that names its year needs no period beside it.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def answer(rivals: Contested, *, otherwise: str = "No claim known on this day gives a number.") -> Prose:
    """Say in sentences what rival claims come to: who counts, what, and when; of several dates the newest first.

    Parameters
    ----------
    rivals : Contested
        As `contested` gives them.
    otherwise : str
        What to say where no claim gives a number.

    Returns
    -------
    Prose
        A block, for `headline` too: the newest count with its day and what earlier ones said, or who counts how much;
        and the side, where all claimants are of one.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.answer(b.contested(b.choose(d, quantity="guards-there", status="present")))
    Prose("The newest count, of November 2031, gives 1,200 persons (Ferry ...", 4 claims, 4 sources)
    """
    if not rivals.quantified:
        return Prose(text=(otherwise,))
    newest, earlier = rivals.parted
    told = [*_tell_series(newest, earlier), _tell_side(rivals)] if len(earlier.claims) else _tell_rivals(rivals)
    return Prose(
        text=tuple(span for span in told if span), evidence=collect_evidence(rivals.claims.dossier, rivals.claims.ids)
    )


def _tell_series(newest: Contested, earlier: Contested) -> list[str | Cited]:
    """Lead with the newest count: a count of another day is no rival of it."""
    when, one = say_when(newest.claims.frame), len(newest.claims) == 1
    opening = f"The newest count, of {when}, gives " if one else f"The newest counts, of {when}, give "
    told: list[str | Cited] = [opening, _cite(newest), f" ({_name_claimants(newest)}): {newest.title}. "]
    if find_origins(newest.claims) <= find_origins(earlier.claims):
        told.append(f"{'It repeats' if one else 'They repeat'} an earlier count, from the same origin. ")
    before = "An earlier count gave " if len(earlier.claims) == 1 else "Earlier counts gave "
    return [*told, before, _cite(earlier), "."]


def _tell_rivals(rivals: Contested) -> list[str | Cited]:
    counting = _find_counting(rivals)
    side, single = find_one_side(counting.claims), counting.claims.frame["claimant_id"].nunique() == 1
    who = f"Claimants of {side}" if side and not single else _name_claimants(counting)
    period = "" if _YEAR.search(rivals.title) else f" ({period_words(rivals.claims)})"
    echo = " That is one origin and what repeats it." if len(rivals.claims) > 1 and rivals.origins == 1 else ""
    return [f"{who} {'counts' if single else 'count'} ", _cite(rivals), f": {rivals.title}{period}.{echo}"]


def _find_counting(rivals: Contested) -> Contested:
    """Leave out who only fits the figure: "more than 65,000" is no count of 65,089. Where nobody says it, all stay."""
    extent = rivals.figure.bounds.extent
    says = [bounds.extent == extent for bounds in rivals.claims.bounds]
    kept = rivals.claims.frame.loc[says] if any(says) and not rivals.has_conflict else rivals.claims.frame
    return Contested(Claims(kept.reset_index(drop=True), rivals.claims.dossier))


def _tell_side(rivals: Contested) -> str:
    """Say that all who count are of one side: their number is no sign of agreement between sides."""
    side = find_one_side(rivals.claims)
    return f" All who count are of {side}." if side and rivals.claims.frame["claimant_id"].nunique() > 1 else ""


def _name_claimants(rivals: Contested) -> str:
    names = list(dict.fromkeys(rivals.claims.dossier.name_of(row["claimant_id"]) for row in rivals.claims.rows))
    return name_some(names, most=2) if len(names) > 2 else list_words(names)


def _cite(rivals: Contested) -> Cited:
    figure = rivals.figure
    unit = f" {figure.bounds.unit}"
    hedge = f" ({figure.hedge})" if figure.hedge else ""
    return Cited(text=f"{figure.number}{unit}{hedge}", claims=figure.claims, how=figure.how)
