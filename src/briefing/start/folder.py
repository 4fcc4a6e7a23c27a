"""The folder in which a dossier begins: what lies in it, and how it gets to its place whole or not at all.

What goes into it is decided first, as names and bytes. Then it is written beside its place and moved there: an
interruption leaves no half, and nothing that was there before is touched.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from briefing.dossier.datapackage import write_descriptor
from briefing.errors import UNPRINTABLE, UsageError, quoted
from briefing.start.tables import describe_tables, empty_tables, example_tables
from briefing.start.templates import fill_notebook, list_notebooks, read_template

#: What a page asks where nobody has said what it is to ask.
QUESTION = "What is known?"

#: The question of the example's judgements.
EXAMPLE_QUESTION = "Will Corvia close the strait?"

#: The pieces of the folder, each moved to its place as one: what else lies there stays.
_PIECES = ("data", "notebooks", "README.md", ".gitignore", ".gitattributes", ".github/workflows/briefings.yml")

#: A heading is no page of text.
_LONGEST_TITLE = 150

#: So many files in the way are named.
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Begun:
    """A dossier that has begun: where, and what was made."""

    folder: Path
    tables: int
    notebooks: tuple[str, ...]
    is_in_git: bool  #: Whether the folder lies in a git repository.

    @property
    def steps(self) -> tuple[str, ...]:
        """What to type next."""
        is_here = self.folder.resolve() == Path.cwd()
        return (*([] if is_here else [f"cd {shlex.quote(str(self.folder))}"]), "briefing build", "briefing check")


def begin_dossier(folder: Path, *, title: str = "", with_example: bool = False) -> Begun:
    """Make a folder in which a build publishes at once: tables, notebooks, a catalog, and what explains them.

    Raises `UsageError` where a file is in the way, naming it, or where the title cannot be printed.
    """
    _check_title(title)
    _refuse_what_is_there(folder)
    here = folder.resolve()
    question = EXAMPLE_QUESTION if with_example else title or QUESTION
    files = plan_files(title=title or here.name, question=question, with_example=with_example)
    _place(folder, files)
    tables = sum(name.endswith(".csv") for name in files)
    is_in_git = any((place / ".git").exists() for place in (here, *here.parents))
    return Begun(folder, tables, tuple(list_notebooks()), is_in_git)


def plan_files(*, title: str, question: str, with_example: bool) -> dict[str, bytes]:
    """Give everything that the folder is to hold but its descriptor: the content of each file, by its name in it.

    The title heads the folder's README; the question is that of the situation briefing, and its title in the index.
    """
    tables = example_tables() if with_example else empty_tables()
    said = {"title": title, "question": question, "version": version("briefing")}
    return {
        **{f"data/{name}": content for name, content in tables.items()},
        "data/README.md": describe_tables(read_template("data.md")),
        **{f"notebooks/{name}.ipynb": fill_notebook(name, question=question) for name in list_notebooks()},
        "notebooks/briefings.toml": read_template("example.toml" if with_example else "briefings.toml", said),
        "README.md": read_template("README.md", said),
        ".gitignore": read_template("gitignore"),
        ".gitattributes": read_template("gitattributes"),
        ".github/workflows/briefings.yml": read_template("workflow.yml"),
    }


def _check_title(title: str) -> None:
    what = "holds a character that no reader sees" if UNPRINTABLE.search(title) else ""
    what = what or (f"has {len(title)} characters" if len(title) > _LONGEST_TITLE else "")
    if what:
        rule = f"a title is a line of at most {_LONGEST_TITLE} printable characters"
        raise UsageError(f"--title {quoted(title)}: {what}; {rule}. Write a shorter, plain one.")


def _refuse_what_is_there(folder: Path) -> None:
    """Refuse a folder that holds what would be written."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; a dossier begins in a folder. Name another.")
    there = [piece for piece in _PIECES if _is_taken(folder / piece)]
    if there:
        named = ", ".join(there[:_MOST_NAMED]) + (" and more" if there[_MOST_NAMED:] else "")
        is_are = "is" if len(there) == 1 else "are"
        cure = f"Move {'it' if len(there) == 1 else 'them'} away, or name another folder"
        raise UsageError(f"{folder}: {named} {is_are} there already; new overwrites nothing. {cure}.")


def _is_taken(place: Path) -> bool:
    """Whether something lies in a place, be it a link that leads nowhere; an empty folder is no obstacle."""
    if place.is_symlink() or not place.is_dir():
        return os.path.lexists(place)
    return any(place.iterdir())


def _place(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files beside their place, and move them there."""
    is_new = not folder.exists()
    beside = folder.parent if is_new else folder
    beside.mkdir(parents=True, exist_ok=True)
    staging = beside / f".{folder.resolve().name}.{os.getpid()}.part"
    try:
        _write(staging, files)
        if is_new:
            staging.rename(folder)
        else:
            _move_pieces(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    write_descriptor(folder / "data")


def _move_pieces(staging: Path, folder: Path) -> None:
    """Move each piece to its place; where one cannot be, take back those that were."""
    moved: list[Path] = []
    try:
        for piece in _PIECES:
            place = folder / piece
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.is_dir():
                place.rmdir()  # empty, or it would have been refused
            (staging / piece).rename(place)
            moved.append(place)
    except BaseException:
        _take_back(moved)
        raise


def _take_back(places: Collection[Path]) -> None:
    for place in places:
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)
