"""Drawing charts once: the same spec is the same SVG, and the editions of neighbouring days share many."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from typing import Any

from briefing.press.page.svg import draw_svg

#: How many charts a worker remembers.
_MOST = 500

_DRAWN: OrderedDict[str, str] = OrderedDict()


def draw_once(spec: dict[str, Any]) -> str:
    """Draw a Vega-Lite spec as SVG, or remember it."""
    key = hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()
    svg = _DRAWN.get(key)
    if svg is None:
        svg = draw_svg(spec)
        _DRAWN[key] = svg
        if len(_DRAWN) > _MOST:
            _DRAWN.popitem(last=False)
    else:
        _DRAWN.move_to_end(key)
    return svg
