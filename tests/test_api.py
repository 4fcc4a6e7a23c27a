import ast
import doctest
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import briefing

PACKAGE = Path(briefing.__file__).parent


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


#: Every file of the package, and every module below it.
PATHS = sorted(PACKAGE.rglob("*.py"))
MODULES = [name_of(path) for path in PATHS if path != PACKAGE / "__init__.py"]

#: Prints each name of the vocabulary that is a module once every module has been imported before any verb was used.
IMPORT_ALL = f"""
import importlib, inspect
import briefing as b
for name in {MODULES}:
    importlib.import_module(name)
print([name for name in b.__all__ if inspect.ismodule(getattr(b, name))])
"""

#: The vocabulary: a name joins or leaves it on purpose, here.
NAMES = """
affected_by affected_table answer arguments audit_dates audit_grades audit_languages audit_origins audit_parts
audit_sensitivity audit_single before_and_after bottom_line by_news calibration changes choose_claims choose_quotes
claims_table compare contested corrections dated_series days_before denials difference disputes dot_range
events_and_statements find_parts finding front gaps headline hypothesis_matrix ids indicator_board key_judgements
largest_origins leading_quantity likelihood_strip losses main_reason newest_event note other_scopes overview own
part_and_whole picture place_map profile quotations ratio read_dossier read_example relays reversals revision_steps
revisions running running_steps say say_audit say_count say_news say_scores scenarios scores sensitivity sources stances
stances_over_time sums tile timeline total weigh
"""

#: What a verb was called, and what it is called now.
RENAMED = {
    "audit": "say_audit",
    "choose": "choose_claims",
    "leading": "leading_quantity",
    "scopes": "other_scopes",
    "table": "claims_table",
    "totals": "sums",
    "weigh_scores": "say_scores",
}


def test_the_vocabulary_is_what_is_written_here():
    assert sorted(briefing.__all__) == sorted(NAMES.split())


def test_every_name_of_the_vocabulary_is_there():
    assert [name for name in briefing.__all__ if not hasattr(briefing, name)] == []


def test_no_module_has_the_name_of_a_verb():
    assert set(briefing.__all__) & {module.split(".")[1] for module in MODULES} == set()


def test_every_name_is_its_verb_however_many_modules_were_imported_before():
    said = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_tab_completion_offers_the_vocabulary_and_no_more():
    assert [name for name in dir(briefing) if not name.startswith("_")] == sorted(briefing.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="tanks"):
        getattr(briefing, "tanks")  # noqa: B009  # an attribute that no type checker knows


def test_a_name_that_is_not_there_is_told_the_nearest():
    with pytest.raises(AttributeError, match='Did you mean "contested"'):
        getattr(briefing, "contest")  # noqa: B009


@pytest.mark.parametrize("old", RENAMED)
def test_an_old_name_is_told_the_new_one(old):
    with pytest.raises(AttributeError, match=rf"Write b\.{RENAMED[old]}\("):
        getattr(briefing, old)


@pytest.mark.parametrize("name", briefing.__all__)
def test_every_name_begins_with_a_sentence(name):
    told = inspect.getdoc(getattr(briefing, name)) or ""
    assert told.splitlines()[0].endswith(".")


@pytest.mark.parametrize("name", briefing.__all__)
def test_the_example_of_every_name_can_be_pasted_and_says_what_it_says(name):
    told = inspect.getdoc(getattr(briefing, name)) or ""
    example = doctest.DocTestParser().get_doctest(told, {}, name, None, None)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert example.examples
    assert runner.run(example, clear_globs=False).failed == 0


def test_no_example_is_skipped():
    modules = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    assert sum(text.count("doctest: +SKIP") for text in modules) == 0


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_example_of_a_module_is_run(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    texts = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, kinds)]
    examples = doctest.DocTestFinder().find(importlib.import_module(name_of(path)))
    assert sum(bool(example.examples) for example in examples) == sum(">>> " in text for text in texts)
