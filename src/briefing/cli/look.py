"""Commands that look and make nothing: at the dossier, the reports, a notebook, a page that somebody sent."""

from __future__ import annotations

import json
from pathlib import Path

import click

from briefing.cli.completing import offer_editions, offer_notebooks, offer_rules
from briefing.cli.options import (
    Workspace,
    data_option,
    json_option,
    note_answer,
    on_workspace,
    quiet_option,
    told_plainly,
    verbose_option,
)
from briefing.cli.output import print_answer, print_line
from briefing.errors import DossierError, PageError, UsageError, did_you_mean
from briefing.values.words import counted

#: Hours that may pass.
HOURS = click.FloatRange(min=0, max=1_000_000)


@click.command(epilog="Example: briefing check data --as-of 2031-12-19")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--notebooks", type=click.Path(path_type=Path), help="The notebooks. Default: notebooks/ beside FOLDER.")
@click.option("--as-of", help="Judge what is stale on this day. Default: the dossier is checked whole.")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to answer.")
@click.option("--rules", "list_rules", is_flag=True, help="List the rules, and check nothing.")
@click.option(
    "--explain",
    is_flag=False,
    flag_value="",
    metavar="[ID]",
    shell_complete=offer_rules,
    help="Explain a rule, or all; check nothing.",
)
@click.option("--write-descriptor", is_flag=True, help="Write datapackage.json and the tables of README.md anew.")
@click.option(
    "--write", "fold", is_flag=True, help="Fold rows for originals that nobody saw into what their relays say."
)
@click.option(
    "--pages",
    is_flag=False,
    flag_value="reports",
    metavar="[FOLDER]",
    type=click.Path(path_type=Path),
    help="Look at built pages with axe-core instead (extra dev). Default: reports/.",
)
@click.option("--baseline", type=click.Path(path_type=Path), help="With --pages: what is known, as it was printed.")
@json_option
@told_plainly
def check(
    folder: Path | None,
    notebooks: Path | None,
    as_of: str | None,
    form: str,
    list_rules: bool,
    explain: str | None,
    write_descriptor: bool,
    fold: bool,
    pages: Path | None,
    baseline: Path | None,
    as_json: bool,
) -> int:
    """List everything that is wrong with a dossier, and with the notebooks beside it, which are not run.

    As JSON, each finding has file, row (of a notebook the cell), column, value, what, rule, cure, id, severity and
    subject, and waived where a waiver lets it stand. SARIF 2.1.0 is what code hosts and editors show beside the lines.
    """
    from briefing.checks import check_folder
    from briefing.checks.report import write, write_rules
    from briefing.dossier.files import find_folder

    form = "json" if as_json else form
    if pages is not None or baseline is not None:
        return _check_pages(pages or Path("reports"), baseline=baseline, form=form)
    if list_rules:
        print_answer(write_rules(form))
        return 0
    if explain is not None:
        from briefing.checks.explained import explain as explain_rule
        from briefing.checks.explained import explain_all

        print_line(explain_rule(explain) if explain else explain_all())
        return 0
    folder = folder or find_folder()
    if fold:
        from briefing.dossier.folding import fold_originals

        for line in fold_originals(folder).tell():
            print_line(line, err=form != "text")
    if write_descriptor:
        from briefing.dossier.datapackage import write_descriptor as describe

        for path in describe(folder):
            print_line(f"wrote {path}", err=form != "text")
    beside = notebooks or folder.resolve().parent / "notebooks"
    found = check_folder(folder, notebooks=sorted(beside.glob("*.ipynb")), as_of=as_of)
    roots = (folder.resolve().parent, beside.resolve().parent)
    print_answer(write(found.problems, found.waived, form=form, roots=roots))
    return DossierError.exit_code if found.errors else 0


def _check_pages(folder: Path, *, baseline: Path | None, form: str) -> int:
    """Print what keeps readers out of built pages; 1 where any of it is not in the baseline."""
    from briefing.press.barriers import find_barriers, part_known, read_baseline

    if form == "sarif":
        raise UsageError("--pages has no SARIF; pages are made, and their lines are nobody's. Ask for text or JSON.")
    known = read_baseline(baseline) if baseline else frozenset()
    new, old = part_known(find_barriers(folder), known)
    if form == "json":
        print_answer(json.dumps([barrier.to_dict() for barrier in new], ensure_ascii=False, indent=1))
    else:
        for barrier in new:
            print_line(str(barrier), colour="red")
        print_line(f"{counted(len(new), 'barrier')}{f', and {len(old)} known' if old else ''}")
    return int(bool(new))


