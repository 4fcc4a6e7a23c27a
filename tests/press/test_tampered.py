"""Pages that somebody changed, every hash in them computed anew: none of them is ever proven."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from resealed import change_manifest, sealed

from briefing.page.verify import Verdict, read_page
from briefing.press import prove
from briefing.press.prove import Answer, prove_page

ROOT = Path(__file__).parents[2]
NOTEBOOK, DATA = ROOT / "notebooks" / "sourcing.ipynb", ROOT / "data"
EVIL = "https://evil.example/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a page of the shipped dossier."""
    from briefing.dossier.files import find_folder
    from briefing.editions.catalog import make_edition, pick_briefing
    from briefing.press.build import build

    out = tmp_path_factory.mktemp("reports")
    edition = make_edition(pick_briefing(NOTEBOOK), {"as_of": "2022-12-19"}, data=find_folder(ROOT))
    (outcome,) = build([edition], data=DATA, out=out)
    return outcome.path


@pytest.fixture(scope="module")
def prove_it(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Answer]:
    """Give a function that proves a page's text; what these inputs make is made once, by a real kernel, for all."""
    sent, known, real = tmp_path_factory.mktemp("sent") / "page.html", {}, prove.make_again

    def make_once(manifest: dict[str, object], **there: Path) -> object:
        asked = str(
            [manifest.get(name) for name in ("edition", "parameters", "language", "interactive", "issued", "checked")]
        )
        if asked not in known:
            known[asked] = real(manifest, **there)
        return known[asked]

    def judge(page: str) -> Answer:
        sent.write_bytes(page.encode())
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(prove, "make_again", make_once)
            return prove_page(read_page(sent), notebook=NOTEBOOK, data=DATA)

    return judge


def put(old: str, new: str) -> Callable[[str], str]:
    """Give an edit: each names a text that stands on the page, or it would change nothing."""

    def change(page: str) -> str:
        assert old in page
        return page.replace(old, new, 1)

    return change


def replace_number(page: str) -> str:
    return re.sub(r"(?<=<dd>)[^<]+", "9,999 of 10,000", page, count=1)


EDITS = {
    "text": put('<main id="main_content">', '<main id="main_content"><p>Minsk has declared war on Ukraine.</p>'),
    "number": replace_number,
    "title": put("<title>", "<title>War: "),
    "description": put('name="description" content="', 'name="description" content="War. '),
    "link": lambda page: re.sub(r'href="https?://[^"]*"', f'href="{EVIL}"', page, count=1),
    "chart": put("<path d=", '<path opacity="0.7" d='),
    "linked data": put('"@type":"Report"', '"@type":"Claim"'),
    "chart's data": put('id="chart_specs">{', 'id="chart_specs">{"a":1,'),
    "day": lambda page: re.sub(r'datetime="\d{4}', 'datetime="1999', page, count=1),
    "class": put('<section class="annex"', '<section class="skip annex"'),
    "language": put('<html lang="en"', '<html lang="fr"'),
    "direction": put('dir="ltr"', 'dir="rtl"'),
    "end": lambda page: page + "\n",
    "space": put("<p>", "<p> "),
    "plaintext": put('<section class="annex"', '<plaintext><section class="annex"'),
    "second policy": put(
        '<meta name="color-scheme"',
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><meta name="color-scheme"',
    ),
    "image": put("</main>", f'<svg><image href="{EVIL}x.png" width="9" height="9"/></svg></main>'),
    "set": put("</main>", f'<svg><a href="#x"><set attributeName="href" to="{EVIL}"/></a></svg></main>'),
    "hidden": put('<section class="annex"', '<section hidden class="annex"'),
    "style": put("</style>", "main{display:none}</style>"),
    "second style": put("</head>", "<style>main{display:none}</style></head>"),
    "script": put("</body>", "<script>alert(1)</script></body>"),
    "own script": put("(() => {", "alert(1);(() => {"),
    "library": lambda page: re.sub(r'(id="chart_library">)', r"\1AAAA", page, count=1),
    "manifest's rows": lambda page: change_manifest(page, rows={}),
    "manifest's reads": lambda page: change_manifest(page, reads=""),
    "manifest's checks": lambda page: change_manifest(page, checked=False),
    "manifest's edition": lambda page: change_manifest(page, edition="sourcing/2022-12-20"),
    "manifest's language": lambda page: change_manifest(page, language="uk"),
    "manifest's day": lambda page: change_manifest(page, as_of="2022-12-20"),
    "manifest's issue": lambda page: change_manifest(page, issued="2022-12-20"),
    "manifest's charts": lambda page: change_manifest(page, interactive=False),
    "manifest's code": lambda page: change_manifest(page, code="0" * 64),
    "manifest's notebook": lambda page: change_manifest(page, notebook="0" * 64),
    "manifest's versions": lambda page: change_manifest(page, versions={}),
    "manifest's age": lambda page: change_manifest(page, manifest=2),
    "manifest's more": lambda page: change_manifest(page, more="x"),
}


def test_a_page_that_nobody_changed_is_proven(made: Path, prove_it: Callable[[str], Answer]) -> None:
    page = made.read_text(encoding="utf-8")
    assert prove_it(page).result == "proven"
    assert prove_it(sealed(page)).result == "proven"


@pytest.mark.parametrize("kind", EDITS)
def test_a_page_that_was_changed_and_sealed_again_is_never_proven(
    kind: str, made: Path, prove_it: Callable[[str], Answer]
) -> None:
    before = made.read_text(encoding="utf-8")
    after = sealed(EDITS[kind](before))
    assert after != before
    answer = prove_it(after)
    assert answer.exit in (5, 6) and answer.why, answer
    assert (Verdict("page", "same") in answer.verdicts) == (kind != "manifest's age")  # which was sealed otherwise
    assert kind.startswith("manifest") or answer.exit == 5


def edit_anywhere(page: str, chance: random.Random) -> str:
    """Change a page somewhere: a letter, a word left out, a piece said twice or moved, a tag from elsewhere on it."""
    at, to = sorted(
        chance.sample(range(page.index("<body>"), page.rindex('<script type="application/json" id="page')), 2)
    )
    to = min(to, at + chance.randint(1, 40))
    piece = page[at:to]
    tags = re.findall(r"<[^<>]*>", page[:200_000])
    edits = [
        page[:at] + chance.choice("0123456789abcdefghijklmnopqrstuvwxyz<>&\"' ") + page[at + 1 :],
        page[:at] + page[to:],
        page[:to] + piece + page[to:],
        page[:at] + piece[::-1] + page[to:],
        page[:at] + piece.swapcase() + page[to:],
        page[:at] + chance.choice(tags) + page[at:],
    ]
    return chance.choice(edits)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_a_hundred_edits_of_an_attacker_are_all_caught(
    seed: int, made: Path, prove_it: Callable[[str], Answer]
) -> None:
    chance, before = random.Random(seed), made.read_text(encoding="utf-8")
    while (after := edit_anywhere(before, chance)) == before:
        pass
    answer = prove_it(sealed(after))
    assert answer.exit == 5, (seed, answer)
