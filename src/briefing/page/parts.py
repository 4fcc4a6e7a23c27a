"""From an executed notebook to the parts of a page, in reading order: headings, words and blocks, nothing else.

What the page cannot show is told, all of it at once, with the cell that holds it: nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from briefing.blocks.blocks import MIME, Block, Front, Head, Heading, Headline, Own, read_block
from briefing.blocks.walk import plain
from briefing.editions.cells import note_in, number_cells, tags_of
from briefing.errors import PageError
from briefing.page.foreign import read_foreign
from briefing.page.markdown import render_markdown
from briefing.page.tame import tame, tame_text
from briefing.page.words import Words, read_words

#: Blocks that prove and do not tell: a page shows them in its annex, and a link where they stood.
_ANNEXED = frozenset({"matrix", "corrections"})
#: The kinds of block that head a page.
_HEADS = ("headline", "front")
_FIGURE, _YEAR = re.compile(r"\d"), re.compile(r"\b(?:1[89]|2[01])\d\d\b")
#: A line that is neither empty nor a remark.
_HAS_CODE = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
_SKIP_CELL, _SKIP_OUTPUT, _FOLD = "remove-cell", "remove-output", "hide-output"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing on the page, and the cell that left it."""

    place: str  #: the cell, as an analyst finds it: ``cell 7``
    block: Block | None = None  #: what a cell left; ``None`` for the words of a markdown cell
    html: Markup = field(default_factory=Markup)  #: the words of a markdown cell
    level: int = 0  #: 1 to 6 for a heading in markdown, else 0
    is_folded: bool = False  #: whether the cell asks that its output be shown folded
    #: The language of its words, as the cell's metadata says: ``{"language": "be"}``; empty is the notebook's.
    spoken: str = ""

    @property
    def language(self) -> str:
        """The language of its words, where it says so itself."""
        return (self.block.language if self.block else "") or self.spoken

    @property
    def is_uncited(self) -> bool:
        """Whether its figures lead to no claim: the analyst's own, or a number in their own words that is no year."""
        return isinstance(self.block, Own) or bool(_FIGURE.search(_YEAR.sub("", self.html.striptags())))

    @property
    def kind(self) -> str:
        """The name of the template that renders it."""
        return "markdown" if self.block is None else str(self.block.model_dump(include={"kind"})["kind"])

    @property
    def goes_to_annex(self) -> bool:
        """Whether a page shows it in its annex."""
        return self.kind in _ANNEXED

    @property
    def opens_section(self) -> bool:
        """Whether a section starts here."""
        return self.level in (1, 2) or isinstance(self.block, Heading)


def read_parts(notebook: Any, *, name: str = "", words: Words | None = None) -> list[Part]:
    """Read the parts of a page from an executed notebook.

    Raises `PageError` with everything that the page cannot show: the cell, the rule and the cure, one line each.
    """
    parts: list[Part] = []
    where = f"{name}: " if name else ""
    problems = [f"{where}{told}" for told in _tell_unrun(notebook)]
    for number, cell in number_cells(notebook.cells):
        place = f"{where}cell {number}"
        try:
            read: Callable[..., Iterable[Part]] = _READERS.get(cell.cell_type, _refuse)
            parts += read(cell, place=place, words=words or read_words("en"))
        except PageError as error:
            problems += [line if line.startswith(place) else f"{place}: {line}" for line in str(error).split("\n")]
    if problems:
        raise PageError("\n".join(problems))
    return parts


def _tell_unrun(notebook: Any) -> Iterator[str]:
    """Tell the cells that hold code and were never run.

    A cell that ran has a count or an output. Some programs take all counts away; what has outputs then has run.
    """
    code = [(number, cell) for number, cell in number_cells(notebook.cells) if cell.cell_type == "code"]
    is_counted = any(cell.get("execution_count") for _, cell in code)
    if not is_counted and any(cell.get("outputs") for _, cell in code):
        return
    waiting = [str(number) for number, cell in code if _HAS_CODE.search(cell.source) and not _has_run(cell)]
    if waiting:
        which = f"cell {waiting[0]} was" if len(waiting) == 1 else f"cells {', '.join(waiting)} were"
        yield f"{which} never run; a page is made of a whole run. Run all cells, save the notebook and export it again."


