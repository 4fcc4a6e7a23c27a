"""The command that tells people and programs what happened, and tries whether that arrives; what a build tells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.options import Workspace, on_workspace, quiet_option, told_plainly
from briefing.cli.output import print_line
from briefing.errors import BriefingError, UsageError
from briefing.values.words import counted

if TYPE_CHECKING:
    from briefing.archive.standing import Archive


@click.command(epilog="Example: briefing notify --test")
@told_plainly
@on_workspace
@click.option("--test", "is_test", is_flag=True, help="Send each a test instead, and say what works.")
@quiet_option
def notify(workspace: Workspace, is_test: bool, quiet: bool) -> int:
    """Tell those whom the catalog names under [[notify]] what they have not heard yet, as a build does.

    Exits 1 where anything was not delivered.
    """
    from briefing.notify.ledger import begin_ledger
    from briefing.notify.telling import send_tests, tell_news

    out, recipients = workspace.out, workspace.recipients
    if not recipients:
        raise UsageError(
            "the catalog has no [[notify]]; it says who hears of what. Write one, as docs/notices.md shows."
        )
    if is_test:
        deliveries = send_tests(out, recipients)
    else:
        begin_ledger(out, recipients, data=workspace.data)
        deliveries = tell_news(out, recipients, briefings=workspace.briefings, data=workspace.data)
    for delivery in deliveries:
        if delivery.answer.flaw or not quiet:
            told = f" ({counted(len(delivery.notices), 'notice')})" if delivery.notices else ""
            print_line(
                f"{delivery}{told}", colour="red" if delivery.answer.flaw else None, err=bool(delivery.answer.flaw)
            )
    if not deliveries and not quiet:
        print_line("nobody is to hear anything new")
    return int(any(delivery.answer.flaw for delivery in deliveries))


def begin_notices(workspace: Workspace) -> None:
    """Before a build: note what is no news, where somebody is to be told for the first time."""
    from briefing.notify.place import has_ledger

    if workspace.recipients or has_ledger(workspace.out):
        from briefing.notify.ledger import begin_ledger  # imports the archive: only where somebody is told

        _warn_of(partial(begin_ledger, workspace.out, workspace.recipients, data=workspace.data))


def tell_notices(workspace: Workspace, archive: Archive | None, flaw: str) -> None:
    """After a build: tell who is to hear of it; what is not delivered is a warning, once, and fails no build."""
    if not workspace.recipients:
        return
    from briefing.notify.telling import list_warnings, tell_news

    def tell() -> None:
        told: Any = {"archive": archive, "briefings": workspace.briefings, "data": workspace.data, "flaw": flaw}
        for warning in list_warnings(tell_news(workspace.out, workspace.recipients, **told)):
            print_line(f"warning: {warning}", colour="yellow", err=True)

    _warn_of(tell)


def _warn_of(do: Callable[[], None]) -> None:
    try:
        do()
    except (BriefingError, OSError) as error:
        print_line(f"warning: notices: {error}", colour="yellow", err=True)
