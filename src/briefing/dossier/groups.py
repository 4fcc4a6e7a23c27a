"""Which tables, and which words in them, are of one kind: plain names, for whoever has no need of the tables."""

from __future__ import annotations

#: The tables whose rows are claims: they share one space of ids, so that a whole may be in either.
CLAIM_TABLES = ("deployments", "transfers", "losses")

#: The tables in which somebody speaks, argues or acts.
SPOKEN_TABLES = ("quotes", "evidence", "events")

#: The tables whose rows a page cites or shows by their id, and a waiver names: they share one space of ids, so that an
#: id leads to one row. An actor, a place and an item may be called alike.
CITED_TABLES = ("sources", *CLAIM_TABLES, *SPOKEN_TABLES, "hypotheses", "judgements", "indicators", "scenarios")

#: What is there or has moved; what is only said to come, or said not to be, is another thing.
STATUS_CLASSES = {
    "present": "real", "delivered": "real", "dispatched": "real", "withdrawn": "withdrawn",
    "announced": "planned", "planned": "planned", "ordered": "planned", "committed": "planned",
    "denied": "denied", "doubted": "doubted",
}  # fmt: skip
