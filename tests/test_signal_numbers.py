"""The numbers signal: a table of pairs, what is read from single texts, and what must hold of any text."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.records import Signal, Statement
from checker.signals.number_words import LANGUAGES, concept_kinds, concepts, data, lower, split
from checker.signals.numbers import compare
from checker.signals.quantities import quantities

TABLE = Path(__file__).parent / "signals" / "numbers.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
# Read wrongly, and why; strict, so that a case that comes right is taken out.
KNOWN_WRONG = [
    {
        "a": "In 2023 every garment was sewn in an approved factory.",
        "b": "2023年，约五分之一的服装在未经批准的工厂缝制。",
        "lang": ["en", "zh"],
        "verdict": "conflict",
        "why": "'every' is no number here: read as 100 percent it would meet too much that is said in passing",
    },
    {
        "a": "Cash conversion was 94% in 2023.",
        "b": "In 2023 operating cash exceeded adjusted operating profit by £21 million.",
        "lang": ["en", "en"],
        "verdict": "conflict",
        "why": "a ratio against the two amounts that it is made of",
    },
    {
        "a": "About 55% of landfill methane was captured.",
        "b": "About 45% of landfill methane escaped.",
        "lang": ["en", "en"],
        "verdict": "agree",
        "why": "a share against its complement",
    },
    {
        "a": "Die Passagierflotte ist im Mittel fünf Jahre alt.",
        "b": "The average plane was built in 2009, we said at the end of 2023.",
        "lang": ["de", "en"],
        "verdict": "conflict",
        "why": "an age against a year of birth",
    },
    {
        "a": "The Halsey plant released 1.9 tonnes of ethylene oxide in 2021.",
        "b": "In 2021 gingen in Halsey weniger als 200 Kilogramm Ethylenoxid in die Luft.",
        "lang": ["en", "de"],
        "verdict": "conflict",
        "why": "a substance that the concepts do not know",
    },
]
# A plain statement in each language; "{}" is the amount, with its unit.
REVENUE = {"en": "Revenue was {}.", "zh": "营业收入为{}。", "de": "Der Umsatz betrug {}.", "fr": "Le chiffre d'affaires était de {}.",
           "es": "Los ingresos fueron de {}.", "ja": "売上高は{}です。", "ko": "매출은 {}입니다.", "pt": "A receita foi de {}."}  # fmt: skip
TWELVE_HUNDRED_MILLION = {"en": "€1.2bn", "zh": "12亿欧元", "de": "1,2 Mrd. Euro", "fr": "1,2 milliard d'euros",
                          "es": "1.200 millones de euros", "ja": "12億ユーロ", "ko": "12억 유로", "pt": "1,2 bilhão de euros"}  # fmt: skip
EIGHT_HUNDRED_MILLION = {"en": "800 million euros", "zh": "8亿欧元", "de": "800 Mio. €", "fr": "800 millions d'euros",
                         "es": "800 millones de euros", "ja": "8億ユーロ", "ko": "8억 유로", "pt": "800 milhões de euros"}  # fmt: skip
IDLE = ["Thank you for your interest. ", "谢谢大家。", "Vielen Dank für Ihr Interesse. ", "ありがとうございます。"]
EXTRACTED = [
    ("en", "Revenue rose by 4% to $1.2bn in 2023.", [("4%", 4, "percent", True), ("$1.2bn", 1.2e9, "money:USD", False)]),
    ("en", "We emitted 1,200 kt of CO2.", [("1,200 kt", 1.2e9, "mass", False)]),
    ("en", "One in eight employees, or half of the staff.", [("One in eight", 12.5, "percent", False), ("half", 50, "percent", False)]),
    ("en", "The third plant holds ISO 14001; see page 12, note 3, Scope 3 and Article 5.", []),
    ("en", "On 30 June 2023, at 14:30, call +44 20 7946 0018 about the T800, version 4.0.1.", []),
    ("en", "Three and a half years, half an hour, two dozen.", [("Three and a half years", 3.5 * 365.25, "time", False), ("half an hour", 0.5 / 24, "time", False), ("two dozen", 24, "count", False)]),
    ("en", "Margins fell 30 basis points.", [("30 basis points", -0.3, "pp", True)]),
    ("en", "A net loss of €5m.", [("€5m", -5e6, "money:EUR", False)]),
    ("en", "A change of -3% and of minus 2%.", [("3%", -3, "percent", False), ("2%", -2, "percent", True)]),
    ("zh", "营业收入三亿八千万元，其中三成八来自海外。", [("三亿八千万元", 3.8e8, "money:CNY", False), ("三成八", 38, "percent", False)]),
    ("zh", "成交额12,480亿元，四分之一、百分之十二，第3条，一些，十分重要。", [("12,480亿元", 1.248e12, "money:CNY", False), ("四分之一", 25, "percent", False), ("百分之十二", 12, "percent", False)]),
    ("zh", "用电4.5亿千瓦时，同比下降3%。", [("4.5亿千瓦时", 4.5e8, "energy", False), ("3%", -3, "percent", True)]),
    ("de", "1,2 Mio. m³, zweiundvierzig Prozent, eineinhalb Jahre, 12.000 Mitarbeiter.", [("1,2 Mio. m³", 1.2e6, "volume", False), ("zweiundvierzig Prozent", 42, "percent", False), ("eineinhalb Jahre", 547.875, "time", False), ("12.000", 12000, "count", False)]),
    ("de", "Der Umsatz sank 2023 um 4 %.", [("4 %", -4, "percent", True)]),
    ("fr", "1 140 salariés, 2,5 milliards d'euros, deux tiers des sites.", [("1 140", 1140, "count", False), ("2,5 milliards d'euros", 2.5e9, "money:EUR", False), ("deux tiers", 200 / 3, "percent", False)]),
    ("es", "Un millón y medio de clientes y tres mil millones de dólares.", [("Un millón y medio", 1.5e6, "count", False), ("tres mil millones de dólares", 3e9, "money:USD", False)]),
    ("ja", "従業員1万2千人の三人に一人。", [("1万2千人", 12000, "count", False), ("三人に一", 100 / 3, "percent", False)]),
    ("ko", "매출 1조 1천억 원, 교육 시간.", [("1조 1천억 원", 1.1e12, "money:KRW", False)]),
    ("pt", "Cento e vinte fábricas, 2,5 milhões de toneladas.", [("Cento e vinte", 120, "count", False), ("2,5 milhões de toneladas", 2.5e9, "mass", False)]),
]  # fmt: skip
BOUNDS = [
    ("en", "About 30% were women.", 27.9, 32.1),
    ("en", "Revenue was €1.2bn.", 1.15e9, 1.25e9),
    ("en", "At least 60% were women.", 59.5, float("inf")),
    ("en", "Fewer than 200 stores.", float("-inf"), 200),
    ("de", "Höchstens 40 Stunden.", float("-inf"), 40.5 / 24),
    ("en", "Between 8 and 10 percent.", 7.5, 10.5),
    ("zh", "三百多家门店。", 300, float("inf")),
    ("zh", "不到四成。", float("-inf"), 40),
    ("ja", "80%以上です。", 79.5, float("inf")),
    ("ko", "공급업체의 40% 미만.", float("-inf"), 40),
]
LANGS = st.sampled_from(LANGUAGES)
PIECES = st.sampled_from(
    ["revenue ", "no ", "fell by ", "about ", "€", "$", "1,2", "3.5", "12亿", "三成", "百分之", "%", " million", " of our ", "half ", "2023",
     "分之", "人に", "から", "由", " to ", " to", "-", "(", "fatalities", "员工", "kg", "per ", "a day", "약 ", "명", "Mrd. ", "um ", "\n", ". "]
)  # fmt: skip


def said(text: str, lang: str | None = None, **more: Any) -> Statement:
    return Statement(company="Acme", source="policy", text=text, lang=lang, **more)


def of(case: dict[str, Any]) -> Signal:
    return compare(*(said(case[side], lang) for side, lang in zip("ab", case["lang"], strict=True)))


def ids(case: dict[str, Any]) -> str:
    return f"{'-'.join(case['lang'])} {case['why']}"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_pair(case: dict[str, Any]) -> None:
    """Each pair of the table, and its mirror image."""
    assert of(case).verdict == case["verdict"]
    assert of({**case, "a": case["b"], "b": case["a"], "lang": case["lang"][::-1]}).verdict == case["verdict"]


@pytest.mark.parametrize("case", KNOWN_WRONG, ids=ids)
@pytest.mark.xfail(strict=True, reason="known to be read wrongly")
def test_known_wrong(case: dict[str, Any]) -> None:
    assert of(case).verdict == case["verdict"]


def test_table_covers_verdicts_and_languages() -> None:
    assert {lang for case in CASES for lang in case["lang"]} == set(LANGUAGES)
    assert min(sum(c["verdict"] == v for c in CASES) for v in ("agree", "conflict", "not comparable")) >= len(CASES) / 4
    assert sum(c["lang"] != ["en", "en"] for c in CASES) >= len(CASES) / 2


@pytest.mark.parametrize(("lang", "text", "expected"), EXTRACTED, ids=lambda x: x if isinstance(x, str) else None)
def test_extraction(lang: str, text: str, expected: list[tuple[str, float, str, bool]]) -> None:
    """Span, value in the basic unit, dimension and whether it is a change."""
    found = [(text[q.start : q.end], q.value, q.dimension, q.change) for q in quantities(text, lang)]
    assert [(s.strip(), d, c) for s, _, d, c in found] == [(s, d, c) for s, _, d, c in expected]
    assert [v for _, v, _, _ in found] == pytest.approx([v for _, v, _, _ in expected], rel=1e-3)


@pytest.mark.parametrize(("lang", "text", "low", "high"), BOUNDS)
def test_bounds(lang: str, text: str, low: float, high: float) -> None:
    """What "about", "at least" and the precision of the number leave open."""
    (found,) = quantities(text, lang)
    assert (found.low, found.high) == pytest.approx((low, high))


@pytest.mark.parametrize(
    ("a", "b", "spans", "note"),
    [
        (("Revenue came to €1.2 billion.", "en"), ("营业收入为9.8亿欧元。", "zh"), ("€1.2 billion", "9.8亿欧元"), "€1.2 billion against 9.8亿欧元"),
        (("We had no fatalities.", "en"), ("公司共发生三起工亡事故。", "zh"), ("no fatalities", "三起"), "no fatalities against 三起"),
        (("Half of our staff are women.", "en"), ("Frauen: 12 % der Beschäftigten", "de"), ("Half", "12 %"), "Half against 12 %"),
    ],
)  # fmt: skip
def test_marks(a: tuple[str, str], b: tuple[str, str], spans: tuple[str, str], note: str) -> None:
    """The marks lie on the numbers, on either side, whichever comes first."""
    for first, second, expected in ((a, b, spans), (b, a, spans[::-1])):
        signal = compare(said(*first), said(*second))
        assert signal.verdict == "conflict"
        assert (
            first[0][signal.a[0].start : signal.a[0].end],
            second[0][signal.b[0].start : signal.b[0].end],
        ) == expected
    assert compare(said(*a), said(*b)).note == note


def test_last_year_is_counted_from_the_date() -> None:
    a, b = "Last year revenue was €5 billion.", "2023年营业收入为80亿欧元。"
    assert compare(said(a, "en", date="2024-03"), said(b, "zh")).verdict == "not comparable"
    assert compare(said("Revenue was €5 billion in 2023.", "en"), said(b, "zh")).verdict == "conflict"


def test_former_value_is_no_conflict() -> None:
    """Who names the old value and the new one has told of the change."""
    before = said("Call records are kept for 24 months.", "en")
    assert (
        compare(before, said("Call records are kept for 12 months instead of 24 months.", "en")).verdict != "conflict"
    )
    assert compare(before, said("Call records are kept for 12 months.", "en")).verdict == "conflict"


@given(LANGS, LANGS, st.booleans())
def test_one_amount_in_all_languages(one: str, other: str, same: bool) -> None:
    """1.2bn, 1,200 million and 12亿 agree; 800 million conflicts with all of them."""
    amounts = TWELVE_HUNDRED_MILLION if same else EIGHT_HUNDRED_MILLION
    a = said(REVENUE[one].format(TWELVE_HUNDRED_MILLION[one]), one)
    b = said(REVENUE[other].format(amounts[other]), other)
    assert compare(a, b).verdict == ("agree" if same else "conflict")


@given(st.integers(10, 999), st.integers(10, 999), st.sampled_from([("thousand", "million"), ("million", "billion")]))
def test_scaling_both_sides_changes_nothing(x: int, y: int, scales: tuple[str, str]) -> None:
    verdicts = [compare(*(said(f"Revenue was {n} {s} euros.", "en") for n in (x, y))).verdict for s in scales]
    assert verdicts[0] == verdicts[1]


@given(st.integers(1_000, 9_999_999), st.integers(1, 3))
@example(2_996, 2)
def test_rounding_never_conflicts(amount: int, digits: int) -> None:
    """A number and its rounding to two to four digits."""
    keep = len(str(amount)) - digits - 1
    rounded = round(amount, -keep) if keep > 0 else amount
    exact, rough = said(f"Revenue was {amount:,} euros.", "en"), said(REVENUE["zh"].format(f"{rounded}欧元"), "zh")
    in_millions = said(f"Der Umsatz betrug {amount / 1e6:.{digits}f} Mio. Euro.".replace(".", ",", 1), "de")
    assert compare(exact, rough).verdict != "conflict"
    if amount >= 1_000_000:
        assert compare(exact, in_millions).verdict != "conflict"


@given(st.sampled_from(CASES), st.sampled_from(IDLE), st.sampled_from(IDLE))
def test_idle_sentences_change_nothing(case: dict[str, Any], before: str, after: str) -> None:
    a, b = (said(case[side], lang) for side, lang in zip("ab", case["lang"], strict=True))
    padded = said(f"{before}{case['a']} {after}", case["lang"][0])
    assert (compare(padded, b).verdict, compare(padded, b).note) == (compare(a, b).verdict, compare(a, b).note)


@given(
    st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=80),
    st.lists(PIECES, max_size=12).map("".join),
    LANGS | st.none(),
    LANGS,
)
@example("İ 5% İ", "５％", "en", "ja")
def test_any_text(a: str, b: str, one: str | None, other: str) -> None:
    """No exception, spans within the texts, and the mirror image for the mirrored pair."""
    if not a or not b:
        return
    first, second = said(a, one), said(b, other)
    signal, mirrored = compare(first, second), compare(second, first)
    assert (signal.verdict, signal.a, signal.b) == (mirrored.verdict, mirrored.b, mirrored.a)
    for text, lang in ((a, one), (b, other)):
        assert all(0 <= q.start < q.end <= len(text) and q.low <= q.high for q in quantities(text, lang))


@pytest.mark.parametrize(
    "piece",
    [
        "9",
        " ",
        ",",
        "1,",
        "half ",
        "no accidents ",
        "one in ",
        "九",
        "千万",
        "5% ",
        "a",
        "zwei",
        "-1",
        "1 000 ",
        "from 5 to ",
    ],
)
def test_hostile_text_is_bounded(piece: str) -> None:
    """20,000 characters of one kind take well under a second in any language."""
    text = (piece * 20_000)[:20_000]
    start = time.perf_counter()
    for lang in ("en", "zh", "fr"):
        quantities(text, lang)
    assert time.perf_counter() - start < 3


def test_language_is_guessed_where_it_is_missing() -> None:
    for lang, pattern in REVENUE.items():
        text = pattern.format(TWELVE_HUNDRED_MILLION[lang])
        assert compare(said(text), said("Revenue was 1.2 billion euros.", "en")).verdict == "agree", text


def test_every_concept_is_found_in_every_language_that_names_it() -> None:
    """Each term of the data file finds its own concept: no term is hidden by another's."""
    for table in data("numbers_concepts").values():
        for name, entry in table.items():
            for lang in LANGUAGES:
                for term in split(entry.get(lang, "")):
                    text = term.replace("*", "")
                    found = concepts(lang).at(text, lower(text), 0) or next(
                        iter(concepts(lang).scan(text, lower(text))), None
                    )
                    assert found and name in found.labels, (name, lang, term)
    assert set(concept_kinds().values()) == {"measure", "thing", "group", "aspect", "place"}


@pytest.mark.parametrize(
    ("dates", "texts", "verdict"),
    [
        (("2024-03-06", "2025-03-05"), ("The Group had 3,900 employees.", "The Group had 4,310 employees."), "not comparable"),
        (("2024-03-06", "2024-05-20"), ("The Group had 3,900 employees.", "The Group had 4,310 employees."), "conflict"),
        (("2024-03-06", "2025-03-05"), ("The Group had 3,900 employees in 2023.", "In 2023 the Group had 4,310 employees."), "conflict"),
        ((None, "2025-03-05"), ("The Group had 3,900 employees.", "The Group had 4,310 employees."), "conflict"),
        (("2022", "2024-04-18"), ("本行员工总数为1,200人。", "The bank has 1,450 employees."), "not comparable"),
    ],
)  # fmt: skip
def test_where_no_year_is_named_the_documents_are_of_one_year(dates, texts, verdict):
    """A yearly report's figures are of its year, whether it says so or not."""
    first, second = (said(text, date=date) for text, date in zip(texts, dates, strict=True))
    assert compare(first, second).verdict == compare(second, first).verdict == verdict
