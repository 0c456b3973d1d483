"""Blocking: which pairs are compared, and which of them are near."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import statement

from checker import candidates
from checker.candidates import by_company, collapse, find_candidates, language_pair_statistics


def unit(rows):
    rows = np.asarray(rows, np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def made(count, documents=3, languages=("en",), seed=0):
    statements = [
        statement(f"Text {i}.", document=f"d{i % documents}", lang=languages[i % len(languages)]) for i in range(count)
    ]
    return statements, unit(np.random.default_rng(seed).normal(size=(count, 8)))


def test_pairs_are_of_one_company_and_two_documents():
    statements, vectors = made(12)
    statements = [statement(s.text, document=s.document, company="AB"[i % 2]) for i, s in enumerate(statements)]
    found, stage = find_candidates(by_company(statements, vectors), neighbours=50)
    assert found
    assert all(c.a.company == c.b.company and c.a.document != c.b.document for c in found)
    assert stage.entered == stage.left + sum(stage.dropped.values()) == 2 * 15


def test_within_source_adds_the_pairs_of_one_document():
    companies = by_company(*made(6, documents=1))
    assert find_candidates(companies, 50)[0] == []
    assert len(find_candidates(companies, 50, within_source=True)[0]) == 15


def test_equal_texts_are_not_compared():
    statements = [statement("We pay.", id="1"), statement("We pay!", id="2", document="e")]
    assert find_candidates(by_company(statements, unit([[1, 0], [1, 0]])), 5)[0] == []


@pytest.mark.parametrize("block", [1, 7 * 300, 2**24])
def test_nearest_are_found_across_blocks(block, monkeypatch):
    """The nearest statement of another document is among the candidates, in whatever block it lies."""
    monkeypatch.setattr(candidates, "BLOCK", block)
    count = 300
    statements, vectors = made(count, documents=count)
    vectors[-1] = vectors[0] + 0.01
    vectors = unit(vectors)
    found, _ = find_candidates(by_company(statements, vectors), neighbours=1)
    best = found[0]
    assert {best.a.text, best.b.text} == {"Text 0.", f"Text {count - 1}."}


def test_language_pairs_are_ranked_within_themselves():
    """Pairs of two languages that all lie lower by the same amount are not pushed out by pairs of one language."""
    rng = np.random.default_rng(1)
    base = rng.normal(size=(60, 16))
    offset = np.array([[2.0] + [0.0] * 15 if i % 2 else [-2.0] + [0.0] * 15 for i in range(60)])
    statements = [statement(f"Text {i}.", document=f"d{i}", lang="zh" if i % 2 else "en") for i in range(60)]
    found, _ = find_candidates(by_company(statements, unit(base + offset)), neighbours=4)
    crossing = sum(c.a.lang != c.b.lang for c in found) / len(found)
    assert 0.3 < crossing < 0.7


def test_statistics_match_a_plain_computation():
    statements, vectors = made(30, documents=30, languages=("en", "zh"))
    company = by_company(statements, vectors)[0]
    mean, deviation = language_pair_statistics(company, within_source=False)
    pairs = [(i, j) for i in range(30) for j in range(30) if i < j]
    cosine = {p: float(vectors[p[0]] @ vectors[p[1]]) for p in pairs}
    everything = np.array(list(cosine.values()))
    cross = np.array([c for (i, j), c in cosine.items() if i % 2 != j % 2])
    weight = len(cross) + 50
    expected = (cross.sum() + 50 * everything.mean()) / weight
    square = ((cross**2).sum() + 50 * (everything**2).mean()) / weight
    assert mean[0, 1] == mean[1, 0] == pytest.approx(expected, abs=1e-5)
    assert deviation[0, 1] == pytest.approx(np.sqrt(square - expected**2), abs=1e-5)


def test_order_of_sides_is_by_date():
    statements = [statement("New.", date="2021", document="n"), statement("Old.", date="2019-05", document="o")]
    found, _ = find_candidates(by_company(statements, unit([[1, 0], [1, 1]])), 5)
    assert (found[0].a.text, found[0].b.text) == ("Old.", "New.")


def test_repetitions_within_a_document_are_collapsed_and_counted():
    statements = [statement("We pay.", id="1"), statement("we pay", id="2"), statement("We pay.", id="3", document="e")]
    unique, stage = collapse(statements)
    assert [s.id for s in unique] == ["1", "3"]
    assert (stage.entered, stage.left, sum(stage.dropped.values())) == (3, 2, 1)
