"""Rows for originals that nobody saw: they become what their relays say, and nothing is lost on the way."""

import csv

import pytest
from dossiers import event, flow, quote, source, stock, write_rows
from hypothesis import given
from hypothesis import strategies as st

from briefing.desk.claims.claims import choose_claims
from briefing.dossier.dossier import check_dossier, read_dossier
from briefing.dossier.folding import fold_originals
from briefing.errors import DossierError


def unseen(source_id="o-1", published="2031-03-01", **cells):
    """Write a row for an original of Ambassador Trentino's that nobody saw."""
    return source(source_id, published) | {
        "publisher": "Ambassador Trentino", "title": "[original not seen: Trentino, a toast]", "kind": "interview",
        "url": "https://relay.example/", "published_basis": "first_seen", "language": "",
    } | cells  # fmt: skip


RELAY = source("relay", "2031-03-10", origin_id="o-1", note="In Sylvanian.")
AGAIN = source("again", "2031-03-05", origin_id="o-1")


def write(folder, *sources, **tables):
    """Write a dossier with these sources."""
    return write_rows(folder, sources=list(sources), **tables)


def rows(folder):
    """Read sources.csv as it stands, by id."""
    with (folder / "sources.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["source_id"]: row for row in csv.DictReader(file)}


# --- what folds -------------------------------------------------------------------------------------------------


def test_a_row_becomes_what_each_of_its_relays_says(tmp_path):
    folder = write(tmp_path, unseen(), RELAY, AGAIN)
    assert fold_originals(folder).folded == {"o-1": "trentino@2031-03-01~"}
    assert {key: (row["origin_id"], row["relays"]) for key, row in rows(folder).items()} == {
        "relay": ("", "trentino@2031-03-01~"),
        "again": ("", "trentino@2031-03-01~"),
    }
    assert check_dossier(folder) == []


@pytest.mark.parametrize(
    ("day", "basis", "relays"),
    [
        ("2031-03-01", "stated", "trentino@2031-03-01"),
        ("2031-03", "inferred", "trentino@2031-03~"),
        ("2031-03-01?", "first_seen", "trentino@2031-03-01?"),
        ("2031-02/2031-03", "first_seen", "trentino@2031-02/2031-03~"),
    ],
)
def test_only_a_stated_day_stays_stated(tmp_path, day, basis, relays):
    folder = write(tmp_path, unseen(published=day, published_basis=basis), RELAY)
    assert fold_originals(folder).folded == {"o-1": relays}


def test_the_maker_may_be_named_by_an_alias(tmp_path):
    maker = {"actor_id": "toaster", "name": "A. Toaster", "kind": "person", "aliases": "Toaster|The Toaster"}
    folder = write(tmp_path, unseen(publisher="the toaster"), RELAY, actors=[maker])
    assert fold_originals(folder).folded == {"o-1": "toaster@2031-03-01~"}


def test_what_the_row_said_is_in_the_note_of_its_first_relay(tmp_path):
    graded = unseen(kind="social_media", reliability="D", reliability_basis="Speaks for himself", note="At night.")
    folder = write(tmp_path, graded, RELAY, AGAIN)
    fold_originals(folder)
    assert rows(folder)["again"]["note"] == "Relays Trentino, a toast (social media; D: Speaks for himself). At night."
    assert rows(folder)["relay"]["note"] == "In Sylvanian."


def test_a_note_of_the_relay_stays_before_what_is_added(tmp_path):
    folder = write(tmp_path, unseen(), RELAY)
    fold_originals(folder)
    assert rows(folder)["relay"]["note"] == "In Sylvanian. Relays Trentino, a toast."


def test_the_end_of_a_chain_folds_into_the_row_in_between(tmp_path):
    between = unseen("o-2", "2031-03-02", origin_id="o-1", publisher="The Gazette")
    folder = write(tmp_path, unseen(), between, RELAY | {"origin_id": "o-2"})
    folding = fold_originals(folder)
    assert (set(folding.folded), set(folding.left)) == ({"o-1"}, {"o-2"})
    assert rows(folder)["o-2"]["relays"] == "trentino@2031-03-01~"
    assert read_dossier(folder).roots["relay"] == "trentino@2031-03-01~"


def test_folding_twice_changes_nothing_more(tmp_path):
    folder = write(tmp_path, unseen(), RELAY)
    fold_originals(folder)
    once = (folder / "sources.csv").read_bytes()
    assert fold_originals(folder).folded == {}
    assert (folder / "sources.csv").read_bytes() == once


# --- what stays, and why ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"publisher": "Nobody"}, 'its publisher "Nobody" is no actor of the dossier'),
        ({"published": ""}, "its day is not known"),
        ({"published": "2031-03/.."}, "its day 2031-03/.. is open"),
        ({"published": "2031-03~", "published_basis": "stated"}, "its day 2031-03~ is stated, and only about right"),
        ({"url": "https://own.example/"}, "it has an address of its own"),
        ({"licence": "CC BY 4.0"}, "its licence would be lost"),
        ({"language": "en"}, "its language would be lost"),
        ({"origin_id": "leaflet"}, "it relays leaflet itself: a chain runs through it"),
        ({"relays": "firefly@2031"}, "it relays firefly@2031 itself: a chain runs through it"),
    ],
)
def test_a_row_that_cannot_go_without_loss_stays(tmp_path, cells, why):
    folder = write(tmp_path, unseen(**cells), RELAY, source("leaflet", "2031-01-01"))
    before = (folder / "sources.csv").read_bytes()
    assert fold_originals(folder).left == {"o-1": why}
    assert (folder / "sources.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("transfers", flow("t-1", source_id="o-1")),
        ("deployments", stock("d-1", source_id="o-1")),
        ("quotes", quote("q-1", source_id="o-1")),
        ("events", event("e-1", source_id="o-1")),
    ],
)
def test_a_row_that_is_cited_stays(tmp_path, table, row):
    folder = write(tmp_path, unseen(), RELAY, **{table: [row]})
    assert fold_originals(folder).left == {"o-1": f"{table}.csv names it"}


