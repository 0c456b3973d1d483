"""checker explain: the whole reasoning for one pair, also where a run would not report it."""

from __future__ import annotations

import json

import pytest
from conftest import CORPORA, row, run_cli

from checker import ConfigError, Options, read_corpus
from checker.explaining import explain_statements, explain_texts
from checker.records import Statement
from checker.score import sigmoid

FOUNDING = str(CORPORA / "founding-2019-en" / "statements.jsonl")
PAYS = "Every supplier is paid within thirty days."
LATE = "Suppliers wait ninety days for their money, every one of them."


def test_two_texts_from_candidate_to_verdict():
    done = run_cli("explain", PAYS, LATE)
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    for part in (PAYS, LATE, "candidate", "A as premise", "signal", "base rate of candidates", "sum: probability"):
        assert part in out
    assert "reported" in out.splitlines()[-1], "the verdict comes last"


def test_pair_of_a_corpus_says_which_rule_proposed_it(encoder, judge):
    found = explain_statements(read_corpus([FOUNDING]), "he08", "he60", Options(), encoder, judge)
    assert found.candidate and found.reported
    assert found.proposed.startswith("proposed by: neighbours")
    assert found.verdict.startswith("reported as a contradiction")
    assert [s.relation for s in found.finding.signals if s.name == "standard"] == ["universal against relative"]


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [("he01", "he02", "both are from one document"), ("he16", "he62", "no blocking rule proposes it")],
)
def test_pair_that_was_not_compared_says_why(encoder, judge, a, b, why):
    found = explain_statements(read_corpus([FOUNDING]), a, b, Options(), encoder, judge)
    assert not found.candidate and not found.reported
    assert why in found.proposed
    assert found.verdict.startswith("not reported: no candidate")


def test_threshold_decides_and_contributions_sum(encoder, judge):
    low = explain_texts(PAYS, LATE, Options(min_probability=0.0), encoder, judge)
    high = explain_texts(PAYS, LATE, Options(min_probability=1.0), encoder, judge)
    assert low.reported and not high.reported
    total = sum(c.log_odds for c in low.finding.contributions)
    assert low.finding.probability == pytest.approx(sigmoid(total), abs=1e-4)
    assert low.finding == high.finding


def test_same_texts_are_no_pair(encoder, judge):
    found = explain_texts(PAYS, PAYS.upper(), Options(min_probability=0.0), encoder, judge)
    assert not found.reported
    assert found.proposed == "the two texts are the same"


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [("he01", "nobody", "no statement has the id 'nobody'"), ("he01", "he01", "given twice")],
)
def test_wrong_ids_are_named(encoder, judge, a, b, words):
    with pytest.raises(ConfigError, match=words):
        explain_statements(read_corpus([FOUNDING]), a, b, Options(), encoder, judge)


def test_two_companies_are_never_compared(write, encoder, judge):
    corpus = read_corpus([write([row(id="1"), row(id="2", company="Other", text="We do not.")])])
    with pytest.raises(ConfigError, match="two companies"):
        explain_statements(corpus, "1", "2", Options(), encoder, judge)


@pytest.mark.parametrize("text", ["", "  ", "…"])
def test_text_without_words_is_refused(text):
    done = run_cli("explain", text, LATE)
    assert done.returncode == 2
    assert done.stderr.startswith(b"checker: error: ")
    assert b"Traceback" not in done.stderr


def test_explanation_as_json():
    done = run_cli("explain", "he08", "he60", "--corpus", FOUNDING, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["candidate"] is True
    assert found["finding"]["kind"] == "standard"


def test_a_pack_of_the_user_is_heeded(tmp_path, encoder, judge):
    """A standard that no bundled pack knows turns two unrelated claims into a conflict of standards."""
    pack = tmp_path / "mine.toml"
    pack.write_text(
        'name = "mine"\ndescription = "a trade code"\nlanguages = ["en"]\nlicence = "CC0-1.0"\n'
        '[[entries]]\nid = "weavers-code"\nclass = "universal"\nkind = "norm"\ntopic = "labour"\n'
        'citation = "https://example.org"\nnote = "n"\npatterns.en = ["weavers charter"]\n', "utf-8"
    )  # fmt: skip
    texts = "We respect the Weavers Charter in every mill.", "On labour matters we follow each country's own view."
    without = explain_texts(*texts, Options(), encoder, judge)
    with_pack = explain_texts(*texts, Options(packs=(pack,)), encoder, judge)
    relation = lambda e: [s.relation for s in e.finding.signals if s.name == "standard"]  # noqa: E731
    assert relation(without) == []
    assert relation(with_pack) == ["universal against relative"]


def test_statement_record_is_what_a_text_becomes(encoder, judge):
    found = explain_texts(PAYS, LATE, Options(), encoder, judge)
    assert isinstance(found.finding.a, Statement)
    assert {found.finding.a.text, found.finding.b.text} == {PAYS, LATE}
    assert found.finding.a.lang == "en"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("We will continue selling existing inventory of packaging that contains plastics.",
         "We’ll continue selling existing inventory of packaging that contains plastics."),
        ("Although gray hydrogen is viewed as not directly supporting decarbonization, we believe in its early use.",
         "While gray hydrogen is viewed as not directly supporting decarbonization, Chevron believes in its early use."),
    ],
)  # fmt: skip
def test_what_is_said_again_is_no_contradiction(encoder, judge, a, b):
    """Reports repeat themselves from year to year; nothing is nearer, and nothing less opposed."""
    assert explain_texts(a, b, Options(), encoder, judge).finding.probability < 0.05


def test_plain_denial_in_the_same_words_is_no_announced_change(encoder, judge):
    found = explain_texts(PAYS, PAYS.replace("is paid", "is not paid"), Options(), encoder, judge)
    assert found.finding.kind != "update"


def test_plain_denial_in_the_same_words_is_one(encoder, judge):
    found = explain_texts(PAYS, PAYS.replace("is paid", "is not paid"), Options(), encoder, judge)
    assert found.finding.probability > 0.5
