"""What the page says to machines: its report, claims, quotations and sources as schema.org's JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypeAlias

from markupsafe import Markup

from briefing.blocks.blocks import ClaimRecord, Head, Quotation, SourceRecord
from briefing.blocks.walk import plain
from briefing.page.ledger import Ledger

#: A node of linked data, as JSON-LD has it.
Node: TypeAlias = dict[str, Any]

#: What a script element's text must not hold, so that no text in it can end the element.
_BREAKOUTS = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

#: What machines call the page: its text.
REPORT = "#main_content"


def embed_json(data: object) -> Markup:
    """Write data as JSON that is safe inside a script element.

    Examples
    --------
    >>> print(embed_json({"b": "</script>", "a": None}))
    {"a":null,"b":"\\u003c/script\\u003e"}
    """
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    for char, escaped in _BREAKOUTS.items():
        text = text.replace(char, escaped)
    return Markup(text)


def describe_page(head: Head, ledger: Ledger, *, language: str, issued: str | None) -> Node:
    """Describe a page as linked data: a report, based on a dataset of claims; it cites and quotes elsewhere."""
    report = {
        "@type": "Report",
        "@id": REPORT,
        "name": head.title,
        "abstract": plain(head.bottom_line) or None,
        "inLanguage": language,
        "datePublished": issued,
        "temporalCoverage": head.as_of and f"../{head.as_of}",
        "isBasedOn": {"@type": "Dataset", "@id": "#dossier", "name": "Dossier of claims"},
    }
    graph = [report, *(_claim(claim, ledger) for claim in ledger.records())]
    return {"@context": "https://schema.org", "@graph": [_without_empty(node) for node in graph]}


def describe_sources(ledger: Ledger) -> Node:
    """Say, of the same report, what it cites."""
    cited = [_without_empty(_source(source, ledger)) for source in ledger.sources_in_order()]
    return {"@context": "https://schema.org", "@id": REPORT, "citation": cited}


def describe_quotations(quotations: Iterable[Quotation], ledger: Ledger) -> Node:
    """Describe quotations as linked data."""
    return {"@context": "https://schema.org", "@graph": [_without_empty(_quotation(one, ledger)) for one in quotations]}


def _ref(anchor: str) -> dict[str, str]:
    return {"@id": f"#{anchor}"}


def _without_empty(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [])}


def _short(number: float | None) -> float | None:
    """Write a whole number without its point."""
    return int(number) if number is not None and number == int(number) else number


def _source(source: SourceRecord, ledger: Ledger) -> Node:
    relayed = source.origin if source.origin in ledger.numbers and source.origin != source.id else None
    return {
        "@type": "CreativeWork",
        "@id": f"#{ledger.source_anchor(source.id)}",
        "identifier": source.id,
        "name": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "archivedAt": source.archived_url,
        "datePublished": source.published,
        "inLanguage": source.language,
        "isBasedOn": _ref(ledger.source_anchor(relayed)) if relayed else None,
    }


def _claim(claim: ClaimRecord, ledger: Ledger) -> Node:
    return {
        "@type": "Claim",
        "@id": f"#{claim.id}",
        "text": claim.wording,
        "creditText": claim.claimant,
        "appearance": _ref(ledger.source_anchor(claim.source)),
        "temporalCoverage": claim.when,
        "spatialCoverage": claim.where,
        "about": _without_empty(
            {
                "@type": "QuantitativeValue",
                "identifier": claim.quantity,
                "name": claim.quantity_title,
                "description": claim.parties if claim.table == "losses" else None,
                "minValue": _short(claim.low),
                "value": _short(claim.best),
                "maxValue": _short(claim.high),
                "unitText": claim.unit,
                "additionalProperty": [
                    {"name": name, "value": getattr(claim, name)}
                    for name in ("qualifier", "status", "grade")
                    if getattr(claim, name)
                ],
            }
        ),
    }


def _quotation(quotation: Quotation, ledger: Ledger) -> Node:
    return {
        "@type": "Quotation" if quotation.is_direct else "CreativeWork",
        "@id": f"#{quotation.id}",
        "text": quotation.text,
        "creditText": quotation.speaker,
        "dateCreated": quotation.date,
        "inLanguage": quotation.language,
        "about": quotation.target,
        "isBasedOn": _ref(ledger.source_anchor(quotation.source)),
    }
