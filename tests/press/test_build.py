"""Builds with real kernels: made once, made again only where something changed, held where it is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from norway import ROWS, write_dossier
from notebooks import notebook_text

from briefing.editions.catalog import list_editions, read_catalog
from briefing.errors import DossierError
from briefing.intake.edits import write_edits
from briefing.intake.reviewing import plan_review
from briefing.press.build import Options, Outcome, build
from briefing.press.plan import plan_build
from briefing.press.status import list_orphans, list_standings, missing

QUOTED = """import briefing as b
d = b.read_dossier(as_of=as_of)
said = d.where("quotes", speaker_id=who)"""
SHOWN = "from briefing.blocks.blocks import Prose\nProse(text=(' / '.join(said['text']) or 'Nothing was said.',))"
WHO = 'as_of: "date" = "2031-04-12"\nwho: "actor" = "minister"'
CATALOG = '[[briefing]]\nnotebook = "tiny"\nwho = ["minister", "norway"]\n'


class Press:
    """A catalog with one notebook, and what it takes to build it."""

    def __init__(self, notebook: Path, small: Path, out: Path) -> None:
        self.notebook, self.small, self.out = notebook, small, out
        self.catalog = notebook.parent / "briefings.toml"

    def editions(self, catalog: str = CATALOG) -> tuple[object, ...]:
        self.catalog.write_text(catalog, encoding="utf-8")
        return list_editions(read_catalog(self.catalog), data=self.small)

    def build(self, catalog: str = CATALOG, **options: object) -> tuple[Outcome, ...]:
        editions = self.editions(catalog)
        briefings = read_catalog(self.catalog)
        return build(editions, data=self.small, out=self.out, options=Options(**options), briefings=briefings)


@pytest.fixture
def press(write_notebook: Callable[..., Path], small: Path, tmp_path: Path) -> Press:
    return Press(write_notebook(QUOTED, SHOWN, parameters=WHO), small, tmp_path / "reports")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the two pages once, for all tests that begin where they stand; give the folder that they lie in."""
    root = tmp_path_factory.mktemp("first")
    notebook = root / "notebooks" / "tiny.ipynb"
    notebook.parent.mkdir()
    notebook.write_text(notebook_text(QUOTED, SHOWN, parameters=WHO), encoding="utf-8")
    press = Press(notebook, write_dossier(root / "data", ROWS), root / "reports")
    assert statuses(press.build()) == ["published", "published"]
    return press.out


@pytest.fixture
def built(press: Press, first: Path) -> Press:
    """Give a press with a copy of those pages, for a test to go on from."""
    shutil.copytree(first, press.out)
    return press


def statuses(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.status for outcome in outcomes]


