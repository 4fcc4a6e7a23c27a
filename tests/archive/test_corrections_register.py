"""Corrections: one shows on every page that prints the row, and in the register; what is new knowledge is none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import freedonia as f
import pytest
from archives import front, publish, read_all
from hostile import STRINGS

from briefing.archive.corrections import KnownCorrection, know_corrections
from briefing.archive.write import write_archive
from briefing.blocks.blocks import Correction, Corrections, Evidence, Heading, Prose
from briefing.page.links import check_links, is_place, part_links
from briefing.page.notices import find_strange
from briefing.page.policy import check_page

DAYS = ("1933-11-17", "1933-11-18", "1934-01-02")
HEADER = "date,table,row_id,field,old,new,reason\n"
SLIP = "1934-02-03,transfers,tr-1,high,89,98,A slip of the key\n"


def dossier(folder: Path, *lines: str) -> Path:
    """Write the corrections of a dossier; give its folder."""
    folder.mkdir(exist_ok=True)
    (folder / "corrections.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return folder


def archived(out: Path, *lines: str) -> Path:
    write_archive(out, data=dossier(out.parent / "data", *lines))
    return out


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Give a reports folder whose first two editions print tr-1, and the third does not; the second tells the slip."""
    out = tmp_path / "reports"
    told = Correction(
        date="1934-02-03", row="tr-1", title="Mules lent", field="high", old="89", new="98", reason="A slip of the key"
    )
    block = Corrections(caption="Corrections", corrections=(told,))
    publish(out, DAYS[0])
    publish(out, DAYS[1], front(day=DAYS[1]), Heading(text=("So",)), Prose(text=("So it is.",)), block)
    publish(out, DAYS[2], front("122 mules or more", day=DAYS[2]))
    return out


def notices(out: Path, day: str) -> str:
    return part_links((out / f"mules/{day}.html").read_bytes()).blocks["notices"]


def register(out: Path) -> list[dict[str, object]]:
    return list(json.loads((out / "corrections.json").read_text(encoding="utf-8"))["corrections"])


def test_a_correction_shows_on_every_page_that_prints_the_row_and_in_the_register(out: Path) -> None:
    archived(out, SLIP)
    link = '<a href="../corrections.html#tr-1_high_1934-02-03">tr-1</a>'
    assert [link in notices(out, day) for day in DAYS] == [True, True, False]
    page = (out / "corrections.html").read_text(encoding="utf-8")
    assert (
        'id="tr-1_high_1934-02-03"' in page and "<del" in page and ">89</del>" in page and "A slip of the key." in page
    )
    assert re.findall(r'<a href="(mules/[^"]*)"', page) == [f"mules/{DAYS[1]}.html", f"mules/{DAYS[0]}.html"]
    assert register(out)[0]["editions"] == [f"mules/{day}.html" for day in DAYS[:2]]
    assert 'href="corrections.html"' in (out / "index.html").read_text(encoding="utf-8")


def test_the_register_names_the_row_and_the_questions_of_the_editions(out: Path) -> None:
    archived(out, SLIP)
    page = (out / "corrections.html").read_text(encoding="utf-8")
    assert '3 February 1934</time>: <span dir="auto">Mules lent</span></h2>\n<p>Row tr-1</p>' in page
    assert '<li><span dir="auto">How many mules?</span> – <a' in page


def test_a_page_that_tells_of_the_row_among_all_that_we_mended_was_not_touched(out: Path) -> None:
    cells = {"date": "1934-02-03", "row": "tr-1", "title": "Mules lent", "field": "high", "old": "89", "new": "98"}
    told, held = Correction(**cells, reason="A slip"), Evidence(claims=(f.claim("tr-1"),), sources=f.SOURCES)
    block = Corrections(caption="Corrections", corrections=(told,), evidence=held)
    publish(out, DAYS[2], front("122 mules or more", day=DAYS[2]), Heading(text=("So",)), block)
    archived(out, SLIP)
    assert register(out)[0]["editions"] == [f"mules/{day}.html" for day in DAYS[:2]]
    assert "corrected" not in notices(out, DAYS[2])


def test_a_page_that_a_mended_row_left_still_says_that_it_was_corrected(out: Path) -> None:
    archived(out)
    publish(out, DAYS[0], front("122 mules or more", day=DAYS[0]))
    for _ in "twice":
        archived(out, SLIP)
        assert 'corrections.html">1 row</a>' in notices(out, DAYS[0])


