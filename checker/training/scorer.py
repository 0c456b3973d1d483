"""Fit what stands on top of the bundled models: the scorer and the classifier of kinds.

    python -m checker.training.scorer [--cases corpora/train] [--frames corpora/frames] [--out checker/models/bundled]

The scorer is a multinomial logistic regression over the candidates of those training cases that the judge has not seen
(and some pairs more, see scorer_pairs.py); its figures are those of cross-validation by case, and of no, sigmoid and
isotonic calibration the one with the least calibration error is kept, where that is worth its steps. Its probabilities
are those of a corpus where BASE_RATES of the candidates contradict or are announced changes. Kinds are learnt from the
contradictions of the training frames.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..features import NAMES
from ..frames import Frame, as_statement, load_frames
from ..kinds import KINDS, pair_features
from ..metrics import average_precision, expected_calibration_error
from ..models import load_encoder, load_judge
from ..score import Scorer, Term, calibrated, sigmoid
from ..signals import compare
from .export import BUNDLED, write_manifest
from .judge import training_cases
from .scorer_pairs import OUTCOMES, Pairs, case_features, near_pairs, together

if TYPE_CHECKING:
    from ..cases import Case
    from ..models import Encoder

FOLDS = 7
WORTH = 0.75  # of the error without it is the most that a calibration may leave: fits differ by a fifth by chance
PENALTY = 0.1  # inverse strength of the L2 penalty
BASE_RATES = 0.015, 0.015  # of contradictions and of updates among the candidates of a company's own documents


def fit_scorer(pairs: Pairs, version: str, background: tuple[float, float]) -> Scorer:
    """Fit on all pairs, after printing the figures of cross-validation by case and choosing the calibration by them."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    x, y, group = pairs
    folds = GroupKFold(FOLDS)
    p = cross_val_predict(regression(), x, y, groups=group, cv=folds, method="predict_proba")
    truth = y == OUTCOMES["contradiction"]
    print(f"{len(y):,} candidates of {group.max() + 1} cases, {int(truth.sum())} contradictions, "
          f"{int((y == OUTCOMES['update']).sum())} updates")  # fmt: skip
    raw = logits(p[:, 1])
    knots = {name: fit(raw, truth) for name, fit in CALIBRATIONS.items()}
    errors = {"none": expected_calibration_error(p[:, 1], truth)}
    for name, fit in CALIBRATIONS.items():
        errors[name] = expected_calibration_error(nested(fit, raw, truth, group), truth)
    best = min(errors, key=lambda name: errors[name])
    best = best if errors[best] < WORTH * errors["none"] else "none"
    print(f"cross-validated: AP {average_precision(p[:, 1], truth):.3f}; ECE "
          + ", ".join(f"{name} {error:.4f}" for name, error in errors.items()) + f": {best}")  # fmt: skip
    scorer = as_scorer(regression().fit(x, y), knots.get(best, []), version)
    shares = float(truth.mean()), float(np.mean(y == OUTCOMES["update"]))
    return at_base_rate(msgspec.structs.replace(scorer, background=background), shares)


def at_base_rate(scorer: Scorer, shares: tuple[float, float], rates: tuple[float, float] = BASE_RATES) -> Scorer:
    """A scorer fitted where ``shares`` of the pairs are contradictions and updates, for corpora where ``rates`` are.

    Prior correction: the intercepts take the difference of the log-odds against neither (King and Zeng 2001, "Logistic
    regression in rare events data"), and the knots of the calibration move with that of the contradictions.
    """
    of_neither = math.log((1 - sum(shares)) / (1 - sum(rates)))
    contradiction, update = (math.log(rate / share) + of_neither for rate, share in zip(rates, shares, strict=True))
    moved = [(round(x + contradiction, 4), round(y + contradiction, 4)) for x, y in scorer.calibration]
    return msgspec.structs.replace(
        scorer,
        contradiction=round(scorer.contradiction + contradiction, 5),
        update=round(scorer.update + update, 5),
        calibration=moved,
    )


def background_of(cases: list[Case], encoder: Encoder) -> tuple[float, float]:
    """Mean and deviation of the cosine over all pairs of statements of a case: nearness where there is no corpus."""
    rows = [encoder.encode([s.text for s in case.corpus.statements]) for case in cases]
    cosines = np.concatenate([(v @ v.T)[np.triu_indices(len(v), 1)] for v in rows])
    return round(float(cosines.mean()), 4), round(float(cosines.std()), 4)


