"""The rules that a page draws: thin lines and bars, as tables have them around and between their cells."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from .chars import function, pointer

if TYPE_CHECKING:
    import pypdfium2 as pdfium

THIN = 2.6  # points: what is drawn thinner is a line
SHORT = 5.0  # points: a shorter line rules nothing
NEAR = 4.0  # points between the ends of lines that are one
DOT = (1.2, 7.0)  # points: how wide and high bullets are that are drawn
ALONE = 8.0  # points around a bullet without another one
MOST_DOTS = 200
MOST = 20_000  # objects of a page that are looked at; a page with more is a drawing
_PATH, _FORM = 2, 5


class Rule(NamedTuple):
    """A straight line: at ``at`` across its direction, from ``start`` to ``end`` along it, from the top left corner."""

    at: float
    start: float
    end: float


class Rules(NamedTuple):
    """The horizontal and the vertical rules of a page, each from top left to bottom right; right edge and middle of
    the dots that it draws as bullets."""

    across: list[Rule]
    down: list[Rule]
    dots: list[tuple[float, float]]


class Drawings(NamedTuple):
    """What a page draws beside text: paths, and whether it has parts with edges of their own."""

    paths: list[int]
    forms: bool


def drawings(page: pdfium.PdfPage) -> Drawings:
    """The drawings of a page."""
    from pypdfium2 import raw

    count = min(raw.FPDFPage_CountObjects(page.raw), MOST)
    objects = list(map(function("FPDFPage_GetObject"), repeat(pointer(page.raw)), range(count)))
    types = list(map(function("FPDFPageObj_GetType"), objects))
    return Drawings([o for o, kind in zip(objects, types, strict=True) if kind == _PATH], _FORM in types)


def read_rules(page: pdfium.PdfPage, paths: list[int]) -> Rules:
    """The rules of a page that is shown upright; of a turned one none."""
    import numpy as np

    if not paths or page.get_rotation():
        return Rules([], [], [])
    sides = np.zeros((4, len(paths)), np.float32)
    places = [range(row.ctypes.data, row.ctypes.data + row.nbytes, 4) for row in sides]
    deque(map(function("FPDFPageObj_GetBounds"), paths, *places), maxlen=0)
    left, _, _, top = page.get_bbox()
    x0, y1, x1, y0 = sides[0] - left, top - sides[1], sides[2] - left, top - sides[3]
    flat = (y1 - y0 <= THIN) & (x1 - x0 >= SHORT)
    tall = (x1 - x0 <= THIN) & (y1 - y0 >= SHORT)
    across = zip(((y0 + y1) / 2)[flat].tolist(), x0[flat].tolist(), x1[flat].tolist(), strict=True)
    down = zip(((x0 + x1) / 2)[tall].tolist(), y0[tall].tolist(), y1[tall].tolist(), strict=True)
    wide, high = x1 - x0, y1 - y0
    dot = (wide > DOT[0]) & (wide < DOT[1]) & (high > DOT[0]) & (high < DOT[1]) & (np.abs(wide - high) < 0.7)
    dots = list(zip(x1[dot].tolist(), ((y0 + y1) / 2)[dot].tolist(), strict=True))
    return Rules(_joined(across), _joined(down), _apart(dots) if len(dots) <= MOST_DOTS else [])


def _apart(dots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Dots that stand alone: several close together are an icon or a pattern."""
    return [d for d in dots if sum(abs(d[0] - x) < ALONE and abs(d[1] - y) < ALONE for x, y in dots) == 1]


def _joined(pieces: Iterable[tuple[float, float, float]]) -> list[Rule]:
    """Pieces of one line made one: tables draw a line for each cell, and often twice."""
    rules: list[Rule] = []
    for at, start, end in sorted(pieces, key=lambda p: (round(p[0] / THIN), p[1])):
        last = rules[-1] if rules else None
        if last and abs(last.at - at) <= THIN and start <= last.end + NEAR:
            rules[-1] = Rule(last.at, last.start, max(last.end, end))
        else:
            rules.append(Rule(at, start, end))
    return sorted(rules)
