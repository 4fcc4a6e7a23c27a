"""Reading somebody else's cells: days as the mapping says they are written, numbers with their hedges."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from briefing.dossier.cells import CellError
from briefing.errors import quoted
from briefing.intake.mapping import CellRule, NumberRule
from briefing.values.bounds import number_words
from briefing.values.dates import DateError, parse_date
from briefing.values.hedges import Wording, read_wording

#: What a column of doubts holds where the cell before it is uncertain.
DOUBT = "?"

_SLASHED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", re.ASCII)
_WITH_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T]\d\d:\d\d.*", re.ASCII)
_YEARS = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_BRACKETED = re.compile(r"\((.+)\)")
_TRUE, _FALSE = frozenset({"true", "yes", "1", "y"}), frozenset({"false", "no", "0", "n"})

#: How a sentence says each qualifier; the number takes the place of the braces.
_SAID = {
    "exact": "{}", "about": "about {}", "at_least": "at least {}", "more_than": "more than {}", "at_most": "up to {}",
    "fewer_than": "fewer than {}", "nearly": "nearly {}",
}  # fmt: skip


def read_day(text: str, formats: Sequence[str]) -> str:
    """Read a day as a mapping says it is written; a date as the dossier writes it needs no saying.

    Raises `CellError` where it is written otherwise, or may be two days.

    Examples
    --------
    >>> read_day("12/19/2031", ["%m/%d/%Y"]), read_day("2031-12", []), read_day("2031-12-19 00:00:00.000", [])
    ('2031-12-19', '2031-12', '2031-12-19')
    """
    plain = timed[1] if (timed := _WITH_TIME.fullmatch(text)) else text
    for form in formats:
        try:
            return dt.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parse_date(plain).text
    except DateError as error:
        if formats:
            rule = f"the mapping says that days are written {' or '.join(formats)}"
            raise CellError(f"{quoted(text)} is no such day", rule, "Mend the cell, or add its format") from None
        if _SLASHED.fullmatch(text):
            rule = "a day may be written in several ways, and is never guessed"
            cure = 'Write formats = ["%d/%m/%Y"] or formats = ["%m/%d/%Y"] in the mapping'
            raise CellError(f"{quoted(text)} may be two days", rule, cure) from None
        raise CellError(error.what, error.rule, error.cure) from None


def read_years(text: str) -> str:
    """Read a list of years as the period from its first to its last.

    Examples
    --------
    >>> read_years("2031; 2032; 2034"), read_years("2031-2033"), read_years("2031")
    ('2031/2034', '2031/2033', '2031')
    """
    years = _YEARS.findall(text)
    if not years or re.sub(r"[\s;,/–-]|(?:19|20|21)\d\d", "", text):
        raise CellError(f"{quoted(text)} is no list of years", "years stand with ; between", "Mend the cell")
    first, last = min(years), max(years)
    return first if first == last else f"{first}/{last}"


def read_period(first: str, last: str, formats: Sequence[str]) -> str:
    """Read a period from its two days; one day where they are the same, or where the last is not stated.

    Examples
    --------
    >>> read_period("2031-01-05", "2031-01-07", []), read_period("2031-01-05", "2031-01-05", [])
    ('2031-01-05/2031-01-07', '2031-01-05')
    """
    begun, ended = read_day(first, formats), read_day(last, formats) if last else ""
    return begun if ended in ("", begun) else f"{begun}/{ended}"


def read_month(text: str, *, since: str) -> str:
    """Read a month that is counted from another; 0 is a month that nobody knows.

    Examples
    --------
    >>> read_month("1", since="2030-12"), read_month("14", since="2030-12"), read_month("0", since="2030-12")
    ('2031-01', '2032-02', '')
    """
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise CellError(f"{quoted(text)} is no number of months", f"months are counted from {since}", "Mend the cell")
    year, month = (int(part) for part in since.split("-"))
    years, months = divmod(year * 12 + month - 1 + int(text), 12)
    return f"{years:04}-{months + 1:02}" if int(text) else ""


def read_truth(text: str) -> str:
    """Read what a spreadsheet writes for true and false.

    Examples
    --------
    >>> read_truth("TRUE"), read_truth("no")
    ('true', 'false')
    """
    if text.lower() not in _TRUE | _FALSE:
        raise CellError(f"{quoted(text)} is neither true nor false", "it is TRUE or FALSE", "Mend the cell, or map it")
    return "true" if text.lower() in _TRUE else "false"


def read_count(text: str, *, is_doubted: bool = False, separator: str = ",") -> Wording:
    """Read a number with its hedge: ``?``, brackets and a ``?`` beside it make it about; words are read as words.

    Raises `CellError` where it is no number. A number below zero keeps its sign, which its caller reads.

    Examples
    --------
    >>> read_count("11,000").best, read_count("(36)").qualifier, read_count("36", is_doubted=True).qualifier
    (11000.0, 'about', 'about')
    >>> read_count("at least 94"), read_count("").qualifier
    (Wording(qualifier='at_least', low=94.0, best=None, high=None), 'unquantified')
    """
    if not text:
        return Wording("unquantified")
    bracketed = _BRACKETED.fullmatch(text)
    inner = (bracketed[1] if bracketed else text).strip()
    is_doubted = is_doubted or bracketed is not None or inner.endswith(DOUBT)
    inner = inner.removesuffix(DOUBT).strip()
    grouped = re.escape(separator or ",")
    if re.fullmatch(rf"-?(?:\d{{1,3}}(?:{grouped}\d{{3}})+|\d+)(?:[.,]\d+)?", inner, re.ASCII) and not _is_list(
        inner, separator
    ):
        number = float(inner.replace(separator, "").replace(",", ".") if separator else inner)
        return Wording("about", best=number) if is_doubted else Wording("exact", number, number, number)
    said = read_wording(inner)
    if said is None:
        cure = "Mend the cell, or write the number and its hedge in columns of their own"
        raise CellError(f"{quoted(text)} is no number", "a number is digits, with one hedge", cure)
    if is_doubted and said.qualifier == "exact":
        return Wording("about", best=said.best)
    return said


def _is_list(text: str, separator: str) -> bool:
    """Whether a comma stands where neither thousands nor decimals are written with it: 12,5 may be two numbers."""
    return separator == "," and "," in text and not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", text, re.ASCII)


def read_bounds(low: str, best: str, high: str, *, separator: str = ",") -> Wording:
    """Read bounds that stand in columns of their own: alike they are exact, apart a range.

    Examples
    --------
    >>> read_bounds("3", "5", "9")
    Wording(qualifier='range', low=3.0, best=5.0, high=9.0)
    >>> read_bounds("5", "5", "5").qualifier, read_bounds("3", "", "").qualifier, read_bounds("", "", "").qualifier
    ('exact', 'at_least', 'unquantified')
    """
    least, likely, most = (read_count(text, separator=separator).best for text in (low, best, high))
    match (least is None, likely is None, most is None):
        case (True, True, True):
            return Wording("unquantified")
        case (False, _, False):
            is_exact = least == most and likely in (None, least)
            return Wording("exact", least, least, least) if is_exact else Wording("range", least, likely, most)
        case (True, False, True):
            return Wording("about", best=likely)
        case (False, True, True):
            return Wording("at_least", low=least)
        case (True, True, False):
            return Wording("at_most", high=most)
    rule = "a best number stands alone, or between a lowest and a highest"
    raise CellError("one side of a range is not stated", rule, "State both sides, or leave best empty")


def say_number(wording: Wording) -> str:
    """Say a number with its hedge, as a row's wording does.

    Examples
    --------
    >>> say_number(read_count("36?")), say_number(read_bounds("3", "5", "9")), say_number(read_count(""))
    ('about 36', '3 to 9 (best 5)', 'an unstated number of')
    """
    numbers = [number for number in (wording.best, wording.low, wording.high) if number is not None]
    if wording.qualifier == "range" and wording.low is not None and wording.high is not None:
        best = "" if wording.best is None else f" (best {number_words(wording.best)})"
        return f"{number_words(wording.low)} to {number_words(wording.high)}{best}"
    if not numbers:
        return "an unstated number of"
    if wording.qualifier == "order":
        return {10.0: "tens", 12.0: "dozens", 100.0: "hundreds"}[numbers[0]] + " of"
    return _SAID[wording.qualifier].format(number_words(numbers[0]))


def read_number_rule(rule: NumberRule, texts: Mapping[str, str]) -> tuple[Wording, bool]:
    """Read a number as a rule says; give it without its sign, and whether it was below zero."""
    if rule.column:
        is_doubted = rule.estimate or (bool(rule.doubt) and DOUBT in texts.get(rule.doubt, ""))
        wording = read_count(texts.get(rule.column, ""), is_doubted=is_doubted, separator=rule.separator)
    else:
        sides = (texts.get(name, "") for name in (rule.low, rule.best, rule.high))
        wording = _qualified(*sides, rule=rule, texts=texts)
    numbers = (wording.low, wording.best, wording.high)
    if not any(number is not None and number < 0 for number in numbers):
        return wording, False
    if not rule.below_zero:
        cure = "Mend the cell, or write below_zero with the status that such a number has"
        raise CellError("the number is below zero", "things are counted from 0", cure)
    low, best, high = (None if number is None else abs(number) for number in numbers)
    return Wording(wording.qualifier, low, best, high), True


def _qualified(low: str, best: str, high: str, *, rule: NumberRule, texts: Mapping[str, str]) -> Wording:
    qualifier = texts.get(rule.qualifier, "") if rule.qualifier else ""
    if not qualifier:
        return read_bounds(low, best, high, separator=rule.separator)
    sides = [read_count(text, separator=rule.separator).best for text in (low, best, high)]
    return Wording("_".join(qualifier.lower().split()), *sides)


def read_when(rule: CellRule, text: str, texts: Mapping[str, str]) -> str:
    """Read a day, a list of years or a period as a rule says, with ``?`` where the file doubts it."""
    if rule.months_since:
        return read_month(text, since=rule.months_since)
    if rule.read == "years":
        when = read_years(text)
    else:
        when = read_period(text, texts.get(rule.until, "") if rule.until else "", rule.formats)
    is_doubted = bool(rule.doubt) and DOUBT in texts.get(rule.doubt, "") and not when.endswith(DOUBT)
    return f"{when}{DOUBT}" if is_doubted else when
