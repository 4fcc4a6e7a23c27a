"""A mail server on this machine: it keeps what it is given, and asks for a login or encryption where a test does."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from services import find_closed_port


@dataclass(slots=True)
class Postbox:
    """A mail server, and what came: the readers whom each message is for, and the message."""

    port: int = 0
    readers: list[list[str]] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    refused: Sequence[str] = ()  #: addresses that it knows nothing of
    farewell: str = "221 Bye"  #: what it says to whoever takes leave

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.refused:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage) and not message.defects
        self.readers.append(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.farewell


@contextmanager
def open_postbox(*, password: str = "", context: ssl.SSLContext | None = None, **cells: Any) -> Iterator[Postbox]:
    """Take mail on a free port of this machine until the block ends; with a password, only of whoever knows it."""
    box = Postbox(port=find_closed_port(), **cells)
    told: dict[str, Any] = {"tls_context": context} if context else {}
    if password:
        told |= {"authenticator": _check_login(password), "auth_required": True, "auth_require_tls": bool(context)}
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **told)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _check_login(password: str) -> Any:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, told: Any) -> AuthResult:
        return AuthResult(success=told.password == password.encode(), handled=False)

    return check


def make_certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate of this machine that nobody vouches for; give it with what a server needs of it."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    named = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *words.split(), *named], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return certificate, context