def pages(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.html"))}


def test_a_second_build_changes_nothing(press: Press) -> None:
    assert statuses(press.build(jobs=2)) == ["published", "published"]
    before = pages(press.out)
    assert statuses(press.build(jobs=2)) == ["unchanged", "unchanged"]
    assert pages(press.out) == before


def test_each_edition_that_is_published_is_recorded_before_the_archive_is_written(built: Press) -> None:
    told: list[str] = []

    def note(out: Path, address: str) -> None:
        told.append(address if (out / address).is_file() else f"no {address}")

    def build_all(**options: object) -> None:
        asked = {"out": built.out, "options": Options(**options)}
        build(built.editions(), data=built.small, record=note, finish=lambda out: told.append("the archive"), **asked)

    build_all(force=True)
    first, second, last = told
    assert {first, second} == {edition.address for edition in built.editions()} and last == "the archive"
    told.clear()
    build_all()
    assert told == ["the archive"]


def test_the_number_of_workers_does_not_change_a_byte(built: Press, tmp_path: Path) -> None:
    one = pages(built.out)
    built.out = tmp_path / "other"
    built.build(jobs=2)
    assert pages(built.out) == one


def test_one_edited_quotation_runs_its_speakers_page_alone(built: Press, edit: Callable[..., Path]) -> None:
    built.build()
    edit("quotes", "q-1", text="We have sent little.")
    minister, norway = built.build()
    assert (minister.status, norway.status) == ("published", "unchanged")
    assert minister.why == ("rows that it read changed: quotes where speaker_id minister as of 2031-04-12",)
    assert "We have sent little." in minister.path.read_text()


def test_a_page_that_was_tampered_with_is_made_again_from_its_last_run(built: Press) -> None:
    path = built.build()[0].path
    good = path.read_bytes()
    path.write_bytes(b"<script>alert(1)</script>")
    assert [why[:8] for why in built.build()[0].why] == ["its page"]
    assert path.read_bytes() == good


def test_a_damaged_cache_is_made_anew(built: Press) -> None:
    path = built.build()[0].path
    good = path.read_bytes()
    for kept in (built.out / ".press").rglob("*.gz"):
        kept.write_bytes(kept.read_bytes()[:50])
    path.unlink()
    assert "its last run" in " ".join(built.build()[0].why)
    assert path.read_bytes() == good


def test_damaged_manifests_are_made_anew(built: Press) -> None:
    built.build()
    before = pages(built.out)
    for kept in (built.out / ".press" / "editions").rglob("*.json"):
        kept.write_bytes(b"\x00" * 40)
    assert statuses(built.build()) == ["published", "published"]
    assert pages(built.out) == before


def test_a_green_run_that_is_wrong_is_held_and_the_last_good_page_stays(
    built: Press, write_notebook: Callable[..., Path]
) -> None:
    good = built.build()[0].path.read_bytes()
    wrong = "from briefing.blocks.blocks import Prose\nProse(text=(f'{float(\"nan\")} tanks',))"
    write_notebook(QUOTED, wrong, parameters=WHO)
    outcome = built.build()[0]
    assert outcome.status == "held", outcome.reasons
    assert 'prints "nan"' in outcome.reasons[0]
    assert (built.out / "tiny/minister/2031-04-12.html").read_bytes() == good
    assert "prints &quot;nan&quot;" in outcome.path.read_text()


def test_a_failed_edition_is_tried_again_and_its_failed_page_goes(
    press: Press, write_notebook: Callable[..., Path]
) -> None:
    write_notebook("1 / 0", parameters=WHO)
    failed = press.build(fail_fast=True)
    assert statuses(failed) == ["failed"] and failed[0].path.name == "2031-04-12.failed.html"
    write_notebook(QUOTED, SHOWN, parameters=WHO)
    assert statuses(press.build()) == ["published", "published"]
    assert not failed[0].path.exists()


def test_a_dossier_with_errors_stops_the_build_before_any_kernel(built: Press, edit: Callable[..., Path]) -> None:
    built.build()
    before = pages(built.out)
    edit("transfers", "t-1", high="3")
    with pytest.raises(DossierError, match=r"transfers\.csv:2"):
        built.build(force=True)
    assert pages(built.out) == before


SCHEDULED = '[[briefing]]\nnotebook = "tiny"\nschedule = "0 6 * * *"\nsince = "2031-04-10"\n'


def test_catching_up_makes_what_is_due_and_not_there_once(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1933999200")  # 2031-04-15, 10:00
    editions = press.editions(SCHEDULED)
    assert [edition.name for edition in editions][::5] == ["tiny/2031-04-10", "tiny/2031-04-15"]
    late = missing(editions, out=press.out)
    build(late[:2], data=press.small, out=press.out)
    after = missing(editions, out=press.out)
    assert [edition.name for edition in after] == [edition.name for edition in late[2:]]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1733999200")
    assert press.editions(SCHEDULED) == ()


def test_only_the_newest_editions_are_kept(press: Press) -> None:
    days = 'as_of = ["2031-04-10", "2031-04-11", "2031-04-12"]\n'
    press.build(f'[[briefing]]\nnotebook = "tiny"\n{days}')
    assert statuses(press.build(f'[[briefing]]\nnotebook = "tiny"\nkeep = 2\n{days}')) == ["unchanged", "unchanged"]
    assert [path.name for path in sorted((press.out / "tiny").iterdir())] == ["2031-04-11.html", "2031-04-12.html"]


def test_pages_of_a_briefing_that_is_gone_are_listed_and_left(press: Press) -> None:
    press.build('[[briefing]]\nnotebook = "tiny"\nname = "old"\n')
    press.build()
    assert list_orphans(press.out, read_catalog(press.catalog)) == ("old/2031-04-12.html",)
    assert (press.out / "old/2031-04-12.html").exists()


def test_status_is_read_from_plain_files(built: Press, edit: Callable[..., Path]) -> None:
    editions = built.editions()
    built.build()
    edit("quotes", "q-1", text="We have sent little.")
    (built.out / "tiny/norway/2031-04-12.html").unlink()
    steps = plan_build(editions, out=built.out, data=built.small)
    assert [standing.state for standing in list_standings(steps, out=built.out)] == ["stale", "missing"]


@pytest.mark.parametrize("told", ["We have sent nothing", "<title>"])
def test_a_page_changed_on_disk_is_made_again_though_its_size_and_time_are_the_same(built: Press, told: str) -> None:
    built.build()
    path = built.out / "tiny/minister/2031-04-12.html"
    before, state = path.read_bytes(), path.stat()
    path.write_bytes(before.replace(told.encode(), told.swapcase().encode(), 1))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert path.read_bytes() != before and path.stat().st_mtime_ns == state.st_mtime_ns
    assert statuses(built.build()) == ["published", "unchanged"]
    assert path.read_bytes() == before


def test_a_dossier_edited_during_the_build_is_heeded_by_the_next_one(press: Press, edit: Callable[..., Path]) -> None:
    editions = press.editions()

    def edit_now(outcome: Outcome) -> None:
        edit("quotes", "q-1", text="We have sent little.")

    build(editions[::-1], data=press.small, out=press.out, tell=edit_now)
    assert "We have sent nothing." in (press.out / "tiny/minister/2031-04-12.html").read_text()
    assert statuses(press.build()) == ["published", "unchanged"]
    assert "We have sent little." in (press.out / "tiny/minister/2031-04-12.html").read_text()


def words_of(page: Path) -> str:
    return re.sub(r"<[^>]+>", "", page.read_text())


READ = "import briefing as b\nd = b.read_dossier(as_of=as_of)"
ALONE = '[[briefing]]\nnotebook = "tiny"\n'


def test_a_waiver_renders_the_pages_that_it_is_about_and_no_others(
    press: Press, small: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook(READ, "b.claims_table(b.choose_claims(d, item='lorry'), caption='Sent in April 2031')")
    tables = ROWS | {"transfers": [dict(ROWS["transfers"][0], wording="at least 20 lorries")]}
    write_dossier(small, tables)
    page = press.build(ALONE)[0].path
    assert "F17: t-1 reads" in words_of(page) and "waived" not in words_of(page)
    waiver = {"rule": "F17", "subject": "t-1", "reason": "As printed", "by": "norway", "expires": "2999-01-01"}
    write_dossier(small, tables | {"waivers": [waiver | {"subject": "t-9"}]})
    assert statuses(press.build(ALONE)) == ["unchanged"]
    write_dossier(small, tables | {"waivers": [waiver]})
    assert press.build(ALONE)[0].why[0].startswith("rows that it read changed: waivers where subject")
    assert "(waived: As printed)" in words_of(page)


def test_a_review_renders_the_pages_that_cite_the_row_and_their_foot_says_it(
    press: Press, small: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook(READ, "b.claims_table(b.choose_claims(d, item='lorry'), caption='Sent in April 2031')")
    page = press.build(ALONE)[0].path
    assert "pair of eyes" not in words_of(page)
    write_edits(plan_review(small, "e-1", reviewer="Bo", today=date(2031, 4, 1)))
    assert statuses(press.build(ALONE)) == ["unchanged"]
    write_edits(plan_review(small, "t-1", reviewer="Bo", today=date(2031, 4, 1)))
    assert press.build(ALONE)[0].why[0].startswith("rows that it read changed: reviews where row_id")
    assert re.search(r"rules of tradecraft: [^;.]*; 1 of \d+ rows had a second pair of eyes", words_of(page))


def test_a_map_is_drawn_with_the_outlines_of_the_dossier_and_anew_when_they_change(
    press: Press, small: Path, write_notebook: Callable[..., Path]
) -> None:
    write_notebook(READ, "b.place_map(b.choose_claims(d, quantity='lorries-there'), title='Where they are')")
    outlines = small / "outlines.json"
    square = {"type": "FeatureCollection", "bbox": [10, -30, 20, -20], "attribution": "Drawn by hand", "features": []}
    outlines.write_text(json.dumps(square), encoding="utf-8")
    assert "Drawn by hand." in press.build(ALONE)[0].path.read_text()
    assert statuses(press.build(ALONE)) == ["unchanged"]
    outlines.write_text(json.dumps(square | {"attribution": "Drawn anew"}), encoding="utf-8")
    again = press.build(ALONE)[0]
    assert again.why == ("rows that it read changed: outlines.json",)
    assert "Drawn anew." in again.path.read_text()


def count_rereads(press: Press, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each table whose rows a plan reads again."""
    from briefing.dossier import read_log

    noted: list[str] = []
    read_again = read_log.read_again

    def note(shelf: object, names: object, read: list[str], **where: object) -> str:
        noted.append(read[0])
        return read_again(shelf, names, read, **where)

    monkeypatch.setattr(read_log, "read_again", note)
    return noted


def test_an_edit_that_changes_no_page_is_looked_at_once_and_no_later_build_reads_rows_again(
    built: Press, edit: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    built.build()
    noted = count_rereads(built, monkeypatch)
    edit("transfers", "t-1", note="Looked at again.")
    assert statuses(built.build()) == ["unchanged", "unchanged"] and noted != []
    noted.clear()
    assert statuses(built.build()) == ["unchanged", "unchanged"] and noted == []


def test_catching_up_reads_no_rows_to_find_what_is_missing(
    built: Press, edit: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    built.build()
    noted = count_rereads(built, monkeypatch)
    edit("transfers", "t-1", note="Looked at again.")
    assert missing(built.editions(), out=built.out) == [] and noted == []


def test_a_page_that_stands_after_an_edit_is_still_made_again_after_one_that_it_read(
    built: Press, edit: Callable[..., Path]
) -> None:
    built.build()
    edit("transfers", "t-1", note="Looked at again.")
    built.build()
    edit("quotes", "q-1", text="We have sent little.")
    assert statuses(built.build()) == ["published", "unchanged"]


def noted_files(out: Path) -> list[str]:
    found = (path for path in out.rglob("*2031-04-*") if path.is_file())
    return sorted({path.name.split(".")[0] for path in found})


def test_a_failed_day_that_falls_out_of_keep_is_retired_and_the_last_good_page_never_is(
    press: Press, write_notebook: Callable[..., Path]
) -> None:
    entry = '[[briefing]]\nnotebook = "tiny"\nkeep = 2\nas_of = ["2031-04-{0:02}"]\n'
    bad = lambda: write_notebook("1 / 0", parameters=WHO)  # noqa: E731
    good = lambda: write_notebook(QUOTED, SHOWN, parameters=WHO)  # noqa: E731
    kept = []
    for day, write in ((1, bad), (2, good), (3, bad), (4, bad), (5, bad), (6, good), (7, good)):
        write()
        press.build(entry.format(day))
        kept.append([int(name[-2:]) for name in noted_files(press.out)])
    assert kept == [[1], [1, 2], [2, 3], [2, 3, 4], [2, 4, 5], [2, 5, 6], [6, 7]]
