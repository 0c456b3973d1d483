"""Read every candidate both ways with the judge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .context import as_read
from .records import Candidate, Judgement, Probabilities

if TYPE_CHECKING:
    from .models import Judge, Step


def judge_candidates(candidates: Sequence[Candidate], judge: Judge, step: Step | None = None) -> list[Judgement]:
    """Judgements in the order of the candidates; a pair of texts that occurs twice is read once."""
    texts = [as_read(c.a, c.b) for c in candidates]
    unique = sorted({pair for a, b in texts for pair in ((a, b), (b, a))})
    rows = judge.judge(unique, step)
    read = {pair: Probabilities(*map(float, row)) for pair, row in zip(unique, rows, strict=True)}
    return [Judgement(c, read[a, b], read[b, a]) for c, (a, b) in zip(candidates, texts, strict=True)]
