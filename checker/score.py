"""From a judgement to calibrated probabilities, as a sum of contributions in log-odds.

Multinomial logistic regression over named features, with three outcomes: contradiction, announced update, neither. The
model is one JSON file: for each feature its mean and scale on the training pairs and its coefficients for contradiction
and for update against neither. The log-odds of a contradiction are

    z_c - log(1 + exp(z_u))     with z = intercept + sum of coefficient * (value - mean) / scale

so a feature contributes its term of z_c, and the chance of an update is one contribution more. What calibration moves
is the last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from .errors import ModelError
from .features import NAMES, features
from .records import Contribution, Judgement, ModelInfo
from .text import digest

FILE = Path(__file__).parent / "models" / "bundled" / "scorer.json"
BASE = "base rate of candidates"
MIN_UPDATE = 0.15  # an announced change is reported where it or a contradiction is so probable
UPDATE = "may be an announced change"
CALIBRATION = "calibration"


def sigmoid(x: float) -> float:
    """The probability with these log-odds."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


class Term(msgspec.Struct, frozen=True):
    """One feature of the regression, standardised by its mean and scale on the training pairs."""

    feature: str
    mean: float
    scale: float
    contradiction: float
    update: float


class Score(msgspec.Struct, frozen=True):
    """P(contradiction), P(update), and the contributions whose log-odds sum to those of the former."""

    probability: float
    update: float
    contributions: list[Contribution]


class Scorer(msgspec.Struct, frozen=True):
    """A fitted scorer. ``calibration`` holds knots (raw log-odds, calibrated log-odds), in between it is linear.

    ``background`` is mean and deviation of the cosine over pairs of the training cases.
    """

    name: str
    contradiction: float
    update: float
    terms: list[Term]
    calibration: list[tuple[float, float]] = []
    background: tuple[float, float] = (0.0, 1.0)

    @property
    def info(self) -> ModelInfo:
        """Name and checksum of the terms."""
        return ModelInfo(self.name, digest([msgspec.json.encode(self).decode()]))

    def score(self, judgement: Judgement) -> Score:
        """Probabilities and contributions, the largest first between the base rate and what is no feature.

        Contributions are rounded to four digits, so that what a reader adds up is what the probability was made of.
        """
        values = dict(zip(NAMES, features(judgement), strict=True))
        parts, z_u = [], self.update
        for term in self.terms:
            value = values[term.feature]
            standard = (value - term.mean) / term.scale
            parts.append(Contribution(term.feature, round(value, 4), round(term.contradiction * standard, 4)))
            z_u += term.update * standard
        parts.sort(key=lambda c: (-abs(c.log_odds), c.feature))
        parts = [Contribution(BASE, 1.0, round(self.contradiction, 4)), *parts]
        z_c = sum(c.log_odds for c in parts)
        log_share = -math.log1p(math.exp(min(z_u, 50.0)))
        parts.append(Contribution(UPDATE, round(sigmoid(z_u), 4), round(log_share, 4)))
        raw = sum(c.log_odds for c in parts)
        if self.calibration:
            parts.append(Contribution(CALIBRATION, 1.0, round(calibrated(raw, self.calibration) - raw, 4)))
        p = sigmoid(sum(c.log_odds for c in parts))
        of_rest = sigmoid(z_u - math.log1p(math.exp(min(z_c, 50.0))))
        return Score(round(p, 4), round(min(of_rest, 1 - p), 4), parts)


def weight(probability: float, update: float) -> float:
    """What a threshold is held against: P(contradiction); where an announced change is likelier, P(either).

    An announced change is two positions that differ as well: whether it was announced decides how it is reported, not
    whether.
    """
    return min(probability + update, 1.0) if update > probability else probability


def is_reported(probability: float, update: float, least: float, least_update: float) -> bool:
    """Whether the ``weight`` of a pair reaches ``least``, or ``least_update`` where it is likelier an announced change.

    Such a pair stands below the contradictions and costs a reader little: it has a lower threshold of its own.
    """
    return weight(probability, update) >= (min(least, least_update) if update > probability else least)


def calibrated(log_odds: float, knots: Sequence[tuple[float, float]]) -> float:
    """Piecewise linear through the knots, and on with slope 1 beyond the first and the last."""
    (x0, y0), (x1, y1) = knots[0], knots[-1]
    if log_odds <= x0 or log_odds >= x1:
        return y0 + log_odds - x0 if log_odds <= x0 else y1 + log_odds - x1
    return float(np.interp(log_odds, [x for x, _ in knots], [y for _, y in knots]))


def load_scorer(path: Path = FILE) -> Scorer:
    """Read a scorer.

    Raises ModelError when it is missing, damaged or made for features that this version does not have.
    """
    try:
        scorer = msgspec.json.decode(path.read_bytes(), type=Scorer)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(f"{path}: scorer cannot be read ({error})") from None
    unknown = [t.feature for t in scorer.terms if t.feature not in NAMES]
    if unknown:
        raise ModelError(f"{path}: made for a feature this version does not have ({unknown[0]})")
    return scorer
