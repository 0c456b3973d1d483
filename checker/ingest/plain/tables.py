"""Tables of fixed width: which lines are rows, where their cells are, and which cells go on in the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..cells import is_number, row_text
from ..markers import MARKER
from ..tidy import ends_sentence, join
from .layout import Line, Wrap

_LEADER = re.compile(r"(?:\s?\.){4,}")
_CELL = re.compile(r"\S+(?: {1,2}\S+)*")
_FIGURE_CELL = re.compile(r"(?<=\S) {2,}(?=\(?[-$€£¥]?\s?\(?[\d.,]*\d[\d.,]*\)?%?(?: {2,}|\Z))")


class Cell(NamedTuple):
    """The text of a cell and the columns it takes."""

    text: str
    start: int
    end: int


def cells_of(line: Line) -> list[Cell]:
    """The cells of a line: what gaps of three spaces (two before a figure) or dot leaders part."""
    text = _LEADER.sub(lambda m: " " * len(m[0]), line.text)
    text = _FIGURE_CELL.sub(lambda m: m[0] + " ", text) if "  " in text.strip() else text
    return [Cell(m[0], *m.span()) for m in _CELL.finditer(text)]


def is_row(line: Line) -> bool:
    """Whether a line has cells; a marker and its entry are none."""
    text = line.text.lstrip()
    found = MARKER.match(text)
    if found and len(found[0]) > len(found["marker"]) + 1:
        inner = Line(text[found.end() :], line.segment)
        return len(cells_of(inner)) > 1 and _has_figure(inner)
    return len(cells_of(line)) > 1


def _has_figure(line: Line) -> bool:
    return any(is_number(cell.text) for cell in cells_of(line)[1:])


def table_spans(group: Sequence[Line], wrap: Wrap) -> list[tuple[int, int]]:
    """Where in a group of lines tables are: at least two rows, or one with figures, and short lines between them."""
    if group[0].in_table:
        return _without_prose(group, wrap)
    rows = [i for i, line in enumerate(group) if not line.rule and is_row(line)]
    strong = [i for i in rows if _has_figure(group[i]) or len(cells_of(group[i])) > 2]
    if not strong and (len(rows) < 2 or len(rows) < 0.5 * len(group)):
        return []
    first, last = (strong or rows)[0], (strong or rows)[-1]
    first = _labels_above(group, min(first, rows[0]), wrap)
    last = max(last, rows[-1])
    while last + 1 < len(group) and group[last + 1].rule:
        last += 1
    return _cut_prose(group, first, last + 1, wrap)


def _labels_above(group: Sequence[Line], first: int, wrap: Wrap) -> int:
    """The first of the short lines above a first row that label it."""
    while first and not wrap.full(group[first - 1], 0.7) and not ends_sentence(group[first - 1].text):
        first -= 1
    return first


def _without_prose(group: Sequence[Line], wrap: Wrap) -> list[tuple[int, int]]:
    return _cut_prose(group, 0, len(group), wrap)


def _cut_prose(group: Sequence[Line], first: int, last: int, wrap: Wrap) -> list[tuple[int, int]]:
    """Parts of a span that are not running text: two lines and more, without cells, of which one fills the width."""
    spans, start, i = [], first, first
    while i < last:
        j = i
        while j < last and not group[j].rule and not is_row(group[j]):
            j += 1
        if j - i > 1 and any(line.right - line.indent > 0.6 * wrap.column > 0 for line in group[i : j - 1]):
            if i > start:
                spans.append((start, i))
            start = j
        i = max(j, i) + 1
    if start < last:
        spans.append((start, last))
    return spans


def rows_of(lines: Sequence[Line]) -> list[str]:
    """The rows of a table as texts; a label that goes on in the next line is one label."""
    rows: list[str] = []
    pending = ""
    for line in lines:
        if line.rule:
            continue
        cells = cells_of(line)
        texts = [cell.text for cell in cells]
        if pending and texts[0][0].islower():
            texts[0] = join(pending, texts[0])
        elif pending:
            rows.append(row_text([pending]))
        pending = texts[0] if len(texts) == 1 and not ends_sentence(texts[0]) else ""
        if not pending:
            rows.append(row_text(texts, tails=False))
    return [*rows, *([row_text([pending])] if pending else [])]
