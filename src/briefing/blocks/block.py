"""What every block has: a version, its evidence, the language of its words, and two faces."""

from __future__ import annotations

from functools import singledispatch
from textwrap import shorten
from typing import Any, Literal, TypeAlias

from pydantic import field_validator

from briefing.blocks.marks import unmark
from briefing.blocks.records import Evidence, Value, plain

#: What JSON alone describes: a Vega-Lite specification, a schema, the outputs of a cell.
Spec: TypeAlias = dict[str, Any]

MIME = "application/vnd.briefing+json"
VERSION = 6

#: Where a block's words are, for whoever meets it in a list.
_WORDS = ("title", "caption", "text", "summary")


@singledispatch
def face(block: object) -> Spec:
    """Give the outputs that JupyterLab shows for a block, richest first; `faces` knows how."""
    raise NotImplementedError(type(block).__name__)


class Block(Value):
    """What every block has: a version, its evidence, and the language of its words.

    Version 2 added `language`, here and to `Quotation`; version 3 added `order` to `TableData`, `made` to `Cited` and
    `exceeded` to `Chart`;
    version 4 added `otherwise` to `Timeline`, and to `Exhibit` and `Hypothesis` whose it is and its note;
    version 5 added `Front`, `Scenarios` and `Own`, `waiting` to `Sources` and to `Heading` a short name;
    version 6 added `further` to `Evidence`, and to tables, charts, quotations and timelines how many are `left_out`.
    """

    version: Literal[1, 2, 3, 4, 5, 6] = 6
    evidence: Evidence = Evidence()
    #: BCP 47, such as ``be`` or ``ar``; empty where the words are in the notebook's own language.
    language: str = ""

    @field_validator("title", "caption", "label", "description", mode="before", check_fields=False)
    @classmethod
    def _write_words(cls, words: object) -> object:
        """Keep of a figure that is written where no figure can stand its words."""
        return unmark(words) if isinstance(words, str) else words

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Spec:
        return {MIME: self.model_dump(mode="json"), **face(self)}

    def __repr__(self) -> str:
        words = next((value for name in _WORDS if (value := getattr(self, name, ""))), "")
        rows = getattr(getattr(self, "data", None), "rows", ())
        sizes = {"row": rows, "claim": self.evidence.claims, "source": self.evidence.sources}
        told = [f"{len(size)} {noun}{'' if len(size) == 1 else 's'}" for noun, size in sizes.items() if size]
        return f"{type(self).__name__}({', '.join([repr(shorten(plain(words), 120, placeholder='…')), *told])})"