def regression() -> Any:
    """Standardised multinomial logistic regression."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression(C=PENALTY, max_iter=2000))


def as_scorer(model: Any, calibration: list[tuple[float, float]], version: str) -> Scorer:
    """The regression as coefficients for contradiction and update against neither; constant features are left out."""
    scale, fitted = model[0], model[1]
    weights = fitted.coef_ - fitted.coef_[0]
    start = fitted.intercept_ - fitted.intercept_[0]
    terms = [
        Term(name, *(round(float(v), 5) for v in (m, s, c, u)))
        for name, m, s, v, c, u in zip(
            NAMES, scale.mean_, scale.scale_, scale.var_, weights[1], weights[2], strict=True
        )
        if v > 0
    ]
    return Scorer(f"checker-scorer-{version}", round(float(start[1]), 5), round(float(start[2]), 5), terms, calibration)


def logits(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds, of probabilities kept a little away from 0 and 1."""
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(p / (1 - p)))


def sigmoid_knots(raw: NDArray[np.float64], truth: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Platt's line through two knots (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e6).fit(raw[:, None], truth)
    return [(x, float(line.decision_function([[x]])[0])) for x in (-8.0, 4.0)]


def isotonic_knots(raw: NDArray[np.float64], truth: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Means of the steps of isotonic regression (Zadrozny and Elkan 2002) as knots; pure steps are pulled to a half."""
    from sklearn.isotonic import IsotonicRegression

    level = IsotonicRegression().fit_transform(raw, truth.astype(float))
    knots = []
    for value in np.unique(level):
        inside = level == value
        count, hits = int(inside.sum()), float(truth[inside].sum())
        knots.append((float(raw[inside].mean()), float(logits(np.array([(hits + 0.5) / (count + 1)]))[0])))
    return [(round(x, 4), round(y, 4)) for x, y in monotone(knots)]


def monotone(knots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Knots without those that fall below an earlier one."""
    kept = knots[:1]
    for x, y in knots[1:]:
        if x > kept[-1][0] and y >= kept[-1][1]:
            kept.append((x, y))
    return kept


CALIBRATIONS: dict[str, Callable[[NDArray[np.float64], NDArray[np.bool_]], list[tuple[float, float]]]] = {
    "sigmoid": sigmoid_knots, "isotonic": isotonic_knots,
}  # fmt: skip


def nested(
    fit: Callable[..., list[tuple[float, float]]], raw: NDArray[np.float64], truth: NDArray[np.bool_],
    group: NDArray[np.int64],
) -> NDArray[np.float64]:  # fmt: skip
    """Calibrated probabilities of each case by knots fitted on the other cases."""
    from sklearn.model_selection import GroupKFold

    out = np.empty(len(raw))
    for fitted, held in GroupKFold(FOLDS).split(raw, truth, group):
        knots = fit(raw[fitted], truth[fitted])
        out[held] = [sigmoid(calibrated(x, knots)) for x in raw[held]]
    return out


def fit_kinds(frames: Path, encoder: Encoder) -> NDArray[np.float16]:
    """Weights ``[kinds, 2 d + s + 1]`` from training frames, after printing the accuracy on test frames."""
    from sklearn.linear_model import LogisticRegression

    x, y = kind_features(load_frames(frames, "train"), encoder)
    test_x, test_y = kind_features(load_frames(frames, "test"), encoder)
    model = LogisticRegression(C=10.0, max_iter=400, fit_intercept=False).fit(x, y)
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
    a, b, kinds, signals, start = [], [], [], [], 0
    for frame in frames:
        for (i, claim), (j, against) in product(enumerate(frame.claim), enumerate(frame.against)):
            a.append(start + i)
            b.append(start + len(frame.claim) + j)
            kinds.append(frame.kind)
            signals.append(compare(as_statement(claim, "a"), as_statement(against, "b")))
        start += len(frame.sentences)
    return pair_features(vectors[a], vectors[b], signals), np.array(kinds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=Path("corpora/train"))
    parser.add_argument("--frames", type=Path, default=Path("corpora/frames"))
    parser.add_argument("--out", type=Path, default=BUNDLED)
    parser.add_argument("--neighbours", type=int, help="as in a run, so that probabilities fit one")
    parser.add_argument("--version", default="1", help="goes into the scorer's name")
    args = parser.parse_args()
    encoder, judge = load_encoder(), load_judge()
    cases = training_cases(args.cases, True)
    background = background_of(cases, encoder)
    pairs = case_features(cases, encoder, judge, args.neighbours)
    pairs = together(pairs, near_pairs(load_frames(args.frames, "dev"), encoder, judge, background))
    scorer = fit_scorer(pairs, args.version, background)
    (args.out / "scorer.json").write_bytes(msgspec.json.format(msgspec.json.encode(scorer)) + b"\n")
    np.save(args.out / "kinds.npy", fit_kinds(args.frames, encoder))
    write_manifest(args.out)


if __name__ == "__main__":
    main()
