"""The command line: parse, call the library, print. Errors that checker raises become one line and exit code 2."""

from __future__ import annotations

import io
import sys
import traceback
from typing import NoReturn

import click

from .. import __version__
from ..errors import CheckerError
from ..text import plain
from .caching import caching
from .gating import baselines, ci, show_config
from .ingesting import ingest
from .linting import lint
from .measuring import evaluate, schema
from .running import explain, run


def main() -> NoReturn:
    """Run the command line; a user's mistake, in whatever layer it shows, is one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show Chinese must not end a run
    try:
        sys.exit(commands.main(prog_name="checker", standalone_mode=False))
    except click.Abort:
        _fail("interrupted", 130)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "checker"
        _fail(f"{error.format_message()} (see {command} --help)")
    except (CheckerError, OSError) as error:
        _fail(str(error))
    except Exception:
        traceback.print_exc()  # a mistake of ours; Python's own exit code 1 would say "findings"
        _fail("this is a bug in checker; please report the lines above")


def _fail(message: str, code: int = 2) -> NoReturn:
    click.echo(f"checker: error: {plain(message)}", err=True)
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="checker")
def commands() -> None:
    """Find the pairs of statements by one company that cannot both be true."""


for command in (run, ingest, ci, baselines, lint, explain, evaluate, schema, show_config, caching):
    commands.add_command(command)
