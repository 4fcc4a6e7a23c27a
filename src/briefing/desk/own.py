"""An analyst's own table, picture or words, wrapped so that a page can show them as theirs."""

from __future__ import annotations

import base64
import io
import math
import numbers
import sys
from collections.abc import Sequence
from typing import Any

import pandas as pd

from briefing.blocks.html_table import Found, has_table, lay_out_plain, read_table
from briefing.blocks.own import Markdown, Own, Picture, PictureKind
from briefing.blocks.records import TableData
from briefing.errors import PageError, UsageError, in_a_line
from briefing.usage import GLANCE, verb

#: How files of pictures begin.
_BEGINS: dict[bytes, PictureKind] = {
    b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp",
}  # fmt: skip
_DPI = 144
_GIVE_A_FRAME = "Give a pandas frame of words and numbers, which is shown whole: b.own(frame, ...)"


@verb
def own(thing: object, *, caption: str, alt: str = "", source: str = "") -> Own:
    """Show a table, picture or words of your own, labelled as yours: no claim of the dossier stands behind them.

    Parameters
    ----------
    thing : object
        A pandas frame, series or styled frame; a chart of altair; a figure of matplotlib, seaborn or plotly, or
        whatever shows itself as PNG, SVG or a table; the bytes of a picture; or a text in markdown.
    caption : str
        What is seen.
    alt : str
        What a picture shows, for those who do not see it; a picture needs it. Left out, a chart of altair says it by
        its own ``description``.
    source : str
        Where it comes from. Left out, the page says that no source is given.

    Returns
    -------
    Own
        A block. Its numbers are not checked, and lead to no claim.

    Raises
    ------
    UsageError
        Where the caption or a picture's alternative text is missing, or the thing has no such face.

    Examples
    --------
    >>> import briefing as b
    >>> import pandas as pd
    >>> b.own(pd.DataFrame({"month": ["May"], "hay": [12]}), caption="Hay in the barn", source="Our own count")
    Own('Hay in the barn')
    """
    if not caption.strip():
        raise UsageError("own(): the caption is empty; a reader is told what is seen. Write caption=...")
    try:
        if table := _read_table(thing):
            caption, source = _join(" – ", caption, table.title), _join(" ", source, table.foot)
            return Own(caption=caption, source=source, content=table.data)
        content = _read_picture(thing, alt.strip()) or _read_words(thing)
    except PageError as error:
        raise UsageError(f"own(): what was given {error}") from None
    if content is None:
        raise UsageError(
            f"own() was given {type(thing).__name__}; it takes a frame, a chart, a figure, the bytes of a picture or "
            "markdown. Give one of these."
        )
    if isinstance(content, Picture) and not content.alt:
        raise UsageError("own(): the picture has no alternative text; not every reader sees it. Write alt=...")
    return Own(caption=caption, source=source, content=content)


def _join(between: str, *words: str) -> str:
    return between.join(dict.fromkeys(filter(None, words)))


def _read_table(thing: Any) -> Found | None:
    if isinstance(thing, pd.Series):
        thing = thing.to_frame(str("value" if thing.name is None else thing.name))
    if isinstance(thing, pd.DataFrame):
        return Found("", _lay_out_frame(thing), "")
    html = thing._repr_html_() if hasattr(thing, "_repr_html_") else None
    if isinstance(html, str) and html.startswith(GLANCE):
        raise UsageError(
            f"own() was given {type(thing).__name__}, which is made from claims; what is your own is not. "
            "Show it with a verb of the library, such as b.claims_table(...) or b.say(...)."
        )
    return read_table(html, cure=_GIVE_A_FRAME) if isinstance(html, str) and has_table(html) else None


