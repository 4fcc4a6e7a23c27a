"""The mail edition: what a mail program makes of it, and what it refuses to say."""

from __future__ import annotations

import base64
import re
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import freedonia as f
import pytest
from archives import front, publish
from click.testing import CliRunner, Result
from hostile import STRINGS
from playwright.sync_api import Page

from briefing.archive.mail.letter import MOST_ATTACHED, Letter
from briefing.archive.mail.message import make_message
from briefing.archive.records import Record
from briefing.archive.write import write_archive
from briefing.blocks.blocks import Chart, Headline, Odds, Prose
from briefing.cli.main import main
from briefing.editions.catalog import Briefing
from briefing.press.publish import failure_path, run_path, save_json

DAY = "1933-11-17"
CHART = next(block for block in f.BLOCKS if isinstance(block, Chart))
HEADLINE = next(block for block in f.BLOCKS if isinstance(block, Headline))
ODDS = Odds(term="unlikely", low=20, high=45, range="20–45 %")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a reports folder with one edition that has all that a front has."""
    out = tmp_path_factory.mktemp("mail") / "reports"
    cells: dict[str, Any] = {"odds": ODDS, "scale_title": "Scale", "assurance": "Our confidence is low.", "instead": ()}
    cells |= {"standfirst": ("They lent ", f.one("98 mules", "tr-1"), "."), "marking": "Open sources"}
    publish(out, DAY, front(hero=CHART, contested=(("They differ.",),), **cells))
    return out


@pytest.fixture
def out(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of it, in the folder that the command is called in."""
    monkeypatch.chdir(tmp_path)
    return shutil.copytree(reports, tmp_path / "reports")


def call(*words: str) -> Result:
    return CliRunner().invoke(main, ["mail", *words])


def read_mail(path: Path) -> EmailMessage:
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(message, EmailMessage) and not message.defects
    return message


def body_of(message: EmailMessage, kind: str = "html") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def mailed(out: Path, day: str = DAY, *words: str) -> EmailMessage:
    told = call(f"mules/{day}", "--to", "m.eml", *words)
    assert told.exit_code == 0, told.output
    return read_mail(Path("m.eml"))


def test_a_mail_has_plain_text_markup_with_its_picture_and_the_page(out: Path) -> None:
    kinds = [part.get_content_type() for part in mailed(out).walk()]
    outer = ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html"]
    assert kinds == [*outer, "image/png", "text/html"]


def test_a_mail_says_what_the_front_says_in_both_its_bodies(out: Path) -> None:
    message = mailed(out)
    front_says = (
        "How many mules?", "Open sources", "As of 17 November 1933", "The Ferrymen count 98 mules.",
        "Our confidence is low.", "They lent 98 mules.", "Mules lent", "98 mules", "They differ.",
    )  # fmt: skip
    for kind in ("html", "plain"):
        assert [words for words in front_says if words not in body_of(message, kind)] == []
    assert 'aria-label="Scale: unlikely (20–45 %)"' in body_of(message)


def test_the_page_is_attached_byte_for_byte(out: Path) -> None:
    (attached,) = mailed(out).iter_attachments()
    assert attached.get_payload(decode=True) == (out / f"mules/{DAY}.html").read_bytes()
    assert attached.get_filename() == f"mules-{DAY}.html" and attached.get_content_charset() == "utf-8"


def test_a_mail_is_a_draft_of_the_day_of_its_edition_and_two_runs_make_the_same_bytes(out: Path) -> None:
    message, first = mailed(out), Path("m.eml").read_bytes()
    assert (message["X-Unsent"], message["Subject"]) == ("1", "How many mules? (17 November 1933)")
    assert message["Date"].datetime.date().isoformat() == DAY and not message["To"] and not message["From"]
    mailed(out)
    assert Path("m.eml").read_bytes() == first


def test_the_body_is_small_and_has_styles_on_its_elements_alone(out: Path) -> None:
    body = body_of(mailed(out))
    assert len(body.encode()) < 100_000
    assert re.findall(r"<(?:script|style|link|iframe|form|object)\b", body) == []
    assert re.findall(r'(?:src|href)="([^"]*)"', body) == ["cid:hero@briefing"] and "url(" not in body


def test_a_mail_leads_to_the_archive_where_the_catalog_says_where_that_is(out: Path, tmp_path: Path) -> None:
    (tmp_path / "briefings.toml").write_text('[archive]\naddress = "https://desk.example/b"', encoding="utf-8")
    write_archive(out, briefings=[Briefing("mules", tmp_path / "mules.ipynb")])
    links = re.findall(r'href="([^"]*)"', body_of(mailed(out)))
    names = (f"mules/{DAY}.html", "mules/latest.html", "index.html")
    assert links == [f"https://desk.example/b/{name}" for name in names]


