import datetime as dt
import random

import pytest
from assessed import judgement
from dossiers import write_rows
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from norway import ROWS, csv_text, write_dossier

from briefing.dossier.dossier import check_dossier, find_folder, read_dossier
from briefing.errors import DossierError, UsageError


def told(folder):
    return [str(problem) for problem in check_dossier(folder)]


# --- reading ----------------------------------------------------------------------------------------------------


def test_a_folder_of_tables_is_one_frame_a_table(small):
    dossier = read_dossier(small)
    assert {name: len(frame) for name, frame in dossier.frames.items() if len(frame)} == {
        name: len(rows) for name, rows in ROWS.items()
    } | {"units": 7}
    assert dossier.transfers["source_id"].tolist() == ["harbour-log", "harbour-log"]


def test_a_dated_dossier_shows_what_was_known_by_then(small):
    assert [len(read_dossier(small, as_of=f"2031-04-{day}").deployments) for day in ("11", "12")] == [0, 1]


@pytest.mark.parametrize("as_of", ["2031-04-12", dt.date(2031, 4, 12)])
def test_a_day_may_be_a_text_or_a_date(small, as_of):
    assert read_dossier(small, as_of=as_of).as_of == dt.date(2031, 4, 12)


def test_latest_is_the_last_day_on_which_anything_became_known(tmp_path):
    judged = {"judgements": [judgement("jd-1", made_on="2031-02-03")]}
    assert read_dossier(write_rows(tmp_path, **judged), as_of="latest").as_of == dt.date(2031, 2, 3)


def test_latest_is_today_for_a_dossier_that_knows_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1671451200")
    assert read_dossier(write_rows(tmp_path, sources=[]), as_of="latest").as_of == dt.date(2022, 12, 19)


@pytest.mark.parametrize(
    "as_of",
    ["2031-04", "2031-04-12~", "2031-04-12/2031-04-12", "tomorrow", "", 20310412, dt.datetime(2031, 4, 12, 23, 30)],
)
def test_what_is_no_day_is_refused(small, as_of):
    with pytest.raises(UsageError, match="as_of: "):
        read_dossier(small, as_of=as_of)


def test_a_quotation_that_is_a_formula_or_a_tag_is_text(edit):
    folder = edit("quotes", "q-1", text="<img src=x onerror=alert(1)>")
    assert read_dossier(folder).quotes["text"].tolist() == ["<img src=x onerror=alert(1)>"]


def test_a_speaker_whose_name_is_a_formula_is_text(small):
    assert read_dossier(small).name_of("minister") == '=HYPERLINK("https://evil.example","Minister")'


def test_norway_and_namibia_keep_their_country_codes(small):
    assert read_dossier(small).places["country"].tolist() == ["NO", "NA"]


def test_a_row_is_found_by_its_id_in_any_table(small):
    dossier = read_dossier(small)
    assert (dossier.find("t-1").from_, dossier.find("t-1").best) == ("norway", 20)
    assert dossier.find("walvis-bay").country == "NA"
    assert dossier.find("q-1").translated is True


def test_a_cell_that_is_empty_is_none_in_a_found_row(small):
    row = read_dossier(small).find("d-1")
    assert (row.low, row.high, row.unit_name) == (10, None, None)


def test_a_row_that_is_not_visible_is_not_found(small):
    assert read_dossier(small, as_of="2031-04-11").find("d-1") is None
    assert read_dossier(small, as_of="2031-04-12").find("d-1") is not None


def test_a_place_that_bears_an_actors_id_is_found_in_its_table(edit):
    folder = edit("places", "walvis-bay", place_id="namibia")
    (folder / "deployments.csv").write_text(csv_text("deployments", []))
    (folder / "transfers.csv").write_text(csv_text("transfers", []))
    dossier = read_dossier(folder)
    assert (dossier.find("namibia").kind, dossier.find("namibia", table="places").lat) == ("state", -22.96)


def test_an_unknown_id_is_its_own_name(small):
    assert read_dossier(small).name_of("atlantis") == "atlantis"


def test_a_column_added_to_a_table_is_not_added_to_the_dossier(small):
    dossier = read_dossier(small)
    mine = dossier.transfers
    mine["best"] = 0.0
    mine["mine"] = 1
    assert "mine" not in dossier.transfers
    assert dossier.find("t-1").best == 20


