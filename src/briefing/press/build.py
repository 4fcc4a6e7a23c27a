"""Building: decide what to make, then make it. One failed edition stops neither the others nor the archive."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefing.dossier.files import list_files, stamp_files
from briefing.dossier.plain import read_plain
from briefing.editions.catalog import Briefing, Edition
from briefing.editions.fingerprint import digest_folder
from briefing.engine.environment import ensure_home, name_environment
from briefing.engine.folders import open_folder, sweep_folders
from briefing.engine.launcher import short_place
from briefing.errors import DossierError, PublishError
from briefing.press.noting import begin_noting, note_standing
from briefing.press.plan import Reread, Step, make_reread, plan_build
from briefing.press.publish import (
    failed_path,
    failure_path,
    hold_lock,
    manifest_path,
    publish_page,
    read_json,
    remove_page,
    run_path,
    save_json,
    sweep,
    write_file,
)
from briefing.press.remarks import Remark
from briefing.press.status import retire, retire_empty

if TYPE_CHECKING:
    from briefing.press.cluster import Cluster
    from briefing.press.orders import Delivery, Order
    from briefing.press.pool import Pool

Status = Literal["published", "unchanged", "held", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition."""

    edition: str  #: its name
    status: Status  #: whether its page is there: new, as it was, or the last good one only
    path: Path  #: its page; where it failed or was held, the page that says why
    why: tuple[str, ...] = ()  #: why it was made
    reasons: tuple[str, ...] = ()  #: why it was not published, a line each
    remarks: tuple[Remark, ...] = ()  #: what its author should know
    seconds: float = 0.0  #: how long it took to make

    @property
    def is_good(self) -> bool:
        """Whether its page is there and stands for the dossier as it is."""
        return self.status in ("published", "unchanged")

    def to_dict(self) -> dict[str, Any]:
        """Give the outcome as plain values, for JSON."""
        told = {"edition": self.edition, "status": self.status, "path": str(self.path)}
        return told | {
            "why": list(self.why),
            "reasons": list(self.reasons),
            "remarks": [str(remark) for remark in self.remarks],
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Options:
    """How to build."""

    jobs: int = 1  #: how many editions are made at a time
    force: bool = False  #: whether editions are run that are not stale
    fail_fast: bool = False  #: whether the first failure ends the build
    accept: Collection[str] = field(default_factory=frozenset)  #: editions whose figures may jump: somebody has looked
    dask: str = ""  #: the address of a Dask cluster that makes the editions; empty where this machine does


def build(
    editions: Sequence[Edition],
    *,
    data: Path,
    out: Path,
    options: Options | None = None,
    briefings: Sequence[Briefing] = (),
    tell: Callable[[Outcome], None] = lambda outcome: None,
    say: Callable[[str], None] = lambda words: None,
    record: Callable[[Path, str], object] = lambda out, address: None,
    finish: Callable[[Path], object] = lambda out: None,
) -> tuple[Outcome, ...]:
    """Make the editions that are stale and publish them; `tell` is told each outcome.

    `say` is told in words why a build is slow, where it is. `record` is given the reports folder and the address of
    each edition that was published, while others are being made. In the end, and under the same lock, `finish` is given
    the folder: what stands around the pages is made there.

    Where the catalog's briefings are given, old pages beyond what it keeps are taken away.

    Raises `BusyError` where another build is at work in the folder; `DossierError` where the dossier has errors, and
    something is to be run; `PublishError` where the folder cannot be written at all.
    """
    with hold_lock(out):
        return build_held(
            editions,
            data=data,
            out=out,
            options=options,
            briefings=briefings,
            tell=tell,
            say=say,
            record=record,
            finish=finish,
        )


def build_held(
    editions: Sequence[Edition],
    *,
    data: Path,
    out: Path,
    options: Options | None = None,
    briefings: Sequence[Briefing] = (),
    tell: Callable[[Outcome], None] = lambda outcome: None,
    say: Callable[[str], None] = lambda words: None,
    record: Callable[[Path, str], object] = lambda out, address: None,
    finish: Callable[[Path], object] = lambda out: None,
    start: Callable[[Edition], None] = lambda edition: None,
) -> tuple[Outcome, ...]:
    """Build as `build` does; whoever calls it holds the folder's lock. `start` is told of each edition that begins."""
    options = options or Options()
    outcomes: dict[str, Outcome] = {}
    sweep(out)
    begun = begin_noting(out)
    with take_dossier(data) as taken:
        steps = plan_build(editions, out=out, data=taken.folder, force=options.force)
        for outcome in _do(steps, taken=taken, out=out, options=options, say=say, start=start):
            outcomes[outcome.edition] = outcome
            tell(outcome)
            if outcome.status == "published":
                record(out, outcome.path.relative_to(out).as_posix())
    retire(out, briefings)
    retire_empty(out, editions)
    for briefing in briefings:
        if not briefing.flaw and briefing.unreadable not in {edition.address for edition in editions}:
            remove_page(out, briefing.unreadable)  # it was told of a notebook that can be read again
    finish(out)
    note_standing(steps, out=out, rows=taken.rows, begun=begun)
    return tuple(outcomes[edition.name] for edition in editions if edition.name in outcomes)


@dataclass(frozen=True, slots=True)
class Taken:
    """A dossier as a build took it: a copy that nobody edits."""

    folder: Path  #: the copy
    rows: str  #: the digest of its files
    origin: Path  #: the dossier itself
    stamps: tuple[tuple[str, int, int, int], ...]  #: how the files of the dossier itself stood before they were copied
    reread: Reread  #: says which reads would give other rows of the copy

    def digest_of(self, made: Delivery) -> str:
        """Give the digest of the rows that an edition was made from; empty where they are not those of the copy.

        A notebook that names a folder reads the dossier itself, where somebody may have saved a row meanwhile. With no
        digest the next plan looks at each row that the edition read.
        """
        if made.is_still and (stamp_files(self.origin) == self.stamps or not made.reads or not self.reread(made.reads)):
            return self.rows
        return ""


@contextlib.contextmanager
def take_dossier(data: Path) -> Iterator[Taken]:
    """Hold the dossier still: whoever edits it while a build runs is heeded by the next one."""
    with _open_folder(data) as folder:
        ensure_home(folder)
        still, stamps = folder / (data.resolve().name or "data"), stamp_files(data)
        _copy_tables(data, still)
        yield Taken(still, digest_folder(still), data, stamps, make_reread(still))


@contextlib.contextmanager
def _open_folder(data: Path) -> Iterator[Path]:
    """Open a folder for the copy, and clear away what builds that were killed left before, and this one's workers."""
    with contextlib.ExitStack() as stack:
        try:
            for place in dict.fromkeys((tempfile.gettempdir(), short_place())):
                sweep_folders(place)
                stack.callback(sweep_folders, place)
            folder = stack.enter_context(open_folder("data-"))
        except OSError as error:
            raise _no_room(data, error) from None
        yield folder


def _no_room(data: Path, error: OSError) -> PublishError:
    rule = "a build works on a copy of the dossier"
    cure = "Make room in the temporary folder, or name another with TMPDIR"
    return PublishError(f"{data}: cannot be copied to the temporary folder: {error.strerror or error}; {rule}. {cure}.")


def _copy_tables(data: Path, still: Path) -> None:
    try:
        still.mkdir()
        for path in list_files(data):
            (still / path.name).write_bytes(_read(path))
    except OSError as error:
        raise _no_room(data, error) from None


def _read(path: Path) -> bytes:
    try:
        return read_plain(path)
    except OSError as error:
        rule = "a dossier is made of plain files"
        raise PublishError(f"{path}: {error.strerror}; {rule}. Put the file itself there.") from None


def _do(
    steps: Sequence[Step],
    *,
    taken: Taken,
    out: Path,
    options: Options,
    say: Callable[[str], None],
    start: Callable[[Edition], None],
) -> Iterator[Outcome]:
    """Do what the plan says, and give what became of each edition."""
    for step in steps:
        if step.action == "keep":
            yield Outcome(step.edition.name, "unchanged", out / step.edition.address)
    ahead = {step.edition.name: step for step in steps if step.action != "keep" and not step.flaw}
    yield from (_refuse(step, out=out) for step in steps if step.flaw)
    if not ahead or (options.fail_fast and any(step.flaw for step in steps)):
        return
    from briefing.press.shares import do_all  # slow to import, and not needed to plan

    with _workers(min(options.jobs, len(ahead)), data=taken.folder, options=options) as pool:
        problems = pool.check()
        if any(problem.severity == "error" for problem in problems):
            raise DossierError(problem for problem in problems if problem.severity == "error")
        if why := pool.why_cold():
            say(f"slow: each edition starts a kernel of its own, which takes seconds: {why}.")
        if why := pool.why_open():
            say(f"open: the fence around notebooks is not whole: {why}. docs/security.md says what it keeps.")

        def order(step: Step) -> Order:
            start(step.edition)
            return make_order(step, taken=taken, out=out, accept=options.accept)

        for step, made in do_all(list(ahead.values()), order=order, do=pool.do, jobs=pool.jobs):
            yield (outcome := _settle(step, made, rows=taken.digest_of(made), out=out))
            if options.fail_fast and not outcome.is_good:
                return


def _refuse(step: Step, *, out: Path) -> Outcome:
    """Tell of an edition whose notebook cannot be read."""
    from briefing.press.orders import Delivery  # slow to import, and not needed to plan

    return _settle(step, Delivery("failed", (step.flaw,)), rows="", out=out)


def _workers(jobs: int, *, data: Path, options: Options) -> Pool | Cluster:
    """Give those who make the editions: this machine's processes, or a cluster."""
    if options.dask:
        from briefing.press.cluster import Cluster  # only where there is one

        return Cluster(options.dask, data=data)
    from briefing.press.pool import Pool  # slow to import, and not needed to plan

    return Pool(jobs, data=data, environment=name_environment(data=data))


def make_order(step: Step, *, taken: Taken, out: Path, accept: Collection[str] = ()) -> Order:
    """Write down all that is needed to make an edition elsewhere."""
    edition, options = step.edition, step.edition.briefing.options
    path = run_path(out, edition.address)
    tolerance = 0 if edition.name in accept else options.get("tolerance", 0)
    wants_before = step.action == "render" or (tolerance and path.is_file())
    return replace(
        order_run(edition, source=step.source if step.action == "run" else "", rows=taken.rows, data=taken.folder),
        action="render" if step.action == "render" else "run",
        tolerance=tolerance,
        before=path.read_bytes() if wants_before else b"",
        reads=_read_reads(out, edition.address) if step.action == "render" else (),
        options={name: options[name] for name in ("interactive", "language", "budget") if name in options},
    )


def order_run(edition: Edition, *, source: str, rows: str, data: Path) -> Order:
    """Order that a notebook is run as an edition of its briefing, within the limits that the catalog sets."""
    from briefing.press.orders import Order  # slow to import, and not needed to plan

    options, notebook = edition.briefing.options, edition.briefing.notebook
    return Order(
        action="run",
        edition=edition.name,
        name=notebook.name,
        source=source,
        folder=str(notebook.resolve().parent),
        values=dict(edition.values),
        rows=rows,
        environment=name_environment(
            data=data, named=options.get("environment", ()), memory_limit=options.get("memory_limit")
        ),
        time_limit=options.get("time_limit"),
    )


def _read_reads(out: Path, address: str) -> tuple[tuple[str, ...], ...]:
    """Read what the last run of an edition read."""
    return tuple(tuple(read) for read in read_json(manifest_path(out, address)).get("reads", ()))


def _settle(step: Step, made: Delivery, *, rows: str, out: Path) -> Outcome:
    """Publish what was made, or note why it was not."""
    edition = step.edition
    try:
        if made.status == "made":
            manifest = describe_edition(step, made, rows=rows, out=out)
            path = publish_page(out, edition.address, made.page, manifest, run=made.run or None)
            remarks = tuple(Remark(*remark) for remark in made.remarks)
            return Outcome(edition.name, "published", path, step.why, remarks=remarks, seconds=made.seconds)
        return _note_failure(step, made, out=out)
    except PublishError as error:
        return Outcome(edition.name, "failed", out / edition.address, step.why, (str(error),))


def describe_edition(step: Step, made: Delivery, *, rows: str, out: Path) -> dict[str, Any]:
    """Say what a page was made from, for its manifest."""
    edition, inputs = step.edition, step.inputs
    known = read_json(manifest_path(out, edition.address))
    told = {
        "briefing": edition.briefing.name,
        "title": edition.briefing.title,
        "parameters": dict(edition.values),
        "page_inputs": dict(inputs.page),
        "cover": dict(made.cover),
        "waivers": list(made.waivers) or None,
        "waived_until": made.waived_until,
        "reviews": list(made.reviews) or None,
    }
    if step.action == "render":
        return {**known, **told, "rows": rows}
    return {**told, "run_inputs": dict(inputs.run), "rows": rows, "reads": [list(read) for read in made.reads]}


def _note_failure(step: Step, made: Delivery, *, out: Path) -> Outcome:
    from briefing.press.failed import make_failed_page  # only where an edition failed

    edition = step.edition
    status: Status = "held" if made.status == "held" else "failed"
    path = failed_path(out, edition.address)
    write_file(path, make_failed_page(edition, failure=made.failure, reasons=made.reasons))
    noted: dict[str, Any] = {"briefing": edition.briefing.name, "address": edition.address, "status": status}
    noted |= {"parameters": dict(edition.values)}
    save_json(failure_path(out, edition.address), noted | {"reasons": list(made.reasons)})
    return Outcome(edition.name, status, path, step.why, made.reasons, seconds=made.seconds)
