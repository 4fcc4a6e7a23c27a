"""What a page says of its making, and what verifying it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import freedonia as f
import nbformat
import pytest

from briefing.blocks.blocks import Evidence, Headline, Prose
from briefing.desk.evidence import collect_evidence
from briefing.dossier.dossier import read_dossier
from briefing.editions.fingerprint import describe_making, digest_notebook
from briefing.editions.parameters import read_asked
from briefing.errors import PageError
from briefing.page.exporter import render_page
from briefing.page.linked import embed_json
from briefing.page.manifest import find_manifest, hash_page
from briefing.page.policy import hash_inline
from briefing.page.verify import Verdict, read_page, verify_page

CELL = f.cell(tags=("parameters",))
CELL.source = 'as_of: date = "2031-05-01"  # the day\nwindow: int = 90'


def notebook(evidence: Evidence, **asked: str) -> nbformat.NotebookNode:
    cells = [CELL, f.cell(Headline(title="Who?", evidence=evidence))]
    if asked:
        injected = f.cell(tags=("injected-parameters",))
        injected.source = "\n".join(f"{name} = {value!r}" for name, value in asked.items())
        cells.insert(1, injected)
    return f.notebook(*cells)


@pytest.fixture
def made(small: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Render a page of the small dossier; give the page and its notebook."""
    ran = notebook(collect_evidence(read_dossier(small), ["t-1", "d-1"]), as_of="2031-04-30")
    page, source = tmp_path / "page.html", tmp_path / "source.ipynb"
    page.write_text(render_page(ran), encoding="utf-8")
    nbformat.write(notebook(Evidence()), source)
    return page, source


def states(path: Path, **there: Path) -> dict[str, str]:
    return {verdict.part: verdict.state for verdict in verdicts(path, **there)}


def verdicts(path: Path, **there: Path) -> list[Verdict]:
    return verify_page(read_page(path), **there)


def test_a_page_verifies_against_what_it_was_made_from(made: tuple[Path, Path], small: Path) -> None:
    assert set(states(made[0], notebook=made[1], data=small).values()) == {"same"}


def test_what_is_not_named_is_not_checked(made: tuple[Path, Path]) -> None:
    found = states(made[0])
    assert [found[part] for part in ("notebook", "parameters", "rows")] == ["not checked"] * 3


def test_a_changed_text_is_told(made: tuple[Path, Path]) -> None:
    page = made[0]
    page.write_text(page.read_text(encoding="utf-8").replace("20 lorries", "2 lorries", 1), encoding="utf-8")
    assert states(page)["page"] == "differs"


def test_a_changed_row_is_told_by_its_id(made: tuple[Path, Path], edit: Callable[..., Path]) -> None:
    folder = edit("transfers", "t-1", wording="twenty lorries")
    verdict = next(verdict for verdict in verdicts(made[0], data=folder) if verdict.part == "rows")
    assert (verdict.state, verdict.detail) == ("differs", "1 of 7: t-1")


def test_a_changed_cell_is_told(made: tuple[Path, Path]) -> None:
    changed = nbformat.read(made[1], 4)
    changed.cells[1].source = "secret = 2"
    nbformat.write(changed, made[1])
    assert states(made[0], notebook=made[1])["notebook"] == "differs"


def test_a_parameter_that_is_no_longer_declared_is_told(made: tuple[Path, Path]) -> None:
    changed = nbformat.read(made[1], 4)
    changed.cells[0].source = 'as_of = "2031-05-01"'
    nbformat.write(changed, made[1])
    assert states(made[0], notebook=made[1])["parameters"] == "differs"


def test_a_file_without_a_manifest_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<p>", encoding="utf-8")
    with pytest.raises(PageError, match="has no manifest"):
        read_page(tmp_path / "page.html")


def forge(page: Path, script: str) -> None:
    """Put a script into a page, and mend its policy and its manifest, as somebody who knows the library would."""
    text = page.read_text(encoding="utf-8").replace("</main>", f"</main><script>{script}</script>", 1)
    text = text.replace("script-src ", f"script-src {hash_inline(script)} ", 1)
    manifest = find_manifest(text)
    assert manifest is not None
    sealed = text.replace(manifest["page"], hash_page(text))
    page.write_text(sealed, encoding="utf-8")


def test_a_script_that_somebody_put_in_is_told_though_all_hashes_fit(made: tuple[Path, Path]) -> None:
    forge(made[0], "alert(1)")
    found = {verdict.part: verdict for verdict in verdicts(made[0])}
    assert (found["page"].state, found["policy"].state) == ("same", "differs")
    assert found["policy"].detail == "it runs a script that is not the library's"


