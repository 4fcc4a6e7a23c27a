"""Posting: what is told arrives, or it is said in seconds why not; the address is never said."""

from __future__ import annotations

import re
import socket
import subprocess
import sys

import pytest
from services import find_closed_port, serve

from briefing.editions.web import find_flaw_of_address, name_host
from briefing.press.posting import post, start_post

SECRET = "open-sesame"


def test_what_is_posted_arrives_with_its_headers() -> None:
    with serve() as service:
        assert post(f"{service.url}/{SECRET}", "два".encode(), headers={"X-Kind": "held"}) == ""
    (told,) = service.told
    assert (told.path, told.body, told.headers["X-Kind"]) == (f"/{SECRET}", "два", "held")


def test_a_service_that_is_not_well_for_a_moment_is_asked_again() -> None:
    with serve(503, 200) as service:
        assert post(service.url) == "" and len(service.told) == 2


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_service_that_refuses_is_not_asked_again(status: int) -> None:
    with serve(status) as service:
        assert post(f"{service.url}/{SECRET}").startswith(f"it answers {status} ") and len(service.told) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with serve() as other, serve(status, headers={"Location": f"{other.url}/elsewhere"}) as service:
        assert f"it answers {status}, which leads elsewhere" in post(f"{service.url}/{SECRET}", b"x")
    assert other.told == []


def test_where_nobody_listens_it_is_said_why_and_not_where() -> None:
    said = post(f"http://127.0.0.1:{find_closed_port()}/{SECRET}", timeout=1)
    assert said == "it cannot be reached (Connection refused)"


def test_a_service_that_never_answers_is_given_up() -> None:
    with serve(seconds=5) as service:
        assert post(f"{service.url}/{SECRET}", timeout=0.2, tries=1) == "it did not answer within 0.2 seconds"


def test_a_service_that_says_a_letter_at_a_time_is_given_up_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wait = start_post(f"http://127.0.0.1:{server.getsockname()[1]}/{SECRET}")
        with server.accept()[0] as line:
            line.sendall(b"HTTP/1.1 2")
            assert wait(0.2) == "it did not answer in time"


def test_what_answers_and_is_no_web_service_is_told_without_what_it_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wait = start_post(f"http://127.0.0.1:{server.getsockname()[1]}/{SECRET}", tries=1)
        with server.accept()[0] as line:
            line.recv(1000)
            line.sendall(b"\x1b[2J220 mail.example ESMTP\r\n\r\n")
        assert wait(5) == "it does not answer as a web service does (BadStatusLine)"


def test_a_post_that_follows_another_arrives_after_it() -> None:
    with serve(seconds=0.1) as service:
        first = start_post(f"{service.url}/start")
        assert start_post(f"{service.url}/end", after=first)(10) == ""
    assert service.paths == ["/start", "/end"]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"http://hc.example/{SECRET}", "neither https"),
        (f"ftp://hc.example/{SECRET}", "neither https"),
        (f"file:///{SECRET}", "neither https"),
        (f"http://localhost.evil.example/{SECRET}", "neither https"),
        (f"https:///{SECRET}", "no host"),
        (f"https://me:{SECRET}@hc.example/", "name or password"),
        (f"https://hc.example/{SECRET}\nHost: x", "spaces, or letters"),
        (f"https://hc.example/{SECRET}/ü", "spaces, or letters"),
        (f"https://[{SECRET}/", "no address"),
        (f"https://hc.example:{SECRET}/", "no address"),
        (SECRET, "neither https"),
        ("", "neither https"),
    ],
)
def test_an_address_that_is_not_asked_is_said_to_be_none_in_words_that_do_not_hold_it(url: str, words: str) -> None:
    said = find_flaw_of_address(url)
    assert words in said and SECRET not in said and post(url) == said and SECRET not in name_host(url)


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{find_closed_port()}")
    with serve() as service:
        assert post(service.url) == ""


def test_a_program_ends_although_a_post_is_on_its_way() -> None:
    with serve(seconds=60) as service:
        code = f"from briefing.press.posting import start_post; start_post({service.url!r}, timeout=60)(0.1)"
        subprocess.run([sys.executable, "-c", code], timeout=30, check=True)
    assert re.fullmatch(r"127\.0\.0\.1:\d+", name_host(service.url))
