"""Which amounts and deadlines of an earlier statement a later one names again.

"The 2030 target was raised from 42% to 50%" names the 42% that was said before: beside words that announce a change,
this tells what was changed.
"""

from __future__ import annotations

from functools import lru_cache

from ..records import Mark, Statement
from .dates import Period, periods
from .quantities import Quantity, quantities

WHAT = "named again"
_DEADLINE = frozenset({"deadline", "until"})


def named_again(earlier: Statement, later: Statement) -> tuple[list[Mark], list[Mark]]:
    """The first such amount, or deadline, where it stands in either text; two empty lists where there is none."""
    theirs = {_key(q): q for q in reversed(_amounts(later.text, later.lang))}
    for p in _amounts(earlier.text, earlier.lang):
        if q := theirs.get(_key(p)):
            return [Mark(p.start, p.end, WHAT)], [Mark(q.start, q.end, WHAT)]
    return _deadline(periods(earlier.text, earlier.lang, earlier.date), periods(later.text, later.lang, later.date))


def _deadline(earlier: tuple[Period, ...], later: tuple[Period, ...]) -> tuple[list[Mark], list[Mark]]:
    """A year by which something was to be, where the later text names it beside another."""
    years = {p.last.year: p for p in reversed(later)}
    for p in earlier:
        if p.role in _DEADLINE and p.last.year in years and len(years) > 1:
            return [Mark(*p.at, WHAT)], [Mark(*years[p.last.year].at, WHAT)]
    return [], []


@lru_cache(maxsize=16_384)
def _amounts(text: str, lang: str | None) -> tuple[Quantity, ...]:
    return tuple(q for q in quantities(text, lang) if q.value and not q.none)


def _key(quantity: Quantity) -> tuple[str, float]:
    return quantity.dimension, round(quantity.value, 4)
