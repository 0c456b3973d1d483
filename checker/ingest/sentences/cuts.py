"""Cuts what runs on for too long to be one statement: enumerations at their entries, other lists at semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 1_000  # characters of a sentence
_LONG = 400  # characters from which an enumeration is cut at its entries
_ENTRY = re.compile(
    r"[;；]\s*(?=(?:(?:and|or|und|oder|sowie|et|ou|y|o|e|en|of|及|或|和|以及|及び|並びに)\s*)?"
    r"[(（]?(?:[a-zA-Z]|[ivx]{1,5}|\d{1,2}|[一二三四五六七八九十]{1,3})[)）])"
)
_SEPARATORS = tuple(re.compile(p) for p in (r"[;；]\s*|\s(?=[•●▪■◦·]\s)", r"[,，、:：]\s+|[，、]|\s[–—|]\s", r"\s+"))


def cut(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """The parts of a sentence ``text[start:stop]``; itself if it is not too long."""
    if stop - start <= _LONG:
        yield start, stop
        return
    entries = [found.end() for found in _ENTRY.finditer(text, start, stop)]
    cuts = entries if len(entries) > 1 else []
    for a, b in zip([start, *cuts], [*cuts, stop], strict=True):
        yield from _shorten(text, a, b)


def _shorten(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    while stop - start > LONGEST:
        at = _best(text, start)
        yield start, at
        start = at
    yield start, stop


def _best(text: str, start: int) -> int:
    """The last place to cut within the length allowed, of the best kind that is not too near the start."""
    for separator in _SEPARATORS:
        places = [m.end() for m in separator.finditer(text, start + LONGEST // 4, start + LONGEST)]
        if places:
            return places[-1]
    return start + LONGEST
