"""The labelled cases that are shipped: whole, consistent, and as varied as they claim to be."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from conftest import CORPORA

from checker import InputError
from checker.cases import load_cases
from checker.frames import load_frames, split_of
from checker.kinds import KINDS
from checker.text import normalise
from checker.training.judge import training_cases

CASES = load_cases(CORPORA)
INVENTED = ("harrowgate-bank", "lumeris-electronics", "quellmark-diagnostics", "tarnwell-apparel", "vardane-chemicals")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case_is_whole(case):
    """Read me, dates, languages; sides of a pair in two documents (asserted on loading); no pair twice."""
    assert (CORPORA / case.name / "README.md").stat().st_size > 300
    assert all(s.date and s.lang and s.document for s in case.corpus.statements)
    assert len(case.labels()) == len(case.pairs)
    assert not any(p.why and p.label != "compatible" for p in case.pairs)


@pytest.mark.parametrize("name", INVENTED)
def test_invented_company_covers_all_kinds(name):
    """All fourteen kinds, twice as many hard compatible pairs as kinds of contradiction, updates, three sources."""
    case = next(c for c in CASES if c.name == name)
    labels = Counter(p.label for p in case.pairs)
    assert {p.kind for p in case.pairs if p.label == "contradiction"} == set(KINDS)
    assert labels["compatible"] >= 28
    assert labels["update"] >= 4
    assert len({p.why for p in case.pairs if p.why}) >= 10
    assert 40 <= len(case.corpus.statements) <= 80
    assert len({s.source for s in case.corpus.statements}) >= 3
    assert len({s.date for s in case.corpus.statements}) >= 3


def test_languages_of_the_invented_companies():
    share = {c.name: Counter(s.lang for s in c.corpus.statements) for c in CASES if c.name in INVENTED}
    assert share["lumeris-electronics"]["zh"] == share["lumeris-electronics"]["en"]
    assert set(share["vardane-chemicals"]) == {"en", "de", "fr", "es", "ja"}


@pytest.mark.parametrize(("name", "call"), [("founding-2019-en", "en"), ("founding-2019-zh", "zh")])
def test_founding_case_is_paraphrase_among_others(name, call):
    case = next(c for c in CASES if c.name == name)
    assert all(s.meta.get("rendering") == "paraphrase" for s in case.corpus.statements)
    assert {(s.source, s.lang) for s in case.corpus.statements} == {("investor-call", call), ("esg-report", "en")}
    gold = {i for p in case.pairs if p.label == "contradiction" for i in (p.a, p.b)}
    others = Counter(s.source for s in case.corpus.statements if s.id not in gold)
    assert min(others.values()) >= 25


def test_training_and_evaluation_share_no_text():
    """What is measured on never trains: no statement of a case is in a training case or frame."""
    evaluated = {normalise(s.text) for c in CASES for s in c.corpus.statements}
    trained = {normalise(s.text) for c in load_cases(CORPORA / "train") for s in c.corpus.statements}
    framed = {normalise(s.text) for f in load_frames(CORPORA / "frames", "train") for s in f.sentences}
    assert not evaluated & (trained | framed)
    companies = [
        {s.company for c in cases for s in c.corpus.statements} for cases in (CASES, load_cases(CORPORA / "train"))
    ]
    assert not companies[0] & companies[1]


def test_held_out_cases_are_not_seen_by_the_judge():
    seen, held = (training_cases(CORPORA / "train", held_out) for held_out in (False, True))
    assert len(held) >= 20
    assert not {c.name for c in seen} & {c.name for c in held}


def test_frames_are_split_by_line():
    assert [n for n in range(1, 41) if split_of(n) == "test"] == [8, 16, 24, 32, 40]
    assert [n for n in range(1, 41) if split_of(n) == "dev"] == [4, 36]
    parts = {s: load_frames(CORPORA / "frames", s) for s in ("train", "dev", "test")}
    lines = sum(len(p.read_text("utf-8").splitlines()) for p in (CORPORA / "frames").glob("*.jsonl"))
    assert sum(map(len, parts.values())) == lines
    assert {f.kind for f in parts["test"]} == set(KINDS)


BROKEN = [
    ({"a": "1", "b": "9", "label": "contradiction", "kind": "scope"}, "'9' is unknown"),
    ({"a": "1", "b": "2", "label": "contradiction", "kind": "mood"}, "'mood' is unknown"),
    ({"a": "1", "b": "2", "label": "maybe", "kind": "scope"}, "Invalid enum value 'maybe'"),
    ({"a": "1", "b": "3", "label": "update", "kind": "scope"}, "one document"),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "words"), BROKEN)
def test_broken_gold_pair_is_named(write, tmp_path, pair, words):
    documents = {"1": "d", "2": "e", "3": "d"}
    write([{"id": i, "company": "A", "source": "s", "text": f"Text {i}", "document": d} for i, d in documents.items()],
          "statements.jsonl")  # fmt: skip
    write([pair], "pairs.jsonl")
    with pytest.raises(InputError, match=r"pairs\.jsonl:1.*" + words):
        load_cases(tmp_path)


def test_files_speak_utf8_with_unix_line_ends():
    for path in [*CORPORA.rglob("*.jsonl"), *CORPORA.rglob("README.md")]:
        data = path.read_bytes()
        assert b"\r" not in data and data.endswith(b"\n"), path
        data.decode("utf-8")


def test_no_frame_id_twice():
    names = [
        json.loads(line)["frame"]
        for p in (CORPORA / "frames").glob("*.jsonl")
        for line in p.read_text("utf-8").splitlines()
    ]
    assert len(names) == len(set(names))
