"""A page in strips: what shares a stretch of its height, from top to bottom; justified lines put together in them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ..lines import Line
from .tables import Table, is_numeric

EVEN = 0.8  # points: spaces of a justified line differ by less
_LETTERS = 0.45  # of the size of the type above and below the middle of a line; the rest is space between lines

Item = Line | Table
Strip = list[Item]


def strips_of(items: Iterable[Item]) -> list[Strip]:
    """Items that share a stretch of the page's height, from top to bottom, in each from left to right."""
    edges = []
    for n, item in enumerate(items):
        top, end = item.y0, item.y1
        if isinstance(item, Line):
            middle, half = (top + end) / 2, _LETTERS * item.size
            if half * 2 < end - top:
                top, end = middle - half, middle + half
        edges.append((top, end, n, item))
    edges.sort()
    strips: list[Strip] = []
    bottom = float("-inf")
    for top, end, _, item in edges:
        if top < bottom - 0.5:
            strips[-1].append(item)
            bottom = max(bottom, end)
        else:
            strips.append([item])
            bottom = end
    for strip in strips:
        if len(strip) > 1:
            strip.sort(key=_left)
    return _with_justified(strips)


def _left(item: Item) -> float:
    return item.x0


def size_of(items: Iterable[Item]) -> float:
    """The size of the largest type among items."""
    return max((x.size for x in items if isinstance(x, Line)), default=10.0)


def merged(a: Line, b: Line) -> Line:
    """Two lines side by side as one."""
    return Line(
        f"{a.text} {b.text}", a.x0, min(a.y0, b.y0), max(a.x1, b.x1), max(a.y1, b.y1), max(a.size, b.size),
        a.bold and b.bold,
    )  # fmt: skip


def _with_justified(strips: list[Strip]) -> list[Strip]:
    """Strips in which words that justification spread are a line again: it ends where the line above or below does."""
    result: list[Strip] = []
    for n, strip in enumerate(strips):
        words = _words(strip) if len(strip) > 1 and not _is_pair(strip) else []
        if words:
            before = (strips if len(strip) == 2 else result)[n - 1] if n else []
            beside = [s[0] for s in (before, strips[n + 1] if n + 1 < len(strips) else []) if len(s) == 1]
            if _is_justified(words, beside):
                line = words[0]
                for x in words[1:]:
                    line = merged(line, x)
                result.append([line])
                continue
        result.append(strip)
    return result


def _is_pair(strip: Strip) -> bool:
    """Whether a strip is two lines too far apart for words of one line, which fill their width for the most part."""
    if len(strip) > 2:
        return False
    a, b = strip
    gap = b.x0 - a.x1
    return gap > (1.1 * a.size if isinstance(a, Line) else 0.0) and gap < 0.5 * (b.x1 - a.x0)


def _words(strip: Strip) -> list[Line]:
    """The lines of a strip, if it holds nothing else and most of them are words."""
    lines = [x for x in strip if isinstance(x, Line)]
    if len(lines) < len(strip) or sum(is_numeric(x.text) for x in lines) * 2 >= len(lines):
        return []
    return lines


def _is_justified(words: list[Line], beside: list[Item]) -> bool:
    """Whether words are one line that justification spread.

    They stand equally far apart, or about so and end where a line close by does, or few of them fill its width.
    """
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    even = len(gaps) > 1 and max(gaps) - min(gaps) < EVEN
    if not even and not beside:
        return False
    size = size_of(words)
    if any(abs(x.y1 - words[0].y1) > 0.4 * size for x in words):
        return False
    return even or any(_fits(words, gaps, size, x) for x in beside)


def _fits(words: list[Line], gaps: list[float], size: float, beside: Item) -> bool:
    left, right = abs(beside.x0 - words[0].x0), abs(beside.x1 - words[-1].x1)
    if right >= 2 or not isinstance(beside, Line) or abs(beside.size - size) > 1:
        return False
    sparse = sum(gaps) > 0.5 * (words[-1].x1 - words[0].x0)
    if sparse and left < 1.5 and max(beside.y0, words[0].y0) - min(beside.y1, words[0].y1) < size:
        return True
    most = 1.1 * size if len(gaps) == 1 else min(5 * size, 2.5 * max(min(gaps), 1.0))
    return max(gaps) < most and beside.x0 < words[0].x0 + 2 * size
