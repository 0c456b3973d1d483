"""Tables: cells between rules, or columns of short cells side by side without any; each row becomes one of cells.

Libraries for tables in PDF (camelot, tabula, pdfplumber, img2table) work page by page in seconds; what is needed here
is less: that cells are kept out of the prose, and that a row's cells stay together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..lines import Line
from ..tidy import is_cjk_start
from .grids import TOUCH, grids
from .rules import THIN, Rule, Rules
from .text import join_two

LEAST_RULES = 3  # of a table without vertical ones
PROSE_CELL = 350  # characters: cells of more on the average are boxes of prose, not of a table
_NUMERIC = re.compile(r"[\s\d.,:;%‰()\[\]+\-–—−/*<>=~€$£¥₩]*(?:n/?[ad]\.?|k|m|bn|x|GJ|kg|t)?\s*", re.IGNORECASE)


@dataclass(slots=True)
class Table:
    """A table with its place on the page; ``rows`` are the texts of its cells."""

    rows: list[list[str]]
    x0: float
    y0: float
    x1: float
    y1: float


def is_numeric(text: str) -> bool:
    """Whether a cell holds a number, a share, an amount or nothing, and no words."""
    return len(text) < 30 and bool(_NUMERIC.fullmatch(text))


def ruled_tables(lines: list[Line], rules: Rules) -> tuple[list[Line], list[Table]]:
    """The tables that rules draw, and the lines that stand in none."""
    tables: list[Table] = []
    found = [
        part for across, down in grids(rules) for part in ([(across, down)] if down else _uncrossed(across, lines))
    ]
    for across, down in found:
        x0, x1 = min(r.start for r in across), max(r.end for r in across)
        y0, y1 = across[0].at, across[-1].at
        if down:
            x0, x1 = min(down[0].at, *(r.start for r in across)), max(down[-1].at, x1)
            y0, y1 = min(y0, *(r.start for r in down)), max(y1, *(r.end for r in down))
        inside = [x for x in lines if _within((x.x0 + x.x1) / 2, x0, x1) and _within((x.y0 + x.y1) / 2, y0, y1)]
        if not inside or (not down and _goes_beyond(inside, lines)):
            continue
        rows = _rows_of_cells(inside, across, down, x0, y0)
        if _is_table(rows, len(down)):
            taken = {id(x) for x in inside}
            lines = [x for x in lines if id(x) not in taken]
            tables.append(Table(rows, min(x0, *(x.x0 for x in inside)), y0, max(x1, *(x.x1 for x in inside)), y1))
    return lines, tables


def _uncrossed(across: list[Rule], lines: list[Line]) -> list[tuple[list[Rule], list[Rule]]]:
    """Stacks of rules without those between which text runs out to a side: that stands between two tables."""
    stacks: list[list[Rule]] = [[across[0]]]
    for above, below in pairwise(across):
        x0, x1 = above.start, above.end
        between = [x for x in lines if above.at < (x.y0 + x.y1) / 2 < below.at and x.x0 < x1 and x.x1 > x0]
        if any(x.x0 < x0 - 6 or x.x1 > x1 + 6 for x in between):
            stacks.append([])
        stacks[-1].append(below)
    return [(stack, []) for stack in stacks if len(stack) >= LEAST_RULES]


def _goes_beyond(inside: list[Line], lines: list[Line]) -> bool:
    """Whether most rows between rules go on beside them: then the rules only underline numbers."""
    taken = {id(x) for x in inside}
    beside = [(x.y0 + x.y1) / 2 for x in lines if id(x) not in taken]
    rows = [(row[0].y0 + row[0].y1) / 2 for row in rows_of(inside)]
    return sum(any(abs(y - at) < 2.5 for at in beside) for y in rows) > 0.7 * len(rows)


def _within(at: float, low: float, high: float) -> bool:
    return low - 1 <= at <= high + 1


def _is_table(rows: list[list[str]], verticals: int) -> bool:
    """Whether rows of cells between so many vertical rules are a table: more than a box or two around prose."""
    cells = [cell for row in rows for cell in row]
    if len(cells) < 4 and not (len(cells) == 3 and len(rows) == 1):
        return False
    several = sum(len(row) > 1 for row in rows)
    if several * 3 < len(rows) and not (verticals > 2 and several > 1):
        return False
    return sum(map(len, cells)) < PROSE_CELL * len(cells)


def _rows_of_cells(
    lines: Iterable[Line], across: list[Rule], down: list[Rule], x0: float, y0: float
) -> list[list[str]]:
    """The texts between rules: a row for each rule above, in it a cell for each rule to the left."""
    bands: dict[float, dict[float, list[Line]]] = {}
    for line in lines:
        x, y = (line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2
        top = max((r.at for r in across if r.at <= y and r.start - TOUCH <= x <= r.end + TOUCH), default=y0)
        left = max((r.at for r in down if r.at <= x + TOUCH / 2 and r.start - TOUCH <= y <= r.end + TOUCH), default=x0)
        row = next((t for t in bands if abs(t - top) <= THIN), top)
        cells = bands.setdefault(row, {})
        cells.setdefault(next((at for at in cells if abs(at - left) <= THIN), left), []).append(line)
    rows: list[list[str]] = []
    for top in sorted(bands):
        rows += _rows_of_band([bands[top][left] for left in sorted(bands[top])])
    return rows


def _rows_of_band(cells: list[list[Line]]) -> list[list[str]]:
    """What stands between two horizontal rules: one row, or several if a column holds numbers below each other."""
    parts = [part for cell in cells for part in _side_by_side(cell)]
    if any(sum(is_numeric(x.text) for x in part) > 1 for part in parts):
        return [[join_cell(x) for x in _side_by_side(row)] for row in rows_of(x for part in parts for x in part)]
    return [[join_cell(part) for part in parts]]


def _side_by_side(lines: list[Line]) -> list[list[Line]]:
    """Lines apart that share no stretch of the page's width, from left to right."""
    parts: list[list[Line]] = []
    end = float("-inf")
    for line in sorted(lines, key=lambda x: x.x0):
        if parts and line.x0 < end - 1:
            parts[-1].append(line)
        else:
            parts.append([line])
        end = max(end, line.x1)
    return parts


