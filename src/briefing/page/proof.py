"""A proof: an executed notebook read by the checks, and its page as it would be published.

What holds a page back and what its footer says of the checks is decided here, so that the press that orders a page can
change nothing on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from briefing.blocks.blocks import reading_once
from briefing.checks import Findings, check_edition, find_in_rows, tell_readers
from briefing.checks.runs import find_flaws
from briefing.dossier.dossier import Dossier, keep, read_dossier
from briefing.dossier.files import stamp_files
from briefing.dossier.read_log import note_rows
from briefing.editions.fingerprint import digest
from briefing.errors import BriefingError, Problem
from briefing.page.budget import Budget
from briefing.page.exporter import render_page
from briefing.page.parts import tell_cover
from briefing.page.svg import Compile, Draw, draw_once
from briefing.page.tame import looked_through
from briefing.page.vega import compile_chart


@dataclass(frozen=True, slots=True)
class Proof:
    """A page as it would be published, and what the checks say of it."""

    page: str = field(default="", repr=False)  #: the page; empty where a flaw holds it back
    flaws: tuple[str, ...] = ()  #: what holds it back, a line each
    remarks: tuple[Problem, ...] = ()  #: what its author should know, and what holds no page back
    #: The note of the waivers that its findings may have, as `note_rows` gives it; empty without a dossier.
    waivers: tuple[str, ...] = ()
    waived_until: str = ""  #: the day until which the waivers hold that let it pass; empty where none was needed
    reviews: tuple[str, ...] = ()  #: The note of the reviews of the rows that it cites; empty without a dossier.
    cover: Mapping[str, str] = field(default_factory=dict)  #: what the page asks and answers, in plain words


@reading_once()
def make_proof(
    notebook: Any,
    *,
    name: str,
    edition: str,
    data: Path | None = None,
    before: Any = None,
    tolerance: float = 0.0,
    options: Mapping[str, Any] | None = None,
    reads: Sequence[Sequence[str]] = (),
    written: str = "",
    draw: Draw = draw_once,
    compiled: Compile = compile_chart,
) -> Proof:
    """Check an executed notebook and, where nothing holds it back, render its page.

    `before` is the executed notebook behind the last good page, `tolerance` by how much of itself a figure may change
    from that one (0 sets no limit), `options` are the catalog's ``interactive``, ``language`` and ``budget``, and the
    day on which it is ``issued``; `reads` is what its run read, `written` the notebook as JSON, where somebody wrote it
    out already. Others may `draw` its charts and give them `compiled`.

    Raises `PageError` with everything in the notebook that cannot become a page.
    """
    dossier = read_for_checks(data) if data else None
    found = check_edition(notebook, dossier=dossier, name=name)
    remarks = tuple(problem for problem in found.problems if problem.severity != "error")
    flaws = [*find_flaws(notebook, before=before, tolerance=tolerance)]
    flaws += [f"{error.id}: {error}" for error in found.errors]
    if flaws:
        return Proof(flaws=tuple(flaws), remarks=remarks)
    waivers, until = _note_waivers(dossier, found) if dossier else ((), "")
    with looked_through(written):
        page = render_page(
            notebook,
            name=name,
            edition=edition,
            checks=tell_readers(found),
            draw=draw,
            compiled=compiled,
            reads=digest_reads(reads),
            **_settle(options or {}),
        )
        cover = tell_cover(notebook)
    reviews = _note_reviews(dossier, found) if dossier else ()
    return Proof(page, (), remarks, waivers, until, reviews, cover)


def read_ahead(data: Path, *, day: str | None) -> None:
    """Do, while a notebook runs, what the proof of its page asks of the dossier, for a page of a day.

    Raises `DossierError` where the dossier cannot be read.
    """
    keep(data)
    if dossier := read_for_checks(data):
        find_in_rows(dossier, day)


def _settle(options: Mapping[str, Any]) -> dict[str, Any]:
    """Give options as `render_page` takes them."""
    kinds: dict[str, Callable[[Any], Any]] = {
        "budget": lambda sizes: Budget(**sizes),
        "issued": lambda day: dt.date.fromisoformat(day) if day else None,
    }
    return {name: kinds[name](value) if name in kinds else value for name, value in options.items()}


def digest_reads(reads: Sequence[Sequence[str]]) -> str:
    """Give the digest of what a run read; empty where nobody noted it."""
    return digest([list(read) for read in reads])[:32] if reads else ""


def _note_waivers(dossier: Dossier, found: Findings) -> tuple[tuple[str, ...], str]:
    """Note which waivers the page's findings may have, and until when those hold that it tells."""
    problems = [*found.problems, *(problem for problem, _ in found.waived)]
    asked = {"subject": tuple(sorted({problem.subject for problem in problems if problem.subject}))}
    until = min((waiver.expires.isoformat() for _, waiver in found.waived), default="")
    return tuple(note_rows(dossier.everything, "waivers", asked)), until


def _note_reviews(dossier: Dossier, found: Findings) -> tuple[str, ...]:
    """Note which reviews the page counts, so that one more makes its foot anew."""
    return tuple(note_rows(dossier.everything, "reviews", {"row_id": tuple(sorted(found.cited))}))


def read_for_checks(data: Path) -> Dossier | None:
    """Read a whole dossier, or remember it where its files stand as they did; ``None`` where it has errors."""
    return _read_stamped(data, stamp_files(data))


@lru_cache(maxsize=1)
def _read_stamped(data: Path, stamps: object) -> Dossier | None:
    """Read the dossier once for as long as its files stand as they do: for a build, which has a copy, that is once.

    One with errors is no help here.
    """
    try:
        return read_dossier(data)
    except BriefingError:
        return None
