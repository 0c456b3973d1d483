"""``checker cache``: what earlier runs have left to later ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import Command, console_for

if TYPE_CHECKING:
    from ..store import Store

_folder_option = click.option(
    "--cache", "cache", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the cache [default: CHECKER_CACHE_DIR, else your cache folder].",
)  # fmt: skip
_no_cache_option = click.option("--no-cache", is_flag=True, help="Compute everything anew, and keep nothing.")


def cache_options(command: Command) -> Command:
    """Where a run finds and keeps what need not be computed again, if anywhere."""
    return _folder_option(_no_cache_option(command))


@contextmanager
def open_cache(folder: Path | None, no_cache: bool) -> Iterator[Store | None]:
    """The cache of a run, or none. What was wrong with it goes to standard error: the run went on without."""
    if no_cache and folder is not None:
        raise click.UsageError("--cache names a folder and --no-cache says to use none; give one of the two")
    if no_cache:
        yield None
        return
    from ..store import Store

    store = Store(folder)
    try:
        with store:
            yield store
    finally:
        _warn(store.warnings)


@click.group("cache")
def caching() -> None:
    """Show or clear what runs keep for later runs: embeddings, judgements, signals."""


@caching.command()
@_folder_option
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
def info(cache: Path | None, as_json: bool) -> None:
    """Say how much is kept, of which kind, and how often it was of use."""
    import msgspec
    from rich.table import Table

    from ..store import Store
    from ..text import plain

    with Store(cache) as store:
        contents = store.info()
    if not contents.held:
        _check(store)
    _warn(store.warnings)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(contents)).decode())
        return
    table = Table("kind", "entries", "MB", "found", "not found", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for held in contents.held:
        size = f"{held.bytes / 1e6:,.1f}"
        table.add_row(plain(held.kind), f"{held.entries:,}", size, f"{held.hits:,}", f"{held.misses:,}")
    click.echo(f"{plain(contents.path)}: {contents.bytes / 1e6:,.1f} of at most {contents.limit / 1e6:,.0f} MB")
    if contents.held:
        console_for(width=100).print(table)
    if not contents.sound:
        click.echo("this file is damaged; clear it with: checker cache clear")


@caching.command()
@_folder_option
def clear(cache: Path | None) -> None:
    """Forget everything that runs have kept."""
    from ..store import Store
    from ..text import plain

    with Store(cache) as store:
        before = store.info()
        store.clear()
    _check(store)
    _warn(store.warnings)
    gone = sum(held.entries for held in before.held)
    click.echo(f"{plain(str(store.folder))}: forgot {gone:,} entries, {before.bytes / 1e6:,.1f} MB")


def _check(store: Store) -> None:
    """Who asks about a cache, or to have it cleared, is not served by going on without."""
    from ..errors import InputError

    if store.failure:
        raise InputError(
            f"cannot be used as a cache: {store.failure}; name another folder with --cache", str(store.folder)
        )


def _warn(warnings: list[str]) -> None:
    from ..text import plain

    for warning in warnings:
        click.echo(f"checker: warning: {plain(warning)}", err=True)
