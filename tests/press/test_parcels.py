"""Orders and what came of them travel as a line with the bytes behind it, and arrive as they were sent."""

from __future__ import annotations

import io

import pytest

from briefing.press.orders import Delivery, Order
from briefing.press.parcels import decode, encode, receive, send

ORDER = Order(
    "run", "tiny/2031-04-12", "tiny.ipynb", {"LANG": "C"}, "{}", values={"window": 30, "exact": True, "of": None},
    time_limit=1.5, before=b"\x00\xff", options={"budget": {"raw": 9, "gzipped": 5}},
)  # fmt: skip
MADE = Delivery(
    "made", remarks=(("info", "F11", "cell 3", "line\nbreak"),),
    reads=(("claims", "2031-04-12", "{}", "ab"),), waivers=("waivers", "", "{}", "c"),
    cover={"question": "Is it so?"}, page="Łukašenka".encode(), run=b"\n\x00",
)  # fmt: skip


@pytest.mark.parametrize("sent", [ORDER, MADE, Delivery("failed", ("\ud800",))], ids=["order", "made", "no character"])
def test_what_is_sent_arrives_as_it_was(sent: Order | Delivery) -> None:
    assert decode(encode(sent), type(sent)) == sent
    assert encode(sent).endswith(b"\n" + b"".join(getattr(sent, name, b"") for name in ("before", "page", "run")))


def test_orders_follow_each_other_until_the_other_side_is_gone() -> None:
    send(stream := io.BytesIO(), ORDER)
    send(stream, MADE)
    stream.seek(0)
    assert (receive(stream, Order), receive(stream, Delivery), receive(stream, Delivery)) == (ORDER, MADE, None)


@pytest.mark.parametrize("missing", [1, 9, 200])
def test_half_a_parcel_is_as_if_nothing_had_come(missing: int) -> None:
    assert receive(io.BytesIO(encode(MADE)[:-missing]), Delivery) is None
    with pytest.raises(ValueError):
        decode(encode(MADE)[:-missing], Delivery)
