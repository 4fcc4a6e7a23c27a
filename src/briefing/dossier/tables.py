"""One row model a CSV: the single truth about columns, their types, choices and meaning.

A table's columns stand in the order of its model's fields; the first ones are its key. `datapackage.json` and the
column tables of the dossier's README are generated from here (`descriptor`), and a file is read against it (`rows`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from briefing.dossier.assessments import (
    CorrectionRow,
    EvidenceItem,
    HypothesisRow,
    IndicatorEntry,
    IndicatorRow,
    JudgementRow,
    Rating,
    ReviewRow,
    ScenarioRow,
    WaiverRow,
)
from briefing.dossier.cells import (
    Count,
    Country,
    Day,
    Id,
    Language,
    Latitude,
    Listed,
    Longitude,
    QuotationCell,
    Relayed,
    TextCell,
    Truth,
    Url,
    When,
    WikidataId,
    WordingCell,
)
from briefing.dossier.columns import Row, optional, required
from briefing.dossier.groups import CLAIM_TABLES, SPOKEN_TABLES
from briefing.values.dates import PartialDate, parse_date

Qualifier = Literal[
    "exact", "about", "at_least", "more_than", "at_most", "fewer_than", "nearly", "range", "order", "unquantified"
]
ClaimStatus = Literal[
    "announced", "planned", "ordered", "committed", "dispatched", "delivered", "present", "withdrawn", "denied",
    "doubted",
]  # fmt: skip
Counting = Literal["increment", "cumulative", "running"]
LossKind = Literal["killed", "wounded", "captured", "missing", "destroyed", "damaged", "abandoned", "casualties"]
Relation = Literal["converts", "alternative_to", "inside", "garbles", "misattributes"]
Stance = Literal["affirms", "denies", "warns", "threatens", "assesses", "calls_for", "conditions", "neutral"]


class Source(Row):
    """A document in which claims are read."""

    source_id: Id = required("Id of the document.")
    publisher: TextCell = required("Who published it, as a reader knows them.")
    title: TextCell = required("Its title; in square brackets where the title itself was not seen.")
    url: Url = required("Where it was read.")
    archived_url: Url | None = optional("A copy in an archive.")
    published: When | None = optional("The day, month or year of publication. Empty: unknown, so never in an edition.")
    published_basis: Literal["stated", "inferred", "first_seen"] = required("How that day is known.")
    accessed: Day = required("The day on which it was read.")
    kind: Literal[
        "official_statement", "official_document", "monitoring_group", "news_agency", "newspaper", "broadcaster",
        "think_tank", "academic", "dataset", "social_media", "imagery", "interview",
    ] = required("What sort of document it is.")  # fmt: skip
    language: Language | None = optional("Its language (BCP 47).")
    origin_id: Id | None = optional("The document that this one relays. Empty: an origin.", refers="sources")
    relays: Relayed | None = optional("Whose words of which day it relays, where nobody saw the original: actor@day.")
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = optional("Admiralty reliability; F cannot be judged.")
    reliability_basis: TextCell | None = optional("Why, in one line.")
    retracted_on: Day | None = optional("The day on which its publisher withdrew it.")
    retraction_note: TextCell | None = optional("What was withdrawn, and why.")
    licence: TextCell | None = optional("The licence of the text, where one is stated.")
    note: TextCell | None = optional("Anything a reader should know.")


class Actor(Row):
    """Somebody who asserts, speaks or acts: a person, state, force, body or outlet."""

    actor_id: Id = required("Id of the actor.")
    name: TextCell = required("The name used on pages.")
    kind: Literal[
        "person", "state", "ministry", "armed_force", "service", "unit", "igo", "ngo", "monitor", "media", "think_tank"
    ] = required("What sort of actor it is.")
    country: Country | None = optional("ISO 3166-1 code of the side it belongs to, or EU.")
    role: TextCell | None = optional("Office or function, at the time of the claims.")
    aliases: Listed | None = optional("Other spellings.", many=True)
    wikidata: WikidataId | None = optional("Wikidata id.")


class Place(Row):
    """A place, with the precision of its coordinates."""

    place_id: Id = required("Id of the place.")
    name: TextCell = required("The name used on pages.")
    country: Country = required("ISO 3166-1 code of the country it lies in.")
    lat: Latitude | None = optional("Latitude, degrees north (WGS 84).")
    lon: Longitude | None = optional("Longitude, degrees east (WGS 84).")
    precision: Literal["1", "2", "3", "4"] = required("1 exact, 2 town, 3 region, 4 country.")
    aliases: Listed | None = optional("Other spellings.", many=True)


class Unit(Row):
    """What things are counted in; a dossier without this table has the shipped ones."""

    unit_id: Id = required("Id of the unit.")
    singular: TextCell = required("Its noun for one: wagon.")
    plural: TextCell = required("Its noun for several: wagons.")
    of: Literal["count", "mass", "volume", "people", "money"] = required("What it measures.")


class Item(Row):
    """A kind of thing that is counted, in a small tree."""

    item_id: Id = required("Id of the item.")
    name: TextCell = required("The name used on pages.")
    parent_id: Id | None = optional("The wider kind that it belongs to.", refers="items")
    unit: Id = required("What it is counted in.", refers="units")
    singular: TextCell | None = optional("Its noun for one, for sentences: tank. Empty: its unit's.")
    plural: TextCell | None = optional("Its noun for several: tanks. Empty: its unit's.")


class Quantity(Row):
    """The one thing in the world that rival claims are about."""

    quantity_id: Id = required("Id of the quantity.")
    title: TextCell = required("What a reader would call it.")
    scope: TextCell | None = optional("What is in and what is out: period, place, kind.")
    note: TextCell | None = optional("Anything a reader should know.")


class ClaimColumns(Row):
    """The columns that deployments, transfers and losses share."""

    low: Count | None = optional("The lowest number that the claimant leaves open, in `unit`.")
    best: Count | None = optional("The number that the claimant gives as the best one, in `unit`.")
    high: Count | None = optional("The highest number that the claimant leaves open, in `unit`.")
    qualifier: Qualifier = required("How the claimant hedges the number.")
    unit: Id = required("What is counted. Kinds are never converted into one another.", refers="units")
    status: ClaimStatus = required("Announced and planned are never present.")
    claimant_id: Id = required("Who asserts it; not the source, which is where we read it.", refers="actors")
    source_id: Id = required("Where we read it.", refers="sources")
    wording: WordingCell = required("The words as printed, or our rendering of them in square brackets.")
    credibility: Literal["1", "2", "3", "4", "5", "6"] | None = optional("Admiralty credibility; 6 cannot be judged.")
    credibility_basis: TextCell | None = optional("Why, in one line.")
    part_of: Id | None = optional("The claim about the whole, of which this one is a part.", refers="claims")
    supersedes: Id | None = optional("The earlier count that it replaces.", refers="claims")
    same_as_candidate: Id | None = optional("A claim that may be about the very same things.", refers="claims")
    retracted_on: Day | None = optional("The day on which the claimant withdrew it.")
    note: TextCell | None = optional("The analyst's note.")


class StockColumns(Row):
    """The columns of a deployment alone."""

    claim_id: Id = required("Id of the claim.")
    quantity_id: Id = required("What rival claims are about.", refers="quantities")
    date: When = required("The day, month or period on which it was there.")
    force: Id = required("Whose it is.", refers="actors")
    host: Id = required("In whose country it is.", refers="actors")
    place_id: Id | None = optional("Where.", refers="places")
    unit_name: TextCell | None = optional("The unit or grouping, as named.")
    item: Id = required("What is counted.", refers="items")


class FlowColumns(Row):
    """The columns of a transfer alone."""

    claim_id: Id = required("Id of the claim.")
    quantity_id: Id = required("What rival claims are about.", refers="quantities")
    period: When = required("The day or period in which it moved.")
    from_: Id = Field(alias="from", description="Who gave it.", json_schema_extra={"refers": "actors"})
    to: Id = required("Who got it.", refers="actors")
    place_from: Id | None = optional("Where it left.", refers="places")
    place_to: Id | None = optional("Where it went.", refers="places")
    item: Id = required("What is counted.", refers="items")
    counting: Counting = required("One movement, a total of the period, or a running total since its first day.")


class LossColumns(Row):
    """The columns of a loss alone."""

    claim_id: Id = required("Id of the claim.")
    quantity_id: Id = required("What rival claims are about.", refers="quantities")
    period: When = required("The day or period in which it was lost.")
    side: Id = required("Whose loss it is.", refers="actors")
    place_id: Id | None = optional("Where.", refers="places")
    item: Id = required("What is counted.", refers="items")
    kind: LossKind = required("How it was lost. Casualties are dead and wounded together, as claimants count them.")
    counting: Counting = required("One event, a total of the period, or a running total since its first day.")


# pydantic lists the columns of the last parent first: what is counted, then the claim about it.
class Deployment(ClaimColumns, StockColumns):
    """A claim about a stock: what was there on a date."""


class Transfer(ClaimColumns, FlowColumns):
    """A claim about a flow: what moved in a period."""


class Loss(ClaimColumns, LossColumns):
    """A claim about a loss: who was killed or captured, what was destroyed, in a period."""


class Link(Row):
    """What one claim has to do with another, beyond rivalry: sums and relays heed it."""

    claim_id: Id = required("Id of the claim.", refers="claims")
    relation: Relation = required("What it does: converts, is an alternative to, lies inside, garbles, misattributes.")
    other_id: Id = required("Id of the other claim.", refers="claims")
    note: TextCell | None = optional("How that is known.")


class Quote(Row):
    """What somebody said, in their words or in ours."""

    quote_id: Id = required("Id of the quotation.")
    date: When = required("The day on which it was said.", rule="Q01")
    speaker_id: Id = required("Who said it.", refers="actors", rule="Q01")
    text: QuotationCell = required("The words, at most 300 characters; a paraphrase is in ours.")
    kind: Literal["direct", "paraphrase"] = required("Their words or ours.")
    translated: Truth = required("Whether the words are a translation.")
    source_id: Id = required("Where we read it.", refers="sources", rule="Q01")
    relay: Id | None = optional("Who carried it first.", refers="actors")
    topic: TextCell = required("What it is about, in one word.")
    stance: Stance = required("What the speaker does with the target; conditions: makes it hang on something else.")
    target: TextCell = required("The proposition spoken to, in one wording across rows.")
    note: TextCell | None = optional("The analyst's note.")

    @property
    def when(self) -> PartialDate:
        """The day on which it was said."""
        return parse_date(self.date)

    @property
    def is_direct(self) -> bool:
        """Whether the words are the speaker's own."""
        return self.kind == "direct"


