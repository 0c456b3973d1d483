"""Which sentences are no statements, and why; and that statements are not taken for such."""

from __future__ import annotations

import json
import time

import pytest
from conftest import CORPORA, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.blocks import Block, Turn
from checker.ingest.filters import why_not

ASIDE = [json.loads(line) for line in (ROOT / "tests/ingest/not_statements.jsonl").read_text("utf-8").splitlines()]
LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt", "it")


def reason(text, lang="en", kind="paragraph", section=None, role=None):
    turn = Turn(role=role) if role else None
    return why_not(text, Block(kind=kind, text=text, turn=turn), section, lang)


def reasons(rows):
    return [reason(r["text"], r["lang"], r["kind"], r["section"], r.get("role")) for r in rows]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_statement_is_set_aside(lang):
    """Made-up boilerplate of every kind, in each language: at least 95 % is found, and for the right reason."""
    rows = [row for row in ASIDE if row["lang"] == lang]
    assert len(rows) >= 30
    found = reasons(rows)
    assert sum(f is not None for f in found) >= 0.95 * len(rows)
    assert sum(f == row["reason"] for f, row in zip(found, rows, strict=True)) >= 0.95 * len(rows)


def test_statements_of_the_bundled_cases_are_kept():
    """Of real and made-up positions in nine languages, fewer than three in a thousand are set aside."""
    cases = "\n".join(path.read_text("utf-8").strip() for path in sorted(CORPORA.glob("*/statements.jsonl")))
    rows = [json.loads(line) for line in cases.splitlines()]
    for path in sorted((CORPORA / "frames").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines()[::4]:
            frame = json.loads(line)
            rows += [statement for part in ("claim", "against", "beside") for statement in frame[part]]
    spoken = ("call", "transcript", "interview")
    lost = [
        row["text"]
        for row in rows
        if reason(row["text"], row["lang"], role="management" if any(s in row["source"] for s in spoken) else None)
    ]
    assert len(rows) > 6_000
    assert len(lost) < 0.003 * len(rows), lost


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("We pay taxes where we operate.", {}),
        ("Nobody was hurt.", {}),
        ("We never sell data.", {}),
        ("Orders are sliding.", {}),
        ("不设上限。", {"lang": "zh"}),
        ("我们不卖用户数据。", {"lang": "zh"}),
        ("Keine Kinderarbeit in unseren Minen", {"lang": "de", "kind": "item"}),
        ("No child labour in our mines", {"kind": "item"}),
        ("Reduce Scope 1 emissions by 50% by 2030", {"kind": "item"}),
        ("160 million gallons of water saved per year", {}),
        ("협력사 대금 100% 현금 지급", {"lang": "ko", "kind": "item"}),
        ("不使用童工的情况说明已经公布", {"lang": "zh", "kind": "item"}),
        ("禁止一切歧视员工的情形", {"lang": "zh", "kind": "item"}),
        ("建立供应商审查的方法", {"lang": "zh", "kind": "item"}),
        ("公司与所有会员单位之间应建立对应的账户；", {"lang": "zh", "kind": "item"}),
        ("女性管理職比率30％を達成", {"lang": "ja", "kind": "item"}),
        ("Employees can report concerns to ethics@acme.example or call +1 555 010 2233 at any hour.", {}),
        ("Employees who need help can visit www.acme.example/help, where a counsellor answers within a day.", {}),
        ("This report follows the GRI Standards 2021 and was checked by an outside auditor.", {}),
        ("Our report was verified with limited assurance by an outside firm.", {}),
        ("We will be carbon neutral in all our plants by 2030", {"kind": "heading"}),
        ("We are not a party to the lawsuit, and we never were.", {"kind": "heading"}),
        ("Our mill at Ardwell has run on wind power since May 2021.", {"kind": "caption"}),
        ("Photo: Our mill at Ardwell runs on wind power alone since May.", {}),
        ("We may collect your location and share it with advertisers.", {"section": "Disclaimer"}),
        ("We use cookies to show you advertisements of our partners.", {"section": "Privacy policy"}),
        ("The group cut its use of river water by a third.", {"section": "Independent auditor's report"}),
        ("The topic of bribery (for details see chapter 3) is relevant to us, since two plants lie in Freedonia.", {}),
        ("Thank you, Tim, and no, we do not plan to close the plant.", {"role": "management"}),
        ("Why do you still sell coal to the state utility?", {"role": "analyst"}),
        ("On slide 7 you see that margins rose to 20 percent.", {"role": "management"}),
        ("“Fair pay” means more to us than the legal minimum.", {}),
        ("The board met 4, 6, 8 and 11 times in these years.", {}),
        ("We moved 48,000 tonnes in 2021, 51,000 in 2022 and 53,000 in 2023.", {}),
        ("✓ We pay a living wage ✓ We own no mines ✓ We publish audits", {}),
        ("□ 児童労働は認めません。", {"lang": "ja"}),
        ("iPads are banned from our test rooms", {}),
        ("Wij betalen overal belasting", {"lang": "nl"}),
    ],
)
def test_positions_pass(text, more):
    """Short sentences, bare commitments, titles that state something, and positions beside what looks like boilerplate."""
    assert reason(text, **more) is None


