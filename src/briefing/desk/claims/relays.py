"""What documents made of one original: relays that differ are no rivals, and no agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.blocks.blocks import Column, Note, Table, Text
from briefing.blocks.layouts import Cell, day_cell, lay_out, least
from briefing.desk.claims.claims import Claims, choose_claims
from briefing.desk.claims.tables import cite
from briefing.desk.cut import cut_rows
from briefing.desk.evidence import collect_evidence, denial, name_origin
from briefing.desk.tables import nothing_claimed
from briefing.dossier.claims import Claim, find_claims_about, gather
from briefing.dossier.dossier import Dossier
from briefing.dossier.models import documents_of, rows_of
from briefing.dossier.relays import GARBLED
from briefing.dossier.tables import Link
from briefing.usage import verb
from briefing.values.dates import parse_date
from briefing.values.rivals import core
from briefing.values.words import list_words, spell

#: What documents of one original differ about, in a sentence.
_ABOUT = {
    "figure": "the figure", "status": "whether it has happened", "claimant": "whose count it is",
    "direction": "who sent it to whom",
}  # fmt: skip

#: What two documents of one original must have alike to say the same, and what a page calls it.
_ASPECTS = {
    "figure": ("bounds", "qualifier"),
    "status": ("status",),
    "claimant": ("claimant",),
    "direction": ("parties",),
}

_COLUMNS = (
    Column(name="Original"), Column(name="What is counted"), Column(name="Read in"), Column(name="Who says so"),
    Column(name="When"), Column(name="Figure", is_number=True), Column(name="Status"), Column(name="As printed"),
    Column(name="Beside the other documents"),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Original:
    """Claims about one quantity that go back to one original, and were read in several documents."""

    claims: Claims  #: The original's own words first.
    differ: tuple[str, ...]  #: In what its documents differ: figure, status, claimant, direction.

    @property
    def own(self) -> tuple[Claim, ...]:
        """The claims that were read in the original itself; none where only relays were read."""
        return tuple(claim for claim in self.claims.each if claim.source == claim.origin)


def find_originals(claims: Claims) -> list[Original]:
    """Find the originals among claims that were read in several documents, by quantity; those that differ first."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in sorted(claims.each, key=lambda claim: (claim.source != claim.origin, claim.when.order, claim.id)):
        groups.setdefault((claim.quantity, claim.origin), []).append(claim)
    several = [group for _, group in sorted(groups.items()) if len({claim.source for claim in group}) > 1]
    found = [Original(claims.only(group), _find_differences(group)) for group in several]
    return sorted(found, key=lambda original: not original.differ)


def _find_differences(group: list[Claim]) -> tuple[str, ...]:
    """Find in what documents differ. Who relays only some of an original's counts says nothing else than it."""
    differ = []
    for name, fields in _ASPECTS.items():
        said: dict[str, set[tuple[object, ...]]] = {}
        for claim in group:
            said.setdefault(claim.source, set()).add(tuple(getattr(claim, field) for field in fields))
        most = max(said.values(), key=len)
        if not all(told <= most for told in said.values()):
            differ.append(name)
    return tuple(differ)


def find_garbled(dossier: Dossier) -> dict[str, Link]:
    """Give the claims that a link says to garble or misattribute another that is known, each with its link."""
    links = [link for link in rows_of(dossier, Link) if link.relation in GARBLED]
    known = gather(dossier).claims if links else {}
    return {link.claim_id: link for link in links if link.other_id in known}


def own_words(claims: Claims) -> Claims:
    """Leave out what only makes something else of an original: its own words lead where they are known.

    Left out are relays that say of the number, status or direction what the original's own words do not; what is linked
    as garbled beside what it garbles; and a claimant's stock that a relay dates after its original, beside one of a day
    before.
    """
    ids, garbled = set(claims.ids), find_garbled(claims.dossier)
    left_out = {claim for claim in ids if claim in garbled and garbled[claim].other_id in ids}
    for original in find_originals(claims):
        each = original.claims.each
        if original.own and original.differ:
            left_out |= {claim.id for claim in each if _is_at_odds(claim, original.own)}
        late = {claim for claim in each if is_after_original(claim, claims.dossier)}
        dated = {claim.claimant for claim in each if claim not in late}
        left_out |= {claim.id for claim in late if claim.claimant in dated}
    return claims.only(claim for claim in claims.each if claim.id not in left_out) if left_out else claims


def _is_at_odds(claim: Claim, own: Iterable[Claim]) -> bool:
    """Whether a relay says what none of the original's own words say; a stock of another time is another count."""
    about = [other for other in own if not claim.is_stock or _touch(claim, other)]
    return bool(about) and not any(_fits(claim, other) for other in about)


def _touch(claim: Claim, other: Claim) -> bool:
    return claim.days[0] <= other.days[1] and other.days[0] <= claim.days[1]


