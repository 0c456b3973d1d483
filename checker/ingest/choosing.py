"""From names on a command line to files with what is known of each: manifests, folders, single files."""

from __future__ import annotations

import glob
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import ConfigError, InputError
from ..files import corpora_below, find_corpora
from .documents import UNTOLD, Entry, Facts
from .formats import find_documents
from .manifest import NAME, check_facts, read_manifest


def choose(
    names: Sequence[str], told: Facts = UNTOLD, columns: Mapping[str, str] | None = None, manifest: str | None = None
) -> tuple[list[Entry], list[str]]:
    """Entries in order, each file once, and notes of files that a manifest leaves out.

    A manifest (a .toml file, or ``sources.toml`` in a folder, or ``manifest``, TOML or CSV, which is heard before the
    others) names its files; other folders are searched. What is ``told`` holds for every file. Raises ConfigError
    where it names one file's title for several.
    """
    check_facts(told)
    entries = read_manifest(Path(manifest), told) if manifest else []
    notes: list[str] = []
    for name in names:
        path = Path(name)
        listing = path / NAME if path.is_dir() else path
        if listing.suffix == ".toml" and listing.is_file():
            listed = read_manifest(listing, told)
            entries += listed
            notes += _left_out(path, listed) if path.is_dir() else []
        else:
            entries += [Entry(found, told, columns or {}) for found in find_documents([name])]
    unique = list({entry.path.resolve(): entry for entry in reversed(entries)}.values())[::-1]
    if told.document and len(unique) > 1:
        raise ConfigError(f"--document is the title of one file, and there are {len(unique)}; use a manifest")
    if not unique:
        raise InputError("no document to read; give files, folders or --manifest")
    return unique, notes


def _left_out(folder: Path, listed: Sequence[Entry]) -> list[str]:
    """A note of the documents in a folder that its manifest does not list."""
    known = {entry.path.resolve() for entry in listed}
    others = [p for p in find_documents([str(folder)]) if p.resolve() not in known and p.name != NAME]
    if not others:
        return []
    names = ", ".join(p.name for p in others[:3]) + (", …" if len(others) > 3 else "")
    return [f"{folder / NAME} does not list {len(others)} of the files beside it, which were not read: {names}"]


def columns_of(pairs: Sequence[str]) -> dict[str, str]:
    """``--column text=Quote`` as a map. Raises ConfigError for another form."""
    columns = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign or not ours or not theirs:
            raise ConfigError(f"--column {pair!r}; write our name, =, the name in the file, such as text=Quote")
        columns[ours] = theirs
    return columns


def apart(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names of corpora, and names of documents: what ends in .jsonl or .jsonl.gz is a corpus, "-" is one too.

    A folder is of corpora if it holds any and no ``sources.toml``; otherwise its files are documents.
    """
    corpora: list[str] = []
    documents: list[str] = []
    for name in names:
        for one in _globbed(name):
            (corpora if _is_corpus(one) else documents).append(one)
    return corpora, documents


def files_of(names: Sequence[str]) -> list[str]:
    """Every file that is named, corpora and documents, so that none of them is written over."""
    corpora, documents = apart(names)
    found = find_corpora(corpora) + [str(path) for path in find_documents(documents)]
    return found + [str(Path(name) / NAME) for name in documents if Path(name, NAME).is_file()]


def _globbed(name: str) -> list[str]:
    """The files that a glob matches; any other name as it is, for its reader to complain of."""
    return [name] if not name or Path(name).exists() else sorted(glob.glob(name)) or [name]


def _is_corpus(name: str) -> bool:
    path = Path(name)
    if not name or not path.is_dir():
        return name.endswith((".jsonl", ".jsonl.gz")) or not (path.is_file() or path.suffix)
    return not (path / NAME).exists() and any(corpora_below(name))
