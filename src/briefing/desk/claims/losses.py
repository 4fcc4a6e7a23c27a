"""Losses: who was killed, wounded or captured, what was destroyed, and whose it was."""

from __future__ import annotations

from typing import get_args

from briefing.desk.claims.claims import Asked, Claims, choose_claims, several
from briefing.dossier.dossier import Dossier
from briefing.dossier.tables import LossKind
from briefing.errors import UsageError, did_you_mean
from briefing.usage import verb


@verb
def losses(among: Dossier | Claims, *, side: Asked = None, kind: Asked = None, during: str | None = None) -> Claims:
    """Choose claims about losses, of a dossier or of claims chosen before.

    Killed and wounded are two kinds, and casualties are both as claimants count them: `total` adds no two kinds.

    Parameters
    ----------
    among : Dossier or Claims
        As of its day.
    side : str or collection of str, optional
        Whose loss it is.
    kind : str or collection of str, optional
        How it was lost: killed, wounded, captured, missing, destroyed, damaged, abandoned or casualties.
    during : str, optional
        A partial date or interval that the claim's own period must be able to touch.

    Returns
    -------
    Claims
        In order of time, then of id. None where the dossier has no losses.

    Raises
    ------
    UsageError
        Where the side is in no row of actors, or the kind is no choice, naming the nearest.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.losses(d, side="veldania", kind="destroyed")
    Claims(none is known)
    """
    kinds = get_args(LossKind)
    wanted = kinds if kind is None else several(kind)
    for word in wanted:
        if word not in kinds:
            told = f"choices are {', '.join(kinds)}. {did_you_mean(word, kinds)}"
            raise UsageError(f'kind: "{word}" is not a choice; {told}')
    lost = choose_claims(among, giver=side, during=during)
    return lost.only(claim for claim in lost.each if claim.table == "losses" and claim.kind in wanted)
