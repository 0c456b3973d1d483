"""The period signal: a table of pairs, what is read from single texts, and what must hold of any text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.records import Statement
from checker.signals.dates import periods
from checker.signals.period import compare, label, relation

TABLE = Path(__file__).parent / "signals" / "period.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
# Read wrongly, and why; strict, so that a case that comes right is taken out.
KNOWN_WRONG = [
    {
        "a": "Net zero by 2050 is our goal.",
        "b": "By 2030 we will have halved our emissions.",
        "lang": ["en", "en"],
        "verdict": "not comparable",
        "why": "milestone and final goal: the signal does not know what a deadline is for",
    },
    {
        "a": "When 2022 closed, we had 80 shops.",
        "b": "In the summer of 2022 we had 90 shops.",
        "lang": ["en", "en"],
        "verdict": "conflict",
        "why": "the end of a year told by a clause is read as the year",
    },
]
# A fact or a deadline in each language; "{}" is the year.
FACTS = ["In {} sales rose.", "{}年销量上升。", "Im Jahr {} stieg der Absatz.", "En {}, les ventes montaient.",
         "En {} subieron las ventas.", "{}年に売上が伸びた。", "{}년에 매출이 늘었다.", "Em {} as vendas subiam."]  # fmt: skip
DEADLINES = ["We will do so by {}.", "我们将在{}年前做到。", "Wir schaffen es bis {}.", "Nous y serons d'ici {}.",
             "Lo haremos antes de {}.", "{}年までに達成します。", "{}년까지 달성하겠습니다.", "Faremos isso até {}."]  # fmt: skip
LAST_YEAR = ["Last year sales rose.", "去年销量上升。", "Letztes Jahr stieg der Absatz.", "L'an dernier, tout montait.",
             "El año pasado subieron.", "昨年は売上が伸びた。", "작년에 매출이 늘었다.", "No ano passado subiam."]  # fmt: skip
QUARTERS = ["Q{} {}", "第{}季度", "{}. Quartal {}", "Q{} of {}", "{}Q{}", "T{} {}"]


def said(text: str, lang: str | None = None, when: str | None = None) -> Statement:
    return Statement(company="A", source="s", text=text, lang=lang, date=when)


def both(case: dict[str, Any]) -> tuple[Statement, Statement]:
    dates = case.get("dates", [None, None])
    a, b = (said(case[side], lang, when) for side, lang, when in zip("ab", case["lang"], dates, strict=True))
    return a, b


def ids(case: dict[str, Any]) -> str:
    return f"{'-'.join(case['lang'])} {case['why']}"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_table(case: dict[str, Any]) -> None:
    a, b = both(case)
    assert compare(a, b).verdict == case["verdict"]
    if "relation" in case:
        assert relation(a, b) == case["relation"]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("case", KNOWN_WRONG, ids=ids)
def test_known_wrong(case: dict[str, Any]) -> None:
    assert compare(*both(case)).verdict == case["verdict"]


def test_table_is_wide_enough() -> None:
    assert len(CASES) >= 60
    assert sum(case["lang"] != ["en", "en"] for case in CASES) >= len(CASES) / 2
    assert {lang for case in CASES for lang in case["lang"]} == {"en", "zh", "de", "fr", "es", "ja", "ko", "pt"}


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_swapping_mirrors(case: dict[str, Any]) -> None:
    a, b = both(case)
    there, back = compare(a, b), compare(b, a)
    assert (there.verdict, there.a, there.b) == (back.verdict, back.b, back.a)
    assert relation(a, b) == relation(b, a)


@pytest.mark.parametrize("padding", ["{} Bricks are red.", "Bricks are red. {}", "砖是红的。{}", "{} 砖是红的。"])
@pytest.mark.parametrize("case", CASES, ids=ids)
def test_irrelevant_text_changes_nothing(case: dict[str, Any], padding: str) -> None:
    a, b = both(case)
    padded = said(padding.format(a.text), a.lang, a.date)
    assert relation(padded, b) == relation(a, b)


@pytest.mark.parametrize(
    ("text", "when", "expected"),
    [
        ("In FY2023 and Q3 2022", None, ["FY2023", "Q3 2022"]),
        ("上半年销量上升", "2023-08-30", ["H1 2023"]),
        ("第三季度", "2022-11-01", ["Q3 2022"]),
        ("令和3年12月", None, ["December 2021"]),
        ("二〇二〇年底", None, ["2020-12-31"]),
        ("1990年代", None, ["1990 to 1999"]),
        ("the 1990s", None, ["1990 to 1999"]),
        ("seit 2015", None, ["since 2015"]),
        ("ab 2025", "2023-01-01", ["by 2025"]),
        ("until 2021 we had", None, ["until 2021"]),
        ("by 2030", None, ["by 2030"]),
        ("2021/22", None, ["2021/22"]),
        ("2019–2021", None, ["2019 to 2021"]),
        ("at year-end", "2024-03-01", ["2023-12-31"]),
        ("last spring", "2024-03-01", ["2023-03 to 2023-05"]),
        ("next October", "2024-03-01", ["by October 2024"]),
        ("last quarter", "2024-02-10", ["Q4 2023"]),
        ("本季度", "2024-02-10", ["Q1 2024"]),
        ("지난해 상반기", "2024-02-10", ["H1 2023"]),
        ("im Oktober", "2024-02-10", ["October 2023"]),
        ("on 5 August", "2024-08-06", ["2024-08-05"]),
        ("the last three years", "2024-03-01", ["2021-03-01 to 2024-03-01"]),
        ("过去五年", "2024-02-29", ["2019-02-28 to 2024-02-29"]),  # no such day in 2019
        ("moved from 2040 to 2045", "2024-01-01", ["by 2045"]),
        ("2023年3月期", None, ["2022-04 to 2023-03"]),
        ("30 February 2023", None, []),
        ("mid-2025", None, ["2025-05 to 2025-08"]),
        ("3Q22", None, ["Q3 2022"]),
        ("31.12.2023", None, ["2023-12-31"]),
        ("2023-12-31", None, ["2023-12-31"]),
        ("gegenüber 2019", None, ["2019"]),
        ("year 2021", "no date", ["2021"]),
    ],
)
def test_what_is_read(text: str, when: str | None, expected: list[str]) -> None:
    assert [label(p) for p in periods(text, None, when)] == expected


@pytest.mark.parametrize(
    "text",
    ["ISO 14001:2015", "2000 employees", "2,020 sites", "2030 tonnes", "$2022", "€ 2022", "2022 €", "2022%", "Room 2021",
     "No. 1999", "2000多家", "2020名员工", "Agenda 2030", "Directive 2013/34/EU", "0.2021", "12022", "A2020", "1.2022.5",
     "we may march", "in may we", "Companies Act 2006", "our 2021 report", "three years", "五年", "每月", "三个月"],
)  # fmt: skip
def test_no_period(text: str) -> None:
    assert periods(text, None, "2024-05-01") == ()


@pytest.mark.parametrize(
    ("text", "when", "words"),
    [
        ("We will stop by the end of 2030.", None, ["by the end of 2030"]),
        ("公司将在2040年前实现碳中和。", None, ["2040年前"]),
        ("Seit dem 1. März 2023 gilt das.", None, ["Seit dem 1. März 2023"]),
        ("自2024年1月起收费。", None, ["自2024年1月"]),
        ("우리는 2028년까지 한다.", None, ["2028년까지"]),
        ("En 2021 y hasta finales de 2030", "2023-01-01", ["2021", "hasta finales de 2030"]),
    ],
)
def test_spans(text: str, when: str | None, words: list[str]) -> None:
    assert [text[slice(*p.at)] for p in periods(text, None, when)] == words


def test_open_ends() -> None:
    since, deadline, until = (
        periods(text, None, "2024-05-01")[0] for text in ("since 2015", "by 2030", "Until 2021 we had")
    )
    assert (since.start, since.end) == (date(2015, 1, 1), None)
    assert (deadline.start, deadline.end) == (None, date(2030, 12, 31))
    assert (until.start, until.end, until.role) == (None, date(2021, 12, 31), "until")


def test_note_and_marks() -> None:
    signal = compare(said("Coal ends by 2030."), said("煤炭将在2040年前退出。"))
    assert signal.note == "other deadline: by 2030 against by 2040"
    assert [("Coal ends by 2030."[m.start : m.end], m.what) for m in signal.a] == [("by 2030", "by 2030")]
    assert compare(said("In 2021"), said("im Jahr 2022")).note == "other period: 2021 against 2022"


def test_edition_needs_one_kind_of_source() -> None:
    texts = ("The average tenure of our nominees is 4.9 years.", "The average tenure of our nominees is 5.9 years.")
    report, later = (said(text, when=when) for text, when in zip(texts, ("2022", "2023"), strict=True))
    assert relation(report, later) == relation(later, report) == "other edition"
    assert compare(report, later).note == "one sentence with the figures of two periods: 2022 against 2023"
    assert relation(report, msgspec.structs.replace(later, source="press")) == "unknown"
    assert relation(report, msgspec.structs.replace(later, date="2022-02-30")) == "unknown"


@given(st.sampled_from(FACTS), st.sampled_from(FACTS), st.integers(1950, 2023), st.integers(1950, 2023))
def test_years_agree_in_any_language(ours: str, theirs: str, year: int, other: int) -> None:
    a, b = said(ours.format(year), when="2024-01-01"), said(theirs.format(other), when="2024-03-01")
    assert relation(a, b) == ("same" if year == other else "different")


@given(st.sampled_from(DEADLINES), st.sampled_from(DEADLINES), st.integers(2025, 2070), st.integers(2025, 2070))
def test_deadlines_agree_in_any_language(ours: str, theirs: str, year: int, other: int) -> None:
    a, b = said(ours.format(year), when="2024-01-01"), said(theirs.format(other), when="2024-03-01")
    assert relation(a, b) == ("same" if year == other else "other deadline")


@given(st.sampled_from(FACTS), st.sampled_from(LAST_YEAR), st.integers(1990, 2040), st.integers(-2, 2))
def test_last_year_is_the_year_before(fact: str, last: str, year: int, away: int) -> None:
    a, b = said(last, when=f"{year + 1}-06-15"), said(fact.format(year + away), when=f"{year + 5}-01-01")
    assert relation(a, b) == ("same" if away == 0 else "different")


@given(st.integers(1, 4), st.integers(1, 4), st.integers(2000, 2023))
def test_quarters(ours: int, theirs: int, year: int) -> None:
    a, b = said(f"In Q{ours} {year} sales rose."), said(f"{year}年第{theirs}季度销量下降。")
    assert relation(a, b) == ("same" if ours == theirs else "different")
    assert relation(a, said(f"In {year} sales fell.")) == "overlapping"


PIECES = st.sampled_from(
    ["in ", "by ", "2022", "2030年", "年", "月", "since ", "Q3", " ", "/", "-", "2021/22", "第", "三季度", "last year", "去年",
     "31", ".", ",", "December", "令和", "元年", "end of", "前", "9999", "FY", "29 February ", "2023", "0", "from", "to "]
)  # fmt: skip


@given(
    st.text() | st.lists(PIECES).map("".join), st.none() | st.sampled_from(["2024", "2024-02", "2024-02-29", "0001"])
)
@example("in 2030 " * 2500, "2024-01-01")
@example("1" * 20_000, None)
@example(" " * 20_000, None)
@example("二" * 20_000, "2024")
def test_any_text(text: str, when: str | None) -> None:
    for period in periods(text, None, when):
        assert 0 <= period.at[0] < period.at[1] <= len(text)
        assert period.first <= period.last
    a = said(text or "x", when=when)
    assert compare(a, said("In 2022")).verdict == compare(said("In 2022"), a).verdict