@pytest.mark.parametrize(
    ("text", "more", "why"),
    [
        ("Our commitment to people", {"kind": "heading"}, "heading"),
        ("What do we do about water in our plants?", {"kind": "heading"}, "heading"),
        ("We sold 12 | 14 | 16", {"kind": "row"}, "table row"),
        ("GRI 305-1 | Direct emissions | 44", {"kind": "row"}, "index"),
        ("Accidents | 3 | 5 | 7 | 9", {"kind": "row"}, "table row"),
        ("Water 12", {"section": "Table of contents"}, "contents"),
        ("We serve you.", {"kind": "furniture"}, "furniture"),
        ("The factors above are hard to predict, and there is no assurance that they hold.", {"section": "Disclaimer"}, "legal notice"),
        ("Our work included tests of the evidence for each figure.", {"section": "Independent assurance report"}, "auditor's words"),
        ("Now on to water.", {"role": "management"}, "greeting"),
        ("Yes, of course, we did.", {"role": "operator"}, "operator"),
        ("Learn more about our approach to water here.", {}, "cross-reference"),
        ("stated in the annual accounts of the", {}, "fragment"),
        ("Our plants have one system for their daily communica-", {}, "fragment"),
        ("应收账款组合 1：账龄组合", {"lang": "zh"}, "fragment"),
        ("审计期间改聘会计师事务所的情况说明", {"lang": "zh"}, "fragment"),
        ("本期坏账准备计提金额以及评估信用风险是否显著增加的采用依据", {"lang": "zh"}, "fragment"),
        ("董事会与股东大会及其专门委员会", {"lang": "zh", "kind": "item"}, "fragment"),
        ("Indicate the number of shares outstanding of each class of stock.", {}, "form text"),
        ("What our website says is not incorporated by reference into this filing.", {}, "legal notice"),
        ("All financial statement schedules have been omitted, as they are not required.", {}, "legal notice"),
        ("To treat them as affiliates is not necessarily a conclusive determination.", {}, "legal notice"),
        ("", {}, "fragment"),
        ("—", {}, "fragment"),
    ],
)  # fmt: skip
def test_the_kind_of_text_decides(text, more, why):
    """What counts is the block, the heading above, who speaks, and the wording."""
    assert reason(text, **more) == why


def test_cues_hold_in_the_language_of_the_sentence():
    """ "Ver" sends a Spanish reader elsewhere, and means nothing at the start of a German sentence."""
    assert reason("Ver página 14 del informe anual.", "es") == "cross-reference"
    assert reason("Ver página 14 del informe anual.", "de") is None


@pytest.mark.parametrize(
    "piece", ["a-", "(", "「", "1 ", ";", "no obligation to ", "thank you ", "a@a", "我，", "|", ". "]
)
def test_time_is_bounded(piece):
    """No text of 20,000 characters takes long, whatever it repeats."""
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    for lang in ("en", "zh"):
        reason(text + "x", lang, section=text, role="management")
    assert time.process_time() - started < 1.5


@settings(max_examples=50)
@given(
    st.text(max_size=120),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["paragraph", "heading", "item", "caption", "row"]),
)
def test_any_text_has_an_answer(text, lang, kind):
    """Whatever the text: no reason or a few plain words, the same each time."""
    found = reason(text, lang, kind, section=text)
    assert found is None or 0 < len(found) < 40
    assert found == reason(text, lang, kind, section=text)
