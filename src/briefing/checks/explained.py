"""Rules explained: why each is a rule, what trips it and the cure, for whoever asks and for the page in `docs/`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from briefing.checks.registry import RULES
from briefing.errors import UsageError, did_you_mean

#: What a list says of a rule that is one of several under its lint's first id.
_LINT = {f"N{number:02}" for number in range(2, 15)} - {"N06"}


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("briefing.checks").joinpath("rules.toml").read_text(encoding="utf-8"))


def explain(rule_id: str) -> str:
    """Explain a rule in five lines.

    Raises `UsageError` where there is none of that id, naming the nearest.

    Examples
    --------
    >>> print(explain("s11"))
    S11 (warning): a country is a code of ISO 3166-1, or EU.
      Looks at: dossier
      Why: Sides are told apart by country; a code that is none puts an actor on no side.
      Trips it: country = UK
      Cure: Write GB: two capital letters of ISO 3166-1, or EU.
    """
    asked = rule_id.strip().upper()
    key = "N01" if asked in _LINT else asked
    listed = [rule for rule in RULES if rule.id == key]
    if not listed:
        known = {rule.id for rule in RULES}
        near = did_you_mean(asked, known)
        raise UsageError(f'"{rule_id}" is no rule; rules are listed by briefing check --explain. {near}')
    severities = dict.fromkeys(str(rule.severity) for rule in listed)
    laws = dict.fromkeys(rule.law for rule in listed)
    words = _words()[key]
    lines = [f"{key} ({', '.join(severities)}): {'; '.join(laws)}."]
    lines.append(f"  Looks at: {', '.join(dict.fromkeys(rule.over for rule in listed))}")
    lines += [f"  {name}: {words[part]}" for name, part in (("Why", "why"), ("Trips it", "example"), ("Cure", "cure"))]
    return "\n".join(lines)


def explain_all() -> str:
    """Explain every rule, in order of ids."""
    return "\n\n".join(explain(key) for key in dict.fromkeys(rule.id for rule in RULES))


def write_rules_page() -> str:
    """Write the page of `docs/` that lists the rules."""
    lines = [
        "# Rules", "",
        "What `briefing check` looks for, and why. An error holds an edition back, a warning is listed on its page, an",
        "info is for the author. `briefing check --explain ID` prints a row of this table; a row of `waivers.csv` lets",
        "one finding stand until a day.", "",
        "| id | severity | rule | why | trips it | cure |", "|---|---|---|---|---|---|",
    ]  # fmt: skip
    for key in dict.fromkeys(rule.id for rule in RULES):
        listed = [rule for rule in RULES if rule.id == key]
        severities = ", ".join(dict.fromkeys(str(rule.severity) for rule in listed))
        laws = "; ".join(dict.fromkeys(rule.law for rule in listed))
        cells = (key, severities, laws, *(_words()[key][part] for part in ("why", "example", "cure")))
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"
