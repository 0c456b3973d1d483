"""Bands of a page: strips that have a gap in common, with something on both of its sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .strips import Item, Strip, size_of

GUTTER = 0.75  # of the size of the type: a narrower gap parts nothing

Gap = tuple[float, float]


@dataclass(slots=True)
class Band:
    """Strips that have gaps in common."""

    strips: list[Strip]
    gutters: list[Gap]


def band_from(strips: list[Strip], start: int, parting: Sequence[float]) -> Band | None:
    """Strips from one on, as many as have a gap in common and no rule that parts them.

    Those at the end that stand on one side only belong to it if they are close.
    """
    least = GUTTER * size_of(strips[start])
    gutters = _gaps(strips[start], least, min(s[0].x0 for s in strips), max(x.x1 for s in strips for x in s))
    sides = _Sides()
    sides.add(strips[start])
    end, kept, beyond = start, (sides.end, sides.start), _Sides()
    for at in range(start + 1, len(strips)):
        strip = strips[at]
        common = _common(gutters, strip, least)
        sides.add(strip)
        beyond.add(strip)
        between = [g for g in common if sides.has(g)]
        if not between or any(strips[at - 1][0].y0 < y < strip[0].y1 for y in parting):
            break
        if _opens_section(strips, at, between) and not _stays_in_column(common, strips[at:], least):
            break
        gutters = common
        if len(strip) > 1 or end == at - 1 or any(map(beyond.has, gutters)):
            end, kept, beyond = at, (sides.end, sides.start), _Sides()
    sides.end, sides.start = kept
    gutters = [g for g in gutters if sides.has(g)]
    return Band(strips[start : end + 1], gutters) if gutters else None


def shared_above(flow: list[Strip], band: Band) -> int:
    """How many single lines right above a band are the beginning of one of its columns."""
    count = 0
    below = band.strips[0]
    least = 0.5 * GUTTER * size_of(below)
    for strip in reversed(flow):
        if len(strip) > 1 or not _common(band.gutters, strip, least) or _stands_apart(strip, below):
            break
        if size_of(strip) > 1.15 * size_of(below):
            break
        count, below = count + 1, strip
    return count


class _Sides:
    """How far items reach that a gap parts: what crosses none stands on one of its sides."""

    __slots__ = ("end", "start")

    def __init__(self) -> None:
        self.end, self.start = float("inf"), float("-inf")

    def add(self, items: Iterable[Item]) -> None:
        """Take in more items."""
        for x in items:
            self.end = min(self.end, x.x1)
            self.start = max(self.start, x.x0)

    def has(self, gap: Gap) -> bool:
        """Whether there is something on both sides of a gap."""
        return self.end <= gap[0] + 1 and self.start >= gap[1] - 1


def _opens_section(strips: list[Strip], at: int, gutters: list[Gap]) -> bool:
    """Whether a line at the left stands below both columns, with nothing to its right: a heading of what follows."""
    strip = strips[at]
    if len(strip) > 1 or any(strip[0].x1 > a + 1 for a, _ in gutters) or not _stands_apart(strips[at - 1], strip):
        return False
    return at + 1 == len(strips) or min(x.y0 for x in strips[at + 1]) > strip[0].y1 - 1


def _stays_in_column(gutters: list[Gap], strips: list[Strip], least: float) -> bool:
    """Whether all that follows is the rest of the columns: no line crosses into another one, or pairs with one."""
    for strip in strips:
        gutters = _common(gutters, strip, least) if len(strip) == 1 else []
        if not gutters:
            return False
    return True


def _stands_apart(above: Strip, below: Strip) -> bool:
    """Whether a strip stands well below another one."""
    gap = min(x.y0 for x in below) - max(x.y1 for x in above)
    return gap > 0.9 * size_of(below)


def _gaps(strip: Strip, least: float, left: float, right: float) -> list[Gap]:
    """The gaps between the items of a strip, which are sorted from left to right, and those beside them."""
    gaps = []
    end = left
    for item in strip:
        if item.x0 - end >= least:
            gaps.append((end, item.x0))
        end = max(end, item.x1)
    return [*gaps, (end, right)] if right - end >= least else gaps


def _common(gutters: list[Gap], strip: Strip, least: float) -> list[Gap]:
    """What of the gutters a strip leaves empty."""
    for item in strip:
        left, right = item.x0, item.x1
        for a, b in gutters:
            if a < right and b > left:
                gutters = _without(gutters, left, right, least)
                break
    return gutters


def _without(gutters: list[Gap], left: float, right: float, least: float) -> list[Gap]:
    parts = []
    for a, b in gutters:
        if b <= left or a >= right:
            parts.append((a, b))
            continue
        if left - a >= least:
            parts.append((a, left))
        if b - right >= least:
            parts.append((right, b))
    return parts
