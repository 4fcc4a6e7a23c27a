"""The catalog: ``notebooks/briefings.toml`` lists the briefings; each becomes a plan of editions.

::

    [[briefing]]
    notebook = "situation"
    title = "Will the neighbour be drawn in?"
    as_of = ["2022-12-19", "2023-06-30"]   # any parameter; a list makes an edition for each

Keys that are no options (`OPTIONS`) are parameters of the notebook. A table ``[archive]`` says what the archive is
called and where readers find it (`editions.about`); tables ``[[notify]]`` say who hears of what (`recipients`).
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefing.editions.about import TABLE, check_about
from briefing.editions.address import DAY, address_of, slug
from briefing.editions.given import Literal, show_value
from briefing.editions.parameters import Parameter, read_parameters, settle
from briefing.editions.recipients import SECRET_VARIABLE, Recipient, make_recipients
from briefing.errors import UNPRINTABLE, NotebookError, UsageError, did_you_mean, in_a_line
from briefing.values.clock import now

CATALOG = "briefings.toml"

#: What a catalog may say of a briefing besides its parameters: the type, and what it is.
OPTIONS: dict[str, tuple[type, str]] = {
    "notebook": (str, "the notebook, beside the catalog"),
    "title": (str, "what the archive calls it"),
    "name": (str, "the folder of its pages, where it is not the notebook's name"),
    "schedule": (str, "when editions are due: a cron line"),
    "time_zone": (str, "the time zone of that line"),
    "since": (str, "the first day on which an edition was due"),
    "keep": (int, "how many of its newest editions are kept"),
    "tolerance": (float, "by how much of itself a figure may change, such as 0.5"),
    "interactive": (bool, "whether a reader may bring the charts to life"),
    "language": (str, "the language of the page's own words"),
    "budget": (dict, "the most bytes of a page: { raw = 400_000, gzipped = 60_000 }"),
    "time_limit": (int, "how many seconds an edition may take"),
    "memory_limit": (int, "how many megabytes its kernel may take"),
    "environment": (list, "variables that its kernel is given, by name"),
    "ping_from": (str, "the name of the variable that holds the address which hears how its builds go"),
}


#: The options that count something.
_AT_LEAST_ONE = frozenset({"keep", "time_limit", "memory_limit"})

#: The options in whose place somebody may write a secret, which no message is to show.
_NEVER_SHOWN = frozenset({"ping_from"})

#: No number of an option is nearly as large.
_WHOLE = 10**15

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Briefing:
    """A notebook in the catalog."""

    name: str  #: the folder of its pages
    notebook: Path
    title: str = ""  #: what the archive calls it; empty where the page's own title serves
    parameters: tuple[Parameter, ...] = ()
    given: Mapping[str, tuple[object, ...]] = field(default_factory=dict)  #: the values of each parameter
    named: frozenset[str] = frozenset()  #: the parameters that the catalog lists: they stand in every address
    options: Mapping[str, Any] = field(default_factory=dict)  #: everything else that the catalog says
    flaw: str = ""  #: why its notebook cannot be read; empty where it can

    @property
    def unreadable(self) -> str:
        """The address under which is told that its notebook cannot be read."""
        return f"{slug(self.name)}/unreadable.html"


@dataclass(frozen=True, slots=True)
class Edition:
    """One page to be: a briefing and what it is asked."""

    address: str  #: where its page lies under the reports folder: ``situation/2022-12-19.html``
    briefing: Briefing
    values: Mapping[str, Literal]  #: what it is asked, settled

    @property
    def name(self) -> str:
        """The edition as people name it: its address without the ending."""
        return self.address.removesuffix(".html")

    @property
    def series(self) -> str:
        """What it is asked besides the day: the editions that agree in it are one series."""
        return series_of(self.briefing.name, self.values)


def series_of(briefing: str, values: Mapping[str, object]) -> str:
    """Name the series that an edition belongs to."""
    return json.dumps([briefing, {name: value for name, value in values.items() if name != DAY}], sort_keys=True)


def read_catalog(path: Path) -> tuple[Briefing, ...]:
    """Read the catalog, and what the notebooks in it declare.

    Raises `UsageError` where it is no catalog, or names an option or a notebook that does not exist.
    """
    return read_whole_catalog(path)[0]


def read_whole_catalog(path: Path) -> tuple[tuple[Briefing, ...], tuple[Recipient, ...]]:
    """Read the catalog as `read_catalog` does, and who hears of what."""
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; the catalog lists the briefings. Write one.") from None
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError, not one of TOML's
        raise UsageError(f"{path}: {in_a_line(error)}; a catalog is TOML in UTF-8. Correct the line.") from None
    check_about(listed.pop(TABLE, {}), where=str(path))
    entries, hearing = listed.pop("briefing", []), listed.pop("notify", [])
    if listed or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        known = f"{next(iter(listed))!r} is unknown" if listed else "briefing is no list"
        rule = "a catalog is a list of [[briefing]], and of [[notify]]"
        raise UsageError(f"{path}: {known}; {rule}. Write [[briefing]] above each.")
    briefings = tuple(_read_entry(entry, path=path, at=at) for at, entry in enumerate(entries, 1))
    names = (briefing.name for briefing in briefings)
    return briefings, make_recipients(hearing, place=str(path), briefings=names)


def _read_entry(entry: dict[str, Any], *, path: Path, at: int) -> Briefing:
    where = f"{path}: briefing {at}"
    if not entry.get("notebook"):
        raise UsageError(f'{where}: notebook is missing; a briefing is a notebook. Write notebook = "NAME".')
    entry = {key: _as_float(value) if key == "tolerance" else value for key, value in entry.items()}
    for key, (kind, what) in OPTIONS.items():
        if key in entry and (type(entry[key]) is not kind):
            raise UsageError(f"{where}: {_say(key, entry)}; it is {what}, a {kind.__name__}. Correct it.")
        if key in entry and (rule := _broken_rule(key, entry[key])):
            raise UsageError(f"{where}: {_say(key, entry)}; {rule}. Correct it or leave it out.")
    if Path(entry["notebook"]).name != entry["notebook"]:
        raise UsageError(
            f"{where}: notebook is {entry['notebook']!r}; it lies beside the catalog. Give its name alone."
        )
    _check_day(entry.get("since"), where=where)
    _check_budget(entry.get("budget", {}), where=where)
    notebook = find_notebook(entry["notebook"], folder=path.parent)
    options = {key: value for key, value in entry.items() if key in OPTIONS}
    name = options.get("name", notebook.stem)
    try:
        parameters = read_parameters(notebook)
    except NotebookError as error:  # the others can be built
        return Briefing(name, notebook, options.get("title", ""), options=options, flaw=str(error))
    asked = {key: value for key, value in entry.items() if key not in OPTIONS}
    names = [parameter.name for parameter in parameters]
    for key in asked:
        if key not in names:
            rule = f"a key is an option or a parameter of {notebook.name}"
            raise UsageError(f"{where}: {key}: is neither; {rule}. {did_you_mean(key, [*names, *OPTIONS])}")
        if asked[key] == []:
            rule = "a list makes an edition for each of its values"
            raise UsageError(f"{where}: {key}: lists nothing; {rule}. Write a value, or leave it out.")
    if "schedule" in options and DAY not in names:
        raise UsageError(f"{where}: schedule: {notebook.name} has no parameter as_of; editions are days. Declare one.")
    given = {key: tuple(value) if isinstance(value, list) else (value,) for key, value in asked.items()}
    named = frozenset(key for key, value in asked.items() if isinstance(value, list) and key != DAY)
    return Briefing(name, notebook, options.get("title", ""), parameters, given, named, options)


def _broken_rule(key: str, value: Any) -> str:
    """Say what rule the value of an option breaks; nothing where it may be so."""
    if isinstance(value, str) and key != "title" and (not value or UNPRINTABLE.search(value)):
        return f"it is {OPTIONS[key][1]}, in printable letters"
    if key in _AT_LEAST_ONE and not 1 <= value < _WHOLE:
        return "it is a whole number of 1 or more"
    if key == "tolerance" and not 0 <= value < math.inf:  # which NaN is not either
        return "it is a number from 0"
    if key == "environment" and not all(isinstance(name, str) and _VARIABLE.fullmatch(name) for name in value):
        return 'it is a list of names, such as ["TZ"]'
    if key == "ping_from" and not SECRET_VARIABLE.fullmatch(value):
        return f"it is {OPTIONS[key][1]}, in capitals, and not the address itself"
    return ""


def _say(key: str, entry: Mapping[str, Any]) -> str:
    """Say what an option is, unless that may be a secret."""
    return f"{key} is wrong" if key in _NEVER_SHOWN else f"{key} is {_shown(entry[key])}"


def _as_float(value: object) -> object:
    """Take a whole number for a decimal one, where it is no larger than those are."""
    return float(value) if type(value) is int and abs(value) < _WHOLE else value


def _shown(value: object) -> str:
    """Show a value in a message, however long it is."""
    shown = show_value(value, write=repr)
    return shown if len(shown) <= 60 else f"{shown[:60]}..."


def _check_day(text: object, *, where: str) -> None:
    try:
        dt.date.fromisoformat("2000-01-01" if text is None else str(text))
    except ValueError:
        raise UsageError(
            f'{where}: since: "{text}" is no day; it is the first day of the schedule. Write 2022-12-19.'
        ) from None


def _check_budget(budget: dict[str, Any], *, where: str) -> None:
    is_whole = budget.keys() == {"raw", "gzipped"}
    if budget and not (is_whole and all(type(size) is int and size >= 0 for size in budget.values())):
        rule = "a budget has two numbers of bytes, raw and gzipped"
        raise UsageError(f"{where}: budget is {_shown(budget)}; {rule}. Write {{ raw = 400_000, gzipped = 60_000 }}.")


def find_catalog() -> Path:
    """Find the nearest catalog, upwards of here.

    Raises `UsageError` where there is none.
    """
    here = Path.cwd()
    for place in (here, *here.parents):
        for folder in (place / "notebooks", place):
            if (folder / CATALOG).is_file():
                return folder / CATALOG
    raise UsageError(
        f"no {CATALOG} near {here}; it lies in notebooks/ and lists the briefings. Go to the "
        "folder that holds notebooks/, or name them: --notebooks PATH."
    )


def find_notebook(name: str, *, folder: Path | None = None) -> Path:
    """Find a notebook by name, in a folder or in the nearest ``notebooks`` upwards, or by path.

    Raises `UsageError` where there is none; the message names the nearest.
    """
    if folder is None and name.endswith(".ipynb") and Path(name).is_file():
        return Path(name)
    here = Path.cwd()
    folders = [folder] if folder else [place / "notebooks" for place in (here, *here.parents)]
    for place in folders:
        if (found := place / f"{name.removesuffix('.ipynb')}.ipynb").is_file():
            return found
    known = [path.stem for place in folders for path in place.glob("*.ipynb")]
    raise UsageError(f"{name}: is no notebook; a briefing lies in notebooks/. {did_you_mean(name, known)}")


def list_editions(
    briefings: Iterable[Briefing],
    *,
    data: Path,
    until: dt.datetime | None = None,
    since: dt.date | None = None,
    last: dt.date | None = None,
) -> tuple[Edition, ...]:
    """List the editions that there are to be by now, all their parameters checked.

    Schedules are read from `since`, where it is another day than the catalog says, to `last`, each in its own time
    zone, and no further than `until`, the present (the clock's, left out). Raises `UsageError` with everything that
    cannot be meant, or where two editions would share an address.
    """
    if since and last and since > last:
        raise UsageError(f"--since {since}: is after --until {last}; the first day comes first. Swap them.")
    editions: list[Edition] = []
    wrong: list[str] = []
    for briefing in briefings:
        if briefing.flaw:
            editions.append(Edition(briefing.unreadable, briefing, {}))
            continue
        given = _with_due_days(briefing, until=until or now(), since=since, last=last)
        made: list[Edition] = []
        for values in itertools.product(*given.values()):
            try:
                made.append(make_edition(briefing, dict(zip(given, values, strict=True)), data=data))
            except UsageError as error:
                wrong.append(str(error))
        editions += _newest(made, keep=briefing.options.get("keep", 0))
    taken: dict[str, Edition] = {}
    for edition in editions:
        other = taken.setdefault(edition.address, edition)
        if other is not edition:
            rule = "each edition has its own"
            wrong.append(f"{edition.address}: two editions have this address; {rule}. Give one briefing a name.")
    if wrong:
        raise UsageError("\n".join(dict.fromkeys(wrong)))
    return tuple(editions)


def _with_due_days(
    briefing: Briefing, *, until: dt.datetime, since: dt.date | None, last: dt.date | None
) -> Mapping[str, tuple[object, ...]]:
    """Add the days on which editions were due to those that the catalog lists."""
    line = briefing.options.get("schedule")
    if not line:
        return briefing.given
    from briefing.editions.schedule import due_days  # only where something is scheduled

    first = since or (dt.date.fromisoformat(briefing.options["since"]) if "since" in briefing.options else None)
    zone = briefing.options.get("time_zone", "UTC")
    days = due_days(line, time_zone=zone, since=first, until=until, where=briefing.name, last=last)
    listed = [str(day) for day in briefing.given.get(DAY, ())]
    return {**briefing.given, DAY: tuple(dict.fromkeys([*listed, *map(str, days)]))}


def _newest(editions: list[Edition], *, keep: int) -> list[Edition]:
    """Leave out editions beyond the newest few of each series: those that differ in nothing but the day."""
    if not keep:
        return editions
    newest: dict[str, list[str]] = {}
    for edition in sorted(editions, key=lambda edition: str(edition.values.get(DAY)), reverse=True):
        newest.setdefault(edition.series, []).append(edition.address)
    return [edition for edition in editions if edition.address in newest[edition.series][:keep]]


def make_edition(briefing: Briefing, given: Mapping[str, object], *, data: Path | None) -> Edition:
    """Make one edition of a briefing: its values checked and settled, its address known."""
    values = settle(briefing.parameters, given, where=briefing.notebook.name, data=data)
    address = address_of(briefing.name, briefing.parameters, values, named=briefing.named)
    return Edition(address, briefing, values)


def in_language(edition: Edition, language: str) -> Edition:
    """Give an edition with the page's own words in another language, beside its own; empty leaves it as it is."""
    briefing = edition.briefing
    if language in ("", briefing.options.get("language", "en")):
        return edition
    spoken = replace(briefing, options={**briefing.options, "language": language})
    first, *rest = edition.name.split("/")
    address = "/".join([first, slug(f"language-{language}"), *rest]) + ".html"
    return Edition(address, spoken, edition.values)


def list_briefings(notebook: Path) -> list[Briefing]:
    """List the briefings of one notebook in the catalog beside it."""
    catalog = notebook.parent / CATALOG
    listed = read_catalog(catalog) if catalog.is_file() else ()
    return [briefing for briefing in listed if briefing.notebook.resolve() == notebook.resolve()]


def pick_briefing(notebook: Path) -> Briefing:
    """Give the briefing of one notebook: as its catalog says first, or else by itself.

    Raises `NotebookError` where the notebook cannot be read.
    """
    listed = list_briefings(notebook)
    if listed and listed[0].flaw:
        raise NotebookError(listed[0].flaw)
    return listed[0] if listed else Briefing(notebook.stem, notebook, "", read_parameters(notebook))