def test_an_earlier_day_is_shown_and_a_later_one_is_not(small):
    dossier = read_dossier(small, as_of="2031-04-12")
    assert len(dossier.at("2031-04-11").deployments) == 0
    with pytest.raises(UsageError, match="knows nothing after its day"):
        dossier.at("2031-04-13")


def test_a_dossier_without_rows_is_a_dossier(tmp_path):
    dossier = read_dossier(write_dossier(tmp_path / "empty", {}), as_of="2031-04-12")
    assert [name for name, frame in dossier.frames.items() if len(frame)] == ["units"]


# --- files as analysts really save them -------------------------------------------------------------------------


@pytest.mark.parametrize("table", ROWS)
def test_a_byte_order_mark_and_crlf_change_nothing(small, table):
    path = small / f"{table}.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert told(small) == []


@pytest.mark.parametrize("name", ["/nowhere/at/all", "a\0b", "x" * 5_000])
def test_a_missing_folder_is_a_problem(name):
    assert [problem.cure for problem in check_dossier(name)] == ["Name the folder that holds the tables"]


def test_a_folder_that_is_a_file_is_a_problem(small):
    assert [problem.what for problem in check_dossier(small / "sources.csv")] == ["is no folder"]


def test_a_folder_without_files_is_a_problem(tmp_path):
    assert check_dossier(tmp_path)[0].what.startswith("holds none of the files sources.csv, actors.csv")


def test_a_file_that_is_a_directory_is_a_problem(small):
    (small / "items.csv").unlink()
    (small / "items.csv").mkdir()
    assert [(problem.file, problem.what) for problem in check_dossier(small)] == [
        ("small/items.csv", "cannot be read (Is a directory)")
    ]


def test_a_missing_file_is_a_problem_and_the_cure_gives_its_header(small):
    (small / "items.csv").unlink()
    assert told(small) == [
        "small/items.csv: is missing; a dossier has this table. "
        "Add it, with the header item_id,name,parent_id,unit,singular,plural."
    ]


def test_a_csv_file_that_is_no_table_is_a_warning_and_stops_nothing(small):
    (small / "transfer.csv").write_text("x\n")
    problem = check_dossier(small)[0]
    cure = 'Move its rows into "transfers.csv"'
    assert (problem.severity, problem.what, problem.cure) == ("warning", "is no table", cure)
    assert len(read_dossier(small).transfers) == 2


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("judgement.csv", 'Name it "judgements.csv"'), ("Indicator-Log.csv", 'Name it "indicator_log.csv"'),
        ("my.csv", "Keep it in another folder"), ("minutes.csv", "Keep it in another folder"),
        ("sources_old.csv", "Keep it in another folder"),
    ],
)  # fmt: skip
def test_a_strange_file_gets_the_name_of_a_table_only_where_it_is_near_and_free(small, name, cure):
    for table in ("judgements", "indicator_log"):
        (small / f"{table}.csv").unlink(missing_ok=True)
    (small / name).write_text("x\n")
    assert check_dossier(small)[0].cure == cure


