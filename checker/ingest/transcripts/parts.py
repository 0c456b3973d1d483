"""The turns of a transcript, and where its questions begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..blocks import Turn
from .heads import Head
from .labels import Form
from .names import tokens_of, without_honorific
from .sides import Role
from .words import inside

_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Sr|Sra|Inc|Co|No|[A-Z])\.$")
_ASKING = re.compile(r"[?？]")


@dataclass(slots=True)
class Spoken:
    """One turn: who speaks, in which blocks, what; ``role`` and ``questions`` are filled in step by step."""

    head: Head | None
    form: Form = ""
    given: Turn = field(default_factory=Turn)
    blocks: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    under_questions: bool = False  # it comes after the heading of that part
    role: Role | None = None

    @property
    def speaker(self) -> str | None:
        """The name as it is written, if the turn has one."""
        return self.head.speaker if self.head else None

    @property
    def name(self) -> str | None:
        """The name without what courtesy puts before it ("Mr.", "Dr.")."""
        return without_honorific(self.speaker) if self.speaker else None

    @property
    def who(self) -> str:
        """What tells this speaker from others; empty for a turn without a name."""
        if self.head is None:
            return ""
        return " ".join(tokens_of(self.head.speaker)) or self.head.speaker.casefold()

    @property
    def is_person(self) -> bool:
        """Whether a label names a person, rather than a side."""
        return self.head is not None and self.head.kind == "person"

    @property
    def leads(self) -> bool:
        """Whether an operator speaks."""
        return self.role == "operator"

    def asks(self) -> bool:
        """Whether there is a question in it."""
        return any(_ASKING.search(text) for text in self.texts)

    def sentences(self, last: int = 0) -> list[str]:
        """Its sentences, or the last few."""
        texts = self.texts[-2:] if last else self.texts
        found = [sentence for text in texts for sentence in split_roughly(text)]
        return found[-last:] if last else found


def split_roughly(text: str) -> list[str]:
    """Sentences, near enough to look for words in: no cut after "Mr." or an initial."""
    found: list[str] = []
    for piece in _SENTENCE.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return [piece for piece in found if piece.strip()]


def questions_begin(turns: Sequence[Spoken]) -> int | None:
    """The first turn of the questions and answers: by heading, by an announcement, or by the first who asks."""
    headed = next((i for i, turn in enumerate(turns) if turn.under_questions), None)
    asked = next((i for i, turn in enumerate(turns) if turn.form == "question" or turn.role == "analyst"), None)
    if headed is not None:
        return headed if asked is None else min(headed, asked)
    opened = _opened(turns)
    found = [index for index in (asked, opened) if index is not None]
    return min(found) if found else None


def _opened(turns: Sequence[Spoken]) -> int | None:
    """Where an operator opens the questions; or where somebody else does, right before who asks or announces one."""
    seen: set[str] = set()
    for index, turn in enumerate(turns):
        seen.add(turn.who)
        after = turns[index + 1] if index + 1 < len(turns) else None
        if turn.leads and any(_opens(s) and (index or inside("asks_next", s)) for s in turn.sentences()):
            return index
        if after is None or turn.role == "analyst" or not any(_opens(s) for s in turn.sentences(last=4)):
            continue
        if index == 0 or after.leads or after.role == "analyst" or (after.who not in seen and after.role is None):
            return index + 1
    return None


def _opens(sentence: str) -> bool:
    return inside("opens", sentence) and not inside("later", sentence)
