"""Fit what stands on top of the bundled models: the scorer and the classifier of kinds.

    python -m checker.training.scorer [--cases corpora/train] [--frames corpora/frames] [--out checker/models/bundled]

The scorer is a logistic regression over the candidates of those training cases that the judge has not seen; its figures
are those of cross-validation by case. Kinds are learnt from the contradictions of the training frames.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from ..frames import Frame, load_frames
from ..kinds import KINDS, pair_features
from ..metrics import average_precision, expected_calibration_error
from ..models import load_encoder, load_judge
from ..pipeline import Options, judge_corpus, quiet
from ..score import FEATURES, Scorer, Term
from .export import BUNDLED, write_manifest
from .judge import training_cases

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..cases import Case
    from ..models import Encoder, Judge

FOLDS = 7


def case_features(
    cases: list[Case], encoder: Encoder, judge: Judge, neighbours: int | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Features ``[n, f]`` of the judged pairs of all cases, whether each is a contradiction, and its case."""
    x, y, group = [], [], []
    for number, case in enumerate(cases):
        labels = case.labels()
        judged = judge_corpus(case.corpus, Options(neighbours=neighbours), encoder, judge, quiet)
        for judgement in judged.judgements:
            c = judgement.candidate
            x.append([feature(judgement) for feature in FEATURES.values()])
            y.append(labels.get(frozenset((c.a.id, c.b.id))) == "contradiction")
            group.append(number)
    return np.array(x), np.array(y), np.array(group)


def fit_scorer(x: NDArray[np.float64], y: NDArray[np.bool_], group: NDArray[np.int64], version: str) -> Scorer:
    """Fit on all pairs after printing the figures of cross-validation by case."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=1000))
    p = cross_val_predict(model, x, y, groups=group, cv=GroupKFold(FOLDS), method="predict_proba")[:, 1]
    print(f"{len(y):,} candidates of {group.max() + 1} cases, {int(y.sum())} contradictions")
    print(f"cross-validated: AP {average_precision(p, y):.3f}, ECE {expected_calibration_error(p, y):.3f}")
    for i, name in enumerate(FEATURES):
        print(f"  {name} alone: AP {max(average_precision(s * x[:, i], y) for s in (1, -1)):.3f}")
    model.fit(x, y)
    scale, regression = model[0], model[1]
    terms = [
        Term(name, round(float(m), 5), round(float(s), 5), round(float(c), 5))
        for name, m, s, c in zip(FEATURES, scale.mean_, scale.scale_, regression.coef_[0], strict=True)
    ]
    return Scorer(f"checker-scorer-{version}", round(float(regression.intercept_[0]), 5), terms)


def fit_kinds(frames: Path, encoder: Encoder) -> NDArray[np.float16]:
    """Weights ``[kinds, 2 d + 1]`` from training frames, after printing the accuracy on test frames."""
    from sklearn.linear_model import LogisticRegression

    x, y = kind_features(load_frames(frames, "train"), encoder)
    test_x, test_y = kind_features(load_frames(frames, "test"), encoder)
    model = LogisticRegression(C=10.0, max_iter=300, fit_intercept=False).fit(x, y)
    found = model.predict(test_x)
    print(f"kinds: accuracy on test frames {np.mean(found == test_y):.3f} (the most frequent kind: "
          f"{max(np.mean(test_y == k) for k in KINDS):.3f})")  # fmt: skip
    if tuple(model.classes_) != KINDS:
        raise SystemExit(f"frames of these kinds are missing: {set(KINDS) - set(model.classes_)}")
    weights: NDArray[np.float16] = model.coef_.astype(np.float16)
    return weights


def kind_features(frames: list[Frame], encoder: Encoder) -> tuple[NDArray[np.float32], NDArray[np.str_]]:
    """Pair features of all contradictions of the frames, and their kinds."""
    vectors = encoder.encode([s.text for f in frames for s in f.sentences])
    a, b, kinds, start = [], [], [], 0
    for frame in frames:
        for i, j in product(range(len(frame.claim)), range(len(frame.against))):
            a.append(start + i)
            b.append(start + len(frame.claim) + j)
            kinds.append(frame.kind)
        start += len(frame.sentences)
    return pair_features(vectors[a], vectors[b]), np.array(kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=Path("corpora/train"))
    parser.add_argument("--frames", type=Path, default=Path("corpora/frames"))
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--neighbours", type=int, help="as in a run, so that probabilities fit one")
    parser.add_argument("--version", default="1", help="goes into the scorer's name")
    args = parser.parse_args()
    encoder, judge = load_encoder(), load_judge()
    scorer = fit_scorer(*case_features(training_cases(args.cases, True), encoder, judge, args.neighbours), args.version)
    (args.out / "scorer.json").write_bytes(msgspec.json.format(msgspec.json.encode(scorer)) + b"\n")
    np.save(args.out / "kinds.npy", fit_kinds(args.frames, encoder))
    write_manifest(args.out)


if __name__ == "__main__":
    main()
