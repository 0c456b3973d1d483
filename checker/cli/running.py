"""``checker run`` and ``checker explain``."""

from __future__ import annotations

from pathlib import Path

import click

from .caching import cache_options, open_cache
from .options import (
    console_for,
    download_option,
    encoder_option,
    ingest_options,
    judge_option,
    min_update_option,
    neighbours_option,
    packs_option,
    progress_bars,
    reading_options,
)


@click.command()
@click.argument("corpora", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o", "--output", metavar="FILE", help="Write the report (JSON Lines) here; - streams it to standard output."
)
@click.option("--company", metavar="NAME", help="Only statements of this company; who speaks in the documents.")
@click.option("--top", default=0, show_default=True, help="Report at most so many findings; 0 means no limit.")
@click.option("--min-probability", default=0.5, show_default=True, help="Report findings of at least this probability.")
@min_update_option
@neighbours_option
@click.option("--within-source", is_flag=True, help="Compare statements of one document with each other too.")
@click.option("--keep-going", is_flag=True, help="Leave bad lines out, say which, and run on the rest.")
@click.option(
    "--max-statements", type=click.IntRange(min=1), default=200_000, show_default=True, help="Refuse a larger run."
)
@click.option("--reproducible", is_flag=True, help="Leave times out: the same input gives the same bytes.")
@click.option("--funnel", is_flag=True, help="Show where pairs were lost, rule by rule, and how probable the rest is.")
@packs_option
@cache_options
@reading_options
@encoder_option
@judge_option
@download_option
def run(
    corpora: tuple[str, ...], output: str | None, company: str | None, top: int, min_probability: float,
    min_update: float, neighbours: int | None, within_source: bool, keep_going: bool, max_statements: int,
    reproducible: bool, funnel: bool, packs: tuple[Path, ...], cache: Path | None, no_cache: bool,
    columns: tuple[str, ...], tables: bool, ocr: bool, max_pages: int,
    max_seconds: int, encoder: str | None, judge: str | None, download: bool,
) -> None:  # fmt: skip
    """Report contradictory statements across the documents of CORPUS.

    CORPUS is a file of statements (.jsonl, .jsonl.gz), a folder of them, a glob, or - for standard input; any other
    file (PDF, HTML, DOCX, text …), folder or sources.toml is ingested on the way. Exit code 0: the statements were
    compared; 2: wrong use, a file that could not be read, or nothing could be compared.
    """
    from ..files import check_writable
    from ..ingest.choosing import columns_of, files_of
    from ..ingest.gathering import gather
    from ..models import load_encoder, load_judge
    from ..pipeline import Options, check
    from ..reports import jsonl, terminal

    options = Options(neighbours, min_probability, min_update, top, within_source, packs)
    if output is not None:
        check_writable(output, files_of(corpora))
    reading = ingest_options(tables, ocr, max_pages, max_seconds)
    with progress_bars() as progress:
        corpus = gather(corpora, company, keep_going, max_statements, reading, columns_of(columns), progress)
    console = console_for(stderr=output == "-")
    with open_cache(cache, no_cache) as store, progress_bars() as progress:
        models = load_encoder(encoder, download, store), load_judge(judge, download, store)
        report = check(
            corpus, options, encoder=models[0], judge=models[1], progress=progress, reproducible=reproducible,
            store=store,
        )  # fmt: skip
    if output is not None:
        jsonl.write(report, output)
    terminal.show(report, console, output if output != "-" else None, funnel)


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--corpus", "corpora", multiple=True, metavar="CORPUS", help="A and B are ids of statements in CORPUS.")
@click.option("--min-probability", default=0.5, show_default=True, help="The threshold of the run to be explained.")
@min_update_option
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as one JSON object.")
@neighbours_option
@click.option("--within-source", is_flag=True, help="As in the run to be explained.")
@packs_option
@encoder_option
@judge_option
@download_option
def explain(
    a: str, b: str, corpora: tuple[str, ...], min_probability: float, min_update: float, as_json: bool,
    neighbours: int | None, within_source: bool, packs: tuple[Path, ...], encoder: str | None,
    judge: str | None, download: bool,
) -> None:  # fmt: skip
    """Show the whole reasoning for one pair: texts A and B, or with --corpus the statements with the ids A and B.

    Says whether a run would compare the two at all, what the judge and each signal make of them, how the score adds up,
    and why the pair was or was not reported.
    """
    import msgspec

    from ..corpus import read_corpus
    from ..explaining import explain_statements, explain_texts
    from ..models import load_encoder, load_judge
    from ..pipeline import Options
    from ..reports import explanation

    options = Options(neighbours, min_probability, min_update, 0, within_source, packs)
    corpus = read_corpus(corpora) if corpora else None
    models = load_encoder(encoder, download), load_judge(judge, download)
    if corpus is not None:
        found = explain_statements(corpus, a, b, options, *models)
    else:
        found = explain_texts(a, b, options, *models)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        explanation.show(found, console_for(width=150))
