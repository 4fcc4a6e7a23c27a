"""Proving a page that somebody sent: it is made again from what its manifest names, and must have the same bytes.

Nothing of the page itself is run. The notebook and the dossier are those that are here, the values that it was asked
are checked as any are, and the kernel is the fenced one of every build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from briefing.editions.catalog import Edition, in_language, list_briefings, make_edition, pick_briefing
from briefing.editions.cells import read_text
from briefing.engine.environment import name_environment
from briefing.errors import BriefingError, PageError, in_a_line
from briefing.page.budget import Budget
from briefing.page.links import strip_links
from briefing.page.manifest import VERSION
from briefing.page.proof import digest_reads
from briefing.page.signature import check_signature
from briefing.page.verify import UNSEALED_PART, SentPage, Verdict, find_place, verify_page
from briefing.press.build import order_run, take_dossier
from briefing.press.orders import unpack

Result = Literal["proven", "signed", "not proven", "not the page"]

#: The exit code of each result.
EXITS: Mapping[Result, int] = {"proven": 0, "signed": 0, "not the page": 5, "not proven": 6}

_SAID: Mapping[Result, str] = {
    "proven": "the inputs that are here make this page, byte for byte",
    "signed": "its signature is good, and nothing here speaks against it",
    "not proven": "nobody can tell here whether it is as it was made",
    "not the page": "it is not what it says",
}

#: What speaks against a page wherever it is checked.
_OF_THE_PAGE = ("page", "policy")


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a page: the result, why, and what was compared."""

    result: Result
    why: str
    verdicts: tuple[Verdict, ...]

    @property
    def exit(self) -> int:
        """The exit code."""
        return EXITS[self.result]

    def __str__(self) -> str:
        return f"{self.result}: {_SAID[self.result]}{f' ({self.why})' if self.why else ''}"

    def to_list(self) -> list[dict[str, str]]:
        """Give it as plain values, for JSON: what was compared, and last the result."""
        told = [verdict.to_dict() for verdict in self.verdicts]
        return [*told, {"part": "result", "state": self.result, "detail": self.why}]


def prove_page(sent: SentPage, *, notebook: Path | None, data: Path | None) -> Answer:
    """Say whether a page is what the notebook, the dossier and the code that are here make.

    Where one of them is not here, or is another than the page was made with, it cannot be proven.
    """
    verdicts = verify_page(sent, notebook=notebook, data=data)
    against = [str(verdict) for verdict in verdicts if verdict.part in _OF_THE_PAGE and verdict.state == "differs"]
    if against:
        return Answer("not the page", "; ".join(against), tuple(verdicts))
    lacking = [str(verdict) for verdict in verdicts if verdict.state != "same" and not _is_left_out(verdict)]
    if lacking or notebook is None or data is None:
        return Answer("not proven", "; ".join(lacking), tuple(verdicts))
    again = _compare_again(sent, notebook=notebook, data=data)
    results: dict[str, Result] = {"same": "proven", "differs": "not the page", "not checked": "not proven"}
    return Answer(results[again.state], again.detail, (*verdicts, again))


def prove_signed(sent: SentPage, *, notebook: Path | None, data: Path | None, signers: Path) -> Answer:
    """Say the same of a page, and whether one of those whom a file of allowed signers lists has signed it.

    A good signature is enough for a page whose inputs are not here; for one that they do not make it is not.
    """
    signed = check_signature(sent.path, strip_links(sent.text).encode(), signers=signers)
    verdict = Verdict("signature", signed.state, signed.detail)
    if signed.state == "differs":
        return Answer("not the page", str(verdict), (verdict,))
    answer = prove_page(sent, notebook=notebook, data=data)
    verdicts = (*answer.verdicts, verdict)
    if answer.result == "not the page":
        return replace(answer, verdicts=verdicts)
    strange = [str(told) for told in verdicts if told.part == UNSEALED_PART and told.state == "differs"]
    if signed.state == "not checked" or strange:  # no signature covers what is strange there
        why = (str(verdict), *strange, answer.why) if signed.state == "not checked" else (*strange, answer.why)
        return Answer("not proven", "; ".join(dict.fromkeys(filter(None, why))), verdicts)
    result: Result = "proven" if answer.result == "proven" else "signed"
    return Answer(result, "; ".join(filter(None, (signed.detail, answer.why))), verdicts)