@click.command(epilog="Example: briefing status --max-age 26")
@told_plainly
@on_workspace
@click.option("--max-age", type=HOURS, metavar="HOURS", help="Exit 1 where no build ended in so many hours.")
@click.option(
    "--missing-after", type=HOURS, metavar="HOURS", help="Exit 1 where a page is due for longer, and missing."
)
@quiet_option
@verbose_option
@json_option
def status(
    workspace: Workspace, max_age: float | None, missing_after: float | None, quiet: bool, verbose: bool, as_json: bool
) -> int:
    """Say which pages are there, stale, missing, held or failed, and how the last build ended.

    Exits 1, and says why, where a page failed or was held, the last build or the last sending of pages failed, a build
    was killed, or what the options ask for is so.
    """
    from briefing.press.heartbeat import is_late, list_alarms, read_heartbeat, tell_last
    from briefing.press.status import list_orphans, list_overdue, list_standings

    out, briefings = workspace.out, workspace.briefings
    standings = list_standings(workspace.plan(workspace.editions()), out=out)
    orphans = list_orphans(out, briefings)
    finished, heartbeat = read_heartbeat(out)
    hours, data = missing_after, workspace.data
    overdue = () if hours is None else list_overdue(standings, briefings, data=data, hours=hours)
    alarms = list_alarms(out, overdue=overdue, max_age=max_age)
    note_answer(
        editions=[found.to_dict() for found in standings],
        orphans=orphans,
        heartbeat=heartbeat,
        late=is_late(finished, max_age=max_age),
        overdue=overdue,
        alarms=alarms,
    )
    if not as_json:
        for found in standings:
            colour = {"present": None, "stale": "yellow", "missing": "yellow"}.get(found.state, "red")
            if colour == "red" or not quiet:
                why = f"{': ' if found.why else ''}{'; '.join(found.why)}"
                print_line(f"{found.state} {found.edition}{why}", colour=colour)
        if not quiet:
            for address in orphans:
                print_line(f"orphan {address}: its briefing is not in the catalog; delete it by hand")
            print_line(f"last build: {finished or 'never'}")
        if verbose and not quiet:
            for line in tell_last(heartbeat):
                print_line(line)
        for alarm in alarms:
            print_line(f"alarm: {alarm}", colour="red")
    return int(bool(alarms) or any(found.state in ("held", "failed") for found in standings))


@click.command(epilog="Example: briefing why situation/2031-12-19")
@told_plainly
@click.argument("edition", shell_complete=offer_editions)
@on_workspace
def why(workspace: Workspace, edition: str) -> None:
    """Say why EDITION, such as situation/2022-12-19, would be made again."""
    editions = {found.name: found for found in workspace.editions()}
    name = edition.removesuffix(".html")
    if name not in editions:
        rule = "an edition is named by its address"
        raise UsageError(f"{edition}: is not in the catalog; {rule}. {did_you_mean(name, editions)}")
    (step,) = workspace.plan([editions[name]])
    words = {
        "keep": "stands: nothing that it was made from has changed",
        "run": "would run",
        "render": "would be rendered",
    }
    print_line(f"{name} {words[step.action]}")
    for reason in step.why:
        print_line(f"  {reason}")


@click.command(epilog="Example: briefing params situation")
@click.argument("notebook", shell_complete=offer_notebooks)
@json_option
@told_plainly
def params(notebook: str, as_json: bool) -> None:
    """List what NOTEBOOK may be asked."""
    from dataclasses import asdict

    from briefing.editions.catalog import find_notebook
    from briefing.editions.parameters import read_parameters

    parameters = read_parameters(find_notebook(notebook))
    if as_json:
        print_answer(json.dumps([asdict(parameter) for parameter in parameters], ensure_ascii=False, indent=1))
        return
    for parameter in parameters:
        choices = f" ({' | '.join(map(str, parameter.choices))})" if parameter.choices else ""
        print_line(f"{parameter.name}: {parameter.kind}{choices} = {parameter.default!r}  {parameter.help}".rstrip())


@click.command(epilog="Example: briefing verify situation.html --notebook situation --data data")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--notebook",
    shell_complete=offer_notebooks,
    help="The notebook that it came from, a name or a path. Default: the one that it names.",
)
@data_option
@click.option(
    "--signed-by",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Ask also that one of these allowed signers, as ssh-keygen lists them, signed it.",
)
@json_option
@told_plainly
def verify(file: Path, notebook: str | None, data: Path | None, signed_by: Path | None, as_json: bool) -> int:
    """Prove that FILE is the page that its notebook, rows and code make: make it again, and compare the bytes.

    Exits 0 where it is proven, or has the signature that was asked for and nothing here speaks against it; 5 where it
    is not the page that these make, or was signed as another; 6 where it cannot be proven here, since one of them is
    not here or is another; 2 where FILE is no page of ours. It asks no network.
    """
    from briefing.editions.catalog import find_notebook
    from briefing.page.verify import find_beside, read_page
    from briefing.press.prove import prove_page, prove_signed

    try:
        sent = read_page(file)
    except PageError as error:
        raise UsageError(str(error)) from None
    named, near = find_beside(sent)
    source, rows = find_notebook(notebook) if notebook else named, data or near
    if signed_by:
        answer = prove_signed(sent, notebook=source, data=rows, signers=signed_by)
    else:
        answer = prove_page(sent, notebook=source, data=rows)
    if as_json:
        print_answer(json.dumps(answer.to_list(), ensure_ascii=False, indent=1))
    else:
        for verdict in answer.verdicts:
            print_line(str(verdict), colour={"same": None, "differs": "red"}.get(verdict.state, "yellow"))
        print_line(str(answer), colour={0: "green", 5: "red"}.get(answer.exit, "yellow"))
    return answer.exit


@click.command(epilog="Example: briefing sign reports/situation/2031-12-19.html --key ~/.ssh/id_ed25519")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", required=True, type=click.Path(path_type=Path), help="Your private key of ssh's.")
@told_plainly
def sign(file: Path, key: Path) -> None:
    """Sign the page FILE with a key of ssh's, for those whom it travels to: they verify it with --signed-by.

    The signature is written beside it, as FILE.sig.
    """
    from briefing.page.signature import sign_page
    from briefing.page.verify import read_page

    try:
        read_page(file)
    except PageError as error:
        raise UsageError(str(error)) from None
    print_line(f"signed {sign_page(file, key=key)}")
