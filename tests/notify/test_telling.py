"""Who hears of what: each thing once, all of it at once, and nothing that was there before."""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from typing import Any

import freedonia as f
import pytest
from archives import front, publish
from services import Service, find_closed_port, serve

from briefing.archive.write import write_archive
from briefing.blocks.blocks import Corrections
from briefing.editions.recipients import AppriseService, Event, Recipient, Webhook
from briefing.errors import PublishError
from briefing.notify.hooks import SIGNATURE
from briefing.notify.ledger import begin_ledger
from briefing.notify.place import has_ledger
from briefing.notify.telling import Dispatch, list_warnings, send_tests, tell_news
from briefing.press.publish import failure_path, save_json

DAY, NEXT = "1933-11-17", "1933-12-17"
FAILED = "mules/1933-12-24"
MENDED = next(block for block in f.BLOCKS if isinstance(block, Corrections))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder with one edition."""
    publish(tmp_path, DAY)
    write_archive(tmp_path)
    return tmp_path


def hook(service: Service | str, *events: Event, name: str = "hook", **cells: Any) -> Recipient:
    url = service if isinstance(service, str) else service.url
    return Recipient(name, events or ("published",), Webhook(url=url), **cells)


def tell(out: Path, *recipients: Recipient, **cells: Any) -> tuple[Dispatch, ...]:
    """Tell recipients of what a build made, as that does it."""
    return tell_news(out, recipients, archive=write_archive(out), **{"flaw": "", **cells})


def fail(out: Path, *reasons: str, status: str = "failed") -> None:
    noted = {"briefing": "mules", "address": f"{FAILED}.html", "status": status, "parameters": {"as_of": "1933-12-24"}}
    save_json(failure_path(out, f"{FAILED}.html"), {**noted, "reasons": list(reasons)})


def heard(service: Service) -> list[list[str]]:
    """List what a service heard: of each message the events and what they are about."""
    told = [json.loads(message.body) for message in service.told]
    return [[f"{notice['event']} {notice['edition'] or notice['row']}" for notice in each["notices"]] for each in told]


def test_what_was_there_before_is_no_news(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service)])
        assert tell(out, hook(service)) == ()
    assert service.told == []


def test_an_edition_is_told_once_with_its_answer_and_what_changed(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service)])
        publish(out, NEXT, front("122 mules or more", day=NEXT))
        tell(out, hook(service))
        tell(out, hook(service))
    assert heard(service) == [[f"published mules/{NEXT}"]]
    (notice,) = json.loads(service.told[0].body)["notices"]
    assert notice["title"] == "How many mules? (17 December 1933)"
    assert notice["lines"][0] == "The Ferrymen count 122 mules or more."
    assert notice["lines"][1].startswith("Since 17 November 1933: one figure moved")


def test_an_edition_that_says_something_else_is_news_again(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service)])
        publish(out, DAY, front("122 mules or more", day=DAY))
        tell(out, hook(service))
    assert heard(service) == [[f"published mules/{DAY}"]]


@pytest.mark.long
def test_a_thousand_things_are_one_message(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service)])
        for month in range(1, 46):
            publish(out, f"{1934 + month // 12}-{month % 12 + 1:02}-01")
        tell(out, hook(service))
    (message,) = service.told
    told = json.loads(message.body)
    assert (len(told["notices"]), told["more"]) == (40, 5)
    assert told["text"].startswith("45 briefings published\n") and "and 5 more" in told["text"]


def test_maintainers_hear_of_failures_and_readers_of_editions(out: Path) -> None:
    with serve() as desk, serve() as readers:
        told = [hook(desk, "failed", "held", name="desk"), hook(readers, "published", name="readers")]
        begin_ledger(out, told)
        publish(out, NEXT)
        fail(out, "cell 3: ZeroDivisionError")
        tell(out, *told)
    assert (heard(desk), heard(readers)) == ([[f"failed {FAILED}"]], [[f"published mules/{NEXT}"]])
    assert "cell 3: ZeroDivisionError" in json.loads(desk.told[0].body)["text"]


def test_a_recipient_of_one_briefing_hears_of_no_other(out: Path) -> None:
    with serve() as service:
        told = hook(service, "published", briefings=("hay",))
        begin_ledger(out, [told])
        publish(out, NEXT)
        publish(out, NEXT, series="hay/wet")
        tell(out, told)
    assert heard(service) == [[f"published hay/wet/{NEXT}"]]


def test_the_same_failure_is_told_once_and_again_after_it_was_mended(out: Path) -> None:
    with serve() as service:
        told = hook(service, "failed", "held")
        begin_ledger(out, [told])
        for reasons in (["a"], ["a"], ["b"], [], ["b"]):
            fail(out, *reasons) if reasons else failure_path(out, f"{FAILED}.html").unlink()
            tell(out, told)
    assert heard(service) == [[f"failed {FAILED}"]] * 3


def test_an_edition_that_is_due_and_not_there_is_told_as_late(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service, "late")])
        expected = [{"address": f"mules/{NEXT}.html", "day": NEXT, "due": True}]
        save_json(out / ".press/archive/expected.json", {"order": ["mules"], "editions": expected})
        tell(out, hook(service, "late"))
        tell(out, hook(service, "late"))
    assert heard(service) == [[f"late mules/{NEXT}"]]


def test_a_correction_is_told_once_however_many_pages_show_it(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service, "corrected")])
        for day in (DAY, NEXT):
            publish(out, day, front(day=day), MENDED)
        tell(out, hook(service, "corrected"))
        publish(out, "1934-01-01", front(day="1934-01-01"), MENDED)
        tell(out, hook(service, "corrected"))
    rows = {f"corrected {told.row}" for told in MENDED.corrections}
    assert len(heard(service)) == 1 and {*heard(service)[0]} == rows


def test_a_build_that_failed_as_a_whole_is_told_once_until_one_does_not(out: Path) -> None:
    with serve() as service:
        begin_ledger(out, [hook(service, "failed")])
        for flaw in ("no room", "no room", None, "no room", "", "no room"):
            tell(out, hook(service, "failed"), flaw=flaw)
    texts = [json.loads(message.body)["text"] for message in service.told]
    assert len(texts) == 2 and texts[0].startswith("Failed: The whole build") and "no room" in texts[0]


def test_a_build_that_failed_is_told_although_nothing_can_be_noted_and_nothing_else_is(out: Path) -> None:
    with serve() as service:
        (out / ".press/archive/notices.json").mkdir()
        publish(out, NEXT)
        with pytest.raises(PublishError):
            tell(out, hook(service, "failed", "published"), flaw="no room")
    (message,) = service.told
    (notice,) = json.loads(message.body)["notices"]
    assert notice["event"] == "failed" and "no room" in notice["lines"]


def test_what_a_dead_service_was_to_be_told_waits_for_the_next_build(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Recipient("hook", ("published",), Webhook(url_from="HOOK"))
    monkeypatch.setenv("HOOK", f"http://127.0.0.1:{find_closed_port()}/open-sesame")
    begin_ledger(out, [told])
    publish(out, NEXT)
    (delivery,) = tell(out, told)
    assert "it cannot be reached" in delivery.answer.flaw and "sesame" not in f"{delivery}{list_warnings([delivery])}"
    with serve() as service:
        monkeypatch.setenv("HOOK", service.url)
        tell(out, told)
        tell(out, told)
    assert heard(service) == [[f"published mules/{NEXT}"]]


def test_one_dead_service_keeps_nothing_from_the_others(out: Path) -> None:
    with serve() as service:
        told = [hook(f"http://127.0.0.1:{find_closed_port()}/", name="dead"), hook(service, name="well")]
        begin_ledger(out, told)
        publish(out, NEXT)
        deliveries = tell(out, *told)
    assert [bool(delivery.answer.flaw) for delivery in deliveries] == [True, False] and len(service.told) == 1
    (warning,) = list_warnings(deliveries)
    assert warning.startswith("dead (127.0.0.1:") and "what it was to be told waits" in warning


def test_what_waits_and_is_no_longer_so_is_not_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Recipient("hook", ("failed",), Webhook(url_from="HOOK"))
    begin_ledger(out, [told])
    fail(out, "a")
    (delivery,) = tell(out, told)
    assert "url_from names a variable that the environment does not have" in delivery.answer.flaw
    failure_path(out, f"{FAILED}.html").unlink()
    assert tell(out, told) == ()


def test_a_webhook_is_signed_with_the_secret_that_is_shared(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", "open-sesame")
    with serve() as service:
        assert send_tests(out, [Recipient("hook", ("failed",), Webhook(service.url, secret_from="KEY"))])
    (told,) = service.told
    assert told.headers[SIGNATURE] == f"sha256={hmac.new(b'open-sesame', told.body.encode(), 'sha256').hexdigest()}"
    assert json.loads(told.body)["kind"] == "test" and "open-sesame" not in str(told)


def test_a_secret_that_is_no_text_is_a_flaw_of_its_own_entry_and_stays_unsaid(
    out: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KEY", "open-sesame\udcff")
    with serve() as service:
        signed = Recipient("signed", ("failed",), Webhook(service.url, secret_from="KEY"))
        (bad, good) = send_tests(out, [signed, hook(service)])
    assert bad.answer.flaw == "what it is told cannot be sent (UnicodeEncodeError)" and good.answer.is_taken
    assert "sesame" not in "".join([*capfd.readouterr(), str(bad)])


@pytest.mark.long
def test_a_service_that_apprise_knows_is_told_and_its_address_stays_unsaid(
    out: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    service_of = Recipient("chat", ("failed",), AppriseService("CHAT"))
    with caplog.at_level("DEBUG"), serve(200, 403) as service:
        monkeypatch.setenv("CHAT", f"{service.url.replace('http', 'json')}/open-sesame")
        (good,) = send_tests(out, [service_of])
        (bad,) = send_tests(out, [service_of])
    assert json.loads(service.told[0].body)["title"] == "A test of notices"
    assert (good.answer.flaw, bad.answer.flaw) == ("", "it did not take the notice (it answers 403)")
    assert "sesame" not in "".join([*capfd.readouterr(), caplog.text, str(bad)])


def test_who_takes_notify_away_has_the_ledger_go(out: Path) -> None:
    begin_ledger(out, [hook("http://localhost/")])
    assert has_ledger(out)
    begin_ledger(out, [])
    assert not has_ledger(out)
