"""What a shell offers when Tab is pressed: names of notebooks, addresses of editions, ids of rows and rules.

A shell shows what a program says there, so nothing is said: where something is wrong, nothing is offered.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import wraps
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

import click
from click.shell_completion import CompletionItem

#: Offers what an argument or option may be: the command's context, the parameter, what is typed so far.
Offer: TypeAlias = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _offering(list_known: Callable[[], Iterable[tuple[str, str]]]) -> Offer:
    """Make of a list of values, each with a word about it, what click asks for."""

    @wraps(list_known)
    def offer(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        try:
            known = sorted(list_known())
        except Exception:
            return []
        return [CompletionItem(value, help=about) for value, about in known if value.startswith(typed)]

    return offer


@_offering
def offer_notebooks() -> Iterable[tuple[str, str]]:
    """Offer the notebooks of the nearest folder that has some."""
    here = Path.cwd()
    folder = next(place for place in (here, *here.parents) if (place / "notebooks").is_dir()) / "notebooks"
    return [(path.stem, "") for path in folder.glob("*.ipynb")]


@_offering
def offer_editions() -> Iterable[tuple[str, str]]:
    """Offer the addresses of the editions that the nearest catalog asks for."""
    from briefing.dossier.files import find_folder
    from briefing.editions.catalog import find_catalog, list_editions, read_catalog

    catalog = find_catalog()
    editions = list_editions(read_catalog(catalog), data=find_folder(catalog.resolve().parent))
    return [(edition.name, "") for edition in editions]


@_offering
def offer_rows() -> Iterable[tuple[str, str]]:
    """Offer the ids of the rows of the nearest dossier, where one cell names a row."""
    from briefing.dossier.files import find_folder
    from briefing.dossier.tables import TABLES
    from briefing.intake.edits import open_edits

    edits = open_edits(find_folder())
    keys = {name: table.key[0] for name, table in TABLES.items() if len(table.key) == 1}
    return {row[key]: "" for name, key in keys.items() for row in edits.rows(name)}.items()


@_offering
def offer_presets() -> Iterable[tuple[str, str]]:
    """Offer the presets, and the mappings that lie here."""
    shipped = [path.name for path in files("briefing.intake.presets").iterdir()]
    names = [name.removesuffix(".toml") for name in shipped if name.endswith(".toml")]
    return [(name, "") for name in (*names, *(path.name for path in Path.cwd().glob("*.toml")))]


def offer_answers(choices: Iterable[str], refers: str) -> Offer:
    """Make what offers the answers to a question: its choices, or the rows of the table that it names a row of."""

    def list_known() -> Iterable[tuple[str, str]]:
        from briefing.dossier.files import find_folder
        from briefing.intake.edits import open_edits
        from briefing.intake.names import shown_in

        listed = [(choice, "") for choice in choices]
        return listed or (shown_in(open_edits(find_folder()), refers).items() if refers else ())

    return _offering(list_known)


@_offering
def offer_rules() -> Iterable[tuple[str, str]]:
    """Offer the ids of the rules, each with why it is one; the rules themselves take a second to import."""
    told = tomllib.loads(files("briefing").joinpath("checks/rules.toml").read_text(encoding="utf-8"))
    return [(rule_id, words["why"]) for rule_id, words in told.items()]
