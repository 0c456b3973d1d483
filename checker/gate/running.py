"""A gated run: new files beside what was said before, compared, and every finding with what the gate makes of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from .. import __version__
from ..corpus import Corpus
from ..errors import InputError, NothingToCompareError
from ..ingest.choosing import files_of
from ..ingest.documents import DEFAULTS, IngestOptions
from ..ingest.gathering import gather
from ..models import Encoder, Judge
from ..pipeline import Options, check
from ..records import SCHEMA_VERSION, Report, Run, Statement
from ..text import normalise, same_company
from .baseline import read_baseline
from .config import Config
from .deciding import decide
from .results import GateResult
from .suppression import suppressions

if TYPE_CHECKING:
    from ..pipeline import Progress
    from ..store import Store

NOTHING_NEW = "no new statement: everything in the new files was said before"
NOTHING_BEFORE = "nothing to compare with: nothing that these companies said in another document was given"


@dataclass(frozen=True)
class Tools:
    """What a run works with: the models, a cache, limits on documents, progress."""

    encoder: Encoder
    judge: Judge
    store: Store | None = None
    reading: IngestOptions = DEFAULTS
    progress: Progress | None = None


def run_gate(
    names: Sequence[str], config: Config, today: datetime.date, tools: Tools, reproducible: bool = False
) -> GateResult:
    """Compare the statements of new files with what was said before and with each other.

    A file that is also among those before counts as new; a statement that is among those before too (moved, or with
    another comma) does not. Raises InputError for a file that cannot be read or a malformed baseline: a result always
    means that all was read and compared.
    """
    baseline = read_baseline(Path(config.baseline))
    before, new = read_sides(names, config, tools)
    suppressed = suppressions([*before.statements, *new.statements], before.places | new.places)
    fresh = unsaid(new.statements, before.statements)
    corpus, ids, places = together(before, new, fresh)
    warnings = [] if len(fresh) == len(new.statements) else [_said_before(new, fresh)]
    if not fresh:
        report = _empty([NOTHING_NEW, *corpus.warnings], corpus)
    else:
        report = _compare(corpus, ids, config, tools, reproducible)
        run = msgspec.structs.replace(report.run, warnings=[*warnings, *report.run.warnings])
        report = replace(report, run=run)
    return decide(report, corpus.statements, places, ids, config, baseline, suppressed, today)


def read_sides(names: Sequence[str], config: Config, tools: Tools) -> tuple[Corpus, Corpus]:
    """What was said before, without the new files, and what the new files say."""
    new_files = {os.path.realpath(name) for name in files_of(names)}
    old_files = [name for name in files_of(config.against) if os.path.realpath(name) not in new_files]
    company = config.company or None
    new = gather(names, company, options=tools.reading, progress=tools.progress)
    before = gather(old_files, company, options=tools.reading, progress=tools.progress) if old_files else Corpus()
    if not new.statements:
        raise InputError("hold no statement to compare", ", ".join(names))
    return before, new


def unsaid(new: Sequence[Statement], before: Sequence[Statement]) -> list[Statement]:
    """New statements without those that the same document had before, but for case and punctuation."""
    known = {_key(s) for s in before}
    return [s for s in new if _key(s) not in known]


def _key(s: Statement) -> tuple[str, str, str]:
    return same_company(s.company), s.document, normalise(s.text)


def together(
    before: Corpus, new: Corpus, fresh: Sequence[Statement]
) -> tuple[Corpus, frozenset[str], dict[str, tuple[str, int]]]:
    """One corpus, the ids of its new statements, and the places of all by id; an id taken before gets a suffix."""
    taken = {s.id for s in before.statements}
    renamed = []
    places = dict(before.places)
    for s in fresh:
        name = s.id
        while name in taken:
            name += "-new"
        taken.add(name)
        places[name] = new.places.get(s.id, ("", 0))
        renamed.append(msgspec.structs.replace(s, id=name))
    corpus = Corpus(
        statements=[*before.statements, *renamed], lines=before.lines + new.lines,
        dropped=before.dropped + new.dropped, documents=[*before.documents, *new.documents],
        warnings=[*before.warnings, *new.warnings], places=places,
    )  # fmt: skip
    again = len(new.statements) - len(fresh)
    corpus.dropped["said before in the same document"] += again
    return corpus, frozenset(s.id for s in renamed), places


def _compare(corpus: Corpus, ids: frozenset[str], config: Config, tools: Tools, reproducible: bool) -> Report:
    """The report; an empty one where the new documents are the first of their company: nobody spoke before."""
    options = Options(config.neighbours, config.min_probability, 0, config.within_source, tuple(map(Path, config.pack)))
    try:
        return check(corpus, options, encoder=tools.encoder, judge=tools.judge, progress=tools.progress,
                     reproducible=reproducible, new=ids, store=tools.store)  # fmt: skip
    except NothingToCompareError:
        if not (_is_first(corpus, ids) or _is_repeated(corpus, ids)):
            raise
        return _empty([NOTHING_BEFORE, *corpus.warnings], corpus)


def _is_repeated(corpus: Corpus, ids: frozenset[str]) -> bool:
    """Whether other documents say every new statement word for word."""
    said = {(same_company(s.company), normalise(s.text)) for s in corpus.statements if s.id not in ids}
    return all((same_company(s.company), normalise(s.text)) in said for s in corpus.statements if s.id in ids)


def _is_first(corpus: Corpus, ids: frozenset[str]) -> bool:
    """Whether each company of a new statement speaks in one document only."""
    companies = {same_company(s.company) for s in corpus.statements if s.id in ids}
    documents = {(same_company(s.company), s.document) for s in corpus.statements if not s.is_reference}
    return all(sum(company == c for c, _ in documents) <= 1 for company in companies)


def _empty(warnings: list[str], corpus: Corpus) -> Report:
    """The report of a run in which there was nothing to compare, which it says."""
    run = Run(
        schema=SCHEMA_VERSION, checker=__version__, models={}, calibrated=True, parameters={}, funnel=[],
        warnings=warnings, bad_lines=[], documents=corpus.documents,
    )  # fmt: skip
    return Report(run, ())


def _said_before(new: Corpus, fresh: Sequence[Statement]) -> str:
    again = len(new.statements) - len(fresh)
    return f"{again:,} of {len(new.statements):,} statements of the new files were said before in the same document"
