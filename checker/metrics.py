"""Ranking figures: average precision, precision and recall at k, expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from .frames import Frame


def average_precision(scores: ArrayLike, positive: ArrayLike, missed: int = 0) -> float:
    """Mean of the precision at each positive, over all positives; ``missed`` ones were not ranked and count as 0.

    Without missed ones this is sklearn.metrics.average_precision_score (Manning et al. 2008, section 8.4).
    """
    from sklearn.metrics import average_precision_score

    found = int(np.sum(positive))
    if not found:
        return 0.0
    return float(average_precision_score(positive, scores)) * found / (found + missed)


def at_k(scores: Sequence[float], positive: Sequence[bool], k: int, total: int) -> tuple[float, float]:
    """Precision and recall of the first k; ties are broken by the order given."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:k]
    hits = sum(positive[i] for i in order)
    return hits / k, hits / total if total else 0.0


def recall_at_precision(scores: Sequence[float], positive: Sequence[bool], missed: int, least: float) -> float:
    """The largest share of all positives above a threshold at which the precision is at least ``least``; else 0."""
    order = sorted(range(len(scores)), key=lambda i: -scores[i])
    total, hits, best = sum(positive) + missed, 0, 0
    for n, i in enumerate(order, 1):
        hits += positive[i]
        ends = n == len(order) or scores[order[n]] < scores[i]
        if ends and hits / n >= least:
            best = hits
    return best / total if total else 0.0


def expected_calibration_error(probabilities: ArrayLike, positive: ArrayLike, bins: int = 10) -> float:
    """Mean gap between probability and frequency over equal-width bins, weighted by size (Naeini et al. 2015)."""
    p, y = np.asarray(probabilities, np.float64), np.asarray(positive, np.float64)
    if not p.size:
        return 0.0
    index = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [
        abs(p[index == b].mean() - y[index == b].mean()) * (index == b).mean()
        for b in range(bins)
        if (index == b).any()
    ]
    return float(sum(gaps))


def recall_at_k(
    frames: Sequence[Frame], vectors: NDArray[np.float32], ks: Sequence[int] = (1, 5, 10, 20)
) -> dict[str, float]:
    """Share of (claim, against) pairs in which the negator is among the k nearest statements of the pool.

    ``vectors`` are unit rows of the frames' sentences in order. The other claims and negators of the frame are no
    competitors; its compatible statements and all other frames' statements are.
    """
    ranks, start = [], 0
    for frame in frames:
        claims = np.arange(start, start + len(frame.claim))
        against = np.arange(claims[-1] + 1, claims[-1] + 1 + len(frame.against))
        start += len(frame.sentences)
        cosine = vectors[claims] @ vectors.T
        own = cosine[:, against].copy()
        cosine[:, np.concatenate([claims, against])] = -np.inf
        ranks += [int((row > value).sum()) for row, values in zip(cosine, own, strict=True) for value in values]
    return {f"recall@{k}": float(np.mean(np.array(ranks) < k)) for k in ks}
