"""How many voices stand behind what several say: distinct documents, and distinct claimants behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def count_independent(said: Iterable[tuple[str, str]]) -> int:
    """Count voices: the most claims of which no two share an origin or a claimant; each is given as such a pair.

    One claimant in two documents is one voice, and so are two claimants in one document.

    Examples
    --------
    >>> count_independent([("report", "ministry"), ("interview", "ministry")])
    1
    >>> count_independent([("paper", "ministry"), ("paper", "monitor"), ("interview", "ministry")])
    2
    """
    origins: dict[str, dict[str, None]] = defaultdict(dict)
    for origin, claimant in said:
        origins[claimant][origin] = None
    voice: dict[str, str] = {}  # the claimant that an origin counts for
    for claimant in origins:
        _find_voice(claimant, origins, voice)
    return len(voice)


def _find_voice(claimant: str, origins: dict[str, dict[str, None]], voice: dict[str, str]) -> None:
    """Give a claimant an origin of its own; those that have one may move on to another (an augmenting path)."""
    reached: dict[str, str] = {}
    before: dict[str, str | None] = {claimant: None}  # the origin that each claimant in the queue would give up
    queue = [claimant]
    for speaker in queue:
        for origin in origins[speaker]:
            if origin in reached:
                continue
            reached[origin] = speaker
            if origin in voice:
                before[voice[origin]] = origin
                queue.append(voice[origin])
                continue
            free: str | None = origin
            while free is not None:
                speaker = reached[free]
                voice[free], free = speaker, before[speaker]
            return
