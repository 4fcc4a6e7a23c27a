"""Sides: the countries that claimants belong to, and whether all who make a claim are of one."""

from __future__ import annotations

from briefing.desk.claims.claims import Claims
from briefing.dossier.dossier import Dossier


def countries_of(dossier: Dossier) -> dict[str, str]:
    """Give the country of each actor that has one."""
    actors = dossier.actors.dropna(subset=["country"])
    return dict(zip(actors["actor_id"].tolist(), actors["country"].tolist(), strict=True))


def name_country(dossier: Dossier, country: str) -> str:
    """Name a country as the dossier names its state; the code where it knows none."""
    actors = dossier.actors
    states = actors.loc[(actors["country"] == country) & (actors["kind"] == "state"), "name"]
    return str(states.iloc[0]) if len(states) else country


def find_one_side(claims: Claims) -> str:
    """Name the country that all claimants are of; empty where they are of several, or of none that is known.

    Examples
    --------
    >>> from briefing.desk.claims.claims import choose_claims
    >>> from briefing.dossier.example import read_example
    >>> find_one_side(choose_claims(read_example(), quantity="hay-to-september"))
    'Corvia'
    """
    countries = countries_of(claims.dossier)
    found = {countries.get(claimant, "") for claimant in claims.frame["claimant_id"]}
    one = found.pop() if len(found) == 1 else ""
    return name_country(claims.dossier, one) if one else ""


def tell_sides(claims: Claims) -> str:
    """Say whether those who make claims are of one country, or most of them; empty where neither is so.

    Examples
    --------
    >>> from briefing.desk.claims.claims import choose_claims
    >>> from briefing.dossier.example import read_example
    >>> tell_sides(choose_claims(read_example(), quantity="hay-to-september"))
    'the claimant is of Corvia'
    """
    claimants = claims.frame["claimant_id"]
    if side := find_one_side(claims):
        return f"{'all claimants are' if claimants.nunique() > 1 else 'the claimant is'} of {side}"
    most = claimants.map(countries_of(claims.dossier)).value_counts()
    if most.empty or 2 * int(most.iloc[0]) <= len(claims):
        return ""
    country = name_country(claims.dossier, str(most.index[0]))
    return f"{int(most.iloc[0])} of the {len(claims)} claims are by claimants of {country}"


def tell_countries(claims: Claims) -> list[str]:
    """Say how many countries the claimants are of, and whose word most is: a sentence, or none where nobody has one.

    Examples
    --------
    >>> from briefing.desk.claims.claims import choose_claims
    >>> from briefing.dossier.example import read_example
    >>> tell_countries(choose_claims(read_example()))[0]
    'Their claimants are of 2 countries; the largest share, 8 of 17 claims, is by claimants of Corvia.'
    """
    most = claims.frame["claimant_id"].map(countries_of(claims.dossier)).value_counts()
    if most.empty:
        return []
    country, share = name_country(claims.dossier, str(most.index[0])), f"{int(most.iloc[0])} of {len(claims)}"
    if len(most) == 1:
        return [f"Of the claims, {share} are by claimants of {country}, and none by those of another country."]
    whose = f"the largest share, {share} claims, is by claimants of {country}"
    return [f"Their claimants are of {len(most)} countries; {whose}."]


def find_origins(claims: Claims) -> set[str]:
    """Find the origins that claims go back to.

    Examples
    --------
    >>> from briefing.desk.claims.claims import choose_claims
    >>> from briefing.dossier.example import read_example
    >>> len(find_origins(choose_claims(read_example(), quantity="hay-to-september")))
    1
    """
    return set(claims.behind)


def find_countries_behind(claims: Claims) -> dict[str, set[str]]:
    """Find whose word each origin behind claims is, by country.

    An origin is of the country of whoever published it, and of those whose claims were read in it. Where neither is
    known, it is of all who are read in its relays.
    """
    countries, published = countries_of(claims.dossier), _countries_of_publishers(claims.dossier)
    own: dict[str, set[str]] = {}
    relayed: dict[str, set[str]] = {}
    frame = claims.frame
    for source, claimant, origin in zip(frame["source_id"], frame["claimant_id"], claims.behind, strict=True):
        own.setdefault(origin, {published[origin]} if origin in published else set())
        if claimant in countries:
            (own if source == origin else relayed).setdefault(origin, set()).add(countries[claimant])
    return {origin: found or relayed.get(origin, set()) for origin, found in own.items()}


def _countries_of_publishers(dossier: Dossier) -> dict[str, str]:
    """Give the country of each source whose publisher is an actor, by name or alias."""
    actors = dossier.actors.dropna(subset=["country"])
    named = [(row["name"], row["country"]) for row in actors.to_dict("records")]
    named += [
        (alias, row["country"])
        for row in actors.dropna(subset=["aliases"]).to_dict("records")
        for alias in row["aliases"].split("|")
    ]
    country = dict(named)
    sources = zip(dossier.sources["source_id"].tolist(), dossier.sources["publisher"].tolist(), strict=True)
    return {source: country[publisher] for source, publisher in sources if publisher in country}
