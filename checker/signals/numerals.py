"""Numbers in a text: in digits, spelled out, in Chinese characters, as fractions ("one in eight", 四分之一).

Spelled-out numbers in Latin script come from text2num (20 µs a sentence, 7 ms to import; it gives the spans). It leaves
out Chinese, Japanese and Korean; cn2an reads no 12,480亿, no 百分之十二 and no 三成, gives no spans and takes 74 ms to
import, so these are read here. Which mark is the decimal point depends on the language and on the number itself, which
Babel's parse_decimal (13 ms) does not know either: it reads "1,2" in an English text as 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec.structs import replace

from .number_words import LATIN, lower, scales

_DECIMAL_COMMA = ("de", "fr", "es", "pt")
_SPELLED = ("en", "de", "fr", "es", "pt")
_MAX_DIGITS = 18  # a longer run of digits is no quantity
_JUNK = (
    r"\+\d[\d ()/-]{6,25}\d"  # telephone
    r"|\d{1,4}([./-])\d{1,2}\2\d{1,4}(?!\d)"  # date
    r"|\d{1,2}:\d{2}(?!\d)"  # time
    r"|(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)(?![\d%]|[.,]\d)"  # years
    r"|\d{1,9}(?:\.\d{1,9}){2,6}(?=[^\d]|$)(?<!\.\d{3})"  # version or section
)
_DIGITS = r"\d{1,3}(?:([.,'’\u00a0\u202f])\d{3})(?:\3\d{3}){0,6}(?:[.,]\d{1,18})?(?!\d)|\d{1,24}(?:[.,]\d{1,18})?"
_SPACED = r"\d{1,3}(?: \d{3}){1,6}(?:,\d{1,9})?(?!\d)"
_HAN = "〇零一二三四五六七八九十百千两兩廿일이삼사오육칠팔구십백천"
_HANS = rf"(?:(?!千[瓦克米卡])[{_HAN}])+"
_BIG = {"万": 1e4, "萬": 1e4, "만": 1e4, "亿": 1e8, "億": 1e8, "억": 1e8, "兆": 1e12, "조": 1e12}
_SMALL = {"十": 10.0, "百": 100.0, "千": 1000.0, "십": 10.0, "백": 100.0, "천": 1000.0}
_ONES = {c: float(i % 10) for i, c in enumerate("零一二三四五六七八九〇일이삼사오육칠팔구")} | {"两": 2.0, "兩": 2.0}
_ASIAN_PART = rf"(?:\d[\d,]{{0,18}}(?:\.\d{{1,9}})?|{_HANS}(?:点{_HANS})?)(?:[千百十천백십](?![瓦克米卡]))?"
_BIGS = "".join(_BIG)
_ASIAN = (
    rf"(?:{_ASIAN_PART}[{_BIGS}]{{1,2}} ?){{1,4}}(?:{_ASIAN_PART})?"
    rf"|\d[\d,]{{0,18}}(?:\.\d{{1,9}})?[천백千百](?:{_HANS})?|{_HANS}(?:点{_HANS})?"
)
_WORD = re.compile(rf"[{LATIN}]+(?:-[{LATIN}]+)*|[^\s{LATIN}]")
_PART_OF_WORD = re.compile(rf"(?:[{LATIN}]-?|\d[.,/:]?|[A-Z]\.)$")
_EINHALB = re.compile(r"\b(?:([a-zäöüß]{3,20})einhalb|anderthalb)\b")


class Numeral(msgspec.Struct, frozen=True):
    """A number at ``text[start:end]``: its value and the step of its last digit.

    ``share`` is true of fractions ("a third"), whose value is then in percent; ``low`` and ``high`` bound a vague
    number ("dozens"); ``bare`` is true of digits that are not scaled or grouped, which may be a year or a code.
    """

    start: int
    end: int
    value: float
    step: float
    share: bool = False
    low: float | None = None
    high: float | None = None
    bare: bool = False
    spelled: bool = False
    scaled: bool = False


def numerals(text: str, lang: str | None) -> list[Numeral]:
    """The whole and decimal numbers of a text from left to right, none over another."""
    low = lower(text)
    found = list(_written(text, low, lang)) + list(_spelled(text, low, lang))
    found.sort(key=lambda n: (n.start, -n.end))
    kept: list[Numeral] = []
    for numeral in found:
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


def _written(text: str, low: str, lang: str | None) -> Iterator[Numeral]:
    """Numbers in digits or in Chinese, Japanese and Korean numerals."""
    for match in _token(lang in _DECIMAL_COMMA).finditer(text):
        start, end = match.span()
        if (
            match.lastgroup == "junk"
            or end - start > _MAX_DIGITS + 6
            or _PART_OF_WORD.search(text[max(0, start - 2) : start])
        ):
            continue
        if match.lastgroup == "asian":
            if _is_hangul(text[start]) and start and _is_hangul(text[start - 1]):
                continue
            value, step = asian_value(match.group().replace(" ", ""))
            yield Numeral(
                start, start + len(match.group().rstrip()), value, step, spelled=not match.group()[0].isdigit()
            )
            continue
        value, step = latin_value(match.group(), lang)
        yield _scaled(text, low, Numeral(start, end, value, step, bare=match.group().isdigit()))


@cache
def _token(spaced: bool) -> re.Pattern[str]:
    """A number in digits or characters, or what only looks like one; compiled when first needed."""
    middle = f"(?P<spaced>{_SPACED})" if spaced else f"(?P<asian>{_ASIAN})"
    return re.compile(rf"(?P<junk>{_JUNK})|{middle}|(?P<digits>{_DIGITS})")


def _is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _spelled(text: str, low: str, lang: str | None) -> Iterator[Numeral]:
    """Numbers in words of the Latin script."""
    if lang not in _SPELLED:
        return
    from text_to_num import find_numbers  # type: ignore[import-untyped]

    words = [(m.start(), m.end()) for m in _WORD.finditer(low)]
    for occurrence in find_numbers([_Token(low[s:e]) for s, e in words], lang, 0.0):
        start, end = words[occurrence.start][0], words[occurrence.end - 1][1]
        if occurrence.is_ordinal or text[start:end].isdigit():
            continue
        value = float(occurrence.value)
        fraction = occurrence.text.partition(".")[2]
        step = 10.0 ** -len(fraction) if fraction else _spelled_step(value)
        yield _scaled(text, low, Numeral(start, end, value, step, spelled=True, scaled=value >= 1e6))
    if lang == "de":
        yield from _and_a_half(low)


def _and_a_half(low: str) -> Iterator[Numeral]:
    """German "zweieinhalb" and "anderthalb", which text2num does not know."""
    from text_to_num import text2num

    for match in _EINHALB.finditer(low):
        try:
            value = float(text2num(match[1], "de")) if match[1] else 1.0
        except ValueError:
            continue
        yield Numeral(match.start(), match.end(), value + 0.5, 0.5, spelled=True)


class _Token:
    """A word as text2num wants it."""

    __slots__ = ("word",)

    def __init__(self, word: str) -> None:
        self.word = word

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: Any) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def latin_value(digits: str, lang: str | None) -> tuple[float, float]:
    """Value and step of a number in digits, the decimal mark taken from the language where it is in doubt."""
    plain = re.sub("[ '’\u00a0\u202f]", "", digits)
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return float(plain), _step(plain)
    last = marks[-1]
    decimals = len(plain) - plain.rindex(last) - 1
    point = "," if lang in _DECIMAL_COMMA else "."
    grouping = marks.count(last) > 1 or (len(set(marks)) == 1 and decimals == 3 and last != point)
    if plain.startswith("0"):
        grouping = False
    if grouping:
        whole = plain.replace(".", "").replace(",", "")
        return float(whole), _step(whole)
    whole, _, part = plain.rpartition(last)
    return float(f"{whole.replace('.', '').replace(',', '') or '0'}.{part}"), 10.0**-decimals


def asian_value(digits: str) -> tuple[float, float]:
    """Value and step of a number such as 三亿八千万, 4.1万, 12,480亿, 1조1천억 or 二〇二三."""
    total, section, step = 0.0, "", 1.0
    for c in digits:
        if c not in _BIG:
            section += c
            continue
        value, step = _section(section) if section else (1.0, step)
        big = _BIG[c]
        if not section:
            total *= big
        elif 0 < total < big:
            total = (total + value) * big
        else:
            total += value * big
        step *= big
        section = ""
    if section:
        value, step = _section(section)
        total += value
    return total, min(step, max(total / 10, 1.0)) if not any(c in _BIG for c in digits) else step


def _section(section: str) -> tuple[float, float]:
    """Value and step of what stands before 万 or 亿: in digits, or in characters up to the thousands."""
    match = re.match(r"[\d,.]*", section)
    digits = match.group().replace(",", "") if match else ""
    if digits.strip("."):
        value, step = latin_value(digits.strip("."), "zh")
        unit = _SMALL.get(section[-1], 1.0)
        return value * unit, step * unit
    whole, _, part = section.partition("点")
    if part:
        return _section(whole)[0] + sum(_ONES.get(c, 0.0) / 10**i for i, c in enumerate(part, 1)), 10.0 ** -len(part)
    if len(whole) > 1 and all(c in _ONES for c in whole):
        value = float("".join(str(int(_ONES[c])) for c in whole[:_MAX_DIGITS]))
        return value, 1.0
    total, one, smallest = 0.0, 0.0, 1.0
    for c in whole:
        if c in _SMALL or c == "廿":
            smallest = _SMALL.get(c, 10.0)
            total += (one or (2.0 if c == "廿" else 1.0)) * smallest
            one = 0.0
        else:
            one = _ONES.get(c, 0.0)
            smallest = 1.0
    value = total + one
    return value, smallest


def _step(whole: str) -> float:
    """The step of a whole number: 1, or more where it ends in noughts and may be rounded."""
    value = float(whole)
    if value < 100:
        return 1.0
    return max(1.0, min(10.0 ** (len(whole) - len(whole.rstrip("0"))), value / 10))


def _spelled_step(value: float) -> float:
    scale = 1.0
    while value >= 1e6 * scale and value % (1e3 * scale) == 0:
        scale *= 1e3
    return _step(str(int(value / scale))) * scale


def _scaled(text: str, low: str, numeral: Numeral) -> Numeral:
    """With the word of scale that follows: 1.2bn, 3 mil millones, 5 M€."""
    start = numeral.end + (text[numeral.end : numeral.end + 1] in (" ", "\u00a0", "\u202f"))
    found = scales().at(text, low, start)
    if not found:
        return numeral
    factor = float(found.labels[0])
    end = found.end - text[found.start : found.end].endswith("€")
    return replace(numeral, end=end, value=numeral.value * factor, step=numeral.step * factor, bare=False, scaled=True)


def is_year(numeral: Numeral) -> bool:
    """Whether the digits may well be a year."""
    return numeral.bare and numeral.end - numeral.start == 4 and 1900 <= numeral.value <= 2100
