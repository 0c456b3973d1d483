"""The language of each sentence, with the document's own as the prior."""

from __future__ import annotations

import json
from itertools import groupby

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.languages import languages

ROWS = [json.loads(line) for line in (ROOT / "tests/ingest/languages.jsonl").read_text("utf-8").splitlines()]
DOCUMENTS = {name: list(rows) for name, rows in groupby(ROWS, key=lambda row: row["document"])}
GERMAN = ["Der Vorstand hat die Schließung der drei Werke im Norden nach langer Prüfung abgelehnt."] * 5
JAPANESE = ["当社は2018年以降、直接排出量を4分の1削減しており、2040年までに実質ゼロを目指しています。"] * 3
CHINESE = ["公司自2018年以来已将直接排放减少四分之一，并计划在2040年之前实现净零排放。"] * 3


@pytest.mark.parametrize(("hint", "least"), [(None, 0.99), ("en", 0.98)])
def test_most_sentences_headings_and_mixtures_are_told(hint, least):
    """336 short and mixed texts in 23 documents, whether or not the document says (wrongly) that it is in English."""
    found = [languages([row["text"] for row in rows], hint) for rows in DOCUMENTS.values()]
    right = [
        f == row["lang"]
        for fs, rows in zip(found, DOCUMENTS.values(), strict=True)
        for f, row in zip(fs, rows, strict=True)
    ]
    assert len(ROWS) >= 300
    assert sum(right) / len(right) >= least


def test_a_short_text_is_in_the_language_of_its_document():
    """The same heading is German in a German document and English in an English one."""
    english = ["The board turned down the closure of the three plants in the north after a long review."] * 5
    for heading in ("Compliance", "Governance", "Dividende 2023", "Management"):
        assert languages([*GERMAN, heading])[-1] == "de"
    for heading in ("Compliance", "Governance", "Net sales", "Total"):
        assert languages([*english, heading])[-1] == "en"


def test_a_sentence_that_is_surely_in_another_language_gets_it():
    """A German report may quote English; one English name in a German sentence does not make it English."""
    quote, name = "We do not sell personal data to anyone.", "Unser Code of Conduct gilt weltweit."
    assert languages([*GERMAN, quote, name])[-2:] == ["en", "de"]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([*JAPANESE, "会社概要", "环境保护与员工发展", "人権方針"], ["ja", "zh", "ja"]),
        ([*CHINESE, "会社概要", "公司概况", "R&D 投入占营收8%。"], ["zh", "zh", "zh"]),
        (["당사는 법에 따라 세금을 냅니다.", "ESG 보고서", "서울"], ["ko", "ko", "ko"]),
        ([*CHINESE, "The subsidiary (北京子公司) was closed in March.", "Our people come first."], ["en", "en"]),
        ([*CHINESE, "我们的 supply chain 团队会做 due diligence。"], ["zh"]),
        (["Компания платит налоги там, где работает.", "Персонал"], ["ru", "ru"]),
    ],
)
def test_script_tells_the_languages_of_the_east(texts, expected):
    """Kana and hangul tell; Chinese characters alone are Japanese in a Japanese document that could write them."""
    assert languages(texts)[-len(expected) :] == expected


def test_what_has_no_letters_is_in_the_language_of_the_rest():
    """Numbers and signs tell nothing; a document of nothing else is of unknown language unless it says more."""
    assert languages([*GERMAN, "12.4 %"])[-1] == "de"
    assert languages(["12", "—", ""]) == ["und"] * 3
    assert languages(["12"], "fr-CA") == ["fr"]
    assert languages([]) == []


@settings(max_examples=40)
@given(st.lists(st.text(max_size=60), max_size=8), st.sampled_from([None, "en", "de-AT", "xx", ""]))
def test_every_text_gets_a_code(texts, hint):
    """Whatever the texts: one code of two letters for each (or "und"), the same each time."""
    found = languages(texts, hint)
    assert len(found) == len(texts)
    assert all(code.isascii() and code.islower() and 2 <= len(code) <= 3 for code in found)
    assert found == languages(texts, hint)
