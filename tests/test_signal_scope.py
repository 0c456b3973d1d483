"""Scope: a table of hard cases in eight languages, spans and notes, and properties."""

from __future__ import annotations

import json
import time
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker import Statement
from checker.signals import scope
from checker.signals.scope_lexicon import ancestors, find, lexicon
from checker.signals.scope_reading import read
from tests.conftest import statement

LANGS = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt")
CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "signals" / "scope.jsonl").read_text("utf-8").splitlines()
]

# Right would be "unknown": the signal reads no predicates, and knows a country by its capital letter.
KNOWN_WRONG = [
    ("All the best to the supplier in Peru.", "No supplier was paid late.", "a greeting against a rule of payment"),
    ("Turkey and chicken are sold fresh.", "We left Turkey in 2019.", "the bird at the head of a sentence"),
]


def pair(case: dict[str, Any]) -> tuple[Statement, Statement]:
    return statement(case["a"], lang=case["lang"][0]), statement(case["b"], lang=case["lang"][1])


def case_id(case: dict[str, Any]) -> str:
    return f"{'-'.join(case['lang'])} {case['why']}"


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_cases(case: dict[str, Any]) -> None:
    a, b = pair(case)
    assert scope.relation(a, b) == case["relation"]
    assert scope.compare(a, b).verdict == case["verdict"]


@pytest.mark.parametrize(("a", "b", "why"), KNOWN_WRONG, ids=[k[2] for k in KNOWN_WRONG])
@pytest.mark.xfail(strict=True)
def test_known_wrong(a: str, b: str, why: str) -> None:
    assert scope.relation(statement(a), statement(b)) == "unknown"


SPANS = [
    ("All our plants are certified.", "en", "墨西哥工厂尚未取得认证。", "zh", ["All our plants"], ["工厂"]),
    ("Scope 1 emissions fell.", "en", "范围三排放上升。", "zh", ["Scope 1"], ["范围三"]),
    ("公司在全国所有门店提供退货服务。", "zh", "除西藏门店外，其余均可退货。", "zh", ["所有门店"], ["除西藏门店"]),
    ("すべての従業員が研修を受けた。", "ja", "일부 직원은 받지 않았다.", "ko", ["すべての従業員"], ["일부 직원"]),
    ("Sales in Brazil rose.", "en", "As vendas no Brasil caíram.", "pt", ["Brazil"], ["Brasil"]),
    ("The rival pays less.", "en", "Wir zahlen gut.", "de", ["rival"], []),
    ("On every A7 two sensors agree.", "en", "A6只有一个传感器。", "zh", ["A7"], ["A6"]),
    (
        "The rule is the same everywhere.",
        "en",
        "Les règles varient d'un pays à l'autre.",
        "fr",
        ["same everywhere"],
        ["d'un pays à l'autre"],
    ),
]


@pytest.mark.parametrize(("a", "lang_a", "b", "lang_b", "marked_a", "marked_b"), SPANS)
def test_spans(a: str, lang_a: str, b: str, lang_b: str, marked_a: list[str], marked_b: list[str]) -> None:
    signal = scope.compare(statement(a, lang=lang_a), statement(b, lang=lang_b))
    assert [a[m.start : m.end] for m in signal.a] == marked_a
    assert [b[m.start : m.end] for m in signal.b] == marked_b


NOTES = [
    ("Scope 1 emissions fell.", "Scope 3 emissions rose.", "other scope: Scope 1 against Scope 3"),
    ("Sales in Germany rose.", "Sales in Brazil fell.", "other scope: Germany against Brazil"),
    ("Every store is open.", "Two stores are not open.", "“Every store” against “Two stores”"),
    ("Tier 2 suppliers are audited.", "Tier 2 suppliers are not audited.", "same scope: indirect suppliers"),
    ("Europe grew.", "Germany shrank.", "part of whole: Europe against Germany"),
    ("A rival pays less.", "We pay well.", "other scope: another company"),
    ("We like tea.", "We like milk.", ""),
]


@pytest.mark.parametrize(("a", "b", "note"), NOTES, ids=[n[2] or "nothing" for n in NOTES])
def test_notes(a: str, b: str, note: str) -> None:
    assert scope.compare(statement(a), statement(b)).note == note


ALL_PLANTS = {
    "en": "All plants are certified.",
    "zh": "所有工厂均已通过认证。",
    "de": "Alle Werke sind zertifiziert.",
    "fr": "Toutes les usines sont certifiées.",
    "es": "Todas las fábricas están certificadas.",
    "ja": "すべての工場が認証を取得している。",
    "ko": "모든 공장이 인증을 받았다.",
    "pt": "Todas as fábricas são certificadas.",
}
ONE_NOT = {
    "en": "The plant in Mexico is not certified.",
    "zh": "墨西哥工厂尚未通过认证。",
    "de": "Das Werk in Mexiko ist nicht zertifiziert.",
    "fr": "L'usine au Mexique n'est pas certifiée.",
    "es": "La fábrica de México no está certificada.",
    "ja": "メキシコの工場は認証を取得していない。",
    "ko": "멕시코 공장은 인증을 받지 못했다.",
    "pt": "A fábrica no México não é certificada.",
}
SCOPES = {
    "en": "Scope {}",
    "zh": "范围{}",
    "de": "Scope {}",
    "fr": "scope {}",
    "es": "alcance {}",
    "ja": "スコープ{}",
    "ko": "스코프 {}",
    "pt": "escopo {}",
}


