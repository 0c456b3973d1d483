"""Figures by kind and language pair, what a run would call a pair, and intervals over cases."""

from __future__ import annotations

import pytest

from checker.metrics import recall_at_precision
from checker.slices import Rated, by_kind, by_languages, figures, interval, recall_by_rule, reported


def rated(label="contradiction", score=0.9, case="c", kind="numeric", languages="en-en", **more):
    return Rated(case, label, kind if label != "unlisted" else "", more.pop("why", ""), languages, score, **more)


@pytest.mark.parametrize(
    ("scores", "positive", "missed", "expected"),
    [
        ([0.9, 0.8, 0.7], [True, True, False], 0, 1.0),
        ([0.9, 0.8, 0.7], [True, True, False], 2, 0.5),
        ([0.9, 0.8, 0.7], [False, True, True], 0, 0.0),
        ([0.9, 0.8, 0.7, 0.6, 0.5], [True, True, False, True, True], 0, 1.0),
        ([0.5, 0.5, 0.5], [True, False, False], 0, 0.0),
        ([], [], 3, 0.0),
    ],
)
def test_recall_at_eighty_percent_precision(scores, positive, missed, expected):
    """Ties stand or fall together; what was never ranked counts as missed."""
    assert recall_at_precision(scores, positive, missed, 0.8) == expected


def test_a_kind_is_measured_among_all_pairs_that_are_none():
    rows = [rated(), rated(kind="standard", score=0.2), rated("unlisted", 0.5)]
    by = {r["slice"]: r for r in by_kind(rows)}
    assert by["numeric"]["average precision"] == 1.0
    assert by["standard"]["average precision"] == 0.5
    assert by["numeric"]["contradictions"] == 1


def test_a_language_pair_is_measured_among_its_own_pairs():
    rows = [rated(score=0.3, languages="en-zh"), rated("unlisted", 0.5), rated("unlisted", 0.1, languages="en-zh")]
    assert [(r["slice"], r["average precision"]) for r in by_languages(rows)] == [("en-zh", 1.0)]


def test_a_contradiction_that_was_no_candidate_lowers_the_figures():
    assert figures([rated(), rated(score=None)])["average precision"] == 0.5


def test_interval_holds_the_figure_and_repeats():
    rows = [rated(case=str(n), score=0.9 if n % 3 else 0.1) for n in range(12)]
    rows += [rated("unlisted", 0.5, case=str(n)) for n in range(12)]
    value = lambda r: figures(r)["average precision"]  # noqa: E731
    low, high = interval(rows, value, 200)
    assert low < value(rows) < high
    assert (low, high) == interval(rows, value, 200)


@pytest.mark.parametrize(
    ("score", "update", "expected"),
    [
        (0.6, 0.1, "contradiction"),
        (0.4, 0.5, "update"),
        (0.2, 0.3, "update"),  # either is as probable as not, and an announced change likelier
        (0.3, 0.2, ""),  # a contradiction has to be probable alone
        (0.2, 0.25, "update"),  # an announced change has a threshold of its own, 0.15 of either
        (0.05, 0.11, "update"),
        (0.05, 0.09, ""),
        (0.2, 0.16, ""),  # but is none where a contradiction is likelier
        (0.3, 0.1, ""),
        (None, 0.0, ""),
    ],
)
def test_what_a_run_calls_a_pair(score, update, expected):
    assert rated(score=score, update=update).called() == expected


def test_shares_reported_by_label_and_reason():
    rows = [
        rated("compatible", 0.6, why="rounding"),
        rated("compatible", 0.1, why="rounding"),
        rated("update", 0.2, update=0.7),
    ]
    found = reported(rows)
    assert found["compatible"] == {"contradiction": 0.5, "update": 0.0, "pairs": 2}
    assert found["compatible, rounding"] == found["compatible"]
    assert found["update"]["update"] == 1.0


def test_candidate_recall_of_each_rule():
    rows = [
        rated(rules=("neighbours",)),
        rated(rules=("neighbours", "same metric")),
        rated(score=None),
        rated("unlisted", 0.1),
    ]
    found = recall_by_rule(rows)
    assert found["neighbours"] == pytest.approx(2 / 3)
    assert found["same metric"] == found["neighbours alone"] == pytest.approx(1 / 3)
    assert found["same metric alone"] == 0
    assert found["any rule"] == pytest.approx(2 / 3)
