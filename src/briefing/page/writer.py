"""What the templates of blocks write with: texts with their citations, links, charts, anchors."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from briefing.blocks.blocks import (
    Chart,
    Cited,
    ClaimRecord,
    Entry,
    Exchange,
    Own,
    Quotation,
    Quotations,
    SourceRecord,
    Spec,
    TableData,
    Text,
    Timeline,
)
from briefing.blocks.own import Markdown
from briefing.blocks.walk import figures_in, format_number, plain
from briefing.errors import PageError
from briefing.page.fold import fold_entries, fold_exchanges, fold_quotations
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
#: A button is a box that does not run over the end of a line like words: of a long figure it takes the beginning.
_BUTTON = 26
_CUT = re.compile(r",? \(|, ")
#: What stands close to a figure on either side, and stays on its line.
_CLOSE = re.compile(r"([^\s\w]{0,3})(.*?)([^\s\w]{0,2})", re.DOTALL)
#: What leads to a row by itself.
_MARK = "¶"
_NONE = Markup("")
#: Where a page says how many of its claims it does not print.
LEFT_OUT = "claims_left_out"
#: So many source numbers stand behind a figure; the others are one click away.
_SOURCES_SHOWN = 2


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
    rows: int = sys.maxsize  #: so many rows of a table are written
    answers: bool = True  #: whether the charts answer as far as they were asked to
    edition: str = ""  #: whose page it is, where that is known
    taken: set[str] = field(default_factory=set)
    introduced: set[tuple[str, str]] = field(default_factory=set)  #: the speakers whose role the block has told
    remarks: dict[str, Quotation] = field(default_factory=dict)  #: the quotations whose notes the page can open
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
        return Markup(' lang="%s"') % (language,)

    def speech_of(self, language: str | None) -> Markup:
        """Write the attributes of a paragraph in some language; a language that is not known runs as its letters do."""
        lang = self.lang_of(language)
        return Markup(' dir="%s"%s') % ("rtl" if lang and runs_to_left(language or "") else "auto", lang)

    def text(self, text: Text | str, *, is_numbered: bool = True) -> Markup:
        """Write a text: words as words, figures as buttons that open their evidence, with their sources' numbers."""
        parts = (text,) if isinstance(text, str) else text
        around = [_stand_close(parts, at) for at in range(len(parts))]
        written: list[str] = []
        for at, part in enumerate(parts):
            if isinstance(part, Cited):
                before = around[at - 1][2] if at else ""
                after = around[at + 1][0] if at + 1 < len(parts) else ""
                written.append(self.figure(part, before=before, after=after, is_numbered=is_numbered))
            else:
                written.append(escape(around[at][1]))
        return Markup("").join(written)

    def figure(self, cited: Cited, *, before: str = "", after: str = "", is_numbered: bool = True) -> Markup:
        """Write one figure: a button that opens its evidence, its sources' numbers, and what stands close to it."""
        use, anchor, numbers = self.ledger.cite(cited, label=self.label)
        if not anchor:
            return Markup("{}{}{}").format(before, self._not_printed(cited.text), after)
        head, rest = _cut(self.name_row(cited.text) if cited.text in self.ledger.claims else cited.text)
        button = self._button(head, card=anchor, anchor=use.anchor)
        row = self._to_row(anchor)
        cites = self._numbers(numbers, more=anchor, row=row) if is_numbered else row
        close, tail = (rest[:1], rest[1:]) if rest[:1] == "," else ("", rest)
        if len(head) > _SHORT:
            return Markup("%s%s%s%s%s") % (before, button, rest, cites, after)
        if tail:
            return Markup('<span class="close">%s%s%s</span>%s%s%s') % (before, button, close, tail, cites, after)
        return Markup('<span class="close">%s%s%s%s</span>') % (before, button, cites, after)

    def _button(self, words: str, *, card: str, anchor: str = "") -> Markup:
        """Write a button that opens a card of evidence."""
        kind = "figure short" if len(words) <= _SHORT else "figure"
        name = Markup(' id="%s"') % (anchor,) if anchor else Markup("")
        return Markup('<button class="%s"%s popovertarget="card_%s">%s</button>') % (kind, name, card, words)

    def _to_row(self, anchor: str) -> Markup:
        """Write the plain link to the annex that a browser shows which opens no cards."""
        return Markup('<a class="row" href="#%s"></a>') % (anchor,)

    def source(self, source: str) -> Markup:
        """Write the number of a source, as a link to its place in the list."""
        return self._numbers([self.ledger.number(source)], more="")

    def _numbers(self, numbers: list[int], *, more: str, row: Markup = _NONE) -> Markup:
        shown = [Markup('<a href="#source_%s">%s</a>') % (n, n) for n in numbers[:_SOURCES_SHOWN]]
        rest = len(numbers) - _SOURCES_SHOWN
        if rest > 0:
            shown.append(Markup('<a href="#{}">+{}</a>').format(more, rest))
        kind = f"cite n{len(shown)}" if len(shown) > 1 else "cite"
        return Markup('<sup class="%s">%s%s</sup>') % (kind, row, Markup(",").join(shown))

    def cell(self, data: TableData, column: int, cell: Text) -> Markup:
        """Write a cell; the tag of a language is told as its name."""
        is_language = data.columns[column].is_language
        return escape(self.words.name_language(plain(cell))) if is_language else self.text(cell)

    def row_label(self, cell: Text, row: tuple[Text, ...], key: str | None) -> Markup:
        """Write a row's first cell: the link to its claim where no other cell of the row leads there."""
        is_cited = any(True for _ in figures_in(row))
        if key is None or key not in self.ledger.claims or is_cited:
            return self.text(cell)
        return self.figure(Cited(text=plain(cell) or _MARK, claims=(key,)))

    def is_web(self, url: str | None) -> bool:
        """Whether an address may become a link."""
        return bool(url) and str(url).lower().startswith(("http://", "https://"))

    def tell_cut(self) -> list[str]:
        """Say how many claims the page prints of those that it rests on, and where the others are; nothing if all."""
        ledger, shown = self.ledger, len(self.ledger.printed)
        told = []
        if shown < len(ledger.claims):
            name = self.edition.rpartition("/")[2]
            counted = self.words.term("cut", "claims", n=len(ledger.claims))
            told.append(f"{counted} {self.words.term('cut', 'first', shown=shown)}")
            told.append(self.words.term("cut", "file" if name else "no_file", name=f"{name}.claims.csv"))
        if not self.answers:
            told.append(self.words.term("cut", "charts"))
        if ledger.left_out:
            told.append(self.words.term("cut", "rivals", n=ledger.left_out))
        return told

    def by_label(self, uses: Iterable[Use]) -> list[tuple[str, list[Use]]]:
        """Put places of use together that a reader would call the same."""
        groups: dict[str, list[Use]] = {}
        for use in uses:
            groups.setdefault(use.label, []).append(use)
        return list(groups.items())

    def link(self, url: str | None, text: str, *, language: str | None = None) -> Markup:
        """Write a link to a document; an address that is not http(s) stays text."""
        if self.is_web(url):
            return Markup('<a class="out" href="%s"%s>%s</a>') % (url, self.lang_of(language), text)
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
        return Markup(' id="%s"') % (key,)

    def row(self, key: str, words: str = "") -> Markup:
        """Write words for a row: a claim's open its card, others lead to where the page or its annex shows the row."""
        words = words or self.name_row(key)
        if self.ledger.prints(key):
            head, rest = _cut(words)
            return Markup("%s%s%s") % (self._button(head, card=key), self._to_row(key), rest)
        if key not in self.taken and not self.ledger.leads_to(key):
            return self._not_printed(words) if key in self.ledger.claims else escape(words)
        return Markup('<a href="#%s">%s</a>') % (key, words)

    def _not_printed(self, words: str) -> Markup:
        """Write words for a claim that the page does not print: they lead to where it says so."""
        return Markup('<a href="#{}">{}</a>').format(LEFT_OUT, words)

    def name_row(self, key: str) -> str:
        """Name a row as a reader does: who said it and when, or what happened; the mark of a row that is not here."""
        ledger = self.ledger
        if key in ledger.claims:
            return f"{ledger.claims[key].claimant}, {self.words.date(ledger.claims[key].when)}"
        if key in ledger.quotes:
            return f"{ledger.quotes[key].speaker}, {self.words.date(ledger.quotes[key].date)}"
        return ledger.events[key].title if key in ledger.events else _MARK

    def mark(self, key: str) -> Markup:
        """Write the small mark that leads to a row, for whoever cites it; its name is heard and not seen."""
        link = '<a class="pilcrow" href="#{}" aria-label="{}: {}">{}</a>'
        return Markup(link).format(key, self.words.term("annex", "row"), key, _MARK)

    def exhibit_id(self, key: str) -> Markup:
        """Write the mark of an item of evidence: a link to the matrix that rates it, or else the place itself."""
        if key in self.ledger.rated or key in self.taken:
            return self.mark(key)
        return Markup("<span%s>%s</span>") % (self.anchor(key), self.mark(key))

    def permalink(self, key: str) -> Markup:
        """Write a row's id as a link to the row: in the annex, where ids stand."""
        return Markup('<a class="permalink" href="#%s">%s</a>') % (key, key)

    def opener(self, claim: ClaimRecord) -> Markup:
        """Write what a claim shows as a button that opens its card."""
        head, rest = _cut(claim.shown)
        return self._button(head, card=claim.id) + rest

    def lead_to_annex(self, title: str, anchor: str) -> Markup:
        """Write, where a block stood that proves and does not tell, the link to it."""
        told = '<p class="aside moved"><a href="#{}"{}>{}</a>: {}</p>'
        return Markup(told).format(anchor, self.lang, title, self.words.term("annex", "moved"))

    def introduce(self, quotation: Quotation) -> str:
        """Give a speaker's role the first time that a block quotes them in it."""
        speaker = (quotation.speaker, quotation.role)
        role = "" if speaker in self.introduced else quotation.role
        self.introduced.add(speaker)
        return role

    def remark(self, quotation: Quotation) -> Markup:
        """Write the button that opens what the dossier notes of a quotation; empty where it notes nothing."""
        if not quotation.note:
            return Markup("")
        self.remarks[quotation.id] = quotation
        button = '<button class="figure aside" popovertarget="card_{}">{}</button>'
        return Markup(button).format(quotation.id, self.words.term("annex", "note"))

    def rival(self, claim: ClaimRecord) -> Markup:
        """Write a claim in a line of another's card: its figure opens its own card."""
        return Markup("%s %s, %s") % (self.opener(claim), claim.claimant, self.words.date(claim.when))

    def owed(self, table: str) -> list[Quotation | Entry]:
        """Give the rows of a table that the page names and shows nowhere: the annex does."""
        return [row for name, row in self.ledger.named_rows() if name == table and row.id not in self.taken]

    def finding(self, text: str) -> Markup:
        """Write what a check found; a row or a document that it names and the page shows is a link to it."""
        places = {key: f"source_{number}" for key, number in self.ledger.numbers.items()}
        places |= {key: key for key in self.ledger.printed.keys() | self.taken}
        link = Markup('<a href="#{}">{}</a>')
        pieces = (link.format(places[word], word) if word in places else escape(word) for word in _KEY.split(text))
        return Markup("").join(pieces)

    def exchanges(self, block: Quotations) -> tuple[list[Exchange], list[Exchange]]:
        """Part a block's propositions into those that are shown at once and those that are folded."""
        self.introduced.clear()
        return fold_exchanges(block.exchanges)

    def sides(self, exchange: Exchange) -> list[tuple[list[Quotation], list[Quotation]]]:
        """Part what is said on a proposition into whoever does not deny it and whoever does; each newest and others."""
        sides = ([one for one in exchange.quotations if (one.stance == "denies") is denies] for denies in (False, True))
        return [fold_quotations(side) for side in sides if side]

    def entries(self, block: Timeline) -> tuple[list[Entry], list[Entry]]:
        """Part a timeline into the newest events and the others."""
        return fold_entries(block.entries)

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
        """Say whom a document relays, its language and grade, and where a copy is kept."""
        relayed = source.origin_name or source.origin
        facts: list[str | Markup] = [
            self.words("is_origin") if source.origin == source.id else self.words("relays", name=relayed),
            self.words("language", language=self.words.name_language(source.language)) if source.language else "",
            self.words("reliability", grade=source.reliability) if source.reliability else "",
            self.link(source.archived_url, self.words("archived")) if source.archived_url else "",
        ]
        return Markup(" · ").join(fact for fact in facts if fact)

    def published(self, source: SourceRecord) -> str:
        """Say when a document appeared, and how that is known where it does not say so itself."""
        basis = "" if source.published_basis == "stated" else f" ({self.words.term('bases', source.published_basis)})"
        return f"{self.words.date(source.published)}{basis}"

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
            name: clean_svg(
                self.draw(spec),
                anchor=f"{anchor}_{name[0]}",
                title=block.title,
                description=words,
                told_at=f"{anchor}_w" if name == "narrow" else "",
            )
            for name, spec in specs.items()
        }
        return {"anchor": anchor, "narrow": "", **drawn}


