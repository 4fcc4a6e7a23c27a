"""What the templates of blocks write with: texts with their citations, links, charts, anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from briefing.blocks.blocks import (
    Chart,
    Cited,
    ClaimRecord,
    Entry,
    Own,
    Quotation,
    Quotations,
    SourceRecord,
    Spec,
    TableData,
    Text,
)
from briefing.blocks.own import Markdown
from briefing.blocks.walk import figures_in, format_number, plain
from briefing.errors import PageError
from briefing.page.foreign import plain_svg
from briefing.page.ledger import Ledger, Use
from briefing.page.linked import describe_quotations, embed_json
from briefing.page.markdown import render_markdown
from briefing.page.svg import Draw, clean_svg
from briefing.page.words import Words
from briefing.values.languages import is_tag, runs_to_left

#: What may be the key of a row, among words.
_KEY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)+)")
#: A wording, and behind it the dossier's own rendering in square brackets.
_RENDERED = re.compile(r"(.*?)((?: \[[^\[\]]*\])?)", re.DOTALL)

#: A figure of so many letters stays on one line: "≤ 12,000", "98 to 122 tanks".
_SHORT = 20
#: So many source numbers stand behind a figure; the others are one click away.
_SOURCES_SHOWN = 3


@dataclass(slots=True)
class Writer:
    """Writes one page, in reading order."""

    ledger: Ledger  #: the evidence; it counts what is cited
    words: Words  #: the page's own words
    draw: Draw  #: draws a Vega-Lite spec as SVG
    label: str = ""  #: what a reader calls the place that is being written, for the way back from the annex
    language: str = ""  #: of the words that are being written, where they are not the page's own
    charts: int = 0
    tables: int = 0
    quotations: int = 0
    owned: int = 0
    taken: set[str] = field(default_factory=set)
    linked_to: set[str] = field(default_factory=set)  #: the quotations that linked data has told of
    specs: dict[str, Spec] = field(default_factory=dict)  #: chart -> its specs, for a reader who wants it to answer

    @property
    def lang(self) -> Markup:
        """The attribute that says in which language the notebook's words are, where the page's own are in another."""
        return self.lang_of(self.language)

    @property
    def speech(self) -> Markup:
        """The attributes of a paragraph of the notebook's words: language and direction."""
        return self.speech_of(self.language)

    def lang_of(self, language: str | None) -> Markup:
        """Write the attribute of words in some language; none where it is the page's own, or no language tag."""
        if not language or language == self.words.language or not is_tag(language):
            return Markup("")
        return Markup(' lang="{}"').format(language)

    def speech_of(self, language: str | None) -> Markup:
        """Write the attributes of a paragraph in some language; a language that is not known runs as its letters do."""
        lang = self.lang_of(language)
        return Markup(' dir="{}"{}').format("rtl" if lang and runs_to_left(language or "") else "auto", lang)

    def text(self, text: Text | str) -> Markup:
        """Write a text: words as words, figures as links to their claims with their sources' numbers."""
        parts = (text,) if isinstance(text, str) else text
        return Markup("").join(self.figure(part) if isinstance(part, Cited) else escape(part) for part in parts)

    def figure(self, cited: Cited) -> Markup:
        """Write one figure."""
        use, anchor, numbers = self.ledger.cite(cited, label=self.label)
        kind = "figure short" if len(cited.text) <= _SHORT else "figure"
        link = Markup('<a class="{}" id="{}" href="#{}">{}</a>').format(kind, use.anchor, anchor, cited.text)
        return link + self._numbers(numbers, more=anchor)

    def source(self, source: str) -> Markup:
        """Write the number of a source, as a link to its place in the list."""
        return self._numbers([self.ledger.number(source)], more="")

    def _numbers(self, numbers: list[int], *, more: str) -> Markup:
        shown = [Markup('<a href="#source_{}">{}</a>').format(n, n) for n in numbers[:_SOURCES_SHOWN]]
        rest = len(numbers) - _SOURCES_SHOWN
        if rest > 0:
            shown.append(Markup('<a href="#{}">+{}</a>').format(more, rest))
        kind = f"cite n{len(shown)}" if len(shown) > 1 else "cite"
        return Markup('<sup class="{}">{}</sup>').format(kind, Markup(",").join(shown))

    def cell(self, data: TableData, column: int, cell: Text) -> Markup:
        """Write a cell; the tag of a language is told as its name."""
        is_language = data.columns[column].is_language
        return escape(self.words.name_language(plain(cell))) if is_language else self.text(cell)

    def row_label(self, cell: Text, row: tuple[Text, ...], key: str | None) -> Markup:
        """Write a row's first cell: the link to its claim where no other cell of the row leads there."""
        is_cited = any(True for _ in figures_in(row))
        if key is None or key not in self.ledger.claims or is_cited:
            return self.text(cell)
        return self.figure(Cited(text=plain(cell) or key, claims=(key,)))

    def is_web(self, url: str | None) -> bool:
        """Whether an address may become a link."""
        return bool(url) and str(url).lower().startswith(("http://", "https://"))

    def by_label(self, uses: Iterable[Use]) -> list[tuple[str, list[Use]]]:
        """Put places of use together that a reader would call the same."""
        groups: dict[str, list[Use]] = {}
        for use in uses:
            groups.setdefault(use.label, []).append(use)
        return list(groups.items())

    def link(self, url: str | None, text: str, *, language: str | None = None) -> Markup:
        """Write a link to a document; an address that is not http(s) stays text."""
        if self.is_web(url):
            return Markup('<a class="out" href="{}"{}>{}</a>').format(url, self.lang_of(language), text)
        return escape(f"{text} ({url})" if url else text)

    def linked(self, block: Quotations) -> Markup:
        """Write linked data of the quotations that no block before told of; empty where all were told.

        It stands behind what it repeats, where a page is compressed best.
        """
        told = (quotation for exchange in block.exchanges for quotation in exchange.quotations)
        new = {quotation.id: quotation for quotation in told if quotation.id not in self.linked_to}
        if not new:
            return Markup("")
        self.linked_to |= new.keys()
        self.quotations += 1
        data = embed_json(describe_quotations(new.values(), self.ledger))
        script = Markup('<script type="application/ld+json" id="linked_quotes_{}">{}</script>')
        return script.format(self.quotations, data)

    def anchor(self, key: str) -> Markup:
        """Write the ``id`` of a quotation or event, the first time that the page shows it."""
        if key in self.taken or key in self.ledger.claims:
            return Markup("")
        self.taken.add(key)
        return Markup(' id="{}"').format(key)

    def row(self, key: str, words: str = "") -> Markup:
        """Write a row's id, or words for it, as a link to where the page or its annex shows the row."""
        if not self.ledger.leads_to(key):
            return escape(words or key)
        return Markup('<a href="#{}">{}</a>').format(key, words or key)

    def exhibit_id(self, key: str) -> Markup:
        """Write the id of an item of evidence: a link to the matrix that rates it, or else the place itself."""
        if key in self.ledger.rated:
            return Markup('<a href="#{}">{}</a>').format(key, key)
        return Markup("<span{}>{}</span>").format(self.anchor(key), key)

    def owed(self, table: str) -> list[Quotation | Entry]:
        """Give the rows of a table that the page names and shows nowhere: the annex does."""
        return [row for name, row in self.ledger.named_rows() if name == table and row.id not in self.taken]

    def finding(self, text: str) -> Markup:
        """Write what a check found; a row or a document that it names and the page shows is a link to it."""
        places = {key: f"source_{number}" for key, number in self.ledger.numbers.items()}
        places |= {key: key for key in self.ledger.claims.keys() | self.taken}
        link = Markup('<a href="#{}">{}</a>')
        pieces = (link.format(places[word], word) if word in places else escape(word) for word in _KEY.split(text))
        return Markup("").join(pieces)

    def next_table(self) -> str:
        """Give a table its name on the page."""
        self.tables += 1
        return f"table_{self.tables}"

    def sort_values(self, data: TableData) -> list[list[str | None]]:
        """Give what each cell of a table sorts by: ``None`` is its own words, and empty comes last."""
        columns = [
            [None if value is None else f"{value:.15g}" if isinstance(value, float) else value for value in column]
            for column in zip(*(data.order or [[None] * len(data.columns) for _ in data.rows]), strict=True)
        ]
        sorted_by = [[value or "" for value in column] if any(column) else column for column in columns]
        return [list(row) for row in zip(*sorted_by, strict=True)]

    def bounds(self, claim: ClaimRecord) -> str:
        """Say what the claimant leaves open, in numbers; a side that is not stated is never filled."""
        sides = {"low": claim.low, "best": claim.best, "high": claim.high}
        said = [self.words(side, n=format_number(number)) for side, number in sides.items() if number is not None]
        return f"{', '.join(said) or self.words('not_stated')} ({self.words.term('units', claim.unit)})"

    def wording(self, text: str, *, language: str | None = None) -> Markup:
        """Quote the words as printed, in their language; words in square brackets are the dossier's own rendering."""
        if text.startswith("[") and text.endswith("]"):
            return self._in(self.language, text)
        printed, rendered = _RENDERED.fullmatch(text).groups()  # type: ignore[union-attr]  # it matches every text
        words = self._in(language or self.language, printed) + self._in(self.language, rendered)
        return Markup("{}{}{}").format(self.words("quote_open"), words, self.words("quote_close"))

    def _in(self, language: str, text: str) -> Markup:
        """Write words of some language among words of another."""
        lang = self.lang_of(language)
        return Markup("<bdi{}>{}</bdi>").format(lang, text) if lang and text else escape(text)

    def claim_facts(self, claim: ClaimRecord) -> list[str]:
        """Say what a claim is about, in a line."""
        counting = self.words.term("countings", claim.counting) if claim.counting else ""
        status = "" if claim.is_lost else self.words.term("statuses", claim.status)
        facts = (status, self.words.date(claim.when), claim.where, claim.parties, claim.item, counting)
        return [fact for fact in facts if fact]

    def source_facts(self, source: SourceRecord) -> Markup:
        """Say how and when a document appeared, whom it relays, and where a copy is kept."""
        basis = "" if source.published_basis == "stated" else f" ({self.words.term('bases', source.published_basis)})"
        relayed = source.origin_name or source.origin
        facts: list[str | Markup] = [
            f"{self.words.date(source.published)}{basis}",
            self.words("is_origin") if source.origin == source.id else self.words("relays", name=relayed),
            self.words("language", language=self.words.name_language(source.language)) if source.language else "",
            self.words("reliability", grade=source.reliability) if source.reliability else "",
            self.link(source.archived_url, self.words("archived")) if source.archived_url else "",
        ]
        return Markup(" · ").join(fact for fact in facts if fact)

    def own(self, block: Own) -> dict[str, Markup | TableData | None]:
        """Write what an analyst made: a table's data, or a picture or words as HTML."""
        self.owned += 1
        anchor, content = f"own_{self.owned}", block.content
        if isinstance(content, TableData):
            return {"table": content, "html": None}
        if isinstance(content, Markdown):
            pieces = render_markdown(content.markdown, table_label=self.words("table"), anchor=anchor)
            heading = Markup('<p class="chart-title">{}</p>')
            told = (heading.format(piece.html) if piece.level else piece.html for piece in pieces)
            words = Markup('<div class="words"{}>{}</div>').format(self.lang, Markup("").join(told))
            return {"table": None, "html": words}
        if content.form == "image/svg+xml":
            title = block.caption or content.alt
            drawn = clean_svg(plain_svg(content.data), anchor=anchor, title=title, description=content.alt)
            return {"table": None, "html": Markup('<div class="scroll">{}</div>').format(drawn)}
        picture = Markup('<img src="data:{};base64,{}" alt="{}">').format(content.form, content.data, content.alt)
        return {"table": None, "html": picture}

    def chart(self, block: Chart) -> dict[str, Markup | str]:
        """Draw a chart, wide and, where the block has one, narrow."""
        if not block.data.rows:
            raise PageError(
                f'chart "{block.title}" is empty; an empty chart says nothing. Leave it out or widen its window.'
            )
        self.charts += 1
        anchor = f"chart_{self.charts}"
        specs = {name: spec for name, spec in (("wide", block.spec), ("narrow", block.narrow)) if spec}
        self.specs[anchor] = specs
        words = block.description.removeprefix(f"{block.title}. ")  # the title is heard already
        drawn = {
            name: clean_svg(self.draw(spec), anchor=f"{anchor}_{name[0]}", title=block.title, description=words)
            for name, spec in specs.items()
        }
        return {"anchor": anchor, "narrow": "", **drawn}
