from dossiers import dossier, quote, source

from briefing.dossier.assessments import Judgement
from briefing.dossier.example import read_example
from briefing.dossier.models import documents_of, rows_of, rows_where
from briefing.dossier.read_log import note_reads
from briefing.dossier.tables import Quote
from briefing.values.dates import parse_date

SAID = {"quotes": [quote("q-1"), quote("q-2", date="2031-02", relay="gazette")], "sources": [source("s-1")]}


def test_rows_are_values_in_the_order_of_the_file_and_an_empty_cell_is_nothing():
    first, second = rows_of(dossier(**SAID), Quote)
    assert (first.quote_id, first.relay, first.translated) == ("q-1", None, False)
    assert (second.when, second.relay) == (parse_date("2031-02"), "gazette")


def test_a_document_is_one_value_on_every_day():
    known = dossier("2031-12-31", **SAID)
    assert documents_of(known)["s-1"] is documents_of(known.at("2031-06-01"))["s-1"]


def test_a_judgement_is_open_until_the_day_on_which_it_was_decided():
    late = read_example()
    decided = next(row for row in rows_of(late, Judgement) if row.is_decided)
    early = late.at(decided.made)
    assert [row.is_decided for row in rows_of(early, Judgement) if row.judgement_id == decided.judgement_id] == [False]


def test_who_asks_for_one_row_has_read_no_other():
    with note_reads() as log:
        rows_where(dossier(**SAID), Quote, quote_id="q-1")
    assert [entry[2] for entry in log.tell() if entry[0] == "quotes"] == ['{"quote_id": ["q-1"]}']
