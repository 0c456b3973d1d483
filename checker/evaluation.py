"""How well pairs are ranked: labelled cases and test frames, checker beside its baselines in one run."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .baselines import System, comparable_pairs, cosine_system
from .candidates import by_company, language_pair_statistics
from .cases import Case
from .frames import Frame, load_frames
from .judging import judge_candidates
from .metrics import at_k, average_precision, expected_calibration_error, recall_at_k
from .pipeline import Options, judge_corpus, quiet
from .records import Candidate, Statement
from .score import load_scorer

if TYPE_CHECKING:
    from rich.console import Console

    from .models import Encoder, Judge
    from .pipeline import Progress

CHECKER = "checker"
FIRST = 10
COMPANY = "all frames"  # the test frames are measured as if one company had made every statement


@dataclass
class Ranked:
    """Scores of one system with what the pairs are; ``missed`` positives were not ranked."""

    scores: list[float] = field(default_factory=list)
    positive: list[bool] = field(default_factory=list)
    missed: int = 0

    def add(self, other: Ranked) -> None:
        """Pool with the pairs of another case."""
        self.scores += other.scores
        self.positive += other.positive
        self.missed += other.missed

    def figures(self) -> dict[str, float]:
        """Average precision, precision and recall of the first ten, share of the positives that was ranked at all."""
        total = sum(self.positive) + self.missed
        precision, recall = at_k(self.scores, self.positive, FIRST, total)
        return {
            "pairs": len(self.scores), "contradictions": total,
            "average precision": average_precision(self.scores, self.positive, self.missed),
            f"precision of first {FIRST}": precision, f"recall@{FIRST}": recall,
            "candidate recall": sum(self.positive) / total if total else 0.0,
        }  # fmt: skip


def evaluate_cases(
    cases: Sequence[Case],
    encoder: Encoder,
    judge: Judge,
    baselines: dict[str, System],
    neighbours: int | None,
    progress: Progress,
) -> dict[str, Any]:
    """Figures per case and pooled, for checker and each baseline; updates and unlisted pairs count as negative."""
    systems = {"cosine of the encoder": cosine_system(encoder), **baselines}
    rows: list[dict[str, Any]] = []
    pooled = {name: Ranked() for name in (CHECKER, *systems)}
    probabilities: dict[str, list[float]] = defaultdict(list)
    step = progress("cases", len(cases))
    for case in cases:
        scores, labels = _checker_scores(case, encoder, judge, neighbours), case.labels()
        for ids, p in scores.items():
            probabilities[labels.get(ids, "unlisted")].append(p)
        ranked = {CHECKER: _ranked(case, scores)}
        ranked |= {name: _rank(case, system) for name, system in systems.items()}
        for name, result in ranked.items():
            pooled[name].add(result)
            rows.append({"case": case.name, "system": name, **result.figures()})
        step(1)
    rows += [{"case": "pooled", "system": name, **result.figures()} for name, result in pooled.items()]
    rows += [{"case": "mean", "system": name, **_mean([r for r in rows if r["system"] == name])} for name in pooled]
    ece = expected_calibration_error(pooled[CHECKER].scores, pooled[CHECKER].positive)
    return {
        "what": f"{len(cases)} labelled case{'s' * (len(cases) != 1)}",
        "neighbours": neighbours or "default",
        "expected calibration error": ece,
        "reported at 0.5": {label: float(np.mean(np.array(p) >= 0.5)) for label, p in sorted(probabilities.items())},
        "rows": rows,
    }


def _mean(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Mean over cases of each figure (the pooled row, which comes last, left out)."""
    return {key: float(np.mean([r[key] for r in rows[:-1]])) for key in rows[0] if key not in ("case", "system")}


def _checker_scores(case: Case, encoder: Encoder, judge: Judge, neighbours: int | None) -> dict[frozenset[str], float]:
    scorer = load_scorer()
    judged = judge_corpus(case.corpus, Options(neighbours=neighbours), encoder, judge, quiet)
    return {frozenset((j.candidate.a.id, j.candidate.b.id)): scorer.probability(j) for j in judged.judgements}


def _rank(case: Case, system: System) -> Ranked:
    statements = case.corpus.statements
    scores = system(statements, comparable_pairs(statements))
    return _ranked(case, {frozenset((statements[i].id, statements[j].id)): s for (i, j), s in scores.items()})


