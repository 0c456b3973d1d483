"""Running headers, footers and page numbers: what pages repeat at one place, and numbers that count them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ..lines import Line

MARGIN = 0.14  # of the page's height at the top and at the bottom, where furniture stands
ROWS = 2  # at the top and at the bottom of a page, wherever they stand, that may be furniture
SAME = 3.0  # points: what stands no further apart stands at one height
OFTEN = 3  # pages that repeat a text
DENSE = 0.4  # of the pages from the first to the last that has it
RUNNING = 0.3  # of all pages have a text that runs through the document
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_NUMBER = re.compile(
    r"[\s\-–—|]{0,3}(?P<before>(?:page|seite|pagina|pág(?:ina)?|pag|p)\b[\s.:]{0,3}|[a-z]-|第|\|?)\s?"
    r"(?P<number>\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|von|di|de|sur?)\s*\d{1,4}|\s*[页頁]?)[\s\-–—|]{0,3}",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Found(NamedTuple):
    """What of a page is furniture, and the lines that are left."""

    furniture: list[Line]
    rest: list[Line]


class _Candidate(NamedTuple):
    page: int
    key: str
    slot: tuple[bool, int]
    line: Line


def part_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[Found]:
    """The lines of each page without its furniture, and the furniture."""
    candidates = [
        _Candidate(n, _key(line.text), (top, round((line.y0 if top else height - line.y1) / SAME)), line)
        for n, (lines, height) in enumerate(zip(pages, heights, strict=True))
        for line, top in _outer(lines, height)
    ]
    furniture = {id(c.line) for c in [*_repeated(candidates, len(pages)), *_numbers(candidates, len(pages))]}
    return [
        Found([x for x in lines if id(x) in furniture], [x for x in lines if id(x) not in furniture]) for lines in pages
    ]


def _often(pages: set[int], count: int, least: int = OFTEN) -> bool:
    """Whether what stands on some of a document's pages runs through it, or through a stretch of it."""
    if len(pages) < (least if count > 4 else 2):
        return False
    return len(pages) >= DENSE * (max(pages) - min(pages) + 1)


def _key(text: str) -> str:
    """A text without its numbers, unless there is nothing else in it."""
    key = _DIGITS.sub("#", text.lower())
    return key if any(map(str.isalpha, key)) or len(text) < 6 else text


def _outer(lines: Sequence[Line], height: float) -> list[tuple[Line, bool]]:
    """Lines in the margins or among the first and last rows of a page, and whether they are of the upper ones."""
    if not lines:
        return []
    tops = sorted([x.y0 for x in lines])
    first, last = _row(tops, 1), _row(tops[::-1], -1)
    low, high = max(MARGIN * height, first + 1), min((1 - MARGIN) * height, last - 1)
    return [(x, x.y0 < height / 2) for x in lines if x.y0 < low or x.y0 > high]


def _row(tops: list[float], step: int) -> float:
    """Where the last of the outer rows begins, from one side: rows are parted by half a line."""
    rows = 1
    at = tops[0]
    for top in tops:
        if (top - at) * step > 5:
            if rows == ROWS:
                break
            rows += 1
            at = top
    return at


def _repeated(candidates: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """Texts that stand on several pages at one height, and what stands beside those that run through the document."""
    places: dict[tuple[str, bool], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for c in candidates:
        for near in (-1, 0, 1):
            places[c.key, c.slot[0]][c.slot[1] + near].add(c.page)
    found = [
        c for c in candidates
        if any(map(str.isalnum, c.key))
        and _often(places[c.key, c.slot[0]][c.slot[1]], count, OFTEN + 2 * ("#" in c.key))
    ]  # fmt: skip
    chosen = {id(c.line) for c in found}
    rows: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for c in found:
        if len(places[c.key, c.slot[0]][c.slot[1]]) > max(OFTEN, RUNNING * count):
            rows[c.page, round(c.line.y0)].append(c.line)
    chosen = {id(c.line) for c in found}
    beside = [c for c in candidates if id(c.line) not in chosen and len(c.line.text) < 90]
    return found + [
        c for c in beside if any(abs(x.y1 - c.line.y1) < 1 for x in rows.get((c.page, round(c.line.y0)), ()))
    ]


def _numbers(candidates: Sequence[_Candidate], count: int) -> list[_Candidate]:
    """Numbers that count the pages, at whatever height."""
    counted: dict[tuple[str, int, bool], list[_Candidate]] = defaultdict(list)
    for c in candidates:
        match = _NUMBER.fullmatch(c.line.text) if len(c.line.text) < 32 else None
        if match:
            before = match["before"].strip().lower()
            counted[before, _value(match["number"]) - c.page, c.slot[0]].append(c)
    return [c for group in counted.values() if _often({c.page for c in group}, count) for c in group]


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    values = [_ROMAN[c] for c in number.lower()]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
