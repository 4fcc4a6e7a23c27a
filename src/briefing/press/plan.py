"""The plan of a build: which editions are to be run, which only rendered, which stand, and why.

Deciding is pure: what lies on the disk is looked at first (`look`), the decision is made from that alone (`decide`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from briefing.editions.catalog import Briefing, Edition
from briefing.editions.cells import read_text
from briefing.editions.fingerprint import Inputs, digest_bytes, digest_folder, digest_shared, list_inputs
from briefing.errors import DossierError, NotebookError
from briefing.press.publish import digest_page, failure_path, manifest_path, read_json, run_path
from briefing.press.seen import Seen, digest_noted_reads, name_inputs, read_seen, stamp_edition
from briefing.values.clock import today
from briefing.values.words import counted

#: ``run`` the notebook and render its page; ``render`` the page from the last run; ``keep`` what is there.
Action = Literal["run", "render", "keep"]

#: Of how many days a plan has the dossier at hand: editions that follow each other read of neighbouring days.
DAYS_AT_HAND = 32

#: Of how many reads a plan has at hand what they give now: a thousand editions ask the same of the same days.
READS_AT_HAND = 65_536

#: Says which of an edition's reads would give other rows now.
Reread = Callable[[Sequence[Sequence[str]]], list[str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an edition before a build."""

    manifest: Mapping[str, Any] = field(default_factory=dict)  #: of its last good page; empty where there is none
    has_page: bool = False  #: whether that page is there as it was published
    has_run: bool = False  #: whether the run behind it is there, whole
    failure: Mapping[str, Any] = field(default_factory=dict)  #: why it failed or was held last time, where it was


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done about an edition, and why."""

    edition: Edition
    action: Action
    why: tuple[str, ...] = ()  #: why, a line each
    seen: Seen | None = field(default=None, repr=False)  #: where it stands: how it was seen to, for the next build
    #: The text of its notebook when the plan was made: what is run, whatever is saved from then on.
    source: str = field(default="", repr=False)
    flaw: str = ""  #: why its notebook cannot be read; it fails, and the others are built
    #: What the plan found it to be made from: what the manifest of its page says.
    inputs: Inputs = field(default=Inputs({}, {}), repr=False)


def plan_build(editions: Iterable[Edition], *, out: Path, data: Path, force: bool = False) -> tuple[Step, ...]:
    """Plan a build: look at what is there, then decide about each edition.

    An edition that a build saw to stand is looked at again only where something is another than it was then.
    """
    room = Room(out, digest_folder(data), make_reread(data), known=read_seen(out))
    read_once = cache(read_text)  # a notebook has many editions: all have the same text
    steps = []
    for edition in editions:
        try:
            if edition.briefing.flaw:
                raise NotebookError(edition.briefing.flaw)
            step = plan_edition(edition, read_once(edition.briefing.notebook), room=room)
        except NotebookError as error:
            steps.append(Step(edition, "run", ("its notebook cannot be read",), flaw=str(error)))
            continue
        asked = Step(edition, "run", ("it was asked for",)) if force and step.action != "run" else step
        inputs = list_inputs(edition, step.source) if asked.action != "keep" else step.inputs
        steps.append(replace(asked, source=step.source, inputs=inputs))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a plan looks: the pages, the dossier, and what builds saw before."""

    out: Path
    rows: str  #: the digest of the dossier's files
    reread: Reread
    known: Mapping[str, Seen] = field(default_factory=dict)  #: what builds saw to stand, by address
    today: str = field(default_factory=lambda: today().isoformat())
    shared: dict[int, tuple[Briefing, str]] = field(default_factory=dict, repr=False)  #: what it has worked out

    def share(self, briefing: Briefing, source: str) -> str:
        """Give what the editions of a briefing have in common of what they are made from; it is worked out once."""
        if id(briefing) not in self.shared:
            self.shared[id(briefing)] = (briefing, digest_shared(briefing, source))  # which keeps its number taken
        return self.shared[id(briefing)][1]


def plan_edition(edition: Edition, source: str, *, room: Room) -> Step:
    """Plan one edition: it stands as it was seen to, or else it is looked at and decided about."""
    stamps = stamp_edition(room.out, edition)  # before anything is read: what is changed from now on has another
    made_from = name_inputs(edition, room.share(edition.briefing, source))
    known = room.known.get(edition.address)
    if known and known.holds(stamps, made_from=made_from, rows=room.rows, today=room.today):
        return Step(edition, "keep", source=source, seen=known)
    is_seen = bool(known and known.stands_as_it_did(stamps))
    facts, reads = look_up(edition, out=room.out) if is_seen else look(edition, out=room.out), ""
    if is_seen:  # its page is the one that was made; its run is asked for only where it is to be rendered
        facts = replace(facts, has_page=True, has_run=True)
    if facts.manifest.get("rows") != room.rows:
        reads = digest_noted_reads(facts.manifest)
        if known and (known.rows, known.reads) == (room.rows, reads):  # none of them differs: a build has seen that
            facts = replace(facts, manifest={**facts.manifest, "rows": room.rows})
    inputs = list_inputs(edition, source)
    step = decide(edition, facts, inputs, rows=room.rows, reread=room.reread, today=room.today)
    if is_seen and step.action == "render":
        step = decide(
            edition, look(edition, out=room.out), inputs, rows=room.rows, reread=room.reread, today=room.today
        )
    until = str(facts.manifest.get("waived_until") or "")
    seen = Seen(stamps, made_from, room.rows, reads, until) if step.action == "keep" else None
    return replace(step, source=source, seen=seen)


