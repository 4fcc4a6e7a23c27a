"""What rests on a source: everything that would have to be looked at again were it withdrawn."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefing.blocks.blocks import MIME, Block, Cited, Column, Entry, Note, Quotation, Table, read_block
from briefing.blocks.layouts import Cell, lay_out
from briefing.blocks.walk import figures_in, rows_in
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.evidence import collect_evidence
from briefing.dossier.dossier import Dossier
from briefing.dossier.groups import CLAIM_TABLES
from briefing.dossier.models import documents_of
from briefing.errors import NotebookError, UsageError, did_you_mean
from briefing.usage import glance, verb
from briefing.values.chains import find_below, turn_round
from briefing.values.words import counted

#: Tables whose rows name rows of other tables: an item of evidence its claims, a judgement its evidence ...
LINKS = {
    "evidence": ("claim_ids", "quote_ids", "event_ids"),
    "ratings": ("evidence_id",),
    "judgements": ("supported_by", "contradicted_by"),
    "scenarios": ("raised_by", "supported_by", "contradicted_by"),
    "indicator_log": ("claim_ids", "quote_ids", "event_ids"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A place in an executed notebook that shows something resting on a source."""

    edition: str  #: The notebook, by its path below the folder.
    block: str  #: The kind of block.
    text: str  #: The figure, or what else is shown.
    rows: tuple[str, ...]  #: The rows behind it that rest on the source.


@dataclass(frozen=True, eq=False)
class Affected:
    """Everything that rests on a source."""

    source: str
    documents: tuple[str, ...]  #: The source and every document that relays it, directly or through others.
    rows: Mapping[str, tuple[str, ...]]  #: The ids of the rows that rest on them, by table.
    shown: tuple[Shown, ...] = ()  #: Where executed notebooks show them.
    dossier: Dossier = field(repr=False, kw_only=True)

    def __len__(self) -> int:
        return sum(len(ids) for ids in self.rows.values())

    @property
    def claims(self) -> Claims:
        """The claims that rest on the source."""
        return choose_claims(self.dossier, claim=[key for table in CLAIM_TABLES for key in self.rows.get(table, ())])

    @property
    def editions(self) -> tuple[str, ...]:
        """The executed notebooks that show any of it."""
        return tuple(dict.fromkeys(one.edition for one in self.shown))

    def __repr__(self) -> str:
        told = ", ".join(f"{len(ids)} {name}" for name, ids in self.rows.items()) or "nothing"
        seen = f"; shown in {counted(len(self.editions), 'edition')}" if self.shown else ""
        return f"Affected({self.source}, {counted(len(self.documents), 'document')}: {told}{seen})"

    def _repr_html_(self) -> str:
        rows = [
            *((table, ", ".join(ids)) for table, ids in self.rows.items()),
            *(("shown in", name) for name in self.editions),
        ]
        return glance(f"What rests on {self.source}", ("Table", "Rows"), rows)


@verb
def affected_by(dossier: Dossier, source: str, *, folder: str | Path | None = None) -> Affected:
    """Find everything that rests on a source, through every document that relays it.

    Parameters
    ----------
    dossier : Dossier
        As of its day.
    source : str
        A `source_id`.
    folder : path, optional
        Executed notebooks: the figures, quotations and events in them that rest on the source are found too.

    Returns
    -------
    Affected
        Documents, rows by table, and places in editions; empty where the source is not known on this day.

    Raises
    ------
    UsageError
        Where no source of any day has this id, naming the nearest.
    NotebookError
        Where a file of the folder is no notebook.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.affected_by(d, "watch-2031-11-20")
    Affected(watch-2031-11-20, 2 documents: 5 transfers, 1 evidence, 1 ratings, 3 judgements)
    """
    known = dossier.everything.peek("sources")["source_id"].tolist()
    if source not in known:
        raise UsageError(f'"{source}" is in no row of sources.csv; name a source. {did_you_mean(source, known)}')
    documents = _relays(dossier, source)
    rows = _rows_from(dossier, documents)
    rows |= find_linked(dossier, rows)
    every = {key for ids in rows.values() for key in ids}
    shown = () if folder is None else tuple(_find_shown(Path(folder), every))
    return Affected(source, documents, rows, shown, dossier=dossier)


