"""News: what is there now and was not there when anybody was last told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.archive.corrections import KnownCorrection
from briefing.archive.records import Record
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest
from briefing.editions.recipients import Event
from briefing.press.publish import read_notes

#: What is seen for good; all else is news again where it was mended in between.
_LASTING = ("published ", "corrected ")

#: So many reasons of a failure are told, and so many letters of each.
_MOST_REASONS, _LONGEST = 12, 500


@dataclass(frozen=True, slots=True)
class NewsItem:
    """Something that somebody hears of once."""

    event: Event
    name: str  #: the edition, as people name it; of a correction its row; empty where it is a whole build
    digest: str  #: of what it says: the same thing is not news again
    briefing: str = ""  #: whose; empty where it is no briefing's
    day: str = ""  #: the day that the edition speaks for, or on which an error was mended
    told: tuple[str, ...] = ()  #: what is said of it, a line each: the reasons, or what was mended

    @property
    def key(self) -> str:
        """What it is about, by which it is known from build to build."""
        about = self.digest if self.event == "corrected" else self.name
        return f"{self.event} {self.briefing} {about}"


#: The key of a build that failed as a whole.
BUILD = NewsItem("failed", "", "").key


def list_standing(archive: Archive) -> dict[str, NewsItem]:
    """List how everything stands that may be news, by key; corrections are left out (`find_corrections`)."""
    notices = [_tell_published(record) for record in archive.records]
    briefings = {told.name: told.briefing for told in notices}
    for noted in read_notes(archive.out, "failures"):
        notices.append(_tell_failure(noted))
    for lack in archive.troubles:
        if lack.kind == "late":
            briefing = briefings.get(lack.name, lack.name.partition("/")[0])
            notices.append(NewsItem("late", lack.name, digest([lack.day]), briefing, lack.day))
    return {notice.key: notice for notice in notices}


def _tell_published(record: Record) -> NewsItem:
    """Tell that a page is there; one that other code made from the same rows and the same notebook is no news."""
    made = record.made_from
    content = (
        [made["notebook"], made["reads"], record.language] if {"notebook", "reads"} <= made.keys() else record.page
    )
    return NewsItem("published", record.name, digest(content), record.briefing, record.as_of)


def _tell_failure(noted: Mapping[str, Any]) -> NewsItem:
    event: Event = "held" if noted.get("status") == "held" else "failed"
    reasons = [str(reason) for reason in noted.get("reasons", ())]
    day = noted.get("parameters", {}).get("as_of")
    name = str(noted["address"]).removesuffix(".html").removesuffix("/unreadable")
    return NewsItem(
        event,
        name,
        digest(reasons),
        str(noted.get("briefing", "")),
        "" if day is None else str(day),
        cut_reasons(reasons),
    )


def tell_flaw(flaw: str) -> NewsItem:
    """Tell that a whole build failed, and why."""
    return NewsItem("failed", "", digest([flaw]), told=cut_reasons(flaw.splitlines()))


def cut_reasons(reasons: Sequence[str]) -> tuple[str, ...]:
    """Give the first of many reasons, and say how many more there are."""
    more = len(reasons) - _MOST_REASONS
    shown = [reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…" for reason in reasons[:_MOST_REASONS]]
    return (*shown, *([f"+ {more}"] if more > 0 else []))


def find_corrections(archive: Archive) -> Iterator[NewsItem]:
    """Find the errors of ours that were mended and that pages here print: a notice for each briefing that did."""
    briefings = {record.address: record.briefing for record in archive.records}
    for told in archive.corrections:
        if not told.is_withdrawn:
            for briefing in dict.fromkeys(briefings[address] for address in told.editions if address in briefings):
                yield _tell_correction(told, briefing)


def _tell_correction(told: KnownCorrection, briefing: str) -> NewsItem:
    change = f"{told.row}, {told.column}: {told.old or '–'} → {told.new or '–'}"
    said = tuple(filter(None, (told.title or told.row, change, told.reason)))
    return NewsItem("corrected", told.row, told.anchor, briefing, told.day, said)


def see(notices: Iterable[NewsItem]) -> dict[str, str]:
    """Give what is seen once these have been told: a mended error is no news to another briefing's readers."""
    return {f"corrected {told.digest}" if told.event == "corrected" else told.key: told.digest for told in notices}


def find_news(
    standing: Mapping[str, NewsItem], archive: Archive, seen: Mapping[str, str]
) -> tuple[list[NewsItem], dict[str, str]]:
    """Find what is news to whoever has seen this: digests by key; give with it what is seen now."""
    notices = [*standing.values(), *find_corrections(archive)]
    news = [told for told in notices if seen.get(next(iter(see([told])))) != told.digest]
    kept = {key: made for key, made in seen.items() if key.startswith(_LASTING)}
    return news, kept | see(notices)
