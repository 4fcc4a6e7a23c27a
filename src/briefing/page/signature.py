"""Signatures: who stands for a page that travels, by ssh-keygen and a key that its owner has already.

A signature lies beside the page, as ``PAGE.sig``, and covers each of its bytes but those that the archive writes anew
when an edition comes or goes (`page.links`). It is made for this package alone: one that a key made for a commit or a
login is none.
"""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from briefing.dossier.plain import read_plain, write_plain
from briefing.errors import PageError, PublishError, UsageError, last_line
from briefing.page.links import part_links

#: What signatures are made for.
NAMESPACE = "briefing"

#: How long ssh-keygen may take: one that asks for a passphrase waits for a person.
SECONDS = 300

_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Signed:
    """What became of a page's signature."""

    state: Literal["same", "differs", "not checked"]  #: whether somebody who is allowed signed these bytes
    detail: str  #: who signed it, or why that is not known


def signature_path(page: Path) -> Path:
    """Say where the signature of a page lies."""
    return page.with_name(f"{page.name}.sig")


def sign_page(page: Path, *, key: Path) -> Path:
    """Sign a page, and give the path of its signature.

    Raises `UsageError` where the key cannot sign, and `PublishError` where the signature cannot be written.
    """
    content = part_links(_read(page, what="a page is a plain file", cure="Name the page's file")).made
    _read(key, what="a key is a plain file", cure="Name it with --key")
    with tempfile.TemporaryDirectory(prefix="briefing-sign-") as folder:
        (copy := Path(folder) / "page").write_bytes(content)
        made = _call("sign", "-f", str(key), "-n", NAMESPACE, str(copy), has_person=True)
        if made.returncode:
            rule = "a page is signed with a private key of ssh's, or a public one whose other half an agent holds"
            raise UsageError(f"{key}: cannot sign: {_say_why(made)}; {rule}. Name another with --key.")
        path = signature_path(page)
        try:
            write_plain(path, copy.with_name("page.sig").read_bytes())
        except OSError as error:
            rule = "a signature lies beside its page"
            raise PublishError(f"{path}: {error.strerror or error}; {rule}. Make room, or copy the page.") from None
    return path


def check_signature(page: Path, content: bytes, *, signers: Path) -> Signed:
    """Say whether one of those whom a file of allowed signers lists signed these bytes of a page.

    Raises `UsageError` where there is no such file, or it lists nobody.
    """
    listed = _read(signers, what="allowed signers are a plain file, a line each", cure="Name it with --signed-by")
    if not any(line.strip() and not line.startswith(b"#") for line in listed.splitlines()):
        rule = "a line is a name and a public key, such as: desk@example.org ssh-ed25519 AAAA..."
        raise UsageError(f"{signers}: lists nobody; {rule}. Write one.")
    path = signature_path(page)
    try:
        signature = read_plain(path, most=_MOST_BYTES)
    except OSError as error:
        return Signed("not checked", f"{path.name}: {error.strerror}: it has no signature that can be read")
    with tempfile.TemporaryDirectory(prefix="briefing-sign-") as folder:
        # copies, so that all that is asked of them is asked of the same bytes
        (allowed := Path(folder) / "signers").write_bytes(listed)
        (signed := Path(folder) / "sig").write_bytes(signature)
        files = ("-s", str(signed))
        known = _call("check-novalidate", "-n", NAMESPACE, *files, content=content)
        if known.returncode:
            return Signed("differs", f"{path.name} is not a signature of this page: {_say_why(known)}")
        found = _call("find-principals", *files, "-f", str(allowed))
        if found.returncode:
            return Signed("not checked", f"its signer is not among {signers.name}")
        name = found.stdout.decode("utf-8", "replace").splitlines()[0]
        checked = _call("verify", "-f", str(allowed), "-I", name, "-n", NAMESPACE, *files, content=content)
        if checked.returncode:
            return Signed("not checked", f"{name} may not sign it: {_say_why(checked)}")
    return Signed("same", f"signed by {name}")


def _read(path: Path, *, what: str, cure: str) -> bytes:
    try:
        return read_plain(path)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}; {what}. {cure}.") from None


def _call(
    what: str, *arguments: str, content: bytes | None = None, has_person: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """Call ssh-keygen; where nobody is to be asked for a passphrase it reads what it is given, or nothing."""
    given: dict[str, object] = {} if has_person else {"input": content or b""}
    try:
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            ["ssh-keygen", "-Y", what, *arguments], capture_output=True, check=False, timeout=SECONDS, **given
        )
    except FileNotFoundError:
        rule = "signatures are made and checked by OpenSSH, 8.2 or later"
        raise UsageError(f"ssh-keygen: is not there; {rule}. Install openssh-client.") from None
    except subprocess.TimeoutExpired:
        raise PageError(f"ssh-keygen: did not answer in {SECONDS} s; it does at once. Try the key by hand.") from None


def _say_why(told: subprocess.CompletedProcess[bytes]) -> str:
    """Give what ssh-keygen said last, which is why it refused."""
    return last_line(told.stderr).strip().removesuffix(".") or "it does not say why"
