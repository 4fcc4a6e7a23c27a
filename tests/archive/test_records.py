"""What the archive knows of an edition: read from its run, once, and never a crash."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import freedonia as f
from archives import front, publish

from briefing.archive.keeping import details_path, make_ahead, read_details, read_record
from briefing.archive.records import Record
from briefing.blocks.blocks import Cited, Correction, Corrections, Evidence, Front, Headline, Made, Tile
from briefing.editions.fingerprint import digest_bytes
from briefing.press.publish import manifest_path, read_json, run_path, save_json
from briefing.values.bounds import Bounds


def record_of(out: Path, address: str) -> Record:
    return read_record(out, read_json(manifest_path(out, address)))


def test_a_record_says_what_its_page_asks_answers_and_counts(tmp_path: Path) -> None:
    record = record_of(tmp_path, publish(tmp_path, "1933-11-17", front("122 mules or more")))
    assert (record.question, record.answer) == ("How many mules?", "The Ferrymen count 122 mules or more.")
    assert record.lead and record.lead.figure and record.lead.figure.bounds
    assert (record.lead.figure.bounds.low, record.lead.figure.bounds.high) == (122, None)
    assert (record.series, record.as_of, record.issued, record.claims) == ("mules", "1933-11-17", "1933-11-17", 1)


def test_details_hold_rows_with_the_hashes_of_the_pages_manifest(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    details = read_details(tmp_path, record_of(tmp_path, address))
    assert details.cells("claims")[0]["wording"] == "98 mules, counted at the ferry"
    assert f'"tr-1":"{details.rows["claims"]["tr-1"].hash}"' in (tmp_path / address).read_text(encoding="utf-8")
    assert [(figure.place, figure.words, figure.quantity) for figure in details.figures] == [
        ("Mules lent", "98 mules", "mules-lent"),
        ("How many mules?", "98 mules", "mules-lent"),
    ]


def rivals(tmp_path: Path, words: str, *keys: str, is_range: bool) -> Bounds | None:
    claims = {claim.id: claim for claim in f.CLAIMS}
    cited = Cited(text=words, claims=keys, made=Made(kind="rivals", is_range=is_range))
    head = Front(
        title="How many?", as_of="1933-11-17", tiles=(Tile(figure=(cited,), label="Lent"),),
        evidence=Evidence(claims=tuple(claims[key] for key in keys), sources=f.SOURCES),
    )  # fmt: skip
    lead = record_of(tmp_path, publish(tmp_path, "1933-11-17", head)).lead
    return lead.figure.bounds if lead and lead.figure else None


def test_a_side_that_a_rival_leaves_open_stays_open(tmp_path: Path) -> None:
    assert rivals(tmp_path, "98 to 122", "tr-1", "tr-2", is_range=True) == Bounds(98, None, None, "items")


def test_rivals_that_agree_say_what_all_of_them_leave_open(tmp_path: Path) -> None:
    assert rivals(tmp_path, "65,089 tonnes", "tr-3", "tr-4", is_range=False) == Bounds(65089, 65089, 65089, "tonnes")


def test_a_missing_run_gives_what_the_press_noted_and_is_read_when_it_is_back(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    run = run_path(tmp_path, address)
    kept = run.read_bytes()
    run.write_bytes(b"damaged")
    assert "its run cannot be read" in record_of(tmp_path, address).flaw
    run.write_bytes(kept)
    assert record_of(tmp_path, address).flaw == "" and record_of(tmp_path, address).tiles


def test_a_block_of_a_newer_version_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    path, note = run_path(tmp_path, address), manifest_path(tmp_path, address)
    notebook = json.loads(gzip.decompress(path.read_bytes()))
    notebook["cells"][1]["outputs"][0]["data"]["application/vnd.briefing+json"]["version"] = 99
    path.write_bytes(gzip.compress(json.dumps(notebook).encode()))
    save_json(note, read_json(note) | {"run": digest_bytes(path.read_bytes())})
    record = record_of(tmp_path, address)
    assert "blocks up to version" in record.flaw and record.question == "How many mules?"


def test_a_run_of_the_first_version_of_blocks_is_read(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17", Headline(version=1, title="Who?", bottom_line=("They.",)))
    record = record_of(tmp_path, address)
    assert (record.question, record.answer, record.flaw) == ("Who?", "They.", "")


def test_details_that_are_damaged_are_read_anew(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    record = record_of(tmp_path, address)
    kept = read_details(tmp_path, record)
    details_path(tmp_path, address).write_bytes(b"damaged")
    assert read_details(tmp_path, record) == kept


def test_an_edition_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    record = record_of(tmp_path, address)
    run_path(tmp_path, address).unlink()
    assert record_of(tmp_path, address) == record


def test_a_record_that_is_kept_reads_as_it_was_made(tmp_path: Path) -> None:
    told = Correction(
        date="1934-02-03", row="tr-1", title="Mules lent", field="high", old="89", new="98", reason="Slip"
    )
    corrected = Corrections(caption="Corrections", corrections=(told,))
    addresses = [publish(tmp_path, day, front(day=day), f.JUDGED, corrected) for day in ("1933-11-17", "1933-11-18")]
    made = [record_of(tmp_path, address) for address in addresses]
    assert all(record.judgements and record.told and record.tiles for record in made)
    assert [record_of(tmp_path, address) for address in addresses] == made


def test_a_record_that_was_made_ahead_is_what_is_kept_and_nothing_was_written_before(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    ahead = make_ahead(tmp_path, address)
    assert not details_path(tmp_path, address).exists()
    record = read_record(tmp_path, read_json(manifest_path(tmp_path, address)), ahead=ahead)
    details = details_path(tmp_path, address).read_bytes()
    details_path(tmp_path, address).unlink()
    assert record_of(tmp_path, address) == record
    assert details_path(tmp_path, address).read_bytes() == details


def test_an_edition_that_changed_since_its_record_was_made_ahead_is_recorded_anew(tmp_path: Path) -> None:
    address = publish(tmp_path, "1933-11-17")
    ahead = make_ahead(tmp_path, address)
    publish(tmp_path, "1933-11-17", front("122 mules or more"))
    record = read_record(tmp_path, read_json(manifest_path(tmp_path, address)), ahead=ahead)
    assert record.answer == "The Ferrymen count 122 mules or more."


def test_no_record_is_made_ahead_where_one_is_kept_or_the_run_cannot_be_read(tmp_path: Path) -> None:
    kept, broken = publish(tmp_path, "1933-11-17"), publish(tmp_path, "1933-11-18")
    record_of(tmp_path, kept)
    run_path(tmp_path, broken).write_bytes(b"damaged")
    assert [make_ahead(tmp_path, address) for address in (kept, broken, "nowhere.html")] == [{}, {}, {}]
