"""What builds saw to stand is not read again, and whatever changed is noticed, however small and soon."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.archive.settled import digest_stamps, is_as_left, name_sources, noting_how_left, see_folder
from briefing.editions.catalog import list_editions, read_catalog
from briefing.press import stamps
from briefing.press.noting import begin_noting, note_standing
from briefing.press.plan import Step, plan_build
from briefing.press.publish import manifest_path, publish_page, run_path, save_json
from briefing.press.seen import read_seen
from briefing.press.stamps import is_older_than_a_tick
from briefing.press.whole import read_whole, write_whole

SECOND = 10**9
PAGE = b"<!DOCTYPE html><title>One</title>"


@pytest.fixture
def room(write_notebook: Callable[..., Path], small: Path, tmp_path: Path) -> Callable[[], tuple[Step, ...]]:
    """Publish an edition as a build does, without running it; give a function that plans a build of it."""
    notebook = write_notebook("1", parameters='as_of: "date" = "2031-04-12"')
    (notebook.parent / "briefings.toml").write_text('[[briefing]]\nnotebook = "tiny"\n', encoding="utf-8")
    out = tmp_path / "reports"

    def plan() -> tuple[Step, ...]:
        editions = list_editions(read_catalog(notebook.parent / "briefings.toml"), data=small)
        return plan_build(editions, out=out, data=small)

    (step,) = plan()
    made = {
        "run_inputs": dict(step.inputs.run),
        "page_inputs": dict(step.inputs.page),
        "reads": [["file", "", '"a"', ""]],
    }
    publish_page(out, step.edition.address, PAGE, made | {"rows": "other"}, run=b"run")
    return plan


def note(steps: tuple[Step, ...], out: Path, rows: str) -> None:
    note_standing(steps, out=out, rows=rows, begun=begin_noting(out))


def rows_of(small: Path) -> str:
    from briefing.editions.fingerprint import digest_folder

    return digest_folder(small)


def test_a_stamp_of_this_moment_is_not_relied_on() -> None:
    assert is_older_than_a_tick((9, 0, 10 * SECOND, 1), moment=13 * SECOND)
    assert not is_older_than_a_tick((9, 0, 12 * SECOND, 1), moment=13 * SECOND)
    assert not is_older_than_a_tick((), moment=13 * SECOND)


def test_of_a_page_made_a_moment_ago_only_its_reads_are_noted(
    room: Callable[[], tuple[Step, ...]], small: Path, tmp_path: Path
) -> None:
    note(room(), tmp_path / "reports", rows_of(small))
    (seen,) = read_seen(tmp_path / "reports").values()
    assert seen.stamps == () and seen.reads


@pytest.fixture
def settled(
    room: Callable[[], tuple[Step, ...]], small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], tuple[Step, ...]]:
    """Note the edition as if it had stood for long."""
    monkeypatch.setattr(stamps, "LONGEST_TICK", -60 * SECOND)
    note(room(), tmp_path / "reports", rows_of(small))
    (seen,) = read_seen(tmp_path / "reports").values()
    assert len(seen.stamps) == 3 and room()[0].seen == seen
    return room


@pytest.mark.parametrize("find", [lambda out, address: out / address, run_path, manifest_path])
def test_a_file_of_the_same_size_and_time_is_read_again(
    find: Callable[[Path, str], Path], settled: Callable[[], tuple[Step, ...]], tmp_path: Path
) -> None:
    path = find(tmp_path / "reports", settled()[0].edition.address)
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"n", b"m"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    (step,) = settled()
    expected = {"html": "render", "gz": "keep", "json": "run"}[path.name.rpartition(".")[2]]
    assert step.action == expected and step.seen not in read_seen(tmp_path / "reports").values()


@pytest.mark.parametrize("find", [lambda out, address: out / address, manifest_path])
def test_a_file_that_is_gone_is_missed(
    find: Callable[[Path, str], Path], settled: Callable[[], tuple[Step, ...]], tmp_path: Path
) -> None:
    find(tmp_path / "reports", settled()[0].edition.address).unlink()
    assert settled()[0].action != "keep"


def test_an_edition_that_failed_since_is_run_though_its_page_stands(
    settled: Callable[[], tuple[Step, ...]], tmp_path: Path
) -> None:
    from briefing.press.publish import failure_path

    save_json(failure_path(tmp_path / "reports", settled()[0].edition.address), {"status": "failed"})
    assert settled()[0].action == "run"


def test_an_edited_row_is_noticed_and_its_reads_are_compared(
    settled: Callable[[], tuple[Step, ...]], small: Path, tmp_path: Path
) -> None:
    (small / "a").write_text("new", encoding="utf-8")
    assert settled()[0].action == "keep"  # it is no table: the digest of the dossier is the same
    path = small / "quotes.csv"
    path.write_bytes(path.read_bytes().replace(b"nothing", b"anythin", 1))
    assert settled()[0].why == ("rows that it read changed: a",)


def test_around_the_pages_a_file_of_a_moment_ago_is_told_by_its_content_and_by_no_stamp(tmp_path: Path) -> None:
    sources = name_sources((), data=None)
    index = tmp_path / "index.html"
    index.write_bytes(b"<p>one</p>")
    with noting_how_left(tmp_path, briefings=(), data=None):
        pass
    assert is_as_left(tmp_path, made_from=sources)
    index.write_bytes(b"<p>two</p>")
    noted = tmp_path / ".press" / "settled.json"  # as if both changes had fallen within one tick
    write_whole(noted, read_whole(noted) | {"stamps": digest_stamps(see_folder(tmp_path).stamps)})
    assert not is_as_left(tmp_path, made_from=sources)


def test_what_somebody_else_wrote_meanwhile_is_not_taken_for_ours(tmp_path: Path) -> None:
    with noting_how_left(tmp_path, briefings=(), data=None):
        (tmp_path / "index.html").write_bytes(b"not ours")
    assert not is_as_left(tmp_path, made_from=name_sources((), data=None))


def test_what_is_gone_or_new_around_the_pages_is_noticed(tmp_path: Path) -> None:
    sources = name_sources((), data=None)
    (tmp_path / "index.html").write_bytes(b"ours")
    with noting_how_left(tmp_path, briefings=(), data=None):
        pass
    (tmp_path / "more.html").write_bytes(b"new")
    assert not is_as_left(tmp_path, made_from=sources)
    (tmp_path / "more.html").unlink()
    assert is_as_left(tmp_path, made_from=sources)
    (tmp_path / "index.html").unlink()
    assert not is_as_left(tmp_path, made_from=sources)
