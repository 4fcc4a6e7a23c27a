"""Telling: each recipient hears at once of all that is news to it. A service that is dead delays nothing for long.

Each service is asked beside the others. Where one fails, all that goes there waits for the next build, and that is
said once.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from briefing.archive.standing import Archive, look_around
from briefing.editions.catalog import Briefing
from briefing.editions.recipients import MailServer, Recipient, Webhook
from briefing.editions.web import name_host
from briefing.errors import PublishError
from briefing.notify.hooks import post_parcel
from briefing.notify.ledger import NoticeLedger, hold_ledger, make_ledger, read_ledger, write_ledger
from briefing.notify.mailing import send_mail, write_mail
from briefing.notify.news import BUILD, NewsItem, find_news, list_standing, tell_flaw
from briefing.notify.parcels import Parcel, Reply, make_parcel, make_test_parcel
from briefing.notify.services import send_parcel

#: So many seconds all services together may take.
PATIENCE = 12.0


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What became of what a recipient was to be told."""

    recipient: Recipient
    notices: tuple[NewsItem, ...]
    answer: Reply

    def __str__(self) -> str:
        return f"{name_recipient(self.recipient)}: {self.answer.flaw or 'delivered'}"


def tell_news(
    out: Path,
    recipients: Sequence[Recipient],
    *,
    archive: Archive | None = None,
    briefings: Sequence[Briefing] = (),
    data: Path | None = None,
    flaw: str | None = None,
) -> tuple[Dispatch, ...]:
    """Tell recipients what is news to them, and what waits for them; give what became of it.

    `archive` is what a build has just made; without it the reports folder is looked at. `flaw` is why a whole build
    failed, empty where it did not, and ``None`` where none was made.

    Raises `PublishError` where the ledger cannot be written; why a whole build failed is told before that, since the
    disk may be full of which it tells. Raises `BusyError` where another tells for too long.
    """
    if not recipients:
        return ()
    with hold_ledger(out):
        archive = archive or look_around(out, briefings=briefings, data=data)
        ledger = note_news(archive, read_ledger(out) or make_ledger(archive), recipients, flaw=flaw)
        try:
            write_ledger(out, ledger)
        except PublishError:
            _deliver(archive, [(told, _keep_build(ledger.waiting[told.name])) for told in recipients])
            raise
        deliveries = _deliver(archive, [(told, ledger.waiting[told.name]) for told in recipients])
        done = {delivery.recipient.name for delivery in deliveries if delivery.answer.is_taken}
        waiting = {name: told for name, told in ledger.waiting.items() if name not in done}
        write_ledger(out, NoticeLedger(ledger.seen, waiting))
    return deliveries


def _keep_build(notices: Sequence[NewsItem]) -> tuple[NewsItem, ...]:
    return tuple(notice for notice in notices if notice.key == BUILD)


def note_news(
    archive: Archive, ledger: NoticeLedger, recipients: Sequence[Recipient], *, flaw: str | None = None
) -> NoticeLedger:
    """Note for each recipient what is news to it, beside what waits and is still so."""
    standing = list_standing(archive)
    if flaw is None:
        standing |= _find_failed_build(ledger)
    elif flaw:
        standing |= {BUILD: tell_flaw(flaw)}
    news, seen = find_news(standing, archive, ledger.seen)
    waiting = {}
    for recipient in recipients:
        old = ledger.waiting.get(recipient.name, ())
        kept = [notice if notice.event == "corrected" else standing.get(notice.key) for notice in old]
        told = {notice.key: notice for notice in (*kept, *news) if notice}
        heard = [notice for notice in told.values() if recipient.hears(notice.event, notice.briefing)]
        waiting[recipient.name] = tuple(heard)
    return NoticeLedger(seen, waiting)


def _find_failed_build(ledger: NoticeLedger) -> dict[str, NewsItem]:
    """Find that the last build failed as a whole, where it did: nobody knows better before the next one."""
    made = ledger.seen.get(BUILD)
    waiting = [notice for notices in ledger.waiting.values() for notice in notices if notice.key == BUILD]
    return {BUILD: waiting[0] if waiting else NewsItem("failed", "", made)} if made else {}


def send_tests(out: Path, recipients: Sequence[Recipient]) -> tuple[Dispatch, ...]:
    """Send each recipient a test, and give what became of it."""
    archive = look_around(out)
    return _deliver(archive, [(recipient, ()) for recipient in recipients], is_test=True)


