"""The features of a judged pair: what the scorer weighs, each with the name that a reviewer reads."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from .records import Judgement, Probabilities, Signal, Statement
from .text import normalise

CLIP = 1e-3  # a judge's probability is not trusted nearer to 0 or 1 than this

# What a signal can say that counts; each is a feature of its own. That both speak of the same period, in one mood or
# of the same scope is left out: it only lets a contradiction be one, and weighing it made the ranking worse.
RELATIONS: dict[str, tuple[str, ...]] = {
    "numbers": ("conflict",),
    "period": ("different", "other deadline", "other edition"),
    "scope": ("disjoint", "part of whole", "universal against exception"),
    "modality": ("rule against conduct", "rule against permission", "opposed rules", "aim against fact", "hedged"),
    "stance": ("asked", "reported", "hypothetical"),
    "standard": ("same standard", "universal against relative", "rival standards", "held against not held"),
    "time": ("announced change", "weak marker"),
}


def logit(p: float) -> float:
    """Log-odds of a probability, which is kept ``CLIP`` away from 0 and 1."""
    p = min(max(p, CLIP), 1 - CLIP)
    return math.log(p / (1 - p))


@lru_cache(maxsize=16_384)
def _length(text: str) -> float:
    """Log of the length, a Chinese or Japanese character counted as two and a half letters."""
    letters = normalise(text)
    return math.log(sum(2.5 if ord(c) > 0x2E7F else 1.0 for c in letters))


def days_apart(a: Statement, b: Statement) -> int | None:
    """Days between two dates; a year or month counts as its first day; None where one is absent or no real date."""
    try:
        first, second = (datetime.date.fromisoformat(f"{s.date}-01-01"[:10]) for s in (a, b))
    except ValueError:
        return None
    return abs((second - first).days)


def _years_apart(judgement: Judgement) -> float:
    """Up to five; none where a date is absent."""
    days = days_apart(judgement.candidate.a, judgement.candidate.b)
    return min((days or 0) / 365.25, 5.0)


def _said_again(judgement: Judgement) -> float:
    """How far beyond 0.9 the cosine is (in tenths), as far as neither the judge nor the numbers see a difference."""
    if any(s.name == "numbers" and s.relation == "conflict" for s in judgement.signals):
        return 0.0
    opposed = (judgement.forward.contradiction + judgement.backward.contradiction) / 2
    return max(judgement.candidate.cosine - 0.9, 0.0) * 10 * (1 - opposed)


def _announced(opinion: Probabilities) -> float:
    """Log of how much likelier the judge finds an announced change than a contradiction, as far as it sees either."""
    ratio = math.log((opinion.update + CLIP) / (opinion.contradiction + CLIP))
    return (opinion.update + opinion.contradiction) * min(max(ratio, -5.0), 5.0)


def _named_again(judgement: Judgement) -> float:
    """1 where a change is announced by words that name an amount or deadline of the other statement, else 0."""
    marks = [m for s in judgement.signals if s.name == "time" for m in s.a]
    return float(any(m.what == "named again" for m in marks))


BASIC: dict[str, Callable[[Judgement], float]] = {
    "judge: contradiction, mean of both ways": lambda j: (
        (logit(j.forward.contradiction) + logit(j.backward.contradiction)) / 2
    ),
    "judge: contradiction, lower of both ways": lambda j: logit(min(j.forward.contradiction, j.backward.contradiction)),
    "judge: entailment, higher of both ways": lambda j: logit(max(j.forward.entailment, j.backward.entailment)),
    "judge: announced rather than not": lambda j: _announced(j.forward) / 2 + _announced(j.backward) / 2,
    "nearness within the language pair": lambda j: min(max(j.candidate.z, -2.0), 4.0),
    "cosine": lambda j: j.candidate.cosine,
    "said again in nearly the same words": _said_again,
    "what changed is named again": _named_again,
    "two languages": lambda j: float(j.candidate.a.lang != j.candidate.b.lang),
    "years apart": _years_apart,
    "length of the shorter text": lambda j: min(_length(j.candidate.a.text), _length(j.candidate.b.text)),
    "length of the longer text": lambda j: max(_length(j.candidate.a.text), _length(j.candidate.b.text)),
}

NAMES: tuple[str, ...] = (
    *BASIC, *(f"{signal}: {relation}" for signal, relations in RELATIONS.items() for relation in relations)
)  # fmt: skip


def features(judgement: Judgement) -> list[float]:
    """One number a name in ``NAMES``, in that order."""
    return [feature(judgement) for feature in BASIC.values()] + relations(judgement.signals)


def relations(signals: Sequence[Signal]) -> list[float]:
    """1 for each relation of ``RELATIONS`` that a signal sees, else 0, in that order."""
    said = {s.name: s.relation for s in signals}
    return [float(said.get(signal) == relation) for signal, known in RELATIONS.items() for relation in known]
