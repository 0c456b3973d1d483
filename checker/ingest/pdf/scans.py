"""Lines that OCR has read, made even: it measures ink, so that size and height depend on which letters a line holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ..lines import Line
from ..tidy import is_cjk_end

ALIKE = 1.2  # sizes no farther apart, one by the other, are one
ABOVE, BELOW = 0.85, 0.25  # of the size of the type above and below the baseline
_DESCENDER = 0.22  # of the size of the type
_DESCENDING = frozenset("gjpqyQçş,;()[]{}|/@§")


def evened(lines: Sequence[Line]) -> list[Line]:
    """Lines with one size for those that are about of a size, and with boxes that lie about their baselines."""
    sizes: dict[float, float] = {}
    group: list[float] = []
    for size in [*sorted(x.size for x in lines), float("inf")]:
        if group and size > ALIKE * group[0]:
            sizes |= dict.fromkeys(group, round(median(group), 1))
            group = []
        group.append(size)
    return [_on_baseline(x, sizes[x.size]) for x in lines if x.text.strip()]


def _on_baseline(line: Line, size: float) -> Line:
    if any(map(is_cjk_end, line.text[:20])):
        return replace(line, size=size)
    base = line.y1 - (_DESCENDER * size if _DESCENDING.intersection(line.text) else 0.0)
    return replace(line, size=size, y0=base - ABOVE * size, y1=base + BELOW * size)
