"""Regions of a page, and what of them belongs to the tables between which they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..lines import Line
from .strips import Item
from .tables import Table

CLOSE = 1.5  # of the size of the type: what stands no farther from a table belongs to it
FEW = 2  # lines between two parts of a table
SHORT = 15  # characters of a line that may end anywhere
SHARED = 4  # lines that end at one place: the edge of their column, or of a picture beside them
LABEL = 45  # characters of a label or of the head of columns


@dataclass(slots=True)
class Region:
    """What is read from top to bottom without a look aside: lines, rows of cells and tables."""

    items: list[Item]
    left: float
    right: float
    _ends: frozenset[int] | None = field(default=None, repr=False, compare=False)

    def is_shared_end(self, x: float) -> bool:
        """Whether several lines of text end at a place, to the point."""
        if self._ends is None:
            ends = Counter(round(i.x1) for i in self.items if isinstance(i, Line) and len(i.text) > SHORT)
            self._ends = frozenset(e for e in ends if ends[e - 1] + ends[e] + ends[e + 1] >= SHARED)
        return round(x) in self._ends


def with_labels(regions: Sequence[Region]) -> list[Region]:
    """Regions in which labels between the rows of a table, and heads above its columns, are rows themselves."""
    items = [(region, n) for region in regions for n in range(len(region.items))]
    for place, (region, n) in enumerate(items):
        item = region.items[n]
        if isinstance(item, Line) and len(item.text) <= LABEL:
            below = next((r.items[i] for r, i in items[place + 1 : place + 1 + FEW] if _is_table(r.items[i])), None)
            above = next((r.items[i] for r, i in items[max(place - FEW, 0) : place] if _is_table(r.items[i])), None)
            if isinstance(below, Table) and (_is_head(item, below) or _is_label(item, above, below)):
                region.items[n] = Table([[item.text]], item.x0, item.y0, item.x1, item.y1)
    return list(regions)


def _is_table(item: Item) -> bool:
    return isinstance(item, Table) and len(item.rows) > 1


def _is_head(line: Line, table: Table) -> bool:
    """Whether a line stands right above the columns of a table, and not where its text begins."""
    inside = line.x0 > table.x0 + 0.3 * (table.x1 - table.x0) and line.x1 < table.x1 + 2 * line.size
    return inside and 0 <= table.y0 - line.y0 < CLOSE * FEW * line.size


def _is_label(line: Line, above: Item | None, below: Table) -> bool:
    """Whether a line stands between two tables as the labels of their rows do."""
    if not isinstance(above, Table) or abs(line.x0 - below.x0) > 4 or abs(line.x0 - above.x0) > 4:
        return False
    reach = CLOSE * (FEW + 1) * line.size
    return 0 <= below.y0 - line.y0 < reach and 0 <= line.y1 - above.y1 < reach and line.x1 < (below.x0 + below.x1) / 2