def _cut(text: str) -> tuple[str, str]:
    """Cut a figure into what its button holds and what follows as words.

    Examples
    --------
    >>> _cut("98 to 122 T-72A tanks (sources conflict)"), _cut("98")
    (('98 to 122 T-72A tanks', ' (sources conflict)'), ('98', ''))
    """
    if len(text) <= _SHORT:
        return text, ""
    at = next((found.start() for found in _CUT.finditer(text) if 0 < found.start() <= _BUTTON), 0)
    if not at:
        at = len(text) if len(text) <= _BUTTON else text.rfind(" ", 1, _BUTTON)
    return (text[:at], text[at:]) if at > 0 else (text, "")


def _stand_close(parts: tuple[str | Cited, ...], at: int) -> tuple[str, str, str]:
    """Part words into what stands close to the figure before them, the words, and what stands close to the next."""
    part = parts[at]
    if isinstance(part, Cited):
        return "", "", ""
    first, words, last = _CLOSE.fullmatch(part).groups()  # type: ignore[union-attr]  # it matches every text
    is_after = at > 0 and isinstance(parts[at - 1], Cited)
    is_before = at + 1 < len(parts) and isinstance(parts[at + 1], Cited)
    return (
        (first if is_after else ""),
        f"{'' if is_after else first}{words}{'' if is_before else last}",
        last * is_before,
    )
