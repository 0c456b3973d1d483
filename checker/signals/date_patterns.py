"""The forms in which periods are written, as patterns over the words of ``data/period.toml``.

A form is a pattern in which «name» stands for a word list or a pattern of ``_PIECES``. The groups that it names are
read by ``date_forms``: year, until (last year of a range), part, month, day, relative, nearest, fiscal and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from .lexicon import alternation, lexicon, words

_PIECES = {
    "left": r"(?<![\w.,/:\-–€$£#°+])(?<![€$£]\s)",  # no part of a number, a code or a price
    "right": r"(?![\w%°€]|[.,:/]\d|/\w|-\w?\d|\s?[€%])",
    "Y": r"(?:19|20)\d\d",
    "year": r"(?P<year>(?:19|20)\d\d)",
    "short": r"(?P<short>\d\d)",
    "until": r"(?P<until>(?:19|20)\d\d|\d\d)",
    "day": r"(?P<day>[0-3]?\d)",
    "link": r"\s{0,3}(?:,|of\s|of\sthe\s|des\sjahres\s|de\s|del\s|do\s|d'|der\s|von\s|año\s)?\s{0,3}",
    "gap": r"\s{1,3}",
    "to": r"(?:to|and|until|bis|und|à|et|a|y|e)",
    "han_month": r"(?P<hanmonth>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?[月월]份?",
    "han_day": r"(?:\s?(?P<day>[0-3]?\d)\s?[日号號일])",
    "han_edge": r"(?P<monthpart>[初中底末말])(?!旬)",
    "han_year": r"(?P<hanyear>(?<!\d)(?:19|20)\d\d|[一二][九〇零○][〇零○一二三四五六七八九]{2})",
    "era": r"(?P<era>令和|平成|昭和)(?P<erayear>\d{1,2}|元)",
}
_LATIN = (
    # 2023-12-31, 2023-12; 31.12.2023
    r"«left»«year»-(?P<nummonth>[01]\d)(?:-«day»)?(?![\w-])",
    r"«left»«day»[./](?P<nummonth>[01]?\d)[./]«year»(?![\w/])",
    # 31 December 2023, 1er mars, 31 de dezembro de 2023; December 31, 2023
    r"«left»«day»(?:st|nd|rd|th|er|\.|º|ª)?\s{0,3}(?:de\s|of\s)?\s{0,3}(?P<month>«month»)(?!\w)(?:«link»«year»«right»)?",
    r"«left»(?P<month>«month»)«gap»«day»(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)(?:,?\s{0,3}«year»«right»)?",
    # January to March 2023
    r"«left»(?P<month>«month»)(?:\s{0,3}[–-]\s{0,3}|\s«to»\s)(?P<untilmonth>«month»)(?!\w)(?:«link»«year»«right»)?",
    # end of March 2023, early May, mars 2023, March last year; last March
    r"«left»(?:(?P<part>«edge»)«link»)?-?(?P<month>«month»)(?!\w)"
    r"(?:«link»«year»«right»|«gap»(?P<relative>«relative»)(?!\w))?",
    r"«left»(?P<nearest>«nearest»)«gap»(?P<month>«month»)(?!\w)",
    # third quarter of 2022, end of 2023, mid-2025, first half of fiscal 2023; 3Q22
    r"«left»(?P<part>«part»)(?:(?<=-)|[\s-]|«link»)(?:(?:the\s)?(?P<fiscal>«fiscal»)\s)?«year»«right»",
    r"«left»(?P<part>[qh][1-4]|[1-4][qtsh]|9m)\s?['’]?«short»(?![\w%]|[.,]\d)",
    # end of last year; next spring, third quarter; year-end
    r"«left»(?P<part>«part»)«link»(?P<relative>«relative»)(?!\w)",
    r"«left»(?:(?P<nearest>«nearest»)«gap»)?(?P<part>«recurring»)(?!\w)(?:«gap»(?P<relative>«relative»)(?!\w))?",
    r"«left»(?P<part>«year_end»)(?!\w)",
    # FY2023, FY23, Geschäftsjahr 2021/22; 2021/22, 2019-2021; from 2019 to 2021
    r"«left»(?P<fiscal>«fiscal»)\s?['’]?(?:«year»|«short»)(?:[/–-]«until»)?(?![\w%]|[.,]\d)",
    r"«left»«year»\s{0,3}[/–—-]\s{0,3}«until»«right»",
    r"«left»(?:from|between|von|zwischen|entre|de)«gap»«year»«gap»«to»«gap»(?P<until>«Y»)«right»",
    # the 1990s; over the last three years; last year, currently; 2023
    r"(?<![\w.,/:-])(?P<decade>(?:19|20)\d0)(?:['’]?s|er(?:n|\sjahren?)?)(?!\w)",
    r"(?<!\w)(?P<recent>«recent»)(?!\w)",
    r"«left»(?P<relative>«relative»)(?!\w)",
    r"«left»(?P<bare>«Y»)«right»",
)
_CJK_AFTER = r"(?:[のに的]?\s?(?:«han_month»(?:«han_day»|(?P<term>期)|«han_edge»)?|(?P<part>«cjk_part»)))?"
_CJK = (
    # 2023年12月31日, 令和5年度, 2023年3月期, 2021년 상반기; 去年年底, 今年四月
    rf"(?:«han_year»|«era»)\s?[年년](?P<fiscal>度|财年|會計年度|会计年度)?{_CJK_AFTER}",
    rf"(?P<relative>«cjk_relative»){_CJK_AFTER}",
    # 8月7日, 三月底; 上半年
    r"(?<![\d一二三四五六七八九十个個か年년月월])(?<![年년]\s)«han_month»(?:«han_day»|«han_edge»)?",
    r"(?P<part>«cjk_alone»)",
    # 2019年至2021年; 2021-22赛季; 1990年代; 过去三年; 2030碳中和
    r"«han_year»[年년]?\s?(?:至|到|[-–—~～]|から)\s?(?P<until>«Y»)[年년]",
    r"(?P<hanyear>(?<!\d)«Y»)[-/](?P<until>\d\d)(?=财年|赛季|年度|シーズン|시즌|年)",
    r"(?P<decade>(?<!\d)(?:19|20)\d0)年代",
    r"(?P<recent>«cjk_recent»)",
    r"(?P<hanyear>(?<!\d)«Y»)(?P<part>[底末])?(?=«year_before_cjk»)",
)


def recurring() -> list[str]:
    """Parts that come every year and are named without one: quarters, halves, seasons."""
    parts = lexicon("period")["parts"]
    names = ("q1", "q2", "q3", "q4", "h1", "h2", "spring", "summer", "autumn", "winter", "christmas")
    return [word for code in names for word in words(parts[code]) if not word.endswith((" of", " de"))]


def _recent(forms: Iterable[str], number: str) -> str:
    """ "last three years": the number in a group of its own for each form."""
    return "|".join(alternation([w]).replace(r"\{n\}", rf"(?P<n{i}>{number})") for i, w in enumerate(forms))


@cache
def _lists() -> dict[str, str]:
    """The word lists that forms refer to, as groups."""
    data = lexicon("period")

    def every(tables: Iterable[Iterable[str]]) -> str:
        return alternation(words([word for table in tables for word in table]))

    edges = ("begin", "early", "mid", "late", "end")
    number = every(data["numbers"].values())
    return {
        "month": every(data["months"].values()),
        "part": every(words(table) for table in data["parts"].values()),
        "edge": every(words(data["parts"][code]) for code in edges),
        "recurring": alternation(words(recurring())),
        "relative": every(data["relative"].values()),
        "nearest": alternation(words(data["nearest"])),
        "fiscal": alternation(words(data["fiscal"])),
        "year_end": alternation(words(data["year_end"])),
        "recent": _recent(data["recent"]["latin"], number),
        "cjk_part": every(data["cjk_parts"].values()),
        "cjk_relative": every(data["cjk_relative"].values()),
        "cjk_alone": alternation(words(data["cjk_alone"])),
        "cjk_recent": _recent(data["recent"]["cjk"], number),
        "year_before_cjk": alternation(words(data["year_before_cjk"])),
    }


def _filled(form: str) -> re.Pattern[str]:
    pieces = _PIECES | _lists()
    return re.compile(re.sub("«(\\w+)»", lambda name: pieces[name[1]], form), re.IGNORECASE)


@cache
def latin_forms() -> tuple[re.Pattern[str], ...]:
    """The forms that are searched in every text."""
    return tuple(_filled(form) for form in _LATIN)


@cache
def cjk_forms() -> tuple[re.Pattern[str], ...]:
    """Those that are searched besides in texts with Chinese, Japanese or Korean script."""
    return tuple(_filled(form) for form in _CJK)
