"""``checker lint``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..lint.fixing import Fixed
    from ..lint.records import LintResult


@click.command()
@click.argument("corpora", nargs=-1, metavar="CORPUS...")
@click.option(
    "--select", multiple=True, metavar="CODES", help="Look for these only: codes or their beginnings, or ALL."
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not look for these; the longer beginning counts.")
@click.option("--fix", "mend", is_flag=True, help="Mend what keeps every word, mark and fingerprint (see --rules).")
@click.option("--diff", "show_diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--format", "form", type=click.Choice(["text", "jsonl", "github"]), default="text", show_default=True,
              help="How to print problems: for a person, a program, or as annotations of GitHub Actions.")  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 though problems are left.")
@click.option("--statistics", is_flag=True, help="Count the problems of each code instead of listing them.")
@click.option("--rules", "list_rules", is_flag=True, help="List all codes: what each means, why, with an example.")
def lint(
    corpora: tuple[str, ...], select: tuple[str, ...], ignore: tuple[str, ...], mend: bool, show_diff: bool, form: str,
    exit_zero: bool, statistics: bool, list_rules: bool,
) -> None:  # fmt: skip
    """Check corpora without models: schema, dates, languages, encodings, texts, duplicates, provenance, names.

    CORPUS is a file of statements (.jsonl, .jsonl.gz), a folder of them, a glob, or - for standard input; all that are
    named are checked as one corpus.

    Exit code 0: no problem is left; 1: problems; 2: wrong use, or a file that could not be read.
    """
    _check_use(corpora, mend, show_diff, form, statistics, list_rules)
    chosen = _codes(select), _codes(ignore)
    if list_rules:
        _list_rules(*chosen, form)
        return
    from ..lint.fixing import differences, fix
    from ..lint.linting import lint as check
    from ..reports import lint as shown

    if show_diff:
        found = _print(shown.diff(differences(corpora, *chosen)))
        raise click.exceptions.Exit(0 if exit_zero or not found else 1)
    fixed = fix(corpora, *chosen) if mend else None
    result = check(corpora, *chosen)
    _print(_lines(result, fixed, form, statistics))
    if form == "jsonl" and fixed is not None:
        click.echo(shown.mended(fixed), err=True)
    raise click.exceptions.Exit(0 if exit_zero else result.exit_code)


def _check_use(
    corpora: tuple[str, ...], mend: bool, show_diff: bool, form: str, statistics: bool, list_rules: bool
) -> None:
    if not corpora and not list_rules:
        raise click.UsageError("Missing argument 'CORPUS...'.")
    if mend and show_diff:
        raise click.UsageError("--diff changes nothing, --fix does: give one of them.")
    if form != "text" and (show_diff or statistics):
        raise click.UsageError("--diff and --statistics are printed as text: leave --format out.")


def _codes(given: Iterable[str]) -> list[str]:
    """Codes that an option names, one at a time or with commas between them."""
    return [code.strip() for codes in given for code in codes.split(",")]


def _list_rules(select: list[str], ignore: list[str], form: str) -> None:
    """All rules, or those chosen."""
    from ..lint.rules import ALL, choose
    from ..reports import lint as shown

    codes = choose(select or [ALL], ignore)
    _print(shown.rules_jsonl(codes) if form == "jsonl" else shown.rules(codes))


def _lines(result: LintResult, fixed: Fixed | None, form: str, statistics: bool) -> Iterable[str]:
    from ..reports import lint as shown

    if statistics:
        return shown.statistics(result, fixed)
    if form == "jsonl":
        return shown.jsonl(result)
    return shown.github(result, fixed) if form == "github" else shown.text(result, fixed)


def _print(lines: Iterable[str]) -> int:
    """Print lines; gives how many there were."""
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007 - the last number is what is asked
        click.echo(line)
    return count
