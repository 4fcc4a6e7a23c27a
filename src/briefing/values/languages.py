"""Language tags, as BCP 47 has them: which texts are such, and which way their words run."""

from __future__ import annotations

import re

from briefing.errors import UsageError

#: Language, script, region, variants, extensions, private use; whether a part is registered is not asked.
_TAG = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}(?:-(?P<script>[a-z]{4}))?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(?:-[\da-wyz](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?",
    re.IGNORECASE,
)
#: The languages that are written from right to left, where their tag names no script, and the scripts that are.
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
_SCRIPTS_TO_LEFT = frozenset({"arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


def is_tag(text: str) -> bool:
    """Whether a text has the shape of a language tag.

    Examples
    --------
    >>> [is_tag(text) for text in ("pt", "pt-BR", "zh-Hant", "pt_BR", "Portuguese")]
    [True, True, True, False, False]
    """
    return _TAG.fullmatch(text) is not None


def runs_to_left(tag: str) -> bool:
    """Whether words in a language run from right to left.

    Examples
    --------
    >>> [runs_to_left(tag) for tag in ("ar", "ar-Latn", "az-Arab", "pt")]
    [True, False, True, False]
    """
    found = _TAG.fullmatch(tag)
    if found and found["script"]:
        return found["script"].lower() in _SCRIPTS_TO_LEFT
    return tag.partition("-")[0].lower() in _RIGHT_TO_LEFT


def check_tag(verb: str, language: str) -> str:
    """Give the language that a verb was asked for; empty is the notebook's own.

    Raises
    ------
    UsageError
        Where it is no language tag.

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
