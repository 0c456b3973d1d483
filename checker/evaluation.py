"""How well pairs are ranked: labelled cases and test frames, checker beside its baselines in one run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from .baselines import System, comparable_pairs, cosine_system
from .candidates import by_company, language_pair_statistics
from .cases import Case
from .context import needs_context
from .corpus import Corpus
from .frames import Frame, as_statement, load_frames
from .judging import judge_candidates
from .metrics import at_k, average_precision, expected_calibration_error, recall_at_k
from .pipeline import Options, judge_corpus, quiet, score_pair
from .records import Candidate, Judgement, Statement
from .score import Scorer, load_scorer
from .signals import SIGNALS, compare
from .slices import Rated, by_kind, by_languages, figures, overall, recall_by_rule, reported

if TYPE_CHECKING:
    from .models import Encoder, Judge
    from .pipeline import Progress

Judged = tuple[Case, list[Judgement]]
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
    cases: Sequence[Case], encoder: Encoder, judge: Judge, baselines: dict[str, System], neighbours: int | None,
    progress: Progress,
) -> dict[str, Any]:  # fmt: skip
    """Figures per case and pooled, for checker and each baseline; updates and unlisted pairs count as negative."""
    systems = {"cosine of the encoder": cosine_system(encoder), **baselines}
    rows: list[dict[str, Any]] = []
    pooled = {name: Ranked() for name in (CHECKER, *systems)}
    judged: list[Judged] = []
    step = progress("cases", len(cases))

    def read(corpus: Corpus) -> list[Judgement]:
        return judge_corpus(corpus, Options(neighbours=neighbours), encoder, judge, quiet).judgements

    for case in cases:
        judged.append((case, read(case.corpus)))
        ranked = {CHECKER: _ranked(case, _scores(rate(*judged[-1], load_scorer())))}
        ranked |= {name: _rank(case, system) for name, system in systems.items()}
        for name, result in ranked.items():
            pooled[name].add(result)
            rows.append({"case": case.name, "system": name, **result.figures()})
        step(1)
    rows += [{"case": "pooled", "system": name, **result.figures()} for name, result in pooled.items()]
    rows += [{"case": "mean", "system": name, **_mean([r for r in rows if r["system"] == name])} for name in pooled]
    needing = any(needs_context(s) for case in cases for s in case.corpus.statements)
    alone = [(case, read(without_context(case.corpus))) for case in cases] if needing else []
    rated = [r for case, judgements in judged for r in rate(case, judgements, load_scorer()).values()]
    return {
        "what": f"{len(cases)} labelled case{'s' * (len(cases) != 1)}",
        "neighbours": neighbours or "default",
        "rows": rows,
        "slices": [overall(rated), *by_kind(rated), *by_languages(rated)],
        "ablations": ablations(judged, alone),
        "called at 0.5": reported(rated),
        "candidate recall by rule": recall_by_rule(rated),
        "rated": [(r.score, r.positive) for r in rated if r.score is not None],
    }


def _mean(rows: list[dict[str, Any]]) -> dict[str, float]:
    """Mean over cases of each figure (the pooled row, which comes last, left out)."""
    return {key: float(np.mean([r[key] for r in rows[:-1]])) for key in rows[0] if key not in ("case", "system")}


def rate(case: Case, judgements: Sequence[Judgement], scorer: Scorer) -> dict[frozenset[str], Rated]:
    """Every judged pair, and every gold pair that was no candidate, by its ids."""
    gold = {frozenset((p.a, p.b)): p for p in case.pairs}
    language = {s.id: s.lang or "und" for s in case.corpus.statements}
    found = {}
    for j in judgements:
        ids, score = frozenset((j.candidate.a.id, j.candidate.b.id)), score_pair(j, scorer)
        languages = "-".join(sorted((j.candidate.a.lang or "und", j.candidate.b.lang or "und")))
        pair = gold.get(ids)
        what = (pair.label, pair.kind, pair.why) if pair else ("unlisted", "", "")
        found[ids] = Rated(case.name, *what, languages, score.probability, score.update, j.candidate.rules)
    for ids, p in gold.items():
        pair_of = "-".join(sorted((language[p.a], language[p.b])))
        found.setdefault(ids, Rated(case.name, p.label, p.kind, p.why, pair_of, None))
    return found


def ablations(judged: Sequence[Judged], alone: Sequence[Judged]) -> list[dict[str, Any]]:
    """Pooled figures of checker whole, without each signal, without all of them, and without calibration.

    ``alone`` are the judgements without the sentences before the statements, where any needs one; else empty.
    """
    whole = load_scorer()
    variants: dict[str, tuple[set[str], Scorer]] = {"whole": (set(), whole)}
    variants |= {f"without {name}": ({name}, whole) for name in SIGNALS}
    variants["without any signal"] = (set(SIGNALS), whole)
    variants["without calibration"] = (set(), msgspec.structs.replace(whole, calibration=[]))
    rows = []
    if alone:
        variants["without the sentence before"] = (set(), whole)
    for name, (left_out, scorer) in variants.items():
        rated: list[Rated] = []
        for case, judgements in alone if name == "without the sentence before" else judged:
            kept = [replace(j, signals=tuple(s for s in j.signals if s.name not in left_out)) for j in judgements]
            rated += rate(case, kept, scorer).values()
        calls = reported(rated)
        rows.append({
            "variant": name, **figures(rated),
            "contradictions reported": calls["contradiction"]["contradiction"],
            "compatible reported": calls.get("compatible", {}).get("contradiction", 0.0),
            "updates called updates": calls.get("update", {}).get("update", 0.0),
        })  # fmt: skip
    return rows


def without_context(corpus: Corpus) -> Corpus:
    """A corpus whose statements have no sentence before them."""
    return replace(corpus, statements=[msgspec.structs.replace(s, before=None) for s in corpus.statements])


def _scores(rated: dict[frozenset[str], Rated]) -> dict[frozenset[str], float]:
    return {ids: r.score for ids, r in rated.items() if r.score is not None}


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
    statements = [as_statement(s, f"{f.name}/{n}", COMPANY) for f in frames for n, s in enumerate(f.sentences)]
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
    return [scorer.score(replace(j, signals=compare(j.candidate.a, j.candidate.b))).probability for j in judgements]


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
