"""Who hears of what, as the catalog says it: what is wrong is told with its cure, and no secret with it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.editions.catalog import read_catalog, read_whole_catalog
from briefing.editions.recipients import AppriseService, MailServer, Recipient, Webhook, make_recipients
from briefing.errors import UsageError

SERVER = 'host = "mail.example", from = "Desk <desk@example.org>", to = ["a@example.org", "b@example.org"]'
HEARS = '[[notify]]\nevents = ["failed"]\n'


def read(text: str) -> tuple[Recipient, ...]:
    return make_recipients(tomllib.loads(text)["notify"], place="briefings.toml", briefings=["mules", "hay"])


def test_an_entry_says_of_what_and_how_somebody_hears() -> None:
    (told,) = read(f'[[notify]]\nname = "readers"\nevents = ["published"]\nbriefings = ["hay"]\nsmtp = {{ {SERVER} }}')
    way = MailServer("mail.example", 587, "Desk <desk@example.org>", ("a@example.org", "b@example.org"))
    assert told == Recipient("readers", ("published",), way, ("hay",))
    assert told.hears("published", "hay") and not told.hears("published", "mules") and not told.hears("failed", "hay")


def test_a_webhook_and_a_service_have_their_addresses_from_the_environment() -> None:
    (hook, service) = read(
        f'{HEARS}webhook = {{ url_from = "HOOK", secret_from = "KEY" }}\n{HEARS}apprise.url_from = "A"'
    )
    assert (hook.way, service.way) == (Webhook(url_from="HOOK", secret_from="KEY"), AppriseService("A"))
    assert (hook.name, service.name) == ("notify 1", "notify 2")


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("implicit", 465), ("none", 25)])
def test_a_mail_server_has_the_port_of_how_it_is_asked(tls: str, port: int) -> None:
    (told,) = read(f'{HEARS}smtp = {{ {SERVER}, tls = "{tls}" }}')
    assert isinstance(told.way, MailServer) and told.way.port == port


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("notify = 3", "notify is no list"),
        ("[[notify]]\nwebhook.url = 'https://a.example/'", "events: lists nothing"),
        ("[[notify]]\nevents = ['publisht']\nwebhook.url = 'https://a.example/'", 'Did you mean "published"'),
        (f"{HEARS}briefings = ['mule']\nwebhook.url = 'https://a.example/'", 'Did you mean "mules"'),
        (HEARS, "exactly one of smtp, webhook and apprise"),
        (f"{HEARS}apprise.url_from = 'A'\nwebhook.url_from = 'B'", "exactly one of"),
        (f"{HEARS}evnts = ['failed']\napprise.url_from = 'A'", '"evnts": is no key'),
        (f"{HEARS}webhook = 'https://a.example/'", "is no table"),
        (f"{HEARS}webhook.url = 'http://a.example/'", "begins with neither https"),
        (f"{HEARS}webhook.url = 'https://a.example/ä'", "letters that an address writes in another way"),
        (f"{HEARS}webhook = {{}}", "has both url and url_from, or neither"),
        (f"{HEARS}smtp = {{ host = 'me:word@a', from = 'a@b.c', to = ['a@b.c'] }}", "host: is no name of a machine"),
        (f"{HEARS}smtp = {{ {SERVER}, port = 70000 }}", "port is from 1 to 65535"),
        (f"{HEARS}smtp = {{ {SERVER}, tls = 'ssl' }}", "starttls, implicit, none"),
        (f"{HEARS}smtp = {{ {SERVER}, tls = ['none'] }}", "starttls, implicit, none"),
        (f"{HEARS}smtp = {{ {SERVER}, user = 'me' }}", "one of user and password_from is missing"),
        (f"{HEARS}smtp = {{ {SERVER}, user = 'me', password_from = 'P', tls = 'none' }}", "nobody can read along"),
        (f"{HEARS}smtp = {{ host = 'a', from = 'desk', to = ['a@b.c'] }}", "from: is no address"),
        (f"{HEARS}smtp = {{ host = 'a', from = 'a@b.c', to = ['a@b.c\\r\\nBcc: x@y.z'] }}", "to: is no list of"),
        (f"{HEARS}apprise.url_from = 'A'\nname = 'x'\n{HEARS}apprise.url_from = 'B'\nname = 'x'", 'two are named "x"'),
    ],
)  # fmt: skip
def test_what_no_entry_can_say_is_a_usage_error(entry: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as told:
        read(entry.replace("'", '"'))
    assert str(told.value).startswith("briefings.toml: notify")


@pytest.mark.parametrize(
    "entry",
    [
        f'smtp = {{ {SERVER}, user = "me", password = "open-sesame" }}',
        f'smtp = {{ {SERVER}, user = "me", password_from = "open-sesame" }}',
        'webhook.url = "https://me:open-sesame@a.example/"',
        'webhook.url = "https://a.example/x?token=open-sesame"',
        'webhook.url = "https://hooks.a.example/T01/open-sesame-4f5e6d7c8b9a"',
        'webhook = { url_from = "HOOK", secret = "open-sesame" }',
        'webhook.url_from = "https://a.example/open-sesame"',
        'apprise.url = "slack://open-sesame/b/c"',
        'apprise.url_from = "slack://open-sesame/b/c"',
    ],
)
def test_a_secret_in_the_catalog_is_refused_with_the_cure_and_not_shown(entry: str) -> None:
    with pytest.raises(UsageError) as told:
        read(HEARS + entry)
    assert "open-sesame" not in str(told.value) and "environment" in str(told.value)


def test_a_catalog_has_entries_beside_its_briefings(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook().parent / "briefings.toml"
    path.write_text(f'[[briefing]]\nnotebook = "tiny"\n{HEARS}apprise.url_from = "A"', encoding="utf-8")
    briefings, recipients = read_whole_catalog(path)
    assert briefings == read_catalog(path) and [told.name for told in recipients] == ["notify 1"]