def test_two_originals_of_one_maker_and_day_are_told_apart(tmp_path):
    other = unseen("o-2", published_basis="stated")
    folder = write(tmp_path, unseen(), other, RELAY, AGAIN | {"origin_id": "o-2", "url": "https://relay.example/"})
    assert set(fold_originals(folder).left) == {"o-1", "o-2"}


def test_an_original_that_relays_name_already_is_not_mixed_with_a_row(tmp_path):
    folder = write(tmp_path, unseen(), RELAY, source("third", "2031-04-01", relays="trentino@2031-03-01"))
    assert set(fold_originals(folder).left) == {"o-1"}


def test_a_name_of_two_actors_is_nobody_s(tmp_path):
    twins = [{"actor_id": key, "name": "Ambassador Trentino", "kind": "person"} for key in ("one", "two")]
    folder = write(tmp_path, unseen(), RELAY, actors=twins)
    assert fold_originals(folder).left == {
        "o-1": 'its publisher "Ambassador Trentino" is several actors of the dossier'
    }


def test_a_document_that_was_seen_is_not_looked_at(tmp_path):
    folding = fold_originals(write(tmp_path, unseen(title="A toast"), RELAY))
    assert (folding.folded, folding.left) == ({}, {})


def test_what_cannot_be_read_is_not_rewritten(tmp_path):
    folder = write(tmp_path, unseen(), RELAY | {"published": "soon"})
    with pytest.raises(DossierError):
        fold_originals(folder)
    assert "o-1" in rows(folder)


# --- the file ---------------------------------------------------------------------------------------------------


def test_a_file_without_the_column_gets_it_and_keeps_its_marks_and_the_curator_s_columns(tmp_path):
    folder = write(tmp_path, unseen(), RELAY)
    path = folder / "sources.csv"
    kept = [{**row, "x_shelf": "B"} for key, row in rows(folder).items() if key == "relay"]
    bare = [{**row, "x_shelf": ""} for key, row in rows(folder).items() if key == "o-1"] + kept
    names = [name for name in bare[0] if name != "relays"]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(bare)
    assert fold_originals(folder).folded == {"o-1": "trentino@2031-03-01~"}
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_bytes().count(b"\r\n") == 2
    assert (rows(folder)["relay"]["relays"], rows(folder)["relay"]["x_shelf"]) == ("trentino@2031-03-01~", "B")


def test_the_command_says_what_it_folded_and_what_it_left(run, tmp_path):
    write(tmp_path, unseen(), unseen("o-2", publisher="Nobody"), RELAY, AGAIN | {"origin_id": "o-2"})
    result = run("check", str(tmp_path), "--write")
    assert result.stdout.splitlines()[:3] == [
        "folded 1 original that nobody saw, left 1",
        "folded o-1 into trentino@2031-03-01~",
        'left o-2: its publisher "Nobody" is no actor of the dossier',
    ]


# --- nothing that is counted moves ------------------------------------------------------------------------------

BASES = st.sampled_from(["stated", "inferred", "first_seen"])
MAKERS = st.sampled_from(["Ambassador Trentino", "The Gazette", "Nobody"])
DAYS = st.sampled_from(["2031-03-01", "2031-03", "2031-02-27~", ""])


def counted(dossier):
    """Count claims, documents and origins of a dossier, with the day from which each claim was known."""
    claims = choose_claims(dossier)
    return claims.documents, claims.origins, [(claim.id, claim.known_on) for claim in claims.each]


@given(made=st.lists(st.tuples(BASES, MAKERS, DAYS), min_size=2, max_size=4), data=st.data())
def test_folding_moves_no_count_and_no_day(tmp_path_factory, made, data):
    originals = [
        unseen(f"o-{at}", day, published_basis=basis, publisher=maker) for at, (basis, maker, day) in enumerate(made)
    ]
    led = [data.draw(st.integers(0, len(made) - 1)) for _ in range(3)]
    relays = [source(f"r-{at}", f"2031-03-{10 + at}", origin_id=f"o-{to}", url="https://relay.example/")
              for at, to in enumerate(led)]  # fmt: skip
    claims = [flow(f"c-{at}", at % 2, source_id=f"r-{at}") for at in range(3)]
    folder = write(tmp_path_factory.mktemp("folded"), *originals, *relays, transfers=claims)
    days = ("2031-03-01", "2031-03-10", "2031-03-11", "2031-12-31", None)
    before = read_dossier(folder)
    fold_originals(folder)
    after = read_dossier(folder)
    assert [counted(after.at(day)) for day in days] == [counted(before.at(day)) for day in days]
