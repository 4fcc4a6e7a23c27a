"""The example that comes with the package: a sound dossier about nothing that exists."""

import re
from pathlib import Path

from briefing.checks import check_folder
from briefing.dossier.example import DAY, FOLDER, read_example


def test_the_example_has_no_problem_and_no_finding():
    assert check_folder(FOLDER, as_of=DAY).problems == ()


def test_by_its_day_all_of_the_example_is_known():
    example = read_example()
    sizes = {name: len(frame) for name, frame in example.everything.items()}
    replaced = example.everything["transfers"]["supersedes"].count()
    assert {name: len(example.frames[name]) for name in sizes} == sizes | {"transfers": sizes["transfers"] - replaced}


def test_the_countries_of_the_example_have_codes_that_no_country_has():
    codes = {*read_example().actors["country"].dropna(), *read_example().places["country"]}
    assert all(re.fullmatch("X[A-Z]", code) for code in codes)


def test_the_readme_of_the_example_says_that_it_is_invented():
    assert "do not exist" in (Path(FOLDER) / "README.md").read_text(encoding="utf-8")
