"""How probable it is that a company's statement takes over the position of a third party.

Logistic regression over what the encoder and the judge say of the pair, fitted and calibrated on labelled pairs
(``corpora/echoes.jsonl``), kept as JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from .errors import ModelError
from .features import logit
from .records import Judgement
from .score import sigmoid

FILE = Path(__file__).parent / "models" / "bundled" / "echo.json"

FEATURES: dict[str, Callable[[Judgement], float]] = {
    "cosine": lambda j: j.candidate.cosine,
    "entailment, mean of both ways": lambda j: (logit(j.forward.entailment) + logit(j.backward.entailment)) / 2,
    "entailment, higher of both ways": lambda j: logit(max(j.forward.entailment, j.backward.entailment)),
    "contradiction, mean of both ways": lambda j: (
        (logit(j.forward.contradiction) + logit(j.backward.contradiction)) / 2
    ),
    "two languages": lambda j: float(j.candidate.a.lang != j.candidate.b.lang),
}


class EchoModel(msgspec.Struct, frozen=True):
    """Log-odds are ``intercept`` plus the weighted features."""

    intercept: float
    weights: dict[str, float]

    def probability(self, judgement: Judgement) -> float:
        """Of an echo, rounded to four digits."""
        return round(sigmoid(self.intercept + sum(w * FEATURES[f](judgement) for f, w in self.weights.items())), 4)


def load_echo_model(path: Path = FILE) -> EchoModel:
    """Read the model.

    Raises ModelError when it is missing, damaged or made for features that this version does not have.
    """
    try:
        model = msgspec.json.decode(path.read_bytes(), type=EchoModel)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); install checker again") from None
    if model.weights.keys() - FEATURES.keys():
        raise ModelError(f"{path}: made for features that this version does not have; install checker again")
    return model
