"""The raised marks of notes in a text: taken off, for "in 2017¹¹" is no number of six digits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .chars import Characters
from .words import Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLOSING = (",", ".", ";", ":", ")")
_UNITS = re.compile(r"(?:^|[^\w])(?:[kcdmµ]?m|ft|in|yd|mi|10|CO|O|N|H|SF|NF)\Z")
_MARK = re.compile(r"[\d*†‡§,()]{1,5}\Z")


def raised_marks(chars: Characters, words: Words) -> list[tuple[int, int]]:
    """Start and end of digits and signs set smaller and higher than what they follow."""
    import numpy as np

    head, tail = words.heads, words.tails
    high = head[:, 3] - head[:, 1]
    small = (tail[:, 3] - tail[:, 1] < 0.85 * high) & (tail[:, 3] < head[:, 3] - 0.1 * high)
    marks = [
        _tail_mark(chars, a, b) for a, b in zip(words.first[small].tolist(), words.last[small].tolist(), strict=True)
    ]
    lower = (high[1:] < 0.85 * high[:-1]) & (head[1:, 3] < head[:-1, 3] - 0.1 * high[:-1])
    close = (np.abs(head[1:, 0] - tail[:-1, 2]) < high[:-1]) & (head[1:, 1] > head[:-1, 1] - 0.5 * high[:-1])
    for i in np.flatnonzero(lower & close).tolist():
        a, b = int(words.first[i + 1]), int(words.last[i + 1]) + 1
        if _MARK.match(chars.text[a:b]):
            marks.append((a, b))
    return sorted({*marks, *_inner_marks(chars, words)} - {(0, 0)})


def without_marks(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> str:
    """The characters from start to end without marks; one at the start stays, for it tells which note begins there."""
    part = text[start:end]
    for a, b in reversed(marks):
        if start < a and b <= end:
            before, after = part[: a - start], part[b - start :]
            closed = after.lstrip()[:1] in CLOSING
            part = before.rstrip() + after.lstrip() if closed else before + after
    return part


def _tail_mark(chars: Characters, first: int, last: int) -> tuple[int, int]:
    """The raised digits and signs that a word ends in; (0, 0) if they are part of it, as in m2."""
    start = max(first + 1, last - 4)
    boxes = chars.boxes([first, *range(start, last + 1)]).tolist()
    at = last + 1
    while at > start and _is_raised(boxes[at - start], boxes[0]):
        at -= 1
    unit = _UNITS.search(chars.text[max(0, at - 4) : at])
    return (at, last + 1) if _MARK.match(chars.text[at : last + 1]) and not unit else (0, 0)


def _is_raised(mark: list[float], base: list[float]) -> bool:
    """Whether a character (left, top, right, bottom; y grows up) is smaller than another, and stands higher."""
    high = base[1] - base[3]
    return mark[1] - mark[3] < 0.85 * high and mark[3] > base[3] + 0.1 * high


def _inner_marks(chars: Characters, words: Words) -> list[tuple[int, int]]:
    """Raised digits before the comma or full stop that ends a word."""
    last, codes = words.last, chars.codes
    ends = words.last[_closing()[codes[last] & 0x7F] & (codes[last] < 128) & (last > words.first + 1)]
    before = codes[ends - 1]
    digits = ends[(before >= 48) & (before <= 57)] - 1
    if not len(digits):
        return []
    first = words.first[words.first.searchsorted(digits, "right") - 1].tolist()
    boxes = zip(chars.boxes(digits.tolist()).tolist(), chars.boxes(first).tolist(), strict=True)
    return [
        _tail_mark(chars, a, b)
        for a, b, (mark, base) in zip(first, digits.tolist(), boxes, strict=True)
        if _is_raised(mark, base)
    ]


@lru_cache(maxsize=1)
def _closing() -> NDArray[np.bool_]:
    import numpy as np

    return np.array([chr(c) in CLOSING for c in range(128)])