def _lay_out_frame(frame: pd.DataFrame) -> TableData:
    """Lay a frame out: what names its rows, where that is more than their number, and its columns in all layers."""
    index, layers = frame.index, frame.columns.names
    names = [] if _is_counted(index) else [str("" if name is None else name) for name in index.names]
    keys = [key if isinstance(key, tuple) else (key,) for key in index] if names else [()] * len(frame)
    heads = [_say_head(name if isinstance(name, tuple) else (name,), layers) for name in frame.columns]
    rows = [[*key, *row] for key, row in zip(keys, frame.itertuples(index=False, name=None), strict=True)]
    return lay_out_plain([*names, *heads], [[_write_cell(cell) for cell in row] for row in rows])


def _say_head(name: tuple[object, ...], layers: Sequence[object]) -> str:
    """Say a column's name; a layer that has a name itself says it before: ``item: tank``."""
    said = [(layer, part) for layer, part in zip(layers, name, strict=False) if str(part)]
    return ": ".join(str(word) for pair in said for word in pair if word is not None)


def _is_counted(index: Any) -> bool:
    """Whether an index only counts rows."""
    return isinstance(index, pd.RangeIndex) and index.name is None


def _write_cell(cell: Any) -> str:
    """Write a cell whole; what is missing stays empty."""
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, bool) or not isinstance(cell, numbers.Real):
        return str(cell)
    if isinstance(cell, numbers.Integral):
        return f"{int(cell):,}"
    number = float(cell)
    return "" if math.isnan(number) else f"{number:,.15g}" if 1e9 <= abs(number) < 1e15 else f"{number:,.10g}"


def _read_picture(thing: Any, alt: str) -> Picture | None:
    if isinstance(thing, bytes):
        form = next((kind for begins, kind in _BEGINS.items() if thing.startswith(begins)), None)
        return Picture(form=form, data=base64.b64encode(thing).decode(), alt=alt) if form else None
    figure = getattr(thing, "figure", thing)  # an axes, or a grid of seaborn's, has one
    if hasattr(figure, "savefig"):
        return Picture(form="image/png", data=base64.b64encode(_save(figure)).decode(), alt=alt)
    if (altair := sys.modules.get("altair")) and isinstance(thing, altair.TopLevelMixin):
        return _draw_chart(thing, alt)
    if hasattr(thing, "to_image"):
        return Picture(form="image/png", data=base64.b64encode(_draw_plotly(thing)).decode(), alt=alt)
    if hasattr(thing, "_repr_svg_") and (svg := _first(thing._repr_svg_())):
        return Picture(form="image/svg+xml", data=str(svg), alt=alt)
    if hasattr(thing, "_repr_png_") and (png := _first(thing._repr_png_())):
        return Picture(form="image/png", data=png if isinstance(png, str) else base64.b64encode(png).decode(), alt=alt)
    return None


def _draw_chart(chart: Any, words: str) -> Picture:
    """Draw a chart of altair's as the page draws its own, and let it describe itself where nobody else does."""
    drawn = io.StringIO()
    chart.save(drawn, format="svg")
    described = chart.to_dict().get("description", "")
    return Picture(form="image/svg+xml", data=drawn.getvalue(), alt=words or described)


def _draw_plotly(figure: Any) -> bytes:
    """Draw a figure of plotly's; without the program that draws for it, it says so."""
    try:
        return bytes(figure.to_image(format="png", scale=2))
    except Exception as error:
        raise UsageError(
            f"own(): plotly cannot draw its figure here ({in_a_line(error)}); a page shows a picture of it. "
            "Install what it names, or give the bytes of a picture saved elsewhere: b.own(png, caption=..., alt=...)."
        ) from None


def _save(figure: Any) -> bytes:
    """Draw a figure, the same bytes each time, and close it, so that the notebook does not show it once more."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, metadata={"Software": None})
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None and isinstance(figure, pyplot.Figure):
        pyplot.close(figure)
    return file.getvalue()


def _first(shown: Any) -> Any:
    """Give what is shown, without the notes that some objects give with it."""
    return shown[0] if isinstance(shown, tuple) else shown


def _read_words(thing: Any) -> Markdown | None:
    if isinstance(thing, str):
        return Markdown(markdown=thing)
    if hasattr(thing, "_repr_markdown_"):
        return Markdown(markdown=str(_first(thing._repr_markdown_())))
    return None
