"""Makes the pictures of docs/: what the example of each verb makes on a page, as a browser shows it.

``python tools/pictures.py`` makes those that are missing, with names of verbs behind it theirs, and with ``--all`` all
of them. It needs a Chromium.
"""

from __future__ import annotations

import ast
import doctest
import inspect
import io
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

import briefing
from briefing.blocks.blocks import Block, Chart, Corrections, Front, Headline, Matrix
from briefing.page.exporter import render_page

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
WIDTH = 860
#: So high a picture may be; a longer block is shown to there.
MOST = 900
#: So much of the page stands left and right of a block.
EDGE = 12
_HEAD = Headline(title="Picture", as_of="2031-12-19", bottom_line=("",))


def main(verbs: list[str]) -> None:
    """Make the pictures of verbs."""
    PICTURES.mkdir(exist_ok=True)
    every = [name for name in briefing.__all__ if "--all" in verbs or not _path(name).is_file()]
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in [name for name in verbs if name != "--all"] or every:
            block = last_block(name)
            if block is not None:
                _path(name).write_bytes(_picture(browser, block))
                print(f"{name}: {_path(name).stat().st_size / 1000:.0f} kB")
        browser.close()


def _path(name: str) -> Path:
    return PICTURES / f"{name}.png"


def last_block(name: str) -> Block | None:
    """Run a verb's example and give the last block that the verb makes in it, a chart before others; or ``None``."""
    names: dict[str, Any] = {}
    made = [value for value in _values(name, names) if isinstance(value, Block)]
    return next((block for block in reversed(made) if isinstance(block, Chart)), made[-1] if made else None)


def _values(name: str, names: dict[str, Any]) -> Iterator[Any]:
    """Give what each call of the verb in its example gives."""
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(getattr(briefing, name)) or ""):
        tree = ast.parse(example.source)
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            if isinstance(call.func, ast.Attribute) and call.func.attr == name:
                yield eval(compile(ast.Expression(call), name, "eval"), names)
        exec(compile(tree, name, "exec"), names)


def _picture(browser: Browser, block: Block) -> bytes:
    is_head = isinstance(block, Front | Headline)
    html = render_page(_notebook([block] if is_head else [_HEAD, block]), interactive=False)
    page = browser.new_page(viewport={"width": WIDTH, "height": 700}, device_scale_factor=1.5)
    with tempfile.NamedTemporaryFile("w", suffix=".html", encoding="utf-8") as file:
        file.write(html)
        file.flush()
        page.goto(f"file://{file.name}")
    place = page.locator("header.cover" if is_head else "main > section:not(.annex)").first
    if isinstance(block, Matrix | Corrections):  # its place in the text leads to the annex
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        place = page.locator(f"details:has({place.locator('a').first.get_attribute('href')})").last
    box = place.bounding_box() or {"x": 0, "y": 0, "width": WIDTH, "height": MOST}
    page.set_viewport_size({"width": WIDTH, "height": int(box["y"] + box["height"]) + 20})
    clip = {"x": box["x"] - EDGE, "y": box["y"], "width": box["width"] + 2 * EDGE, "height": min(box["height"], MOST)}
    shot = page.screenshot(clip=clip)
    page.close()
    return _small(shot)


def _notebook(blocks: list[Block]) -> Any:
    cells = []
    for number, block in enumerate(blocks, start=1):
        output = new_output("execute_result", data=block._repr_mimebundle_(), execution_count=number)
        cells.append(new_code_cell(execution_count=number, outputs=[output]))
    return new_notebook(cells=cells)


def _small(shot: bytes) -> bytes:
    """Give a picture with so few colours as a page has: a fifth of the bytes."""
    made = io.BytesIO()
    Image.open(io.BytesIO(shot)).convert("RGB").quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    main(sys.argv[1:])
