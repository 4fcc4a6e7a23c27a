"""What a new claim has in common with those about the same quantity, so that nobody types it again."""

from __future__ import annotations

from briefing.dossier.groups import CLAIM_TABLES
from briefing.intake.edits import Edits
from briefing.intake.names import find_row

#: What says which thing in the world is counted, and in what; day, number, status and claimant are each claim's own.
_OF_THE_THING = ("from", "to", "force", "host", "side", "item", "kind", "counting", "unit")


def list_shared(edits: Edits, table: str, quantity: str) -> dict[str, str]:
    """List by column what all claims of a table about a quantity, named by id or title, say alike."""
    known = find_row(edits, "quantities", quantity) if quantity else None
    claims = [row for row in edits.rows(table) if known and row.get("quantity_id") == known]
    values = {column: {claim.get(column, "") for claim in claims} for column in _OF_THE_THING}
    return {column: cells.pop() for column, cells in values.items() if len(cells) == 1 and "" not in cells}


def find_table_of(edits: Edits, quantity: str) -> str | None:
    """Find the only table that has claims about a quantity; ``None`` where none has, or several."""
    known = find_row(edits, "quantities", quantity) if quantity else None
    tables = [name for name in CLAIM_TABLES if any(known and row["quantity_id"] == known for row in edits.rows(name))]
    return tables[0] if len(tables) == 1 else None