def _is_left_out(verdict: Verdict) -> bool:
    """Whether it tells of what no seal covers, and of nothing strange there."""
    return verdict.part == UNSEALED_PART and verdict.state == "not checked"


def _compare_again(sent: SentPage, *, notebook: Path, data: Path) -> Verdict:
    """Make the page again, and compare it byte for byte, all but the blocks that the archive keeps up."""
    if sent.manifest["manifest"] != VERSION:
        return Verdict("made again", "not checked", "an older release made the page; render it again")
    try:
        made, reads = make_again(sent.manifest, notebook=notebook, data=data)
    except (BriefingError, ValueError, TypeError) as error:  # a manifest that somebody wrote may hold anything
        return Verdict("made again", "not checked", f"it cannot be made again: {in_a_line(error, most=500)}")
    there = strip_links(sent.text)
    if made == there:
        return Verdict("made again", "same")
    if sent.manifest["reads"] not in ("", digest_reads(reads)):
        return Verdict("made again", "not checked", "rows that it read, and does not print, are others here")
    return Verdict("made again", "differs", find_place(there, made))


def make_again(manifest: Mapping[str, Any], *, notebook: Path, data: Path) -> tuple[str, Sequence[Sequence[str]]]:
    """Make the page that a manifest tells of; give it, and what its run read.

    Raises `BriefingError` where it cannot be made.
    """
    import briefing.ahead  # noqa: F401  the next one imports nbconvert
    from briefing.page.exporter import render_page  # slow to import, as is the pool
    from briefing.press.pool import Pool

    edition = pick_edition(manifest, notebook=notebook, data=data)
    options = {name: manifest.get(name) for name in ("interactive", "language", "issued")}
    options["budget"] = {"raw": 0, "gzipped": 0}
    with (
        take_dossier(data) as taken,
        Pool(1, data=taken.folder, environment=name_environment(data=taken.folder)) as pool,
    ):
        if any(problem.severity == "error" for problem in pool.check()):
            raise PageError(f"{data}: has problems; a page is made of a dossier that has none. Run: briefing check.")
        source = read_text(edition.briefing.notebook)
        order = order_run(edition, source=source, rows=taken.rows, data=taken.folder)
        made = pool.do(replace(order, options=options))
    if made.status != "made":
        raise PageError("; ".join(made.reasons))
    if manifest["checked"]:
        return made.page.decode(), made.reads
    # by nbconvert, which tells nothing of checks and notes nothing of what was read
    issued = dt.date.fromisoformat(options["issued"]) if options["issued"] else None
    page = render_page(
        unpack(made.run),
        edition=edition.name if manifest["edition"] else "",
        language=manifest["language"],
        issued=issued,
        interactive=manifest["interactive"],
        budget=Budget(0, 0),
    )
    return page, made.reads


def pick_edition(manifest: Mapping[str, Any], *, notebook: Path, data: Path) -> Edition:
    """Find the edition that a manifest tells of: as the catalog beside the notebook names it, or else by itself.

    Raises `UsageError` where it was asked what the notebook cannot be asked.
    """
    name = manifest["edition"].split("/")[0]
    listed = [briefing for briefing in list_briefings(notebook) if briefing.name == name]
    briefing = listed[0] if listed else pick_briefing(notebook)
    asked = manifest.get("parameters", {})
    given = {
        parameter.name: asked[parameter.name]
        for parameter in briefing.parameters
        if asked.get(parameter.name, parameter.default) != parameter.default
    }
    return in_language(make_edition(briefing, given, data=data), manifest["language"])
