"""A gated run: new files beside what was said before, compared, and every finding with what the gate makes of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .. import __version__
from ..models import Encoder, Judge
from ..pipeline import Options, check
from ..records import SCHEMA_VERSION, Report, Run
from .baseline import Entry, expired_of, read_baseline
from .config import Config
from .deciding import decide
from .results import GateResult
from .sides import AS_USUAL, Reading, Sides, can_be_compared, read_sides, without_repeats
from .suppression import suppressions

if TYPE_CHECKING:
    from ..store import Store

NOTHING_NEW = "no new statement"
NOTHING_BEFORE = "nothing to compare with: the companies of the new statements say nothing else in another document"


@dataclass(frozen=True)
class Tools:
    """What a run works with: the models, a cache, how documents are read (and whom progress is shown to)."""

    encoder: Encoder
    judge: Judge
    store: Store | None = None
    reading: Reading = AS_USUAL


def run_gate(
    names: Sequence[str], config: Config, today: datetime.date, tools: Tools, reproducible: bool = False
) -> GateResult:
    """Compare the statements of new files with what was said before and with each other.

    A file that is also among those before counts as new; a statement that is among those before too (moved, or with
    another comma) does not. Raises InputError for a file that cannot be read or a malformed baseline: a result always
    means that all was read and, but for statements that a warning names, compared.
    """
    baseline = read_baseline(Path(config.baseline))
    read = read_sides(names, config.against, config.baseline, config.company, tools.reading)
    suppressed = suppressions(read.corpus.statements, read.corpus.places)
    sides = without_repeats(read)
    report = _compare(sides, config, tools, reproducible)
    warnings = [*_expired(baseline, today), *_said_before(read, sides), *report.run.warnings]
    report = replace(report, run=msgspec.structs.replace(report.run, warnings=warnings))
    statements, places = sides.corpus.statements, sides.corpus.places
    return decide(report, statements, places, sides.new, config, baseline, suppressed, today)


def _compare(sides: Sides, config: Config, tools: Tools, reproducible: bool) -> Report:
    """The report; one without findings, which says why, where nothing is new or nobody spoke before."""
    if not sides.new:
        return _empty(NOTHING_NEW, sides)
    if not can_be_compared(sides, config.within_source):
        return _empty(NOTHING_BEFORE, sides)
    options = Options(
        config.neighbours, config.min_probability, config.min_probability, 0, config.within_source,
        tuple(map(Path, config.pack)),
    )  # fmt: skip
    return check(
        sides.corpus, options, encoder=tools.encoder, judge=tools.judge, progress=tools.reading.progress,
        reproducible=reproducible, new=sides.new, store=tools.store,
    )  # fmt: skip


def _empty(why: str, sides: Sides) -> Report:
    """The report of a run in which there was nothing to compare."""
    run = Run(
        schema=SCHEMA_VERSION, checker=__version__, models={}, calibrated=True, parameters={}, funnel=[],
        warnings=[why, *sides.corpus.warnings], bad_lines=[], documents=sides.corpus.documents,
    )  # fmt: skip
    return Report(run, ())


def _said_before(read: Sides, sides: Sides) -> list[str]:
    again = len(read.new) - len(sides.new)
    if not again:
        return []
    return [f"{again:,} of {len(read.new):,} statements of the new files were said before in the same document"]


def _expired(baseline: Mapping[str, Entry], today: datetime.date) -> list[str]:
    expired = expired_of(baseline, today)
    if not expired:
        return []
    names = ", ".join(expired[:3]) + ", …" * (len(expired) > 3)
    return [f"{len(expired):,} of {len(baseline):,} entries of the baseline have expired and accept nothing: {names}"]
