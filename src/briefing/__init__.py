"""The desk: with ``import briefing as b`` an analyst reads a dossier, compares claims and writes.

The vocabulary stands in ``__init__.pyi``, which type checkers and editors read too; nothing else is public. The press,
which turns notebooks into pages, is used from the command line.
"""

import sys as _sys
from typing import Any

import lazy_loader as _lazy

# Verbs draw with pandas and altair, which take a second to import; the command line answers without them. No room has
# the name of a verb, so that importing one never puts it in a verb's place.
_RENAMED = {
    "audit": "say_audit",
    "choose": "choose_claims",
    "leading": "leading_quantity",
    "scopes": "other_scopes",
    "table": "claims_table",
    "totals": "sums",
    "weigh_scores": "say_scores",
}

_find, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    if name in __all__:
        return _find(name)
    if name.startswith("_"):
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    from briefing.errors import did_you_mean

    if name in _RENAMED:
        raise AttributeError(f'"{name}" is called "{_RENAMED[name]}" now. Write b.{_RENAMED[name]}(...).')
    cure = did_you_mean(name, __all__)
    raise AttributeError(f'"{name}" is not in the vocabulary; `dir(briefing)` lists it. {cure}')


def _serve_writers(identifier: str = "briefing.ids") -> None:
    """Have the IPython that runs this show each block of a cell, complete ids inside strings, tell errors in a line.

    None of it costs anything until it is needed. The press's kernels import this before they have a shell: they show
    each block too, and the rest is as IPython does it.
    """
    from importlib import import_module

    from IPython import get_ipython
    from IPython.core.completer import context_matcher

    from briefing.blocks.display import show_every_block
    from briefing.errors import BriefingError
    from briefing.usage import tell_in_a_line

    shell: Any = get_ipython()
    if shell is None:
        return

    @context_matcher(identifier=identifier, priority=1000)
    def complete(context: Any) -> Any:
        # by its name: an author's kernel alone reaches it, and no page is made of it
        return import_module("briefing.desk.completion").complete_in_shell(shell, context)

    known = [one for one in shell.Completer.custom_matchers if getattr(one, "matcher_identifier", "") != identifier]
    shell.Completer.custom_matchers = [*known, complete]
    show_every_block(shell)
    shell.set_custom_exc((BriefingError,), tell_in_a_line)


if "IPython" in _sys.modules:
    _serve_writers()
