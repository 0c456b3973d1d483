"""Blocks cut at labels: the speech of each turn without its label, the rest as furniture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from ..blocks import Block, Turn
from .cast import Cast
from .heads import Head, parse_head
from .labels import Label, is_end, is_section, is_title_line
from .parts import Spoken
from .words import plain

_WORD = re.compile(r"\w")


class _Cutter:
    """Blocks and turns so far; ``current`` is the turn that what comes next belongs to."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.turns: list[Spoken] = []
        self.current: Spoken | None = None
        self.ended = False
        self.questions = False

    def begin(self, label: Label) -> None:
        """A turn begins."""
        self.current = Spoken(label.head, label.form, under_questions=self.questions)
        self.turns.append(self.current)
        self.ended = False

    def say(self, block: Block) -> None:
        """The current turn's speech, or what stands before the first one."""
        if self.ended or not _WORD.search(block.text):
            self.aside(block)
            return
        if self.current is not None and block.kind != "furniture":
            self.current.blocks.append(len(self.blocks))
            self.current.texts.append(block.text)
        self.blocks.append(block)

    def aside(self, block: Block) -> None:
        """A block that nobody speaks."""
        self.blocks.append(msgspec.structs.replace(block, kind="furniture", turn=None))

    def section(self, block: Block) -> bool:
        """Take a block that is the heading of a part."""
        text = plain(block.text)
        questions = is_section(text, "questions")
        if not questions and not is_section(text, "prepared"):
            return False
        self.questions = questions and bool(self.turns)
        self.blocks.append(msgspec.structs.replace(block, kind="heading", turn=None))
        return True

    def end(self, block: Block) -> None:
        """The last word has been said: what follows, up to the next label, is the publisher's."""
        self.current, self.ended = None, True
        self.aside(block)


def cut(blocks: Sequence[Block], labels: Sequence[Label], cast: Cast) -> tuple[list[Block], list[Spoken]]:
    """The blocks without their labels, and the turns with the blocks each holds; a block with two turns becomes two."""
    by_block: dict[int, list[Label]] = defaultdict(list)
    for label in labels:
        by_block[label.block].append(label)
    cutter = _Cutter()
    last: Label | None = None
    for index, block in enumerate(blocks):
        if index in by_block:
            _cut_block(cutter, block, by_block[index])
            last = by_block[index][-1]
        elif index in cast.blocks:
            cutter.current = None
            cutter.aside(block)
        elif cutter.section(block):
            pass
        elif last is not None and is_title_line(blocks, index, last):
            cutter.aside(block)
        elif cutter.current is not None and is_end(block.text):
            cutter.end(block)
        else:
            cutter.say(block)
    return cutter.blocks, [turn for turn in cutter.turns if turn.blocks]


def _cut_block(cutter: _Cutter, block: Block, labels: Sequence[Label]) -> None:
    before = piece(block, 0, labels[0].start)
    if before is not None and not cutter.section(before):
        spoken = cutter.current is not None
        cutter.say(before if spoken else msgspec.structs.replace(before, kind=block.kind, level=block.level))
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        cutter.begin(label)
        speech = piece(block, label.end, following.start if following else len(block.text))
        if speech is not None:
            cutter.say(speech)
        elif label.end > label.start and len(labels) == 1:
            cutter.aside(block)


def piece(block: Block, start: int, end: int) -> Block | None:
    """Part of a block with the page on which it begins; None for nothing but spaces."""
    text = block.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if not text:
        return None
    if len(text) == len(block.text):
        return block
    pages = [page for offset, page in block.breaks if offset <= start]
    breaks = [(offset - start, page) for offset, page in block.breaks if start < offset < start + len(text)]
    kind = "paragraph" if block.kind in ("heading", "row") else block.kind
    return msgspec.structs.replace(
        block, kind=kind, text=text, page=pages[-1] if pages else block.page, breaks=breaks, level=0
    )


def given(blocks: Sequence[Block], cast: Cast) -> tuple[list[Block], list[Spoken]]:
    """The turns that a reader has marked; blocks of the same speaker in a row are one turn."""
    cutter = _Cutter()
    last: Turn | None = None
    for index, block in enumerate(blocks):
        turn = block.turn
        if turn is None or block.kind == "furniture":
            _take_unspoken(cutter, block, index in cast.blocks)
        elif turn.speaker and is_end(turn.speaker):
            cutter.aside(block)
        else:
            if turn != last or cutter.current is None:
                cutter.begin(Label(index, 0, 0, "line", _head(turn)))
                cutter.turns[-1].given = turn
                cutter.turns[-1].under_questions |= turn.part == "questions and answers"
            cutter.say(block)
        last = turn
    return cutter.blocks, [turn for turn in cutter.turns if turn.blocks]


def _take_unspoken(cutter: _Cutter, block: Block, listed: bool) -> None:
    cutter.current = None
    if listed:
        cutter.aside(block)
    elif not cutter.section(block):
        cutter.blocks.append(block)


def _head(turn: Turn) -> Head | None:
    if not turn.speaker:
        return None
    return parse_head(turn.speaker, single=True) or Head(turn.speaker)
