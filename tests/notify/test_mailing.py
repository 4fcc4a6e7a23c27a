"""Notices by mail, to a real server: the mail edition where one is published, a list where more happened."""

from __future__ import annotations

import socket
import threading
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from archives import publish
from postbox import make_certificate, open_postbox
from services import find_closed_port

from briefing.archive.write import write_archive
from briefing.editions.recipients import Event, MailServer, Recipient
from briefing.notify.ledger import begin_ledger
from briefing.notify.telling import Dispatch, list_warnings, send_tests, tell_news

DAY, NEXT = "1933-11-17", "1933-12-17"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with one edition."""
    publish(tmp_path / "reports", DAY)
    write_archive(tmp_path / "reports")
    return tmp_path / "reports"


def readers(port: int, *to: str, events: tuple[Event, ...] = ("published",), **cells: Any) -> Recipient:
    told: dict[str, Any] = {"tls": "none", **cells}
    name = told.pop("name", "readers")
    server = MailServer("127.0.0.1", port, "Desk <desk@example.org>", to or ("a@example.org",), **told)
    return Recipient(name, events, server)


def tell(out: Path, *recipients: Recipient, days: tuple[str, ...] = (NEXT,)) -> tuple[Dispatch, ...]:
    begin_ledger(out, recipients)
    for day in days:
        publish(out, day)
    return tell_news(out, recipients, archive=write_archive(out), flaw="")


def text_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_readers_are_sent_the_mail_edition_where_one_is_published(out: Path) -> None:
    with open_postbox() as box:
        (delivery,) = tell(out, readers(box.port))
    (message,) = box.messages
    assert delivery.answer.is_taken and message["Subject"] == "How many mules? (17 December 1933)"
    (page,) = message.iter_attachments()
    assert page.get_payload(decode=True) == (out / f"mules/{NEXT}.html").read_bytes()
    assert (message["From"], message["To"], message["X-Unsent"]) == ("Desk <desk@example.org>", "a@example.org", None)
    assert message["Auto-Submitted"] == "auto-generated" and message["Message-ID"].endswith("@example.org>")


def test_where_more_is_published_readers_are_sent_one_list(out: Path) -> None:
    with open_postbox() as box:
        tell(out, readers(box.port), days=(NEXT, "1934-01-01"))
    (message,) = box.messages
    assert message["Subject"] == "2 briefings published" and not list(message.iter_attachments())
    assert "- How many mules? (17 December 1933)\n  The Ferrymen count 98 mules." in text_of(message).replace("\r", "")


def test_no_reader_learns_of_the_others(out: Path) -> None:
    with open_postbox() as box:
        tell(out, readers(box.port, "a@example.org", "other@example.org"))
    assert box.readers == [["a@example.org", "other@example.org"]]
    assert "other@example.org" not in box.messages[0].as_string()


def test_an_address_that_is_refused_is_told_and_the_others_are_not_sent_it_again(out: Path) -> None:
    with open_postbox(refused=["b@example.org"]) as box:
        told = readers(box.port, "a@example.org", "b@example.org")
        (delivery,) = tell(out, told)
        assert tell(out, told, days=()) == ()
    assert "takes no mail for 1 of 2 addresses; the others have it" in list_warnings([delivery])[0]
    assert box.readers == [["a@example.org"]]


def test_a_password_travels_encrypted_and_is_never_said(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    certificate, context = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with open_postbox(password="open-sesame", context=context) as box:
        told = readers(box.port, tls="starttls", user="press", password_from="MAIL")
        monkeypatch.setenv("MAIL", "open-sesame")
        (good,) = send_tests(out, [told])
        monkeypatch.setenv("MAIL", "close-sesame")
        (bad,) = send_tests(out, [told])
    assert (good.answer.flaw, bad.answer.flaw) == ("", "it refuses the login (535)")
    assert "sesame" not in "".join([*capfd.readouterr(), str(bad), *list_warnings([bad])])


def test_a_certificate_that_nobody_vouches_for_is_refused(out: Path, tmp_path: Path) -> None:
    _, context = make_certificate(tmp_path)
    with open_postbox(context=context) as box:
        (delivery,) = send_tests(out, [readers(box.port, tls="starttls")])
    assert delivery.answer.flaw == "its certificate is not one that this machine trusts" and not box.messages


def test_a_server_without_encryption_is_not_told_anything_that_was_to_travel_encrypted(out: Path) -> None:
    with open_postbox() as box:
        (delivery,) = send_tests(out, [readers(box.port, tls="starttls")])
    assert delivery.answer.flaw == "it offers not what tls, user or letters beyond ASCII in an address ask for"
    assert not box.messages


def test_a_server_that_hangs_up_is_said_to_do_so(out: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        hung = threading.Thread(target=lambda: taken.accept()[0].close())
        hung.start()
        (delivery,) = send_tests(out, [readers(taken.getsockname()[1])])
        hung.join()
    assert delivery.answer.flaw == "it hung up, or did not answer within 8 seconds"


def test_a_mail_that_a_server_took_is_not_sent_again_however_it_takes_leave(out: Path) -> None:
    with open_postbox(farewell="421 not now") as box:
        told = readers(box.port)
        (delivery,) = tell(out, told)
        assert tell(out, told, days=()) == ()
    assert delivery.answer.is_taken and not delivery.answer.flaw and len(box.messages) == 1


def test_a_dead_server_is_one_warning_for_all_whose_mail_it_takes(out: Path) -> None:
    port = find_closed_port()
    deliveries = tell(out, readers(port), readers(port, "c@example.org", name="others"))
    (warning,) = list_warnings(deliveries)
    assert warning.startswith(f"readers (127.0.0.1:{port}) and 1 more: it cannot be reached (Connection refused)")
