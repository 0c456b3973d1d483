"""Sentences that say the same; and sentences that only look alike."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.repeats import collapse

SAME = [
    ("We audit every supplier once a year.", "we audit every supplier, once a year"),
    ("In addition, we audit every supplier.", "We audit every supplier."),
    ("We also audit every supplier.", "Additionally, we audit every supplier."),
    ("The Company has sold its mine in Peru.", "We have sold its mine in Peru."),
    ("The Company expects prices to fall.", "We expect prices to fall."),
    ("The programme reduces labour turnover in the plants.", "The program reduces labor turnover in the plants."),
    ("Our organisation and its suppliers are paid on time.", "Our organization and its suppliers are paid on time."),
    ("We rely on the safety system that our team has built.", "We rely on the safety system that our teams has built."),
    ("此外，本公司不使用童工。", "公司不使用童工。"),
    ("また、児童労働は認めません。", "児童労働は認めません。"),
    ("또한 아동노동을 금지합니다.", "아동노동을 금지합니다."),
    ("Darüber hinaus prüfen wir jeden Lieferanten.", "Ferner prüfen wir auch jeden Lieferanten."),
    ("En outre, la société ne vend pas de données.", "La société ne vend pas de données."),
]  # fmt: skip
APART = [
    ("We audit every supplier once a year.", "We audit every supplier twice a year."),
    (
        "Emissions fell by 12% across all of our plants in 2022.",
        "Emissions fell by 13% across all of our plants in 2022.",
    ),
    (
        "Emissions fell by 12% across all of our plants in 2022.",
        "Emissions fell by 12% across all of our plants in 2023.",
    ),
    ("The fine was $3 million, and we have paid all of it.", "The fine was €3 million, and we have paid all of it."),
    ("The fine was 3 million, and we have paid all of it.", "The fine was 3 billion, and we have paid all of it."),
    ("We do sell data of our users to the brokers.", "We do not sell data of our users to the brokers."),
    ("We can sell the data of our users to brokers.", "We can't sell the data of our users to brokers."),
    (
        "No supplier of ours was found to employ children in 2022.",
        "Some supplier of ours was found to employ children in 2022.",
    ),
    ("The lender may call the loan in at any time.", "The lender can call the loan in at any time."),
    ("Emissions in the plants increased in the year.", "Emissions in the plants decreased in the year."),
    ("Mr. Abbot joined the audit committee in March.", "Mr. Whitby joined the audit committee in March."),
    ("A few suppliers of the group pay a living wage.", "Few suppliers of the group pay a living wage."),
    ("The chemical is harmful to the people in the plant.", "The chemical is harmless to the people in the plant."),
    ("The employee pays the fee of the agency.", "The employer pays the fee of the agency."),
    ("The plant is in active use.", "The plant is inactive use."),
    ("公司使用童工。", "公司不使用童工。"),
    ("该工厂已关闭，员工全部转岗。", "该工厂未关闭，员工全部转岗。"),
    ("公司2022年排放下降12%。", "公司2022年排放上升12%。"),
    ("児童労働を認めます。", "児童労働を認めません。"),
    ("아동노동을 금지합니다.", "아동노동을 금지하지 않습니다."),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_said_twice_is_collapsed(a, b):
    """Openings, articles, spelling, plural and the company's name for itself make no second statement."""
    assert collapse([a, "Something else was said here.", b]) == [0, 1, 0]


@pytest.mark.parametrize(("a", "b"), APART)
def test_a_word_that_matters_keeps_statements_apart(a, b):
    """Numbers, years, currencies, negations, names and opposites: what contradictions within a document are made of."""
    assert collapse([a, b]) == [0, 1]


def test_the_first_of_many_is_named():
    """Each repetition refers to the first, also where the repetitions differ among themselves."""
    said = ["We pay a living wage.", "Water is scarce.", "We pay living wages.", "In addition, we pay a living wage."]
    assert collapse(said) == [0, 1, 0, 0]
    assert collapse([]) == []


def test_time_grows_with_the_number_of_sentences():
    """20,000 sentences of one shape, no two the same, take less than three seconds."""
    sentences = [
        f"The plant in district {i} used {i * 7} cubic metres of water from the river in the year."
        for i in range(20_000)
    ]
    started = time.process_time()
    assert collapse(sentences) == list(range(20_000))
    assert time.process_time() - started < 3


@settings(max_examples=50)
@given(st.lists(st.sampled_from([text for pair in SAME + APART for text in pair] + ["", "…", "the"]), max_size=12))
def test_what_is_named_is_a_first(sentences):
    """Whatever is said: each index is of a sentence not after it, which is its own first."""
    found = collapse(sentences)
    assert all(first <= i and found[first] == first for i, first in enumerate(found))
