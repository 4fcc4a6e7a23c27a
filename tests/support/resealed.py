"""An attacker who knows the library: changes a page, and computes every hash in it anew."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from markupsafe import escape

from briefing.page.linked import embed_json
from briefing.page.manifest import find_manifest, seal
from briefing.page.policy import find_policy, hash_inline

_MANIFEST = re.compile(r'<script type="application/json" id="page_manifest">.*?</script>', re.DOTALL)
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_POLICY = re.compile(r'(?<=http-equiv="Content-Security-Policy" content=")[^"]*')


def reseal(path: Path, change: Callable[[str], str]) -> None:
    """Change a page's file, and seal it again."""
    path.write_text(sealed(change(path.read_text(encoding="utf-8"))), encoding="utf-8")


def sealed(page: str) -> str:
    """Write the hashes of a changed page anew: of its scripts and styles in the policy, and its own in the manifest."""
    policy = find_policy(page)
    library = [f"'sha256-{known}'" for known in re.findall("'sha256-([^']+)'", policy.partition("style-src")[0])[1:2]]
    inline = _INLINE.findall(page)
    scripts = [hash_inline(text) for kind, text in inline if kind == "script"]
    styles = [hash_inline(text) for kind, text in inline if kind == "style"]
    rules = [f"script-src {' '.join([*scripts, *library])}", f"style-src {' '.join(styles)}"]
    mended = "; ".join([*rules, "img-src data:", "base-uri 'none'", "form-action 'none'"])
    page = _POLICY.sub(str(escape(f"default-src 'none'; {mended}")).replace("\\", ""), page, count=1)
    manifest = find_manifest(page)
    assert manifest is not None
    manifest.pop("page")
    return seal(_MANIFEST.sub("", page), manifest)


def change_manifest(page: str, **cells: object) -> str:
    """Write other values into a page's manifest."""
    manifest = find_manifest(page)
    assert manifest is not None
    return page.replace(str(embed_json(manifest)), str(embed_json(manifest | cells)))
