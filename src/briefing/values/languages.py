"""Language tags, as BCP 47 has them: which texts are such, which way their words run, and what languages are called.

Names, months and the script of a language come from Unicode's data (Babel), which are read only where a page asks.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.errors import UsageError

if TYPE_CHECKING:
    from babel import Locale

#: Language, script, region, variants, extensions, private use; whether a part is registered is not asked.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[\da-wyz](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)
#: ISO 3166-1 leaves these codes of regions to whoever needs one.
USER_REGIONS = re.compile(r"AA|Q[M-Z]|X[A-Z]")
#: The scripts that are written from right to left.
_SCRIPTS_TO_LEFT = frozenset({"adlm", "arab", "armi", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"})


def is_tag(text: str) -> bool:
    """Whether a text has the shape of a language tag.

    Examples
    --------
    >>> [is_tag(text) for text in ("pt", "pt-BR", "zh-Hant", "pt_BR", "Portuguese")]
    [True, True, True, False, False]
    """
    return _TAG.fullmatch(text) is not None


def strange_part(tag: str) -> str:
    """Give the first part of a tag that Unicode's data know as no language, script or region; nothing where all are.

    Variants, extensions and what is left to users are not asked.

    Examples
    --------
    >>> [strange_part(tag) for tag in ("pt-BR", "zh-hant", "qaa", "es-419", "xx-notalang", "pt-Lati", "pt-JJ")]
    ['', '', '', '', 'xx', 'Lati', 'JJ']
    """
    from babel.core import get_global

    if not (parts := _TAG.fullmatch(tag)):
        return tag
    known, language, script, region = _locale("en"), tag.partition("-")[0], parts["script"], parts["region"]
    languages = (known.languages, get_global("language_aliases"), get_global("likely_subtags"))
    if not ("qaa" <= language.lower() <= "qtz" or any(language.lower() in each for each in languages)):
        return language
    if script and script.title() not in known.scripts:
        return script
    is_known = not region or USER_REGIONS.fullmatch(region.upper()) or region.upper() in known.territories
    return "" if is_known else region


def tag_for(text: str) -> str:
    """Give the tag that a text was meant to be; nothing where nobody can tell.

    Examples
    --------
    >>> [tag_for(text) for text in ("EN_us", "english", "Klingon", "gibberish")]
    ['en-US', 'en', 'tlh', '']
    """
    language, *parts = text.strip().replace("_", "-").split("-")
    cased = (part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower() for part in parts)
    near = "-".join([language.lower(), *cased])
    if is_tag(near) and not strange_part(near):
        return near
    called = {str(name).lower(): code for code, name in _locale("en").languages.items()}
    return str(called.get(text.strip().lower(), "")).replace("_", "-")


def runs_to_left(tag: str) -> bool:
    """Whether words in a language run from right to left.

    Examples
    --------
    >>> [runs_to_left(tag) for tag in ("ar", "ar-Latn", "az-Arab", "pa", "pa-PK", "pt")]
    [True, False, True, False, True, False]
    """
    parts = _TAG.fullmatch(tag)
    script = parts["script"] if parts and parts["script"] else _likely_script(tag)
    return script.lower() in _SCRIPTS_TO_LEFT


def _likely_script(tag: str) -> str:
    from babel.core import get_global

    likely = get_global("likely_subtags")
    language = tag.partition("-")[0].lower()
    full = likely.get(tag.replace("-", "_")) or likely.get(language, "")
    return next((part for part in full.split("_")[1:] if len(part) == 4), "")


def name_language(tag: str, *, language: str) -> str:
    """Name a language in the words of another; a tag that is not known stays as it is.

    Examples
    --------
    >>> name_language("ka", language="en"), name_language("ka", language="uk"), name_language("qaa", language="en")
    ('Georgian', 'грузинська', 'qaa')
    """
    return str(_locale(language).languages.get(tag.replace("-", "_"), tag))


#: Territories whose English name takes an article in a sentence: of the Netherlands.
_WITH_ARTICLE = frozenset({"AE", "CF", "DO", "EU", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "SC", "US"})


def name_territory(code: str, *, language: str = "en") -> str:
    """Name a territory by its code, as a sentence does; a code that is not known stays as it is.

    Examples
    --------
    >>> name_territory("GB"), name_territory("KR"), name_territory("XC"), name_territory("GB", language="uk")
    ('the United Kingdom', 'South Korea', 'XC', 'Велика Британія')
    """
    name = str(_locale(language).territories.get(code, code))
    return f"the {name}" if language == "en" and code in _WITH_ARTICLE else name


def name_month(month: int, *, language: str, alone: bool = False) -> str:
    """Name a month as it stands beside a day, or alone.

    Examples
    --------
    >>> name_month(10, language="uk"), name_month(10, language="uk", alone=True)
    ('жовтня', 'жовтень')
    """
    return str(_locale(language).months["stand-alone" if alone else "format"]["wide"][month])


def plural_of(number: float, *, language: str) -> str:
    """Give the form that a noun takes beside a number, as Unicode's rules name it: one, few, many, other.

    Examples
    --------
    >>> [plural_of(number, language="uk") for number in (1, 2, 5, 11, 21, 22, 25)]
    ['one', 'few', 'many', 'many', 'one', 'few', 'many']
    >>> plural_of(1, language="en"), plural_of(21, language="en"), plural_of(1.5, language="uk")
    ('one', 'other', 'other')
    """
    return str(_locale(language).plural_form(number))


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(language, sep="-")


def check_tag(verb: str, language: str) -> str:
    """Give the language that a verb was asked for; empty is the notebook's own.

    Raises `UsageError` where it is no language tag.

    Examples
    --------
    >>> check_tag("say", "pt_BR")
    Traceback (most recent call last):
    briefing.errors.UsageError: say(): language 'pt_BR' is no language tag; ... Write "pt-BR".
    """
    if isinstance(language, str) and (not language or is_tag(language)):
        return language
    near = str(language).replace("_", "-")
    cure = f'Write "{near}"' if is_tag(near) else "Write such a tag, or leave it out for words in the notebook's own"
    raise UsageError(
        f'{verb}(): language {language!r:.60} is no language tag; a tag is as in BCP 47: "pt", "ar", "zh-Hant". {cure}.'
    )
