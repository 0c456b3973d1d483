"""Whether the numbers of two statements agree: the same thing measured, in the same unit, at another amount.

Numbers are compared only where unit, measure, period, place, group and way of measuring match; they conflict where the
intervals that the two texts can mean do not meet. Where in doubt, the two are not comparable.
"""

from __future__ import annotations

from typing import Literal

from ..features import days_apart
from ..records import Mark, Signal, Statement
from .number_drafts import RATE
from .number_words import concept_kinds
from .quantities import Quantity, quantities

NAME = "numbers"
_BLOCKING = frozenset(("condition", "others", "claimed", "question"))
_EVENTS = frozenset(("accident", "injury", "death", "complaint", "recall", "breach", "child_labour", "spill", "fine"))
_USUAL = frozenset(("mean", "effective"))  # ways to measure that go without saying
_BEFALLEN = frozenset(("", "employee", "worker", "customer", "child", "passenger", "patient", "driver", "user", "case"))
_CLOSE = 0.1  # how far apart, as a part of the greater, two numbers may lie that are said to agree
_ONE_YEAR = 300  # days between two documents of one year, at the most: the next yearly report comes later
_ALIKE = 0.5  # what part of the topics of two shares must be the same
_Finding = tuple[Literal["agree", "conflict"], Quantity, Quantity]


def compare(a: Statement, b: Statement) -> Signal:
    """What the numbers of two statements say of each other."""
    turned = (b.text, b.lang or "") < (a.text, a.lang or "")  # one order, so that ties fall the same way for (b, a)
    found = _judge(b, a) if turned else _judge(a, b)
    if found is None:
        return Signal(name=NAME, verdict="not comparable")
    verdict, p, q = (found[0], found[2], found[1]) if turned else found
    note = f"{a.text[p.start : p.end].strip()} against {b.text[q.start : q.end].strip()}"
    return Signal(name=NAME, verdict=verdict, relation=verdict, note=note, a=[_mark(p)], b=[_mark(q)])


def _judge(a: Statement, b: Statement) -> _Finding | None:
    """The verdict and the two quantities that it rests on; a conflict goes before an agreement."""
    by_subject: dict[tuple[str, ...], list[tuple[Quantity, Quantity]]] = {}
    for p in quantities(a.text, a.lang):
        for q in quantities(b.text, b.lang):
            if _comparable(p, q) and _same_years(p, q, a, b):
                by_subject.setdefault(_subject(p, q), []).append((p, q))
    findings = [found for pairs in by_subject.values() if (found := _verdict(pairs))]
    return max(findings, key=lambda found: found[0] == "conflict", default=None)


def _mark(quantity: Quantity) -> Mark:
    what = "none" if quantity.none else "change" if quantity.change else "amount"
    about = (_noun(quantity) or quantity.measure).replace("_", " ")
    return Mark(quantity.start, quantity.end, f"{what} of {about}" if about else what)


def _verdict(pairs: list[tuple[Quantity, Quantity]]) -> _Finding | None:
    """Of the pairs of one subject: agreement where two are close, conflict where none meet."""
    best = min(pairs, key=lambda pair: (_apart(*pair), pair[0].start + pair[1].start))
    former = any(p.former or q.former for p, q in pairs if _meet(p, q))
    if former:
        return None
    current = [(p, q) for p, q in pairs if not (p.former or q.former)]
    if any(_meet(p, q) for p, q in current):
        return ("agree", *best) if _agree(*best) else None
    conflicts = [(p, q) for p, q in current if _strict(p, q)]
    if not conflicts:
        return None
    return ("conflict", *min(conflicts, key=lambda pair: (pair[0].start + pair[1].start, pair[0].start)))


def _meet(p: Quantity, q: Quantity) -> bool:
    """Whether the two can be the same amount."""
    if p.none and q.none:
        return True
    if p.none or q.none:
        return p.low <= 0 and q.low <= 0
    return min(p.high, q.high) - max(p.low, q.low) > -1e-9 * max(abs(p.value), abs(q.value))


def _agree(p: Quantity, q: Quantity) -> bool:
    """Whether two numbers that may be the same amount are close enough to say so."""
    if p.whole or q.whole or (("negation" in p.moods) != ("negation" in q.moods) and not p.none and not q.none):
        return False
    return _meet(p, q) and _apart(p, q) <= _CLOSE


def _apart(p: Quantity, q: Quantity) -> float:
    size = max(abs(p.value), abs(q.value))
    return abs(p.value - q.value) / size if size else 0.0


