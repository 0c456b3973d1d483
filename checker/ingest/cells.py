"""Cells of a row of a table as one text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .tidy import tidy

_SIGN = re.compile(r"(?:[A-Z]{0,3}[$€£¥₩]|[(\[]|[$€£¥]\s*\()\Z")  # stands before its number
_TAIL = re.compile(r"(?:[)\]%‰]|\)\s*%|%\s*\))\Z")  # stands after its number
UNITS = re.compile(
    r"\(?(?:(?:all )?(?:amounts|figures|dollars|numbers)\s)?(?:are |stated |expressed )*(?:in|en)\s(?:\S+\s){0,2}?"
    r"(?:thousands?|millions?|billions?|Tausend|Mio|millones|milliers)\b|[（(]?(?:単位|单位|單位)[：:]",
    re.IGNORECASE,
)  # what stands above a table to say in what it counts
_NUMBER = re.compile(r"\(?[-–−+]?\s?(?:[A-Z]{0,3}[$€£¥₩])?\s?\(?[\d.,]*\d\s?\)?%?\Z|[-–—]\Z")


def merge(cells: Iterable[str], tails: bool = True) -> list[str]:
    """Cells without empty ones; currency signs and brackets in cells of their own join their number.

    So do, with ``tails``, the closing brackets and percent signs that follow it.
    """
    merged: list[str] = []
    for cell in (tidy(c) for c in cells):
        if not cell:
            continue
        if tails and merged and _TAIL.match(cell) and (is_number(merged[-1]) or merged[-1][-1:].isdigit()):
            merged[-1] += cell.replace(" ", "")
        elif merged and _SIGN.match(merged[-1]) and cell[0] in "0123456789(-–—−.":
            merged[-1] = merged[-1].replace(" ", "") + cell
        else:
            merged.append(cell)
    return merged


def row_text(cells: Iterable[str], tails: bool = True) -> str:
    """A row as one line: its cells, merged, joined by " | "."""
    return " | ".join(merge(cells, tails))


def is_number(cell: str) -> bool:
    """Whether a cell holds a figure (or the dash that stands for none) and no words."""
    return bool(_NUMBER.match(cell.strip()))