def _deliver(
    archive: Archive, parcels: Sequence[tuple[Recipient, tuple[NewsItem, ...]]], *, is_test: bool = False
) -> tuple[Dispatch, ...]:
    """Deliver to each service beside the others, and wait for them no longer than is bearable."""
    to_send = [(recipient, notices) for recipient, notices in parcels if notices or is_test]
    services: dict[str, list[tuple[Recipient, tuple[NewsItem, ...], Callable[[], Reply]]]] = {}
    for recipient, notices in to_send:
        parcel = make_test_parcel(archive) if is_test else make_parcel(archive, notices)
        send = _prepare_whole(archive, recipient, parcel)
        services.setdefault(name_service(recipient), []).append((recipient, notices, send))
    answers: dict[str, Reply] = {}
    ends = time.monotonic() + PATIENCE
    threads = [
        threading.Thread(target=_serve, args=([(t.name, send) for t, _, send in queue], answers, ends), daemon=True)
        for queue in services.values()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    late = Reply("it did not answer in time")
    return tuple(Dispatch(told, notices, dict(answers).get(told.name, late)) for told, notices in to_send)


def _serve(queue: Sequence[tuple[str, Callable[[], Reply]]], answers: dict[str, Reply], ends: float) -> None:
    """Deliver all that goes to one service in turn; where it is dead, the rest is not even tried.

    Nothing is begun once nobody waits for it any longer: it would arrive, and again after the next build.
    """
    for at, (name, send) in enumerate(queue):
        if time.monotonic() > ends:
            return
        try:
            answers[name] = send()
        except Exception as error:  # a thread's own trace would say what the library was given
            answers[name] = _fail(error)
        if answers[name].is_dead:
            answers.update({skipped: answers[name] for skipped, _ in queue[at:]})
            return


def _fail(error: Exception) -> Reply:
    """Say that something went wrong in words that hold nothing of it: an error may say what is a secret."""
    return Reply(f"what it is told cannot be sent ({type(error).__name__})")


def _prepare_whole(archive: Archive, recipient: Recipient, parcel: Parcel) -> Callable[[], Reply]:
    """Prepare what is sent; where that goes wrong, the others are told all the same."""
    try:
        return _prepare(archive, recipient, parcel)
    except Exception as error:  # which is to cost neither the others their notices nor the build its exit code
        return partial(_fail, error)


def _prepare(archive: Archive, recipient: Recipient, parcel: Parcel) -> Callable[[], Reply]:
    """Prepare what is sent, with the secrets of the environment; where one is missing, that is what is said."""
    way = recipient.way
    missing = [name for name in ("url_from", "password_from", "secret_from") if _is_missing(getattr(way, name, ""))]
    if missing:
        return lambda: Reply(f"{missing[0]} names a variable that the environment does not have")
    if isinstance(way, MailServer):
        return partial(send_mail, write_mail(archive, parcel, way), way, os.environ.get(way.password_from, ""))
    if isinstance(way, Webhook):
        url = way.url or os.environ[way.url_from]
        return partial(post_parcel, url.strip(), parcel, os.environ.get(way.secret_from, ""))
    return partial(send_parcel, os.environ[way.url_from].strip(), parcel)


def _is_missing(variable: str) -> bool:
    return bool(variable) and not os.environ.get(variable)


def name_service(recipient: Recipient) -> str:
    """Name the service behind a recipient: a mail server that is dead for one is dead for all whose mail it takes."""
    way = recipient.way
    return f"{way.host}:{way.port}" if isinstance(way, MailServer) else recipient.name


def name_recipient(recipient: Recipient) -> str:
    """Name a recipient as messages do: by its entry, and by its way, of which nothing is a secret."""
    way = recipient.way
    if isinstance(way, MailServer):
        return f"{recipient.name} ({way.host}:{way.port})"
    if isinstance(way, Webhook) and way.url:
        return f"{recipient.name} ({name_host(way.url)})"
    return f"{recipient.name} ({'webhook' if isinstance(way, Webhook) else 'apprise'})"


def list_warnings(deliveries: Sequence[Dispatch]) -> list[str]:
    """List what was not delivered, a line a service."""
    groups: dict[tuple[str, str], list[Dispatch]] = {}
    for delivery in deliveries:
        if delivery.answer.flaw:
            groups.setdefault((name_service(delivery.recipient), delivery.answer.flaw), []).append(delivery)
    return [_warn(*group) for group in groups.values()]


def _warn(first: Dispatch, *others: Dispatch) -> str:
    told = f"{name_recipient(first.recipient)}{f' and {len(others)} more' if others else ''}: {first.answer.flaw}"
    if first.answer.is_taken:
        return f"{told}; the others have it. Correct to in the catalog."
    return f"{told}; what it was to be told waits. The next build tries again: briefing notify --test tries now."