def join_cell(lines: Sequence[Line]) -> str:
    """The lines of a cell from top to bottom as one text."""
    text = ""
    for line in sorted(lines, key=lambda x: (round(x.y0 + x.y1), x.x0)):
        text = join_two(text, line.text, frozenset()) if text else line.text
    return text


def rows_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines on one baseline as a row, from left to right; rows from top to bottom."""
    rows: list[list[Line]] = []
    middle = float("-inf")
    for y, _, _, line in sorted((x.y0 + x.y1, x.x0, n, x) for n, x in enumerate(lines)):
        if rows and y - middle < 0.8 * (line.y1 - line.y0):
            rows[-1].append(line)
        else:
            rows.append([line])
            middle = y
    for row in rows:
        if len(row) > 1:
            row.sort(key=lambda x: x.x0)
    return rows


def loose_table(lines: Sequence[Line], across: Sequence[Rule] = ()) -> Table:
    """A table without vertical rules: its rows are told by baselines and by the horizontal rules between them.

    A cell that goes on below is joined to its beginning.
    """
    box = min(x.x0 for x in lines), min(x.y0 for x in lines), max(x.x1 for x in lines), max(x.y1 for x in lines)
    between = [r.at for r in across if box[1] < r.at < box[3] and r.start < box[2] and r.end > box[0]]
    rows: list[list[list[Line]]] = []
    for row in map(_side_by_side, rows_of(lines)):
        if rows and _goes_on(rows[-1], row, between):
            for part in row:
                _cell_above(rows[-1], part).extend(part)
        else:
            rows.append(row)
    return Table([[join_cell(cell) for cell in row] for row in rows], *box)


def _goes_on(row: list[list[Line]], below: list[list[Line]], rules: Sequence[float]) -> bool:
    """Whether a row only holds what did not fit into the cells above: fewer cells, no numbers, close below."""
    if len(below) >= len(row) or any(is_numeric(part[0].text) for part in below):
        return False
    top, bottom = max(x.y1 for part in row for x in part), below[0][0].y0
    high = below[0][0].y1 - below[0][0].y0
    above = [_cell_above(row, part) for part in below]
    if any(part[0].x0 > cell[0].x1 or part[-1].x1 < cell[0].x0 for part, cell in zip(below, above, strict=True)):
        return False
    middles = (row[0][0].y0 + row[0][0].y1) / 2, bottom + high / 2
    if any(middles[0] < at < middles[1] for at in rules) or bottom - top > 0.35 * high:
        return False
    first = below[0][0].text
    ruled = any(at < middles[0] for at in rules) and any(at > middles[1] for at in rules)
    return above[0] is not row[0] or first[:1].islower() or is_cjk_start(first) or ruled


def _cell_above(row: list[list[Line]], part: list[Line]) -> list[Line]:
    return min(row, key=lambda cell: abs(cell[0].x0 - part[0].x0))
