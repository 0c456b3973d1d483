"""What is known of a document, and what became of it: the records between a file and its statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..records import Statement
from .blocks import Block, Extract, Limits


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the statements of a document have in common. Empty: not told, so guessed."""

    company: str = ""
    source: str = ""
    document: str = ""
    date: str | None = None
    lang: str | None = None
    url: str | None = None


UNTOLD = Facts()


@dataclass(frozen=True)
class Entry:
    """A file to read, and what the user says of it; ``columns`` are for tables of texts: our name to the file's."""

    path: Path
    facts: Facts = UNTOLD
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of the extracted text; ``dropped`` says why it is no statement ("" if it is one)."""

    text: str
    start: int
    end: int
    block: Block
    paragraph: int
    page: int | None
    section: str | None
    lang: str = "und"
    dropped: str = ""
    same_as: int | None = None


@dataclass(frozen=True)
class Document:
    """A file that was read: what is known and guessed of it, its text, sentences and statements, and what it cost.

    ``guessed`` names the facts that nobody told. ``seconds`` and ``memory`` (bytes) are those of the reading process.
    """

    path: Path
    facts: Facts
    guessed: tuple[str, ...]
    extract: Extract
    text: str
    sentences: tuple[Sentence, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[str, ...]
    seconds: float = 0.0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    path: str
    message: str


class IngestOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What reading may cost, and whether rows of tables are statements too."""

    limits: Limits = Limits()
    tables: bool = False


DEFAULTS = IngestOptions()
