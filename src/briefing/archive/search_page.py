"""The search: a page that looks through all editions and claims, in the browser, also where it lies on a disk.

The index is data in the page that searches it, which a script reads that runs under the hash of the page's policy. A
script of its own cannot be let through by its hash on a disk: there a browser compares no hashes of files. Data run
nothing, need no rule, and are brought to whoever opens the search, and to nobody else.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from briefing.archive.search_index import SEARCH, SearchPart
from briefing.archive.search_kept import pages_path, read_part, state_path
from briefing.archive.searching import update_index
from briefing.archive.sheet import as_words, lead_from, make_sheet
from briefing.archive.standing import Archive
from briefing.editions.fingerprint import digest_bytes
from briefing.page.linked import embed_json
from briefing.page.words import Words, read_words
from briefing.press.publish import INDEX, read_json, save_json

#: The words that the script says, of the section `[search]` of a language.
_SAID = (
    "pages_found", "claims_found", "nothing", "longer", "older_hits", "other_pages", "more_hits", "counting",
    "unreadable",
)  # fmt: skip

_BODY = Markup(
    '<form id="search" role="search" action="{own}" hidden>\n<label for="search_asked">{label}</label>\n'
    '<input type="search" id="search_asked" name="q" autocomplete="off" spellcheck="false">\n'
    '<button>{ask}</button>\n</form>\n{plain}{parts}<p id="search_status" role="status" aria-live="polite"></p>\n'
    '<div id="search_results"></div>\n<p class="aside">{how}</p>\n'
)
_DATA = Markup(
    '<script type="application/json" id="search_words">{words}</script>\n'
    '<script type="application/octet-stream" class="search_index"></script>\n'
)
#: Where the first piece of the index is put in; no text can hold it. The others come last, after the script, which
#: looks through the first while a browser reads them.
_PLACE, _END = b'class="search_index"></script>\n', b"</body>\n</html>\n"


def make_search(archive: Archive) -> dict[str, bytes]:
    """Make the pages that search the archive; none where there is nothing to search.

    A page that is as it was made is read and not made again.
    """
    words = read_words(archive.language)
    parts = update_index(archive, words=words) if archive.records else []
    known, noted = read_json(pages_path(archive.out)), {}
    pages = {}
    for part in parts:
        frame = _make_frame(part, parts, words=words)
        made_from = digest_bytes(frame + part.made_from.encode())
        page = _read_page(archive, part, known.get(part.name, ()), made_from)
        pages[part.name] = page or _fill(frame, _pack(archive, part, words))
        noted[part.name] = known[part.name] if page else [made_from, digest_bytes(pages[part.name])]
    if noted != known:
        save_json(pages_path(archive.out), noted)
    return pages


def _read_page(archive: Archive, part: SearchPart, noted: Sequence[str], made_from: str) -> bytes:
    """Read a page that was made from the same; nothing where somebody changed it since."""
    path = archive.out / part.name
    if not noted or noted[0] != made_from or not path.is_file():
        return b""
    page = path.read_bytes()
    return page if digest_bytes(page) == noted[1] else b""


def _fill(frame: bytes, pieces: Sequence[bytes]) -> bytes:
    """Put the pieces of an index into the page that searches them."""
    first, *others = (_PLACE.replace(b"><", b">%b<" % base64.b64encode(piece)) for piece in pieces)
    rest = b"".join(b'<script type="application/octet-stream" %b' % other for other in others)
    return frame.replace(_PLACE, first).removesuffix(_END) + rest + _END


def _pack(archive: Archive, part: SearchPart, words: Words) -> list[bytes]:
    """Give the index of a part in pieces; where what is kept is damaged it is made again."""
    pieces = read_part(archive.out, part.name, part.made_from)
    if not pieces:
        state_path(archive.out).unlink(missing_ok=True)
        update_index(archive, words=words)
        pieces = read_part(archive.out, part.name, part.made_from)
    return pieces


def _make_frame(part: SearchPart, parts: Sequence[SearchPart], *, words: Words) -> bytes:
    """Make the page that searches a part, all but the index itself."""
    folder = part.name.rpartition("/")[0]
    front = Markup('<p><a href="{}">{}</a></p>\n').format(lead_from(folder, INDEX), words.term("archive", "index_link"))
    plain = Markup('<p class="note" id="search_plain">{}</p>\n').format(words.term("search", "plain"))
    body = _BODY.format(
        own=part.name.rpartition("/")[2],
        label=words.term("search", "label"),
        ask=words.term("search", "ask"),
        how=words.term("search", "how"),
        plain=plain,
        parts=_write_parts(part, parts, folder=folder, words=words),
    )
    data = _DATA.format(words=embed_json({"words": {name: words.catalogue["search"][name] for name in _SAID}}))
    title = words.term("search", "title")
    return make_sheet(title, body, words=words, lead=front, foot=data, scripts=[_read_script()])


def _write_parts(part: SearchPart, parts: Sequence[SearchPart], *, folder: str, words: Words) -> Markup:
    """Write which time this page searches, and the way to the others; nothing where it searches all."""
    if len(parts) == 1:
        return Markup("")
    items = [_write_part(other, is_own=other == part, folder=folder, words=words) for other in parts]
    return Markup('<nav id="search_parts" aria-label="{label}">\n<p>{label}: {items}</p>\n</nav>\n').format(
        label=words.term("search", "parts"), items=Markup(", ").join(items)
    )


def _write_part(part: SearchPart, *, is_own: bool, folder: str, words: Words) -> Markup:
    label = as_words(words.date(part.label))
    if is_own:
        return Markup('<b aria-current="page">{}</b>').format(label)
    return Markup('<a href="{}">{}</a>').format(lead_from(folder, part.name), label)


def write_search_box(*, words: Words) -> Markup:
    """Write the form that leads to the search from a sheet in the reports folder itself; it needs no script."""
    return Markup(
        '<form class="search" role="search" action="{action}">\n<label for="search_asked">{label}</label>\n'
        '<input type="search" id="search_asked" name="q"><button>{ask}</button>\n'
        '<a href="{action}">{more}</a>\n</form>\n'
    ).format(
        action=SEARCH,
        label=words.term("search", "label"),
        ask=words.term("search", "ask"),
        more=words.term("search", "more"),
    )


@cache
def _read_script() -> str:
    return (files("briefing.archive") / "assets" / "search.js").read_text(encoding="utf-8")
