"""The signal ``standard``: universal against relative, rival standards, held against not held."""

from __future__ import annotations

import json
import time

import pytest
from conftest import ROOT, statement
from hypothesis import given
from hypothesis import strategies as st

from checker.packs import default_packs
from checker.records import MAX_TEXT
from checker.signals.standard import compare, mentions, relation

CASES = [json.loads(line) for line in (ROOT / "tests/signals/standard.jsonl").read_text("utf-8").splitlines()]
KNOWN_WRONG = [
    # A site in two scripts: nothing here knows that Hefei is 合肥.
    ("The Hefei plant has held an SA8000 certificate since 2020.", "en", "合肥基地正着手准备其首次SA8000认证申请。", "zh", "conflict"),
    # The matter is named in none of the words that topics have.
    ("The list of prohibited uses is one and the same in every country.", "en", "哪些用途能接受，各国有各国的尺子。", "zh", "conflict"),
    # Deference that is told as a story, without a word for local law or custom.
    ("People in Brussels read something sinister into it; over there the sponsor keeps the passports, always has.", "en",
     "ILO Convention 29 on forced labour binds every site.", "en", "conflict"),
    # A loss that is announced as news, in statements without dates.
    ("Both our yards hold ISO 45001.", "en", "After the crane accident the certifier withdrew the ISO 45001 certificates of both yards.",
     "en", "not comparable"),
    # Two aspects of one topic: the label for allergens is another matter than that for modified maize.
    ("Modified maize is declared on the label in countries that ask for it.", "en",
     "Allergens are printed on all labels by the same rule in every country.", "en", "not comparable"),
]  # fmt: skip
NOISE = {
    "en": "The canteen opened a new kitchen.", "zh": "食堂新开了一间厨房。", "de": "Die Kantine hat eine neue Küche.",
    "fr": "La cantine a une cuisine neuve.", "es": "El comedor estrena cocina.", "ja": "食堂に新しい厨房ができた。",
    "ko": "식당에 새 주방이 생겼다.", "pt": "A cantina tem uma cozinha nova.",
}  # fmt: skip
ENDS = (".", "。", "？", "?")


def pair(case):
    a_date, b_date = case.get("dates", (None, None))
    a_role, b_role = case.get("roles", (None, None))
    return (
        statement(case["a"], lang=case["lang"][0], date=a_date, role=a_role),
        statement(case["b"], lang=case["lang"][1], date=b_date, role=b_role),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['lang'][0]}-{c['lang'][1]} {c['why']}")
def test_cases(case):
    """Each case gets its verdict, and the same with the sides swapped."""
    a, b = pair(case)
    signal, mirrored = compare(a, b), compare(b, a)
    assert signal.verdict == case["verdict"], signal.note
    assert (mirrored.verdict, mirrored.a, mirrored.b) == (signal.verdict, signal.b, signal.a)
    for text, marks in ((a.text, signal.a), (b.text, signal.b)):
        assert all(0 <= m.start < m.end <= len(text) for m in marks)
    assert bool(signal.a and signal.b and signal.note) == (case["verdict"] != "not comparable")


@pytest.mark.parametrize(("a", "a_lang", "b", "b_lang", "verdict"), KNOWN_WRONG, ids=lambda v: v[:30])
def test_known_wrong(a, a_lang, b, b_lang, verdict):
    """Cases that are beyond cues and distances; one that comes right should move to the table."""
    assert compare(statement(a, lang=a_lang), statement(b, lang=b_lang)).verdict != verdict


def test_table_covers_verdicts_and_languages():
    """A third each, more pairs across languages than not, all eight languages."""
    share = {v: sum(c["verdict"] == v for c in CASES) / len(CASES) for v in ("conflict", "agree", "not comparable")}
    assert min(share.values()) > 0.25
    assert sum(c["lang"] != ["en", "en"] for c in CASES) > len(CASES) / 2
    assert {lang for c in CASES for lang in c["lang"]} == set(NOISE)


