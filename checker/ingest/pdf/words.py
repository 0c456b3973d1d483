"""The words of a page: where each begins and ends, in the text and on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .chars import Characters
from .clips import shown

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

    Placing = Callable[[NDArray[np.float32]], NDArray[np.float32]]

SPACE, HYPHEN = 1, 2
WIDEST = 0.62  # of the height of the type: how wide characters with spaces are on the average, if nothing parts them
HYPHENS = "\ufffe\x02\xad"  # what PDFium makes of a hyphen at the end of a line, and soft hyphens
_SPACES = [
    *range(9, 14),
    *range(28, 33),
    0x85,
    0xA0,
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
    0x205F,
    0x3000,
]


class Words(NamedTuple):
    """The first and last character of each word, and their boxes: left, top, right, bottom from the top left corner."""

    first: NDArray[np.intp]
    last: NDArray[np.intp]
    heads: NDArray[np.float32]
    tails: NDArray[np.float32]

    def pick(self, mask: NDArray[np.bool_]) -> Words:
        """Some of the words."""
        return Words(self.first[mask], self.last[mask], self.heads[mask], self.tails[mask])


def words_of(chars: Characters, place: Placing, clipped: bool) -> Words:
    """The words of a page; if it is ``clipped``, without those that it does not show.

    Runs of characters between spaces; a hyphen at the end of a line ends a word too, for no space follows it. Several
    words count as one where they were written in one piece with plain spaces between them.
    """
    import numpy as np

    kinds = kinds_of(chars)
    inside, cut = kinds != SPACE, kinds == HYPHEN
    before = np.empty_like(inside)
    before[:1], before[1:] = False, inside[:-1] & ~cut[:-1]
    after = np.empty_like(inside)
    after[-1:], after[:-1] = False, inside[1:] & ~cut[:-1]
    first, last = np.flatnonzero(inside & ~before), np.flatnonzero(inside & ~after)
    first, last = _pieces(chars, first, last, cut)
    boxes = chars.boxes([*first.tolist(), *last.tolist()])
    placed = place(boxes)
    words = Words(first, last, placed[: len(first)], placed[len(first) :])
    return words.pick(np.array(shown(boxes[: len(first)], chars.objects(first.tolist())), bool)) if clipped else words


def _pieces(
    chars: Characters, first: NDArray[np.intp], last: NDArray[np.intp], cut: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Words of one line that one text object writes, with spaces that are characters, as one.

    Whoever sets columns or cells moves from one to the next, and PDFium makes up the space between them. A line that is
    wider than its letters make it is left in words, in case that a program moves within an object.
    """
    import numpy as np

    if len(first) < 3:
        return first, last
    breaks = np.cumsum((chars.codes == 10) | (chars.codes == 13))
    rows = np.flatnonzero(np.concatenate([[True], (breaks[first[1:]] != breaks[last[:-1]]) | cut[last[:-1]]]))
    ends = np.append(rows[1:], len(first)) - 1
    plain = np.ones(len(first), bool)
    plain[1:] = (first[1:] - last[:-1] == 2) & (chars.codes[last[:-1] + 1] == 32)
    plain[rows] = True
    several = np.logical_and.reduceat(plain, rows) & (ends > rows + 1)
    starts, stops = first[rows[several]].tolist(), last[ends[several]].tolist()
    spaces = (last[rows[several]] + 1).tolist()
    same = [
        a == b and not made_up
        for a, b, made_up in zip(chars.objects(starts), chars.objects(stops), chars.made_up(spaces), strict=True)
    ]
    boxes = chars.boxes([*starts, *stops])
    heads, tails = boxes[: len(starts)], boxes[len(starts) :]
    high = np.abs(heads[:, 1] - heads[:, 3])
    usual = np.abs(tails[:, 2] - heads[:, 0]) < WIDEST * high * (np.array(stops) - np.array(starts) + 1)
    several[several] = np.array(same, bool) & usual
    kept = np.repeat(several, ends - rows + 1)
    opens, closes = ~kept, ~kept
    opens[rows], closes[ends] = True, True
    return first[opens], last[closes]


def kinds_of(chars: Characters) -> NDArray[np.int8]:
    """For each character SPACE, HYPHEN (at the end of a line) or 0."""
    import numpy as np

    found: NDArray[np.int8] = _kinds()[np.minimum(chars.codes, 0xFFFF)]
    return found


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.int8]:
    import numpy as np

    kinds = np.zeros(0x10000, np.int8)
    kinds[_SPACES] = SPACE
    kinds[[ord(c) for c in HYPHENS]] = HYPHEN
    return kinds


def placing(page: pdfium.PdfPage) -> Placing:
    """What turns boxes (left, top, right, bottom; y grows up) into boxes from the top left corner of what is shown."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()

    def place(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        import numpy as np

        x0, y1, x1, y0 = boxes.T
        if turn == 90:
            sides = [y0 - bottom, x0 - left, y1 - bottom, x1 - left]
        elif turn == 180:
            sides = [right - x1, y0 - bottom, right - x0, y1 - bottom]
        elif turn == 270:
            sides = [top - y1, right - x1, top - y0, right - x0]
        else:
            sides = [x0 - left, top - y1, x1 - left, top - y0]
        return np.stack(sides, axis=1)

    return place


def upright(words: Words) -> NDArray[np.bool_]:
    """Which words run from left to right; a single character does as the word before it."""
    import numpy as np

    dx = np.abs(words.tails[:, 0] - words.heads[:, 0])
    dy = np.abs(words.tails[:, 1] - words.heads[:, 1])
    turned = dy > np.maximum(dx, 1.0) * 1.5
    if turned.any():
        single = words.first == words.last
        previous = np.concatenate([[False], turned[:-1]])
        beside = np.zeros(len(single), bool)
        beside[1:] = np.abs(words.heads[1:, 0] - words.heads[:-1, 0]) < 2
        turned |= single & previous & beside
    straight: NDArray[np.bool_] = ~turned
    return straight


def turned(words: Words, width: float, height: float) -> Words:
    """The words of a page that runs up or down, as they stand when it is turned to be read."""
    import numpy as np

    up = bool((words.tails[:, 1] - words.heads[:, 1]).sum() < 0)

    def turn(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        x0, y0, x1, y1 = boxes.T
        return np.stack([height - y1, x0, height - y0, x1] if up else [y0, width - x1, y1, width - x0], axis=1)

    return Words(words.first, words.last, turn(words.heads), turn(words.tails))
