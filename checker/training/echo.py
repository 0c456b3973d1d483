"""Fit how probable an echo is: whether a company's statement takes over a third party's position.

    python -m checker.training.echo [--pairs corpora/echoes.jsonl] [--out checker/models/bundled]

Logistic regression, whose figures are those of leaving one pair out at a time; its probabilities are the calibration.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import numpy as np

from ..corpus import parse_statement
from ..echoes import FEATURES, EchoModel
from ..files import read_objects, stop
from ..judging import judge_candidates
from ..metrics import average_precision, expected_calibration_error
from ..models import Encoder, Judge, load_encoder, load_judge
from ..records import Candidate, Judgement
from .export import BUNDLED, write_manifest


def read_pairs(path: Path, encoder: Encoder, judge: Judge) -> tuple[list[Judgement], list[bool]]:
    """The judged pairs, and whether each is an echo."""
    rows = [row for _, row in read_objects(str(path), stop)]
    pairs = [(parse_statement({**r["third"], "role": "reference"}), parse_statement(r["company"])) for r in rows]
    vectors = encoder.encode([s.text for pair in pairs for s in pair])
    cosines = (vectors[::2] * vectors[1::2]).sum(axis=1)
    candidates = [Candidate(a, b, float(c), 0.0) for (a, b), c in zip(pairs, cosines, strict=True)]
    return judge_candidates(candidates, judge), [r["label"] == "echo" for r in rows]


def fit(judgements: list[Judgement], echo: list[bool]) -> EchoModel:
    """Fit on all pairs after printing the figures of leaving one out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import LeaveOneOut, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    x = np.array([[feature(j) for feature in FEATURES.values()] for j in judgements])
    y = np.array(echo)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0))
    p = cross_val_predict(model, x, y, cv=LeaveOneOut(), method="predict_proba")[:, 1]
    called = p >= 0.5
    print(f"{len(y)} pairs, {y.sum()} echoes; one left out: AP {average_precision(p, y):.3f}, "
          f"precision {y[called].mean():.3f}, recall {called[y].mean():.3f}, "
          f"ECE {expected_calibration_error(p, y, 5):.3f}")  # fmt: skip
    model.fit(x, y)
    scale, line = model[0], model[1]
    weights = line.coef_[0] / scale.scale_
    intercept = float(line.intercept_[0] - weights @ scale.mean_)
    return EchoModel(round(intercept, 4), {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=Path("corpora/echoes.jsonl"))
    parser.add_argument("--out", type=Path, default=BUNDLED)
    args = parser.parse_args()
    model = fit(*read_pairs(args.pairs, load_encoder(), load_judge()))
    (args.out / "echo.json").write_bytes(msgspec.json.format(msgspec.json.encode(model)) + b"\n")
    write_manifest(args.out)


if __name__ == "__main__":
    main()
