"""The order in which the shapes of a slide are read: cut along the widest gaps, as a reader's eye does.

python-pptx gives shapes in the order in which they are drawn. Top to bottom alone reads across columns; a recursive
X-Y cut (Nagy and Seth, 1984) keeps the heading of a column with what stands below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_OVERLAP = 0.12  # of a box's height or width that may reach into the next: frames are larger than their text
_DEEPEST = 12


class Box(NamedTuple):
    """A shape's place on the slide in any unit, y grows downwards; ``key`` says which shape it is."""

    x0: float
    y0: float
    x1: float
    y1: float
    key: int


def in_order(boxes: Sequence[Box], depth: int = 0) -> list[int]:
    """The keys of the boxes in reading order."""
    if len(boxes) < 2 or depth > _DEEPEST:
        return [box.key for box in sorted(boxes, key=lambda b: (b.y0, b.x0, b.key))]
    rows, columns = _gap(boxes, 1), _gap(boxes, 0)
    if rows is None and columns is None:
        return [box.key for box in sorted(boxes, key=lambda b: (b.y0, b.x0, b.key))]
    across = columns is None or (rows is not None and rows[0] >= columns[0])
    cut = rows if across else columns
    assert cut is not None
    first = [b for b in boxes if _middle(b, across) < cut[1]]
    second = [b for b in boxes if _middle(b, across) >= cut[1]]
    return in_order(first, depth + 1) + in_order(second, depth + 1)


def _gap(boxes: Sequence[Box], axis: int) -> tuple[float, float] | None:
    """The widest gap that parts the boxes along an axis (0: x, 1: y), and where it is; None where none does."""
    spans = sorted(_shrunk(b[axis], b[axis + 2]) for b in boxes)
    reach, best = spans[0][1], None
    for start, end in spans[1:]:
        if start >= reach and (best is None or start - reach > best[0]):
            best = (start - reach, (start + reach) / 2)
        reach = max(reach, end)
    return best


def _shrunk(start: float, end: float) -> tuple[float, float]:
    margin = (end - start) * _OVERLAP
    return start + margin, end - margin


def _middle(box: Box, across: bool) -> float:
    return (box.y0 + box.y1) / 2 if across else (box.x0 + box.x1) / 2