@pytest.mark.parametrize(
    ("a", "b", "of_a", "of_b", "note"),
    [
        (
            "We respect the Universal Declaration of Human Rights.", "人权怎么讲，以当地的看法为准。",
            "Universal Declaration of Human Rights", "以当地的看法为准", "udhr (held) against local-yardstick (defers)",
        ),
        (
            "Our report follows the GRI Standards only.", "The report follows the SASB standards.",
            "GRI", "SASB", "gri (held, only) against sasb (held)",
        ),
        (
            "All plants are certified to ISO 14001.", "Das Werk Fulda ist nicht nach ISO-14001 zertifiziert.",
            "ISO 14001", "ISO-14001", "iso-14001 (held) against iso-14001 (not held)",
        ),
        (
            "ILO Convention 87 applies at every site.", "国际劳工组织第87号公约适用于所有工厂。",
            "ILO Convention 87", "国际劳工组织第87号公约", "both ilo-c-87 (held)",
        ),
    ],
)  # fmt: skip
def test_marks_and_note(a, b, of_a, of_b, note):
    """The spans are the names of the standards, and the note says how they stand to each other."""
    signal = compare(statement(a), statement(b, lang="zh" if "。" in b else "de" if "Werk" in b else "en"))
    assert a[signal.a[0].start : signal.a[0].end] == of_a
    assert b[signal.b[0].start : signal.b[0].end] == of_b
    assert signal.note == note


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Human rights are universal.", "Human rights are for each country to define.", "universal against relative"),
        ("We report only under US GAAP.", "The accounts are prepared under IFRS.", "rival standards"),
        ("We are certified to ISO 9001.", "We are not certified to ISO 9001.", "held against not held"),
        ("We uphold the UNGPs.", "We respect the UN Guiding Principles.", "same standard"),
        ("We uphold the UNGPs.", "The canteen is open.", "unknown"),
    ],
)
def test_relation(a, b, expected):
    assert relation(statement(a), statement(b)) == relation(statement(b), statement(a)) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "We respect the UDHR, the ICCPR and the ICESCR.", ["udhr held", "iccpr held", "icescr held"]),
        ("en", "The UDHR was adopted in 1948.", ["udhr named"]),
        ("en", "Do you respect the UDHR?", ["udhr named"]),
        ("en", "Critics say that we do not respect the UDHR.", ["udhr named"]),
        ("en", "We are not bound by the UNGPs.", ["ungp not held"]),
        ("en", "We hold ISO 9001, ISO 14001 and ISO 45001.", ["iso-9001 held", "iso-14001 held", "iso-45001 held"]),
        (
            "en",
            "We are certified to ISO 9001; ISO 14001 certification lapsed.",
            ["iso-9001 held", "iso-14001 not held"],
        ),
        ("en", "We will obtain ISO 27001 next year.", ["iso-27001 named"]),
        ("en", "The inventory follows ISO 14064-1.", ["iso-14064 held"]),
        ("en", "We go by the local statute.", ["local-yardstick held"]),
        ("en", "We do not go by local custom.", ["local-yardstick named"]),
        ("en", "We comply with local law.", ["local-compliance held"]),
        ("en", "Whatever local law says, overtime is capped.", ["above-local-law held"]),
        ("zh", "各国国情不同，但无论当地法律如何规定，我们一律执行。", ["local-view named", "above-local-law held"]),
        ("zh", "公司未取得ISO 27001认证。", ["iso-27001 not held"]),
        ("de", "Wir bekennen uns zur DSGVO.", ["gdpr held"]),
        ("fr", "L'accord de Paris guide nos objectifs.", ["paris held"]),
        ("es", "Cada país entiende los derechos humanos a su manera.", ["local-view held"]),
        ("ja", "現地の慣習に従いません。", ["local-view named"]),
        ("ko", "현지의 관습을 따르지 않습니다.", ["local-view named"]),
        ("pt", "A lei local basta.", ["local-yardstick held"]),
        (None, "我们遵守《世界人权宣言》。", ["udhr held"]),
        ("it", "Rispettiamo la GDPR according to plan.", ["gdpr held"]),
        ("en", "Our music is universal.", []),
    ],
)
def test_mentions(lang, text, expected):
    """What is named, and whether the statement binds itself by it."""
    assert [f"{m.id} {m.stance}" for m in mentions(text, lang)] == expected


def test_ordinary_compliance_becomes_deference_where_it_is_the_ceiling():
    """Strength decides: obeying the law denies nothing, doing nothing beyond it does."""
    kinds = [mentions(t, "en")[0].kind for t in ("We comply with local law.", "We comply only with local law.")]
    assert kinds == ["complies", "defers"]


