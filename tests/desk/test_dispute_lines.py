"""What is contested in a line each: claimants first, with their numbers, the gravest first."""

from dossiers import dossier, flow, quote, sides, source, stock

from briefing.blocks.walk import plain
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.disputes import disputes
from briefing.desk.quotes.quotes import choose_quotes

MEN = {"unit": "persons", "quantity_id": "q-b"}
RIVALS = [flow("t-1", 98), flow("t-2", 122, claimant_id="trentino", source_id="s-2")]
SOURCES = [source("s-1"), source("s-2"), source("s-3", origin_id="s-1")]


def lines(known, *counted, **options):
    return [plain(line.text) for line in disputes(known, *counted, **options)]


def test_rivals_are_told_with_who_counts_each_end() -> None:
    known = dossier(transfers=RIVALS, sources=SOURCES)
    assert lines(known) == ["The Gazette puts quantity A at 98; Ambassador Trentino at 122."]


def test_a_claimant_at_both_ends_is_told_with_where_each_was_read() -> None:
    known = dossier(transfers=[flow("t-1", 98), flow("t-2", 122, source_id="s-2")], sources=SOURCES)
    assert lines(known) == [
        "The Gazette, in Publisher of s-1, puts quantity A at 98; The Gazette, in Publisher of s-2, at 122."
    ]


def test_a_denial_stands_beside_what_it_denies() -> None:
    denial = stock("d-2", **sides("at_most", high=15_000), status="denied", claimant_id="firefly", **MEN)
    known = dossier(deployments=[stock("d-1", 9000, **MEN), denial])
    told = "Quantity B: The Gazette gives 9,000; Rufus Firefly denies up to 15,000."
    assert lines(known, contested(choose_claims(known, status="present"))) == [told]


def test_a_denial_beside_rivals_says_that_these_conflict() -> None:
    denial = flow("t-3", None, status="denied", qualifier="unquantified", claimant_id="firefly", source_id="s-3")
    known = dossier(transfers=[*RIVALS, denial], sources=[source("s-1"), source("s-2"), source("s-3")])
    told = "Quantity A: The Gazette and Ambassador Trentino give 98 to 122 (sources conflict); Rufus Firefly denies it."
    assert told in lines(known, choose_claims(known, quantity="q-a"))


def test_who_denies_all_is_told_without_a_number() -> None:
    denial = stock("d-2", 0, status="denied", claimant_id="firefly", **MEN)
    known = dossier(deployments=[stock("d-1", 9000, status="announced", **MEN), denial])
    told = "Quantity B: The Gazette gives 9,000 (announced); Rufus Firefly denies that there are any."
    assert lines(known, choose_claims(known, quantity="q-b")) == [told]


def test_a_denial_that_stands_alone_is_told() -> None:
    known = dossier(deployments=[stock("d-1", status="doubted", claimant_id="firefly", **MEN)])
    assert lines(known) == ["Quantity B: Rufus Firefly doubts it."]


def test_relays_that_differ_are_laid_beside_each_other() -> None:
    relays = [source("s-1"), source("s-2", origin_id="s-1"), source("s-3", origin_id="s-1")]
    flows = [flow("t-1", 98, source_id="s-2"), flow("t-2", **sides("at_most", high=98), source_id="s-3")]
    told = lines(dossier(transfers=flows, sources=relays))
    assert told == [
        "Publisher of s-2 prints 98 for quantity A, Publisher of s-3 up to 98; both relay Publisher of s-1, "
        "2 January 2031."
    ]


def test_counts_of_other_dates_by_others_are_no_movement() -> None:
    later = stock("d-2", 12_000, date="2031-02-01", claimant_id="trentino", source_id="s-2", **MEN)
    known = dossier(deployments=[stock("d-1", 3200, **MEN), later], sources=SOURCES)
    assert lines(known) == [
        "Ambassador Trentino puts quantity B at 12,000; The Gazette earlier gave 3,200, and no claimant counts at both "
        "times."
    ]


def test_one_lone_voice_is_told_with_its_repeats() -> None:
    known = dossier(transfers=[flow("t-1", 98), flow("t-2", 98, source_id="s-3")], sources=SOURCES)
    assert lines(known) == ["Only The Gazette puts quantity A at 98; one document repeats it."]


def test_the_gravest_comes_first_and_no_more_are_told_than_asked() -> None:
    lone, rivals = [flow("t-9", 5, quantity_id="q-c")], [*RIVALS]
    known = dossier(transfers=[*lone, *rivals], sources=SOURCES)
    asked = [choose_claims(known, quantity=key) for key in ("q-c", "q-a")]
    assert [line.split(" puts")[0] for line in lines(known, *asked)] == ["The Gazette", "Only The Gazette"]
    assert len(lines(known, *asked, most=1)) == 1


def test_where_nothing_is_contested_one_line_says_so() -> None:
    agreed = [flow("t-1", 98), flow("t-2", 98, claimant_id="trentino", source_id="s-2")]
    assert lines(dossier(transfers=agreed, sources=SOURCES)) == ["No claimant known on this day contradicts another."]
    assert lines(dossier("2030-01-01")) == ["No count is known."]


def test_a_line_carries_its_evidence() -> None:
    (line,) = disputes(dossier(transfers=RIVALS, sources=SOURCES))
    assert {claim.id for claim in line.evidence.claims} == {"t-1", "t-2"}


def test_what_a_speaker_takes_back_is_told_with_both_days() -> None:
    turned = [quote("q-1", "denies", date="2031-01-02"), quote("q-2", date="2031-02-03")]
    known = dossier(quotes=turned)
    told = "denied on 2 January 2031 that Freedonia goes to war, and affirmed it on 3 February 2031."
    assert lines(known, choose_quotes(known))[0] == f"Rufus Firefly {told}"


def test_a_denial_of_what_others_put_forward_is_told_with_them() -> None:
    known = dossier(quotes=[quote("q-1", "denies"), quote("q-2", "warns", speaker_id="trentino")])
    told = "Rufus Firefly denied on 1 January 2031 that Freedonia goes to war; Ambassador Trentino speaks of it."
    assert lines(known, choose_quotes(known)) == [told]
