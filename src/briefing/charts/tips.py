"""What a mark answers to a reader who points at it: whose word it is, the figure as stated, when, where it was read.

A tip is a handful of words by name; ``title`` heads it and says the most, since a page sorts the others by name. A
page shows it beside the pointer, and so does JupyterLab.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from briefing.charts.marks import shown_with
from briefing.charts.pen import Row
from briefing.charts.repeats import find_repeats
from briefing.desk.claims.claims import Claims
from briefing.dossier.claims import bounds_of, sources_by_id
from briefing.dossier.dossier import Dossier
from briefing.values.dates import parse_date

#: Words by name.
Tip: TypeAlias = dict[str, str]

#: Longer words than this are left to the table.
_SHORT = 120


def claim_tip(claims: Claims, row: dict[str, Any], *, again: Row | None = None) -> Tip:
    """Say what one claim says.

    Parameters
    ----------
    claims : Claims
        What the chart shows; what is counted is said where they count several things.
    row : dict
        One of them.
    again : dict, optional
        The claim that it repeats, as `repeats.find_repeats` gives it.

    Examples
    --------
    >>> import briefing as b
    >>> lorries = b.choose_claims(b.read_example(), quantity="lorries-sent")
    >>> for name, words in claim_tip(lorries, lorries.rows[0]).items():
    ...     print(f"{name}: {words}")
    title: Harbour Watch, October 2031: 48 items
    As printed: “48 of them lorries”
    Read in: Harbour Watch
    """
    dossier = claims.dossier
    several = claims.frame["item"].nunique() > 1
    return {
        "title": f"{name_claim(dossier, row)}: {shown_with(bounds_of(row), row['status'], row['unit'])}",
        **({"What": dossier.name_of(row["item"])} if several else {}),
        **as_printed(row["wording"], name="As printed"),
        **read_in(dossier, row["source_id"]),
        **({"Repeats": name_claim(dossier, again)} if again else {}),
    }


def dress(claims: Claims, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each row what its marks answer, as ``tip``, and whether it repeats one before it, as ``again``."""
    repeats = find_repeats(claims, rows)
    return [
        row | {"tip": claim_tip(claims, row, again=first), "again": first is not None}
        for row, first in zip(rows, repeats, strict=True)
    ]


def name_claim(dossier: Dossier, row: Row) -> str:
    """Name a claim by claimant and date."""
    return f"{dossier.name_of(row['claimant_id'])}, {parse_date(row['when'])}"


def as_printed(words: str, *, name: str) -> Tip:
    """Give words where they are short: in quotation marks, but for those of ours, which stand in brackets.

    Examples
    --------
    >>> as_printed("[98 mules]", name="As printed"), as_printed("98 mules", name="In words")
    ({'As printed': '[98 mules]'}, {'In words': '“98 mules”'})
    """
    if len(words) > _SHORT:
        return {}
    return {name: words if words.startswith("[") and words.endswith("]") else f"“{words}”"}


def read_in(dossier: Dossier, source_id: str) -> Tip:
    """Name who published what was read."""
    source = sources_by_id(dossier).get(source_id)
    return {"Read in": str(source["publisher"])} if source else {}
