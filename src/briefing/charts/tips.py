"""What a mark answers to a reader who points at it: whose word it is, the figure as stated, when, where it was read.

A tip is a handful of words by name; ``title`` heads it and says the most, since a page sorts the others by name. A
page shows it beside the pointer, and so does JupyterLab.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from briefing.charts.marks import shown_with
from briefing.charts.repeats import find_repeats
from briefing.desk.claims.claims import Claims
from briefing.desk.evidence import name_parties
from briefing.desk.nouns import noun
from briefing.dossier.claims import Claim
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of

#: Words by name.
Tip: TypeAlias = dict[str, str]

#: Longer words than this are left to the table.
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Drawn:
    """A claim that is drawn, what its marks answer, and which one that is drawn already it repeats."""

    claim: Claim
    tip: Tip
    repeats: str = ""  #: The claim that it repeats.
    noun: str = ""

    @property
    def again(self) -> bool:
        """Whether it repeats a claim that is drawn already."""
        return bool(self.repeats)


def claim_tip(claims: Claims, claim: Claim, *, again: Claim | None = None) -> Tip:
    """Say what one claim of a chart says, and which claim it repeats (`again`).

    What is counted is said where the chart shows several things.

    Examples
    --------
    >>> import briefing as b
    >>> lorries = b.choose_claims(b.read_example(), quantity="lorries-sent")
    >>> for name, words in claim_tip(lorries, lorries.each[0]).items():
    ...     print(f"{name}: {words}")
    title: Harbour Watch, October 2031: 48 items
    As printed: “48 of them lorries”
    Read in: Harbour Watch
    """
    dossier = claims.dossier
    several = len({known.item for known in claims.each}) > 1
    return {
        "title": f"{name_claim(dossier, claim)}: {shown_with(claim.bounds, claim.status, noun(dossier, claim))}",
        **({"What": dossier.name_of(claim.item)} if several else {}),
        **({"Loss": name_parties(dossier, claim)} if claim.table == "losses" else {}),
        **as_printed(claim.wording, name="As printed"),
        **read_in(dossier, claim.source),
        **({"Repeats": name_claim(dossier, again)} if again else {}),
    }


def dress(claims: Claims, shown: Sequence[Claim]) -> list[Drawn]:
    """Give each claim that a chart shows what its marks answer, and whether it repeats one before it."""
    return [
        Drawn(
            claim,
            claim_tip(claims, claim, again=first),
            first.id if first else "",
            noun(claims.dossier, claim, claim.bounds),
        )
        for claim, first in zip(shown, find_repeats(shown), strict=True)
    ]


def name_claim(dossier: Dossier, claim: Claim) -> str:
    """Name a claim by claimant and date."""
    return f"{dossier.name_of(claim.claimant)}, {claim.when}"


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
    source = documents_of(dossier).get(source_id)
    return {"Read in": source.publisher} if source else {}
