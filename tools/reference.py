"""Writes the pages of docs/ that say what the code says: verbs, tables and rules.

``python tools/reference.py`` writes them anew, ``--check`` says which are not as the code has it, and exits with 1.
The pictures are made by ``tools/pictures.py``.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import briefing
from briefing.checks.explained import write_rules_page
from briefing.dossier.datapackage import column_table
from briefing.dossier.tables import TABLES, DossierTable

DOCS = Path(__file__).parent.parent / "docs"
PICTURES = DOCS / "pictures"

#: The chapters of the vocabulary, by the beginning of the module in which a verb stands.
CHAPTERS = {
    "briefing.dossier": "A dossier, read",
    "briefing.values": "A dossier, read",
    "briefing.desk.windows": "A dossier, read",
    "briefing.desk.claims": "Claims: choosing, weighing, adding",
    "briefing.desk.quotes": "What was said, and what happened",
    "briefing.desk.assessments": "What is judged",
    "briefing.charts": "Charts",
    "briefing.desk": "The page: its front, its sentences, its audit",
}

_VERBS = """# Verbs

What `import briefing as b` gives, from the docstrings of the code. In a notebook `b.contested?` shows the same, and
`b.ids(d, ...)` lists what a dossier has. Each example runs on `b.read_example()`, a small dossier about countries that
do not exist; a picture shows what it makes on a page. [Verbs at work](gallery.md) has longer ones."""

_TABLES = """# Tables

A dossier is a folder of CSV files in UTF-8, one a table, with a header row. A row is a claim, not a fact. Empty means
that nothing is stated. An id is lower-case letters, digits and hyphens, and is never used again. Parts of a list are
separated by `|`. A column that is not required may be left out; one that begins with `x_` is your own, and is kept.
`briefing check` says what is wrong, with its row, rule and cure; [Rules](rules.md) lists all.

A partial date is `2031`, `2031-10` or `2031-10-11`; `~` behind it means about, `?` uncertain; a period is
`2031-03/2031-09`, and `2031-03/..` where its end is open.

| table | holds | must be there |
| --- | --- | --- |"""

_SECTION = re.compile(r"^(Parameters|Returns|Raises|Notes|Examples|See Also)\n-+\n", re.MULTILINE)
_ENTRY = re.compile(r"^(?=\S)", re.MULTILINE)


def main(arguments: list[str]) -> int:
    """Write the pages, or say which are stale."""
    made = {DOCS / name: write() for name, write in PAGES.items()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"docs/{path.name}: is not what the code says. Run: python tools/reference.py")
        return int(bool(stale))
    for path in stale:
        path.write_text(made[path], encoding="utf-8")
        print(f"wrote docs/{path.name}")
    return 0


def write_verbs() -> str:
    """Write the page of verbs, chapter by chapter."""
    chapters = defaultdict(list)
    for name in briefing.__all__:
        chapters[_chapter(getattr(briefing, name).__module__)].append(name)
    lines = [_VERBS]
    for title in dict.fromkeys(CHAPTERS.values()):
        lines += ["", f"## {title}", "", " · ".join(f"[{name}](#{_anchor(name)})" for name in sorted(chapters[title]))]
        lines += [line for name in sorted(chapters[title]) for line in write_verb(name)]
    return "\n".join(lines) + "\n"


def _chapter(module: str) -> str:
    return next(title for start, title in CHAPTERS.items() if module.startswith(start))


def _anchor(name: str) -> str:
    """Give the anchor that code hosts and MyST make of a heading with code in it."""
    return f"b{name}"


def write_verb(name: str) -> Iterator[str]:
    """Write what a verb does, takes, gives and refuses; an example; and what that makes."""
    function = getattr(briefing, name)
    head, sections = _take_apart(inspect.getdoc(function) or "")
    yield from ("", f"### `b.{name}`", "", f"```python\nb.{name}{_signature(function)}\n```", "", head)
    for title, word in (("Parameters", "Takes"), ("Returns", "Gives"), ("Raises", "Refuses")):
        if title in sections:
            yield from ("", f"**{word}**", "", *_entries(sections[title], is_named=title == "Parameters"))
    if "Notes" in sections:
        yield from ("", sections["Notes"])
    if "Examples" in sections:
        yield from ("", "```pycon", sections["Examples"], "```")
    if (PICTURES / f"{name}.png").is_file():
        yield from ("", f"![What b.{name} makes of the example](pictures/{name}.png)")


def _take_apart(doc: str) -> tuple[str, dict[str, str]]:
    head, *rest = _SECTION.split(doc)
    return head.strip(), {title: text.strip() for title, text in zip(rest[::2], rest[1::2], strict=True)}


def _signature(function: Callable[..., object]) -> str:
    """Say what a verb takes by name, and what it is without; types stand below."""
    parts, is_keyword = [], False
    for taken in inspect.signature(function).parameters.values():
        if taken.kind is taken.KEYWORD_ONLY and not is_keyword:
            parts, is_keyword = [*parts, "*"], True
        star = "**" if taken.kind is taken.VAR_KEYWORD else ""
        default = getattr(taken.default, "__name__", repr(taken.default))  # a function has its address in its repr
        parts.append(f"{star}{taken.name}" + ("" if taken.default is taken.empty else f"={default}"))
    return f"({', '.join(parts)})"


def _entries(section: str, *, is_named: bool) -> Iterator[str]:
    """Write each entry of a section on a line: its name or type, and what it is."""
    for entry in filter(str.strip, _ENTRY.split(section)):
        first, *rest = entry.strip().splitlines()
        name, _, kind = first.partition(" : ")
        told = " ".join(line.strip() for line in rest).strip()
        typed = f" ({_plain_code(kind)})" if kind else ""
        yield f"- `{name}`{typed}{': ' if told else ''}{_plain_code(told)}"


def _plain_code(text: str) -> str:
    """Write what numpydoc marks as code as markdown does; an angle bracket outside it is no tag."""
    text = re.sub(r"``([^`]+)``", r"`\1`", text)
    return "".join(part if at % 2 else part.replace("<", "&lt;") for at, part in enumerate(re.split("(`[^`]*`)", text)))


def write_tables() -> str:
    """Write the page of tables: each with its key and its columns."""
    lines = [_TABLES]
    for table in TABLES.values():
        must = "yes" if table.is_required else ""
        lines.append(f"| [{table.file}](#{_file_anchor(table)}) | {_meaning(table)} | {must} |")
    for table in TABLES.values():
        named = ", ".join(f"`{name}`" for name in table.key)
        lines += ["", f"## {table.file}", "", f"{_meaning(table)} A row is named by {named}.", "", column_table(table)]
    return "\n".join(lines) + "\n"


def _meaning(table: DossierTable) -> str:
    return next(iter((table.model.__doc__ or "").strip().splitlines()), "")


def _file_anchor(table: DossierTable) -> str:
    return table.file.replace(".", "").lower()


#: The pages that are written from code, and what writes each.
PAGES: dict[str, Callable[[], str]] = {"verbs.md": write_verbs, "tables.md": write_tables, "rules.md": write_rules_page}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
