"""The time signal: a table of pairs, which words announce a change, and what must hold of any text."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checker.records import Statement
from checker.signals.change import compare, markers, relation
from checker.signals.lexicon import lexicon

TABLE = Path(__file__).parent / "signals" / "time.jsonl"
CASES = [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]
# Read wrongly, and why; strict, so that a case that comes right is taken out.
KNOWN_WRONG = [
    {
        "a": "Oriel understands eleven languages.",
        "b": "Oriel speaks fourteen languages, three more than at launch.",
        "lang": ["en", "en"],
        "dates": ["2021-09-07", "2023-09-12"],
        "verdict": "conflict",
        "why": "a change told by nothing but a comparison",
    },
    {
        "a": "Every jar is tested before it leaves the plant.",
        "b": "重金属我们只在原料进厂时检测，做好的成品不再送检。",
        "lang": ["en", "zh"],
        "dates": ["2021-02-10", "2021-06-01"],
        "verdict": "not comparable",
        "why": "不再 of a second time, not of a former practice",
    },
    {
        "a": "The germ came in with a spice from outside.",
        "b": "The germ lived under a roof that had leaked since spring.",
        "lang": ["en", "en"],
        "dates": ["2023-02-08", "2024-03-19"],
        "verdict": "not comparable",
        "why": "since when something went wrong, not since when something holds",
    },
]
# "Since {month} {year}" in each language.
SINCE = ["Since {m[0]} {y} returns cost three euros.", "自{y}年{n}月起，退货收费三欧元。", "Seit {m[1]} {y} kostet die Rückgabe Geld.",
         "Depuis {m[2]} {y}, les retours coûtent trois euros.", "Desde {m[3]} de {y} las devoluciones cuestan dinero.",
         "{y}年{n}月より、返品は有料です。", "{y}년 {n}월부터 반품은 유료입니다.", "Desde {m[4]} de {y} as devoluções são pagas."]  # fmt: skip
MONTHS = {
    3: ("March", "März", "mars", "marzo", "março"),
    9: ("September", "September", "septembre", "septiembre", "setembro"),
}


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
    if case.get("relation"):
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
    assert relation(a, said(padding.format(b.text), b.lang, b.date)) == relation(a, b)


@pytest.mark.parametrize("case", [c for c in CASES if c["verdict"] == "conflict" and "dates" in c], ids=ids)
def test_only_the_later_statement_announces(case: dict[str, Any]) -> None:
    """Said first, the announcement does not bear on what was said years after it."""
    a, b = both(case)
    late = said(a.text, a.lang, "2035-01-01")
    assert relation(late, b) != "announced change"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We no longer sell coal.", [("no longer", "strong")]),
        ("Wir verkaufen keine Kohle mehr.", [("keine Kohle mehr", "strong")]),
        ("Nous n'achetons plus de charbon.", [("n'achetons plus", "strong")]),
        ("公司不再出售煤炭。", [("不再", "strong")]),
        ("期限由30天改为60天。", [("由30天改为", "strong")]),
        ("The limit was raised in May from 4.2 to 5.1 tonnes.", [("raised in May from 4.2 to", "strong")]),
        ("もはや石炭は扱わない。", [("もはや", "strong")]),
        ("우리는 더 이상 팔지 않는다.", [("더 이상", "strong")]),
        ("In July we closed the mine.", [("closed", "dated")]),
        ("Today we sell coal.", [("Today", "weak")]),
    ],
)
def test_markers(text: str, words: list[tuple[str, str]]) -> None:
    assert [(text[slice(*m.at)], m.strength) for m in markers(text)] == words


@pytest.mark.parametrize(
    "text",
    ["It takes no longer than a day.", "We welcome new customers.", "Das gilt seit jeher.", "Er zahlt nicht mehr als 50 Euro.",
     "Nous n'en voulons pas non plus.", "Wir zahlen nach wie vor.", "Nothing has changed.", "We are used to it.", "新客户很多。",
     "La situación es así desde siempre.", "事故は今も続く。", "Isso vale desde sempre.", "지금도 그렇다.", "Since 2015 we have always paid."],
)  # fmt: skip
def test_no_marker(text: str) -> None:
    assert [m for m in markers(text) if m.strength == "strong"] == []
    assert relation(said("x", when="2020-01-01"), said(text, when="2023-01-01")) != "announced change"


def test_note_and_marks() -> None:
    a, b = said("Fur is sold.", when="2020-01-01"), said("Since March 2021 fur is no longer sold.", when="2022-01-01")
    signal = compare(a, b)
    assert [(b.text[m.start : m.end], m.what) for m in signal.b] == [
        ("Since March 2021", "since when"),
        ("no longer", "ended"),
    ]
    assert (signal.a, signal.note) == ([], 'announced change: "Since March 2021"')
    assert compare(a, said("Fur is banned.", when="2020-01-01")).note == "same time: same day"


def test_each_entry_is_found() -> None:
    """No word of the lexicon is out of reach of the pattern that it is compiled to."""
    masks = [word for table in lexicon("time")["no_marker"].values() for word in table]
    for strength in ("strong", "dated", "weak"):
        for table in lexicon("time")[strength].values():
            for word in (word for words in table.values() for word in words):
                text = word.replace("…", "seven") if word.isascii() else word.replace("…", " sept ")
                assert markers(f"X {text} X") or any(mask in text for mask in masks), word


@given(st.sampled_from(SINCE), st.sampled_from(sorted(MONTHS)), st.integers(2016, 2023), st.integers(-20, 20))
def test_since_counts_if_it_fell_between(form: str, month: int, year: int, months: int) -> None:
    """ "Since March" answers what was said before March, and not what was said after it."""
    text = form.format(m=MONTHS[month], y=year, n=month)
    earlier = date(year, month, 1) + timedelta(days=30 * months + 3)
    later = max(earlier, date(year, month, 28)) + timedelta(days=60)
    found = relation(said("Returns are free.", when=earlier.isoformat()), said(text, when=later.isoformat()))
    assert (found == "announced change") == (earlier < date(year, month, 1))


@given(st.integers(0, 2000), st.integers(0, 4000))
def test_distance(apart: int, shift: int) -> None:
    first = date(2010, 1, 1) + timedelta(days=shift)
    a, b = (
        said("Coal is sold.", when=first.isoformat()),
        said("煤炭被禁。", when=(first + timedelta(apart)).isoformat()),
    )
    expected = "same time" if apart <= 45 else "months apart" if apart <= 365 else "years apart"
    assert relation(a, b) == expected
    assert compare(a, b).verdict == ("agree" if apart <= 45 else "not comparable")


@pytest.mark.parametrize("dates", [(None, None), ("2023", "2023-05-01"), ("2023-05", "2023-05"), ("2023-05-02", None)])
def test_unknown_order_takes_either_side(dates: tuple[str | None, str | None]) -> None:
    a, b = said("We no longer sell fur.", when=dates[0]), said("Fur sells well.", when=dates[1])
    assert relation(a, b) == relation(b, a) == "announced change"


PIECES = st.sampled_from(
    [
        "no longer",
        " than ",
        "由",
        "改为",
        "不再",
        "from ",
        "to ",
        "since ",
        "2022",
        "January ",
        "ne ",
        " plus ",
        ".",
        "now",
        " ",
        "…",
        "より",
    ]
)


@given(st.text() | st.lists(PIECES).map("".join), st.none() | st.sampled_from(["2024", "2024-02", "2024-02-29"]))
@example("from " * 4000, "2024-01-01")
@example("由" * 20_000, None)
@example(" " * 20_000, None)
@example("no longer " * 2000, "2024")
def test_any_text(text: str, when: str | None) -> None:
    for marker in markers(text):
        assert 0 <= marker.at[0] < marker.at[1] <= len(text)
    a, b = said(text or "x", when=when), said("Fur sells well.", when="2023-01-01")
    there, back = compare(a, b), compare(b, a)
    assert (there.verdict, there.a, there.b) == (back.verdict, back.b, back.a)
    assert all(0 <= m.start < m.end <= len(text) for m in there.a)


@pytest.mark.parametrize(
    ("earlier", "later", "again"),
    [
        ("Payout stays at forty per cent of earnings.", "自2023年度起，派息比率由40%上调至50%。", ("forty per cent", "40%")),
        ("We aim for net zero by 2030.", "The net zero goal, set for 2030, has been moved to 2035.", ("by 2030", "set for 2030")),
        ("Rechnungen zahlen wir nach 45 Tagen.", "Since May invoices are paid after 30 days instead of 45 days.", ("45 Tagen", "45 days")),
        ("Rechnungen zahlen wir nach 60 Tagen.", "Since May invoices are paid after 30 days instead of 45 days.", None),
        ("We employ 300 people.", "We no longer run the plant at Leeds.", None),
        ("We have 12 sites.", "We no longer pay within 12 days.", None),
    ],
)  # fmt: skip
def test_what_changed_is_named_again(earlier: str, later: str, again: tuple[str, str] | None) -> None:
    """An amount or a deadline of the earlier statement in the words of the later one, whichever side it is on."""
    first, second = said(earlier, when="2022-06-01"), said(later, when="2024-01-15")
    signal, mirrored = compare(first, second), compare(second, first)
    assert (signal.a, signal.b, signal.note) == (mirrored.b, mirrored.a, mirrored.note)
    marks = [
        s.text[m.start : m.end]
        for s, side in ((first, signal.a), (second, signal.b))
        for m in side
        if m.what == "named again"
    ]
    assert tuple(marks) == (again or ())
    assert ("again" in signal.note) == bool(again)
