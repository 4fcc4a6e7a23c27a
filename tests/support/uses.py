"""One use of each verb that makes something of a dossier: of the example, as it is or as a test has changed it."""

from __future__ import annotations

from collections.abc import Callable

import briefing as b
from briefing.desk.claims.claims import Claims
from briefing.dossier.dossier import Dossier

QUESTION = "Will Corvia close the strait?"
WAY = {"item": "lorry", "counting": "increment"}

#: One use of each verb that makes something of a dossier.
USES: dict[str, Callable[[Dossier], object]] = {
    "affected_by": lambda d: b.affected_by(d, "union-2031-10-11"),
    "affected_table": lambda d: b.affected_table(b.affected_by(d, "union-2031-10-11"), caption="What rests on it"),
    "audit_dates": lambda d: b.audit_dates(d, caption="Dates"),
    "audit_grades": lambda d: b.audit_grades(d, caption="Grades"),
    "audit_languages": lambda d: b.audit_languages(d, caption="Languages"),
    "audit_origins": lambda d: b.audit_origins(d, caption="Origins"),
    "audit_parts": lambda d: b.audit_parts(d, caption="Parts"),
    "audit_sensitivity": lambda d: b.audit_sensitivity(d, caption="If"),
    "audit_single": lambda d: b.audit_single(d, caption="Single"),
    "before_and_after": lambda d: b.before_and_after(d, "ev-0001", caption="Before and after"),
    "bottom_line": lambda d: b.bottom_line(d),
    "changes": lambda d: b.changes(d, since="2031-06-01"),
    "contested": lambda d: b.contested(b.choose_claims(d, quantity="lorries-sent")).figure,
    "dated_series": lambda d: b.dated_series(b.choose_claims(d, quantity="guards-there"), title="Guards"),
    "denials": lambda d: b.denials(d, caption="Denied"),
    "dot_range": lambda d: b.dot_range(b.choose_claims(d, quantity="lorries-sent"), title="Lorries"),
    "gaps": lambda d: b.gaps(b.choose_claims(d), caption="Gaps"),
    "hypothesis_matrix": lambda d: b.hypothesis_matrix(d, question=QUESTION),
    "ids": lambda d: b.ids(d, "claim"),
    "indicator_board": lambda d: b.indicator_board(d),
    "key_judgements": lambda d: b.key_judgements(d),
    "overview": lambda d: b.overview(b.choose_claims(d), caption="All"),
    "place_map": lambda d: b.place_map(b.choose_claims(d, unit="persons"), title="Where"),
    "profile": lambda d: b.profile(d, "minister"),
    "quotations": lambda d: b.quotations(b.choose_quotes(d), caption="Said"),
    "revisions": lambda d: [(step.day, step.figure) for step in b.revisions(d, **WAY).steps],
    "say_audit": lambda d: b.say_audit(d),
    "scenarios": lambda d: b.scenarios(d),
    "scopes": lambda d: b.other_scopes(b.choose_claims(d, quantity="hay-to-september"), caption="Hay"),
    "scores": lambda d: [b.scores(d), b.say_scores(d), b.calibration(d)],
    "sensitivity": lambda d: b.sensitivity(b.choose_claims(d, quantity="guards-there"), caption="If"),
    "sources": lambda d: b.sources(d),
    "stances": lambda d: b.stances(b.choose_quotes(d), caption="Stances"),
    "table": lambda d: b.claims_table(b.choose_claims(d), caption="Claims"),
    "timeline": lambda d: b.timeline(d, caption="Events"),
    "total": lambda d: b.total(b.choose_claims(d, **WAY)),
    "answer": lambda d: b.answer(b.contested(b.leading_quantity(b.choose_claims(d)))),
    "disputes": lambda d: b.disputes(d, b.contested(b.choose_claims(d, quantity="lorries-sent"))),
    "events_and_statements": lambda d: b.events_and_statements(
        b.timeline(d, caption="Events"), b.choose_quotes(d), title="Both"
    ),
    "likelihood_strip": lambda d: b.likelihood_strip(d, "likely", title="How likely"),
    "news": lambda d: [[b.finding(group), b.say_news(group), b.picture(group)] for group in _news(d)],
    "main_reason": lambda d: b.main_reason(d),
    "newest_event": lambda d: b.newest_event(d),
    "pictures": lambda d: [b.picture(b.choose_claims(d, quantity=one)) for one in d.quantities["quantity_id"]],
    "relays": lambda d: b.relays(d, caption="Relays"),
    "reversals": lambda d: b.reversals(b.choose_quotes(d), caption="Reversals"),
    "revision_steps": lambda d: b.revision_steps(b.revisions(d, **WAY), title="Steps"),
    "running": lambda d: b.running(b.choose_claims(d), caption="Running"),
    "running_steps": lambda d: b.running_steps(b.choose_claims(d, quantity="lorries-sent")),
    "stances_over_time": lambda d: b.stances_over_time(b.choose_quotes(d), title="Stances"),
    "sums": lambda d: b.sums(b.choose_claims(d), caption="Sums"),
    "tiles": lambda d: [b.tile(b.choose_claims(d, quantity=one)) for one in ("lorries-sent", "guards-there")],
    "weigh": lambda d: b.weigh(b.contested(b.choose_claims(d, quantity="guards-there"))),
    "window": lambda d: b.overview(b.choose_claims(d, during=b.days_before("2031-12-19", 60)), caption="Lately"),
}


def _news(d: Dossier) -> list[Claims]:
    return b.by_news(b.choose_claims(d), since="2031-11-19/2031-12-19")
