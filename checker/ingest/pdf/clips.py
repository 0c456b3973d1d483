"""Text that a page holds but does not show, because it lies beyond the edges of what it is part of.

Charts that were cut out of a larger drawing bring its other labels along; they stand anywhere on the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from .chars import function

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLACK = 2.0  # points
MOST_SEGMENTS = 12  # of a path that is an edge; one with more is cut around a shape


class Clip(NamedTuple):
    """The rectangle in which something is shown, in PDFium's coordinates (y grows up)."""

    left: float
    bottom: float
    right: float
    top: float


def shown(boxes: NDArray[np.float32], objects: list[int | None]) -> list[bool]:
    """For each box (left, top, right, bottom) with its text object whether its middle is within that one's edges."""
    clips = {o: _clip(o) for o in set(objects)}
    return [_within(box, clips[o]) for box, o in zip(boxes.tolist(), objects, strict=True)]


def _within(box: Iterable[float], clip: Clip | None) -> bool:
    if clip is None:
        return True
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    return clip.left - SLACK <= x <= clip.right + SLACK and clip.bottom - SLACK <= y <= clip.top + SLACK


def _clip(text_object: int | None) -> Clip | None:
    """The rectangle around the edges of an object."""
    path = function("FPDFPageObj_GetClipPath")(text_object) if text_object else None
    if not path:
        return None
    clip: Clip | None = None
    for n in range(min(function("FPDFClipPath_CountPaths")(path), 8)):
        box = _box(path, n)
        if box:
            clip = Clip(*map(max, box[:2], clip[:2]), *map(min, box[2:], clip[2:])) if clip else box
    return clip


def _box(path: int, n: int) -> Clip | None:
    count = function("FPDFClipPath_CountPathSegments")(path, n)
    if not 2 < count <= MOST_SEGMENTS:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for at in range(count):
        segment = function("FPDFClipPath_GetPathSegment")(path, n, at)
        if function("FPDFPathSegment_GetPoint")(segment, ctypes.addressof(x), ctypes.addressof(y)):
            points.append((x.value, y.value))
    if not points:
        return None
    return Clip(
        min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points)
    )
