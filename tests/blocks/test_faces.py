import re

import freedonia as f
import pytest
from dossiers import dossier, event, flow, quote
from test_blocks import KINDS, example

from briefing.blocks.blocks import MIME, Cited, Judgements, Prose, Quotations, Table, TableData
from briefing.blocks.faces import face
from briefing.desk.claims.claims import choose_claims
from briefing.desk.claims.contested import contested
from briefing.desk.claims.tables import claims_table
from briefing.desk.prose import finding, headline, say
from briefing.desk.quotes.quotes import choose_quotes, quotations
from briefing.desk.quotes.timeline import timeline

HOSTILE = "<img src=x onerror=alert(1)>"
D = dossier(
    transfers=[flow("t-1", 98, wording=HOSTILE)],
    quotes=[quote("q-1", text=HOSTILE, target=HOSTILE)],
    events=[event("e-1", title=HOSTILE, summary=HOSTILE)],
)
NOTHING = dossier("2030-01-01")
MULES = contested(choose_claims(D))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_block_has_a_face_in_words(kind):
    assert isinstance(face(example(kind))["text/plain"], str)


def test_words_in_another_language_say_so_in_jupyterlab():
    assert face(say("Мяжа.", language="be"))["text/html"] == '<p lang="be" dir="auto">Мяжа.</p>'
    assert face(say("Closed."))["text/html"] == "<p>Closed.</p>"


@pytest.mark.parametrize(
    "block",
    [
        say(HOSTILE), finding(HOSTILE), headline(D, HOSTILE, bottom_line=HOSTILE),
        quotations(choose_quotes(D), caption=HOSTILE), timeline(D, caption=HOSTILE),
        claims_table(MULES.claims, caption=HOSTILE), Prose(text=(Cited(text=HOSTILE, claims=("t-1",), how=HOSTILE),)),
    ],
    ids=lambda block: block.kind,
)  # fmt: skip
def test_text_is_never_markup(block):
    html = face(block)["text/html"]
    assert "&lt;img" in html
    assert "<img" not in html


def test_a_figure_tells_its_claims_when_pointed_at():
    html = face(say(f"They sent {MULES: mules}."))["text/html"]
    assert html == '<p>They sent <abbr title="t-1">98 mules</abbr>.</p>'


def test_a_quote_in_how_a_figure_was_made_stays_inside_its_attribute():
    html = face(Prose(text=(Cited(text="5", claims=("t-1",), how='" onmouseover="x'),)))["text/html"]
    assert re.findall(r'<abbr title="[^"]*">', html) == ['<abbr title="t-1: &quot; onmouseover=&quot;x">']


def test_the_plain_face_reads_as_the_sentence_does():
    assert face(say(f"They sent {MULES: mules}."))["text/plain"] == "They sent 98 mules."


def test_the_face_of_a_front_shows_what_the_page_leads_with():
    html = face(f.FRONT)["text/html"]
    for told in ("As of 17 November 1933", "Judged by Bob Roland", "Mules lent", "2 claimants",
                 "contested · origins: 2 · repeated: 28 October 1933", "Picture: Mules lent to Sylvania"):  # fmt: skip
        assert told in html
    assert "<img" not in html
    assert face(f.FRONT)["text/plain"].startswith("Will Freedonia go to war?\nIt is unlikely")


def test_the_head_says_its_day():
    assert "As of 31 December 2031" in face(headline(D, "Is it so?"))["text/html"]


@pytest.mark.parametrize(
    "block",
    [
        Quotations(caption="Said", exchanges=()),
        Table(caption="Sent", data=TableData(columns=(), rows=())),
        timeline(NOTHING, caption="Then"),
    ],
    ids=lambda block: block.kind,
)
def test_a_block_of_nothing_says_that_nothing_is_known(block):
    assert re.search(r"Nothing is known\.|No such event is known on this day\.", face(block)["text/html"])


def test_a_block_shows_both_its_faces():
    bundle = say("Words.")._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert bundle[MIME]["kind"] == "prose"


def test_a_judgement_with_nothing_against_it_says_so():
    block = example(Judgements)
    bare = block.model_copy(update={"judgements": (block.judgements[0].model_copy(update={"contrary": ()}),)})
    assert "<p>Points away from it:</p><ul><li>no item of evidence</li></ul>" in face(bare)["text/html"]