class Event(Row):
    """Something that happened, for the timeline."""

    event_id: Id = required("Id of the event.")
    date: When = required("When it happened.")
    title: TextCell = required("What happened, as a headline.")
    summary: TextCell = required("What happened, in a sentence.")
    kind: Literal["protest", "agreement", "exercise", "announcement", "visit", "attack", "strike", "other"] = required(
        "What sort of event it is."
    )
    actor_ids: Listed | None = optional("Who took part.", refers="actors", many=True)
    place_id: Id | None = optional("Where.", refers="places")
    source_id: Id = required("Where we read it.", refers="sources")

    @property
    def when(self) -> PartialDate:
        """When it happened."""
        return parse_date(self.date)


@dataclass(frozen=True, slots=True)
class DossierTable:
    """A table of the dossier: its name, its row model and whether a dossier must have it."""

    name: str
    model: type[Row]
    is_required: bool = True
    key_width: int = 1  #: How many of its first columns name a row together.
    dated_by: str = ""  #: The column with the day from which a row is known, where that is not its source's alone.

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """Its columns, in the order in which the file has them."""
        return tuple(field.alias or name for name, field in self.model.model_fields.items())

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that name a row together; one, in every table that another refers to."""
        return self.columns[: self.key_width]

    @property
    def required(self) -> frozenset[str]:
        """The columns that its file must have; the others may be left out, and then nothing is stated in them."""
        fields = self.model.model_fields.items()
        return frozenset(field.alias or name for name, field in fields if field.is_required())

    def references(self) -> dict[str, str]:
        """Give the columns that hold keys, and the table that each refers to."""
        return {column: str(extra["refers"]) for column, extra in self._extras().items() if "refers" in extra}

    def lists(self) -> frozenset[str]:
        """Give the columns whose cells are lists separated by ``|``."""
        return frozenset(column for column, extra in self._extras().items() if "many" in extra)

    def _extras(self) -> dict[str, dict[str, Any]]:
        fields = {field.alias or name: field.json_schema_extra for name, field in self.model.model_fields.items()}
        return {column: extra for column, extra in fields.items() if isinstance(extra, dict)}


TABLES: dict[str, DossierTable] = {
    table.name: table
    for table in (
        DossierTable("sources", Source),
        DossierTable("actors", Actor),
        DossierTable("places", Place),
        DossierTable("units", Unit, is_required=False),
        DossierTable("items", Item),
        DossierTable("quantities", Quantity),
        DossierTable("deployments", Deployment),
        DossierTable("transfers", Transfer),
        DossierTable("losses", Loss, is_required=False),
        DossierTable("links", Link, is_required=False, key_width=3),
        DossierTable("quotes", Quote),
        DossierTable("events", Event),
        DossierTable("hypotheses", HypothesisRow, is_required=False, dated_by="posed_on"),
        DossierTable("evidence", EvidenceItem, is_required=False),
        DossierTable("ratings", Rating, is_required=False, key_width=2, dated_by="rated_on"),
        DossierTable("judgements", JudgementRow, is_required=False, dated_by="made_on"),
        DossierTable("indicators", IndicatorRow, is_required=False, dated_by="added_on"),
        DossierTable("indicator_log", IndicatorEntry, is_required=False, key_width=2, dated_by="logged_on"),
        DossierTable("scenarios", ScenarioRow, is_required=False, dated_by="made_on"),
        DossierTable("corrections", CorrectionRow, is_required=False, key_width=4, dated_by="date"),
        DossierTable("reviews", ReviewRow, is_required=False, key_width=2, dated_by="reviewed_on"),
        DossierTable("waivers", WaiverRow, is_required=False, key_width=2),
    )
}

#: What a column refers to that is more than one table.
_SHARED = {"claims": CLAIM_TABLES, "spoken": SPOKEN_TABLES}


def tables_behind(target: str) -> tuple[str, ...]:
    """Give the tables in which a key that refers to a target may be.

    Examples
    --------
    >>> tables_behind("claims"), tables_behind("actors")
    (('deployments', 'transfers', 'losses'), ('actors',))
    """
    return _SHARED.get(target, (target,))


def name_files(target: str) -> str:
    """Name the files in which a key that refers to a target may be.

    Examples
    --------
    >>> name_files("spoken")
    'quotes.csv, evidence.csv or events.csv'
    """
    *files, last = (TABLES[name].file for name in tables_behind(target))
    return f"{', '.join(files)} or {last}" if files else last


#: Stances that put a proposition forward, and the one that contradicts it.
ASSERTS = frozenset({"affirms", "warns", "threatens", "calls_for"})
DENIES = frozenset({"denies"})

#: The one stance that a denial is the opposite of.
AFFIRMS = frozenset({"affirms"})

#: Stances that hang on a condition: they are the opposite of nothing.
CONDITIONAL = frozenset({"threatens", "conditions"})

#: Stances that stand beside a denial: an assessment speaks to the proposition without putting it forward.
BESIDE = ASSERTS | {"assesses", "conditions"}
