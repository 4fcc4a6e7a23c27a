"""The command that cuts the ground of a dossier's maps."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from briefing.cli.main import main
from briefing.dossier.outlines import read_outlines


def test_outlines_are_cut_into_a_file_that_a_dossier_reads(tmp_path: Path) -> None:
    path = tmp_path / "new" / "outlines.json"
    ran = CliRunner().invoke(main, ["outlines", "--frame", "22,49,34,57", "--out", str(path), "--no-towns"])
    assert (ran.exit_code, ran.output) == (0, f"wrote {path}\n")
    found = read_outlines(path.parent)
    assert found is not None and found.frame == (22, 49, 34, 57)
    assert "Belarus" in [shape.name for shape in found.shapes]


def test_a_frame_over_the_line_of_180_degrees_is_refused_in_words(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["outlines", "--frame", "170,49,-170,57", "--out", str(tmp_path / "o.json")])
    assert ran.exit_code == 2
    assert "End it at 180, or begin it at -180." in ran.output
