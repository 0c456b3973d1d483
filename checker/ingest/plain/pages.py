"""Pages of running text: the numbers printed on them, and headers and footers that they repeat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ..tidy import tidy
from .layout import Line

_NUMBER = re.compile(
    r"(?P<dash>[-–—])?\s*(?:Page|page|PAGE|Seite|p\.)?\s*(?P<number>\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}-\d{1,4})"
    r"\s*(?P<total>(?:of|/|von)\s*\d{1,4})?\s*(?P<after>[-–—])?\Z"
)
_EDGE = 3  # lines at the top and bottom of a page that may be a header or footer
_REPEATED = 3  # pages on which they must stand


def printed_number(text: str) -> tuple[str, bool] | None:
    """The page number that a line is, and whether it cannot be anything else ("- 12 -", "Page 3 of 10")."""
    text = text.strip()
    if len(text) > 30 or not (found := _NUMBER.match(text)):
        return None
    plain = found.end() - found.start() == len(found["number"])
    dashed = bool(found["dash"]) and bool(found["after"])
    if found["dash"] and not dashed:
        return None
    return found["number"], dashed or not plain


def page_numbers(printed: Sequence[str | None]) -> list[int | None]:
    """The page of each stretch of a document: what is printed on it, or follows from its neighbours.

    Where fewer than half carry a number that continues the one before, it is their position, from 1.
    """
    values = [int(p) if p and p.isdecimal() else None for p in printed]
    steps = sum(b is not None and a is not None and b == a + 1 for a, b in pairwise(values))
    if len(values) < 2 or steps < 0.5 * (len(values) - 1):
        return list(range(1, len(values) + 1))
    for order in (range(1, len(values)), range(len(values) - 2, -1, -1)):
        for i in order:
            near, step = (i - 1, 1) if order.step > 0 else (i + 1, -1)
            known = values[near]
            if values[i] is None and not printed[i] and known is not None and known + step > 0:
                values[i] = known + step
    return values


def set_pages(lines: list[Line]) -> list[int | None]:
    """Mark page numbers and repeated headers and footers among lines; the page of each segment, none without pages.

    Without form feeds the numbers themselves part the pages: as headers if nothing to speak of stands before the first.
    """
    paged = any(line.segment for line in lines)
    numbers = _candidates(lines, paged)
    if not paged and numbers:
        _part(lines, [i for i, _ in numbers])
    segments = lines[-1].segment + 1 if lines else 0
    if segments < 2:
        return []
    for i, _ in numbers:
        lines[i].aside = True
    _mark_repeated(lines, segments)
    printed: list[str | None] = [None] * segments
    for i, number in numbers:
        printed[lines[i].segment] = number
    return page_numbers(printed)


def _candidates(lines: Sequence[Line], paged: bool) -> list[tuple[int, str]]:
    """Lines that are page numbers: alone on their line, and either unmistakable, at a page's edge, or in sequence."""
    found = []
    for i, line in enumerate(lines):
        number = None if line.blank else printed_number(line.text)
        if number and _is_alone(lines, i):
            found.append((i, *number))
    if paged:
        return [(i, n) for i, n, sure in found if sure or _at_edge(lines, i)]
    sure = [(i, n) for i, n, certain in found if certain]
    return sure if len(sure) > 1 else sequence([(i, n) for i, n, _ in found])


def _is_alone(lines: Sequence[Line], i: int) -> bool:
    def free(j: int) -> bool:
        return not 0 <= j < len(lines) or lines[j].blank or lines[j].segment != lines[i].segment

    return free(i - 1) and free(i + 1)


def _at_edge(lines: Sequence[Line], i: int) -> bool:
    """Whether only blank lines stand between a line and a page break."""
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(lines) and lines[j].blank and lines[j].segment == lines[i].segment:
            j += step
        if not 0 <= j < len(lines) or lines[j].segment != lines[i].segment:
            return True
    return False


def sequence(numbers: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Plain numbers that count up one by one, three at least."""
    run: list[tuple[int, str]] = []
    for i, n in numbers:
        if n.isdecimal() and (not run or int(n) == int(run[-1][1]) + 1):
            run.append((i, n))
    return run if len(run) >= 3 else []


def _part(lines: list[Line], numbers: Sequence[int]) -> None:
    """Let page numbers part the lines: before each number if they stand on top of their pages, else after it."""
    lead = sum(len(line.text.strip()) for line in lines[: numbers[0]])
    tail = sum(len(line.text.strip()) for line in lines[numbers[-1] + 1 :])
    on_top = lead < 200 and tail > lead
    starts = set(numbers if on_top else [i + 1 for i in numbers[:-1]])
    if on_top:
        starts.discard(numbers[0])
    segment = 0
    for i, line in enumerate(lines):
        segment += i in starts
        line.segment = segment


def _mark_repeated(lines: list[Line], segments: int) -> None:
    """Mark lines at the edges of pages that stand, but for digits, on at least three of them and on a quarter."""
    pages: list[list[Line]] = [[] for _ in range(segments)]
    for line in lines:
        if not (line.blank or line.aside):
            pages[line.segment].append(line)
    edges = [{id(line): _shape(line) for line in [*page[:_EDGE], *page[-_EDGE:]]} for page in pages]
    counts = Counter(shape for edge in edges for shape in set(edge.values()) if len(shape) > 3)
    repeated = {shape for shape, n in counts.items() if n >= max(_REPEATED, segments // 4)}
    for page, edge in zip(pages, edges, strict=True):
        for line in page:
            if edge.get(id(line)) in repeated and not line.rule:
                line.aside = True


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", tidy(line.text))