@pytest.mark.parametrize(
    ("table", "spoil", "what"),
    [
        ("actors", lambda text: text.replace(",", ";").encode(), "is separated by semicolons"),
        ("actors", lambda text: text.encode("latin-1"), "byte 0xEB is not UTF-8 (perhaps Latin-1 or Windows-1252)"),
        ("actors", lambda text: text.encode("utf-16"), "is UTF-16"),
        ("actors", lambda text: text.replace("norway", "nor\0way").encode(), "holds a NUL byte"),
        ("actors", lambda text: b"", "is empty"),
        ("actors", lambda text: (text + ",,,,,,\n,,,,,,\n").encode(), "rows 6 to 7 are empty"),
        ("actors", lambda text: (text + '"open,person,,,,,\n').encode(), "a quotation mark is opened and never closed"),
        ("actors", lambda text: text.replace("wikidata", "name", 1).encode(), 'column "name" stands twice'),
        ("actors", lambda text: text.replace("actor_id", "x_id").encode(), 'column "actor_id" is missing'),
        ("items", lambda text: text.replace(",items", ",tems").encode(), 'unit "tems" is in no row of units.csv'),
        ("deployments", lambda text: text.replace("2031-04-11", "44912").encode(), 'date: "44912" is not a date'),
        ("deployments", lambda text: text.replace("2031-04-11", "12/19/2022").encode(), '"12/19/2022" is not a date'),
        ("deployments", lambda text: text.replace("lorry,10,", 'lorry,"1,234",').encode(), '"1,234" is no number'),
        ("deployments", lambda text: text.replace("lorry,10,", "lorry,1 234,").encode(), '"1 234" is no number'),
        ("deployments", lambda text: text.replace("about a dozen", "x" * 1_000_000).encode(), "1,000,000 characters"),
    ],
)  # fmt: skip
def test_each_fault_of_a_real_file_is_its_own_problem_and_stops_the_reading(small, table, spoil, what):
    path = small / f"{table}.csv"
    path.write_bytes(spoil(path.read_text(encoding="utf-8")))
    with pytest.raises(DossierError) as error:
        read_dossier(small)
    assert what in str(error.value)
    assert {problem.file for problem in error.value.problems} == {f"small/{table}.csv"}


def test_all_problems_of_all_files_are_told_at_once_in_reading_order(edit):
    edit("sources", "gazette", published="44912")
    edit("transfers", "t-2", low="6", high="4")
    folder = edit("quotes", "q-1", speaker_id="nobody")
    (folder / "events.csv").write_bytes(b"")
    with pytest.raises(DossierError) as error:
        read_dossier(folder)
    places = [problem.place for problem in error.value.problems]
    assert places == ["small/sources.csv:3", "small/transfers.csv:3", "small/quotes.csv:2", "small/events.csv"]


def test_a_dossier_with_a_problem_is_never_read(edit):
    with pytest.raises(DossierError):
        read_dossier(edit("deployments", "d-1", low="1 234"), as_of="1900-01-01")


@pytest.mark.long
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    table=st.sampled_from(sorted(ROWS)),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.binary(max_size=6)), min_size=1, max_size=4),
    draw=st.sampled_from([None, b'"', b",", b"\n", b"\r", b";", b"\xff", b"\0", b"|", b"-", b"9", b" "]),
)
def test_whatever_bytes_a_file_holds_it_is_read_or_told(small, table, cuts, draw):
    write_dossier(small, ROWS)
    path = small / f"{table}.csv"
    raw = path.read_bytes()
    for start, length, piece in cuts:
        at = int(start * len(raw))
        raw = raw[:at] + (draw or piece) + raw[at + int(length * 12) :]
    path.write_bytes(raw)
    assert all(str(problem).isprintable() and len(str(problem)) < 2_000 for problem in check_dossier(small))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers())
def test_cells_in_any_order_are_read_or_told(small, seed):
    shuffle = random.Random(seed)
    cells = [text for rows in ROWS.values() for row in rows for text in row.values()]
    tables = {
        table: [{column: shuffle.choice([text, shuffle.choice(cells)]) for column, text in row.items()} for row in rows]
        for table, rows in ROWS.items()
    }
    write_dossier(small, tables)
    try:
        read_dossier(small, as_of="2031-04-12")
    except DossierError as error:
        assert error.problems == tuple(check_dossier(small))


# --- finding the folder -----------------------------------------------------------------------------------------


def test_the_nearest_data_folder_above_is_the_dossier(tmp_path, monkeypatch):
    monkeypatch.delenv("BRIEFING_DATA", raising=False)
    write_dossier(tmp_path / "data", ROWS)
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    assert find_folder(tmp_path / "notebooks" / "deep") == tmp_path / "data"


def test_the_press_names_the_folder(small, monkeypatch):
    monkeypatch.setenv("BRIEFING_DATA", str(small))
    assert read_dossier().folder == small


def test_no_folder_near_is_told_with_the_cure(tmp_path, monkeypatch):
    monkeypatch.delenv("BRIEFING_DATA", raising=False)
    with pytest.raises(UsageError, match=r"no dossier near .* Go to its folder"):
        find_folder(tmp_path)