@pytest.mark.parametrize(("x", "y"), list(product(LANGS, LANGS)))
def test_the_same_in_every_two_languages(x: str, y: str) -> None:
    whole, part = statement(ALL_PLANTS[x], lang=x), statement(ONE_NOT[y], lang=y)
    assert scope.relation(whole, part) == "universal against exception"
    assert scope.relation(whole, statement(ALL_PLANTS[y], lang=y)) == "same"
    for i, j in product((1, 2, 3), (1, 2, 3)):
        one, two = statement(SCOPES[x].format(i) + ".", lang=x), statement(SCOPES[y].format(j) + ".", lang=y)
        assert scope.relation(one, two) == ("same" if i == j else "disjoint")


@pytest.mark.parametrize("case", [c for c in CASES if "ja" not in c["lang"]], ids=case_id)
def test_the_language_may_be_missing(case: dict[str, Any]) -> None:
    """A text without a language is read in all languages of its script, and never fails."""
    a, b = (statement(case[side], lang=None) for side in ("a", "b"))
    if set(case["lang"]) <= {"zh", "ko"}:
        assert scope.relation(a, b) == case["relation"]
    assert scope.compare(a, b).verdict in ("agree", "conflict", "not comparable")


# Properties

NEUTRAL = {
    "en": "Thank you for reading.",
    "zh": "谢谢。",
    "de": "Vielen Dank.",
    "fr": "Merci beaucoup.",
    "es": "Gracias.",
    "ja": "どうぞ。",
    "ko": "감사합니다.",
    "pt": "Obrigado.",
}
WORDS = [
    "all",
    "no",
    "not",
    "plants",
    "suppliers",
    "Mexico",
    "Germany",
    "except",
    "Scope",
    "1",
    "3",
    "2019",
    "A7",
    "所有",
    "工厂",
    "不",
    "除",
    "外",
    "墨西哥",
    "すべて",
    "従業員",
    "모든",
    "직원",
    ".",
    ",",
    "，",
    "。",
    "alle",
    "keine",
    "Werke",
    "tous",
]
texts = st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
langs = st.sampled_from([*LANGS, "it", None])


def of(text: str, lang: str | None) -> Statement:
    return statement(text or "x", lang=lang, id="")


@given(st.sampled_from(CASES))
def test_swapping_the_sides_mirrors_the_cases(case: dict[str, Any]) -> None:
    a, b = pair(case)
    there, back = scope.compare(a, b), scope.compare(b, a)
    assert (there.verdict, there.a, there.b) == (back.verdict, back.b, back.a)
    assert sorted(there.note.split()) == sorted(back.note.split())


@given(texts, texts, langs, langs)
@example("All plants. The plant in Mexico is not.", "All plants. The plant in Mexico is not.", "en", "en")
@example("all plants no plants", "no plants all plants", "en", "en")
def test_any_text_is_read(a: str, b: str, x: str | None, y: str | None) -> None:
    one, two = of(a, x), of(b, y)
    there, back = scope.compare(one, two), scope.compare(two, one)
    assert scope.relation(one, two) == scope.relation(two, one)
    assert (there.verdict, there.a, there.b) == (back.verdict, back.b, back.a)
    for text, marks in ((one.text, there.a), (two.text, there.b)):
        assert all(0 <= m.start < m.end <= len(text) and m.what for m in marks)
    for claim in read(one.text, x).claims:
        assert one.text[claim.start : claim.end] == claim.text


@given(st.sampled_from(CASES), st.booleans(), st.booleans())
def test_a_neutral_sentence_changes_nothing(case: dict[str, Any], before: bool, left: bool) -> None:
    side, lang = ("a", case["lang"][0]) if left else ("b", case["lang"][1])
    gap = "" if lang in ("zh", "ja") else " "
    text = f"{NEUTRAL[lang]}{gap}{case[side]}" if before else f"{case[side]}{gap}{NEUTRAL[lang]}"
    a, b = pair({**case, side: text})
    assert scope.relation(a, b) == case["relation"]


@given(st.sampled_from(sorted(lexicon().places)))
def test_places_lie_in_what_contains_them(place: str) -> None:
    """A city lies in its country, all lies in the world, and containment is transitive."""
    above = ancestors(place)
    assert {place, "world"} <= above
    assert all(ancestors(region) <= above for region in above)
    if "." in place:
        assert place.split(".", maxsplit=1)[0] in above


@given(st.sampled_from(sorted(lexicon().places)), st.sampled_from(sorted(lexicon().places)))
def test_places_are_disjoint_unless_one_contains_the_other(one: str, two: str) -> None:
    names = {key: lexicon().concepts[key].name for key in (one, two) if key in lexicon().concepts}
    found = [{h.concept.key for h in find(f"Sales in {names.get(k, '?')}.", "en")} for k in (one, two)]
    if found != [{one}, {two}]:
        return
    a, b = (statement(f"Sales in {names[k]}.", id=k) for k in (one, two))
    related = one in ancestors(two) or two in ancestors(one)
    want = "same" if one == two else ("part of whole" if related else "disjoint")
    assert scope.relation(a, b) == want


HOSTILE = [
    "1",
    " ",
    ",",
    "一",
    "A",
    "所有工厂不",
    "all plants no ",
    "1 ",
    "Mexico to ",
    "A7 ",
    "ア",
    "not plants 2 except ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_bounded(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    start = time.perf_counter()
    for lang in ("en", "zh"):
        scope.compare(of(text, lang), of(text[1:], lang))
    assert time.perf_counter() - start < 1.0
