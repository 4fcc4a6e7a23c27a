import json
from pathlib import Path

import pytest

from briefing.checks.lint import check_notebook

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))

PARAMETERS = 'as_of: date = "2031-04-12"  # the day\nwindow: int = -30  # days back'


def cell(source, kind="code", *, tags=(), cell_id=None, **more):
    """Write a cell; a code cell has no outputs and was never run."""
    never_run = {"outputs": [], "execution_count": None} if kind == "code" else {}
    made = {"cell_type": kind, "metadata": {"tags": list(tags)}, "source": source} | never_run | more
    return made if cell_id == "" else made | {"id": cell_id or f"id-{abs(hash((source, kind)))}"}


def found(tmp_path, *cells, parameters=1, kernel="python3"):
    """Check a notebook of these cells beside its parameters; give the rules that it breaks."""
    declared = [cell(PARAMETERS, tags=["parameters"], cell_id=f"p-{at}") for at in range(parameters)]
    spec = {"kernelspec": {"name": kernel, "display_name": kernel}} if kernel else {}
    notebook = {"cells": [*declared, *cells], "metadata": spec, "nbformat": 4, "nbformat_minor": 5}
    path = tmp_path / "tiny.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return check_notebook(path)


def rules(problems):
    return [problem.id for problem in problems]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebooks_of_this_house_break_no_rule(path):
    assert [str(problem) for problem in check_notebook(path)] == []


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.parametrize(
    "source",
    [
        "import briefing as b",
        "from datetime import date",
        "from typing import Literal",
        'b.finding(f"Belarus has sent {tanks: tanks}")',
        'said = b.choose_quotes(d, topic=["war"], during="../2022-12")',
        'b.choose_claims(d, during="2022-11/2022-12")',
        'b.say("Either/or is no path, and neither is 1/2.")',
        'b.say("A figure, if any, is for the reader.")',
        'b.find_parts(d, "t-1", instead={"t-2": "t-3"})',
        "d = b.read_dossier(as_of=as_of)",
        "\n".join(["a = 1"] * 8),
        "",
    ],
)
def test_verbs_are_what_a_cell_is_for(tmp_path, source):
    assert found(tmp_path, cell(source)) == []


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("def f():\n    return 1", "N10"),
        ("class A:\n    a = 1", "N10"),
        ("if a:\n    b = 1", "N10"),
        ("a = 1 if b else 2", "N10"),
        ("for a in b:\n    a", "N10"),
        ("while a:\n    b", "N10"),
        ("[a for a in b]", "N10"),
        ("dict((a, a) for a in b)", "N10"),
        ("f = lambda a: a", "N10"),
        ("try:\n    a\nexcept E:\n    b", "N10"),
        ("with a:\n    b", "N10"),
        ("print(1)", "N11"),
        ("chart.properties(a=1)", "N12"),
        ("chart.configure_axis(a=1)", "N12"),
        ("b.dot_range(c, title=t, width=300)", "N12"),
        ("import pandas as pd", "N13"),
        ("from pathlib import Path", "N13"),
        ("from . import a", "N13"),
        ('b.read_dossier("data")', "N14"),
        ('a = "/home/me/data"', "N14"),
        ('a = "../data"', "N14"),
        ('a = "C:\\\\data"', "N14"),
        ('a = "claims.csv"', "N14"),
        ("open(a)", "N14"),
        ("a = ", "N08"),
        ("%matplotlib inline", "N08"),
        ("\n".join(["a = 1"] * 9), "N07"),
        ("b.say(" + "'long'\n" * 8 + ")", "N07"),
        ("b.say('" + "x" * 960 + "')", "N07"),
    ],
)
def test_what_is_not_a_verb_is_found(tmp_path, source, rule):
    assert rules(found(tmp_path, cell(source))) == [rule]


@pytest.mark.parametrize(
    ("line", "is_good"),
    [
        ('as_of: date = "2031-04-12"  # the day', True),
        ("window: int = -30  # days back", True),
        ("window: int = 30", False),
        ("window: int = 30  #", False),
        ("window = 30  # days back", False),
        ("window: int  # days back", False),
        ("window: int = len(a)  # days back", False),
        ("print(1)  # days back", False),
    ],
)
def test_a_parameter_has_a_type_a_value_and_a_comment(tmp_path, line, is_good):
    problems = found(tmp_path, cell(line, tags=["parameters"]), parameters=0)
    assert rules(problems) == ([] if is_good else ["N09"])


@pytest.mark.parametrize("parameters", [0, 2])
def test_one_cell_declares_the_parameters(tmp_path, parameters):
    assert rules(found(tmp_path, parameters=parameters)) == ["N03"]


@pytest.mark.parametrize("kernel", ["python4", "", None])
def test_the_kernel_is_pythons(tmp_path, kernel):
    assert rules(found(tmp_path, kernel=kernel)) == ["N02"]


@pytest.mark.parametrize("tag", ["remove-cell", "remove-input", "remove-output", "hide-input", "hide-output"])
def test_a_tag_of_the_list_is_allowed(tmp_path, tag):
    assert found(tmp_path, cell("Words", "markdown", tags=[tag])) == []


def test_any_other_tag_is_found(tmp_path):
    assert rules(found(tmp_path, cell("Words", "markdown", tags=["remove_cell"]))) == ["N05"]


@pytest.mark.parametrize("left", [{"outputs": [{"output_type": "stream"}]}, {"execution_count": 3}])
def test_what_a_run_left_behind_is_one_warning_a_notebook(tmp_path, left):
    problems = found(tmp_path, cell("a = 1", **left), cell("a = 2", **left))
    assert [(problem.id, problem.severity, problem.row) for problem in problems] == [("N06", "warning", None)]


def test_the_warning_about_outputs_says_how_many_there_are_and_what_clears_them(tmp_path):
    (problem,) = found(tmp_path, cell("a = 1", outputs=[{"output_type": "stream"}], execution_count=1))
    assert str(problem).endswith(
        "tiny.ipynb: holds the outputs of 1 cell; a notebook is kept as if it had never been run. "
        "`briefing tidy` clears them; a build ignores them."
    )


def test_a_cell_without_an_id_is_found(tmp_path):
    assert rules(found(tmp_path, cell("Words", "markdown", cell_id=""))) == ["N04"]


def test_an_id_that_stands_twice_is_found(tmp_path):
    twice = [cell(words, "markdown", cell_id="same") for words in ("One", "Two")]
    assert rules(found(tmp_path, *twice)) == ["N04"]


def test_a_markdown_cell_may_be_as_long_as_it_likes(tmp_path):
    assert found(tmp_path, cell("Words\n" * 40, "markdown")) == []


def test_a_problem_says_which_cell_and_which_line(tmp_path):
    problem = found(tmp_path, cell("a = 1\nprint(a)", cell_id="here"))[0]
    assert (problem.row, problem.subject) == (2, "here")
    assert str(problem).endswith(
        "tiny.ipynb:2: line 2 prints; a cell ends in a block. Say it with say(), or leave the value on the last line."
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"cells": 3}', '{"cells": [], "metadata": []}', "no JSON", "\x00"])
def test_what_is_no_notebook_is_told_as_none(tmp_path, text):
    path = tmp_path / "broken.ipynb"
    path.write_text(text, encoding="utf-8")
    assert set(rules(check_notebook(path))) == {"N01"}
