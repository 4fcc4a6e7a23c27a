"""Checking a page that somebody sent: offline, against the notebook, dossier and library that are here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from briefing.dossier.dossier import Dossier, read_dossier
from briefing.dossier.files import find_folder
from briefing.dossier.groups import CLAIM_TABLES
from briefing.editions.catalog import find_catalog, find_notebook, read_catalog
from briefing.editions.cells import parse_notebook, read_text
from briefing.editions.fingerprint import digest_drawing, digest_notebook, digest_running, list_versions
from briefing.editions.parameters import read_asked
from briefing.errors import BriefingError, PageError, UsageError
from briefing.page.interactive import read_bundle
from briefing.page.links import part_links
from briefing.page.manifest import OLDER, PRINTED, find_manifest, hash_page, hash_row
from briefing.page.notices import find_strange
from briefing.page.policy import check_page, find_scripts, find_styles, hash_inline, say_place
from briefing.page.render import read_page_script
from briefing.page.style import is_own_style
from briefing.page.words import read_words
from briefing.values.words import counted

Agreement = Literal["same", "differs", "not checked"]

#: The one part of a page that its seal leaves out.
UNSEALED_PART = "links"

#: How much is shown of the place where a page first differs.
_BEFORE, _AFTER = 30, 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one thing that a page was made from."""

    #: ``page``, ``links``, ``policy``, ``notebook``, ``parameters``, ``rows``, ``code``, ``template`` or ``versions``
    part: str
    state: Agreement  #: whether it is here as it was then
    detail: str = ""  #: what differs, or why it was not checked

    def __str__(self) -> str:
        return f"{self.part}: {self.state}{f' ({self.detail})' if self.detail else ''}"

    def to_dict(self) -> dict[str, str]:
        """Give the verdict as plain values, for JSON."""
        return {"part": self.part, "state": self.state, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page that somebody sent: its text, and what that says it was made from."""

    path: Path
    text: str = field(repr=False)
    manifest: Mapping[str, Any] = field(repr=False)


def read_page(path: Path) -> SentPage:
    """Read a page that somebody sent.

    Raises `PageError` where the file is no page of this library's.
    """
    page = _read_text(path)
    manifest = find_manifest(page)
    if manifest is None:
        raise PageError(f"{path}: has no manifest; a page of briefing carries one. Name a page that briefing rendered.")
    return SentPage(path, page, manifest)


def verify_page(sent: SentPage, *, notebook: Path | None = None, data: Path | None = None) -> list[Verdict]:
    """Compare what a page says it was made from with what is here, part by part; nothing is run."""
    page, manifest = sent.text, sent.manifest
    return [
        _verify_seal(page, manifest),
        *_verify_links(page),
        _verify_policy(page, manifest),
        *_verify_notebook(manifest, notebook),
        _verify_rows(manifest, data),
        _compare_made(manifest, "code", digest_running, "the library here is another one"),
        _compare_made(manifest, "template", digest_drawing, "what draws pages here is another one"),
        _verify_versions(manifest),
    ]


def find_place(page: str, made: str) -> str:
    """Say where a page first differs from the one that was made: line, column, and what stands there in both.

    Examples
    --------
    >>> find_place("<p>Ten lorries</p>", "<p>Two lorries</p>")
    'line 1, column 5: "<p>Ten lorries</p>", where these inputs make "<p>Two lorries</p>"'
    """
    at = next((at for at, (one, other) in enumerate(zip(page, made, strict=False)) if one != other), -1)
    at = min(len(page), len(made)) if at < 0 else at
    there, here = (_show(text[max(0, at - _BEFORE) : at + _AFTER]) for text in (page, made))
    return f"{say_place(page, at)}: {there}, where these inputs make {here}"


def _show(text: str) -> str:
    return f'"{" ".join(text.split())}"'


def find_beside(sent: SentPage) -> tuple[Path | None, Path | None]:
    """Find the notebook and the dossier that a page says it came from, near here; ``None`` where one is not."""
    name = str(sent.manifest.get("edition", "")).split("/")[0]
    return (_find(lambda: _find_notebook(name)) if name else None), _find(find_folder)


def _find_notebook(name: str) -> Path:
    """Find a briefing's notebook: by the catalog, where it has another name."""
    try:
        listed = {briefing.name: briefing.notebook for briefing in read_catalog(find_catalog())}
    except UsageError:
        listed = {}
    return listed.get(name) or find_notebook(name)


def _find(look: Callable[[], Path]) -> Path | None:
    try:
        return look()
    except UsageError:
        return None


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PageError(f"{path}: cannot be read: {error}; a page is text in UTF-8. Name the page's file.") from None


def _compare(part: str, then: object, now: object, detail: str) -> Verdict:
    return Verdict(part, "same") if then == now else Verdict(part, "differs", detail)


def _compare_made(manifest: Mapping[str, Any], part: str, digest_here: Callable[[], str], detail: str) -> Verdict:
    """Compare a digest of the manifest with what is here; an older manifest has another, which nobody computes now."""
    if manifest.get("manifest") == OLDER:
        return Verdict(part, "not checked", "an older release made the page; render it again to have it checked")
    return _compare(part, manifest.get(part), digest_here(), detail)


def _verify_seal(page: str, manifest: Mapping[str, Any]) -> Verdict:
    now = hash_page(page, version=manifest["manifest"])
    return _compare("page", manifest.get("page"), now, "its text was changed after it was made")


def _verify_links(page: str) -> Iterator[Verdict]:
    """Say of what the archive wrote on a page, where it wrote something, that no seal covers it.

    The policy judges what stands there; of its sentences none may be strange to the catalogue of words.
    """
    made, blocks = part_links(page.encode("utf-8", "surrogatepass"))
    if strange := find_strange(blocks, page=made.decode("utf-8", "replace")):
        told = "the archive of this release writes no such notice, and the seal covers none"
        yield Verdict(UNSEALED_PART, "differs", f'{told}: "{strange}"')
    elif any(blocks.values()):
        told = "lie outside the seal: the archive writes them anew when an edition comes or a row is corrected"
        yield Verdict(UNSEALED_PART, "not checked", f"{_count_unsealed(blocks)} {told}")


def _count_unsealed(blocks: Mapping[str, str]) -> str:
    """Count what stands outside a page's seal: its notices, what is new, its links to other editions."""
    told = [
        (blocks.get("notices", "").count("</p>"), "notice", "notices"),
        (blocks.get("since", "").count("</a>"), "link to what is new", "links to what is new"),
        (blocks.get("neighbours", "").count("</a>"), "link to other editions", "links to other editions"),
    ]
    return ", ".join(counted(number, one, several) for number, one, several in told if number)


def _verify_policy(page: str, manifest: Mapping[str, Any]) -> Verdict:
    """Check that a page keeps its policy; where it says that it is this library's, also that it runs no other script.

    Whoever changes a page can let a script of their own through, for the policy is theirs then too.
    """
    problems = check_page(page)
    is_ours = manifest.get("template") == digest_drawing() and manifest.get("versions") == list_versions()
    if is_ours and not all(_is_known(script) for script in find_scripts(page)):
        problems.append("it runs a script that is not the library's")
    if is_ours and not _has_own_style(page, str(manifest.get("language"))):
        problems.append("its style is not the library's")
    if is_ours and any(verdict.state == "differs" for verdict in _verify_links(page)):
        problems.append("outside its seal stands what the archive does not write")
    return Verdict("policy", "differs", "; ".join(problems[:3])) if problems else Verdict("policy", "same")


def _has_own_style(page: str, language: str) -> bool:
    try:
        words = read_words(language)
    except BriefingError:
        return False
    styles = find_styles(page)
    return len(styles) == 1 and is_own_style(styles[0], words=words)


def _is_known(script: str) -> bool:
    """Whether a hash is that of the page's own script, or of the library that makes charts answer."""
    return script == hash_inline(read_page_script()) or script == hash_inline(read_bundle())


def _verify_notebook(manifest: Mapping[str, Any], path: Path | None) -> Iterator[Verdict]:
    """Compare the notebook's cells; and the parameters, which must still be those that the notebook declares."""
    if path is None:
        yield Verdict("notebook", "not checked", "no notebook was named")
        yield Verdict("parameters", "not checked", "no notebook was named")
        return
    notebook = parse_notebook(read_text(path), where=str(path))
    yield _compare_made(manifest, "notebook", lambda: digest_notebook(notebook), "its cells are others")
    then, declared = manifest.get("parameters", {}), read_asked(notebook)
    gone = sorted(then.keys() ^ declared.keys())
    told = {name: value for name, value in then.items() if declared.get(name) != value}
    changed = ", ".join(f"{name}={value!r}" for name, value in told.items())
    if gone:
        yield Verdict("parameters", "differs", f"declared in one and not in the other: {', '.join(gone)}")
    else:
        asked = f"the page was asked for {changed}" if changed else "the notebook's defaults"
        yield Verdict("parameters", "same", asked)


def _verify_rows(manifest: Mapping[str, Any], data: Path | None) -> Verdict:
    if data is None:
        return Verdict("rows", "not checked", "no dossier was named")
    dossier = read_dossier(data)
    then = manifest.get("rows", {})
    differing = [
        key for kind, rows in then.items() for key, was in rows.items() if _hash_here(dossier, kind, key) != was
    ]
    count = sum(len(rows) for rows in then.values())
    if differing:
        more = f" and {len(differing) - 8} more" if len(differing) > 8 else ""
        return Verdict("rows", "differs", f"{len(differing)} of {count}: {', '.join(differing[:8])}{more}")
    return Verdict("rows", "same", f"{count} rows")


def _hash_here(dossier: Dossier, kind: str, key: str) -> str | None:
    """Give the hash of a row as the dossier here has it; ``None`` where it has no such row."""
    if kind not in PRINTED:
        return None
    for table in {"claims": CLAIM_TABLES, "decided": ("judgements",)}.get(kind, (kind,)):
        row = dossier.find(key, table=table)
        if row is not None:
            return hash_row(_as_printed(row.model_dump(), dossier), kind)
    return None


def _as_printed(cells: dict[str, Any], dossier: Dossier) -> dict[str, Any]:
    """Give a row's cells under the names, and in the words, in which a page has them."""
    relay = cells.get("relay")
    return cells | {
        "source": cells.get("source_id"),
        "when": cells.get("period") or cells.get("date"),
        "relay": relay and dossier.name_of(relay),
    }


def _verify_versions(manifest: Mapping[str, Any]) -> Verdict:
    then, now = manifest.get("versions", {}), list_versions()
    # an older manifest names fewer packages
    names = (manifest.get("manifest") == OLDER and then) or {**now, **then}
    others = [name for name in names if then.get(name) != now.get(name)]
    changed = [f"{name} {then.get(name)} then, {now.get(name)} now" for name in others]
    return Verdict("versions", "differs", "; ".join(changed)) if changed else Verdict("versions", "same")
