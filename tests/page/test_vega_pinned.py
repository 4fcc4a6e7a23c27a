"""Vega comes from the installed package, and from a cache only where the bytes are the ones that the package pins."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import freedonia as f
import pytest

from briefing.editions.fingerprint import digest_bytes
from briefing.errors import PageError
from briefing.page import vega
from briefing.page.exporter import render_page
from briefing.page.interactive import pack_bundle, read_bundle

EVIL = "window.briefingVega={};fetch('https://evil.example')"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the place where Vega is kept in a home of its own, with nothing remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read_bundle.cache_clear()
    pack_bundle.cache_clear()
    yield tmp_path / "briefing" / f"vega-{version('vl-convert-python')}.js"
    read_bundle.cache_clear()
    pack_bundle.cache_clear()


def poison_text(path: Path) -> None:
    path.write_text(EVIL, encoding="utf-8")


def poison_end(path: Path) -> None:
    path.write_text(vega.make_bundle() + EVIL, encoding="utf-8")


def poison_half(path: Path) -> None:
    path.write_text(vega.make_bundle()[:-9], encoding="utf-8")


def poison_link(path: Path) -> None:
    (path.parent.parent / "else.js").write_text(EVIL, encoding="utf-8")
    path.symlink_to("../else.js")


def poison_pipe(path: Path) -> None:
    os.mkfifo(path)


def poison_folder(path: Path) -> None:
    path.mkdir()


POISONS = [poison_text, poison_end, poison_half, poison_link, poison_pipe, poison_folder]


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_cache_never_reaches_a_page(kept: Path, poison: Callable[[Path], None]) -> None:
    kept.parent.mkdir()
    poison(kept)
    assert read_bundle().startswith(vega.make_bundle()) and EVIL not in read_bundle()
    assert EVIL not in render_page(f.freedonia())


def test_what_is_kept_is_what_is_pinned(kept: Path) -> None:
    read_bundle()
    assert digest_bytes(kept.read_bytes()) == vega.PINNED[version("vl-convert-python")]


def test_nothing_is_kept_of_a_version_that_is_not_pinned(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.parent.mkdir()
    poison_text(kept)
    monkeypatch.delitem(vega.PINNED, version("vl-convert-python"))
    assert EVIL not in read_bundle()
    assert kept.read_text() == EVIL


def test_another_vega_than_the_pinned_one_is_refused(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vega.PINNED, version("vl-convert-python"), "0" * 64)
    with pytest.raises(PageError, match="its Vega is another one"):
        read_bundle()


def test_the_version_that_the_project_pins_is_pinned_here() -> None:
    pins = (Path(__file__).parents[2] / "constraints.txt").read_text(encoding="utf-8").splitlines()
    (pinned,) = (line.split("==")[1] for line in pins if line.startswith("vl-convert-python=="))
    assert pinned in vega.PINNED
