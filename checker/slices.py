"""Figures of rated pairs by kind and by language pair, with bootstrap intervals over cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .metrics import at_k, average_precision, expected_calibration_error, recall_at_precision
from .score import MIN_UPDATE, is_reported

RESAMPLES = 500
FIRST = 10
PRECISION = 0.8


@dataclass(frozen=True, slots=True)
class Rated:
    """A pair as checker rated it, with the gold pair's kind and why; ``score`` is None where it was no candidate."""

    case: str
    label: str
    kind: str
    why: str
    languages: str
    score: float | None
    update: float = 0.0
    rules: tuple[str, ...] = ()

    @property
    def positive(self) -> bool:
        """Whether it is a contradiction."""
        return self.label == "contradiction"

    def called(self, least: float = 0.5, least_update: float = MIN_UPDATE) -> str:
        """What a run reports it as with these thresholds: contradiction, update, or nothing ("")."""
        if self.score is None or not is_reported(self.score, self.update, least, least_update):
            return ""
        return "update" if self.update > self.score else "contradiction"


def figures(rated: Sequence[Rated]) -> dict[str, float]:
    """Average precision, precision of the first ten, recall at 80 % precision, calibration error."""
    ranked = [r for r in rated if r.score is not None]
    scores, positive = [float(r.score or 0) for r in ranked], [r.positive for r in ranked]
    missed = sum(r.positive for r in rated) - sum(positive)
    return {
        "average precision": average_precision(scores, positive, missed),
        f"precision of first {FIRST}": at_k(scores, positive, FIRST, 1)[0],
        f"recall at {PRECISION:.0%} precision": recall_at_precision(scores, positive, missed, PRECISION),
        "expected calibration error": expected_calibration_error(scores, positive),
    }


def interval(
    rated: Sequence[Rated], figure: Callable[[Sequence[Rated]], float], resamples: int = RESAMPLES, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of a figure over cases drawn with replacement (Efron and Tibshirani 1993)."""
    by_case: dict[str, list[Rated]] = {}
    for r in rated:
        by_case.setdefault(r.case, []).append(r)
    names, rng = sorted(by_case), np.random.default_rng(seed)
    drawn = (rng.choice(len(names), len(names)) for _ in range(resamples))
    values = [figure([r for i in sample for r in by_case[names[i]]]) for sample in drawn]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def by_kind(rated: Sequence[Rated]) -> list[dict[str, Any]]:
    """A row for each kind: its contradictions among all pairs that are none."""
    kinds = sorted({r.kind for r in rated if r.positive})
    return [_row("kind", kind, [r for r in rated if not r.positive or r.kind == kind]) for kind in kinds]


def by_languages(rated: Sequence[Rated]) -> list[dict[str, Any]]:
    """A row for each language pair with contradictions: among the pairs in these two languages."""
    pairs = sorted({r.languages for r in rated if r.positive})
    return [_row("languages", pair, [r for r in rated if r.languages == pair]) for pair in pairs]


def overall(rated: Sequence[Rated]) -> dict[str, Any]:
    """The row over all pairs."""
    return _row("all", "pairs", list(rated))


def _row(by: str, name: str, rated: Sequence[Rated]) -> dict[str, Any]:
    found = figures(rated)
    low, high = interval(rated, lambda rows: figures(rows)["average precision"])
    return {"by": by, "slice": name, "contradictions": sum(r.positive for r in rated), **found,
            "average precision, 95 %": f"{low:.3f}-{high:.3f}"}  # fmt: skip


def reported(rated: Sequence[Rated], least: float = 0.5) -> dict[str, dict[str, Any]]:
    """Of each label (compatible ones by the reason too) the share that a run calls contradiction, and update."""
    groups: dict[str, list[Rated]] = {}
    for r in rated:
        groups.setdefault(r.label, []).append(r)
        if r.why:
            groups.setdefault(f"compatible, {r.why}", []).append(r)
    return {
        name: {what: float(np.mean([r.called(least) == what for r in rows])) for what in ("contradiction", "update")}
        | {"pairs": len(rows)}
        for name, rows in sorted(groups.items())
    }


def recall_by_rule(rated: Sequence[Rated]) -> dict[str, float]:
    """Share of the contradictions that each blocking rule proposes, that none but this one does, and that any does."""
    positive = [r for r in rated if r.positive]
    rules = sorted({rule for r in positive for rule in r.rules})
    found = {rule: float(np.mean([rule in r.rules for r in positive])) for rule in rules}
    only = {f"{rule} alone": float(np.mean([r.rules == (rule,) for r in positive])) for rule in rules}
    return found | only | {"any rule": float(np.mean([r.score is not None for r in positive]))}
