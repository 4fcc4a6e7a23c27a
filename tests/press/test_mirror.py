"""Pages sent to where they are read: a folder, fsspec's memory, a real S3 server on this machine."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import boto3
import fsspec
import pytest
from click.testing import CliRunner
from fsspec.implementations.memory import MemoryFileSystem
from moto.server import ThreadedMotoServer

from briefing.cli.main import main
from briefing.editions.fingerprint import digest_bytes
from briefing.errors import BusyError, PublishError, UsageError
from briefing.press.mirror import LISTED, list_sent, open_target, send_pages
from briefing.press.publish import hold_lock, note_around, publish_page, remove_page, write_file

PAGES = {"tiny/a.html": b"A", "tiny/b.html": b"B"}


def finish(out: Path, index: bytes) -> None:
    """Write a front page, and note that it stands around the pages."""
    write_file(out / "index.html", index)
    note_around(out, {"index.html": digest_bytes(index)})


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with two pages and an index."""
    for address, page in PAGES.items():
        publish_page(tmp_path / "reports", address, page, {})
    finish(tmp_path / "reports", b"index")
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
    assert str(send_pages(out, open_target(url, out=out))) == "3 sent, 0 there already"
    assert [name for name in writes.names if name != LISTED][2:] == ["index.html"]
    assert {name: page for name, page in there(url).items() if name in PAGES} == PAGES


