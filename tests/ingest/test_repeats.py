"""Near-identical sentences of a document: collapsed, unless what differs changes what is said."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.repeats import collapse

SAID = "Our suppliers in all regions are paid within thirty days of the delivery of their goods and services"
SAME = [
    SAID + ".",
    SAID.upper(),
    SAID.replace("their goods", "the goods"),
    SAID.replace("delivery", "delivry"),
]
OTHER = [
    SAID.replace("are paid", "are not paid"),
    SAID.replace("all", "some"),
    SAID.replace("thirty", "30"),
    SAID.replace("within", "only within"),
    SAID.replace("Our suppliers", "Acme suppliers"),
    SAID.replace("thirty days", "thirty days in 2023"),
    SAID.replace("thirty days", "thirty days, $ 5"),
]


@pytest.mark.parametrize("other", SAME)
def test_the_same_with_other_marks_or_a_slip(other):
    assert collapse([SAID, other]) == [0, 0]


@pytest.mark.parametrize("other", OTHER)
def test_what_changes_the_statement_keeps_them_apart(other):
    """A negation, a figure, a name, a quantifier, a currency."""
    assert collapse([SAID, other]) == [0, 1]


def test_chinese():
    said = (
        "公司在所有市场的供应商均在货物和服务交付后三十天之内收到全部货款并且公司每年都会对付款情况进行公开披露和说明"
    )
    assert collapse([said, said + "。", said.replace("均在", "均不在"), said.replace("三十", "九十")]) == [0, 0, 2, 3]


def test_short_sentences_are_the_same_only_word_for_word():
    assert collapse(["We pay tax here.", "we pay tax here", "We pay tax there."]) == [0, 0, 2]


@settings(max_examples=50)
@given(st.lists(st.sampled_from([SAID, *SAME, *OTHER, "We pay."]), max_size=12))
def test_first_of_its_kind(sentences):
    """Each index points to an earlier sentence that points to itself; doing it again changes nothing."""
    found = collapse(sentences)
    assert all(found[j] == j <= i for i, j in enumerate(found))
    kept = [s for i, s in enumerate(sentences) if found[i] == i]
    assert collapse(kept) == list(range(len(kept)))


def test_time_stays_near_linear():
    """20,000 sentences of one pattern in a few seconds."""
    sentences = [f"{SAID} in region number {i} of the group, as agreed" for i in range(20_000)]
    began = time.perf_counter()
    assert collapse(sentences) == list(range(20_000))
    assert time.perf_counter() - began < 10
