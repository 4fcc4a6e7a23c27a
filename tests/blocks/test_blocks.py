import json
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from dossiers import dossier, event, flow, quote
from pydantic import BaseModel

from briefing.blocks.blocks import MIME, AnyBlock, Block, Prose, read_block, schema
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.sourcing import sources, weigh
from briefing.desk.claims.tables import claims_table
from briefing.desk.prose import finding, headline, note, say
from briefing.desk.quotes.quotes import choose_quotes, quotations
from briefing.desk.quotes.timeline import timeline
from briefing.errors import PageError

KINDS = get_args(get_args(AnyBlock)[0])

D = dossier(transfers=[flow("t-1", 98), flow("t-2", 122)], quotes=[quote("q-1")], events=[event("e-1")])
MULES = contested(choose_claims(D))
WRITTEN = [
    headline(D, "Is it so?", bottom_line=f"{MULES}"), finding(f"{MULES: mules}"), say(f"{MULES}"), weigh(MULES),
    note("Method", "Words."), claims_table(MULES.claims, caption="Sent"), quotations(choose_quotes(D), caption="Said"),
    timeline(D, caption="Then"), sources(D),
]  # fmt: skip


def example(kind: Any) -> Any:
    """Make some value of a type: of a union the last kind, of a tuple of any length one element."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return example(inner[0])
    if origin is Literal:
        return inner[0]
    if origin in (Union, UnionType):
        return example([one for one in inner if one is not type(None)][-1])
    if origin is tuple:
        return (example(inner[0]),) if inner[-1] is ... else tuple(example(one) for one in inner)
    if origin is dict:
        return {"mark": "bar"}
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        cells = {name: example(field.annotation) for name, field in kind.model_fields.items()}
        return kind(**cells | ({"as_of": "2031-01-02"} if "as_of" in cells else {}))
    return {str: "<b>é</b>", int: 3, float: 2.5, bool: True}[kind]


def through_json(block: Block) -> Block:
    """Write a block as a notebook does, and read it back."""
    return read_block(json.loads(json.dumps(block._repr_mimebundle_()[MIME], ensure_ascii=False)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_block_goes_through_json_and_back(kind):
    block = example(kind)
    assert through_json(block) == block


@pytest.mark.parametrize("block", WRITTEN, ids=lambda block: block.kind)
def test_every_block_that_a_verb_writes_goes_through_json_and_back(block):
    assert through_json(block) == block


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_has_a_name_of_its_own_and_says_what_it_is(kind):
    names = [one.model_fields["kind"].default for one in KINDS]
    assert names.count(kind.model_fields["kind"].default) == 1
    assert kind.__doc__


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "pie"},
        {"kind": "prose", "text": ["a"], "version": 99},
        {"kind": "prose"},
        {"kind": "prose", "text": ["a"], "colour": "red"},
        {"kind": "prose", "text": [{"text": "98"}]},
        {"text": ["a"]},
        {},
        [],
        None,
        "prose",
        3,
    ],
)
def test_what_is_no_block_of_this_version_is_refused_in_one_line(data):
    with pytest.raises(PageError) as told:
        read_block(data)
    assert "\n" not in str(told.value)
    assert "Run the notebook again with this version of briefing." in str(told.value)


def test_a_chart_that_was_stored_without_a_word_on_excess_is_read_and_shows_none():
    empty = {"columns": [], "rows": []}
    stored = {"kind": "chart", "version": 3, "title": "a", "spec": {}, "description": "a", "source_line": "a"}
    assert read_block(stored | {"data": empty}).exceeded == ()


def test_a_block_is_never_changed():
    with pytest.raises(ValueError, match="frozen"):
        Prose(text=("a",)).text = ("b",)


def test_the_schema_names_every_kind():
    assert set(schema()["discriminator"]["mapping"]) == {kind.model_fields["kind"].default for kind in KINDS}


def test_figures_in_a_block_lead_to_claims_that_the_block_carries():
    block = say(f"{MULES}")
    assert {claim for span in block.text if not isinstance(span, str) for claim in span.claims} == {
        claim.id for claim in block.evidence.claims
    }
