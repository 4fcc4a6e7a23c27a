"""The command that adds rows: its flags are the questions of the row models, asked on a terminal where one is there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from briefing.cli.completing import offer_answers
from briefing.cli.options import data_option, json_option, note_answer, told_plainly
from briefing.cli.output import print_line
from briefing.errors import did_you_mean, printable

#: What is added, what that is, and an example of each; a claim's source, claimant and quantity are made with it.
KINDS = {
    "claim": (
        "Add a claim, with the rows behind it that are new: its source, claimant, quantity, item, unit and places.",
        'briefing add claim --from "Quay Watch counted at least 94 lorries on 16 October 2031." --url '
        "https://quay-watch.example/94",
    ),
    "quote": (
        "Add what somebody said, with its source and speaker where they are new.",
        'briefing add quote --speaker minister --date 2031-12-01 --text "The strait stays open." --kind direct '
        '--translated true --topic strait --stance denies --target "Corvia closes the strait" '
        "--source gazette-2031-12-02",
    ),
    "source": (
        "Add a document; --relays actor@day or --origin says whose words it passes on.",
        'briefing add source --url https://gazette.example/1 --publisher "The Gazette" --title "The ferries sail" '
        "--published 2031-12-02 --kind newspaper --relays ferry-union@2031-12-01",
    ),
    "event": (
        "Add what happened, with its source where that is new.",
        'briefing add event --date 2031-12-05 --title "The ferries stop" --summary "No ferry sails." --kind strike '
        "--source gazette-2031-12-02",
    ),
}


class _Kinds(click.Group):
    """click's own way to make a command when it is asked for: its flags come from models that take time to import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return _make_command(cmd_name) if cmd_name in KINDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in KINDS and args[0][:1].isalnum() and not ctx.resilient_parsing:
            ctx.fail(f"No such command '{printable(args[0])}'. {did_you_mean(args[0], KINDS)}")
        return super().resolve_command(ctx, args)


@click.command(cls=_Kinds, epilog='Example: briefing add claim --from "At least 94 lorries came" --url https://...')
def add() -> None:
    """Add a row: a claim, a quotation, a source or an event, with the rows behind it that are new.

    Each question has a flag; on a terminal, what no flag answers is asked.
    """


def _make_command(kind: str) -> click.Command:
    from briefing.intake.questions import list_all

    about, example = KINDS[kind]
    names = {question.flag: question.flag.replace("-", "_") for question in list_all(kind)}
    aliases = {"when": ["--period", "--date"]} if kind == "claim" else {}
    flags = [
        click.Option(
            [f"answer_{names[question.flag]}", question.option, *aliases.get(question.flag, [])],
            help=_help_of(question),
            metavar=_metavar_of(question),
            shell_complete=offer_answers(question.choices, question.refers),
        )
        for question in sorted(list_all(kind), key=lambda question: (bool(question.behind), question.behind))
    ]

    @told_plainly
    def run(as_json: bool, **options: Any) -> int:
        given = {flag: options.pop(f"answer_{name}") or "" for flag, name in names.items()}
        return _add(kind, {flag: answer for flag, answer in given.items() if answer}, as_json=as_json, **options)

    command = click.Command(kind, callback=run, params=list(flags), help=about, epilog=f"Example: {example}")
    for option in _shared_options(kind):
        command = option(command)
    return command


def _shared_options(kind: str) -> list[Callable[[Any], Any]]:
    """Give the options that are no answers."""
    tables = ["deployments", "transfers", "losses"]
    of_claims: list[Callable[[Any], Any]] = [
        click.option("--from", "sentence", default="", help="A sentence from which the answers are proposed."),
        click.option(
            "--table", type=click.Choice(tables), help="A stock, a flow or a loss. Default: as the flags say."
        ),
    ]
    return [
        json_option,
        click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing."),
        click.option("--no-input", is_flag=True, help="Ask nothing: what is missing is an error."),
        click.option("--yes", is_flag=True, help="Ask nothing, and take what the sentence proposes."),
        data_option,
        *(of_claims if kind == "claim" else ()),
    ]


def _help_of(question: Any) -> str:
    many = len(question.choices) > 4
    choices = f" One of {', '.join(question.choices)}." if many else ""
    new = f"Where --{question.behind} is new: " if question.behind and question.behind != "source" else ""
    return f"{new}{question.meaning}{choices}"


