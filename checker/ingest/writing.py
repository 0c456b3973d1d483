"""A corpus of documents on disk: statements as JSON Lines, the extracted texts and an index of the documents beside it.

The corpus is written last and by renaming, so that a corpus that is there has its texts.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from ..corpus import as_corpus
from ..errors import InputError
from ..files import write_atomically
from ..records import DocumentInfo
from ..text import digest
from .documents import Document
from .reading import Ingested, describe

INDEX = "documents.json"


def texts_folder(corpus: Path) -> Path:
    """Where the extracted texts of a corpus lie: ``esg.jsonl`` has ``esg.texts/``."""
    return corpus.with_name(corpus.name.removesuffix(".jsonl") + ".texts")


def write(ingested: Ingested, path: Path) -> list[DocumentInfo]:
    """Write statements to ``path``, texts and index into the folder beside it; gives the index."""
    folder = texts_folder(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", str(folder)) from None
    index, rows = [], []
    for document in ingested.documents:
        name = f"{folder.name}/{text_name(document)}"
        write_atomically(str(folder.parent / name), [document.text.encode("utf-8", "replace")])
        index.append(describe(document, name))
        rows += [msgspec.structs.replace(s, meta=s.meta | {"text": name}) for s in document.statements]
    write_atomically(str(folder / INDEX), [msgspec.json.format(msgspec.json.encode(index)), b"\n"])
    write_atomically(str(path), (msgspec.json.encode(s) + b"\n" for s in as_corpus(rows).statements))
    return index


def text_name(document: Document) -> str:
    """A plain file name of its own for each document, whatever characters its title and path hold."""
    stem = re.sub(r"[^A-Za-z0-9]+", "-", document.path.stem).strip("-").lower()[:60] or "document"
    return f"{stem}-{digest([document.path.name, document.facts.document, document.text], 4)}.txt"
