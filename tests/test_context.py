"""Which statements need the sentence before them, and what the judge then reads."""

from __future__ import annotations

import pytest
from conftest import statement

from checker.context import as_read, in_context, needs_context

BEFORE = "The duty to report spills binds every site."
NEEDY = [
    ("en", "It applies to contractors too."), ("en", "They are checked every month."), ("en", "“Such spills are rare."),
    ("en", "This does not hold for visitors."), ("de", "Diese gilt für alle Werke."), ("de", "Sie wird jährlich geprüft."),
    ("fr", "Elle vaut pour tous les sites."), ("es", "Esto se aplica a todos."), ("pt", "Isso vale para todos."),
    ("it", "Ciò vale per tutti."), ("zh", "该制度适用于所有工厂。"), ("zh", "它们每月检查一次。"), ("ja", "これは全工場に適用される。"),
    ("ko", "이는 모든 공장에 적용된다."),
]  # fmt: skip
ALONE = [
    ("en", "This year we paid every supplier on time."), ("en", "Italy is our largest market."), ("en", "We report spills."),
    ("en", "The site in Leeds is closed."), ("zh", "此外，公司按时付款。"), ("zh", "这一年公司按时付款。"),
    ("zh", "公司按时付款。"), ("ja", "当社は期日どおりに支払う。"), ("de", "Wir zahlen pünktlich."), ("de", "Eswatini ist ein Markt."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text"), NEEDY)
def test_openings_that_need_an_antecedent(lang, text):
    """A pronoun or demonstrative opens the statement: the sentence before is read first."""
    said = statement(text, lang=lang, before=BEFORE)
    assert needs_context(said)
    assert in_context(said).startswith(BEFORE)
    assert in_context(said).endswith(text)


@pytest.mark.parametrize(("lang", "text"), ALONE)
def test_openings_that_stand_alone(lang, text):
    """Names that begin alike, "this year" and plain subjects need nothing."""
    assert in_context(statement(text, lang=lang, before=BEFORE)) == text


def test_a_lead_in_goes_before_its_entries():
    said = statement("pay every supplier within thirty days", before="We commit to:")
    assert in_context(said) == "We commit to: pay every supplier within thirty days"


def test_without_a_sentence_before_a_statement_is_read_alone():
    assert in_context(statement("It applies to contractors too.")) == "It applies to contractors too."


def test_dates_are_read_where_they_lie_apart():
    """Both texts behind their months: what was said years later may have replaced what was said before."""
    first = statement("We pay after ninety days.", date="2022-09-15")
    later = statement("它们在四十五天内付款。", lang="zh", date="2024-05", before="供应商共三百家。")
    assert as_read(first, later) == (
        "[2022-09] We pay after ninety days.",
        "[2024-05] 供应商共三百家。它们在四十五天内付款。",
    )


@pytest.mark.parametrize("dates", [("2022-09-15", None), ("2022-09-15", "2022-10-20"), (None, None)])
def test_near_or_unknown_dates_are_left_out(dates):
    texts = "We pay after ninety days.", "We pay after forty-five days."
    assert as_read(*(statement(t, date=d) for t, d in zip(texts, dates, strict=True))) == texts
