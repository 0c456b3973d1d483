"""Corpora and documents named together become one corpus: what ``checker run report.pdf call.txt`` compares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..corpus import MAX_STATEMENTS, Corpus, read_corpus
from ..errors import InputError
from ..records import BadLine
from .choosing import apart, choose
from .documents import DEFAULTS, Facts, IngestOptions

if TYPE_CHECKING:
    from .reading import Ingested

Progress = Callable[[str, int], Callable[[int], None]]


def gather(
    names: Sequence[str],
    company: str | None = None,
    keep_going: bool = False,
    limit: int = MAX_STATEMENTS,
    options: IngestOptions = DEFAULTS,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """One corpus of everything named. Raises InputError for the first file that cannot be read.

    With ``keep_going`` such files, like bad lines, are listed in the corpus instead. ``company`` chooses among the
    statements of corpora and names who speaks in the documents.
    """
    corpora, documents = apart(names)
    corpus = read_corpus(corpora, company, keep_going, limit) if corpora else Corpus()
    if not documents:
        return corpus
    from .reading import ingest, join  # loads what reads documents

    entries, notes = choose(documents, Facts(company=company or ""), columns)
    ingested = ingest(entries, options, *([progress("reading documents", len(entries))] if progress else []))
    if ingested.failures and not keep_going:
        first, more = ingested.failures[0], len(ingested.failures) - 1
        also = f" (and {more} more file{'s' * (more > 1)}; --keep-going leaves them out)" if more else ""
        raise InputError(first.message + also, first.path)
    joined = join(corpus, ingested)
    if len(joined.statements) > limit:
        raise InputError(f"more than {limit:,} statements in one run; raise --max-statements or name fewer files")
    joined.warnings[:0] = [*notes, *_guesses(ingested)]
    joined.bad.extend(BadLine(f.path, 0, "", f.message) for f in ingested.failures)
    return joined


def _guesses(ingested: Ingested) -> list[str]:
    """What was guessed of the documents, said once for each."""
    return [
        f"{d.path.name}: guessed: {', '.join(f'{k} {getattr(d.facts, k)!r}' for k in d.guessed)}"
        for d in ingested.documents
        if d.guessed
    ]
