"""Labels of speakers at the head of blocks, in the forms that publishers print them.

Jane Roe, Acme Inc. - CEO [3]        numbered, with the speech behind or in the next block
Jane Roe: … / JANE ROE (CEO): … / 张三: …    a colon, with the speech behind or in the next blocks
Jane Roe -- Chief Executive Officer  a line of its own, as is a bare name that is listed or comes again
<Q - Ann Example - Some Bank>: …     a side and a name
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..blocks import Block
from .heads import Head, has_title, parse_head
from .names import is_name
from .words import fold, opens_with, pattern, plain, whole

Style = Literal["number", "colon", "line", "form"]
Form = Literal["", "question", "answer"]
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_NUMBERED = re.compile(r"(?P<head>[^\[\]]{1,200}?)\s*\[(?P<number>\d{1,4})\](?:\s+|$)")
_SIDED = re.compile(r"<\s*(?P<side>[QA])\s*[-–—]\s*(?P<head>[^<>]{2,150})>\s*:?\s*")
_BRACKETED = re.compile(r"【(?P<head>[^【】]{1,40})】\s*:?\s*")
_SIDE_AND_SPACE = re.compile(r"(?P<head>[\u3040-\u9fff]{2,8}[0-9A-Z]{0,2}) (?=\S{6})")
_COLON = re.compile(
    rf"(?:[\[(]?{_TIME}[\])]?\s*[-–—]?\s*)?(?P<head>[^:\n]{{1,200}}?)\s*(?:[\[(]{_TIME}[\])]\s*:?|:(?!//))(?:\s+|(?=\D)|$)"
)
_INNER = re.compile(
    r"(?<=[.!?…\"”)\]])\s+(?P<head>[A-Z][^:.!?;()]{1,60}):\s+|(?<=[。!?])\s*(?P<east>[^:。!?,、;]{2,20}):\s*"
)
_PREFIX = re.compile(r"(?P<head>[^:.!?。！？,，]{2,30}?)\s?:\s*")
_TABULAR = ("row", "footnote", "caption")
_LONG = 600  # characters
_TIMED_LINE = re.compile(rf"(?P<head>[^:\n]{{1,100}}?)\s+[\[(]?{_TIME}[\])]?")
_ENDS = re.compile(r"[.!?。！？;:,、…]$")
_ABBREVIATED = re.compile(r"\b(?:Inc|Ltd|Co|Corp|LLC|plc|Jr|Sr|S\.A|N\.V|Cos|Bros|(?<=\s)[A-Z])\.$")
_SIDE = re.compile(r"\s+(?P<side>[QA])$")
MAX_LINE = 200


@dataclass(frozen=True, slots=True)
class Label:
    """Characters ``start`` to ``end`` of a block that name a speaker or a side; the speech begins at ``end``."""

    block: int
    start: int
    end: int
    style: Style
    head: Head | None = None
    form: Form = ""
    number: int = 0
    listed: bool = False


def speaker_labels(blocks: Sequence[Block], is_listed: Callable[[str], bool], fences: frozenset[int]) -> list[Label]:
    """What may be labels of speakers, ``fences`` are blocks that no one speaks."""
    found: list[Label] = []
    skip = -1
    for index, block in enumerate(blocks):
        if block.kind == "furniture" or index in fences or index == skip:
            continue
        text = plain(block.text)
        label = _numbered(index, text) if block.kind in _TABULAR else _label_of(index, text)
        inner = _inner(index, text, is_listed) if len(text) >= _LONG and block.kind not in _TABULAR else []
        if label is None:
            found += inner
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if label.style == "line" and following is not None and index + 1 not in fences:
            label, skip = _with_title_line(label, plain(following.text), index, skip)
        if label.head:
            label = replace(label, listed=label.head.kind == "person" and is_listed(label.head.speaker))
        found += [label, *(other for other in inner if other.start >= label.end)]
    return sorted([*found, *_companies(blocks, found)], key=lambda label: (label.block, label.start))


def _companies(blocks: Sequence[Block], found: Sequence[Label]) -> list[Label]:
    """What answers under a name that is no person's: the same words and a colon below "Investor:", each time."""
    taken = {label.block for label in found}
    below = [label.block + 1 for label in found if label.style == "colon" and label.head and label.head.kind == "asks"]
    free = [index for index in below if index < len(blocks) and index not in taken]
    prefixes = {index: match for index in free if (match := _PREFIX.match(plain(blocks[index].text)))}
    often = Counter(match["head"] for match in prefixes.values())
    return [
        Label(index, 0, match.end(), "colon", Head(match["head"], kind="company", sure=True))
        for index, match in prefixes.items()
        if often[match["head"]] > 1
    ]


