"""What a build tells whom, through the real command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from faults import GOOD, call, lay_out, write_catalog, write_cells
from postbox import open_postbox
from services import find_closed_port, serve

pytestmark = pytest.mark.long

BRIEFING = '[[briefing]]\nnotebook = "tiny"\nwho = ["minister"]\n'


def hears(*events: str, way: str) -> str:
    return f"[[notify]]\nevents = {json.dumps(list(events))}\n{way}\n"


def mail(port: int, to: str = "a@example.org") -> str:
    return f'smtp = {{ host = "127.0.0.1", port = {port}, tls = "none", from = "desk@example.org", to = "{to}" }}'


def test_a_build_mails_its_edition_and_posts_its_failure_once_and_a_dead_service_fails_it_not(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    with serve() as service, open_postbox() as box:
        dead = hears("published", way=f'webhook.url = "http://127.0.0.1:{find_closed_port()}/"')
        well = hears("published", way=mail(box.port)) + hears("failed", way=f'webhook.url = "{service.url}"')
        write_catalog(root, BRIEFING + dead + well)
        first, again = call(root, "build"), call(root, "build")
        write_cells(root, *GOOD, "1 / 0")
        failed = call(root, "build")
    assert (first.returncode, again.returncode, failed.returncode) == (0, 0, 1)
    assert first.stderr.count("warning: notify 1 (127.0.0.1:") == again.stderr.count("warning: notify 1 ") == 1
    assert len(box.messages) == 1 and len(list(box.messages[0].iter_attachments())) == 1
    assert len(service.told) == 1 and "ZeroDivisionError" in service.told[0].body


def test_a_build_that_the_dossier_stops_is_told_to_its_maintainers(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    path = root / "data" / "transfers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("harbour-log", "nowhere"), encoding="utf-8")
    with serve() as service:
        write_catalog(root, BRIEFING + hears("failed", way=f'webhook.url = "{service.url}"'))
        done = call(root, "build")
    assert done.returncode == 3 and len(service.told) == 1
    assert "transfers.csv:2" in json.loads(service.told[0].body)["notices"][0]["lines"][0]


def test_a_test_says_who_is_reached_and_who_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = lay_out(tmp_path)
    monkeypatch.setenv("HOOK", f"http://127.0.0.1:{find_closed_port()}/open-sesame")
    with open_postbox() as box:
        write_catalog(
            root, BRIEFING + hears("failed", way=mail(box.port)) + hears("late", way='webhook.url_from = "HOOK"')
        )
        done = call(root, "--debug", "notify", "--test")
    assert done.returncode == 1 and done.stdout == f"notify 1 (127.0.0.1:{box.port}): delivered\n"
    assert done.stderr.startswith("notify 2 (webhook): it cannot be reached") and "sesame" not in done.stderr
    assert [message["Subject"] for message in box.messages] == ["A test of notices"]


def test_without_anybody_to_tell_the_command_says_so(tmp_path: Path) -> None:
    done = call(lay_out(tmp_path), "notify")
    assert done.returncode == 2 and "the catalog has no [[notify]]" in done.stderr
