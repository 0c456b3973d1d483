"""Labelled cases: a folder with ``statements.jsonl`` and ``pairs.jsonl``, for evaluation and training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from .corpus import Corpus, read_corpus
from .errors import InputError
from .files import read_objects, stop
from .kinds import KINDS

Label = Literal["contradiction", "update", "compatible"]


class GoldPair(msgspec.Struct, frozen=True, omit_defaults=True):
    """What two statements, by id, are to each other; ``why`` says what makes a compatible pair hard."""

    a: str
    b: str
    label: Label
    kind: str
    why: str = ""
    note: str = ""


@dataclass(frozen=True)
class Case:
    """A corpus and its gold pairs; every other pair of two documents is unrelated or compatible."""

    name: str
    corpus: Corpus
    pairs: list[GoldPair]

    def labels(self) -> dict[frozenset[str], Label]:
        """Label by the two ids."""
        return {frozenset((p.a, p.b)): p.label for p in self.pairs}


def load_cases(folder: Path) -> list[Case]:
    """The case in this folder, or those directly below it, by name.

    Raises InputError for a pair that is malformed, or names a statement that is not there.
    """
    folders = [folder] if (folder / "pairs.jsonl").is_file() else sorted(p.parent for p in folder.glob("*/pairs.jsonl"))
    if not folders:
        raise InputError("no case here: a case is a folder with statements.jsonl and pairs.jsonl", str(folder))
    return [_load_case(f) for f in folders]


def _load_case(folder: Path) -> Case:
    corpus = read_corpus([str(folder / "statements.jsonl")])
    documents = {s.id: (s.company, s.document) for s in corpus.statements}
    path, pairs = str(folder / "pairs.jsonl"), []
    for line, row in read_objects(path, stop):
        try:
            pair = msgspec.convert(row, GoldPair)
        except msgspec.ValidationError as error:
            raise InputError(str(error), path, line) from None
        for name, value, known in (("a", pair.a, documents), ("b", pair.b, documents), ("kind", pair.kind, KINDS)):
            if value not in known:
                raise InputError(f"{value!r} is unknown", path, line, name)
        if documents[pair.a] == documents[pair.b]:
            raise InputError("both statements are from one document", path, line)
        pairs.append(pair)
    return Case(folder.name, corpus, pairs)