def _fits(claim: Claim, own: Claim) -> bool:
    """Whether a relay leaves the original's words as they are: a rounded number that holds them moves nothing."""
    if (claim.status, claim.parties, claim.unit) != (own.status, own.parties, own.unit):
        return False
    return claim.bounds == own.bounds or core([claim.bounds, own.bounds]) == core([own.bounds])


def is_after_original(claim: Claim, dossier: Dossier) -> bool:
    """Whether a stock is of days after its original was published: the day is the relay's, not the count's."""
    original = documents_of(dossier).get(claim.origin)
    if original is None or claim.source == claim.origin or not claim.is_stock or not original.published:
        return False
    published, first = parse_date(original.published).last, claim.when.first
    return published is not None and first is not None and first > published


def tell_relays(claims: Claims) -> str:
    """Say that relays of one original disagree, in a sentence; empty where they do not.

    Relays that were not chosen count: what is left out because it differs is told.
    """
    behind = {(claim.quantity, claim.origin) for claim in claims.each}
    every = find_claims_about(claims.dossier, claims.quantities)
    same = claims.only(claim for claim in every if (claim.quantity, claim.origin) in behind)
    told = [_tell(original) for original in find_originals(same) if original.differ]
    return "".join(f" {sentence}" for sentence in told)


def _name_aspects(names: Iterable[str]) -> str:
    return list_words([_ABOUT[name] for name in names])


def _tell(original: Original) -> str:
    name = name_origin(original.claims.dossier, original.claims.each[0].origin)
    about = _name_aspects(original.differ)
    if original.own:
        return f"Documents that repeat one original ({name}) differ from it about {about}; the original leads here."
    return f"Documents that repeat one original ({name}) differ about {about}; the original was not read."


@verb
def relays(among: Dossier | Claims, *, caption: str) -> Table | Note:
    """Show originals of which documents make different things: the original's own words first, then each relay.

    Parameters
    ----------
    among : Dossier or Claims
        As of its day.
    caption : str
        What the reader sees here; originals whose documents all say the same are counted in it.

    Returns
    -------
    Table or Note
        A block: one row a claim of an original that is relayed in different ways, with what was made of it, and whether
        it is said to garble or misattribute; a note where there is none.

    Examples
    --------
    >>> import briefing as b
    >>> b.relays(b.read_example(), caption="What was made of one original").data.rows[1][-1]
    ('differs from the original about the figure',)
    """
    claims = choose_claims(among)
    if not len(claims):
        return nothing_claimed(caption)
    garbled = find_garbled(claims.dossier)
    every = find_originals(claims)
    shown = [one for one in every if one.differ or any(claim.id in garbled for claim in one.claims.each)]
    alike = len(every) - len(shown)
    if not shown:
        told = f"{caption.rstrip('.')}: no two documents make different things of one original."
        return Note(label="Nothing found", text=(told,))
    rest = f" ({spell(alike, 'other is', 'others are')} relayed alike)" if alike else ""
    lines, left = cut_rows([(original, claim) for original in shown for claim in original.claims.each])
    rows = [_row(original, claim, garbled) for original, claim in lines]
    ids = [claim.id for _, claim in lines]
    return Table(
        caption=f"{caption.rstrip('.')}{rest}", data=lay_out(_COLUMNS, rows, ids=ids), left_out=left,
        evidence=collect_evidence(claims.dossier, ids, rivals=False),
    )  # fmt: skip


def _row(original: Original, claim: Claim, garbled: dict[str, Link]) -> tuple[Text | Cell, ...]:
    dossier, denied = original.claims.dossier, denial(claim.bounds, claim.status)
    document = documents_of(dossier).get(claim.source)
    return (
        (name_origin(dossier, claim.origin),),
        (dossier.name_of(claim.quantity),),
        (document.publisher if document else claim.source,),
        (dossier.name_of(claim.claimant),),
        day_cell(claim.when.text),
        Cell((denied, cite(claim)) if denied else (cite(claim),), least(claim.bounds)),
        (claim.status,),
        (claim.wording,),
        ("; ".join(_beside(original, claim, garbled)),),
    )


def _beside(original: Original, claim: Claim, garbled: dict[str, Link]) -> Iterable[str]:
    """Say what a document made of an original."""
    if claim.source == claim.origin:
        yield "the original's own words"
    elif original.own:
        told = [name for name, fields in _ASPECTS.items() if not _is_told(original.own, claim, fields)]
        yield f"differs from the original about {_name_aspects(told)}" if told else "says what the original says"
    else:
        differ = f"only relays were read; they differ about {_name_aspects(original.differ)}"
        yield differ if original.differ else "a relay"
    if claim.id in garbled:
        is_garbled = garbled[claim.id].relation == "garbles"
        yield f"{'garbles it' if is_garbled else 'credits the wrong claimant'}, this dossier says"
    if is_after_original(claim, original.claims.dossier):
        yield "dated after the original was published"


def _is_told(own: Iterable[Claim], claim: Claim, fields: tuple[str, ...]) -> bool:
    return any(all(getattr(claim, field) == getattr(other, field) for field in fields) for other in own)
