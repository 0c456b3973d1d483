"""Normalised text and hashes: what changes them and what does not."""

from __future__ import annotations

import pytest
from conftest import statement
from hypothesis import given
from hypothesis import strategies as st

from checker.findings import fingerprint
from checker.text import digest, normalise, same_company

SAME = [
    ("We never sell data.", "we never, sell data"),
    ("Ｗｅ ｎｅｖｅｒ", "we never"),
    ("我们不出售数据。", "我们不出售数据"),
    ("ﬁnance", "finance"),
    ("a  b\n c", "a b c"),
    ("“Zero” harm", '"zero" harm'), ("company's", "company’s"), ("long-term", "long term"), ("人 权。", "人权"),
]  # fmt: skip
DIFFERENT = [
    ("1.5 million", "15 million"), ("1,200", "1200.5"), ("-3 degrees", "3 degrees"), ("5%", "5"), ("€5", "$5"),
    ("We sell data", "We sold data"), ("10年", "10月"), ("not", "note"), ("Growth was (3)%", "Growth was 3%"),
    ("Leak rate > 5%", "Leak rate < 5%"), ("-$5m", "$5m"), (".5%", "5%"), ("–3%", "3%"), ("3:1", "31"), ("1/2", "12"),
    ("in active use", "inactive use"), ("无 不良", "无不 良好"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), SAME)
def test_punctuation_case_and_width_do_not_count(a, b):
    assert normalise(a) == normalise(b)
    assert fingerprint(statement(a), statement("x")) == fingerprint(statement(b), statement("x"))


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_what_changes_a_number_or_a_word_counts(a, b):
    assert normalise(a) != normalise(b)


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_digest_tells_lists_apart(a, b):
    """Parts are set apart, so that ["ab"] and ["a", "b"] differ."""
    if "\0" not in "".join(a + b):
        assert (digest(a) == digest(b)) == (a == b or {tuple(a), tuple(b)} == {(), ("",)})


@given(st.text(min_size=1), st.text(min_size=1))
def test_fingerprint_does_not_depend_on_the_order(a, b):
    assert fingerprint(statement(a), statement(b)) == fingerprint(statement(b), statement(a))


def test_fingerprint_survives_a_move_but_not_another_source():
    """Page, document and date stay out; company and kind of source are in."""
    a, b = statement("We pay."), statement("We do not pay.")
    moved = statement("We pay!", document="other", date="2024", page=7, id="new")
    assert fingerprint(a, b) == fingerprint(moved, b)
    assert fingerprint(a, b) != fingerprint(statement("We pay.", source="press"), b)
    assert fingerprint(a, b) != fingerprint(*(statement(s.text, company="Globex") for s in (a, b)))


def test_company_names_differ_by_more_than_case_and_space():
    assert same_company(" ACME  Ltd ") == same_company("Acme Ltd") != same_company("Acme Inc")