def look(edition: Edition, *, out: Path) -> Facts:
    """Look at what is there of an edition."""
    noted = look_up(edition, out=out)
    return replace(
        noted,
        has_page=_is_as_published(out / edition.address, noted.manifest.get("page"), digest_page),
        has_run=_is_as_published(run_path(out, edition.address), noted.manifest.get("run"), digest_bytes),
    )


def look_up(edition: Edition, *, out: Path) -> Facts:
    """Look up what is noted of an edition; whether its page and run are those that were noted is not looked at."""
    manifest, failure = (read_json(path(out, edition.address)) for path in (manifest_path, failure_path))
    return Facts(manifest, failure=failure)


def _is_as_published(path: Path, published: object, digest: Callable[[bytes], str]) -> bool:
    """Whether a file is the one that was published: its bytes tell, for size and time can be set back."""
    try:
        return published is not None and digest(path.read_bytes()) == published
    except OSError:
        return False


def decide(edition: Edition, facts: Facts, inputs: Inputs, *, rows: str, reread: Reread, today: str = "") -> Step:
    """Decide about one edition.

    `rows` is the digest of the dossier's files; only where it is another is `reread` asked. `today` is a day as
    2022-12-19: a finding that a waiver let pass stands when the waiver has ended.
    """
    if facts.failure:
        return Step(edition, "run", (f"it {facts.failure.get('status', 'failed')} last time",))
    if not facts.manifest:
        return Step(edition, "run", ("it was never built",))
    known = facts.manifest
    why = [f"{name} changed" for name in _differing(known.get("run_inputs", {}), inputs.run)]
    if known.get("rows") != rows:
        why += reread(known.get("reads", ()))
    if why:
        return Step(edition, "run", tuple(why))
    why = [f"{name} changed" for name in _differing(known.get("page_inputs", {}), inputs.page)]
    noted = [known[name] for name in ("waivers", "reviews") if known.get(name)]
    if known.get("rows") != rows and noted:
        why += reread(noted)
    if known.get("waived_until") and today > known["waived_until"]:
        why.append(f"a waiver ended on {known['waived_until']}")
    if not facts.has_page:
        why.append("its page is missing or was changed")
    if not why:
        return Step(edition, "keep")
    if not facts.has_run:
        return Step(edition, "run", (*why, "its last run is missing or damaged"))
    return Step(edition, "render", tuple(why))


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*then, *now}) if then.get(name) != now.get(name)]


def make_reread(data: Path) -> Reread:
    """Make the question which reads would give other rows of a dossier now; it reads the dossier when first asked."""

    @cache
    def read_whole() -> Any:
        from briefing.dossier.dossier import read_dossier  # imports pandas: only where files of it have changed

        return read_dossier(data)

    @cache
    def find_turn(day: str) -> str:
        from briefing.dossier import as_of  # imports pandas, too

        return as_of.find_turn(read_whole().everything.reading, day)

    @lru_cache(maxsize=DAYS_AT_HAND)
    def show(day: str) -> Any:
        """Show the dossier as of a day; the files are read once for all days."""
        return read_whole().at(day) if day else read_whole()

    @lru_cache(maxsize=READS_AT_HAND)
    def read_at(table: str, day: str, asked: str, is_known: bool) -> str:
        """Give the digest of rows of a table that stand on a day, or of all that are known by it."""
        from briefing.dossier.read_log import read_again

        shelf = show(day).known if is_known else show(day).frames
        return read_again(shelf, show("").names, [table, day, asked, ""], folder=data)

    def read_now(table: str, noted: str, asked: str) -> str:
        day = noted.removeprefix("../")
        return read_at(table, find_turn(day) if day else "", asked, day != noted)

    def reread(reads: Sequence[Sequence[str]]) -> list[str]:
        if not reads:
            return ["the dossier changed, and what it read is not known"]
        changed = []
        try:
            for read in reads:
                if read_now(*read[:3]) != read[3]:
                    changed.append(f"rows that it read changed: {_words(read)}")
        except DossierError as error:  # which the build itself tells, row by row
            return [f"the dossier changed, and has {counted(len(error.problems), 'problem')}"]
        return changed

    return reread


def _words(read: Sequence[str]) -> str:
    table, day, asked, _ = read
    if table in ("names", "file"):
        return "names" if table == "names" else str(json.loads(asked))
    wanted = json.loads(asked)
    which = ", ".join(f"{column} {' or '.join(values[:3])}" for column, values in wanted.items())
    return f"{table}{f' where {which}' if which else ''}{f' as of {day}' if day else ''}"
