"""Signatures of pages that travel: made and checked by the real ssh-keygen, far from what the pages were made from."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import freedonia as f
import pytest
from click.testing import Result
from resealed import sealed

from briefing.page.exporter import render_page

Run = Callable[..., Result]
PAGE, SIGNATURE = Path("sent.html"), Path("sent.html.sig")
VERIFY = ("verify", "sent.html", "--signed-by", "signers")


def make_key(name: str, *, kind: str = "ed25519") -> str:
    """Make a key without a passphrase; give its public half."""
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "", "-f", name], check=True, timeout=60)
    return Path(f"{name}.pub").read_text(encoding="utf-8").strip()


@pytest.fixture
def signed(run: Run) -> Run:
    """Sign a page, and list who signed it; give the command line."""
    PAGE.write_text(render_page(f.freedonia(), interactive=False), encoding="utf-8")
    Path("signers").write_text(f"desk@example.org {make_key('key')}\n", encoding="utf-8")
    result = run("sign", "sent.html", "--key", "key")
    assert (result.exit_code, result.stdout) == (0, "signed sent.html.sig\n"), result.output
    return run


def last(result: Result) -> str:
    assert "Traceback" not in result.output
    return result.output.splitlines()[-1]


def test_a_signed_page_is_known_by_its_signer_where_its_inputs_are_not(signed: Run) -> None:
    result = signed(*VERIFY)
    assert result.exit_code == 0
    assert last(result).startswith("signed: ") and "signed by desk@example.org" in last(result)
    assert "notebook: not checked" in last(result)


def test_json_tells_the_signature_and_the_result(signed: Run) -> None:
    told = {verdict["part"]: verdict for verdict in json.loads(signed(*VERIFY, "--json").stdout)}
    assert told["signature"] == {"part": "signature", "state": "same", "detail": "signed by desk@example.org"}
    assert told["result"]["state"] == "signed"


def test_without_the_question_a_signature_proves_nothing(signed: Run) -> None:
    assert signed("verify", "sent.html").exit_code == 6


@pytest.mark.parametrize("change", [lambda page: sealed(page.replace("hay", "ham", 1)), lambda page: page + "\n"])
def test_a_signature_of_another_page_is_told(signed: Run, change: Callable[[str], str]) -> None:
    PAGE.write_text(change(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    result = signed(*VERIFY)
    assert result.exit_code == 5
    assert last(result).startswith("not the page: ") and "sent.html.sig is not a signature of this page" in last(result)


def test_a_signature_for_something_else_is_none(signed: Run) -> None:
    SIGNATURE.unlink()
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", "git", "sent.html"], check=True, timeout=60)
    result = signed(*VERIFY)
    assert result.exit_code == 5 and "sent.html.sig is not a signature of this page" in last(result)


def test_a_signer_who_is_not_listed_is_told(signed: Run) -> None:
    Path("signers").write_text(f"other@example.org {make_key('other')}\n", encoding="utf-8")
    result = signed(*VERIFY)
    assert result.exit_code == 6 and "its signer is not among signers" in last(result)


def test_a_signer_who_may_sign_other_things_alone_is_told(signed: Run) -> None:
    listed = Path("signers").read_text(encoding="utf-8").replace(" ", ' namespaces="git" ', 1)
    Path("signers").write_text(listed, encoding="utf-8")
    result = signed(*VERIFY)
    assert result.exit_code == 6 and last(result).startswith("not proven: ")


@pytest.mark.parametrize(
    ("harm", "code", "told"),
    [
        (lambda: SIGNATURE.unlink(), 6, "it has no signature that can be read"),
        (lambda: SIGNATURE.write_text("x"), 5, "sent.html.sig is not a signature of this page"),
        (lambda: Path("signers").unlink(), 2, "signers: No such file or directory; allowed signers are a plain file"),
        (
            lambda: Path("signers").write_text("# nobody\n"),
            2,
            "signers: lists nobody; a line is a name and a public key",
        ),
        (lambda: Path("signers").write_text("x\n"), 6, "its signer is not among signers"),
    ],
)
def test_what_is_missing_or_damaged_is_told_in_a_line(
    signed: Run, harm: Callable[[], object], code: int, told: str
) -> None:
    harm()
    result = signed(*VERIFY)
    assert result.exit_code == code and told in last(result), result.output


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("none", "none: No such file or directory; a key is a plain file"),
        ("bad", "bad: cannot sign: "),
        (".", ".: Is a directory; a key is a plain file"),
    ],
)
def test_a_key_that_cannot_sign_is_told_in_a_line(signed: Run, key: str, told: str) -> None:
    Path("bad").write_text("no key", encoding="utf-8")
    Path("bad").chmod(0o600)
    before = SIGNATURE.read_bytes()
    result = signed("sign", "sent.html", "--key", key)
    assert result.exit_code == 2 and last(result).startswith(told), result.output
    assert len(result.output.splitlines()) == 1 and SIGNATURE.read_bytes() == before


def test_without_ssh_keygen_nothing_is_signed_or_verified(signed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path.cwd()))
    for asked in (VERIFY, ("sign", "sent.html", "--key", "key")):
        result = signed(*asked)
        assert result.exit_code == 2 and last(result).startswith("ssh-keygen: is not there; ")


def test_what_is_no_page_is_not_signed(signed: Run) -> None:
    assert signed("sign", "signers", "--key", "key").exit_code == 2
    assert not Path("signers.sig").exists()
