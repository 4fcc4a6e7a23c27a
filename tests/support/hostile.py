"""Sixty texts that mean harm to a page, and a reader of pages that sees text as a browser does."""

from __future__ import annotations

from html.parser import HTMLParser

STRINGS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=`javascript:alert(1)`>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "</svg><script>alert(1)</script>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><body onload=alert(1)>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)>",
    "<object data=data:text/html,x>",
    "<embed src=https://evil.example/>",
    "<base href=https://evil.example/>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<form action=https://evil.example/><input name=x></form>",
    "<details open ontoggle=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<!DOCTYPE x><x>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x/>",
    "--><script>alert(1)</script><!--",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "'><img src=x onerror=alert(1)>",
    "` onmouseover=`alert(1)",
    '" style="background:url(https://evil.example/)',
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//evil.example/x",
    "{{ 7 * 7 }}",
    "{% include '/etc/passwd' %}",
    "{# comment #}{{ cycler.__init__.__globals__ }}",
    "${alert(1)}",
    "%(name)s {name} {0} {0.__class__}",
    '","x":"</script><script>alert(1)</script>',
    "\\u003c/script\\u003e",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;b&#62;",
    '=HYPERLINK("https://evil.example/","x")',
    "+1+cmd|' /C calc'!A0",
    "\u202egnp.exe\u202c and \u2066isolated",
    "\u202eturned for good",
    "half a pair \ud800, a bell \x07, a nul \x00, an escape \x1b[31m",
    "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u200fand\u200e \u0410\u043b\u044f\u043a\u0441\u0430\u043d\u0434\u0440 "
    "\U0001f3f3\ufe0f\u200d\U0001f308 Z\u0310\u0336\u0489\u0489",
)  # fmt: skip


class Reader(HTMLParser):
    """Reads what a page says: its text, the values of its attributes, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.values: list[str] = []
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value or "" for _, value in attrs]
        self._is_data = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._is_data = False

    def handle_data(self, data: str) -> None:
        if not self._is_data:
            self.texts.append(data)


def read(page: str) -> Reader:
    """Read a page."""
    reader = Reader()
    reader.feed(page)
    return reader
