"""Is it one sentence that a periodic source repeats, each time with that period's figures?

"The 68 full audits revealed 661 nonconformances" in one year's report and "The 60 full audits revealed 324" in the next
name no year: only the dates of the two documents tell the periods apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ..features import days_apart
from ..records import Statement
from ..text import normalise
from .dates import periods
from .quantities import quantities

APART = 80  # days between two editions: a quarter, less what one comes early or late
ALIKE = 0.6  # Dice coefficient of the two texts' letter trigrams, figures and dates left out
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_LONG = 12  # trigrams: fewer are too little to know a sentence by


def other_edition(a: Statement, b: Statement) -> bool:
    """Whether two statements are alike but for figures, in two editions (by date) of one kind of source."""
    if a.source.casefold() != b.source.casefold() or (days_apart(a, b) or 0) < APART:
        return False
    ours, theirs = _trigrams(a.text, a.lang), _trigrams(b.text, b.lang)
    if min(len(ours), len(theirs)) < _LONG or 2 * len(ours & theirs) < ALIKE * (len(ours) + len(theirs)):
        return False
    left, right = _values(a.text, a.lang), _values(b.text, b.lang)
    return bool(left and right) and left != right


@lru_cache(maxsize=16_384)
def _trigrams(text: str, lang: str | None) -> frozenset[str]:
    """Of letters: without figures in digits or words, dates, spaces and punctuation."""
    spans = [(q.start, q.end) for q in quantities(text, lang)] + [p.at for p in periods(text, lang, None)]
    kept = "".join(c for i, c in enumerate(text) if not any(start <= i < end for start, end in spans))
    letters = "".join(c for c in normalise(_FIGURES.sub("", kept)) if c.isalpha())
    return frozenset(letters[i : i + 3] for i in range(len(letters) - 2))


@lru_cache(maxsize=16_384)
def _values(text: str, lang: str | None) -> frozenset[float | str]:
    """The amounts that a text names, and its other figures as they are written."""
    return frozenset(_figures(text, lang))


def _figures(text: str, lang: str | None) -> Iterator[float | str]:
    found = quantities(text, lang)
    yield from (q.value for q in found)
    dated = [p.at for p in periods(text, lang, None)]
    taken = [(q.start, q.end) for q in found] + dated
    for figure in _FIGURES.finditer(text):
        if not any(start < figure.end() and figure.start() < end for start, end in taken):
            yield figure.group()
