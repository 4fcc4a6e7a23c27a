import json

import pytest

from briefing.errors import BriefingError, DossierError, Problem, UsageError, cure_for, did_you_mean, quoted

HIGH = Problem("d/t.csv", 14, "high", "3", "high is 3 but best is 5", "bounds run low <= best <= high", "Swap them")


def test_a_problem_says_where_what_rule_and_cure_in_that_order():
    assert str(HIGH) == "d/t.csv:14: high is 3 but best is 5; bounds run low <= best <= high. Swap them."


def test_a_problem_of_a_whole_file_names_no_row():
    problem = Problem("d/t.csv", None, None, None, "is empty", "a table has a header row", "Write it")
    assert str(problem).startswith("d/t.csv: is empty;")


def test_a_problem_is_plain_values_for_machines():
    told = json.loads(json.dumps(HIGH.to_dict()))
    assert (told["file"], told["row"], told["column"], told["value"]) == ("d/t.csv", 14, "high", "3")
    assert (told["severity"], told["id"]) == ("error", "D01")


def test_a_dossier_error_tells_every_problem_on_a_line_of_its_own():
    error = DossierError([HIGH, HIGH])
    assert len(str(error).splitlines()) == len(error.problems) == 2


def test_a_dossier_error_keeps_its_problems_when_the_list_is_emptied():
    problems = [HIGH]
    error = DossierError(problems)
    problems.clear()
    assert error.problems == (HIGH,)


def test_every_error_of_ours_is_a_briefing_error_with_an_exit_code():
    assert (BriefingError.exit_code, UsageError.exit_code, DossierError.exit_code) == (1, 2, 3)
    assert issubclass(UsageError, BriefingError)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "a\nb", "a\x00b", "a\u202eb"])
def test_a_quoted_cell_stays_one_short_visible_line(text):
    assert len(quoted(text)) < 50
    assert quoted(text).isprintable()


def test_a_cure_names_the_nearest_known_name():
    assert cure_for("presnt", ["present", "denied"], otherwise="Choose") == 'Write "present"'


def test_a_pasted_page_is_near_to_no_name():
    assert cure_for("present" * 100_000, ["present"], otherwise="Choose") == "Choose"


def test_no_known_name_is_said_so():
    assert did_you_mean("x", []) == "None is known."