def _metavar_of(question: Any) -> str:
    if question.choices and len(question.choices) <= 4:
        return "|".join(question.choices)
    return "ID_OR_NAME" if question.refers else "CHOICE" if question.choices else "TEXT"


def _add(
    kind: str,
    answers: dict[str, str],
    *,
    as_json: bool,
    data: Path | None,
    dry_run: bool,
    no_input: bool,
    yes: bool,
    sentence: str = "",
    table: str | None = None,
) -> int:
    """Plan the row, ask or tell what is missing, show what changes, and write it."""
    from briefing.dossier.files import find_folder
    from briefing.intake.adding import plan_adding, write_adding

    is_asked = sys.stdin.isatty() and not (no_input or yes or as_json)
    adding = plan_adding(
        data or find_folder(), kind, answers, table=table or "", sentence=sentence, takes_all=yes,
        asking=_asking() if is_asked else None,
    )  # fmt: skip
    note_answer(**adding.to_dict())
    if not as_json:
        _show(adding)
    if adding.refusal:
        note_answer(error=adding.refusal)
        if not as_json:
            print_line(adding.refusal, colour="red", err=True)
        if is_asked:
            print_line(f"your answers: {adding.command}", err=True)
        return adding.exit
    if dry_run or (is_asked and not click.confirm("Write it?", default=True)):
        print_line("nothing is written", err=True)
        return 0
    written = [str(_from_here(path)) for path in write_adding(adding)]
    note_answer(wrote=written)
    if not as_json:
        print_line(f"wrote {', '.join(written)}", colour="green")
    return 0


def _from_here(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _show(adding: Any) -> None:
    """Print what would change, what was filled in, and what to look at."""
    for line in adding.tell():
        print_line(line)
    for note in adding.notes():
        print_line(f"note: {note}", err=True)
    for warning in adding.warnings:
        print_line(f"warning: {warning.id}: {warning}", colour="yellow", err=True)


# --- a terminal -------------------------------------------------------------------------------------------------


def _asking() -> Any:
    from briefing.intake.adding import Asking

    return Asking(_ask, _choose, lambda text: print_line(text, colour="yellow", err=True), _agree)


def _ask(question: Any, default: str, offers: list[tuple[str, str]]) -> str:
    """Ask one question; Tab completes the ids and names of the rows that it may name."""
    _complete([word for row in offers for word in row if word] or list(question.choices))
    shown = f" ({question.option})"
    if question.choices:
        shown += f" [{', '.join(question.choices)}]"
    elif offers:
        some = ", ".join(f"{key} ({name})" if name and name != key else key for key, name in offers[:6])
        shown += f" [{some}{', ...' if len(offers) > 6 else ''}; another name is a new row]"
    text = printable(f"{question.meaning.rstrip('.')}{shown}")
    may_be_empty = not question.is_required and question.column
    return str(click.prompt(text, default=default or ("" if may_be_empty else None), show_default=bool(default)))


def _choose(question: Any, typed: str, nearest: list[tuple[str, str]]) -> str:
    """Ask whether one of the nearest rows was meant; nothing where it is a new one."""
    for number, (key, name) in enumerate(nearest, start=1):
        print_line(f"  {number}  {key}{f' ({name})' if name and name != key else ''}")
    if not nearest:
        return ""
    text = printable(f'"{typed}" is in no row. One of these, or n for a new row')
    known = [str(number) for number in range(1, len(nearest) + 1)]
    picked = click.prompt(text, default="n", type=click.Choice([*known, "n"]), show_choices=False)
    return "" if picked == "n" else nearest[int(picked) - 1][0]


def _agree(text: str) -> bool:
    return click.confirm(printable(text), default=True)


def _complete(words: list[str]) -> None:
    """Let Tab complete what is typed from some words, where the machine has readline."""
    try:
        import readline
    except ImportError:
        return
    readline.set_completer_delims("")
    readline.set_completer(
        lambda typed, state: next(
            iter([word for word in words if word.casefold().startswith(typed.casefold())][state : state + 1]), None
        )
    )
    readline.parse_and_bind("tab: complete")
