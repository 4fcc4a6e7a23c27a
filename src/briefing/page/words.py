"""The page's own words: labels and forms of dates. One catalogue a language; the machine's locale is never asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from briefing.errors import UsageError, did_you_mean
from briefing.values.dates import DateError, PartialDate, parse_date
from briefing.values.languages import name_language, name_month, plural_of, runs_to_left

_FOLDER = files("briefing.page") / "languages"


@dataclass(frozen=True, slots=True)
class Words:
    """A language's catalogue."""

    language: str
    catalogue: Mapping[str, Any]

    def __call__(self, key: str, **parts: Any) -> str:
        """Give a label, with its parts filled in; one that counts has a form for each plural of the language.

        Examples
        --------
        >>> read_words("uk")("how_joined", n=2), read_words("uk")("how_joined", n=11)
        ('2 твердження, прочитані разом', '11 тверджень, прочитаних разом')
        """
        return self._fill(self.catalogue["words"][key], parts)

    def _fill(self, said: object, parts: Mapping[str, Any]) -> str:
        text = str(said[plural_of(parts["n"], language=self.language)] if isinstance(said, Mapping) else said)
        return text.format(**parts) if parts else text

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return "rtl" if runs_to_left(self.language) else "ltr"

    def term(self, group: str, key: str, **parts: Any) -> str:
        """Give the word for a choice of the dossier's, such as a status; the choice itself where there is none.

        Examples
        --------
        >>> [read_words("uk").term("front", "origins", n=number) for number in (2, 5)]
        ['2 першоджерела', '5 першоджерел']
        """
        return self._fill(self.catalogue[group].get(key, key), parts)

    def name_language(self, tag: str) -> str:
        """Name a language in the page's own."""
        return name_language(tag, language=self.language)

    def date(self, text: str) -> str:
        """Say a partial date in words; a text that is no such date stays as it is.

        Examples
        --------
        >>> read_words("en").date("2022-10-09/2022-10-28"), read_words("uk").date("2022-10")
        ('9–28 October 2022', 'жовтень 2022 року')
        """
        if not text:
            return self._form("unknown")
        try:
            date = parse_date(text)
        except DateError:
            return text
        if self.language == "en":
            return str(date)  # the library's own wording, which shortens spans
        words = self._span(date) if "/" in text else self._single(text.rstrip("~?"))
        mark = {"~": "about", "?": "uncertain"}.get(date.mark)
        return self._form(mark, date=words) if mark else words

    def _span(self, date: PartialDate) -> str:
        first, last = (side.rstrip("~?") for side in date.text.split("/"))
        if first == "..":
            return self._form("until", date=self._single(last, is_after=True))
        if last == "..":
            return self._form("since", date=self._single(first, is_after=True))
        if first == last:
            return self._single(first)
        return self._near(first, last) or self._form("span", first=self._single(first), last=self._single(last))

    def _near(self, first: str, last: str) -> str:
        """Say a span within a year, which it names once; empty where it is of several years, or of years."""
        (year, month, day), (other, end, until) = ([*side.split("-"), "", ""][:3] for side in (first, last))
        if year != other or not month or not end:
            return ""
        if month == end and day and until:
            name = name_month(int(month), language=self.language)
            return self._form("days", first=int(day), last=int(until), month=name, year=year)
        name = name_month(int(month), language=self.language, alone=not day)
        opens = self._form("day_of_year" if day else "month_of_year", day=int(day) if day else "", month=name)
        return self._form("span", first=opens, last=self._single(last))

    def _single(self, text: str, *, is_after: bool = False) -> str:
        """Say a day, a month or a year, by itself or as it follows "until"."""
        year, month, day = [*text.split("-"), "", ""][:3]
        if not month:
            return self._form("year_after", year=year) if is_after else year
        name = name_month(int(month), language=self.language, alone=not day and not is_after)
        form = "day" if day else "month_after" if is_after else "month"
        return self._form(form, day=int(day) if day else "", month=name, year=year)

    def _form(self, form: str, **parts: object) -> str:
        return str(self.catalogue["dates"][form]).format(**parts)


@lru_cache(maxsize=16)
def read_words(language: str) -> Words:
    """Read a language's catalogue.

    Raises `UsageError` where there is none; the languages that there are stand in the message.
    """
    known = list_languages()
    if language not in known:
        raise UsageError(
            f'language "{language}" has no catalogue; a page is written in one. {did_you_mean(language, known)}'
        )
    catalogue = _read_catalogue(language)
    lacking = sorted(_keys(_read_catalogue("en")) - _keys(catalogue))
    if lacking:
        told = ", ".join(lacking[:5])
        raise UsageError(f"{language}.toml lacks {told}; a page never guesses a word. Add what en.toml has.")
    return Words(language, catalogue)


@lru_cache(maxsize=1)
def list_languages() -> tuple[str, ...]:
    """List the languages that have a catalogue."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


def _read_catalogue(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def _keys(catalogue: Mapping[str, Any]) -> set[str]:
    """Give a catalogue's keys, those of its groups as ``group.key``."""
    inner = {f"{group}.{key}" for group, keys in catalogue.items() if isinstance(keys, Mapping) for key in keys}
    return set(catalogue) | inner
