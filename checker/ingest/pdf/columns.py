"""The order in which a page is read: columns side by side, headings across them, tables.

Whitespace decides. What stands side by side is looked for from top to bottom: a gutter is a stretch of the width that
stays empty over several lines with text on both of its sides. Whether what it parts is columns of text, one to be read
after the other, or cells of a table, is told by how much they hold and whether their lines stand level.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..lines import Line
from ..tidy import width
from .bands import Gap, band_from, shared_above
from .grids import stacks
from .regions import Region, with_labels
from .rules import Rule
from .strips import Item, Strip, merged, size_of, strips_of
from .tables import Table, is_numeric, loose_table, rows_of

WIDE = 2.5  # of the size of the type: words farther apart are not of one sentence
PARTS = 0.75  # of the width of a page's text: a longer rule parts what is above it from what is below
LEVEL = 0.65  # of the lines of a table's column stand level with those of another
SAMPLE = 12  # lines of a column that are looked at
DEEPEST = 12


def reading_order(lines: Sequence[Line], tables: Sequence[Table] = (), across: Sequence[Rule] = ()) -> list[Region]:
    """The regions of a page in the order in which they are read; horizontal rules tell the rows of tables."""
    return with_labels(_Order(across, lines).regions([*lines, *tables], 0))


class _Order:
    """The regions of a page, with the rules that it draws; those across it part it, unless they are a table's."""

    def __init__(self, across: Sequence[Rule], lines: Sequence[Line]) -> None:
        self._across = across
        wide = PARTS * (max((x.x1 for x in lines), default=0.0) - min((x.x0 for x in lines), default=0.0))
        tables = {id(rule) for stack, _ in stacks(across) for rule in stack}
        self._parting = [r.at for r in across if r.end - r.start > wide and id(r) not in tables]

    def regions(self, items: list[Item], depth: int) -> list[Region]:
        """The regions of a part of the page."""
        if len(items) < 2 or depth > DEEPEST:
            return [_flow([[item] for item in items])] if items else []
        regions: list[Region] = []
        flow: list[Strip] = []
        strips = strips_of(items)
        at = 0
        while at < len(strips):
            band = band_from(strips, at, self._parting) if len(strips[at]) > 1 else None
            back = shared_above(flow, band) if band else 0
            found = self._side_by_side(flow[len(flow) - back :] + band.strips, band.gutters, depth) if band else None
            if band and found:
                if len(flow) > back:
                    regions.append(_flow(flow[: len(flow) - back]))
                flow = []
                regions += found
                at += len(band.strips)
            else:
                flow.append(strips[at])
                at += 1
        return [*regions, _flow(flow)] if flow else regions

    def _side_by_side(self, strips: list[Strip], gutters: list[Gap], depth: int) -> list[Region] | None:
        """The columns of strips one after the other, or the table that they are; None if they are neither."""
        items = [item for strip in strips for item in strip]
        single = max(map(len, strips)) <= 2
        verdicts = []
        for a, b in sorted(gutters, key=lambda g: g[0] - g[1]):
            left, right = _parted(items, (a + b) / 2)
            verdict = _verdict(left, right, b - a, single)
            if verdict == "columns":
                return [*self.regions(left, depth + 1), *self.regions(right, depth + 1)]
            verdicts.append(verdict)
        return self._table(strips) if "table" in verdicts else None

    def _table(self, strips: list[Strip]) -> list[Region]:
        """A table without rules around it; single lines above and below it are no part of it."""
        several = [n for n, strip in enumerate(strips) if len(strip) > 1]
        first, last = several[0], several[-1]
        inside = [x for strip in strips[first : last + 1] for x in strip]
        table = loose_table([x for x in inside if isinstance(x, Line)], self._across)
        regions = [Region([table, *(x for x in inside if isinstance(x, Table))], table.x0, table.x1)]
        if first:
            regions.insert(0, _flow(strips[:first]))
        return [*regions, _flow(strips[last + 1 :])] if last + 1 < len(strips) else regions


def _parted(items: list[Item], at: float) -> tuple[list[Item], list[Item]]:
    return [x for x in items if x.x0 + x.x1 < 2 * at], [x for x in items if x.x0 + x.x1 >= 2 * at]


def _verdict(left: list[Item], right: list[Item], gutter: float, single: bool) -> str:
    """Whether what stands left and right of a gutter is columns, a table, or too little to tell.

    ``single``: no two lines of one side stand side by side.
    """
    sides = [[x for x in side if isinstance(x, Line)] for side in (left, right)]
    if not all(sides):
        return "columns"
    rows = [[[x] for x in side] if single else rows_of(side) for side in sides]
    fewest = min(map(len, rows))
    if all(map(_is_prose, rows)):
        return "columns" if fewest > 2 or (fewest == 2 and gutter > 2 * size_of(left + right)) else "too little"
    level = _level(*sides)
    if level < LEVEL and (fewest > 1 or gutter > 2 * size_of(left + right)):
        return "columns"
    return "table" if fewest > 1 and level >= LEVEL else "too little"


def _is_prose(rows: list[list[Line]]) -> bool:
    """Whether lines fill the width that they have, with words: told by some of them if they are many."""
    span = max(row[-1].x1 for row in rows) - min(row[0].x0 for row in rows)
    rows = rows[:: max(1, len(rows) // SAMPLE)]
    filled = sum(x.x1 - x.x0 for row in rows for x in row) / len(rows)
    if filled < 0.55 * span:
        return False
    long = sum(width(x.text) for row in rows for x in row) / len(rows)
    numbers = sum(2 * sum(is_numeric(x.text) for x in row) >= len(row) for row in rows)
    return long >= 18 and numbers * 4 <= len(rows)


def _level(left: list[Line], right: list[Line]) -> float:
    """The share of the lines on the side with fewer of them that stand level with one on the other side."""
    few, many = sorted((left, right), key=len)
    middles = {round((x.y0 + x.y1) / 2 + near) for x in many for near in (-1.5, 0, 1.5)}
    return sum(round((x.y0 + x.y1) / 2) in middles for x in few) / len(few)


def _flow(strips: list[Strip]) -> Region:
    """Strips read one after the other: words on one baseline as a line, or as cells where they stand far apart."""
    items: list[Item] = []
    for strip in strips:
        if len(strip) == 1:
            items.append(strip[0])
        else:
            items += _row_items(strip)
    return Region(items, min(x.x0 for x in items), max(x.x1 for x in items))


def _row_items(strip: list[Item]) -> list[Item]:
    """Words side by side as a line, as cells where they stand far apart."""
    lines = [x for x in strip if isinstance(x, Line)]
    items: list[Item] = [x for x in strip if isinstance(x, Table)]
    for row in rows_of(lines):
        parts = [row[0]]
        for x in row[1:]:
            if x.x0 - parts[-1].x1 < WIDE * max(x.size, parts[-1].size):
                parts[-1] = merged(parts[-1], x)
            else:
                parts.append(x)
        if len(parts) == 1:
            items.append(parts[0])
        else:
            box = parts[0].x0, min(x.y0 for x in parts), parts[-1].x1, max(x.y1 for x in parts)
            items.append(Table([[x.text for x in parts]], *box))
    return sorted(items, key=lambda x: x.y0)