def _inner(index: int, text: str, is_listed: Callable[[str], bool]) -> list[Label]:
    """Labels with a colon after the end of a sentence, in a block long enough to hold several turns."""
    labels = []
    for match in _INNER.finditer(text):
        group = "head" if match["head"] else "east"
        head = parse_head(match[group])
        if head:
            listed = head.kind == "person" and is_listed(head.speaker)
            labels.append(Label(index, match.start(group), match.end(), "colon", head, listed=listed))
    return labels


def _label_of(index: int, text: str) -> Label | None:
    if _NUMBERED.match(text):
        return _numbered(index, text)
    if match := _SIDED.match(text):
        head = parse_head(match["head"], single=True)
        return Label(index, 0, match.end(), "colon", head, _form(match["side"])) if head else None
    if match := _BRACKETED.match(text):
        head = parse_head(match["head"])
        return Label(index, 0, match.end(), "colon", head) if head else None
    return _colon(index, text) or _spaced(index, text) or _line(index, text)


def _numbered(index: int, text: str) -> Label | None:
    """A label with a number, which a reader may have taken for a row of a table for the spaces in it."""
    match = _NUMBERED.match(text)
    start = _behind_section(match["head"]) if match else 0
    head = parse_head(match["head"][start:].replace(" | ", " "), single=True) if match else None
    return Label(index, start, match.end(), "number", head, number=int(match["number"])) if match and head else None


def _behind_section(text: str) -> int:
    """Where a label begins behind the heading of a part that a reader joined to it ("Presentation Operator [1]")."""
    folded = fold(text)
    ends = [match.end() for name in ("questions", "prepared") if (match := pattern(name).match(folded))]
    end = max(ends, default=0)
    return end + 1 if 0 < end < len(text) - 1 and len(folded) == len(text) and text[end].isspace() else 0


def _colon(index: int, text: str) -> Label | None:
    match = _COLON.match(text)
    head = parse_head(match["head"], single=True) if match else None
    return Label(index, 0, match.end(), "colon", head) if match and head else None


def _spaced(index: int, text: str) -> Label | None:
    """A word for a side and a space, in scripts that write none between words ("司会 ただいまより…")."""
    match = _SIDE_AND_SPACE.match(text)
    head = parse_head(match["head"]) if match else None
    return Label(index, 0, match.end(), "colon", head) if match and head and head.kind in ("operator", "asks") else None


def _line(index: int, text: str) -> Label | None:
    """A block that is nothing but a name, perhaps with a title, a bank, a time, or FactSet's Q or A at its end."""
    text = text.strip()
    if len(text) > MAX_LINE or text.startswith(("[", "(")) or _is_sentence(text):
        return None
    timed = _TIMED_LINE.fullmatch(text)
    bare, form = _without_side(timed["head"] if timed else text)
    head = parse_head(bare, single=" " not in bare)
    return Label(index, 0, len(text), "line", head, form) if head else None


def _with_title_line(label: Label, following: str, index: int, skip: int) -> tuple[Label, int]:
    """The label with the title that the next block holds, and that block's number, if it does ("Analyst, Bank  Q")."""
    head = label.head
    bare, form = _without_side(following.strip())
    if head is None or head.about or head.kind != "person" or len(bare) > MAX_LINE or _is_sentence(bare):
        return label, skip
    if not (has_title(bare) or form) or (is_name(bare.split(",")[0]) and not has_title(bare.split(",")[0])):
        return label, skip
    about = replace(head, about=bare, sure=True)
    return replace(label, head=about, form=form or label.form, end=label.end), index + 1


def _is_sentence(text: str) -> bool:
    return bool(_ENDS.search(text)) and not _ABBREVIATED.search(text)


def _without_side(text: str) -> tuple[str, Form]:
    match = _SIDE.search(text)
    return (text[: match.start()], _form(match["side"])) if match and " " in text[: match.start()] else (text, "")


def _form(side: str) -> Form:
    return "question" if side == "Q" else "answer"


def is_title_line(blocks: Sequence[Block], index: int, label: Label) -> bool:
    """Whether the block after a label is the title that the label took over."""
    head = label.head
    if head is None or label.style != "line" or index != label.block + 1:
        return False
    return bool(head.about) and _without_side(plain(blocks[index].text).strip())[0] == head.about


def key(head: Head) -> str:
    """What tells one label's speaker from another's: the name as it is written, without case."""
    return " ".join(head.speaker.casefold().split())


def is_section(text: str, section: str) -> bool:
    """Whether a block is a heading of that section: the words alone, perhaps with a colon, a number or dashes."""
    return len(text) <= 80 and whole(section, text)


def is_end(text: str) -> bool:
    """Whether a block opens what a publisher prints after the last word."""
    return opens_with("end", text)