def test_topics_meet_within_a_family():
    """Freedom of association is part of labour and of human rights; wages and holidays are parts of nothing."""
    up = default_packs().ancestors
    assert up["association"] >= {"labour", "human-rights"}
    assert up["wages"] == {"wages"} and up["holidays"] == {"holidays"}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['lang'][0]}-{c['lang'][1]} {c['why']}")
def test_irrelevant_sentences_change_nothing(case):
    """Neither before nor after: everything is decided within the sentence."""
    a, b = pair(case)
    before = compare(a, b)
    for change in (lambda t, n: f"{n} {t}", lambda t, n: f"{t} {n}"):
        noisy = statement(change(b.text, NOISE[b.lang]), lang=b.lang, date=b.date, role=b.role)
        after = compare(a, noisy)
        shift = len(noisy.text) - len(b.text) if noisy.text.endswith(b.text) else 0
        assert (after.verdict, after.note) == (before.verdict, before.note)
        assert [(m.start - shift, m.end - shift) for m in after.b] == [(m.start, m.end) for m in before.b]


PIECES = [text for c in CASES for text in (c["a"], c["b"])]
LANGS = st.sampled_from([*NOISE, None, "it", "zh-Hant"])
TEXTS = st.one_of(
    st.text(min_size=1, max_size=200),
    st.lists(st.sampled_from([w for p in PIECES for w in p.replace("，", "， ").split()]), min_size=1, max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map(" ".join),
)  # fmt: skip


@given(TEXTS, TEXTS, LANGS, LANGS)
def test_any_two_texts(a_text, b_text, a_lang, b_lang):
    """No exception, spans within the text, and the mirror image when the sides are swapped."""
    a, b = statement(a_text, lang=a_lang), statement(b_text, lang=b_lang)
    signal, mirrored = compare(a, b), compare(b, a)
    assert (signal.verdict, signal.a, signal.b) == (mirrored.verdict, mirrored.b, mirrored.a)
    for text, marks in ((a_text, signal.a), (b_text, signal.b)):
        assert all(0 <= m.start < m.end <= len(text) for m in marks)
    assert relation(a, b) == relation(b, a)


@given(TEXTS, LANGS)
def test_a_statement_never_conflicts_with_itself(text, lang):
    """Whatever it says, and however muddled: saying it twice is no contradiction between two statements."""
    same = statement(text, lang=lang)
    mixed = {m.kind for m in mentions(text, lang) if m.stance != "named"} & {"defers", "complies"}
    if not mixed and len({(m.id, m.stance) for m in mentions(text, lang)}) < 2:
        assert compare(same, same).verdict != "conflict"


@given(st.sampled_from(PIECES), st.sampled_from(["\u00a0", "\u3000", "\n", "\t"]))
def test_white_space_of_another_kind_changes_nothing(text, space):
    """Line breaks and spaces that come out of documents."""
    for lang in ("en", "zh"):
        assert [(m.id, m.stance) for m in mentions(text.replace(" ", space), lang)] == [
            (m.id, m.stance) for m in mentions(text, lang)
        ]


@given(st.sampled_from(PIECES), st.sampled_from(["iso 14001", "ISO/IEC 14001", "ISO-14001", "ＩＳＯ １４００１"]))
def test_spelling_of_a_certificate_does_not_matter(text, spelling):
    """Case, dash, width and the second publisher."""
    assert [m.id for m in mentions(text.replace("ISO 14001", spelling), "en") if m.id.startswith("iso")] == [
        m.id for m in mentions(text, "en") if m.id.startswith("iso")
    ]


@pytest.mark.parametrize(
    "piece", ["1", " ", ",", "?", "the same ", "各国", "even where ", "iso 14001 ", "no udhr ", "not certified to iso 9001, ", "A"]
)  # fmt: skip
def test_hostile_text_is_bounded(piece):
    """The longest text there may be, made of what matches often."""
    text = (piece * MAX_TEXT)[:MAX_TEXT]
    start = time.perf_counter()
    for lang in ("en", "zh", None):
        mentions(text, lang)
    assert time.perf_counter() - start < 3
