"""Rows planned from answers: what is behind them is made, what is missing or wrong is told at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from briefing.checks import check_folder
from briefing.dossier.dossier import read_dossier
from briefing.dossier.example import FOLDER
from briefing.errors import DossierError, UsageError
from briefing.intake.adding import Adding, Asking, plan_adding, write_adding
from briefing.intake.questions import KINDS, find_question, list_all

CLAIM = {
    "quantity": "Shells by sea to Corvia", "item": "shell", "from-actor": "veldania", "to": "Corvia",
    "when": "2031-11", "low": "2000", "qualifier": "at_least", "unit": "rounds", "status": "delivered",
    "claimant": "Quay Watch", "claimant-kind": "monitor", "wording": "at least 2,000 shells",
    "url": "https://quay-watch.example/1", "publisher": "Quay Watch", "title": "Shells by night",
    "published": "20 November 2031", "source-kind": "monitoring_group",
}  # fmt: skip
SOURCE = {"url": "https://page.example/1", "publisher": "Gazette", "title": "Ferries", "kind": "newspaper"}
QUOTE = {
    "date": "2031-12-01", "speaker": "minister", "text": "The strait stays open.", "kind": "direct",
    "translated": "true", "topic": "strait", "stance": "denies", "target": "Corvia closes the strait",
    "source": "gazette-2031-12-02",
}  # fmt: skip
SENTENCE = "Harbour Watch said on 16 October 2031 that at least 94 lorries came from Veldania to Corvia."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return copy


def changed(adding: Adding) -> list[tuple[str, str]]:
    changes = adding.plan.edits.changes()
    return [(change.table, change.key[0]) for change in changes if change.table != "units" or change.key[0] == "rounds"]


def told(adding: Adding) -> list[str]:
    return adding.refusal.splitlines()


# --- a claim ----------------------------------------------------------------------------------------------------


def test_a_claim_with_a_new_source_actor_and_quantity_is_one_call_and_the_dossier_stays_clean(folder: Path) -> None:
    adding = plan_adding(folder, "claim", CLAIM)
    assert changed(adding) == [
        ("sources", "quay-watch-2031-11-20"), ("actors", "quay-watch"), ("units", "rounds"), ("items", "shell"),
        ("quantities", "shells-by-sea-to-corvia"), ("transfers", "tr-0015"),
    ]  # fmt: skip
    write_adding(adding)
    assert [str(problem) for problem in check_folder(folder).errors] == []
    claim: Any = read_dossier(folder, as_of="2031-11-20").find("tr-0015")
    assert (claim.low, claim.claimant_id, claim.to) == (2000, "quay-watch", "corvia")


def test_a_claim_raises_no_warning_of_its_own_where_its_rows_agree(folder: Path) -> None:
    assert [str(warning) for warning in plan_adding(folder, "claim", CLAIM).warnings] == []


def test_warnings_that_the_new_rows_raise_are_told_and_keep_nothing_from_being_written(folder: Path) -> None:
    adding = plan_adding(folder, "claim", CLAIM | {"wording": "at least 200 shells"})
    assert [warning.id for warning in adding.warnings] == ["F17"] and not adding.refusal


def test_what_was_filled_in_is_said_with_the_flag_that_says_otherwise(folder: Path) -> None:
    notes = "\n".join(plan_adding(folder, "claim", CLAIM).notes())
    for flag in ("--counting", "--accessed", "--published-basis", "--unit-of"):
        assert f"{flag} say" in notes


def test_a_page_that_is_known_is_cited_and_not_doubled(folder: Path) -> None:
    known = "http://www.union-2031-10-11.example/?utm_source=x"
    adding = plan_adding(folder, "claim", CLAIM | {"url": known})
    cells = adding.plan.edits.find("transfers", "tr-0015")
    assert cells is not None and cells["source_id"] == "union-2031-10-11"
    assert "sources" not in dict(changed(adding))


def test_the_shipped_units_stay_where_a_new_one_makes_the_file(folder: Path) -> None:
    write_adding(plan_adding(folder, "claim", CLAIM))
    units = read_dossier(folder).units["unit_id"].tolist()
    assert "tonnes" in units and units[-1] == "rounds"


def test_a_number_in_its_words_is_qualifier_and_sides(folder: Path) -> None:
    given = {flag: answer for flag, answer in CLAIM.items() if flag not in ("low", "qualifier")}
    cells = plan_adding(folder, "claim", given | {"number": "up to 12,000"}).plan.edits.find("transfers", "tr-0015")
    assert cells is not None and (cells["qualifier"], cells["low"], cells["high"]) == ("at_most", "", "12000")


def test_an_exact_number_given_once_fills_its_sides(folder: Path) -> None:
    given = CLAIM | {"qualifier": "exact", "low": "", "best": "2000", "wording": "2,000 shells"}
    cells = plan_adding(folder, "claim", given).plan.edits.find("transfers", "tr-0015")
    assert cells is not None and [cells[side] for side in ("low", "best", "high")] == ["2000"] * 3


@pytest.mark.parametrize(
    ("answers", "table"),
    [
        ({"to": "corvia"}, "transfers"),
        ({"host": "corvia"}, "deployments"),
        ({"side": "corvia"}, "losses"),
        ({"quantity": "guards-there"}, "deployments"),
    ],
)
def test_the_table_follows_from_the_flags(folder: Path, answers: dict[str, str], table: str) -> None:
    assert plan_adding(folder, "claim", answers).plan.table == table


@pytest.mark.parametrize(
    ("answers", "words"),
    [({"item": "lorry"}, "Write --table deployments or transfers or losses"), ({"to": "a", "host": "b"}, "belong to")],
)
def test_a_table_that_cannot_be_known_is_asked_for(folder: Path, answers: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        plan_adding(folder, "claim", answers)


def test_a_flag_of_another_table_is_told(folder: Path) -> None:
    adding = plan_adding(folder, "claim", CLAIM | {"host": "corvia"}, table="transfers")
    assert told(adding) == [
        "--host: transfers.csv has no such column; a flag fills a column of the row. "
        "Leave it out, or add to deployments with --table."
    ]


# --- what is wrong ----------------------------------------------------------------------------------------------


def test_several_mistakes_are_told_at_once_each_with_its_flag_and_cure(folder: Path) -> None:
    wrong = {"to": "Corva", "low": "2,0x", "status": "delivred", "url": "nowhere", "published": "sometime"}
    lines = told(plan_adding(folder, "claim", CLAIM | wrong))
    assert sorted(line.split(":")[0] for line in lines) == ["--low", "--published", "--status", "--to", "--url"]
    assert any('Did you mean "corvia"?' in line for line in lines)
    assert any('Write "delivered"' in line for line in lines)


def test_what_is_missing_is_one_error_with_each_flag_and_what_it_means(folder: Path) -> None:
    adding = plan_adding(folder, "claim", {"to": "corvia", "claimant": "Quay Watch", "url": "https://a.example/"})
    first, *flags = told(adding)
    assert first.startswith("briefing add claim: 12 answers are missing; a row is whole or not added.")
    assert any(line.split() == ["--from-actor", "Who", "gave", "it."] for line in flags)
    assert any(line.strip().startswith("--claimant-kind  (Quay Watch is new)") for line in flags)
    assert adding.exit == 2 and adding.to_dict()["problems"][0]["what"] == "is missing"


def test_a_slip_of_the_key_makes_no_row_and_a_plus_says_that_it_is_meant(folder: Path) -> None:
    slip = plan_adding(folder, "claim", CLAIM | {"quantity": "guards-ther"})
    assert told(slip)[0].endswith(
        """Did you mean "guards-there"? Write that, or --quantity '+guards-ther' for a new row."""
    )
    meant = plan_adding(folder, "claim", CLAIM | {"quantity": "+guards-ther"})
    assert ("quantities", "guards-ther") in changed(meant)


def test_a_plus_before_the_very_name_of_a_row_doubles_nothing(folder: Path) -> None:
    meant = plan_adding(folder, "claim", CLAIM | {"quantity": "+guards-there", "claimant": "+Harbour Watch"})
    assert not {"quantities", "actors"} & {table for table, _ in changed(meant)}


def test_what_rivals_have_in_common_is_not_asked_again(folder: Path) -> None:
    asked = ("status", "claimant", "wording", "url", "publisher", "title", "published", "source-kind")
    answers = {flag: CLAIM[flag] for flag in asked} | {"claimant": "gazette", "number": "about 60"}
    adding = plan_adding(folder, "claim", answers | {"quantity": "lorries-sent", "when": "2031-10"})
    cells = adding.plan.edits.find("transfers", adding.plan.key)
    assert cells is not None and not adding.refusal
    assert [cells[name] for name in ("from", "to", "item", "unit", "counting")] == [
        "veldania", "corvia", "lorry", "items", "cumulative",
    ]  # fmt: skip
    assert any("as in all claims about this quantity: from-actor veldania" in note for note in adding.notes())


def test_a_rival_of_another_item_is_not_counted_in_the_unit_of_the_others(folder: Path) -> None:
    adding = plan_adding(folder, "claim", {"quantity": "lorries-sent", "item": "shells by night"})
    assert "unit" in [question.flag for question in adding.plan.missing]


def test_a_known_item_is_counted_in_its_own_unit(folder: Path) -> None:
    given = {flag: answer for flag, answer in CLAIM.items() if flag != "unit"}
    adding = plan_adding(folder, "claim", given | {"item": "lorry"})
    assert "the unit is items, as items.csv says of lorry; --unit says otherwise" in list(adding.notes())


def test_what_is_said_of_a_new_claimant_holds_where_it_gave_too(folder: Path) -> None:
    adding = plan_adding(folder, "claim", CLAIM | {"from-actor": "Quay Watch"})
    assert not adding.refusal and [table for table, _ in changed(adding)].count("actors") == 1


def test_a_relay_of_a_claim_is_no_double_of_it(folder: Path) -> None:
    given = {flag: answer for flag, answer in CLAIM.items() if flag not in ("low", "qualifier", "claimant-kind")}
    same = {"quantity": "lorries-16-october", "claimant": "ferry-union", "item": "lorry", "unit": "items"}
    again = given | same | {"when": "2031-10-16", "number": "24"}
    assert "tr-0002" in [double.id for double in plan_adding(folder, "claim", again).doubles]
    relay = plan_adding(folder, "claim", again | {"origin": "union-2031-10-18"})
    assert not relay.refusal and "tr-0002" not in [double.id for double in relay.doubles]


def test_bounds_out_of_order_are_told_at_their_flag(folder: Path) -> None:
    adding = plan_adding(folder, "claim", CLAIM | {"qualifier": "range", "high": "3"})
    assert told(adding)[0].startswith("--low: low is 2,000 but high is 3;") and adding.exit == 3


def test_nothing_is_written_where_something_is_wrong(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DossierError, match="low is 2,000"):
        write_adding(plan_adding(folder, "claim", CLAIM | {"qualifier": "range", "high": "3"}))
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


# --- a sentence -------------------------------------------------------------------------------------------------


REST = {flag: CLAIM[flag] for flag in ("url", "publisher", "title", "published", "source-kind", "status")}


def test_a_sentence_fills_in_what_it_says_once_it_is_agreed_to(folder: Path) -> None:
    answers = REST | {"quantity": "Lorries of the night", "place-from": "South Quay"}
    adding = plan_adding(folder, "claim", answers, sentence=SENTENCE, takes_all=True)
    cells = adding.plan.edits.find("transfers", "tr-0015")
    assert cells is not None and not adding.refusal
    assert (cells["low"], cells["period"], cells["claimant_id"], cells["wording"]) == (
        "94", "2031-10-16", "harbour-watch", SENTENCE,
    )  # fmt: skip


def test_a_name_is_no_sentence_and_is_told_the_flag_that_takes_it(folder: Path) -> None:
    with pytest.raises(UsageError, match=r'--from: "veldania" is no sentence; .* Write --from-actor veldania\.'):
        plan_adding(folder, "claim", {"to": "corvia"}, sentence="veldania", takes_all=True)


@pytest.mark.parametrize("title", ["Crates ferried in December", "Lorries on the sailing of 10 October"])
def test_a_title_like_another_is_a_quantity_of_its_own(folder: Path, title: str) -> None:
    adding = plan_adding(folder, "claim", CLAIM | {"quantity": title})
    assert not adding.refusal and "quantities" in [table for table, _ in changed(adding)]


def test_what_nobody_agreed_to_is_missing_and_proposed(folder: Path) -> None:
    lines = told(plan_adding(folder, "claim", REST, sentence=SENTENCE))
    assert any("The sentence proposes harbour-watch; --yes takes that." in line for line in lines)


def test_a_flag_goes_before_what_the_sentence_says(folder: Path) -> None:
    answers = REST | {"number": "about 100", "claimant": "gazette", "quantity": "Lorries of the night"}
    plan = plan_adding(folder, "claim", answers, sentence=SENTENCE, takes_all=True).plan
    cells = plan.edits.find("transfers", "tr-0015")
    assert cells is not None and (cells["best"], cells["low"], cells["claimant_id"]) == ("100", "", "gazette")


def test_the_three_nearest_quantities_are_shown(folder: Path) -> None:
    adding = plan_adding(folder, "claim", REST, sentence=SENTENCE)
    assert [near.id for near in adding.near][:1] == ["lorries-sent"] and len(adding.near) == 3


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"number": "24"}, "the same claimant, quantity and number"),
        ({"number": "25", "when": "2031-10-16"}, "the same claimant, quantity and day"),
    ],
)
def test_a_claim_that_may_be_there_already_is_named(folder: Path, cells: dict[str, str], why: str) -> None:
    given = {flag: answer for flag, answer in CLAIM.items() if flag not in ("low", "qualifier", "claimant-kind")}
    same = {"quantity": "lorries-16-october", "claimant": "ferry-union", "item": "lorry", "unit": "items"}
    adding = plan_adding(folder, "claim", given | same | {"when": "2031-10-17"} | cells)
    assert ("tr-0002", why) in [(double.id, double.why) for double in adding.doubles]


# --- the others -------------------------------------------------------------------------------------------------


def test_a_source_says_whose_words_it_relays_by_name(folder: Path) -> None:
    adding = plan_adding(
        folder, "source", SOURCE | {"published": "2031-12-05", "relays": "Ferry Workers' Union@2031-12"}
    )
    cells = adding.plan.edits.find("sources", "gazette-2031-12-05")
    assert cells is not None and cells["relays"] == "ferry-union@2031-12"


def test_an_original_of_somebody_new_makes_their_row(folder: Path) -> None:
    answers = SOURCE | {"relays": "Quay Watch@2031-12", "relays-kind": "monitor"}
    assert ("actors", "quay-watch") in changed(plan_adding(folder, "source", answers))


def test_a_page_is_added_once(folder: Path) -> None:
    adding = plan_adding(folder, "source", SOURCE | {"url": "https://union-2031-10-11.example"})
    assert told(adding)[0].endswith("one page is one row. Cite it with --source union-2031-10-11.")


def test_a_quotation_of_somebody_new_makes_their_row(folder: Path) -> None:
    adding = plan_adding(folder, "quote", QUOTE | {"speaker": "Ada Quay", "speaker-kind": "person"})
    assert [table for table, _ in changed(adding)] == ["actors", "quotes"] and not adding.refusal


@pytest.mark.parametrize("typed", ["no", "FALSE", "false"])
def test_a_translation_is_answered_with_yes_or_no(folder: Path, typed: str) -> None:
    adding = plan_adding(folder, "quote", QUOTE | {"translated": typed})
    cells = adding.plan.edits.find("quotes", adding.plan.key)
    assert cells is not None and cells["translated"] == "false" and not adding.refusal


def test_an_event_names_its_actors_by_name(folder: Path) -> None:
    answers = {"date": "5 December 2031", "title": "The ferries stop", "summary": "No ferry sails.", "kind": "strike",
               "actors": "Veldania; corvia", "source": "gazette-2031-12-02"}  # fmt: skip
    adding = plan_adding(folder, "event", answers)
    cells = adding.plan.edits.find("events", adding.plan.key)
    assert cells is not None and (cells["actor_ids"], cells["date"]) == ("veldania|corvia", "2031-12-05")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_question_has_a_flag_of_its_own(kind: str) -> None:
    flags = [question.flag for question in list_all(kind)]
    assert len(flags) == len(set(flags))
    assert all(find_question(table, "nonsense") is None for table in KINDS[kind])


# --- asking -----------------------------------------------------------------------------------------------------


def answering(answers: dict[str, str], asked: list[str]) -> Asking:
    def ask(question: Any, default: str, offers: list[tuple[str, str]]) -> str:
        asked.append(question.flag)
        return answers.get(question.flag, default)

    return Asking(ask, lambda question, typed, nearest: "", lambda text: None, lambda text: True)


def test_what_is_missing_is_asked_the_page_first_and_nothing_twice(folder: Path) -> None:
    asked: list[str] = []
    adding = plan_adding(
        folder, "claim", {"to": "corvia"}, asking=answering(CLAIM | {"number": "at least 2,000"}, asked)
    )
    assert not adding.refusal and asked[0] == "url" and len(asked) == len(set(asked))
    assert "number" in asked and "low" not in asked


def test_a_page_that_is_known_is_asked_no_more_about(folder: Path) -> None:
    asked: list[str] = []
    known = CLAIM | {"url": "https://union-2031-10-11.example/", "number": "at least 2,000"}
    plan_adding(folder, "claim", {"to": "corvia"}, asking=answering(known, asked))
    assert "publisher" not in asked and "title" not in asked


def test_a_table_that_is_none_is_asked_again_and_its_beginning_will_do(folder: Path) -> None:
    tables, told = iter(["bogus", "dep"]), list[str]()
    asking = answering({}, [])
    again = Asking(lambda question, *more: next(tables, ""), asking.choose, told.append, asking.agree)
    assert plan_adding(folder, "claim", {}, asking=again).plan.table == "deployments"
    assert told[0].startswith('--table: "bogus" is not a choice; choices are deployments, transfers, losses.')


def test_an_answer_that_cannot_be_meant_is_asked_again(folder: Path) -> None:
    answers, told = {"date": iter(["sometime", "5 December 2031"])}, list[str]()
    asking = answering(QUOTE, [])
    again = Asking(
        lambda question, default, offers: next(answers.get(question.flag, iter([QUOTE[question.flag]]))),
        asking.choose, told.append, asking.agree,
    )  # fmt: skip
    adding = plan_adding(folder, "quote", {"source": QUOTE["source"]}, asking=again)
    assert not adding.refusal and '"sometime" is not a date' in told[0]
