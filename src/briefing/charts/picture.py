"""The picture that fits what is known of a quantity, for a page whose quantities the news chooses."""

from __future__ import annotations

from briefing.blocks.blocks import Chart, Note, Prose
from briefing.charts.days import drawn_on
from briefing.charts.events import Events
from briefing.charts.ranges import dot_range
from briefing.charts.running import running_steps
from briefing.charts.series import dated_series
from briefing.desk.claims.claims import Claims
from briefing.usage import verb


@verb
def picture(claims: Claims, *, title: str = "", events: Events = ()) -> Chart | Prose | Note | None:
    """Show claims about one quantity in the chart that fits them, whatever they are on the day.

    Running totals with several ends are shown by `running_steps`, stocks of several days by `dated_series`, and rivals
    of one time by `dot_range`.

    Parameters
    ----------
    claims : Claims
        About one quantity.
    title : str
        What is seen; left out, who counts how many.
    events : Timeline, str or collection of str
        As in `dated_series`; the other charts have no axis of days to show them on, or one of ends.

    Returns
    -------
    Chart, Prose, Note or None
        A block; a sentence where there is one number, a note where there is none. Of claims that `by_news` gives
        only a chart: `say_news` says the one number.

    Raises
    ------
    ClaimError
        Where the claims count in several units.

    Examples
    --------
    >>> import briefing as b
    >>> d = b.read_example()
    >>> b.picture(b.choose_claims(d, quantity="lorries-sent"))
    Chart('Lorries ferried in October, by claimant', 3 rows, 3 claims, 3 sources)
    >>> b.picture(b.choose_claims(d, claim="tr-0006"))
    Prose('Harbour Watch puts lorries ferried in October at 48 (October ...', 3 claims, 3 sources)
    """
    made = _draw(claims, title, events)
    return made if isinstance(made, Chart) or claims.news is None else None


def _draw(claims: Claims, title: str, events: Events) -> Chart | Prose | Note:
    known = [claim for claim in claims.each if claim.bounds.is_known]
    if all(claim.is_total for claim in known) and any(claim.counting == "running" for claim in known):
        if len({claim.end for claim in known}) > 1:
            return running_steps(claims, title=title)
    elif all(claim.is_stock for claim in known):
        days = {drawn_on(claim.when, as_of=claims.dossier.as_of) for claim in known} - {None}
        if len(days) > 1:
            return dated_series(claims, title=title, events=events)
    return dot_range(claims, title=title)
