"""Statement frames: one matter each, with claims, their contradictions and hard negatives.

A frame is one JSON object a line: ``claim`` (ways to state one position), ``against`` (each contradicts every claim),
``beside`` (same matter, compatible with every claim), each a list of ``{"text", "source", "lang"}``, and ``frame``,
``topic``, ``sector``, ``kind``. Every eighth line of a file is a test frame and never trains.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from .errors import InputError
from .files import read_objects, stop
from .records import Statement

Split = Literal["train", "dev", "test"]
MINIMUM = 2  # statements of each role


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of a frame and its language (ISO 639-1); ``why`` a compatible one is no contradiction."""

    text: str
    lang: str
    source: str = "statement"
    why: str = ""

    @property
    def is_update(self) -> bool:
        """Whether it announces a change from the claims."""
        return self.why in ("update", "announced-change")


class Frame(msgspec.Struct, frozen=True):
    """One matter; see the module."""

    name: str = msgspec.field(name="frame")
    kind: str
    claim: tuple[Sentence, ...]
    against: tuple[Sentence, ...]
    beside: tuple[Sentence, ...]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Claims, negators and compatible statements, in this order."""
        return self.claim + self.against + self.beside


def split_of(line: int) -> Split:
    """Which split a frame on a line (1-based) belongs to: every 8th is test, every 32nd from the 4th on is dev."""
    if line % 8 == 0:
        return "test"
    return "dev" if line % 32 == 4 else "train"


def load_frames(folder: Path, split: Split) -> list[Frame]:
    """The frames of one split from all ``*.jsonl`` of a folder, in file and line order.

    Raises InputError for a line that is no frame, and when there is no file.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError("no frames (*.jsonl) here", str(folder))
    return [
        _frame(row, str(file), line)
        for file in files
        for line, row in read_objects(str(file), stop)
        if split_of(line) == split
    ]


def _frame(row: dict[str, object], path: str, line: int) -> Frame:
    try:
        frame = msgspec.convert(row, Frame)
    except msgspec.ValidationError as error:
        raise InputError(f"not a frame: {error}", path, line) from None
    if min(len(frame.claim), len(frame.against), len(frame.beside)) < MINIMUM:
        raise InputError(f"not a frame: fewer than {MINIMUM} claims, negators or compatible statements", path, line)
    return frame


def as_statement(sentence: Sentence, document: str, company: str = "one company") -> Statement:
    """A sentence of a frame as a company's statement in a document of its own, without a date."""
    return Statement(
        id=document, company=company, source=sentence.source, document=document, lang=sentence.lang, text=sentence.text
    )


def load_anchored(path: Path) -> list[Frame]:
    """Sentences of real documents with written partners (``text``, ``same``, ``against``, ``beside``) as frames."""

    def sentences(*texts: str) -> tuple[Sentence, ...]:
        return tuple(Sentence(text, guess_lang(text)) for text in texts)

    rows = [row for _, row in read_objects(str(path), stop)]
    return [
        Frame(r["id"], r["kind"], sentences(r["text"], *r["same"]), sentences(*r["against"]), sentences(*r["beside"]))
        for r in rows
    ]


def guess_lang(text: str) -> str:
    """Chinese or not: all that the anchored sentences, which carry no language, need."""
    return "zh" if any("一" <= c <= "鿿" for c in text) else "en"
