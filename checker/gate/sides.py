"""What was said before and what is new: the files of both sides as one corpus, and which of its statements are new."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..corpus import MAX_STATEMENTS, Corpus, read_corpus
from ..errors import InputError
from ..files import find_corpora
from ..ingest.choosing import apart, choose, files_of
from ..ingest.documents import DEFAULTS, IngestOptions
from ..ingest.finding import find_documents
from ..ingest.gathering import gather
from ..ingest.manifest import NAME
from ..records import Statement
from ..text import normalise, same_company

if TYPE_CHECKING:
    from ..pipeline import Progress


@dataclass(frozen=True)
class Reading:
    """How documents are read."""

    options: IngestOptions = DEFAULTS
    columns: Mapping[str, str] = field(default_factory=dict)
    progress: Progress | None = None


AS_USUAL = Reading()


@dataclass(frozen=True)
class Sides:
    """Statements of both sides, each with an id of its own, and the ids of those that are new."""

    corpus: Corpus
    new: frozenset[str]


def read_sides(
    names: Sequence[str], against: Sequence[str], baseline: str, company: str = "", reading: Reading = AS_USUAL
) -> Sides:
    """Every statement of the files ``against``, and of new files ``names``, whose statements are new.

    A file on both sides is new, and the baseline is on none. Documents are read once, with what a manifest of either
    side says of them. Raises InputError for a file that cannot be read, and for a new one without a statement.
    """
    known = os.path.realpath(baseline)
    old_names, warnings = _with_files(against)
    old, new = _apart(old_names, known), _apart(_others(names, known), known)
    new_files = {os.path.realpath(path) for path in [*new[0], *_entries(new[1])]}
    before = [_read(path) for path in old[0] if os.path.realpath(path) not in new_files]
    said = [_read(path) for path in new[0]]
    if silent := [warning for corpus in said for warning in corpus.warnings]:
        raise InputError(silent[0])
    documents = _read_documents([*new[1], *old[1]], company, reading)
    old_part, new_part = _split(documents, new_files)
    sides = together([*before, old_part], [*said, new_part])
    if len(sides.corpus.statements) > MAX_STATEMENTS:
        raise InputError(f"more than {MAX_STATEMENTS:,} statements in one run; name fewer files")
    sides.corpus.warnings[:0] = warnings
    return _of_company(sides, company)


def _read(path: str) -> Corpus:
    """A corpus on its own, so that the ids of two files may clash; one without a statement says so."""
    corpus = read_corpus([path])
    if not corpus.statements:
        corpus.warnings.append(f"{path}: holds no statement")
    return corpus


def input_files(names: Sequence[str], against: Sequence[str]) -> list[str]:
    """Every file that a run reads, so that none is written over. Raises InputError for a name that is no file."""
    return files_of([*names, *_with_files(against)[0]])


def _with_files(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names without folders that are empty, as those of a repository without statements are, and a warning of each."""
    empty = [n for n in names if Path(n).is_dir() and not any(_is_shown(p) for p in Path(n).rglob("*"))]
    return [n for n in names if n not in empty], [f"{n}: this folder is empty" for n in empty]


def _is_shown(path: Path) -> bool:
    return not path.name.startswith(".") and path.is_file()


def _apart(names: Sequence[str], baseline: str) -> tuple[list[str], list[str]]:
    """Files of corpora and names of documents, both without the baseline, which makes no folder one of corpora."""
    corpora, documents = apart(names)
    files: list[str] = []
    for name in corpora:
        found = _others(find_corpora([name]), baseline)
        files += found
        if not found and Path(name).is_dir():
            documents += _others(map(str, find_documents([name])), baseline)
    return list({os.path.realpath(path): path for path in files}.values()), documents


def _others(paths: Iterable[str], path: str) -> list[str]:
    return [other for other in paths if os.path.realpath(other) != path]


def _entries(documents: Sequence[str]) -> list[str]:
    """The files that names of documents stand for, those of manifests too."""
    return [str(entry.path) for entry in choose(documents)[0]] if documents else []


def _read_documents(names: Sequence[str], company: str, reading: Reading) -> Corpus:
    """The documents of both sides; manifests first, since the first that names a file says what is known of it."""
    if not names:
        return Corpus()
    ordered = sorted(dict.fromkeys(names), key=lambda name: not _is_manifest(Path(name)))
    return gather(ordered, company or None, options=reading.options, columns=reading.columns, progress=reading.progress)