def test_only_what_changed_is_sent(out: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    send_pages(out, open_target(url, out=out))
    publish_page(out, "tiny/b.html", b"B2", {})
    writes = Writes(monkeypatch)
    assert str(send_pages(out, open_target(url, out=out))) == "1 sent, 2 there already"
    assert writes.names == [LISTED, "tiny/b.html", LISTED]
    writes.names.clear()
    assert send_pages(out, open_target(url, out=out)).sent == 0 and writes.names == []


def test_what_was_taken_away_at_the_target_is_sent_again(out: Path, url: str) -> None:
    send_pages(out, open_target(url, out=out))
    MemoryFileSystem().rm_file(url + "/tiny/a.html")
    assert send_pages(out, open_target(url, out=out)).sent == 1
    assert there(url)["tiny/a.html"] == b"A"


@pytest.mark.parametrize("refused", ["b.html", "index.html"])
def test_a_target_that_fails_leaves_no_dangling_link_and_the_next_call_completes_it(
    out: Path, url: str, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    writes = Writes(monkeypatch, refuse=refused)
    with pytest.raises(PublishError, match=f"^{url}: the bucket is full; .* build again"):
        send_pages(out, open_target(url, out=out))
    assert "index.html" not in there(url)
    writes.refuse = "nothing"
    assert send_pages(out, open_target(url, out=out)).sent >= 1
    assert there(url).keys() == {*PAGES, "index.html", LISTED}


def test_a_page_sent_half_way_and_then_taken_back_is_sent_again(
    out: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send_pages(out, open_target(url, out=out))
    writes = Writes(monkeypatch, refuse="index.html")
    publish_page(out, "tiny/a.html", b"X", {})
    finish(out, b"other")
    with pytest.raises(PublishError):
        send_pages(out, open_target(url, out=out))
    writes.refuse = "nothing"
    publish_page(out, "tiny/a.html", b"A", {})
    send_pages(out, open_target(url, out=out))
    assert there(url)["tiny/a.html"] == b"A"


@pytest.mark.parametrize("damaged", [b'{"files": ', b"[]", b'{"files": 3}'])
def test_a_damaged_note_at_the_target_is_as_if_it_never_was(out: Path, url: str, damaged: bytes) -> None:
    MemoryFileSystem().pipe_file(f"{url}/{LISTED}", damaged)
    assert send_pages(out, open_target(url, out=out)).sent == 3


STRANGERS = (
    "secrets.json", "sources-secret.csv", "draft.html", "sub/notes.txt", "tiny/c.failed.html", "tiny/.d.html.1.part",
    ".press/page.html", "tiny/key.pem", "tiny/a.html.bak", "feed.svg",
)  # fmt: skip


def test_nothing_is_sent_that_no_manifest_lists(out: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("secret")
    (out / "tiny" / "link.html").symlink_to(tmp_path / "secret.html")
    (out / "away").symlink_to(tmp_path)
    for name in STRANGERS:
        write_file(out / name, b"no")
    assert list(list_sent(out)) == ["tiny/a.html", "tiny/b.html", "index.html"]


def swap(page: Path) -> None:
    page.write_bytes(b"X")


def link_away(page: Path) -> None:
    page.rename(page.parent.parent.parent / "elsewhere")
    page.symlink_to(page.parent.parent.parent / "elsewhere")


@pytest.mark.parametrize("harm", [swap, link_away])
def test_a_page_that_was_changed_since_it_was_built_is_not_sent(
    out: Path, url: str, harm: Callable[[Path], None]
) -> None:
    harm(out / "tiny" / "a.html")
    with pytest.raises(PublishError, match=r"a\.html: was changed since it was built"):
        send_pages(out, open_target(url, out=out))
    assert there(url) == {}


def test_what_was_retired_here_is_deleted_there_only_where_that_is_asked_for(out: Path, url: str) -> None:
    MemoryFileSystem().pipe_file(url + "/theirs.html", b"theirs")
    send_pages(out, open_target(url, out=out))
    remove_page(out, "tiny/a.html")
    assert str(send_pages(out, open_target(url, out=out))) == "0 sent, 2 there already"
    assert {"theirs.html", "tiny/a.html"} <= there(url).keys()
    assert str(send_pages(out, open_target(url, out=out), delete=True)) == "0 sent, 2 there already, 1 deleted"
    assert there(url).keys() == {"theirs.html", "tiny/b.html", "index.html", LISTED}
    assert str(send_pages(out, open_target(url, out=out), delete=True)) == "0 sent, 2 there already"


@pytest.mark.parametrize("name", ["../theirs.html", "/theirs.html"])
def test_a_note_at_the_target_that_names_others_files_deletes_none_of_them(
    out: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "theirs.html").write_bytes(b"theirs")
    write_file(tmp_path / "site" / LISTED, json.dumps({"files": {name: "0" * 64}}).encode())
    with pytest.raises(PublishError, match="leads out of"):
        send_pages(out, open_target(str(tmp_path / "site"), out=out), delete=True)
    assert (tmp_path / "theirs.html").read_bytes() == b"theirs"


@pytest.mark.parametrize("harmed", ["a.html", "index.html", LISTED])
def test_other_bytes_that_arrive_are_told_and_sent_again(
    out: Path, url: str, monkeypatch: pytest.MonkeyPatch, harmed: str
) -> None:
    write = MemoryFileSystem.pipe_file

    def garble(store: Any, path: str, value: bytes, **options: Any) -> None:
        write(store, path, value[:-1] + b"?" if path.endswith(harmed) else value, **options)

    with monkeypatch.context() as patched:
        patched.setattr(MemoryFileSystem, "pipe_file", garble)
        with pytest.raises(PublishError, match=f"{harmed}: other bytes arrived"):
            send_pages(out, open_target(url, out=out))
    send_pages(out, open_target(url, out=out))
    assert {name: page for name, page in there(url).items() if name in PAGES} == PAGES


@pytest.mark.parametrize("name", ["../a.html", "/etc/a.html", "a/../../b.html"])
def test_no_name_leads_out_of_the_target(tmp_path: Path, name: str) -> None:
    target = open_target(str(tmp_path / "site"), out=tmp_path / "reports")
    with pytest.raises(PublishError, match="leads out of"):
        target.write(name, b"x")


def test_a_folder_is_a_target_and_is_written_whole(out: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert send_pages(out, open_target(f"file://{site}", out=out)).sent == 3
    found = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_file()}
    assert found == {*PAGES, "index.html", LISTED}
    assert send_pages(out, open_target(str(site), out=out)).sent == 0


def test_a_build_at_work_is_waited_for_by_nobody(out: Path, url: str) -> None:
    with hold_lock(out), pytest.raises(BusyError):
        send_pages(out, open_target(url, out=out))


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("s3://key:secret@bucket/x", "holds a name or password"),
        ("simplecache::s3://key:secret@bucket/x", "holds a name or password"),
        ("s3://key:secret@bucket/x::file:///tmp/x", "holds a name or password"),
        ("https://host/x?sig=secret", "or a query"),
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


@pytest.mark.parametrize(
    "said",
    [
        "denied: open-sesame",
        "no answer from http://me:open-sesame@127.0.0.1/",
        "GET https://store/b?X-Amz-Credential=AK&sig=open-sesame failed",
        "key AKIA-OPEN is unknown",
    ],
)
def test_no_credential_is_told_whatever_a_store_says(
    out: Path, url: str, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "open-sesame")
    monkeypatch.setitem(fsspec.config.conf, "s3", {"client_kwargs": {"aws_access_key_id": "AKIA-OPEN"}})

    def refuse(store: Any, path: str, value: bytes, **options: Any) -> None:
        raise OSError(said)

    monkeypatch.setattr(MemoryFileSystem, "pipe_file", refuse)
    with pytest.raises(PublishError) as told:
        send_pages(out, open_target(url, out=out))
    assert "open-sesame" not in str(told.value) and "AKIA-OPEN" not in str(told.value) and "***" in str(told.value)


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
    assert send_pages(out, target).sent == 3
    assert bucket.Object("site/tiny/a.html").get()["CacheControl"] == "no-cache"
    page = bucket.Object("site/tiny/a.html").get()
    assert (page["Body"].read(), page["ContentType"]) == (b"A", "text/html; charset=utf-8")
    assert send_pages(out, open_target(f"s3://{bucket.name}/site", out=out)).sent == 0
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
    assert good.exit_code == 0 and json.loads(good.stdout)["editions"][0]["status"] == "unchanged"
    assert f"s3://{bucket.name}: 11 sent, 0 there already" in good.stderr
    around = {"tiny/latest.html", "archive.json", "index.html", LISTED, "search.html", "corrections.html"}
    around |= {"corrections.json", "feed.xml", "feed.json", "tiny/feed.xml", "tiny/feed.json"}
    assert {found.key for found in bucket.objects.all()} == {"tiny/2031-04-12.html", *around}
