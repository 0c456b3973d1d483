"""A line of a page with its box: what a text layer and OCR both give, and what layout works on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A run of words on one baseline within one column, in points from the page's top left corner (y grows down).

    ``size`` is the height of its type in points, ``bold`` whether most of its characters are bold.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
