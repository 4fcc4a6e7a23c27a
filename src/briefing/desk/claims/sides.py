"""Sides: the countries that claimants belong to, and whether all who make a claim are of one."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from briefing.desk.claims.claims import Claims, countries_of
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import rows_of
from briefing.dossier.tables import Actor
from briefing.values.languages import name_territory
from briefing.values.words import count_words, with_article


def name_country(dossier: Dossier, country: str) -> str:
    """Name a country as the dossier names its state, or else as all do; a code that nobody knows stays."""
    actors = rows_of(dossier, Actor)
    states = (actor.name for actor in actors if actor.country == country and actor.kind == "state")
    return next(states, None) or name_territory(country)


def find_one_side(claims: Claims) -> str:
    """Name the country that all claimants are of; empty where they are of several, or of none that is known."""
    countries = countries_of(claims.dossier)
    found = {countries.get(claim.claimant, "") for claim in claims.each}
    one = found.pop() if len(found) == 1 else ""
    return name_country(claims.dossier, one) if one else ""


def tell_sides(claims: Claims) -> str:
    """Say whether those who make claims are of one country, or most of them; empty where neither is so.

    Examples
    --------
    >>> from briefing.desk.claims.claims import choose_claims
    >>> from briefing.dossier.example import read_example
    >>> tell_sides(choose_claims(read_example(), quantity="hay-to-september"))
    'Only a claimant from Corvia gives a count.'
    """
    if side := find_one_side(claims):
        many = len(_claimants(claims)) > 1
        place = with_article(side)
        return f"Only {'claimants' if many else 'a claimant'} from {place} {'give' if many else 'gives'} a count."
    most = _count_countries(claims)
    if not most or 2 * most[0][1] <= len(claims):
        return ""
    country, share = most[0]
    countries = countries_of(claims.dossier)
    whose = {claim.claimant for claim in claims.each if countries.get(claim.claimant) == country}
    who = "Claimants" if len(whose) > 1 else "A claimant"
    gives = f"{'give' if len(whose) > 1 else 'gives'} {count_words(share, 'of', 'of')}"
    place = with_article(name_country(claims.dossier, country))
    return f"{who} from {place} {gives} the {count_words(len(claims), 'count')}."


def _claimants(claims: Claims) -> set[str]:
    return {claim.claimant for claim in claims.each}


def _count_countries(claims: Claims) -> list[tuple[str, int]]:
    """Count claims by the country of their claimant, the country of most first; of as many, the one met first."""
    countries = countries_of(claims.dossier)
    return Counter(countries[claim.claimant] for claim in claims.each if claim.claimant in countries).most_common()


def tell_countries(claims: Claims) -> list[str]:
    """Say how many countries the claimants are of, and whose word most is: a sentence, or none where nobody has one."""
    most = _count_countries(claims)
    if not most:
        return []
    country, number = with_article(name_country(claims.dossier, most[0][0])), most[0][1]
    if number == len(claims):
        return [f"Every claimant is from {country}."]
    share = f"{count_words(number, 'of', 'of')} the {count_words(len(claims), 'claim')}"
    if len(most) == 1:
        return [f"Claimants from {country} make {share}; the country of the others is not known."]
    return [f"Their claimants are from {count_words(len(most), 'country', 'countries')}; {country} leads with {share}."]


def find_origins(claims: Claims) -> set[str]:
    """Find the origins that claims go back to."""
    return {claim.origin for claim in claims.each}


def find_countries_behind(claims: Claims) -> dict[str, set[str]]:
    """Find whose word each origin behind claims is, by country.

    An origin is of the country of whoever published it, and of those whose claims were read in it. Where neither is
    known, it is of all who are read in its relays.
    """
    countries, published = countries_of(claims.dossier), _countries_of_publishers(claims.dossier)
    own: dict[str, set[str]] = {}
    relayed: dict[str, set[str]] = {}
    for claim in claims.each:
        origin = claim.origin
        own.setdefault(origin, {published[origin]} if origin in published else set())
        if claim.claimant in countries:
            (own if claim.source == origin else relayed).setdefault(origin, set()).add(countries[claim.claimant])
    return {origin: found or relayed.get(origin, set()) for origin, found in own.items()}


def _countries_of_publishers(dossier: Dossier) -> dict[str, str]:
    """Give the country of each source whose publisher is an actor, by name or alias."""
    return dossier.frames.once(_publishers, "actors", "sources")


def _publishers(every_actor: pd.DataFrame, sources: pd.DataFrame) -> dict[str, str]:
    actors = every_actor.dropna(subset=["country"])
    named = [(row["name"], row["country"]) for row in actors.to_dict("records")]
    named += [
        (alias, row["country"])
        for row in actors.dropna(subset=["aliases"]).to_dict("records")
        for alias in row["aliases"].split("|")
    ]
    country = dict(named)
    published = zip(sources["source_id"].tolist(), sources["publisher"].tolist(), strict=True)
    return {source: country[publisher] for source, publisher in published if publisher in country}
