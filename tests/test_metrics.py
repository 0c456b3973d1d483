"""The figures, against plain computations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.frames import Frame, Sentence
from checker.metrics import at_k, average_precision, expected_calibration_error, recall_at_k

labelled = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40, unique_by=lambda x: x[0])


@given(labelled, st.integers(0, 5))
def test_average_precision_counts_missed_positives_as_zero(rows, missed):
    ranked = [y for _, y in sorted(rows, key=lambda r: -r[0])]
    total = sum(ranked) + missed
    hits = [sum(ranked[: i + 1]) / (i + 1) for i, y in enumerate(ranked) if y]
    expected = sum(hits) / total if sum(ranked) else 0.0
    scores, labels = zip(*rows, strict=True)
    assert average_precision(scores, labels, missed) == pytest.approx(expected)


def test_precision_and_recall_at_k():
    assert at_k([0.9, 0.8, 0.7], [True, False, True], 2, 4) == (0.5, 0.25)
    assert at_k([0.9], [True], 10, 1) == (0.1, 1.0)


def test_calibration_error_of_known_bins():
    assert expected_calibration_error([0.25] * 4, [True, False, False, False]) == pytest.approx(0)
    assert expected_calibration_error([0.95] * 4, [True, True, False, False]) == pytest.approx(0.45)
    assert expected_calibration_error([0.0, 1.0], [True, False]) == pytest.approx(1)


def test_recall_ignores_the_other_ways_to_say_it():
    """A claim's own paraphrase and other negators are no competitors; a compatible statement is one."""
    frame = Frame("f", "scope", *((Sentence(t, "en"),) * n for t, n in (("c", 2), ("a", 2), ("b", 1))))
    near = np.array([[1, 0], [1, 0.01], [0.9, 0.4], [0.8, 0.6], [0.99, 0.1]])
    vectors = (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)
    assert recall_at_k([frame], vectors, (1, 2)) == {"recall@1": 0.0, "recall@2": 1.0}
