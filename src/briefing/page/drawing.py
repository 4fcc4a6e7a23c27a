"""The process that draws: V8 holds the interpreter's lock while it draws, so it is nobody else's process."""

from __future__ import annotations

import json

from briefing.page.answering import Told, answer_until_alone
from briefing.page.vega import compile_chart, draw_svg, start_engine


def main() -> None:
    """Draw and compile what is asked."""
    answer_until_alone(_draw, begin=start_engine)  # V8 takes most of a second to start


def _draw(wish: Told) -> Told:
    """Draw a chart, or compile it, as its form says."""
    spec = json.loads(wish["spec"])
    try:
        return {"drawn": draw_svg(spec) if wish["form"] == "svg" else compile_chart(spec)}
    except Exception as error:
        return {"said": str(error)}


if __name__ == "__main__":
    main()
