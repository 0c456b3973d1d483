"""``checker ci``, ``checker config`` and ``checker baseline``."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..text import plain
from .caching import cache_options, open_cache
from .options import (
    Command,
    download_option,
    encoder_option,
    ingest_options,
    judge_option,
    progress_bars,
    reading_options,
)

if TYPE_CHECKING:
    from ..gate.config import Config, Origins
    from ..records import Finding

_PATH = click.Path(path_type=Path)
_MODES = click.Choice(["monitor", "comment", "block"])
_CONFIGURED = (
    click.option("--config", "file", metavar="FILE", type=_PATH, help="Configuration instead of checker.toml."),
    click.option("--against", multiple=True, metavar="CORPUS",
                 help="What was said before: corpora, documents or folders, each with its own --against."),
    click.option("--baseline", metavar="FILE", help="Accepted findings [default: .checker/baseline.jsonl]."),
    click.option("--fail-on", multiple=True, metavar="KIND", help="contradiction (any kind), update, or one kind."),
    click.option("--min-probability", type=float, metavar="P", help="Least probability that counts [default: 0.5]."),
    click.option("--mode", type=_MODES, help="What findings do [default: block]."),
    click.option("--company", metavar="NAME", help="Only this company; who speaks in documents."),
    click.option("--format", "formats", multiple=True, metavar="FORMAT[:FILE]",
                 help="text, jsonl, sarif, junit, github, gitlab or markdown; to standard output without FILE."),
    click.option("--neighbours", type=int, metavar="N", help="Judge each statement with so many of the nearest."),
    click.option("--within-source", is_flag=True, default=None, help="Compare statements of one document too."),
    click.option("--pack", "packs", multiple=True, metavar="FILE", help="A file of standards beside the bundled ones."),
)  # fmt: skip


def configured(command: Command) -> Command:
    """Options that a configuration file has too."""
    for option in reversed(_CONFIGURED):
        command = option(command)
    return command


def _load(file: Path | None, told: dict[str, Any]) -> tuple[Config, Origins]:
    from ..gate.config import load_config

    names = {"formats": "format", "packs": "pack"}
    values = {names.get(k, k).replace("_", "-"): list(v) if isinstance(v, tuple) else v for k, v in told.items()}
    return load_config(Path.cwd(), file, {k: v for k, v in values.items() if v not in (None, [])})


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NEW...")
@configured
@click.option("--reproducible", is_flag=True, help="Leave times out: the same input gives the same bytes.")
@cache_options
@reading_options
@encoder_option
@judge_option
@download_option
def ci(
    names: tuple[str, ...], file: Path | None, reproducible: bool, cache: Path | None, no_cache: bool,
    columns: tuple[str, ...], tables: bool, ocr: bool, max_pages: int, max_seconds: int, encoder: str | None,
    judge: str | None, download: bool, **told: Any,
) -> None:  # fmt: skip
    """Say which statements of NEW contradict what was said before, or each other.

    NEW and --against are corpora or documents; only pairs with a new statement are judged. Exit code 0: nothing that
    the mode acts on; 1: findings to act on; 2: wrong use, or a run that could not be finished.
    """
    from ..gate.outputs import check_targets, write_outputs
    from ..gate.running import Tools, run_gate
    from ..gate.sides import Reading, input_files
    from ..ingest.choosing import columns_of
    from ..models import load_encoder, load_judge

    config, _ = _load(file, told)
    if not config.against:
        raise click.UsageError("what was said before is not named: give --against, or against in checker.toml")
    check_targets(config.format, [*input_files(names, config.against), config.baseline])
    options = ingest_options(tables, ocr, max_pages, max_seconds)
    folder = cache or (Path(config.cache) if config.cache and not no_cache else None)
    with open_cache(folder, no_cache) as store, progress_bars() as progress:
        models = load_encoder(encoder, download, store), load_judge(judge, download, store)
        tools = Tools(*models, store, Reading(options, columns_of(columns), progress))
        result = run_gate(names, config, _today(), tools, reproducible)
        write_outputs(result, config.format, sys.stdout.buffer)
    if result.exit_code:
        raise click.exceptions.Exit(result.exit_code)


@click.command("config")
@configured
def show_config(file: Path | None, **told: Any) -> None:
    """Show what a gated run in this folder would go by, as TOML, and where each value comes from."""
    from ..gate.config import toml_of

    for line in toml_of(*_load(file, told)).splitlines():
        click.echo(plain(line))


@click.group("baseline")
def baselines() -> None:
    """Keep the findings that are accepted, with the reason."""


_baseline_option = click.option("--baseline", metavar="FILE", help="The baseline [default: as configured].")
_reason_options = (
    click.option("--reason", required=True, help="Why the finding is accepted."),
    click.option("--reviewer", default="", help="Who accepts it."),
    click.option("--date", metavar="DAY", help="Day of acceptance [default: today]."),
    click.option("--expires", metavar="DAY", help="Last day on which it is accepted."),
)


def _reasons(command: Command) -> Command:
    for option in reversed(_reason_options):
        command = option(command)
    return command


def _file(baseline: str | None) -> Path:
    return Path(baseline or _load(None, {})[0].baseline)


def _findings(reports: Sequence[str]) -> list[Finding]:
    from ..gate.outputs import findings_of

    return [finding for report in reports for finding in findings_of(report)]


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


@baselines.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@_reasons
@_baseline_option
def create(
    reports: tuple[str, ...], reason: str, reviewer: str, date: str | None, expires: str | None, baseline: str | None
) -> None:
    """Accept every finding of REPORT (JSON Lines of checker run or ci); an existing baseline is not written over."""
    from ..errors import InputError
    from ..gate.baseline import accept, write_baseline

    path = _file(baseline)
    if path.exists():
        raise InputError("is there already; add to it with checker baseline add", str(path))
    found = _findings(reports)
    names = [f.fingerprint for f in found]
    write_baseline(path, accept(names, found, reason, reviewer, date or _today().isoformat(), expires))
    click.echo(f"{len(set(names)):,} findings accepted in {path}")


@baselines.command()
@click.argument("fingerprints", nargs=-1, required=True, metavar="FINGERPRINT...")
@_reasons
@click.option("--report", "reports", multiple=True, metavar="REPORT", help="Take kind and texts from this report.")
@_baseline_option
def add(
    fingerprints: tuple[str, ...], reason: str, reviewer: str, date: str | None, expires: str | None,
    reports: tuple[str, ...], baseline: str | None,
) -> None:  # fmt: skip
    """Accept findings by their fingerprint; one that is accepted already gets the new reason."""
    from ..errors import ConfigError
    from ..gate.baseline import accept, merge, read_baseline, write_baseline

    path, found = _file(baseline), _findings(reports)
    unknown = set(fingerprints) - {f.fingerprint for f in found}
    if reports and unknown:
        raise ConfigError(f"{min(unknown)} is no finding of the report")
    entries = accept(fingerprints, found, reason, reviewer, date or _today().isoformat(), expires)
    write_baseline(path, merge(read_baseline(path), entries))
    click.echo(f"{len(entries):,} findings accepted in {path}")


@baselines.command()
@click.option("--against", multiple=True, metavar="CORPUS", help="Corpora whose statements are still said.")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken out.")
@_baseline_option
def prune(against: tuple[str, ...], dry_run: bool, baseline: str | None) -> None:
    """Take out entries that have expired, and, with corpora, those of which a statement is said no more."""
    from ..errors import InputError
    from ..gate.baseline import expired_of, read_baseline, stale, write_baseline
    from ..gate.sides import read_sides

    path = _file(baseline)
    if not path.exists():
        raise InputError("no such baseline", str(path))
    entries = read_baseline(path)
    corpora = list(against) or _load(None, {})[0].against
    gone = dict.fromkeys(expired_of(entries, _today()), "expired")
    if corpora:
        statements = read_sides([], corpora, str(path)).corpus.statements
        if not statements:
            raise InputError("hold no statement, so that nothing can be told of the baseline", ", ".join(corpora))
        gone |= dict.fromkeys(stale(entries, statements), "said no more")
    for name in sorted(gone):
        click.echo(plain(f"{name} {gone[name]}: {entries[name].why}"))
    if gone and not dry_run:
        write_baseline(path, {f: e for f, e in entries.items() if f not in gone})
    click.echo(f"{len(gone):,} of {len(entries):,} entries {'would be ' * dry_run}taken out of {path}")


@baselines.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@_baseline_option
def diff(reports: tuple[str, ...], baseline: str | None) -> None:
    """Compare REPORT with the baseline: what is new, gone or expired. Exit code 1 where anything is."""
    import msgspec

    from ..gate.baseline import difference, read_baseline

    path = _file(baseline)
    found = difference(read_baseline(path), _findings(reports), _today())
    rows = [(what, name) for what, names in msgspec.structs.asdict(found).items() for name in names]
    for what, name in rows:
        click.echo(f"{what} {name}")
    click.echo(f"{len(found.new)} new, {len(found.gone)} gone, {len(found.expired)} expired against {path}")
    if rows:
        raise click.exceptions.Exit(1)
