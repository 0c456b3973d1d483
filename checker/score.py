"""From a judgement to a calibrated probability, as a sum of contributions in log-odds.

Logistic regression over a handful of features. The model is one JSON file: for each feature its mean and scale on the
training pairs and its coefficient, so that a contribution is ``coefficient * (value - mean) / scale`` and says what
the feature adds to that of an average candidate.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from pathlib import Path

import msgspec

from .errors import ModelError
from .records import Contribution, Judgement, ModelInfo, Statement
from .text import digest, normalise

FILE = Path(__file__).parent / "models" / "bundled" / "scorer.json"
CLIP = 1e-3  # a judge's probability is not trusted nearer to 0 or 1 than this


def logit(p: float) -> float:
    """Log-odds of a probability, which is kept ``CLIP`` away from 0 and 1."""
    p = min(max(p, CLIP), 1 - CLIP)
    return math.log(p / (1 - p))


def sigmoid(x: float) -> float:
    """The probability with these log-odds."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _length(text: str) -> float:
    """Log of the length, a Chinese or Japanese character counted as two and a half letters."""
    letters = normalise(text)
    return math.log(sum(1.0 if c.isascii() else 2.5 if ord(c) > 0x2E7F else 1.0 for c in letters))


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


def _asked(statement: Statement) -> bool:
    """A question, or what an analyst says on a call, is not the company's position."""
    return statement.role == "analyst" or statement.text.rstrip().endswith(("?", "？"))


FEATURES: dict[str, Callable[[Judgement], float]] = {
    "judge: contradiction, mean of both ways": lambda j: (
        (logit(j.forward.contradiction) + logit(j.backward.contradiction)) / 2
    ),
    "judge: contradiction, lower of both ways": lambda j: logit(min(j.forward.contradiction, j.backward.contradiction)),
    "judge: entailment, higher of both ways": lambda j: logit(max(j.forward.entailment, j.backward.entailment)),
    "nearness within the language pair": lambda j: min(max(j.candidate.z, -2.0), 6.0),
    "cosine": lambda j: j.candidate.cosine,
    "two languages": lambda j: float(j.candidate.a.lang != j.candidate.b.lang),
    "years apart": _years_apart,
    "asked by somebody": lambda j: float(_asked(j.candidate.a) or _asked(j.candidate.b)),
    "length of the shorter text": lambda j: min(_length(j.candidate.a.text), _length(j.candidate.b.text)),
    "length of the longer text": lambda j: max(_length(j.candidate.a.text), _length(j.candidate.b.text)),
}


class Term(msgspec.Struct, frozen=True):
    """One feature of the regression, standardised by its mean and scale on the training pairs."""

    feature: str
    mean: float
    scale: float
    coefficient: float


class Scorer(msgspec.Struct, frozen=True):
    """A fitted scorer: ``intercept`` is the log-odds of an average candidate."""

    name: str
    intercept: float
    terms: list[Term]

    @property
    def info(self) -> ModelInfo:
        """Name and checksum of the terms."""
        return ModelInfo(self.name, digest([msgspec.json.encode(self).decode()]))

    def contributions(self, judgement: Judgement) -> list[Contribution]:
        """What each feature adds, the largest first after the base rate; they sum to the log-odds.

        Rounded to four digits, so that what a reader adds up is what the probability was made of.
        """
        parts = []
        for term in self.terms:
            value = FEATURES[term.feature](judgement)
            log_odds = round(term.coefficient * (value - term.mean) / term.scale, 4)
            parts.append(Contribution(term.feature, round(value, 4), log_odds))
        parts.sort(key=lambda c: (-abs(c.log_odds), c.feature))
        return [Contribution("base rate of candidates", 1.0, round(self.intercept, 4)), *parts]

    def probability(self, judgement: Judgement) -> float:
        """Of a contradiction, rounded to four digits."""
        return round(sigmoid(sum(c.log_odds for c in self.contributions(judgement))), 4)


def load_scorer(path: Path = FILE) -> Scorer:
    """Read a scorer.

    Raises ModelError when it is missing, damaged or made for features that this version does not have.
    """
    try:
        scorer = msgspec.json.decode(path.read_bytes(), type=Scorer)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(f"{path}: scorer cannot be read ({error})") from None
    unknown = [t.feature for t in scorer.terms if t.feature not in FEATURES]
    if unknown:
        raise ModelError(f"{path}: made for a feature this version does not have ({unknown[0]})")
    return scorer
