"""Runs of text between two block elements, as drafts that remember how they look and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..blocks import BlockKind
from ..drafts import Draft
from ..markers import MARKER
from ..tidy import ends_sentence, is_cjk_end, join_lines, tidy
from .style import PLAIN, Style
from .tree import Element

LINE_BREAK = "\x1e"  # stands for <br> in a run
_CJK = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60"
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])[ \t]*\n\s*(?=[{_CJK}])")
_BULLET_ONLY = re.compile(r"[•·▪●○◦■□◆*–—-]?\Z")
_NOTE_NUMBER = re.compile(r"\s*(?:\d{1,2}(?:,\s?\d{1,2}){0,5}|[a-z])\s*\Z")
_UNIT = re.compile(r"\b(?:[kcm]?m|ft|CO|s)\Z")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WINGDINGS = str.maketrans(
    {
        "þ": "☒",
        "x": "☒",
        "ý": "☒",
        "o": "☐",
        "¨": "☐",
        "q": "☐",
        "ü": "✓",
        "§": "•",
        "Ø": "•",
        "v": "•",
        "l": "•",
        "n": "•",
    }
)
SHORT_LINE = 45  # characters; a line broken so early was meant to end there


class Run(NamedTuple):
    """Text in one style; ``link`` says that it leads elsewhere."""

    text: str
    style: Style = PLAIN
    link: bool = False


def shown(text: str, style: Style, before: str) -> str:
    """Text as its font and position make it read: signs of Wingdings, and a raised number set apart from a figure.

    "2040" with a raised "1" is a year and its note, "2040[1]", and not 20401; "m" with a raised "2" is m².
    """
    if style.symbols:
        return text.translate(_WINGDINGS)
    if style.raised and _NOTE_NUMBER.match(text) and not before.endswith("("):
        number = text.strip()
        return number.translate(_RAISED) if _UNIT.search(before) else f"[{number}]"
    return text


@dataclass(slots=True)
class Chunk(Draft):
    """A draft of a block of a page. ``bold``, ``italic``, ``underlined`` and ``links`` are shares of its characters.

    ``tag`` is the element that makes it what it is (h2, li, td), ``region`` why it may be furniture.
    """

    tag: str = ""
    region: str = ""
    element: Element = None
    bold: float = 0.0
    italic: float = 0.0
    underlined: float = 0.0
    links: float = 0.0
    centred: bool = False
    size: float = 0.0


def collapse(text: str) -> str:
    """Text as a browser shows it: white space is one space, none where a line of Chinese or Japanese is broken."""
    return tidy(text if text.isascii() else _CJK_BREAK.sub("", text))


def chunks_of(runs: Sequence[Run], kind: BlockKind = "paragraph") -> Iterator[Chunk]:
    """The paragraphs of runs: cut where a <br> ends a sentence, a short line or a bold one, else joined over it."""
    lines: list[Chunk] = []
    for line in _lines(runs):
        chunk = _measured(line, kind)
        if lines and (not chunk.text or _cut(lines[-1], chunk)):  # it has no text between two <br>
            yield _joined(lines)
            lines = []
        if chunk.text:
            lines.append(chunk)
    if lines:
        yield _joined(lines)


def _joined(lines: Sequence[Chunk]) -> Chunk:
    first = lines[0]
    first.text = join_lines(line.text for line in lines)
    return first


def _lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        if LINE_BREAK not in run.text:
            line.append(run)
            continue
        first, *others = run.text.split(LINE_BREAK)
        line.append(run._replace(text=first))
        for text in others:
            yield line
            line = [run._replace(text=text)]
    yield line


def _measured(line: Sequence[Run], kind: BlockKind) -> Chunk:
    """A line of runs with the shares of its characters that are bold, italic, underlined and links."""
    sizes = [sum(not c.isspace() for c in run.text) if len(run.text) < 200 else len(run.text) for run in line]
    total = sum(sizes) or 1

    def share(flags: Sequence[bool | None]) -> float:
        return sum(n for n, flag in zip(sizes, flags, strict=True) if flag) / total

    largest = max(zip(sizes, line, strict=True), key=lambda pair: pair[0], default=(0, Run("")))[1]
    return Chunk(
        text=collapse("".join(run.text for run in line)), kind=kind,
        bold=share([r.style.bold for r in line]), italic=share([r.style.italic for r in line]),
        underlined=share([r.style.underlined for r in line]), links=share([r.link for r in line]),
        centred=bool(largest.style.centred), size=largest.style.size or 0.0,
    )  # fmt: skip


def _cut(above: Chunk, below: Chunk) -> bool:
    """Whether a line break between two lines ends a paragraph."""
    if _BULLET_ONLY.match(above.text):
        return False
    if ends_sentence(above.text) or MARKER.match(below.text):
        return True
    if (above.bold > 0.9) != (below.bold > 0.9) and not above.centred:
        return True
    if is_cjk_end(above.text):
        return len(above.text) < SHORT_LINE / 3 and above.text[-1] not in "，、"
    short = len(above.text) < SHORT_LINE and above.kind != "heading"
    return short and not above.centred and (below.text[0].isupper() or below.text[0].isdigit())
