"""Do two statements speak of the same time? Another period explains a difference away; another deadline does not.

The dates come from ``dates.periods``. Deadlines (and dates of plans) are compared with deadlines, periods of facts with
periods of facts; base years ("compared with 2019") are set aside. Periods that overlap without being the same, and
periods that cannot be dated, are not comparable - but for a sentence that two editions of one kind of source repeat
with other figures (``edition``): each speaks of its own period.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from ..records import Mark, Signal, Statement, Verdict
from .dates import Period, periods
from .edition import other_edition

Relation = Literal["same", "overlapping", "different", "other deadline", "other edition", "unknown"]
_VERDICTS: dict[Relation, Verdict] = {
    "same": "agree", "different": "conflict", "other deadline": "conflict", "other edition": "conflict"
}  # fmt: skip
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_FISCAL_SHIFT = timedelta(days=334)  # a fiscal year may begin up to eleven months before or after the calendar year
_WORDS = {"deadline": "by ", "since": "since ", "until": "until ", "fact": "", "event": "", "base": ""}


def relation(a: Statement, b: Statement) -> Relation:
    """How the periods of two statements lie to each other."""
    return _related_texts(a, b)[0]


def compare(a: Statement, b: Statement) -> Signal:
    """``agree``: the same period; ``conflict``: other periods that do not overlap, deadlines or editions."""
    related, ours, theirs = _related_texts(a, b)
    verdict = _VERDICTS.get(related, "not comparable")
    if verdict == "not comparable":
        return Signal(name="period", verdict=verdict, relation=related)
    left, right = (", ".join(dict.fromkeys(label(p) for p in side)) for side in (ours, theirs))
    notes = {
        "same": f"same period: {left}",
        "different": f"other period: {left} against {right}",
        "other edition": f"one sentence with the figures of two periods: {a.date} against {b.date}",
    }
    return Signal(
        name="period",
        verdict=verdict,
        relation=related,
        note=notes.get(related, f"other deadline: {left} against {right}"),
        a=_marks(ours),
        b=_marks(theirs),
    )


def _related_texts(a: Statement, b: Statement) -> tuple[Relation, Sequence[Period], Sequence[Period]]:
    """As ``_compared``; where no closed period is named on both sides, editions tell periods apart."""
    related, ours, theirs = _compared(_periods(a), _periods(b))
    open_ended = related == "same" and all(p.role == "since" for p in (*ours, *theirs))
    if (open_ended or related in ("overlapping", "unknown")) and other_edition(a, b):
        return "other edition", (), ()
    return related, ours, theirs


def label(period: Period) -> str:
    """A period in a few words: "Q3 2022", "by 2030", "since March 2021"."""
    return _WORDS[period.role] + _name(period.first, period.last, period.fiscal)


def _name(first: date, last: date, fiscal: bool) -> str:
    year, months = first.year, (last.year - first.year) * 12 + last.month - first.month + 1
    if first == last:
        return first.isoformat()
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return f"{first.isoformat()} to {last.isoformat()}"
    names = {
        (12, 1): f"FY{year}" if fiscal else str(year),
        (12, 7): f"{year}/{last.year % 100:02}",
        (6, 1): f"H1 {year}",
        (6, 7): f"H2 {year}",
        **{(3, month): f"Q{month // 3 + 1} {year}" for month in (1, 4, 7, 10)},
        **{(1, month): f"{name} {year}" for month, name in enumerate(_MONTHS, 1)},
    }
    years = (first.month, last.month) == (1, 12)
    whole = f"{year} to {last.year}" if years else f"{first:%Y-%m} to {last:%Y-%m}"
    return names.get((months, first.month), whole)


def _periods(statement: Statement) -> tuple[Period, ...]:
    return periods(statement.text, statement.lang, statement.date)


def _marks(side: Sequence[Period]) -> list[Mark]:
    return [Mark(*p.at, label(p)) for p in side]


def _compared(ours: Sequence[Period], theirs: Sequence[Period]) -> tuple[Relation, Sequence[Period], Sequence[Period]]:
    """The relation, and the periods on either side that it rests on."""
    for roles in (("deadline",), ("fact", "event", "since", "until")):
        left, right = ([p for p in side if p.role in roles] for side in (ours, theirs))
        if left and right:
            return _related(left, right, deadline=roles == ("deadline",))
    return "unknown", (), ()


def _related(
    left: list[Period], right: list[Period], *, deadline: bool
) -> tuple[Relation, Sequence[Period], Sequence[Period]]:
    """How two lists of periods of the same sort lie to each other, and those of them that decide it."""
    same = _same_deadline if deadline else _same
    equal = [(p, q) for p in left for q in right if same(p, q)]
    if equal and (deadline or _all_equal(left, right, equal)):
        return "same", list(dict.fromkeys(p for p, _ in equal)), list(dict.fromkeys(q for _, q in equal))
    overlap = _named_overlap if deadline else _overlap
    if equal or any(overlap(p, q) for p in left for q in right):
        return "overlapping", left, right
    return "other deadline" if deadline else "different", left, right


def _all_equal(left: list[Period], right: list[Period], equal: list[tuple[Period, Period]]) -> bool:
    """Whether one side's periods all have their equal on the other ("2023" against "2023, and Q4 2023")."""
    ours, theirs = {p for p, _ in equal}, {q for _, q in equal}
    return ours == set(left) or theirs == set(right)


def _same(p: Period, q: Period) -> bool:
    return (p.first, p.last) == (q.first, q.last) and (p.role == q.role or {p.role, q.role} == {"fact", "event"})


def _same_deadline(p: Period, q: Period) -> bool:
    return p.last == q.last


def _named_overlap(p: Period, q: Period) -> bool:
    return p.first <= q.last and q.first <= p.last


def _overlap(p: Period, q: Period) -> bool:
    slack = _FISCAL_SHIFT if p.fiscal != q.fiscal else timedelta(0)
    p_start, p_end = p.start or date.min, p.end or date.max - _FISCAL_SHIFT
    q_start, q_end = q.start or date.min, q.end or date.max - _FISCAL_SHIFT
    return p_start <= q_end + slack and q_start <= p_end + slack
