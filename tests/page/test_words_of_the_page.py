"""The page's own words, in both languages: the form beside each number, and each word of a choice that rows make."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from briefing.dossier import assessments, tables
from briefing.page.words import Words, read_words
from briefing.values.languages import plural_of

#: Words in which {n} is no count: a number of a source, a bound, or a count that no noun follows.
NO_COUNT = {
    "words.source", "words.low", "words.best", "words.high", "script.shown", "annex.more", "argument.more",
    "since.more", "search.more_hits",
}  # fmt: skip


def say(language: str, key: str, **parts: object) -> str:
    group, word = key.split(".")
    words = read_words(language)
    return words(word, **parts) if group == "words" else words.term(group, word, **parts)


def entries(words: Words) -> dict[str, object]:
    groups = {name: group for name, group in words.catalogue.items() if isinstance(group, dict)}
    return {f"{name}.{key}": said for name, group in groups.items() for key, said in group.items()}


#: What is said of 1, 2, 5, 11, 21, 22 and 25.
UKRAINIAN: dict[str, list[str]] = {
    "cut.sources": [
        "За сторінкою стоїть ще 1 документ, на який вона окремо не посилається.",
        "За сторінкою стоять ще 2 документи, на які вона окремо не посилається.",
        "За сторінкою стоїть ще 5 документів, на які вона окремо не посилається.",
        "За сторінкою стоїть ще 11 документів, на які вона окремо не посилається.",
        "За сторінкою стоїть ще 21 документ, на який вона окремо не посилається.",
        "За сторінкою стоять ще 22 документи, на які вона окремо не посилається.",
        "За сторінкою стоїть ще 25 документів, на які вона окремо не посилається.",
    ],
    "cut.claims": [
        "Сторінка стоїть на 1 твердженні: усіх не надрукувати.",
        "Сторінка стоїть на 2 твердженнях: усіх не надрукувати.",
        "Сторінка стоїть на 5 твердженнях: усіх не надрукувати.",
        "Сторінка стоїть на 11 твердженнях: усіх не надрукувати.",
        "Сторінка стоїть на 21 твердженні: усіх не надрукувати.",
        "Сторінка стоїть на 22 твердженнях: усіх не надрукувати.",
        "Сторінка стоїть на 25 твердженнях: усіх не надрукувати.",
    ],
    "cut.rivals": [
        "Ще 1 твердження про ті самі величини є лише в досьє.",
        "Ще 2 твердження про ті самі величини є лише в досьє.",
        "Ще 5 тверджень про ті самі величини є лише в досьє.",
        "Ще 11 тверджень про ті самі величини є лише в досьє.",
        "Ще 21 твердження про ті самі величини є лише в досьє.",
        "Ще 22 твердження про ті самі величини є лише в досьє.",
        "Ще 25 тверджень про ті самі величини є лише в досьє.",
    ],
    "cut.rows": [
        "Опущено ще 1 рядок: у таблиці їх 7. Він є в досьє.",
        "Опущено ще 2 рядки: у таблиці їх 7. Вони є в досьє.",
        "Опущено ще 5 рядків: у таблиці їх 7. Вони є в досьє.",
        "Опущено ще 11 рядків: у таблиці їх 7. Вони є в досьє.",
        "Опущено ще 21 рядок: у таблиці їх 7. Він є в досьє.",
        "Опущено ще 22 рядки: у таблиці їх 7. Вони є в досьє.",
        "Опущено ще 25 рядків: у таблиці їх 7. Вони є в досьє.",
    ],
    "cut.marks": [
        "Опущено 1 давніший рядок, щоб рисунок можна було прочитати. Він є в досьє.",
        "Опущено 2 давніші рядки, щоб рисунок можна було прочитати. Вони є в досьє.",
        "Опущено 5 давніших рядків, щоб рисунок можна було прочитати. Вони є в досьє.",
        "Опущено 11 давніших рядків, щоб рисунок можна було прочитати. Вони є в досьє.",
        "Опущено 21 давніший рядок, щоб рисунок можна було прочитати. Він є в досьє.",
        "Опущено 22 давніші рядки, щоб рисунок можна було прочитати. Вони є в досьє.",
        "Опущено 25 давніших рядків, щоб рисунок можна було прочитати. Вони є в досьє.",
    ],
    "cut.quotations": [
        "Опущено ще 1 цитату. Вона є в досьє.",
        "Опущено ще 2 цитати. Вони є в досьє.",
        "Опущено ще 5 цитат. Вони є в досьє.",
        "Опущено ще 11 цитат. Вони є в досьє.",
        "Опущено ще 21 цитату. Вона є в досьє.",
        "Опущено ще 22 цитати. Вони є в досьє.",
        "Опущено ще 25 цитат. Вони є в досьє.",
    ],
    "cut.entries": [
        "Опущено 1 попередню подію. Вона є в досьє.",
        "Опущено 2 попередні події. Вони є в досьє.",
        "Опущено 5 попередніх подій. Вони є в досьє.",
        "Опущено 11 попередніх подій. Вони є в досьє.",
        "Опущено 21 попередню подію. Вона є в досьє.",
        "Опущено 22 попередні події. Вони є в досьє.",
        "Опущено 25 попередніх подій. Вони є в досьє.",
    ],
    "words.how_joined": [
        "1 твердження, прочитане окремо", "2 твердження, прочитані разом", "5 тверджень, прочитаних разом",
        "11 тверджень, прочитаних разом", "21 твердження, прочитане окремо", "22 твердження, прочитані разом",
        "25 тверджень, прочитаних разом",
    ],
    "annex.more_propositions": [
        "Ще 1 теза", "Ще 2 тези", "Ще 5 тез", "Ще 11 тез", "Ще 21 теза", "Ще 22 тези", "Ще 25 тез",
    ],
    "annex.earlier": [
        "1 попередня подія", "2 попередні події", "5 попередніх подій", "11 попередніх подій", "21 попередня подія",
        "22 попередні події", "25 попередніх подій",
    ],
    "front.origins": [
        "1 першоджерело", "2 першоджерела", "5 першоджерел", "11 першоджерел", "21 першоджерело", "22 першоджерела",
        "25 першоджерел",
    ],
    "front.most_origins": [
        "1 першоджерело, найбільше тут", "2 першоджерела, найбільше тут", "5 першоджерел, найбільше тут",
        "11 першоджерел, найбільше тут", "21 першоджерело, найбільше тут", "22 першоджерела, найбільше тут",
        "25 першоджерел, найбільше тут",
    ],
    "front.old": [
        "давність – 1 день", "давність – 2 дні", "давність – 5 днів", "давність – 11 днів", "давність – 21 день",
        "давність – 22 дні", "давність – 25 днів",
    ],
    "archive.older": [
        "1 давніший випуск", "2 давніші випуски", "5 давніших випусків", "11 давніших випусків", "21 давніший випуск",
        "22 давніші випуски", "25 давніших випусків",
    ],
    "archive.list": [
        "Увесь 1 випуск", "Усі 2 випуски", "Усі 5 випусків", "Усі 11 випусків", "Увесь 21 випуск", "Усі 22 випуски",
        "Усі 25 випусків",
    ],
    "notices.rows": ["1 рядок", "2 рядки", "5 рядків", "11 рядків", "21 рядок", "22 рядки", "25 рядків"],
    "notices.more_rows": [
        "ще 1 рядок", "ще 2 рядки", "ще 5 рядків", "ще 11 рядків", "ще 21 рядок", "ще 22 рядки", "ще 25 рядків",
    ],
    "register.touched": [
        "1 випуск наводить цей рядок", "2 випуски наводять цей рядок", "5 випусків наводять цей рядок",
        "11 випусків наводять цей рядок", "21 випуск наводить цей рядок", "22 випуски наводять цей рядок",
        "25 випусків наводять цей рядок",
    ],
    "register.more": [
        "і ще 1 давніший випуск", "і ще 2 давніші випуски", "і ще 5 давніших випусків", "і ще 11 давніших випусків",
        "і ще 21 давніший випуск", "і ще 22 давніші випуски", "і ще 25 давніших випусків",
    ],
    "since.documents": [
        "1 документ, якого раніше не наводили", "2 документи, яких раніше не наводили",
        "5 документів, яких раніше не наводили", "11 документів, яких раніше не наводили",
        "21 документ, якого раніше не наводили", "22 документи, яких раніше не наводили",
        "25 документів, яких раніше не наводили",
    ],
    "since.restated": [
        "1 число те саме за іншими твердженнями", "2 числа ті самі за іншими твердженнями",
        "5 чисел ті самі за іншими твердженнями", "11 чисел ті самі за іншими твердженнями",
        "21 число те саме за іншими твердженнями", "22 числа ті самі за іншими твердженнями",
        "25 чисел ті самі за іншими твердженнями",
    ],
    "since.rows_changed": [
        "1 рядок тепер інший", "2 рядки тепер інші", "5 рядків тепер інші", "11 рядків тепер інші",
        "21 рядок тепер інший", "22 рядки тепер інші", "25 рядків тепер інші",
    ],
    "since.rows_gone": [
        "1 рядок більше не показано", "2 рядки більше не показано", "5 рядків більше не показано",
        "11 рядків більше не показано", "21 рядок більше не показано", "22 рядки більше не показано",
        "25 рядків більше не показано",
    ],
    "since.claims_more": [
        "Ще 1 нове твердження про це",
        "Ще 2 нові твердження про це",
        "Ще 5 нових тверджень про це",
        "Ще 11 нових тверджень про це",
        "Ще 21 нове твердження про це",
        "Ще 22 нові твердження про це",
        "Ще 25 нових тверджень про це",
    ],
    "since.documents_changed": [
        "1 документ описано інакше",
        "2 документи описано інакше",
        "5 документів описано інакше",
        "11 документів описано інакше",
        "21 документ описано інакше",
        "22 документи описано інакше",
        "25 документів описано інакше",
    ],
    "since.documents_gone": [
        "1 документ більше не наводять",
        "2 документи більше не наводять",
        "5 документів більше не наводять",
        "11 документів більше не наводять",
        "21 документ більше не наводять",
        "22 документи більше не наводять",
        "25 документів більше не наводять",
    ],
    "mail.more": [
        "ще 1 на сторінці", "ще 2 на сторінці", "ще 5 на сторінці", "ще 11 на сторінці", "ще 21 на сторінці",
        "ще 22 на сторінці", "ще 25 на сторінці",
    ],
    "notify.more": ["і ще 1", "і ще 2", "і ще 5", "і ще 11", "і ще 21", "і ще 22", "і ще 25"],
    "notify.n_failed": [
        "не вдалося: 1", "не вдалося: 2", "не вдалося: 5", "не вдалося: 11", "не вдалося: 21", "не вдалося: 22",
        "не вдалося: 25",
    ],
    "notify.n_held": [
        "затримано: 1", "затримано: 2", "затримано: 5", "затримано: 11", "затримано: 21", "затримано: 22",
        "затримано: 25",
    ],
    "notify.n_late": [
        "запізнюється: 1", "запізнюються: 2", "запізнюються: 5", "запізнюються: 11", "запізнюється: 21",
        "запізнюються: 22", "запізнюються: 25",
    ],
    "notify.n_corrected": [
        "виправлено 1 нашу помилку", "виправлено 2 наші помилки", "виправлено 5 наших помилок",
        "виправлено 11 наших помилок", "виправлено 21 нашу помилку", "виправлено 22 наші помилки",
        "виправлено 25 наших помилок",
    ],
    "notify.n_published": [
        "опубліковано 1 огляд", "опубліковано 2 огляди", "опубліковано 5 оглядів", "опубліковано 11 оглядів",
        "опубліковано 21 огляд", "опубліковано 22 огляди", "опубліковано 25 оглядів",
    ],
    "search.pages_found": ["1 огляд", "2 огляди", "5 оглядів", "11 оглядів", "21 огляд", "22 огляди", "25 оглядів"],
    "search.claims_found": [
        "1 твердження", "2 твердження", "5 тверджень", "11 тверджень", "21 твердження", "22 твердження",
        "25 тверджень",
    ],
    "search.older_hits": [
        "Ці слова є ще в 1 давнішому випуску", "Ці слова є ще в 2 давніших випусках",
        "Ці слова є ще в 5 давніших випусках", "Ці слова є ще в 11 давніших випусках",
        "Ці слова є ще в 21 давнішому випуску", "Ці слова є ще в 22 давніших випусках",
        "Ці слова є ще в 25 давніших випусках",
    ],
    "search.other_pages": [
        "Воно є ще на 1 сторінці.", "Воно є ще на 2 сторінках.", "Воно є ще на 5 сторінках.",
        "Воно є ще на 11 сторінках.", "Воно є ще на 21 сторінці.", "Воно є ще на 22 сторінках.",
        "Воно є ще на 25 сторінках.",
    ],
}  # fmt: skip

#: What is said of 1, 2 and 21.
ENGLISH: dict[str, list[str]] = {
    "cut.sources": [
        "1 more document is behind this page and not cited by itself.",
        "2 more documents are behind this page and not cited by themselves.",
        "21 more documents are behind this page and not cited by themselves.",
    ],
    "cut.claims": [
        "This page rests on 1 claim, too much to print.",
        "This page rests on 2 claims, too many to print.",
        "This page rests on 21 claims, too many to print.",
    ],
    "cut.rivals": [
        "1 more claim about the same quantities is only in the dossier.",
        "2 more claims about the same quantities are only in the dossier.",
        "21 more claims about the same quantities are only in the dossier.",
    ],
    "cut.rows": [
        "1 more row is left out: this table shows 7. It is in the dossier.",
        "2 more rows are left out: this table shows 7. They are in the dossier.",
        "21 more rows are left out: this table shows 7. They are in the dossier.",
    ],
    "cut.marks": [
        "1 older row is left out, so that the drawing can be read. It is in the dossier.",
        "2 older rows are left out, so that the drawing can be read. They are in the dossier.",
        "21 older rows are left out, so that the drawing can be read. They are in the dossier.",
    ],
    "cut.quotations": [
        "1 more quotation is left out. It is in the dossier.",
        "2 more quotations are left out. They are in the dossier.",
        "21 more quotations are left out. They are in the dossier.",
    ],
    "cut.entries": [
        "1 earlier event is left out. It is in the dossier.",
        "2 earlier events are left out. They are in the dossier.",
        "21 earlier events are left out. They are in the dossier.",
    ],
    "words.how_joined": ["1 claim, read alone", "2 claims, read together", "21 claims, read together"],
    "annex.more_propositions": ["1 more proposition", "2 more propositions", "21 more propositions"],
    "annex.earlier": ["1 earlier event", "2 earlier events", "21 earlier events"],
    "front.origins": ["1 origin", "2 origins", "21 origins"],
    "front.most_origins": ["1 origin, the most here", "2 origins, the most here", "21 origins, the most here"],
    "front.old": ["1 day old", "2 days old", "21 days old"],
    "archive.older": ["1 older edition", "2 older editions", "21 older editions"],
    "archive.list": ["All 1 edition", "All 2 editions", "All 21 editions"],
    "notices.rows": ["1 row", "2 rows", "21 rows"],
    "notices.more_rows": ["1 more row", "2 more rows", "21 more rows"],
    "register.touched": ["1 edition prints this row", "2 editions print this row", "21 editions print this row"],
    "register.more": ["and 1 older edition", "and 2 older editions", "and 21 older editions"],
    "since.documents": ["1 document not cited before", "2 documents not cited before", "21 documents not cited before"],
    "since.restated": [
        "1 figure says the same on other claims",
        "2 figures say the same on other claims",
        "21 figures say the same on other claims",
    ],
    "since.rows_changed": ["1 row reads otherwise", "2 rows read otherwise", "21 rows read otherwise"],
    "since.rows_gone": ["1 row is no longer shown", "2 rows are no longer shown", "21 rows are no longer shown"],
    "since.claims_more": ["1 more new claim about it", "2 more new claims about it", "21 more new claims about it"],
    "since.documents_changed": [
        "1 document is described otherwise",
        "2 documents are described otherwise",
        "21 documents are described otherwise",
    ],
    "since.documents_gone": [
        "1 document is no longer cited",
        "2 documents are no longer cited",
        "21 documents are no longer cited",
    ],
    "mail.more": ["1 more on the page", "2 more on the page", "21 more on the page"],
    "notify.more": ["and 1 more", "and 2 more", "and 21 more"],
    "notify.n_failed": ["1 failed", "2 failed", "21 failed"],
    "notify.n_held": ["1 held back", "2 held back", "21 held back"],
    "notify.n_late": ["1 late", "2 late", "21 late"],
    "notify.n_corrected": ["1 error of ours corrected", "2 errors of ours corrected", "21 errors of ours corrected"],
    "notify.n_published": ["1 briefing published", "2 briefings published", "21 briefings published"],
    "search.pages_found": ["1 briefing", "2 briefings", "21 briefings"],
    "search.claims_found": ["1 claim", "2 claims", "21 claims"],
    "search.older_hits": [
        "1 older edition has the words too",
        "2 older editions have the words too",
        "21 older editions have the words too",
    ],
    "search.other_pages": ["It is on 1 other page.", "It is on 2 other pages.", "It is on 21 other pages."],
}


@pytest.mark.parametrize("key", UKRAINIAN)
def test_ukrainian_counts_in_the_right_case(key: str) -> None:
    assert [say("uk", key, n=number, shown=7) for number in (1, 2, 5, 11, 21, 22, 25)] == UKRAINIAN[key]


@pytest.mark.parametrize("key", ENGLISH)
def test_english_counts_one_and_several(key: str) -> None:
    assert [say("en", key, n=number, shown=7) for number in (1, 2, 21)] == ENGLISH[key]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_word_that_counts_has_each_form_of_its_language_and_no_other(language: str) -> None:
    words, forms = read_words(language), {plural_of(number, language=language) for number in (*range(30), 1.5)}
    counted = {key: said for key, said in entries(words).items() if "{n}" in str(said) and key not in NO_COUNT}
    assert counted.keys() == ENGLISH.keys() == UKRAINIAN.keys()
    assert {key: set(said) if isinstance(said, dict) else said for key, said in counted.items()} == dict.fromkeys(
        counted, forms
    )


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_form_of_a_word_has_the_same_places(language: str) -> None:
    forms = [said.values() for said in entries(read_words(language)).values() if isinstance(said, dict)]
    assert [each for each in forms if len({frozenset(re.findall(r"\{\w+\}", text)) for text in each}) != 1] == []


def choices(row: type, field: str) -> set[str]:
    """Give the choices of a column; one that may be empty has them inside."""
    said = get_args(row.model_fields[field].annotation)  # type: ignore[attr-defined]
    return {word for part in said for word in (get_args(part) if not isinstance(part, str) else (part,))}


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    ("group", "asked"),
    [
        ("stances", set(get_args(tables.Stance))), ("event_kinds", choices(tables.Event, "kind")),
        ("statuses", choices(tables.Deployment, "status") | choices(tables.Transfer, "status")),
        ("countings", choices(tables.Transfer, "counting") | {"stock"}),
        ("evidence_kinds", choices(assessments.EvidenceItem, "kind")),
        ("levels", choices(assessments.EvidenceItem, "credibility")),
        ("ratings", choices(assessments.Rating, "rating")),
        ("indicator_statuses", choices(assessments.IndicatorEntry, "status")),
        ("outcomes", choices(assessments.JudgementRow, "outcome") - {"open"}),
    ],
)  # fmt: skip
def test_every_choice_that_a_row_makes_has_a_word(language: str, group: str, asked: set[str]) -> None:
    assert asked and asked <= read_words(language).catalogue[group].keys()


def test_no_ukrainian_word_is_left_in_english() -> None:
    names = {"en": read_words("en"), "uk": read_words("uk")}
    english, ukrainian = (entries(words) for words in names.values())
    alike = {key for key, said in ukrainian.items() if said == english[key] and re.search(r"[a-z]{2}", strip(said))}
    assert alike == set()


def strip(said: object) -> str:
    return re.sub(r"\{\w+\}", "", str(said))


#: Ukrainian of a page, as a reader meets it.
SENTENCES = {
    "words.relay": "уперше подано: BelTA", "words.relays": "переказує: BelTA", "front.denied": "заперечує: BelTA",
    "front.doubted": "сумнівається: BelTA",
}  # fmt: skip


@pytest.mark.parametrize("key", SENTENCES)
def test_a_name_stays_in_its_own_case_on_a_ukrainian_page(key: str) -> None:
    assert say("uk", key, name="BelTA", date="", n=1) == SENTENCES[key]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_quotation_marks_are_those_of_the_language(language: str) -> None:
    words = read_words(language)
    assert words("quote_open") + words("quote_close") == {"en": "“”", "uk": "«»"}[language]