def _has_run(cell: Any) -> bool:
    return bool(cell.get("execution_count") or cell.get("outputs") or _SKIP_CELL in tags_of(cell))


def _read_words(cell: Any, *, place: str, words: Words) -> Iterator[Part]:
    if _SKIP_CELL not in tags_of(cell):
        label = words("table")
        text, pictures, anchor = tame_text(cell.source), cell.get("attachments"), place.rpartition(": ")[2]
        for piece in render_markdown(text, attachments=pictures, table_label=label, anchor=anchor.replace(" ", "_")):
            yield Part(place, html=piece.html, level=piece.level, spoken=note_in(cell, "language"))


def _refuse(cell: Any, *, place: str, words: Words) -> list[Part]:
    """A raw cell is meant for one format only, and never for this one."""
    if _SKIP_CELL in tags_of(cell) or not cell.source.strip():
        return []
    raise PageError(
        f"is a {cell.cell_type} cell; a page shows markdown and blocks. Make it markdown, or tag it {_SKIP_CELL}."
    )


def _read_outputs(cell: Any, *, place: str, words: Words) -> list[Part]:
    """Read what a code cell left; the cell's own source is never shown."""
    is_skipped = not {_SKIP_CELL, _SKIP_OUTPUT}.isdisjoint(tags_of(cell))
    kept = [output for output in cell.outputs if output.output_type == "error" or not is_skipped]
    parts: list[Part] = []
    problems: list[str] = []
    for output in kept:
        try:
            parts.append(_read_output(output, cell, place=place))
        except PageError as error:
            problems.append(f"{place}: {error}")
    if problems:
        raise PageError("\n".join(problems))
    return parts


def _read_output(output: Any, cell: Any, *, place: str) -> Part:
    """Read one output: a block, or one of the few outputs that have a fallback.

    Raises `PageError` where it is anything else: what it is, the rule, the cure.
    """
    if output.output_type == "error":
        raise PageError(
            f"failed with {output.ename}: {output.evalue}; a page is made of a whole run. Mend it, run again."
        )
    if output.output_type == "stream":
        text = _shorten("".join(output.text))
        raise PageError(
            f"wrote to {output.name}: {text!r}; a page shows blocks. End the cell with a block, or take it out."
        )
    is_folded = _FOLD in tags_of(cell)
    if MIME in output.data:
        return Part(place, read_block(tame(output.data[MIME])), is_folded=is_folded, spoken=note_in(cell, "language"))
    notes = {name: tame_text(note_in(cell, name)) for name in ("caption", "alt", "source")}
    if foreign := read_foreign(tame(output.data), **notes):
        return Part(place, foreign, is_folded=is_folded, spoken=note_in(cell, "language"))
    kinds = ", ".join(sorted(output.data)) or "nothing"
    text = _shorten("".join(output.data.get("text/plain", "")))
    raise PageError(
        f"left {kinds}: {text!r}; a page shows blocks. Use the library's verb for it or b.own(...), "
        f"or tag the cell {_SKIP_OUTPUT}."
    )


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:57] + "..."


_READERS: dict[str, Callable[..., Iterable[Part]]] = {"markdown": _read_words, "code": _read_outputs}


def tell_cover(notebook: Any) -> dict[str, str]:
    """Give what the cover of an executed notebook's page asks and answers, in plain words, for an index of pages."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    found = [output.data[MIME] for output in outputs if "data" in output and MIME in output.data]
    for told in found:
        if told.get("kind") in _HEADS and isinstance(head := read_block(tame(told)), Headline | Front):
            return {"question": head.title, "bottom_line": plain(head.bottom_line)}
    return {}


def find_head(parts: Iterable[Part]) -> Head | None:
    """Find the block that heads the page: a front or a headline."""
    found = [part.block for part in parts if isinstance(part.block, Headline | Front)]
    if len(found) > 1:
        what = "fronts and headlines" if any(isinstance(head, Front) for head in found) else "headlines"
        raise PageError(f"{len(found)} {what}; a page has one. Leave one in the notebook.")
    return found[0] if found else None
