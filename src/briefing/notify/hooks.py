"""By webhook: JSON posted to an address, signed where a secret is shared."""

from __future__ import annotations

import hashlib
import hmac
import json

from briefing.notify.parcels import Parcel, Reply
from briefing.press.posting import post

#: What holds the signature: of the bytes of the body, as HMAC with SHA-256, in hex.
SIGNATURE = "X-Briefing-Signature-256"


def post_parcel(url: str, parcel: Parcel, secret: str) -> Reply:
    """Post what a recipient is told to an address, and give what became of it."""
    body = json.dumps(parcel.to_dict(), ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if secret:
        headers[SIGNATURE] = f"sha256={sign_body(body, secret)}"
    flaw = post(url, body, headers=headers)
    return Reply(flaw, is_taken=not flaw)


def sign_body(body: bytes, secret: str) -> str:
    """Sign a body as whoever knows the secret can sign it again.

    Examples
    --------
    >>> sign_body(b"{}", "open-sesame")[:16]
    'da84ee6cfad1986d'
    """
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