def test_a_correction_that_pages_alone_tell_is_registered(out: Path) -> None:
    write_archive(out)
    assert [told["editions"] for told in register(out)] == [[f"mules/{day}.html" for day in DAYS[:2]]]


def test_a_correction_that_no_page_tells_is_named_as_the_page_prints_the_row(tmp_path: Path) -> None:
    publish(tmp_path / "reports", DAYS[0])
    archived(tmp_path / "reports", SLIP)
    claim = f.claim("tr-1")
    assert [told["title"] for told in register(tmp_path / "reports")] == [claim.quantity_title]


def test_a_correction_that_was_withdrawn_stays_in_the_register_and_leaves_the_pages(out: Path) -> None:
    archived(out, SLIP, SLIP.replace("high", "low"))
    archived(out, SLIP.replace("high", "low"))
    assert [(told["column"], told["withdrawn"]) for told in register(out)] == [("high", True), ("low", False)]
    assert "tr-1_high" not in notices(out, DAYS[0]) and "tr-1_low" in notices(out, DAYS[0])
    archived(out, SLIP, SLIP.replace("high", "low"))
    assert [told["withdrawn"] for told in register(out)] == [False, False]


def test_a_build_without_a_dossier_remembers_its_corrections(out: Path) -> None:
    before = read_all(archived(out, SLIP, SLIP.replace("high", "low")))
    write_archive(out)
    assert read_all(out) == before


def test_a_file_of_corrections_that_cannot_be_read_withdraws_nothing(out: Path) -> None:
    archived(out, SLIP)
    before = read_all(out)
    (out.parent / "data/corrections.csv").write_bytes(b"\xff\xfe")
    write_archive(out, data=out.parent / "data")
    assert read_all(out) == before


def test_the_newest_correction_comes_first_and_its_place_stays(out: Path) -> None:
    archived(out, SLIP)
    before = {told["address"] for told in register(out)}
    archived(out, SLIP, SLIP.replace("1934-02-03", "1934-03-04"))
    told = [told["address"] for told in register(out)]
    assert told[0] == "corrections.html#tr-1_high_1934-03-04" and before <= set(told)
    assert "4 March 1934" in notices(out, DAYS[0]) and notices(out, DAYS[0]).count("tr-1</a>") == 1


def test_many_corrected_rows_are_counted_on_a_page(out: Path) -> None:
    sources = [f"1934-02-0{n},sources,{key},note,a,b,c\n" for n, key in enumerate((s.id for s in f.SOURCES), 1)]
    archived(out, SLIP, *sources, "1934-02-03,items,mule,name,a,b,c\n")
    told = notices(out, DAYS[0])
    page = (out / f"mules/{DAYS[0]}.html").read_bytes()
    printed = sum(1 for s in f.SOURCES if f'"{s.id}":' in page.decode()) + 1
    assert told.count("corrections.html#") == min(3, printed)
    assert find_strange(part_links(page).blocks, page=page.decode()) == ""


def test_the_place_of_a_row_begins_with_its_id_however_long() -> None:
    row = "a" * 100
    anchor = KnownCorrection("1934-02-03", row, "x_" + "b" * 90, table="decided").anchor
    assert anchor.startswith(f"{row}_decided_x-b") and anchor.endswith("_1934-02-03") and is_place(anchor)


def test_hostile_words_are_words_in_the_register(out: Path) -> None:
    lines = []
    for n, text in enumerate(STRINGS):
        cell = '"' + text.encode("utf-8", "replace").decode().replace('"', '""').replace("\n", " ") + '"'
        lines.append(f"1934-02-03,transfers,tr-1,x_{n},{cell},{cell},{cell}\n")
    write_archive(out, data=dossier(out.parent / "data", *lines))
    page = (out / "corrections.html").read_text(encoding="utf-8")
    told = [problem for problem in check_page(page) if "a page has no href such as that" not in problem]
    assert told == [] or all("lets through" in problem for problem in told)
    blocks = part_links((out / f"mules/{DAYS[0]}.html").read_bytes()).blocks
    assert check_links(blocks) == ""


def test_a_folder_without_corrections_says_so(tmp_path: Path) -> None:
    publish(tmp_path, DAYS[0])
    write_archive(tmp_path)
    assert "No row has been corrected." in (tmp_path / "corrections.html").read_text(encoding="utf-8")
    assert register(tmp_path) == [] and notices(tmp_path, DAYS[0]) == ""
    assert know_corrections(tmp_path, (), data=None) == ()
