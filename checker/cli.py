"""The command line: parse, call the library, print. Errors that checker raises become one line and exit code 2."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__
from .errors import CheckerError
from .text import plain

if TYPE_CHECKING:
    from rich.console import Console

    from .pipeline import Progress


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


def _fail(message: str, code: int = 2) -> NoReturn:
    click.echo(f"checker: error: {plain(message)}", err=True)
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="checker")
def commands() -> None:
    """Find the pairs of statements by one company that cannot both be true."""


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
download_option = click.option(
    "--download", is_flag=True, help="Let --encoder and --judge be fetched from the network."
)


packs_option = click.option(
    "--pack", "packs", multiple=True, metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of standards beside the bundled ones (TOML; see checker/packs).",
)  # fmt: skip


@commands.command()
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o", "--output", metavar="FILE", help="Write the report (JSON Lines) here; - streams it to standard output."
)
@click.option("--company", metavar="NAME", help="Only statements of this company.")
@click.option("--top", default=0, show_default=True, help="Report at most so many findings; 0 means no limit.")
@click.option("--min-probability", default=0.5, show_default=True, help="Report findings of at least this probability.")
@neighbours_option
@click.option("--within-source", is_flag=True, help="Compare statements of one document with each other too.")
@click.option("--keep-going", is_flag=True, help="Leave bad lines out, say which, and run on the rest.")
@click.option(
    "--max-statements", type=click.IntRange(min=1), default=200_000, show_default=True, help="Refuse a larger run."
)
@click.option("--reproducible", is_flag=True, help="Leave times out: the same input gives the same bytes.")
@click.option("--funnel", is_flag=True, help="Show where pairs were lost, rule by rule, and how probable the rest is.")
@packs_option
@encoder_option
@judge_option
@download_option
def run(
    corpora: tuple[str, ...], output: str | None, company: str | None, top: int, min_probability: float,
    neighbours: int | None, within_source: bool, keep_going: bool, max_statements: int, reproducible: bool,
    funnel: bool, packs: tuple[Path, ...], encoder: str | None, judge: str | None, download: bool,
) -> None:  # fmt: skip
    """Report contradictory statements across the documents of CORPUS.

    CORPUS is a file of statements (.jsonl, .jsonl.gz), a folder of them, a glob, or - for standard input. Exit code 0:
    the statements were compared; 2: wrong use, or nothing could be compared.
    """
    from .corpus import read_corpus
    from .files import check_writable, find_corpora
    from .models import load_encoder, load_judge
    from .pipeline import Options, check
    from .reports import jsonl, terminal

    options = Options(neighbours, min_probability, top, within_source, packs)
    if output is not None:
        check_writable(output, find_corpora(corpora))
    corpus = read_corpus(corpora, company, keep_going, max_statements)
    models = load_encoder(encoder, download), load_judge(judge, download)
    console = _console(stderr=output == "-")
    with _progress() as progress:
        report = check(
            corpus, options, encoder=models[0], judge=models[1], progress=progress, reproducible=reproducible
        )
    if output is not None:
        jsonl.write(report, output)
    terminal.show(report, console, output if output != "-" else None, funnel)


@commands.command()
@click.argument("a")
@click.argument("b")
@click.option("--corpus", "corpora", multiple=True, metavar="CORPUS", help="A and B are ids of statements in CORPUS.")
@click.option("--min-probability", default=0.5, show_default=True, help="The threshold of the run to be explained.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as one JSON object.")
@neighbours_option
@click.option("--within-source", is_flag=True, help="As in the run to be explained.")
@packs_option
@encoder_option
@judge_option
@download_option
def explain(
    a: str, b: str, corpora: tuple[str, ...], min_probability: float, as_json: bool, neighbours: int | None,
    within_source: bool, packs: tuple[Path, ...], encoder: str | None, judge: str | None, download: bool,
) -> None:  # fmt: skip
    """Show the whole reasoning for one pair: texts A and B, or with --corpus the statements with the ids A and B.

    Says whether a run would compare the two at all, what the judge and each signal make of them, how the score adds up,
    and why the pair was or was not reported.
    """
    import msgspec

    from .corpus import read_corpus
    from .explaining import explain_statements, explain_texts
    from .models import load_encoder, load_judge
    from .pipeline import Options
    from .reports import explanation

    options = Options(neighbours, min_probability, 0, within_source, packs)
    corpus = read_corpus(corpora) if corpora else None
    models = load_encoder(encoder, download), load_judge(judge, download)
    if corpus is not None:
        found = explain_statements(corpus, a, b, options, *models)
    else:
        found = explain_texts(a, b, options, *models)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        explanation.show(found, _console(width=150))


@commands.command()
@click.argument("record", type=click.Choice(["statement", "report"]))
def schema(record: str) -> None:
    """Print the JSON Schema of a line of a corpus or of a report."""
    from . import corpus
    from .reports import jsonl

    click.echo(json.dumps(corpus.schema() if record == "statement" else jsonl.schema(), indent=2))


@commands.command("eval")
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), default="corpora")
@click.option(
    "--frames", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Measure on test frames too."
)
@neighbours_option
@click.option("--baseline-judge", metavar="NAME_OR_PATH", help="NLI cross-encoder of the ordinary script.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--plots", type=click.Path(file_okay=False, path_type=Path), help="Write curves (SVG) into this folder.")
@encoder_option
@judge_option
@download_option
def evaluate(
    corpora: Path, frames: Path | None, neighbours: int | None, baseline_judge: str | None, as_json: bool,
    plots: Path | None, encoder: str | None, judge: str | None, download: bool,
) -> None:  # fmt: skip
    """Measure ranking on labelled cases against baselines in the same run.

    CORPORA holds one folder a case, each with statements.jsonl and pairs.jsonl; folders further down are not read.
    """
    from .baselines import load_baselines
    from .cases import load_cases
    from .evaluation import evaluate_cases, evaluate_frames
    from .models import load_encoder, load_judge
    from .pipeline import quiet
    from .reports import figures

    cases = load_cases(corpora)
    systems, notes = load_baselines(baseline_judge, download)
    models = load_encoder(encoder, download), load_judge(judge, download)
    with _progress() as shown:
        progress = shown or quiet
        tables = [evaluate_cases(cases, *models, systems, neighbours, progress)]
        if frames:
            tables.append(evaluate_frames(frames, *models, systems, progress))
    if plots:
        from .plots import draw

        notes += [f"plot: {path}" for path in draw(tables[0]["rated"], plots)]
    if as_json:
        click.echo(json.dumps({"tables": tables, "notes": notes}, indent=2))
    else:
        figures.show(tables, notes, _console(width=150))


def _console(stderr: bool = False, width: int | None = None) -> Console:
    """A console as wide as the terminal; in a pipe of the width given."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, width=None if stream.isatty() else width)


@contextmanager
def _progress() -> Iterator[Progress | None]:
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
