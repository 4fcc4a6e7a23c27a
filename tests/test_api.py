import inspect

import pytest

import briefing

#: The vocabulary: a name joins or leaves it on purpose, here.
NAMES = """
Bounds Claims Dossier affected_by audit before_and_after bottom_line calibration changes choose choose_quotes compare
contested dated_series days_before denials dot_range events_and_statements find_parts find_reversals finding
gaps headline hypothesis_matrix indicator_board key_judgements leading likelihood_strip note overview
parse_date part_and_whole place_map profile quotations read_dossier reversals revision_steps revisions say
scopes scores sensitivity sources stances stances_over_time table timeline total totals weigh weigh_scores
"""


def test_the_vocabulary_is_what_is_written_here():
    assert sorted(briefing.__all__) == sorted(NAMES.split())


def test_every_name_of_the_vocabulary_is_there():
    assert [name for name in briefing.__all__ if not hasattr(briefing, name)] == []


@pytest.mark.parametrize("name", briefing.__all__)
def test_no_verb_is_hidden_by_the_module_of_its_name(name):
    assert not inspect.ismodule(getattr(briefing, name))


def test_tab_completion_offers_the_vocabulary_and_no_more():
    assert [name for name in dir(briefing) if not name.startswith("_")] == sorted(briefing.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="tanks"):
        getattr(briefing, "tanks")  # noqa: B009  # an attribute that no type checker knows


@pytest.mark.parametrize("name", briefing.__all__)
def test_every_name_begins_with_a_sentence(name):
    told = inspect.getdoc(getattr(briefing, name)) or ""
    assert told.splitlines()[0].endswith(".")


@pytest.mark.parametrize("name", briefing.__all__)
def test_every_name_has_an_example(name):
    assert ">>> " in (inspect.getdoc(getattr(briefing, name)) or "")