def _comparable(p: Quantity, q: Quantity) -> bool:
    """Whether two quantities measure the same thing in the same way, years left aside."""
    if p.change != q.change or (p.moods | q.moods) & _BLOCKING or ("future" in p.moods) != ("future" in q.moods):
        return False
    if not (_same_unit(p, q) and _same_per(p, q)) or p.periods != q.periods:
        return False
    if _apart_sets(p.groups, q.groups) or _apart_sets(p.places, q.places) or _apart_sets(p.names, q.names):
        return False
    return _same_aspects(p.aspects, q.aspects) and _same_subject(p, q)


def _same_aspects(p: frozenset[str], q: frozenset[str]) -> bool:
    """Whether the two are measured the same way; a mean or an effective rate need not be called so."""
    if len((p | q) & {"mean", "median"}) == 2 or len((p | q) & {"effective", "cash"}) == 2:
        return False
    return p - _USUAL == q - _USUAL


def _strict(p: Quantity, q: Quantity) -> bool:
    """What a conflict needs besides: neither side names a group, a place or a year where the other does not."""
    return p.groups == q.groups and p.places == q.places and bool(p.years) == bool(q.years)


def _apart_sets(p: frozenset[str], q: frozenset[str]) -> bool:
    return bool(p and q and not p & q)


def _same_unit(p: Quantity, q: Quantity) -> bool:
    if p.none or q.none:
        other = q if p.none else p
        return other.none or other.dimension not in ("percent", "pp")
    if p.dimension == q.dimension:
        return True
    return p.dimension.startswith("money") and q.dimension.startswith("money") and "money" in (p.dimension, q.dimension)


def _same_per(p: Quantity, q: Quantity) -> bool:
    return p.per == q.per or p.none or q.none or (p.dimension == "time" and "" in (p.per, q.per))


def _same_subject(p: Quantity, q: Quantity) -> bool:
    if _apart_sets(_same_labour(_things(p)), _same_labour(_things(q))):
        return False
    if p.none or q.none:
        return p.measure == q.measure
    if p.dimension == "count" and not p.change and not p.per.startswith(RATE):
        same = _noun(p) == _noun(q) and p.part == q.part
        same = same and p.topics == q.topics
        return bool(_noun(p)) and same and ("mean" in p.aspects) == ("mean" in q.aspects)
    if p.measure and q.measure:
        same = p.measure in q.measures and q.measure in p.measures
        alike = _measures(p) == _measures(q) and _likeness(p, q) >= _ALIKE
        return same and (p.dimension != "percent" or p.change or alike)
    if p.measure or q.measure or p.dimension == "time" or p.dimension.startswith("money"):
        return False
    return _likeness(p, q) >= _ALIKE


def _same_labour(things: frozenset[str]) -> frozenset[str]:
    """Things with workers taken for employees."""
    return things - {"worker"} | {"employee"} if "worker" in things else things


def _likeness(p: Quantity, q: Quantity) -> float:
    """What part of the topics and groups the two have in common."""
    mine, yours = p.topics | p.groups, q.topics | q.groups
    return len(mine & yours) / len(mine | yours) if mine and yours else 0.0


def _things(quantity: Quantity) -> frozenset[str]:
    return frozenset(name for name in quantity.topics if concept_kinds()[name] == "thing")


def _measures(quantity: Quantity) -> frozenset[str]:
    return quantity.topics - _things(quantity)


def _noun(quantity: Quantity) -> str:
    """What a number counts: an event where it counts those whom it befell, else the noun after it."""
    befell = quantity.measure in _EVENTS and quantity.counted in _BEFALLEN
    return quantity.measure if befell else quantity.counted


def _subject(p: Quantity, q: Quantity) -> tuple[str, ...]:
    unit = "none" if p.none or q.none else p.dimension.split(":")[0]
    return (unit, str(p.change), _noun(p) if unit == "count" else p.measure)


def _same_years(p: Quantity, q: Quantity, a: Statement, b: Statement) -> bool:
    """Whether the two can be of the same year; where neither names one, the documents are of one year."""
    mine, yours = _years(p, a), _years(q, b)
    if not mine and not yours:
        return (days_apart(a, b) or 0) <= _ONE_YEAR
    return not mine or not yours or bool(mine & yours)


def _years(quantity: Quantity, statement: Statement) -> frozenset[int]:
    """The years that a quantity is of, "last year" counted from the date of the statement."""
    relative: frozenset[int] = frozenset()
    if statement.date and not quantity.years:
        relative = frozenset(int(statement.date[:4]) + int(offset) for offset in quantity.relative_years)
    return quantity.years | relative