def test_a_page_whose_charts_answer_runs_the_librarys_scripts_alone(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(render_page(f.freedonia()), encoding="utf-8")
    assert states(tmp_path / "page.html")["policy"] == "same"


@pytest.mark.parametrize(
    "manifest",
    [
        "[]", "null", '{"manifest":1,"rows":[]}', '{"manifest":1,"rows":{"claims":[1]}}', '{"manifest":1,"versions":3}',
        '{"manifest":1,"parameters":"x"}', "[" * 200_000, "9" * 5_000,
    ],
    ids=range(8),
)  # fmt: skip
def test_a_manifest_of_another_shape_is_none(tmp_path: Path, manifest: str) -> None:
    element = f'<script type="application/json" id="page_manifest">{manifest}</script>'
    (tmp_path / "page.html").write_text(element, encoding="utf-8")
    with pytest.raises(PageError, match="has no manifest"):
        read_page(tmp_path / "page.html")


@pytest.mark.parametrize("number", [0, 2, 50_000])
def test_a_page_has_one_manifest(tmp_path: Path, number: int) -> None:
    opening = '<script type="application/json" id="page_manifest">'
    (tmp_path / "page.html").write_text(opening * number + "{}</script>", encoding="utf-8")
    with pytest.raises(PageError, match="has no manifest"):
        read_page(tmp_path / "page.html")


def test_rows_of_no_table_are_told(made: tuple[Path, Path], small: Path) -> None:
    page = made[0]
    page.write_text(
        page.read_text(encoding="utf-8").replace('"rows":{', '"rows":{"actors":{"norway":"x"},"no":{"":1},')
    )
    verdict = next(verdict for verdict in verdicts(page, data=small) if verdict.part == "rows")
    assert verdict.state == "differs" and "norway" in verdict.detail


def test_the_manifest_knows_what_the_run_was_asked() -> None:
    manifest = find_manifest(render_page(notebook(Evidence(), as_of="2031-04-30")))
    assert manifest is not None
    assert manifest["parameters"] == {"as_of": "2031-04-30", "window": 90}


def test_parameters_are_literals_and_nothing_else() -> None:
    odd = f.cell(tags=("parameters",))
    odd.source = "a = 1\nb = open('x')\nc, d = 1, 2\ne: int\nf = {'x': 1}"
    assert read_asked(f.notebook(odd)) == {"a": 1, "f": "{'x': 1}"}


def test_a_notebooks_digest_is_the_same_before_and_after_a_run() -> None:
    asked = notebook(f.EVIDENCE, as_of="2031-04-30")
    assert digest_notebook(asked) == digest_notebook(notebook(Evidence()))


def test_the_manifest_prints_what_the_fingerprint_says() -> None:
    ran = notebook(Evidence())
    manifest = find_manifest(render_page(ran))
    assert manifest is not None
    assert manifest.items() >= describe_making(ran).items()


def make_older(page: Path, versions: dict[str, str]) -> None:
    """Give a page the manifest that an older release would have given it."""
    text = page.read_text(encoding="utf-8")
    manifest = find_manifest(text)
    assert manifest is not None
    older = manifest | {"manifest": 1, "versions": versions}
    older |= dict.fromkeys(("notebook", "code", "template"), "0" * 32)
    text = text.replace(str(embed_json(manifest)), str(embed_json(older)))
    page.write_text(text.replace(manifest["page"], hash_page(text, version=1)), encoding="utf-8")


def test_an_older_page_is_verified_as_far_as_it_can_be(made: tuple[Path, Path], small: Path) -> None:
    make_older(made[0], {"pandas": version("pandas")})
    told = verdicts(made[0], notebook=made[1], data=small)
    unknown = {verdict.part for verdict in told if verdict.state == "not checked"}
    assert unknown == {"notebook", "code", "template"}
    assert {verdict.state for verdict in told if verdict.part not in unknown} == {"same"}
    assert {verdict.detail for verdict in told if verdict.part in unknown} == {
        "an older release made the page; render it again to have it checked"
    }


def test_an_older_page_tells_a_package_that_changed_since(made: tuple[Path, Path]) -> None:
    make_older(made[0], {"pandas": "0.1"})
    verdict = next(verdict for verdict in verdicts(made[0]) if verdict.part == "versions")
    assert (verdict.state, verdict.detail) == ("differs", f"pandas 0.1 then, {version('pandas')} now")


def test_json_cannot_leave_its_element() -> None:
    text = str(embed_json({"a": "</script><!--\u2028&"}))
    assert re.search("[<>&\u2028]", text) is None
    assert json.loads(text) == {"a": "</script><!--\u2028&"}


def test_linked_data_tells_the_claim_its_bounds_and_its_source() -> None:
    page = render_page(f.freedonia(), interactive=False)
    told = dict(re.findall(r'<script type="application/ld\+json" id="(\w+)">(.*?)</script>', page))
    about, sources, quotes = (json.loads(told[f"linked_{name}"]) for name in ("data", "sources", "quotes_1"))
    nodes = {node["@id"]: node for node in (*sources["citation"], *about["@graph"], *quotes["@graph"])}
    assert sources["@id"] == "#main_content"
    assert nodes["#tr-2"]["about"]["minValue"] == 122
    assert "maxValue" not in nodes["#tr-2"]["about"]
    assert nodes[nodes["#tr-2"]["appearance"]["@id"]]["publisher"] == "Sylvania Herald"
    assert nodes["#qt-1"]["@type"] == "Quotation"
    assert nodes["#main_content"]["@type"] == "Report"


def test_a_sentence_about_nothing_needs_no_evidence() -> None:
    assert "Quiet." in render_page(f.notebook(f.words("# Who?"), f.cell(Prose(text=("Quiet.",)))))


def test_a_quotation_that_is_shown_twice_is_told_to_machines_once() -> None:
    shown = next(block for block in f.BLOCKS if block.kind == "quotations")  # type: ignore[attr-defined]
    page = render_page(f.freedonia((f.BLOCKS[0], shown, shown, *f.BLOCKS[-2:])), interactive=False)
    assert page.count('"@id":"#qt-1"') == 1
