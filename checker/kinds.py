"""Which of the fourteen kinds a contradiction is: a linear classifier over the encoder's vectors and the signals."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .errors import ModelError
from .features import relations

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .records import Signal

KINDS = (
    "antonym", "attribution", "cause", "certification", "comparison", "condition", "conduct", "deadline", "existence",
    "negation", "numeric", "scope", "standard", "status",
)  # fmt: skip
UPDATE_KIND = "update"  # an announced change over time: no contradiction
AGAINST_REFERENCE = "standard"  # what a statement against an instrument or a third party is
UNKNOWN_KIND = "unclassified"  # what an encoder other than the bundled one leaves
FILE = Path(__file__).parent / "models" / "bundled" / "kinds.npy"


def pair_features(
    a: NDArray[np.float32], b: NDArray[np.float32], signals: Sequence[Sequence[Signal]]
) -> NDArray[np.float32]:
    """Rows ``[n, 2 d + s + 1]`` from unit rows a and b ``[n, d]`` and what the signals say of each pair.

    The same for (a, b) and (b, a); the last column is constant.
    """
    said = np.array([relations(row) for row in signals], np.float32).reshape(len(a), -1)
    return np.concatenate([np.abs(a - b), a * b, said, np.ones((len(a), 1), np.float32)], axis=1)


def classify(a: NDArray[np.float32], b: NDArray[np.float32], signals: Sequence[Sequence[Signal]]) -> list[str]:
    """The kind of each pair of rows ``[n, d]`` with these signals."""
    scores = pair_features(a, b, signals) @ load_weights().T
    return [KINDS[i] for i in scores.argmax(axis=1)]


@cache
def load_weights(path: Path = FILE) -> NDArray[np.float32]:
    """Weights ``[kinds, 2 d + s + 1]``.

    Raises ModelError when the file is missing or of another shape.
    """
    try:
        weights = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); install checker again") from None
    if weights.ndim != 2 or len(weights) != len(KINDS):
        raise ModelError(f"{path}: holds {weights.shape}, expected {len(KINDS)} rows; install checker again")
    kept: NDArray[np.float32] = weights
    return kept
