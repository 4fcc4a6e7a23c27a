"""What a figure becomes when one origin, or one side, is not believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from briefing.blocks.blocks import Column, Note, Table, Text
from briefing.blocks.layouts import Cell, lay_out, least, number_cell
from briefing.desk.claims.claims import Claims, countries_of
from briefing.desk.claims.contested import contested
from briefing.desk.claims.scopes import period_words
from briefing.desk.claims.sides import find_countries_behind, name_country
from briefing.desk.cut import cut_rows
from briefing.desk.evidence import collect_evidence, name_origin
from briefing.desk.figures import Figure
from briefing.desk.tables import cite_figure, nothing_claimed
from briefing.dossier.claims import Claim
from briefing.errors import ClaimError
from briefing.usage import verb
from briefing.values.words import counted, with_article

#: Makes a figure of claims: `claims.contested` for rivals, `sums.total` for a sum.
Measure = Callable[[Claims], Figure]

COLUMNS = (
    Column(name="Left out"),
    Column(name="Claims left", is_number=True, counts_rows=True),
    Column(name="Origins left", is_number=True, counts_rows=True),
    Column(name="Figure", is_number=True),
    Column(name="Against the whole"),
)


def read_rivals(claims: Claims) -> Figure:
    """Give the figure of rival claims about one quantity."""
    return contested(claims).figure


def drop_origin(claims: Claims, origin: str) -> Claims:
    """Leave out every claim that rests on an origin, however many documents relay it."""
    return claims.only(claim for claim in claims.each if claim.origin != origin)


def drop_claimant(claims: Claims, claimant: str) -> Claims:
    """Leave out every claim by a claimant, in whatever documents it was read."""
    return claims.only(claim for claim in claims.each if claim.claimant != claimant)


def _find_several(claims: Claims) -> list[str]:
    """Find the claimants who say it in several origins: both fall where they are not believed."""
    said = {(claim.claimant, claim.origin) for claim in claims.each}
    return sorted(claimant for claimant, count in Counter(who for who, _ in said).items() if count > 1)


def drop_side(claims: Claims, countries: Iterable[str]) -> Claims:
    """Leave out every claim by claimants of some countries, and what only relays their origins.

    A document that repeats what a side said elsewhere is no voice of its own, wherever it is printed. Whose word an
    origin is, `sides.find_countries_behind` says. Countries are codes, as in `actors.country`; a claimant without one
    is of no side, but falls with the origin that it relays.
    """
    side, country = set(countries), countries_of(claims.dossier)
    behind = {origin for origin, whose in find_countries_behind(claims).items() if whose and whose <= side}

    def is_theirs(claim: Claim) -> bool:
        return country.get(claim.claimant) in side or (claim.source != claim.origin and claim.origin in behind)

    return claims.only(claim for claim in claims.each if not is_theirs(claim))


@verb
def sensitivity(
    claims: Claims,
    *,
    caption: str,
    sides: Mapping[str, Iterable[str]] | None = None,
    measure: Measure = read_rivals,
) -> Table | Note:
    """Show what a figure becomes when one origin is left out, one claimant in several origins, or one side.

    Parameters
    ----------
    claims : Claims
        What the figure is made of.
    caption : str
        What the reader sees here; a running total's period is told with it.
    sides : mapping of str to iterable of str, optional
        What to call each side, and the countries of its claimants: ``{"The allies": ["NO", "DK"]}``. Left out,
        each country of the claimants is a side.
    measure : callable
        Makes the figure: left out, the claims are rivals; `total` adds them.

    Returns
    -------
    Table or Note
        A block: one row for the whole, one for each origin, claimant and side left out; a note where nothing is known.

    Raises
    ------
    ClaimError
        Where the claims may not be measured so even whole.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> guards = b.choose_claims(d, quantity="guards-there", status="present")
    >>> b.sensitivity(guards, caption="If one is wrong", sides={"Corvians": ["XC"]}).data.rows[-1][-1]
    ('moves',)
    """
    if not len(claims):
        return nothing_claimed(caption, claims.elsewhere)
    whole = measure(claims)
    origins, left = cut_rows(rank_origins(claims))
    claimants, more = cut_rows(_find_several(claims))
    without = [(f"origin: {name_origin(claims.dossier, key)}", drop_origin(claims, key)) for key in origins]
    without += [(f"claimant: {claims.dossier.name_of(key)}", drop_claimant(claims, key)) for key in claimants]
    without += [(f"side: {name}", drop_side(claims, countries)) for name, countries in _sides(claims, sides).items()]
    rows = [_row("nothing", claims, whole, "")]
    rows += [_try_rest(name, rest, whole, measure) for name, rest in without if len(rest) < len(claims)]
    are_totals = all(claim.is_total for claim in claims.each)
    told = f"{caption.rstrip('.')}, counted for {period_words(claims)}" if are_totals else caption
    evidence = collect_evidence(claims.dossier, claims.ids, rivals=False)
    return Table(caption=told, data=lay_out(COLUMNS, rows), left_out=left + more, evidence=evidence)


def _try_rest(name: str, rest: Claims, whole: Figure, measure: Measure) -> tuple[Text | Cell, ...]:
    """Give the row of claims that are left; one whose claims may not be measured says why."""
    if not len(rest):
        return _row(name, rest, None, "nothing is left")
    try:
        figure = measure(rest)
    except ClaimError as error:
        return _row(name, rest, None, error.said)
    return _row(name, rest, figure, _against(figure, whole))


def _row(name: str, rest: Claims, figure: Figure | None, against: str) -> tuple[Text | Cell, ...]:
    shown = ("none",) if figure is None else Cell((cite_figure(figure),), least(figure.bounds))
    return ((name,), number_cell(len(rest)), number_cell(rest.origins), shown, (against,))


def _against(figure: Figure, whole: Figure) -> str:
    if (figure.short, figure.bounds) == (whole.short, whole.bounds):
        return "does not move"
    if whole.hedge and not figure.hedge:
        return "moves: no conflict is left"
    return "moves"


def rank_origins(claims: Claims) -> list[str]:
    """Give the origins behind claims, the one behind most of them first."""
    behind = Counter(claim.origin for claim in claims.each)
    return sorted(behind, key=lambda origin: (-behind[origin], origin))


def _sides(claims: Claims, sides: Mapping[str, Iterable[str]] | None) -> dict[str, list[str]]:
    if sides is not None:
        return {name: list(countries) for name, countries in sides.items()}
    countries = countries_of(claims.dossier)
    claimants = [countries[claim.claimant] for claim in claims.each if claim.claimant in countries]
    return {_name_side(claims, country, claimants.count(country)): [country] for country in sorted(set(claimants))}


def _name_side(claims: Claims, country: str, count: int) -> str:
    """Name a side by its country, with how many claims are its own and how many only relay its origins."""
    relays = len(claims) - len(drop_side(claims, [country])) - count
    with_relays = f" and {relays} that {'relays' if relays == 1 else 'relay'} their origins" if relays else ""
    place = with_article(name_country(claims.dossier, country))
    return f"claimants from {place}, {counted(count, 'claim')}{with_relays}"
