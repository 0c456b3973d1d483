"""Options that several commands share, the console, and progress bars."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import Console

    from ..ingest.documents import IngestOptions
    from ..pipeline import Progress

Command = TypeVar("Command", bound=Callable[..., Any])

encoder_option = click.option(
    "--encoder", metavar="NAME_OR_PATH", help="A sentence-transformers encoder instead of the bundled one."
)
judge_option = click.option(
    "--judge", metavar="NAME_OR_PATH", help="An NLI cross-encoder instead of the bundled judge."
)
neighbours_option = click.option(
    "--neighbours",
    type=int,
    help="Judge each statement with so many of the nearest [default: 5, more for a large corpus].",
)
min_update_option = click.option(
    "--min-update",
    default=0.15,
    show_default=True,
    help="Report what is likelier an announced change where it or a contradiction is so probable.",
)
download_option = click.option(
    "--download", is_flag=True, help="Let --encoder and --judge be fetched from the network."
)


packs_option = click.option(
    "--pack", "packs", multiple=True, metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of standards beside the bundled ones (TOML; see checker/packs).",
)  # fmt: skip


_READING = (
    click.option(
        "--column", "columns", multiple=True, metavar="OURS=THEIRS", help="Column of a table of texts: text=Quote."
    ),
    click.option("--tables", is_flag=True, help="Rows of tables are statements too (marked)."),
    click.option("--ocr", is_flag=True, help="Read pages without usable text with an installed tesseract."),
    click.option(
        "--max-pages", type=click.IntRange(min=1), default=2000, show_default=True, help="Refuse a longer file."
    ),
    click.option(
        "--max-seconds", type=click.IntRange(min=1), default=300, show_default=True, help="Give a file up then."
    ),
)


def reading_options(command: Command) -> Command:
    """What reading a document may be told."""
    for option in reversed(_READING):
        command = option(command)
    return command


def ingest_options(tables: bool, ocr: bool, max_pages: int, max_seconds: int) -> IngestOptions:
    """The same for the library."""
    from ..ingest.blocks import Limits
    from ..ingest.documents import IngestOptions

    return IngestOptions(limits=Limits(pages=max_pages, seconds=max_seconds, ocr=ocr), tables=tables)


def console_for(stderr: bool = False, width: int | None = None) -> Console:
    """A console as wide as the terminal; in a pipe of the width given."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else width)


@contextmanager
def progress_bars() -> Iterator[Progress | None]:
    """Progress bars on standard error when it is a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:

        def start(stage: str, total: int) -> Any:
            task = bars.add_task(stage, total=total or None)
            return lambda done: bars.advance(task, done)

        yield start
