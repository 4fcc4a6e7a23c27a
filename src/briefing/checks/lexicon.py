"""The words that rules look for: what each list holds, and the look-alikes that it must not.

`May` the month, the military's might, a sanctions regime and the best possible route are no hedges and no slurs.
Adding a word here asks for a sentence in ``tests/checks/corpus.csv`` that trips it and one that does not.
"""

from __future__ import annotations

import re

from briefing.values.hedges import blank_names
from briefing.values.words import MULTIPLIERS, NUMBER_WORDS


def any_of(*phrases: str, not_after: tuple[str, ...] = ()) -> re.Pattern[str]:
    """Compile phrases, each a regular expression, that stand as whole words, in any case."""
    behind = "".join(rf"(?<!\b{word} )" for word in not_after)
    return re.compile(rf"{behind}(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


#: Things that are counted: "2000 tanks" is a number, "2000" alone a year.
COUNTED = (
    "troops|soldiers|men|women|people|persons|personnel|tanks|vehicles|trucks|lorries|aircraft|helicopters|fighters|"
    "wagons|trains|tonnes|tons|items|pieces|units|missiles|guns|drones|rounds|shells|battalions|brigades|complexes|"
    "systems|launchers|guards|reservists|conscripts|instructors|casualties|km|kilometres|miles"
)

# F01
#: Digits that count nothing: sections and lists, standards by number, times of day, ordinals.
NUMBERED = re.compile(
    r"\b(?:sections?|chapters?|parts?|tables?|figures?|annex|appendix|articles?|paragraphs?|steps?|rules?|notes?|"
    r"pages?|pp?\.|nos?\.|numbers?|version|grades?|phase|stage|day|channel|route|highway|gate|room)\s"
    r"\d+(?:\.\d+)*(?:(?:\s?[–-]\s?|\sto\s|\sand\s|,\s)\d+)*"
    r"|\b(?-i:[A-Z]{2,})s?[ /-]\d[\d.-]*\b"
    r"|\b\d{1,2}(?::\d\d|(?:\.\d\d)?\s?[ap]\.?m\b\.?)|\b24/7\b"
    r"|\b\d+(?:st|nd|rd|th)\b"
    r"|[(\[]\d{1,2}[)\]]|^\s*\d{1,2}[.)](?=\s)",
    re.IGNORECASE | re.MULTILINE,
)
YEAR = re.compile(
    r"(?<![\w,.])(?:mid-|early-|late-)?(?:19|20)\d\d(?:s|\s?[–-]\s?(?:(?:19|20)\d\d|\d\d))?(?![\w%]|[,.]\d)"
    rf"(?!\s(?:{COUNTED})\b)"
)
#: After dates, names and the above are blanked, what is left are typed numbers.
DIGITS = re.compile(r"(?<![\w\ue100-\uf8ff])\d[\d,.\u00a0\u202f'’]*\w*\s?%?")
SPELLED = any_of(
    rf"(?:{'|'.join(word for word, number in NUMBER_WORDS.items() if number > 10)})(?:-\w+)?",
    "(?:tens|dozens|hundreds|thousands|millions) of",
    rf"scores of (?:{COUNTED})",
    rf"(?:{'|'.join(NUMBER_WORDS)})(?:-\w+)? per ?cent",
    rf"(?:(?:an?|{'|'.join(word for word, number in NUMBER_WORDS.items() if 1 < number <= 10)}) )?"
    rf"(?:{'|'.join(MULTIPLIERS)})",
)


def typed_numbers(words: str) -> list[str]:
    """List the numbers in a text that are not the digits of a date, a name or a section, in digits or spelled."""
    plain = blank_names(words)
    for pattern in (NUMBERED, YEAR):
        plain = pattern.sub(lambda found: " " * len(found[0]), plain)
    found = [*DIGITS.finditer(plain), *SPELLED.finditer(plain)]
    return [match[0].strip().rstrip(".,") for match in sorted(found, key=lambda match: match.start())]


# F06, F07, F08, F10 in words
_FIGURE = "[\ue100-\uf8ff]"
_COMES_TO = "makes?|made|comes? to|came to|amount(?:s|ed)? to|number(?:s|ed)?|total(?:s|ed|led)?"
_ALL = "together|altogether|combined|in all"
#: Words that add figures up; two counts that "together show" something are not added.
ADDS = any_of(
    rf"(?:{_ALL})\b[^.;:]{{0,30}}?\b(?:{_COMES_TO})", rf"(?:{_COMES_TO})\b[^.;:]{{0,40}}?\b(?:{_ALL})",
    "(?:add(?:s|ed)?|sum(?:s|med)?) up to", rf"{_FIGURE}[^.;:]{{0,40}}? plus [^.;:]{{0,20}}?{_FIGURE}",
    rf"{_FIGURE} and {_FIGURE}[^.;:]{{0,20}}? (?:{_ALL})",
)  # fmt: skip
#: What is among a whole is no further part of it, and what a sentence says is not to be added is not.
AMONG = any_of(
    "includ(?:es?|ed|ing)", "(?:among|of) (?:them|these|those)", "of which", "(?:never|not|cannot be) add(?:ed)?"
)
AVERAGE = any_of("(?:the|a|arithmetic) (?:mean|median|midpoint)", "averages?|averaged", "splits? the difference")

# F18
MOVES = any_of(
    "rose|risen|rises|rising", "fell|fallen|falling", "grew|grown|grows|growing", "shrank|shrunk|shrinks|shrinking",
    "doubled|tripled|quadrupled|halved", "(?:in|de)creas(?:ed|es|ing)", "declin(?:ed|es|ing)",
    "surged|soared|climbed|dropped|dwindled|swelled", "up from|down from",
)  # fmt: skip
OF_NUMBERS = any_of(
    "numbers?|counts?|totals?|figures?|strength|stocks?|presence|contingent|forces?|deliveries|shipments", COUNTED
)

# T09
NOW = any_of(
    "today|yesterday|tomorrow|tonight", "recent|recently|lately|newly", "current|currently|nowadays|presently",
    "at present|at the moment|right now|by now|until now|these days|so far|to date",
    "(?:this|last|next|past|coming) (?:week|month|year|spring|summer|autumn|winter)",
    "(?:days?|weeks?|months?|years?) ago",
)  # fmt: skip

# L05, L07, L09
HEDGES = (
    any_of(
        "(?-i:may)", "(?-i:May) (?:they|he|she|it|we|you)", "could", "reportedly", "fears?", "perhaps|maybe",
        "possibilit(?:y|ies)",
    ),
    any_of("might", not_after=("military", "the", "its", "their", "his", "her", "full", "naval", "air")),
    any_of("possibl[ey]", not_after=("soon as", "far as", "long as", "if", "best", "where", "wherever", "when")),
    any_of("(?:cannot|can't|can’t|can not) (?:be )?(?:ruled? out|excluded?|discount(?:ed)?)"),
    any_of("(?:nobody|no one|nothing) (?:can |could |has |have )?rule[sd]? out", "not (?:been )?ruled out"),
)  # fmt: skip
_THOUGHT = "understood|believed|thought|said|reported|claimed|alleged|assumed|considered|feared|rumou?red|estimated"
NOBODY = any_of(
    rf"it (?:is|was|has been) (?:widely |generally |well )?(?:{_THOUGHT}|known|expected)",
    rf"(?:is|are|was|were|has been|have been) (?:widely |generally |also )?(?:{_THOUGHT}) (?:to|that)",
    "allegedly|purportedly|reputedly|supposedly",
    "(?:(?:some|many|several|most|unnamed|western) )?(?:observers|experts|analysts|sources|critics|insiders) "
    "(?:(?:close to|near|familiar with|briefed on) [^.,;]{1,40} )?(?:say|said|believe|think|fear|claim|agree)",
)
#: Behind such words, an agent may still be named.
AGENT = re.compile(r"^[^.;:]*?\b(?:by\s+(?:the\s+)?[A-Z\ue100-\uf8ff]|according to)|^\s*(?:,\s*)?according to")
LOADED = (
    any_of(
        "strongm[ae]n", "puppets?", "dictators?|tyrants?|despots?", "stooges?|lackeys?|henchm[ae]n|cronies|thugs?",
        "junta|vassals?|satraps?", "madm[ae]n|fanatics?|butchers?|warmongers?|hordes?|orcs", "so-called|notorious",
        "heroic(?:ally)?|brutal(?:ly)?|cowardly", "propaganda|war machine",
    ),
    any_of("terrorists?", not_after=("counter", "anti")),
    any_of(
        "regimes?",
        not_after=("sanctions", "operation", "terrorist", "terrorism", "terror", "visa", "legal", "customs", "tax",
                   "inspection", "control", "verification", "ceasefire", "counter-terrorist", "counter-terrorism"),
    ),
)  # fmt: skip
