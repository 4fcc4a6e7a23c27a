"""vl-convert: Vega-Lite drawn and compiled, and Vega itself from the copy inside the package; no request is made.

It runs on V8, which takes 0.7 s to start, once a process: only a process that draws imports it.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

#: Vega alone, a third smaller than with Vega-Lite and its embedder; `charts.js` walks its expressions, so that the
#: policy needs no 'unsafe-eval'. The address is that of vl-convert's own copy.
_SNIPPET = """import {{parse, View, loader, ascending, Error as errors}} from "/npm/vega@{version}/+esm";
window.briefingVega = {{parse, View, loader, ascending, Error: errors}};"""


def draw_svg(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite spec as vl-convert does, with no request."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def compile_chart(spec: dict[str, Any]) -> dict[str, Any]:
    """Compile a Vega-Lite spec to the Vega that a page carries for readers who want its chart to answer.

    Vega-Lite is half of the library, and compiling takes a slow phone longer than drawing: it is done here, once.
    """
    config = spec.get("config", {})
    mark = {"tooltip": True, **config.get("mark", {})}
    answering = {**spec, "config": {**config, "aria": False, "mark": mark}}
    compiled: dict[str, Any] = json.loads(_compile(json.dumps(answering, sort_keys=True)))
    return compiled


@lru_cache(maxsize=500)
def _compile(spec: str) -> str:
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(spec))


def make_bundle() -> str:
    """Make the script that defines ``window.briefingVega``; it takes seconds."""
    import vl_convert

    snippet = _SNIPPET.format(version=vl_convert.get_vega_version())
    return "(()=>{" + str(vl_convert.javascript_bundle(snippet)) + "})();"
