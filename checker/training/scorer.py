"""Fit what stands on top of the bundled models: the scorer and the classifier of kinds.

    python -m checker.training.scorer [--cases corpora/train] [--frames corpora/frames] [--out checker/models/bundled]

The scorer is a multinomial logistic regression over the candidates of those training cases that the judge has not seen;
its figures are those of cross-validation by case, and of no, sigmoid and isotonic calibration the one with the least
calibration error is kept. Its probabilities are those of a corpus where BASE_RATE of the candidates contradict. Kinds
are learnt from the contradictions of the training frames.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..corpus import with_languages
from ..features import NAMES, features
from ..frames import Frame, as_statement, load_frames
from ..judging import judge_candidates
from ..kinds import KINDS, pair_features
from ..metrics import average_precision, expected_calibration_error
from ..models import load_encoder, load_judge
from ..pipeline import Options, judge_corpus, quiet
from ..records import Candidate, Judgement, Statement
from ..score import Scorer, Term, calibrated, sigmoid
from ..signals import compare
from .export import BUNDLED, write_manifest
from .judge import training_cases

if TYPE_CHECKING:
    from ..cases import Case
    from ..models import Encoder, Judge

FOLDS = 7
NEAREST = 6.0  # z of a restatement: far nearer than anything else
FILLER = re.compile(r"\b(?:also|very|the|our|its|their|die|der|das|les|des|los|las) |[的也了]")
PENALTY = 0.1  # inverse strength of the L2 penalty
BASE_RATE = 0.015  # of contradictions among the candidates of a company's own documents; the cases hold five times more
OUTCOMES = {"contradiction": 1, "update": 2}  # 0: neither


class Pairs(NamedTuple):
    """Judged pairs of labelled cases: features ``[n, f]``, outcome ``[n]`` (see OUTCOMES) and case ``[n]``."""

    x: NDArray[np.float64]
    y: NDArray[np.int64]
    group: NDArray[np.int64]


def case_features(cases: list[Case], encoder: Encoder, judge: Judge, neighbours: int | None) -> Pairs:
    """Features, outcomes and cases of all judged pairs."""
    x, y, group = [], [], []
    for number, case in enumerate(cases):
        labels = case.labels()
        judged = judge_corpus(case.corpus, Options(neighbours=neighbours), encoder, judge, quiet)
        for judgement in [*judged.judgements, *restatements(case, encoder, judge)]:
            c = judgement.candidate
            x.append(features(judgement))
            y.append(OUTCOMES.get(labels.get(frozenset((c.a.id, c.b.id)), ""), 0))
            group.append(number)
    return Pairs(np.array(x), np.array(y), np.array(group))


def restatements(case: Case, encoder: Encoder, judge: Judge) -> list[Judgement]:
    """Every fifth statement against itself with a word or two left out, as reports repeat themselves from year to year.

    The cases hold no such pairs, real documents hold many: nearer than any contradiction, and none.
    """
    said = list(with_languages(case.corpus.statements))[::5]
    again = [said_again(s, said[i - 1]) for i, s in enumerate(said)]
    vectors = encoder.encode([s.text for s in (*said, *again)])
    cosines = (vectors[: len(said)] * vectors[len(said) :]).sum(axis=1)
    pairs = [Candidate(a, b, float(c), NEAREST) for a, b, c in zip(said, again, cosines, strict=True)]
    judged = judge_candidates([p for p in pairs if p.a.text != p.b.text], judge)
    return [replace(j, signals=compare(j.candidate.a, j.candidate.b)) for j in judged]


def said_again(statement: Statement, other: Statement) -> Statement:
    """The statement, said again where another one was said."""
    return msgspec.structs.replace(other, id=f"{statement.id} again", document="", lang=statement.lang,
                                   text=reworded(statement.text), role=statement.role)  # fmt: skip


def reworded(text: str) -> str:
    """A text without its filler words; without its last full stop where it has none."""
    shorter = FILLER.sub("", text)
    return shorter if shorter != text else text.rstrip(".。")


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
    print(f"cross-validated: AP {average_precision(p[:, 1], truth):.3f}; ECE "
          + ", ".join(f"{name} {error:.4f}" for name, error in errors.items()) + f": {best}")  # fmt: skip
    scorer = as_scorer(regression().fit(x, y), knots.get(best, []), version)
    return at_base_rate(msgspec.structs.replace(scorer, background=background), float(truth.mean()))


def at_base_rate(scorer: Scorer, share: float, rate: float = BASE_RATE) -> Scorer:
    """A scorer fitted where ``share`` of the pairs contradict, for corpora where ``rate`` do: prior correction.

    The intercept takes the difference of the log-odds (King and Zeng 2001, "Logistic regression in rare events data"),
    and the knots of the calibration move with it.
    """
    shift = float(logits(np.array([rate]))[0] - logits(np.array([share]))[0])
    moved = [(round(x + shift, 4), round(y + shift, 4)) for x, y in scorer.calibration]
    intercept = round(scorer.contradiction + shift, 5)
    return msgspec.structs.replace(scorer, contradiction=intercept, calibration=moved)


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
    pairs = case_features(cases, encoder, judge, args.neighbours)
    scorer = fit_scorer(pairs, args.version, background_of(cases, encoder))
    (args.out / "scorer.json").write_bytes(msgspec.json.format(msgspec.json.encode(scorer)) + b"\n")
    np.save(args.out / "kinds.npy", fit_kinds(args.frames, encoder))
    write_manifest(args.out)


if __name__ == "__main__":
    main()