def test_a_mail_says_what_changed_since_the_last_edition(out: Path) -> None:
    publish(out, "1933-12-17", front("122 mules or more", day="1933-12-17"))
    for kind in ("html", "plain"):
        body = " ".join(body_of(mailed(out, "1933-12-17"), kind).split())
        assert "Since 17 November 1933: one figure moved" in body and "Mules lent: " in body
    assert "This is the first edition." in body_of(mailed(out))


@pytest.mark.browser
@pytest.mark.parametrize("width", [600, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_body_fits_and_asks_for_nothing_where_it_is_shown(out: Path, page: Page, width: int, scheme: Any) -> None:
    message = mailed(out)
    (picture,) = [part for part in message.walk() if part.get_content_type() == "image/png"]
    data = base64.b64encode(picture.get_content()).decode()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 700})
    page.set_content(body_of(message).replace("cid:hero@briefing", f"data:image/png;base64,{data}"))
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.images[0].naturalWidth") > 0 and page.locator("img").get_attribute("alt")


def test_a_question_cannot_add_a_header(out: Path) -> None:
    publish(out, DAY, front(title="Will it?\r\nBcc: all@evil.example\n\nHello\x0bthere"))
    message = mailed(out)
    assert message["Bcc"] is None and "\n" not in message["Subject"]
    assert message["Subject"] == "Will it? Bcc: all@evil.example Hello there (17 November 1933)"


def test_markup_in_a_dossier_is_shown_as_text(out: Path) -> None:
    for at in range(0, len(STRINGS), 20):
        hostile = " ".join(STRINGS[at : at + 20]).encode("utf-8", "ignore").decode()  # a run has no half letters
        publish(out, DAY, front(title=f"Who? {hostile}", assurance=hostile, contested=((hostile,),)))
        body = body_of(mailed(out))
        assert re.findall(r"<(?!/?(?:html|head|meta|title|body|table|tr|td|p|h1|h2|ul|li|br)\b|!)", body) == []


def test_an_edition_that_is_not_there_is_told_with_the_nearest(out: Path) -> None:
    told = call("mules/1933-11-71")
    assert told.exit_code == 2 and f'Did you mean "mules/{DAY}"?' in told.output


def test_a_page_that_was_changed_is_not_mailed(out: Path) -> None:
    path = out / f"mules/{DAY}.html"
    path.write_bytes(path.read_bytes().replace(b"98 mules", b"99 mules"))
    told = call(f"mules/{DAY}")
    assert told.exit_code == 1 and "was changed after it was made; a page is mailed as it was made." in told.output
    assert not list(Path().glob("*.eml"))


def test_an_edition_that_failed_and_has_no_page_says_so(out: Path) -> None:
    noted = {"briefing": "mules", "address": "mules/1933-12-01.html", "status": "held", "reasons": ["F16"]}
    save_json(failure_path(out, "mules/1933-12-01.html"), noted)
    told = call("mules/1933-12-01")
    assert told.exit_code == 2 and "was held, and has no good page" in told.output


def test_where_the_page_has_no_picture_the_mail_says_why_as_the_page_does(out: Path) -> None:
    publish(out, DAY, front(instead=("Nobody counted twice.",)))
    message = mailed(out)
    assert "Nobody counted twice." in body_of(message) and "Nobody counted twice." in body_of(message, "plain")
    assert [part.get_content_type() for part in message.walk()].count("image/png") == 0


def test_an_edition_whose_run_cannot_be_read_is_mailed_with_what_is_known(out: Path) -> None:
    run_path(out, f"mules/{DAY}.html").write_bytes(b"no run")
    assert f"What was stored of mules/{DAY} cannot be read" in body_of(mailed(out))


def test_a_page_without_a_front_is_mailed_too(out: Path) -> None:
    publish(out, DAY, HEADLINE, Prose(text=("So it is.",)))
    assert HEADLINE.title in body_of(mailed(out))


def test_a_mail_is_in_the_words_and_the_direction_of_its_page(out: Path) -> None:
    publish(out, DAY, front(), language="uk")
    body = body_of(mailed(out))
    assert '<html lang="uk" dir="ltr">' in body and "Випуск mules/" in body and 'dir="auto"' in body


def test_a_page_that_many_services_refuse_is_told() -> None:
    letter = Letter(Record("mules/a.html", "mules", "", question="Who?"), b"x" * (MOST_ATTACHED + 1))
    assert letter.is_large and "10.0 MB" in body_of(make_message(letter, attach=False))
