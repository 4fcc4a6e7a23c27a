"""Plain pages of the press's own: the archive's index and the page of a failed edition.

They keep the rules of every page: one file, no request, no script, everything untrusted tamed and escaped.
"""

from __future__ import annotations

from html import escape

from briefing.page.policy import hash_inline
from briefing.page.tame import tame_text
from briefing.values.palette import DARK, LIGHT

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:1rem/1.5 'Liberation Sans',Arial,Helvetica,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.15rem;margin:2rem 0 .5rem}"
    "ul{padding-left:1.2rem}li{margin:.3rem 0}li p{margin:.1rem 0 .9rem}"
    f"html{{background:{LIGHT['paper']};color:{LIGHT['ink']}}}a{{color:{LIGHT['accent']}}}"
    "@media screen and (prefers-color-scheme:dark){"
    f"html{{background:{DARK['paper']};color:{DARK['ink']}}}a{{color:{DARK['accent']}}}}}"
    "pre{overflow-x:auto;padding:.75rem;border:1px solid GrayText;white-space:pre-wrap;overflow-wrap:anywhere}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:bold}dd{margin:0}"
    ".aside{opacity:.75;font-size:.9rem}"
    "@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}"
    "@media print{body{max-width:none;margin:0}}"
)

_POLICY = f"default-src 'none'; style-src {hash_inline(_STYLE)}; base-uri 'none'; form-action 'none'"


def make_leaf(title: str, body: str) -> bytes:
    """Make a plain page of its title and of markup in which everything untrusted has been escaped."""
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{to_markup(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{to_markup(title)}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
    return page.encode()


def to_markup(text: str) -> str:
    """Write a text as markup that shows it, whoever wrote it: no element, no control character, no turn left open.

    Examples
    --------
    >>> to_markup("a < b \\x1b[0m")
    'a &lt; b \ufffd[0m'
    """
    return escape(tame_text(text))


def definition_list(facts: dict[str, str]) -> str:
    """Write facts as a list of terms; empty ones are left out."""
    rows = "".join(f"<dt>{to_markup(term)}</dt><dd>{to_markup(fact)}</dd>\n" for term, fact in facts.items() if fact)
    return f"<dl>\n{rows}</dl>\n"
