"""vl-convert: Vega-Lite drawn and compiled, and Vega itself from the copy inside the package; no request is made.

It runs on V8, which takes 0.7 s to start, once a process: only a process that draws imports it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.errors import PageError

if TYPE_CHECKING:
    from briefing.blocks.blocks import Spec  # imports pydantic, which a process that only draws has no use for

#: Vega alone, a third smaller than with Vega-Lite and its embedder; `charts.js` walks its expressions, so that the
#: policy needs no 'unsafe-eval'. The address is that of vl-convert's own copy.
_SNIPPET = """import {{parse, View, loader, ascending, Error as errors}} from "/npm/vega@{version}/+esm";
window.briefingVega = {{parse, View, loader, ascending, Error: errors}};"""

#: The digest of the script that `make_bundle` makes, by the version of vl-convert that makes it.
PINNED = dict.fromkeys(("1.9.0", "1.9.0.post1"), "df1f035c7cb5209a38eaf5378c8702e7d09aab43258117e614bc70ac591efbb7")


#: What nearly every chart is made of.
_REHEARSAL: Spec = {
    "data": {"values": [{"low": 98, "high": 122, "who": "a"}]},
    "layer": [
        {"mark": "rule", "encoding": {"x2": {"field": "high"}}},
        {"mark": "point"},
        {"mark": "text", "encoding": {"text": {"field": "who", "type": "nominal"}}},
    ],
    "encoding": {"x": {"field": "low", "type": "quantitative"}, "y": {"field": "who", "type": "nominal"}},
}


def start_engine() -> None:
    """Start V8, by drawing a chart: the first one takes three times as long as the next."""
    draw_svg(_REHEARSAL)


def draw_svg(spec: Spec) -> str:
    """Draw a Vega-Lite spec as vl-convert does, with no request."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def compile_chart(spec: Spec) -> Spec:
    """Compile a Vega-Lite spec to the Vega that a page carries for readers who want its chart to answer.

    Vega-Lite is half of the library, and compiling takes a slow phone longer than drawing: it is done here, once.
    """
    config = spec.get("config", {})
    mark = {"tooltip": True, **config.get("mark", {})}
    answering = {**spec, "config": {**config, "aria": False, "mark": mark}}
    compiled: Spec = json.loads(_compile(json.dumps(answering, sort_keys=True)))
    return compiled


@lru_cache(maxsize=500)
def _compile(spec: str) -> str:
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(spec))


def make_bundle() -> str:
    """Make the script that defines ``window.briefingVega``; it takes a second.

    Raises `PageError` where it is not the script that this package knows of that version of vl-convert.
    """
    from importlib.metadata import version  # slow to import, as is the digest

    import vl_convert

    from briefing.editions.fingerprint import digest_bytes

    snippet = _SNIPPET.format(version=vl_convert.get_vega_version())
    script = "(()=>{" + str(vl_convert.javascript_bundle(snippet)) + "})();"
    made_by = version("vl-convert-python")
    if made_by in PINNED and digest_bytes(script.encode()) != PINNED[made_by]:
        rule = "a page carries the Vega whose digest stands in this package"
        raise PageError(f"vl-convert {made_by}: its Vega is another one; {rule}. Install vl-convert-python again.")
    return script
