"""The page around the page: it says how the preview stands, and shows each new page in a frame, where it was read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from importlib.resources import files

from briefing.page.leaf import to_markup
from briefing.page.policy import hash_inline

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body data-path="{path}">
<header>
<nav aria-label="Briefings">{links}</nav>
<p id="state" role="status">The first page is being made …</p>
</header>
<section id="told" role="alert" hidden></section>
<main id="pages"></main>
<script>{script}</script>
</body>
</html>
"""


def write_shell(name: str, *, links: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Write the shell around the page of a briefing, and the policy that it is sent with."""
    paths = dict(links)
    named = "".join(
        f'<a href="{escape(path)}"{" aria-current=page" if other == name else ""}>{to_markup(other)}</a>'
        for other, path in paths.items()
    )
    style, script = (_read(asset) for asset in ("shell.css", "shell.js"))
    page = _SHELL.format(title=to_markup(name), path=escape(paths[name]), links=named, style=style, script=script)
    policy = (
        f"default-src 'none'; script-src {hash_inline(script)}; style-src {hash_inline(style)}; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page, policy


@lru_cache
def _read(asset: str) -> str:
    return (files("briefing.preview") / "assets" / asset).read_text(encoding="utf-8")
