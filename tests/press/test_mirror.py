"""Pages sent to where they are read: a folder, fsspec's memory, a real S3 server on this machine."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from click.testing import CliRunner
from fsspec.implementations.memory import MemoryFileSystem
from moto.server import ThreadedMotoServer

from briefing.cli.main import main
from briefing.errors import BusyError, PublishError, UsageError
from briefing.press.mirror import LISTED, list_files, open_target, send
from briefing.press.publish import hold_lock, publish_page, write_file

PAGES = {"tiny/a.html": b"A", "tiny/b.html": b"B"}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with two pages, a feed and an index."""
    for address, page in PAGES.items():
        publish_page(tmp_path / "reports", address, page, {})
    write_file(tmp_path / "reports" / "feed.xml", b"<feed/>")
    write_file(tmp_path / "reports" / "index.html", b"index")
    return tmp_path / "reports"


@pytest.fixture
def url() -> str:
    """Give a place in fsspec's memory that no other test has."""
    return f"memory://{uuid.uuid4().hex}"


def there(url: str) -> dict[str, bytes]:
    place = "/" + url.removeprefix("memory://") + "/"
    return {name.removeprefix(place): file.getvalue() for name, file in MemoryFileSystem.store.items() if place in name}


class Writes:
    """The names of what fsspec's memory is told to write, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, refuse: str = "nothing") -> None:
        self.names: list[str] = []
        self.refuse = refuse
        write = MemoryFileSystem.pipe_file

        def note(store: Any, path: str, value: bytes, **options: Any) -> None:
            if path.endswith(self.refuse):
                raise OSError("the bucket is full")
            self.names.append("/".join(path.split("/")[2:]))
            write(store, path, value, **options)

        monkeypatch.setattr(MemoryFileSystem, "pipe_file", note)


def test_pages_go_first_and_the_index_last(out: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    writes = Writes(monkeypatch)
    assert str(send(out, open_target(url, out=out))) == "4 sent, 0 there already"
    assert [name for name in writes.names if name != LISTED][2:] == ["feed.xml", "index.html"]
    assert {name: page for name, page in there(url).items() if name in PAGES} == PAGES


def test_only_what_changed_is_sent(out: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send(out, open_target(url, out=out))
    publish_page(out, "tiny/b.html", b"B2", {})
    writes = Writes(monkeypatch)
    assert str(send(out, open_target(url, out=out))) == "1 sent, 3 there already"
    assert writes.names == [LISTED, "tiny/b.html", LISTED]
    writes.names.clear()
    assert send(out, open_target(url, out=out)).sent == 0 and writes.names == []


def test_what_was_taken_away_at_the_target_is_sent_again(out: Path, url: str) -> None:
    send(out, open_target(url, out=out))
    MemoryFileSystem().rm_file(url + "/tiny/a.html")
    assert send(out, open_target(url, out=out)).sent == 1
    assert there(url)["tiny/a.html"] == b"A"


def test_nothing_is_deleted_at_the_target(out: Path, url: str) -> None:
    MemoryFileSystem().pipe_file(url + "/theirs.html", b"theirs")
    send(out, open_target(url, out=out))
    (out / "tiny/a.html").unlink()
    send(out, open_target(url, out=out))
    assert {"theirs.html", "tiny/a.html"} <= there(url).keys()


@pytest.mark.parametrize("refused", ["b.html", "index.html", "feed.xml"])
def test_a_target_that_fails_leaves_no_dangling_link_and_the_next_call_completes_it(
    out: Path, url: str, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    writes = Writes(monkeypatch, refuse=refused)
    with pytest.raises(PublishError, match=f"^{url}: the bucket is full; .* build again"):
        send(out, open_target(url, out=out))
    assert "index.html" not in there(url)
    writes.refuse = "nothing"
    assert send(out, open_target(url, out=out)).sent >= 1
    assert there(url).keys() == {*PAGES, "feed.xml", "index.html", LISTED}


def test_a_page_sent_half_way_and_then_taken_back_is_sent_again(
    out: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(out, open_target(url, out=out))
    writes = Writes(monkeypatch, refuse="index.html")
    publish_page(out, "tiny/a.html", b"X", {})
    write_file(out / "index.html", b"other")
    with pytest.raises(PublishError):
        send(out, open_target(url, out=out))
    writes.refuse = "nothing"
    publish_page(out, "tiny/a.html", b"A", {})
    send(out, open_target(url, out=out))
    assert there(url)["tiny/a.html"] == b"A"


@pytest.mark.parametrize("damaged", [b'{"files": ', b"[]", b'{"files": 3}'])
def test_a_damaged_note_at_the_target_is_as_if_it_never_was(out: Path, url: str, damaged: bytes) -> None:
    MemoryFileSystem().pipe_file(f"{url}/{LISTED}", damaged)
    assert send(out, open_target(url, out=out)).sent == 4


def test_failed_pages_hidden_files_and_links_out_stay_at_home(out: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    (out / "tiny" / "link.html").symlink_to(tmp_path / "secret.html")
    (out / "away").symlink_to(tmp_path)
    for name in ("tiny/c.failed.html", "tiny/.d.html.1.part", ".press/page.html", "tiny/key.pem"):
        write_file(out / name, b"no")
    assert list(list_files(out)) == ["tiny/a.html", "tiny/b.html", "feed.xml", "index.html"]


@pytest.mark.parametrize("name", ["../a.html", "/etc/a.html", "a/../../b.html"])
def test_no_name_leads_out_of_the_target(tmp_path: Path, name: str) -> None:
    target = open_target(str(tmp_path / "site"), out=tmp_path / "reports")
    with pytest.raises(PublishError, match="leads out of"):
        target.write(name, b"x")


def test_a_folder_is_a_target_and_is_written_whole(out: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert send(out, open_target(f"file://{site}", out=out)).sent == 4
    found = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    assert found == {*PAGES, "feed.xml", "index.html", LISTED}
    assert send(out, open_target(str(site), out=out)).sent == 0


def test_a_build_at_work_is_waited_for_by_nobody(out: Path, url: str) -> None:
    with hold_lock(out), pytest.raises(BusyError):
        send(out, open_target(url, out=out))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("s3://key:secret@bucket/x", "holds a name or password"),
        ("nowhere://bucket", "nowhere.*fsspec knows"),
        ("gs://bucket", r"pip install"),
        ("reports/inside", "lies in the reports folder"),
    ],
)
def test_what_is_no_target_is_a_usage_error(
    out: Path, monkeypatch: pytest.MonkeyPatch, address: str, message: str
) -> None:
    monkeypatch.chdir(out.parent)
    with pytest.raises(UsageError, match=message) as told:
        open_target(address, out=out)
    assert "secret" not in str(told.value)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start an S3 server that listens on this machine alone."""
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    yield "http://{}:{}".format(*started.get_host_and_port())
    started.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give an empty bucket, and an environment that leads to it."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "unspoken",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    made = boto3.resource("s3", endpoint_url=server).Bucket(f"b-{uuid.uuid4().hex}")
    made.create()
    return made


