"""By any service that the library apprise knows (extra ``notify``), in a process of its own.

An address of apprise's holds its secret. The library, and those that it uses, write to logs, so that nothing of what
the process says is heard but its answer; one that takes too long is ended.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys

from briefing.notify.parcels import Parcel, Reply

#: So many seconds a service may take.
TIMEOUT = 10.0

_CODE = re.compile(r"code=([0-9]{3})")

#: So many letters of a text are sent: many services take no more.
_LONGEST = 3_500

#: What the process does: the address comes on its input, so that no list of processes shows it. It imports nothing that
#: lies in the folder from which somebody builds (-P).
_PROGRAM = """
import json, logging, re, sys
asked = json.load(sys.stdin)
import apprise
class Codes(logging.Handler):
    found = ""
    def emit(self, record):
        code = re.search(r"error[= ]+([0-9]{3})", record.getMessage())
        Codes.found = code[1] if code else Codes.found
logging.getLogger("apprise").addHandler(Codes())
to = apprise.Apprise()
known = to.add(asked["url"]) and len(to) == 1
taken = known and to.notify(title=asked["title"], body=asked["text"], body_format=apprise.NotifyFormat.TEXT)
print("taken" if taken else "unknown" if not known else f"refused code={Codes.found}")
"""


#: What is said where the library is not there.
LACKING = "apprise is not installed; it comes with an extra: pip install 'briefing[notify]'"


def has_apprise() -> bool:
    """Whether the library is installed."""
    return importlib.util.find_spec("apprise") is not None


def send_parcel(url: str, parcel: Parcel) -> Reply:
    """Send what a recipient is told by a service, and give what became of it."""
    if not has_apprise():
        return Reply(LACKING)
    text = parcel.text if len(parcel.text) <= _LONGEST else f"{parcel.text[: _LONGEST - 1]}…"
    asked = json.dumps({"url": url, "title": parcel.subject, "text": text})
    try:
        told = subprocess.run(
            [sys.executable, "-P", "-c", _PROGRAM], input=asked.encode(),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=TIMEOUT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Reply(f"it did not answer within {TIMEOUT:g} seconds")
    except OSError as error:
        return Reply(f"apprise cannot be started ({error.strerror})")
    return _read_answer(told.stdout.decode("utf-8", "replace").strip())


def _read_answer(answer: str) -> Reply:
    if answer.endswith("taken"):
        return Reply(is_taken=True)
    if answer.endswith("unknown"):
        return Reply("apprise does not know its address as that of one service")
    code = _CODE.search(answer)
    return Reply(f"it did not take the notice (it answers {code[1]})" if code else "it did not take the notice")
