"""Rules over charts: they say on what they rest, and their bars begin at zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from briefing.blocks.blocks import Chart
from briefing.checks.draft import Draft
from briefing.checks.rule import Rule, remark
from briefing.errors import Problem, quoted

#: What a source line says, and the field of `Sourcing` that holds it.
_NEEDS = {"an as-of day": "as_of", "a number of documents": "documents", "a number of origins": "origins"}

#: Marks whose length is read as the number.
_BARS = {"bar", "area", "trail"}


def find_unsourced_charts(draft: Draft) -> Iterator[Problem]:
    """R02: a chart whose source line lacks the day, the documents or the origins."""
    for place, chart in draft.of(Chart):
        missing = [name for name, field in _NEEDS.items() if getattr(chart.sourcing, field) is None]
        if missing:
            what = f"chart {quoted(chart.title)} has a source line without {' and '.join(missing)}"
            yield remark(place, what, "Make the source line from its claims")


def find_cut_bars(draft: Draft) -> Iterator[Problem]:
    """R03: bars on an axis that does not begin at zero."""
    for place, chart in draft.of(Chart):
        specs = [spec for spec in (chart.spec, chart.narrow) if spec]
        if any(_is_cut(view) for spec in specs for view in _views(spec, {})):
            yield remark(place, f"chart {quoted(chart.title)} has bars cut off at the axis", "Begin at zero")


def _views(spec: Mapping[str, Any], outer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give every view of a spec that draws, with the encoding that it inherits."""
    encoding = {**outer, **spec.get("encoding", {})}
    if "mark" in spec:
        yield {"mark": spec["mark"], "encoding": encoding}
    for name in ("layer", "hconcat", "vconcat", "concat"):
        for inner in spec.get(name, ()):
            yield from _views(inner, encoding)
    if isinstance(spec.get("spec"), Mapping):
        yield from _views(spec["spec"], encoding)


def _is_cut(view: Mapping[str, Any]) -> bool:
    mark = view["mark"].get("type") if isinstance(view["mark"], Mapping) else view["mark"]
    if mark not in _BARS:
        return False
    axes = [view["encoding"].get(side) for side in ("x", "y")]
    return any(_leaves_zero_out(axis) for axis in axes if isinstance(axis, Mapping))


def _leaves_zero_out(axis: Mapping[str, Any]) -> bool:
    scale = axis.get("scale") or {}
    if axis.get("type") != "quantitative" or axis.get("bin"):
        return False
    domain = scale.get("domain")
    if isinstance(domain, list) and domain and all(isinstance(end, int | float) for end in domain):
        return not min(domain) <= 0 <= max(domain)
    return scale.get("zero") is False or scale.get("type") == "log" or scale.get("domainMin", 0) > 0


RULES: tuple[Rule[Draft], ...] = (
    Rule("R02", "warning", "a chart says as of when, from how many documents and origins", find_unsourced_charts),
    Rule("R03", "error", "bars begin at zero", find_cut_bars),
)
