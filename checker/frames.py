"""Statement frames: one matter each, with claims, their contradictions and hard negatives.

A frame is one JSON object a line: ``claim`` (ways to state one position), ``against`` (each contradicts every claim),
``beside`` (same matter, compatible with every claim), each a list of ``{"text", "source", "lang"}``, and ``frame``,
``topic``, ``sector``, ``kind``. Every eighth line of a file is a test frame and never trains.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

ROLES = ("claim", "against", "beside")
Split = Literal["train", "dev", "test"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a frame and its language (ISO 639-1)."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One matter; see the module."""

    name: str
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
    """The frames of one split from all ``*.jsonl`` of a folder, in file and line order."""
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise SystemExit(f"{folder}: no frames (*.jsonl) here; give the folder with --frames")
    return [
        _frame(json.loads(row))
        for file in files
        for line, row in enumerate(file.read_text("utf-8").splitlines(), 1)
        if split_of(line) == split
    ]


def load_anchored(path: Path) -> list[Frame]:
    """Sentences of real documents with written partners (``text``, ``same``, ``against``, ``beside``) as frames."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Frame(row["id"], row["kind"], *(tuple(Sentence(t, guess_lang(t)) for t in texts) for texts in (
            (row["text"], *row["same"]), row["against"], row["beside"])))
        for row in rows
    ]  # fmt: skip


def guess_lang(text: str) -> str:
    """Chinese or not: all that the anchored sentences, which carry no language, need."""
    return "zh" if any("一" <= c <= "鿿" for c in text) else "en"


def _frame(row: dict[str, Any]) -> Frame:
    parts = (tuple(Sentence(s["text"], s["lang"]) for s in row[role]) for role in ROLES)
    return Frame(row["frame"], row["kind"], *parts)