def _is_manifest(path: Path) -> bool:
    return path.suffix == ".toml" or (path / NAME).is_file()


def _split(corpus: Corpus, new_files: Collection[str]) -> tuple[Corpus, Corpus]:
    """The statements of old files, with all that is counted, and those of new ones."""
    files = {path: os.path.realpath(path) for path, _ in corpus.places.values()}
    new = [s for s in corpus.statements if files[corpus.places[s.id][0]] in new_files]
    ids = {s.id for s in new}
    old = [s for s in corpus.statements if s.id not in ids]
    return replace(corpus, statements=old), Corpus(statements=new, places=corpus.places)


def together(before: Sequence[Corpus], new: Sequence[Corpus]) -> Sides:
    """One corpus of all; an id that is taken gets a number, as where an old version of a file is on the other side."""
    whole = Corpus()
    ids: set[str] = set()
    for corpus, is_new in [*((c, False) for c in before), *((c, True) for c in new)]:
        for s in corpus.statements:
            name, number = s.id, 1
            while name in whole.places:
                number += 1
                name = f"{s.id}-{number}"
            whole.places[name] = corpus.places.get(s.id, ("", 0))
            whole.statements.append(s if number == 1 else msgspec.structs.replace(s, id=name))
            if is_new:
                ids.add(name)
        whole.lines += corpus.lines
        whole.dropped.update(corpus.dropped)
        whole.documents.extend(corpus.documents)
        whole.warnings.extend(corpus.warnings)
    return Sides(whole, frozenset(ids))


def _of_company(sides: Sides, company: str) -> Sides:
    """Without what other companies say, but for references. Raises InputError where that leaves no statement."""
    if not company:
        return sides
    corpus = sides.corpus
    kept = [s for s in corpus.statements if s.is_reference or same_company(s.company) == same_company(company)]
    if all(s.is_reference for s in kept) and corpus.statements:
        names = ", ".join(sorted({s.company for s in corpus.statements if not s.is_reference}))
        raise InputError(f"no statement of the company {company!r}; there are: {names[:200]}")
    return _only(sides, kept, "other company")


def without_repeats(sides: Sides) -> Sides:
    """New statements without those that the same document had before, but for case and punctuation.

    What is said again is as old as it was, and stands where it stands now.
    """
    corpus = sides.corpus
    old = {_key(s): s.id for s in reversed(corpus.statements) if s.id not in sides.new}
    again = {s.id: old[_key(s)] for s in corpus.statements if s.id in sides.new and _key(s) in old}
    kept = [s for s in corpus.statements if s.id not in again]
    moved = {first: corpus.places[name] for name, first in reversed(again.items())}
    found = _only(sides, kept, "said before in the same document")
    return Sides(replace(found.corpus, places=found.corpus.places | moved), found.new)


def _key(s: Statement) -> tuple[str, str, str]:
    return same_company(s.company), s.document, normalise(s.text)


def _only(sides: Sides, kept: list[Statement], reason: str) -> Sides:
    gone = len(sides.corpus.statements) - len(kept)
    dropped = sides.corpus.dropped + Counter({reason: gone})
    return Sides(replace(sides.corpus, statements=kept, dropped=dropped), sides.new & {s.id for s in kept})


def can_be_compared(sides: Sides, within_source: bool) -> bool:
    """Whether any new statement has one to be compared with: of its company in another document, or a reference."""
    own = [s for s in sides.corpus.statements if not s.is_outside and not s.is_reference]
    references = [s for s in sides.corpus.statements if s.is_reference]
    if own and references and any(s.id in sides.new for s in [*own, *references]):
        return True
    sayings = {_key(s) for s in own}
    of_company = Counter(company for company, _, _ in sayings)
    of_document = Counter((company, document) for company, document, _ in sayings)
    of_text = Counter((company, text) for company, _, text in sayings)
    for company, document, text in {_key(s) for s in own if s.id in sides.new}:
        others = of_company[company] - of_text[company, text]
        if not within_source:
            others -= of_document[company, document] - 1
        if others > 0:
            return True
    return False
