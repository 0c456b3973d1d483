"""``checker eval`` and ``checker schema``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .options import console_for, download_option, encoder_option, judge_option, neighbours_option, progress_bars


@click.command("eval")
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
    from ..baselines import load_baselines
    from ..cases import load_cases
    from ..evaluation import evaluate_cases, evaluate_frames
    from ..models import load_encoder, load_judge
    from ..pipeline import quiet
    from ..reports import figures

    cases = load_cases(corpora)
    systems, notes = load_baselines(baseline_judge, download)
    models = load_encoder(encoder, download), load_judge(judge, download)
    with progress_bars() as shown:
        progress = shown or quiet
        tables = [evaluate_cases(cases, *models, systems, neighbours, progress)]
        if frames:
            tables.append(evaluate_frames(frames, *models, systems, progress))
    if plots:
        from ..plots import draw

        notes += [f"plot: {path}" for path in draw(tables[0]["rated"], plots)]
    if as_json:
        click.echo(json.dumps({"tables": tables, "notes": notes}, indent=2))
    else:
        figures.show(tables, notes, console_for(width=150))


@click.command()
@click.argument("record", type=click.Choice(["statement", "report", "gate"]))
def schema(record: str) -> None:
    """Print the JSON Schema of a line of a corpus, of a report, or of a gated run in JSON Lines."""
    from .. import corpus
    from ..reports import gate_jsonl, jsonl

    schemas = {"statement": corpus.schema, "report": jsonl.schema, "gate": gate_jsonl.schema}
    click.echo(json.dumps(schemas[record](), indent=2))
