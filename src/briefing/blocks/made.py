"""How a figure was made, in words: the one place where the fields of `Made` become a phrase."""

from __future__ import annotations

from typing import assert_never

from briefing.blocks.records import Cited, Made
from briefing.values.words import counted


def say_made(made: Made | None, claims: tuple[str, ...]) -> str:
    """Say how a figure was made from claims; empty where it is one claim as it stands.

    Examples
    --------
    >>> say_made(Made(kind="sum", parts=("tr-1", "tr-2"), no_low=1), ("tr-1", "tr-2"))
    'sum of 2 claims; 1 part giving no lower figure'
    >>> say_made(Made(kind="rivals", origins=1, is_range=True), ("tr-1", "tr-2"))
    'smallest and largest number printed in 2 rival claims, 1 independent origin'
    """
    if made is None:
        return ""
    match made.kind:
        case "sum":
            return _say_sum(made)
        case "difference" if made.of:
            return f"{counted(len(made.of), 'claim')} less {counted(len(made.other), 'claim')}"
        case "difference":
            return "the parts less the whole"
        case "ratio":
            if not made.of:
                return "the highest count divided by the lowest"
            return f"{counted(len(made.of), 'claim')} divided by {counted(len(made.other), 'claim')}"
        case "rivals":
            behind = f"{len(claims)} {'claims, alike' if made.is_alike else 'rival claims'}"
            words = f"{behind}, {counted(made.origins, 'independent origin')}"
            return f"smallest and largest number printed in {words}" if made.is_range else words
        case "end":
            return f"one end of rival claims of {counted(made.origins, 'independent origin')}"
        case "newest":
            return f"the newest of {len(claims)} claims about this quantity"
        case "count":
            return _say_count(made, len(claims))
        case "average":
            return f"average of {counted(len(claims), 'claim')}"
        case "unstated":
            return "no claim gives a number"
    assert_never(made.kind)


def say_cited(cited: Cited) -> str:
    """Say how a cited figure was made: in the words of its fields, or in those that an older block brought along."""
    return say_made(cited.made, cited.claims) or cited.how


def _say_sum(made: Made) -> str:
    if made.wholes:
        only = f", {len(made.either)} of them alternatives, counted once" if made.either else ""
        return f"sum of {counted(len(made.parts), 'part')}{only}, to be held against the whole"
    words = [f"sum of {counted(len(made.parts), 'claim')}"] if len(made.parts) > 1 else []
    if parts := len(made.left_out) - len(made.linked) - len(made.earlier):
        words.append(f"{counted(parts, 'claim')} left out as part of another")
    if made.linked:
        words.append(f"{counted(len(made.linked), 'claim')} left out because another counts the same goods")
    if made.earlier:
        words.append(f"{counted(len(made.earlier), 'earlier running total')} left out")
    if made.no_low:
        words.append(f"{counted(made.no_low, 'part')} giving no lower figure")
    if made.twins:
        words.append(f"{counted(len(made.twins), 'claim')} perhaps counted twice, so the lower side leaves it out")
    perhaps = [f"{len(made.perhaps)} of them only perhaps of this kind"] if made.perhaps else []
    return ", ".join(part for part in ("; ".join(words), *perhaps) if part)


def _say_count(made: Made, number: int) -> str:
    match made.counted:
        case "old stocks":
            return f"stocks whose newest count is older than {made.days} days"
        case "undated stocks":
            return "stocks counted without a stated day"
        case "left out":
            return "claims about this quantity known on this day that were not chosen"
        case _ if made.left_out:
            return f"{number} of {number + len(made.left_out)} claims about this quantity known on this day"
        case _:
            return "every claim about this quantity known on this day"
