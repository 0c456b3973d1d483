"""Documents in order: read in a child process, turns marked, facts guessed, sentences cut and sifted."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ..corpus import Corpus, as_corpus
from ..errors import InputError
from ..records import DocumentInfo, Statement
from ..text import same_company
from .assemble import as_statements, cut, lay_out, sift
from .blocks import Extract, Limits
from .documents import DEFAULTS, Document, Entry, Facts, Failure, IngestOptions, Sentence
from .guesses import agree_on_companies, distinct_titles, fill
from .sandbox import Reading, read_file, stop_all
from .transcripts import mark_turns

READERS_AT_ONCE = 4


@dataclass(frozen=True)
class Ingested:
    """Documents in the order given, and the files that could not be read."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]

    def statements(self) -> list[Statement]:
        """All statements, in the order of the documents."""
        return [s for d in self.documents for s in d.statements]


def ingest(
    entries: Sequence[Entry], options: IngestOptions = DEFAULTS, step: Callable[[int], None] = lambda done: None
) -> Ingested:
    """Read every file; one that cannot be read, or whose company nobody names, is a failure, and the others go on."""
    read: list[tuple[Entry, Reading]] = []
    failures: list[Failure] = []
    with ThreadPoolExecutor(min(READERS_AT_ONCE, os.cpu_count() or 1)) as pool:
        try:
            for entry, result in zip(entries, pool.map(lambda e: _read(e, options.limits), entries), strict=True):
                if isinstance(result, InputError):
                    failures.append(Failure(str(entry.path), result.message))
                else:
                    read.append((entry, result))
                step(1)
        except BaseException:  # interrupted: no child goes on reading
            pool.shutdown(wait=False, cancel_futures=True)
            stop_all()
            raise
    known = agree_on_companies([fill(e, r.extract) for e, r in read])
    titled = distinct_titles(known, [e for e, _ in read])
    documents = []
    for (entry, reading), facts, (_, guessed) in zip(read, titled, known, strict=True):
        try:
            documents.append(_document(entry.path, reading, facts, guessed, options))
        except InputError as error:
            failures.append(Failure(str(entry.path), error.message))
    return Ingested(tuple(documents), tuple(failures))


def _read(entry: Entry, limits: Limits) -> Reading | InputError:
    try:
        reading = read_file(entry.path, limits, entry.columns)
        if not any(block.text for block in reading.extract.blocks):
            raise InputError(_nothing(reading.extract, ()), str(entry.path))
        return replace(reading, extract=mark_turns(reading.extract))
    except InputError as error:
        return error


def _document(path: Path, reading: Reading, facts: Facts, guessed: tuple[str, ...], options: IngestOptions) -> Document:
    extract = reading.extract
    if not facts.company and not all(block.fields.get("company") for block in extract.blocks):
        raise InputError("which company speaks is not to be told; name it with --company", str(path))
    text, _ = lay_out(extract.blocks)
    sentences = sift(cut(extract.blocks, facts.lang), facts.lang, options.tables)
    statements = list(as_statements(sentences, facts, {"file": path.name}))
    if not statements:
        raise InputError(_nothing(extract, sentences), str(path))
    return Document(path, facts, guessed, extract, text, tuple(sentences), tuple(statements), tuple(extract.warnings),
                    reading.seconds, reading.peak_memory)  # fmt: skip


def _nothing(extract: Extract, sentences: Sequence[Sentence]) -> str:
    """Why a document gave no statement: never an empty corpus that looks fine."""
    reasons = Counter(s.dropped for s in sentences)
    why = "; ".join(
        [*extract.warnings, *(f"{n:,} sentences set aside: {reason}" for reason, n in reasons.most_common(3))]
    )
    return f"no statement in it ({why or 'it holds no text'})"


def describe(document: Document, text: str | None = None) -> DocumentInfo:
    """What a report and a corpus say of a document; ``text`` is the file that its extracted text was written to."""
    facts = document.facts
    unread: dict[str, list[int]] = {}
    for page in document.extract.pages:
        if page.state in ("no text", "garbled"):
            unread.setdefault(page.why or page.state, []).append(page.number)
    dropped = Counter(s.dropped for s in document.sentences if s.dropped)
    return DocumentInfo(
        file=document.path.name, sha256=_checksum(document.path), format=document.extract.format, company=facts.company,
        source=facts.source, document=facts.document, date=facts.date, lang=facts.lang, url=facts.url,
        guessed=list(document.guessed), pages=len(document.extract.pages), unread=unread,
        sentences=len(document.sentences), statements=len(document.statements),
        dropped=dict(sorted(dropped.items(), key=lambda item: (-item[1], item[0]))), warnings=list(document.warnings),
        text=text,
    )  # fmt: skip


def _checksum(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def join(corpus: Corpus, ingested: Ingested) -> Corpus:
    """A corpus with the statements of documents beside its own; what was set aside in them is counted as dropped.

    Raises InputError where a document is in the corpus already.
    """
    known = {(same_company(s.company), s.document) for s in corpus.statements}
    for document in ingested.documents:
        if (same_company(document.facts.company), document.facts.document) in known:
            why = f"the corpus has statements of {document.facts.document!r} already; leave out one of the two"
            raise InputError(why, str(document.path))
    statements = as_corpus([*corpus.statements, *ingested.statements()]).statements
    paths = [str(d.path) for d in ingested.documents for _ in d.statements]
    added = {s.id: (path, 0) for s, path in zip(statements[len(corpus.statements) :], paths, strict=True)}
    dropped = Counter(s.dropped for d in ingested.documents for s in d.sentences if s.dropped)
    sentences = sum(len(d.sentences) for d in ingested.documents)
    return Corpus(
        statements=statements, lines=corpus.lines + sentences, dropped=corpus.dropped + dropped, bad=corpus.bad,
        documents=[*corpus.documents, *(describe(d) for d in ingested.documents)], places=corpus.places | added,
        warnings=[*corpus.warnings, *(w for d in ingested.documents for w in warnings_of(d))],
    )  # fmt: skip


def warnings_of(document: Document) -> Iterable[str]:
    """A document's warnings, each with its file."""
    return (f"{document.path.name}: {warning}" for warning in document.warnings)
