"""How a figure was made, in words: the one place where the fields of `Made` become a phrase."""

from __future__ import annotations

from typing import assert_never

from briefing.blocks.records import Cited, Made
from briefing.values.words import count_words


def say_made(made: Made | None, claims: tuple[str, ...]) -> str:
    """Say how a figure was made from claims; empty where it is one claim as it stands.

    Examples
    --------
    >>> say_made(Made(kind="sum", parts=("tr-1", "tr-2"), no_low=1), ("tr-1", "tr-2"))
    'sum of two claims; one part gives no lower figure'
    >>> say_made(Made(kind="rivals", origins=1, is_range=True), ("tr-1", "tr-2"))
    'smallest and largest number in two rival claims from one origin'
    """
    if made is None:
        return ""
    match made.kind:
        case "sum":
            return _say_sum(made)
        case "difference" if made.of:
            return f"{count_words(len(made.of), 'claim')} minus {count_words(len(made.other), 'claim')}"
        case "difference":
            return "the parts minus the whole"
        case "ratio":
            if not made.of:
                return "the highest count divided by the lowest"
            return f"{count_words(len(made.of), 'claim')} divided by {count_words(len(made.other), 'claim')}"
        case "rivals":
            return _say_rivals(made, len(claims))
        case "end":
            return f"one end of rival claims from {_say_origins(made)}"
        case "newest":
            return f"the newest of {count_words(len(claims), 'claim')} about this quantity"
        case "count":
            return _say_count(made, len(claims))
        case "average":
            return f"average of {count_words(len(claims), 'claim')}"
        case "unstated":
            return "no claim gives a number"
    assert_never(made.kind)


def say_cited(cited: Cited) -> str:
    """Say how a cited figure was made: in the words of its fields, or in those that an older block brought along."""
    return say_made(cited.made, cited.claims) or cited.how


def _say_rivals(made: Made, number: int) -> str:
    origins = _say_origins(made)
    if made.is_alike or number == 1:
        return f"{count_words(number, 'claim', 'claims that agree,')} from {origins}"
    rivals = f"{count_words(number, 'rival claim')} from {origins}"
    return f"smallest and largest number in {rivals}" if made.is_range else rivals


def _say_origins(made: Made) -> str:
    return count_words(made.origins, "origin", "independent origins")


def _say_sum(made: Made) -> str:
    if made.wholes:
        only = (
            f", {count_words(len(made.either), 'of them', 'of them')} alternatives, counted once" if made.either else ""
        )
        return f"sum of {count_words(len(made.parts), 'part')}{only}, held against the whole"
    words = [f"sum of {count_words(len(made.parts), 'claim')}"] if len(made.parts) > 1 else []
    if parts := len(made.left_out) - len(made.linked) - len(made.earlier):
        words.append(f"{count_words(parts, 'claim')} left out as part of another")
    if made.linked:
        words.append(f"{count_words(len(made.linked), 'claim')} left out because another counts the same goods")
    if made.earlier:
        words.append(f"{count_words(len(made.earlier), 'earlier running total')} left out")
    if made.no_low:
        words.append(f"{count_words(made.no_low, 'part gives', 'parts give')} no lower figure")
    if twins := len(made.twins):
        left = "it" if twins == 1 else "them"
        words.append(f"{count_words(twins, 'claim')} may repeat another, so the lower side leaves {left} out")
    if made.perhaps:
        words.append(f"{count_words(len(made.perhaps), 'of them', 'of them')} may be of another kind")
    return "; ".join(words)


def _say_count(made: Made, number: int) -> str:
    match made.counted:
        case "old stocks":
            return f"stocks last counted more than {made.days} days ago"
        case "undated stocks":
            return "counts of stocks that state no day"
        case "left out":
            return "claims about this quantity that are known on this day and not used here"
        case _ if made.left_out:
            return f"{count_words(number, 'of the', 'of the')} {_say_every(made, number)}"
        case _:
            return "every claim about this quantity known on this day"


def _say_every(made: Made, number: int) -> str:
    return f"{count_words(number + len(made.left_out), 'claim')} about this quantity known on this day"
