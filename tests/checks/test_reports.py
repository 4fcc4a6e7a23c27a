"""Waivers, and reports for people and machines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from norway import ROWS, write_dossier

from briefing.checks import RULES, check_folder
from briefing.checks.explained import write_rules_page
from briefing.checks.report import count, write, write_json, write_rules, write_sarif, write_text
from briefing.checks.waivers import Waiver, split
from briefing.cli.main import main
from briefing.errors import Problem, printable

ODD = Problem(
    "data/deployments.csv", 3, "low", None, "d-1 is odd", "nothing is odd", "Mend it", "F13", "warning", "d-1"
)
LOOKED = Waiver("F13", "d-1", "Two trains", "harbour-watch", dt.date(2031, 6, 30))


@pytest.mark.parametrize(
    ("rule", "subject", "day", "stands"),
    [("F13", "d-1", 30, False), ("F17", "d-1", 30, True), ("F13", "d-2", 30, True)],
)
def test_a_waiver_covers_one_rule_and_one_subject(rule: str, subject: str, day: int, stands: bool) -> None:
    waiver = Waiver(rule, subject, "Two trains", "harbour-watch", dt.date(2031, 6, 30))
    assert bool(split([ODD], [waiver], on=dt.date(2031, 6, day))[0]) == stands


def test_an_expired_waiver_waives_nothing() -> None:
    assert split([ODD], [LOOKED], on=dt.date(2031, 7, 1)) == ([ODD], [])


def test_text_gives_a_line_each_and_counts() -> None:
    assert write_text([ODD]).splitlines() == [
        "warning: F13: data/deployments.csv:3: d-1 is odd; nothing is odd. Mend it.",
        "1 warning; briefing check --explain F13 says why",
    ]  # fmt: skip
    assert "Two trains (harbour-watch, until 2031-06-30)" in write_text([], [(ODD, LOOKED)])
    assert count([]) == "nothing found"


def test_json_gives_every_field_and_the_reason_of_a_waiver() -> None:
    plain, waived = json.loads(write_json([ODD], [(ODD, LOOKED)]))
    assert (plain["id"], plain["subject"], plain["row"]) == ("F13", "d-1", 3)
    assert "waived" not in plain and waived["waived"].startswith("Two trains")


def test_sarif_names_rule_level_and_place() -> None:
    log = json.loads(write_sarif([ODD], [(ODD, LOOKED)], release="1.2.3"))
    run = log["runs"][0]
    first, second = run["results"]
    assert log["version"] == "2.1.0"
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"] == "F13"
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "data/deployments.csv"}, "region": {"startLine": 3}}
    assert first["level"] == "warning" and "suppressions" not in first
    assert second["suppressions"][0]["justification"].startswith("Two trains")


def test_sarif_of_a_cell_names_the_notebook_and_the_cell() -> None:
    found = Problem("mules.ipynb", None, None, None, "odd", "law", "cure", "F01", cell=7)
    assert str(found) == "mules.ipynb: cell 7: odd; law. cure."
    assert list(found.to_dict()) == list(ODD.to_dict()) and found.to_dict()["file"] == "mules.ipynb: cell 7"
    location = json.loads(write_sarif([found]))["runs"][0]["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "mules.ipynb"
    assert location["logicalLocations"][0]["name"] == "7"


def test_sarif_has_the_line_of_a_row_that_follows_a_break_inside_a_cell(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "deployments.csv").write_text('id,note\nd-0,"two\nlines"\nd-1,odd\n', encoding="utf-8")
    assert region(ODD, tmp_path) == {"startLine": 4}
    assert region(replace(ODD, row=9), tmp_path) == {"startLine": 9}


def test_sarif_has_the_line_of_a_cell(write_notebook: Callable[..., Path]) -> None:
    path = write_notebook("import briefing as b", "b.say('98')")
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1), encoding="utf-8")
    line = region(replace(ODD, file="notebooks/tiny.ipynb", row=4), path.parent.parent)["startLine"]
    assert "b.say" in "".join(path.read_text().splitlines()[line - 2 : line + 8])
    assert region(replace(ODD, file="notebooks/tiny.ipynb", row=4), path.parent) is None


def region(problem: Problem, root: Path) -> Any:
    log = json.loads(write_sarif([problem], roots=[root]))
    return log["runs"][0]["results"][0]["locations"][0]["physicalLocation"].get("region")


def closed(required: str, **properties: Any) -> dict[str, Any]:
    """Give the schema of an object that holds these properties and no others."""
    return {"type": "object", "required": required.split(), "properties": properties, "additionalProperties": False}


def many(kind: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": kind, "uniqueItems": True}


TEXT = {"type": "string", "minLength": 1}
MESSAGE = closed("text", text=TEXT)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
#: Written from the text of OASIS SARIF 2.1.0, sections 3.13 to 3.58: the objects that we write, and what they must be.
SARIF = closed(
    "version runs", version={"const": "2.1.0"}, runs=many(closed(
        "tool", columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        tool=closed("driver", driver=closed("name", name=TEXT, rules=many(closed(
            "id", id=TEXT, shortDescription=MESSAGE, defaultConfiguration=closed("", level=LEVEL),
        )), semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+"})),
        results=many(closed(
            "message", ruleId=TEXT, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL, message=MESSAGE,
            suppressions=many(closed("kind", kind={"enum": ["inSource", "external"]}, justification=TEXT)),
            locations=many(closed(
                "",
                physicalLocation=closed("artifactLocation", artifactLocation=closed(
                    "uri", uri={"type": "string", "pattern": r"^[A-Za-z0-9._~/%!$&'()*+,;=@-]+$"},
                ), region=closed("startLine", startLine={"type": "integer", "minimum": 1})),
                logicalLocations=many(closed("name", name=TEXT, fullyQualifiedName=TEXT)),
            )),
        )),
    )), **{"$schema": {"type": "string", "format": "uri"}},
)  # fmt: skip


@pytest.mark.parametrize("cell", ["x" * 140_000, "a\u2028b\x0bc\x85d", 'a "b" c', "\x00", '"', "a\rb"])
def test_sarif_tells_any_cell_and_the_line_of_the_row_behind_it(small: Path, cell: str) -> None:
    path = small / "actors.csv"
    header, first, *rows = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([header, first.replace("Norway", cell, 1), *rows]), encoding="utf-8", newline="")
    problem = replace(ODD, file="small/actors.csv", row=3)
    log = json.loads(write_sarif([problem, *check_folder(small).problems], roots=[small.parent]))
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] >= 3


@given(text=st.text(), file=st.text())
@example(text="\ud800", file="\udcff.csv")
def test_any_text_of_a_finding_is_valid_json_and_sarif(text: str, file: str) -> None:
    odd = Problem(file, 2, text, text, text, text, text, "F13", "warning", text)
    for form in ("json", "sarif"):
        assert json.loads(printable(write([odd], [(odd, LOOKED)], form=form)))
    assert "\ud800" not in printable(write([odd], form="text"))


def test_of_one_rule_and_file_twenty_lines_are_told_and_the_others_counted() -> None:
    many = [replace(ODD, row=row, what=f"odd in the way {row}") for row in range(2, 3002)]
    *lines, last, counts = write_text(many).splitlines()
    assert len(lines) == 20 and counts.startswith("3,000 warnings; ")
    assert last == "warning: F13: data/deployments.csv: 2,980 more of this rule; as JSON all are listed"
    assert len(json.loads(write_json(many))) == 3000


def test_sarif_is_what_its_specification_asks_for(small: Path) -> None:
    odd = [ODD, replace(ODD, file="data/räksmörgås & co.csv"), replace(ODD, file="a.ipynb", row=None, cell=7),
           replace(ODD, file="data", row=None, subject=None), replace(ODD, id="Z99", severity="info")]  # fmt: skip
    found = check_folder(with_waiver(small))
    for log in (write_sarif(odd, [(ODD, LOOKED)], release="1.2.3"), write_rules("sarif"),
                write(found.problems, found.waived, form="sarif", roots=[small.parent])):  # fmt: skip
        jsonschema.validate(json.loads(log), SARIF)
        driver = json.loads(log)["runs"][0]["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in driver}) == len(driver)
        assert all(driver[one["ruleIndex"]]["id"] == one["ruleId"] for one in json.loads(log)["runs"][0]["results"])


def test_words_in_a_row_are_found_at_their_row(small: Path) -> None:
    rows = [{"hypothesis_id": "h-1", "label": "H1", "statement": "They sent 98", "question": "So?",
             "posed_on": "2031-05-01"}]  # fmt: skip
    found = check_folder(write_dossier(small, ROWS | {"hypotheses": rows}))
    assert [(one.id, one.file, one.row) for one in found.errors] == [("F01", "small/hypotheses.csv", 2)]


#: The list of findings of the house, with its severities; pinned, so that no rule is lost or made lighter unseen.
TABLE = {
    "error": "F01 F02 F03 F04 F06 F07 F08 F10 F16 T01 T02 T03 T08 S01 S05 Q01 Q02 L01 L02 L03 L04 J01 J02 J04 "
    "J09 A06 R03 F22",
    "warning": "D02 F11 F12 F13 F14 F17 F18 F19 F20 F21 F22 T06 T07 T09 T10 T11 T12 T13 S04 S07 S08 S11 S12 S13 S14 "
    "S15 S16 Q03 Q07 L05 L07 J05 J07 J08 J10 J11 A03 A04 A05 I02 R02 R10",
    "info": "F11 Q06 L09 S10",
}


@pytest.mark.parametrize("severity", list(TABLE))
def test_every_rule_of_the_house_is_there_with_its_severity(severity: str) -> None:
    ours = {rule.id for rule in RULES if rule.severity == severity} - {"D01", "N01", "N06", "N15", "N16"}
    assert ours == set(TABLE[severity].split())


def test_the_list_of_rules_has_a_line_each() -> None:
    assert len(write_rules().splitlines()) == len(RULES) == len(json.loads(write_rules("json")))


def test_the_same_fault_in_many_rows_is_told_once_in_text_and_row_by_row_in_json() -> None:
    many = [replace(ODD, row=row, what=f"d-{row} is odd", subject=f"d-{row}") for row in range(2, 81)]
    assert write_text([*many, replace(ODD, id="F17")]).splitlines() == [
        "warning: F13: data/deployments.csv:2: d-2 is odd; nothing is odd. Mend it. The same in 78 more rows: 3 to 80.",
        "warning: F17: data/deployments.csv:3: d-1 is odd; nothing is odd. Mend it.",
        "80 warnings; briefing check --explain F13 says why",
    ]
    assert len(json.loads(write_json(many))) == len(json.loads(write_sarif(many))["runs"][0]["results"]) == 79


def test_ids_that_lead_nowhere_are_told_in_a_line_where_their_cures_are_alike() -> None:
    lost = [
        replace(ODD, row=row, column="origin_id", value=f"s-{row}", what=f'origin_id "s-{row}" is in no row', cure=cure)
        for row, cure in [(2, "Add the row"), (3, "Add the row"), (4, 'Write "s-1"'), (5, "Add the row")]
    ]
    first, second, _ = write_text(lost).splitlines()
    assert first.endswith('Add the row. The same goes for 2 more: "s-3" (3) and "s-5" (5).')
    assert second.endswith('deployments.csv:4: origin_id "s-4" is in no row; nothing is odd. Write "s-1".')


def test_the_last_line_counts_by_file_and_says_who_explains_the_gravest() -> None:
    last = write_text([replace(ODD, severity="error", id="F16"), replace(ODD, file="data/b.csv")]).splitlines()[-1]
    told = "(data/deployments.csv 1, data/b.csv 1); briefing check --explain F16 says why"
    assert last == f"1 error, 1 warning {told}"


@pytest.mark.parametrize("cells", [{"what": "odder"}, {"file": "data/b.csv"}, {"column": "high"}, {"cure": "Look"}])
def test_other_faults_are_told_apart(cells: dict[str, Any]) -> None:
    assert len(write_text([ODD, replace(ODD, **cells)]).splitlines()) == 3


def test_every_rule_is_explained_and_an_unknown_one_leads_to_the_nearest() -> None:
    ask = lambda *words: CliRunner().invoke(main, ["check", "--explain", *words])  # noqa: E731
    assert all(f"{rule.id} (" in ask().output for rule in RULES)
    assert "Trips it: country = UK" in ask("S11").output and ask("n07").output.startswith("N01 (error)")
    assert ask("F99").exit_code == 2 and "Did you mean" in ask("F99").output


def test_the_page_of_rules_says_what_the_rules_say() -> None:
    assert (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8") == write_rules_page()


# --- the command ------------------------------------------------------------------------------------------------


def with_waiver(small: Path, **cells: str) -> Path:
    """Write the small dossier with a claim that trips F17, and a waiver."""
    rows = [dict(ROWS["transfers"][0], wording="at least 20 lorries"), *ROWS["transfers"][1:]]
    waiver = {"rule": "F17", "subject": "t-1", "reason": "A slip of the page", "by": "norway", "expires": "2999-01-01"}
    return write_dossier(small, ROWS | {"transfers": rows, "waivers": [waiver | cells]})


def test_a_row_waives_a_finding_until_its_day(small: Path) -> None:
    found = check_folder(with_waiver(small))
    assert ([one.id for one in found.problems], [one.id for one, _ in found.waived]) == (["T12"], ["F17"])
    found = check_folder(with_waiver(small, expires="2001-01-01"))
    assert [one.id for one in found.problems] == ["F17", "T12", "S01"]


def test_a_waiver_names_a_rule_that_exists(small: Path) -> None:
    found = check_folder(with_waiver(small, rule="F99"))
    assert [one.id for one in found.errors] == ["S01"]
    assert "F99" in found.errors[0].what


@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_check_exits_3_where_an_error_stands(edit: Callable[..., Path], form: str) -> None:
    result = CliRunner().invoke(main, ["check", str(edit("transfers", "t-1", high="3")), "--format", form])
    assert result.exit_code == 3 and "F16" in result.output


def test_check_covers_the_notebooks_beside_the_dossier(write_notebook: Callable[..., Path], tmp_path: Path) -> None:
    write_notebook("import briefing as b", "b.say('They sent 98 lorries.')")
    result = CliRunner().invoke(main, ["check", str(tmp_path / "data")])
    assert result.exit_code == 3
    assert 'error: F01: notebooks/tiny.ipynb:4: "98" is typed' in result.output


@pytest.mark.parametrize(
    ("words", "found"), [("I am ten lorries short of a fleet", "Q01"), ("at least ten lorries", "")]
)
def test_check_holds_typed_quotations_against_the_rows(
    write_notebook: Callable[..., Path], tmp_path: Path, words: str, found: str
) -> None:
    write_notebook("import briefing as b", f"b.say('He said: “{words}”')")
    result = CliRunner().invoke(main, ["check", str(tmp_path / "data")])
    assert ("Q01: notebooks/tiny.ipynb:4" in result.output) == bool(found)


def test_the_shipped_dossier_and_notebooks_have_no_errors(shipped: Path) -> None:
    found = check_folder(shipped, notebooks=sorted((shipped.parent / "notebooks").glob("*.ipynb")))
    assert [str(error) for error in found.errors] == []