@verb
def affected_table(affected: Affected, *, caption: str) -> Table | Note:
    """Show what rests on a source as a table.

    Parameters
    ----------
    affected : Affected
        What `affected_by` found.
    caption : str
        What the reader sees here.

    Returns
    -------
    Table or Note
        A block: one row a table of the dossier; a note where nothing rests on the source.

    Examples
    --------
    >>> import briefing as b
    >>> b.affected_table(b.affected_by(b.read_example(), "watch-2031-11-20"), caption="What rests on it")
    Table('What rests on it', 4 rows, 5 claims, 2 sources)
    """
    if not len(affected):
        return Note(label="Nothing known", text=(f"{caption.rstrip('.')}: nothing known on this day rests on it.",))
    rows = [((name.replace("_", " "),), Cell(_listed(name, ids), len(ids))) for name, ids in affected.rows.items()]
    columns = (Column(name="Table"), Column(name="Rows that rest on it"))
    evidence = collect_evidence(affected.dossier, affected.claims.ids, source_ids=affected.documents, rivals=False)
    return Table(caption=caption, data=lay_out(columns, rows), evidence=evidence)


def _relays(dossier: Dossier, source: str) -> tuple[str, ...]:
    """Give a source and everything downstream of it, not only of its root: a relay may be wrong by itself."""
    documents = documents_of(dossier)
    if source not in documents:
        return ()
    origins = {key: document.origin_id for key, document in documents.items() if document.origin_id is not None}
    return find_below([source], turn_round(origins))


def _rows_from(dossier: Dossier, documents: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give the ids of the rows that were read in some documents, by table."""
    wanted, found = set(documents), dict[str, tuple[str, ...]]()
    for name, frame in dossier.frames.items():
        if name != "sources" and "source_id" in frame:
            ids = tuple(frame.loc[frame["source_id"].isin(wanted)].iloc[:, 0])
            found |= {name: ids} if ids else {}
    return found


def find_linked(dossier: Dossier, rows: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Find the rows that name some rows, and those that name them in turn; all ids are given by table."""
    known, found = {key for ids in rows.values() for key in ids}, dict[str, tuple[str, ...]]()
    for name, columns in LINKS.items():
        if name not in dossier.frames:
            continue
        table = dossier.frames[name].to_dict("records")
        first = next(iter(dossier.frames[name].columns))
        named = [str(row[first]) for row in table if any(known & _keys(row.get(column)) for column in columns)]
        ids = tuple(dict.fromkeys([*rows.get(name, ()), *named]))
        known |= set(ids) if name != "ratings" else set()
        found |= {name: ids} if ids else {}
    return found


def _keys(cell: Any) -> set[str]:
    if isinstance(cell, str):
        return {key.strip() for key in cell.split("|")}
    return set(cell) if isinstance(cell, (list, tuple, frozenset, set)) else set()


# --- executed notebooks -----------------------------------------------------------------------------------------


def _find_shown(folder: Path, rows: set[str]) -> Iterator[Shown]:
    for path in sorted(folder.rglob("*.ipynb")):
        edition = path.relative_to(folder).with_suffix("").as_posix()
        for block in read_blocks(path):
            for text, keys in _shown_in(block):
                if resting := tuple(key for key in keys if key in rows):
                    yield Shown(edition, str(getattr(block, "kind", "block")), text, resting)


def read_blocks(path: Path) -> list[Block]:
    """Read the blocks that an executed notebook holds; raises `NotebookError` where the file is no notebook."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", ())]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        rule = "editions are executed notebooks"
        raise NotebookError(f"{path}: is not a notebook; {rule}. Name the folder that holds them.") from None
    return [read_block(output["data"][MIME]) for output in outputs if MIME in output.get("data", {})]


def _shown_in(block: Block) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what a block shows, and the rows behind it."""
    yield from ((figure.text, figure.claims) for figure in figures_in(block))
    for _, row in rows_in(block):
        if isinstance(row, Quotation | Entry):
            yield row.text if isinstance(row, Quotation) else row.title, (row.id,)


def _listed(name: str, ids: tuple[str, ...]) -> tuple[str | Cited, ...]:
    """List ids; a claim's leads to the claim."""
    if name not in CLAIM_TABLES:
        return (", ".join(ids),)
    spans: list[str | Cited] = []
    for claim in ids:
        spans += [", "] * bool(spans) + [Cited(text=claim, claims=(claim,))]
    return tuple(spans)
