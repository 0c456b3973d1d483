"""Where a text names a date or a period, and by which parts: year, part of the year, month, day, or relative words.

Nothing is resolved here: ``mentions`` does not know when a statement was made. One pattern a form of writing, over the
words of ``data/period.toml`` in all languages at once (statements quote and mix them); the longest form wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from .date_patterns import cjk_forms, latin_forms
from .lexicon import CJK, fold, lexicon, words

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}

_TIME_WORD = re.compile(
    r"\b(?:in|since|by|from|of|until|till|to|and|last|next|this|early|mid|late|en|depuis|de|dès)[\s-]$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters ``text[start:end]`` that name a period. What the text leaves open is None.

    ``relative`` is a unit and how many away ("y-1": last year; "now"), ``nearest`` which of the recurring months or
    seasons is meant (-1 the last one, 1 the next), ``until_year`` the last year of a range, ``until_month`` the last
    month, ``years_back`` the length of "the last three years".
    """

    start: int
    end: int
    year: int | None = None
    until_year: int | None = None
    part: str | None = None
    month: int | None = None
    until_month: int | None = None
    day: int | None = None
    relative: str | None = None
    nearest: int | None = None
    years_back: int | None = None
    fiscal: bool = False


@cache
def _codes() -> dict[str, dict[str, str]]:
    """From words as they are matched to what they mean, by the name of the group that matches them."""
    data = lexicon("period")
    months = {
        v: str(i) for names in data["months"].values() for i, name in enumerate(names, 1) for v in name.split("|")
    }
    parts = {word: code for code, table in data["parts"].items() for word in words(table)}
    parts |= {word: code for code, entries in data["cjk_parts"].items() for word in entries}
    parts |= dict.fromkeys(words(data["year_end"]), "end")
    relative = {w: code for key in ("relative", "cjk_relative") for code, ws in data[key].items() for w in ws}
    nearest = {word: code for code, entries in data["nearest"].items() for word in entries}
    numbers = {word: n for n, entries in data["numbers"].items() for word in entries}
    return {"month": months, "part": parts, "relative": relative, "nearest": nearest, "n": numbers}


def _number(text: str) -> int:
    """A number of up to four figures in digits or Chinese numerals."""
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[c]) for c in text))


def _years(found: dict[str, str]) -> tuple[int | None, int | None, bool]:
    """First year, last year of a range, and whether the range is one split year ("2021/22")."""
    year = None
    if found.get("short"):
        year = 2000 + int(found["short"])
    elif found.get("era"):
        year = _ERAS[found["era"]] + (1 if found["erayear"] == "元" else int(found["erayear"]))
    elif digits := found.get("year") or found.get("hanyear") or found.get("bare") or found.get("decade"):
        year = _number(digits)
    if year is None or not found.get("until"):
        return year, (year + 9 if found.get("decade") and year else None), False
    until = int(found["until"])
    if until >= 100:
        return year, until, False
    until += year // 100 * 100
    return year, (until if until <= year + 15 else year), until == year + 1


def _read(match: re.Match[str]) -> Mention | None:
    """What a match names; None where its parts make no period."""
    found = {name: value for name, value in match.groupdict().items() if value}
    codes = _codes()
    year, until, split = _years(found)
    if until is not None and year is not None and until <= year:
        return None
    month = int(codes["month"][fold(found["month"])]) if "month" in found else None
    if number := found.get("nummonth") or found.get("hanmonth"):
        month = _number(number)
    part = codes["part"].get(fold(found["part"])) or _code_part(found["part"]) if "part" in found else None
    if "monthpart" in found:
        part = {"初": "early", "中": "mid"}.get(found["monthpart"], "end")
    day = int(found["day"]) if "day" in found else None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    back = next((int(codes["n"][fold(v)]) for k, v in found.items() if k[0] == "n" and k[1:].isdecimal()), None)
    mention = Mention(*match.span(), year=year, until_year=until, part=part, month=month, day=day, years_back=back)
    if "term" in found and year and month:  # 2023年3月期: the fiscal year that ends in March 2023
        return replace(mention, part="term", fiscal=True)
    return replace(
        mention,
        until_month=int(codes["month"][fold(found["untilmonth"])]) if "untilmonth" in found else None,
        relative=codes["relative"][fold(found["relative"])] if "relative" in found else None,
        nearest=int(codes["nearest"][fold(found["nearest"])]) if "nearest" in found else None,
        fiscal="fiscal" in found or split,
        part="split" if split else part,
    )


def _code_part(word: str) -> str:
    """The part that a code such as "Q3", "3Q" or "1H" names."""
    letters, digit = re.sub(r"\d", "", word.lower()), re.sub(r"\D", "", word)
    return {"m": "m9"}.get(letters, ("h" if letters in {"h", "s"} else "q") + digit)


def _is_a_verb(text: str, mention: Mention) -> bool:
    """Whether "may", "march" or "mars" is no month: lower case, or without a year, a day or a word of time."""
    if mention.month is None or mention.year or mention.nearest is not None or mention.relative:
        return False
    word = text[mention.start : mention.end]
    if not re.match(r"(?:may|march|mars)\b", word, re.IGNORECASE):
        return False
    if word.startswith(("may", "march")):
        return True
    return not mention.day and not _TIME_WORD.search(text[max(0, mention.start - 12) : mention.start])


def _candidates(text: str) -> Iterator[Mention]:
    cjk = CJK.search(text) is not None
    for pattern in latin_forms() + (cjk_forms() if cjk else ()):
        for match in pattern.finditer(text):
            if "bare" in match.re.groupindex and cjk and CJK.match(text, match.end()):
                continue  # counted by a Chinese or Japanese word; a form of its own reads 2030碳中和
            mention = _read(match)
            if mention is not None and not _is_a_verb(text, mention):
                yield mention


@lru_cache(maxsize=16_384)
def mentions(text: str) -> tuple[Mention, ...]:
    """The periods that a text names, in order, none within another."""
    taken: list[Mention] = []
    end = -1
    for mention in sorted(_candidates(text), key=lambda m: (m.start, -m.end)):
        if mention.start >= end:
            taken.append(mention)
            end = mention.end
    return tuple(taken)