def test_pages_in_s3_say_what_they_are_and_a_second_call_sends_nothing(out: Path, bucket: Any) -> None:
    target = open_target(f"s3://{bucket.name}/site", out=out)
    assert send(out, target).sent == 4
    page = bucket.Object("site/tiny/a.html").get()
    assert (page["Body"].read(), page["ContentType"]) == (b"A", "text/html; charset=utf-8")
    assert send(out, open_target(f"s3://{bucket.name}/site", out=out)).sent == 0
    assert {found.key.split("/")[0] for found in bucket.objects.all()} == {"site"}


@pytest.mark.long
def test_build_publishes_to_s3_and_a_bucket_that_is_not_there_exits_1(
    write_notebook: Callable[..., Path], tmp_path: Path, bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog = (
        write_notebook("from briefing.blocks.blocks import Prose\nProse(text=('Yes.',))").parent / "briefings.toml"
    )
    catalog.write_text('[[briefing]]\nnotebook = "tiny"')
    failed = CliRunner().invoke(main, ["build", "--publish", "s3://not-there/x"])
    assert failed.exit_code == 1 and "s3://not-there/x: " in failed.stderr and "unspoken" not in failed.output
    assert Path("reports/tiny/2031-04-12.html").is_file()
    good = CliRunner().invoke(main, ["build", "--json", "--publish", f"s3://{bucket.name}"])
    assert good.exit_code == 0 and json.loads(good.stdout)[0]["status"] == "unchanged"
    assert f"s3://{bucket.name}: 2 sent, 0 there already" in good.stderr
    assert {found.key for found in bucket.objects.all()} == {"tiny/2031-04-12.html", "index.html", LISTED}
