"""A page's words as lines: runs of words on one baseline, without a gap that may part columns or cells.

PDFium says in which order the characters come and where words end. Which words stand side by side is told by the boxes
of their first and last characters, for it writes a table's row and two columns of text alike, as words with a space.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..lines import Line
from .chars import Characters, characters
from .marks import raised_marks, without_marks
from .type import Sample, type_of
from .words import HYPHEN, Words, kinds_of, placing, turned, upright, words_of

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

GAP = 0.8  # of the height of the type: a wider space may part columns or cells
SPREAD = 2.2  # of the height of the type: justification makes spaces no wider, but for a line here and there
EVEN = 0.6  # points: the spaces of a justified line differ by less
FEW = 4  # gaps in a line that can be told from a table's row by being even


class PageLines(NamedTuple):
    """The lines of a page in the order of its content, upright ones apart from those that stand on end."""

    text: str
    codes: NDArray[np.integer[Any]]
    lines: list[Line]
    turned: list[Line]
    width: float
    height: float


def read_lines(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, clipped: bool = False) -> PageLines:
    """The lines of a page's text layer; if it is ``clipped``, without those that it does not show."""
    chars = characters(textpage)
    width, height = page.get_size()
    words = words_of(chars, placing(page), clipped)
    straight = upright(words)
    if len(words.first) and straight.mean() < 0.5:
        words = turned(words, width, height)
        width, height = height, width
        straight = upright(words)
    if straight.all():
        lines, others = _lines(chars, words), []
    else:
        lines, others = _lines(chars, words.pick(straight)), _lines(chars, words.pick(~straight))
    shown = [x for x in lines if x.x1 > 0 and x.y1 > 0 and x.x0 < width and x.y0 < height]
    return PageLines(chars.text, chars.codes, shown, others, width, height)


def _lines(chars: Characters, words: Words) -> list[Line]:
    """Words put together where one follows the other on its baseline with no wide gap."""
    import numpy as np

    if not len(words.first):
        return []
    heads, tails = words.heads, words.tails
    x0, y0 = np.minimum(heads[:, 0], tails[:, 0]), np.minimum(heads[:, 1], tails[:, 1])
    x1, y1 = np.maximum(heads[:, 2], tails[:, 2]), np.maximum(heads[:, 3], tails[:, 3])
    digits = (chars.codes[words.first] >= 48) & (chars.codes[words.first] <= 57)
    starts = _starts(x0, y0, x1, y1, digits)
    ends = np.append(starts[1:], len(x0)) - 1
    sides = (
        np.minimum.reduceat(x0, starts), np.minimum.reduceat(y0, starts),
        np.maximum.reduceat(x1, starts), np.maximum.reduceat(y1, starts),
    )  # fmt: skip
    high = heads[:, 3] - heads[:, 1]
    after = np.minimum(starts + 1, ends)
    large = np.where(high[after] > 1.1 * high[starts], after, starts)  # a line may begin with the mark of a note
    first, last = words.first[large].tolist(), words.last[ends].tolist()
    sample = Sample(first, last, high[large].tolist(), (tails[:, 3] - tails[:, 1])[ends].tolist())
    size, bold = type_of(chars, sample)
    texts = _texts(chars, words, words.first[starts], words.last[ends])
    return [Line(*line) for line in zip(texts, *(s.tolist() for s in sides), size, bold, strict=True)]


def _starts(
    x0: NDArray[np.float32], y0: NDArray[np.float32], x1: NDArray[np.float32], y1: NDArray[np.float32],
    digits: NDArray[np.bool_],
) -> NDArray[np.intp]:  # fmt: skip
    """Where lines begin among words: lower or higher than the one before, to its left, or far to its right."""
    import numpy as np

    tall = y1 - y0
    gap, least, most = x0[1:] - x1[:-1], np.minimum(tall[1:], tall[:-1]), np.maximum(tall[1:], tall[:-1])
    shared = np.minimum(y1[1:], y1[:-1]) - np.maximum(y0[1:], y0[:-1])
    level = (gap > -0.5 * most) & (shared > 0.5 * least) & (most < 2.2 * least) & (gap < SPREAD * most)
    wide = gap >= GAP * most
    if (level & wide).any():
        wide &= ~_spread(gap, level, digits)
    return np.flatnonzero(np.concatenate([[True], ~level | wide]))


def _spread(gap: NDArray[np.float32], level: NDArray[np.bool_], digits: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Gaps between words, most of them no numbers, that stand on one baseline equally far apart."""
    import numpy as np

    runs = np.flatnonzero(np.concatenate([[True], level[1:] != level[:-1]]))
    lengths = np.diff(np.append(runs, len(gap)))
    even = np.maximum.reduceat(gap, runs) - np.minimum.reduceat(gap, runs) < EVEN
    wordy = np.add.reduceat(digits[1:].astype(np.int32), runs) * 2 < lengths
    return np.repeat(even & wordy & (lengths >= FEW), lengths)


def _texts(chars: Characters, words: Words, first: NDArray[np.intp], last: NDArray[np.intp]) -> list[str]:
    """The texts of lines: a hyphen at their end as a hyphen, without the marks of notes."""
    import numpy as np

    text = chars.text
    texts = [text[a : b + 1] for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    marks = raised_marks(chars, words)
    hyphens = np.flatnonzero(kinds_of(chars) == HYPHEN)
    if marks or len(hyphens):
        at = np.concatenate([hyphens, [a for a, _ in marks]]).astype(np.intp)
        for n in set((first.searchsorted(at, "right") - 1).tolist()):
            if n >= 0:
                part = without_marks(text, int(first[n]), int(last[n]) + 1, marks).rstrip()
                part = part.replace("\ufffe", "-").replace("\x02", "-")
                texts[n] = part[:-1] + "-" if part.endswith("\xad") else part
    return texts