def _ranked(case: Case, scores: dict[frozenset[str], float]) -> Ranked:
    positives = {ids for ids, label in case.labels().items() if label == "contradiction"}
    order = sorted(scores, key=sorted)
    return Ranked([scores[i] for i in order], [i in positives for i in order], len(positives - scores.keys()))


def evaluate_frames(
    folder: Path, encoder: Encoder, judge: Judge, baselines: dict[str, System], progress: Progress
) -> dict[str, Any]:
    """The same on the test frames: labelled pairs ranked, and recall of negators among the nearest statements."""
    frames = load_frames(folder, "test")
    statements = [
        Statement(id=f"{f.name}/{n}", company=COMPANY, source="", document=f"{f.name}/{n}", lang=s.lang, text=s.text)
        for f in frames for n, s in enumerate(f.sentences)
    ]  # fmt: skip
    pairs, positive = frame_pairs(frames)
    vectors = encoder.encode([s.text for s in statements], progress("embedding frames", len(statements)))
    scores = {CHECKER: _score_frames(statements, vectors, pairs, judge, progress)}
    scores["cosine of the encoder"] = [float(vectors[i] @ vectors[j]) for i, j in pairs]
    for name, system in baselines.items():
        if name.startswith("cosine"):
            found = system(statements, pairs)
            scores[name] = [found[pair] for pair in pairs]
    rows = [{"case": "test frames", "system": name, **Ranked(s, positive).figures()} for name, s in scores.items()]
    ece = expected_calibration_error(scores[CHECKER], positive)
    return {
        "what": f"{len(frames)} test frames", "expected calibration error": ece, "rows": rows,
        "negators among the nearest of the encoder": recall_at_k(frames, vectors),
    }  # fmt: skip


def _score_frames(
    statements: list[Statement], vectors: Any, pairs: list[tuple[int, int]], judge: Judge, progress: Progress
) -> list[float]:
    company = by_company(statements, vectors)[0]
    mean, deviation = language_pair_statistics(company, within_source=False)
    candidates = []
    for i, j in pairs:
        languages, cosine = (company.language[i], company.language[j]), float(vectors[i] @ vectors[j])
        z = float((cosine - mean[languages]) / deviation[languages])
        candidates.append(Candidate(statements[i], statements[j], cosine, z))
    scorer = load_scorer()
    judgements = judge_candidates(candidates, judge, progress("judging frames", 2 * len(candidates)))
    return [scorer.probability(j) for j in judgements]


def frame_pairs(frames: Sequence[Frame], seed: int = 0) -> tuple[list[tuple[int, int]], list[bool]]:
    """Index pairs into the frames' sentences, and whether each is a contradiction.

    A frame gives three contradictions, three compatible pairs and one restatement, and three pairs with other frames.
    """
    rng = random.Random(seed)
    starts = np.cumsum([0, *(len(f.sentences) for f in frames)])
    pairs, positive = [], []
    for n, frame in enumerate(frames):
        claim, against = range(len(frame.claim)), range(len(frame.against))
        first = int(starts[n])
        for side, label in ((len(claim), True), (len(claim) + len(against), False)):
            size = len(frame.against) if label else len(frame.beside)
            options = [(first + i, first + side + j) for i in claim for j in range(size)]
            pairs += rng.sample(options, 3)
            positive += [label] * 3
        others = [i for i in range(int(starts[-1])) if not first <= i < starts[n + 1]]
        pairs += [(first, first + 1), *((first + rng.choice(claim), rng.choice(others)) for _ in range(3))]
        positive += [False] * 4
    return pairs, positive


def show(tables: Sequence[dict[str, Any]], notes: Sequence[str], console: Console) -> None:
    """Print the figures as tables."""
    from rich.table import Table

    for table in tables:
        columns = [key for key in table["rows"][0] if key not in ("case", "system")]
        view = Table("case", "system", *columns, title=table["what"], box=None, pad_edge=False)
        last = None
        for row in table["rows"]:
            view.add_row(row["case"] if row["case"] != last else "", row["system"], *(_figure(row[c]) for c in columns))
            last = row["case"]
        console.print(view)
        for key, value in table.items():
            if key not in ("what", "rows"):
                console.print(f"{key}: {_figure(value)}")
    for note in notes:
        console.print(f"note: {note}")


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k} {_figure(v)}" for k, v in value.items())
    if isinstance(value, str):
        return value
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"
