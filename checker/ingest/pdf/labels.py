"""Labels of charts and diagrams: short texts in small type all over a page, some of them on two or three lines."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ..lines import Line
from .regions import Region
from .tables import Table, is_numeric

SHORT = 30  # characters: half of the lines are no longer
CLOSE = 0.5  # of the size of the type between the lines of a label
ROWS = 3  # a table with fewer rows is labels side by side
MOST = 1_000  # lines


def with_whole_labels(regions: Sequence[Region]) -> list[Region]:
    """Regions of small type in which lines of a label stand together, wherever others stand beside them."""
    kept = [r for r in regions if any(isinstance(x, Table) and len(x.rows) >= ROWS for x in r.items)]
    lines = [x for r in regions if r not in kept for x in r.items if isinstance(x, Line)]
    if not lines or len(lines) > MOST or median(len(x.text) for x in lines) > SHORT:
        return list(regions)
    others = [r for r in regions if r not in kept and not any(isinstance(x, Line) for x in r.items)]
    labels = [Region([*group], min(x.x0 for x in group), max(x.x1 for x in group)) for group in _groups(lines)]
    return [*kept, *others, *labels]


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines right below each other that share most of their width."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (x.y0, x.x0)):
        above = next((g for g in groups if _continues(g[-1], line)), None)
        if above:
            above.append(line)
        else:
            groups.append([line])
    return groups


def _continues(above: Line, line: Line) -> bool:
    if abs(above.size - line.size) > 0.3 or is_numeric(above.text) or is_numeric(line.text):
        return False
    shared = min(above.x1, line.x1) - max(above.x0, line.x0)
    close = -CLOSE * line.size < line.y0 - above.y1 < CLOSE * line.size
    return close and shared > 0.5 * min(above.x1 - above.x0, line.x1 - line.x0)
