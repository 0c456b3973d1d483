"""Rates counted on so many of something: 0.28 injuries per 200,000 hours are 1.4 per million hours."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .number_context import Context
from .number_words import rate_bases
from .numerals import Numeral

Base = tuple[int, int, str, float]  # start, end, name, number
_LEAST = 100  # "per 40 hours" is a working week
_FAR = 60  # characters between a rate and what it is counted on, at the most
_BEFORE = re.compile(
    r"(?:\b(?:per|for every|for each|pro|je|par|por|cada)\s(?:one |a |eine |einer |un |una |uma )?|/\s?|[每毎])$"
)
_AFTER = re.compile(r"\s?(?:当たり|当り|あたり|당)")
_GAP = re.compile(r"[ \u00a0\u202f-]?(?:de |d['’]|an |延べ|연)?")
_BARE = "百万工时"  # needs no "per" before it


def rate_base(around: Context, numeral: Numeral) -> tuple[str, float, int] | None:
    """What a numeral counts where a rate is counted on it: its name, how many, and where the words end."""
    text, low = around.text, around.low
    gap = _GAP.match(text, numeral.end)
    base = rate_bases().at(text, low, gap.end() if gap else numeral.end)
    if base is None or numeral.value < _LEAST:
        return None
    led = _BEFORE.search(text[max(0, numeral.start - 12) : numeral.start])
    if not led and not text.startswith(_BARE, numeral.start) and not _AFTER.match(text, base.end):
        return None
    return base.labels[0], numeral.value, base.end


def bases_of(around: Context, numerals: Iterable[Numeral]) -> list[Base]:
    """Start, end, name and number of all that rates of a text are counted on."""
    found = ((n.start, rate_base(around, n)) for n in numerals)
    return [(start, base[2], base[0], base[1]) for start, base in found if base]


def base_near(bases: list[Base], start: int, end: int, clause: tuple[int, int]) -> tuple[str, float] | None:
    """Name and number of what the number at ``start`` to ``end`` is counted on: the first after, or the last before."""
    inside = [b for b in bases if clause[0] <= b[0] and b[1] <= clause[1]]
    after = [b for b in inside if 0 <= b[0] - end <= _FAR]
    before = [b for b in inside if 0 <= start - b[1] <= _FAR]
    chosen = after[0] if after else before[-1] if before else None
    return (chosen[2], chosen[3]) if chosen else None
