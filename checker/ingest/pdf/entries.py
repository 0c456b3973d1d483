"""Bullets and numbers of list entries put before the text that they belong to: they often stand apart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ..lines import Line
from ..markers import MARKER

REACH = 5  # times the size of the type between a marker and its entry
NUMBER_REACH = 2.5  # between the number of a page and its title in a table of contents
SECTION_REACH = 12  # between "ITEM 1." and its title
MOST = 500  # markers of a page
_SECTION = re.compile(r"(?:ITEM|Item|PART|Part|SECTION|Section|ARTICLE|Article)\s+(?:\d{1,3}[A-Z]?|[IVXLC]+)[.:]?")
_DASHES = "\u2010\u2011\u2012\u2043\u2212"


def with_markers(lines: Sequence[Line], dots: Sequence[tuple[float, float]] = ()) -> list[Line]:
    """Lines with the markers to their left, written or drawn as dots, put before them."""
    lines = [
        replace(x, text="-" + x.text[1:]) if x.text[0] in _DASHES and x.text[1:2] in ("", " ") else x for x in lines
    ]
    short = [x for x in lines if len(x.text) <= 14]
    markers = [x for x in short if _is_marker(x.text)][:MOST] + _numbers(short)
    if not markers and not dots:
        return lines
    apart = {id(x) for x in markers}
    texts = [x for x in lines if id(x) not in apart and any(map(str.isalpha, x.text))]
    entries: dict[int, Line] = {}
    for marker in markers:
        reach = SECTION_REACH if len(marker.text) > 6 else (NUMBER_REACH if marker.text.isdigit() else REACH)
        reach *= max(marker.size, 6)
        entry = _beside(texts, marker.x1 - 1, marker.x1 + reach, (marker.y0 + marker.y1) / 2)
        if entry and id(entry) not in entries:
            entries[id(entry)] = replace(entry, text=f"{marker.text}  {entry.text}", x0=marker.x0)
            apart.remove(id(marker))
            entries[id(marker)] = marker
    for right, middle in dots:
        entry = _beside(texts, right, right + 25, middle)
        if entry and id(entry) not in entries and len(entry.text) > 3 and not _has_marker(entry.text):
            entries[id(entry)] = replace(entry, text=f"•  {entry.text}", x0=right - 4)
    return [entries.get(id(x), x) for x in lines if entries.get(id(x)) is not x]


def _is_marker(text: str) -> bool:
    if len(text) > 6:
        return bool(_SECTION.fullmatch(text))
    found = MARKER.match(f"{text}  X")
    return bool(found and found["marker"] == text)


def _numbers(lines: Sequence[Line]) -> list[Line]:
    """Numbers that stand below each other, such as those of pages before their titles."""
    numbers = [x for x in lines if len(x.text) <= 3 and x.text.isdigit()][:MOST]
    starts, ends = Counter(round(x.x0 / 2) for x in numbers), Counter(round(x.x1 / 2) for x in numbers)
    return [x for x in numbers if starts[round(x.x0 / 2)] > 2 or ends[round(x.x1 / 2)] > 2]


def _has_marker(text: str) -> bool:
    return not text[0].isalnum() and bool(MARKER.match(text))


def _beside(lines: Sequence[Line], left: float, right: float, middle: float) -> Line | None:
    """The first line at a height whose beginning is in reach."""
    found = [x for x in lines if left < x.x0 < right and x.y0 < middle < x.y1]
    return min(found, key=lambda x: x.x0, default=None)
