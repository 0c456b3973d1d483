"""Where a sentence could end: runs of full stops and their like, what closes after them, and what they stand within."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple

WIDE = "。！？｡．"  # end a sentence without a space after them
BULLETS = "•●▪■◦‣⁃"
_TERMINATOR = re.compile(rf"\.(?:\s\.(?!\w))+|[.!?…{WIDE}]+|(?<=\S)(?=\s[{BULLETS}]\s)")
_QUOTES = "\"'”’»›」』】》〉"
_NOTE = r"\[\d{1,3}\](?![^\W\d_])|\(\d{1,2}\)(?=\s|$)|[¹²³⁴⁵⁶⁷⁸⁹⁰†‡§]{1,6}|\*{1,4}(?=\s|$)"
_CLOSING = re.compile(
    rf"(?:[{_QUOTES})\]}}）］〕]|[“«‹‘](?=[\s.,;:)]|$)|[ \u00a0\u202f]»|{_NOTE})*"
    r"(?:\d{1,2}(?:[,–-]\d{1,2}){0,4}(?=\s+[\"“‘«(]?[A-ZÀ-Þ]))?"
)
_CLOSING_WIDE = re.compile(rf"(?:[{_QUOTES})\]）］〕]|[!?]|{_NOTE}|[(（](?:注|※|\*)\s?\d{{0,2}}[)）])*")
_ASIDE = re.compile(r"[（(](?![\da-zA-Z一二三四五六七八九十]{1,3}[)）])[^()（）。！？.!?]{2,60}[)）]")
_ASIDE_APART = re.compile(r"\s\((?!\w{1,3}\)|(?:19|20)\d\d\))[^().!?]{2,60}\)(?=\s+(?:[-–—•|]\s)?[A-ZÀ-Þ])")
_SPACE = re.compile(r"\s*")
_PARENTHESES = dict(zip("(（[［", ")）]］", strict=True))
_QUOTATIONS = dict(zip("「『“", "」』”", strict=True))
_REACH = 400  # characters that brackets may be apart and still hold a sentence together


class End(NamedTuple):
    """A place where a sentence could end.

    ``text[at:stop]`` is the terminator (empty before a bullet), ``text[stop:close]`` what closes after it; the next
    sentence would begin at ``next``.
    """

    at: int
    stop: int
    close: int
    next: int


class Pair(NamedTuple):
    """Brackets or quotation marks that belong together; ``close`` is the place of the closing one."""

    open: int
    close: int
    sign: str


def ends(text: str) -> Iterator[End]:
    """All places where a sentence could end, in order."""
    for found in _TERMINATOR.finditer(text):
        at, stop = found.span()
        if text[at] in WIDE or text[stop - 1] in WIDE:
            close = _end(_ASIDE, text, _end(_CLOSING_WIDE, text, stop))
        else:
            close = _end(_ASIDE_APART, text, _end(_CLOSING, text, stop))
        yield End(at, stop, close, _end(_SPACE, text, close))


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


class Pairs:
    """The outermost pairs of a kind in a text, as far as their two signs are near enough to one another."""

    def __init__(self, text: str, signs: Mapping[str, str]) -> None:
        self._pairs = _outermost(text, signs)
        self._opens = [pair.open for pair in self._pairs]

    def around(self, at: int) -> Pair | None:
        """The pair that a character stands within."""
        i = bisect_right(self._opens, at) - 1
        return self._pairs[i] if i >= 0 and at < self._pairs[i].close else None


def parentheses(text: str) -> Pairs:
    """Its parentheses and brackets."""
    return Pairs(text, _PARENTHESES)


def quotations(text: str) -> Pairs:
    """Its quotations in marks that tell opening from closing in every language: corner brackets, curly quotes."""
    return Pairs(text, _QUOTATIONS)


def _outermost(text: str, signs: Mapping[str, str]) -> list[Pair]:
    stack: list[tuple[int, str]] = []
    pairs: list[Pair] = []
    for found in re.finditer("[" + re.escape("".join((*signs, *signs.values()))) + "]", text):
        at, sign = found.start(), found.group()
        if sign in signs:
            stack.append((at, sign))
        elif stack and signs[stack[-1][1]] == sign:
            opened, opener = stack.pop()
            if at - opened <= _REACH:
                while pairs and pairs[-1].open > opened:
                    pairs.pop()
                pairs.append(Pair(opened, at, opener))
    return pairs
