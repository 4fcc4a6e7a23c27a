"""What a dossier has of a kind: the ids that verbs take, each with what it is called and how many claims name it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from briefing.blocks.blocks import Column, Table
from briefing.blocks.layouts import lay_out, number_cell
from briefing.dossier.asked import CHOICES, KEYS, LISTED, Answers, find_answers, reader_of
from briefing.dossier.claims import Claim, gather
from briefing.dossier.dossier import Dossier
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb
from briefing.values.words import counted


def _read(name: str, claim: Claim) -> list[str | None]:
    return [getattr(claim, name)]


#: What a claim names, by what verbs call it.
_NAMED: Mapping[str, Callable[[Claim], Iterable[str | None]]] = {
    "quantity": lambda claim: [claim.quantity], "item": lambda claim: [claim.item], "unit": lambda claim: [claim.unit],
    "place": lambda claim: {claim.place, claim.place_to}, "source": lambda claim: [claim.source],
    "claimant": lambda claim: [claim.claimant], "giver": lambda claim: [claim.giver],
    "getter": lambda claim: [claim.getter], "side": lambda claim: [claim.giver] if claim.table == "losses" else (),
    "actor": lambda claim: {claim.claimant, *claim.parties},
    **{name: partial(_read, name) for name in CHOICES if name != "grade"},
}  # fmt: skip

#: Words that only some actors are: an actor who is none of them is left out.
_ROLES = frozenset({"claimant", "giver", "getter", "side"})

#: Other words that have a list of their own, with their plurals.
_WORDS = {
    "topic": "topics", "target": "targets", "country": "countries", "question": "questions", "stance": "stances",
    "status": "statuses", "counting": "ways of counting", "kind": "kinds of loss", "qualifier": "qualifiers",
    "grade": "grades", "table": "tables", "evidence": "items of evidence",
}  # fmt: skip

#: The word for one row of a table, by the table's name.
_KINDS = {table: kind for kind, table in KEYS.items() if kind in LISTED and kind.rstrip("y")[:3] == table[:3]}


@verb
def ids(dossier: Dossier, kind: str) -> Table:
    """List what a dossier has of a kind, as verbs take it: ids with their titles, or the words of a choice.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    kind : str
        What a verb calls it: ``quantity``, ``claimant``, ``item``, ``place``, ``source``, ``claim``, ``event``,
        ``topic``, ``status`` ... A table's name is understood too.

    Returns
    -------
    Table
        A block for who writes: one row an id, with its title and how many claims name it.

    Raises
    ------
    UsageError
        Where there is no such kind, naming the nearest.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.ids(d, "quantity")
    Table('10 quantities', 10 rows)
    """
    asked = _KINDS.get(kind, kind)
    answers = find_answers(asked) if asked in LISTED else None
    if answers is None:
        raise UsageError(f'ids(): "{kind}" is no kind of id. {did_you_mean(kind, LISTED)}')
    claims = _count_claims(dossier, asked)
    listed = answers.list_all(reader_of(dossier))
    kept = {key: title for key, title in listed.items() if claims[key] or asked not in _ROLES}
    cells = {"Id": [(key,) for key in kept], "What it is": [(title,) for title in kept.values()]}
    cells = cells if answers.table else {asked.capitalize(): cells["Id"]}
    columns = [Column(name=name) for name in cells]
    counts = {"Claims": [number_cell(claims[key]) for key in kept]} if asked in _NAMED else {}
    columns += [Column(name=name, is_number=True, counts_rows=True) for name in counts]
    rows = zip(*cells.values(), *counts.values(), strict=True)
    one = "item of evidence" if asked == "evidence" else asked
    return Table(caption=counted(len(kept), one, _many(asked, answers)), data=lay_out(columns, rows))


def _many(asked: str, answers: Answers) -> str:
    """Say what several of a kind are called."""
    return f"{asked}s" if asked in (*_ROLES, "speaker") else _WORDS.get(asked, answers.table)


def _count_claims(dossier: Dossier, asked: str) -> Counter[str | None]:
    if asked not in _NAMED:
        return Counter()
    return Counter(named for claim in gather(dossier).claims.values() for named in _NAMED[asked](claim))
