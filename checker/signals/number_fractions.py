"""Fractions and ratios among the numbers of a text: two thirds, one in eight, 四分之一, half an hour, a dozen."""

from __future__ import annotations

import re
from itertools import islice

from msgspec.structs import replace

from .number_words import Found, fractions, lower, scales, units
from .numerals import Numeral, is_year, numerals

MAX_NUMBERS = 60  # a text with more is a table, of which nothing can be said here
_IN = r"(?:in(?: every)?|out of(?: every| our| the)?|von|sur|de cada|em cada|of every)\s"
_GAP_IN = re.compile(rf"\s{_IN}", re.IGNORECASE)
_GAP_ONE_IN = re.compile(rf"\s(?:[^\W\d]+\s){{0,3}}?{_IN}", re.IGNORECASE)
_OF_ALL = re.compile(
    r"\s(?:of (?:the|our|its)|de nos|de los|dos nossos|das nossas|de nuestros|de nuestras|unserer)\s", re.IGNORECASE
)
_EVERY_NTH = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "achte": 8, "zehnte": 10}
_EVERY_NTH_WORD = re.compile(rf"\bjede[rsnm]? ({'|'.join(_EVERY_NTH)})[rsnm]?\b")
_GAP_ASIAN = re.compile(
    r"(?P<upper>分之|分の|분의 ?)|(?:人|名|명|つ|台|社|개) ?(?:に|중|中有|里有) ?|个?[^\d\s]{0,4}(?:中有|里有|里就有)"
)
_ARTICLE = re.compile(r"(?:\b(?:an?|one|eine?[mnrs]?|une?|une|um|uma|un|una|the|der|die|la|le|el|a) )$", re.IGNORECASE)
_ORDINAL_BEFORE = re.compile(
    r"(?:first|second|third|fourth|last|next|this|each|ersten?|zweiten?|per|previous|every|current|primer|"
    r"segundo|primeiro)[ -]$",
    re.IGNORECASE,
)
_FRACTION_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:)，。]|(?:of|less|more|lower|higher|below|above|in|to|by|were|was|are|is|came|went|go|goes|und|and|de|des|du|"
    r"der|del|dos|das|do|da|d['’]|aller|von|unserer|ihrer|seiner|nos|son|ses|nossas|menos|más|mais|weniger|mehr|plus|moins)\b)",
    re.IGNORECASE,
)
_AND_HALF = re.compile(
    r"\s?(?:and a half|einhalb|y medio|y media|e meio|e meia|et demie?|半(?![数导年月天日]))", re.IGNORECASE
)
_HALF_OF = re.compile(r" (?:an? |of an? )?")


def all_numerals(text: str, lang: str | None) -> list[Numeral]:
    """The numbers of a text from left to right; a ratio ("six of our 22 ships") stands beside its parts."""
    return _with_fractions(text, lower(text), _joined(text, numerals(text, lang)[:MAX_NUMBERS]))[:MAX_NUMBERS]


def _joined(text: str, found: list[Numeral]) -> list[Numeral]:
    """With ratios ("one in eight", 四分之一, 三人に一人) and "and a half" taken together."""
    out: list[Numeral] = []
    for numeral in found:
        last = out[-1] if out else None
        ratio = _ratio(text, last, numeral) if last else None
        if last and ratio and not _OF_ALL.fullmatch(text[last.end : numeral.start]):
            out[-1] = ratio
        else:
            out += [numeral, ratio] if ratio else [numeral]
    return [_and_half(text, n) for n in out]


def _and_half(text: str, numeral: Numeral) -> Numeral:
    """With "and a half" after it, which is half a million after a million."""
    match = None if numeral.share else _AND_HALF.match(text, numeral.end)
    if not match:
        return numeral
    half = 0.5 * max(scale for scale in (1.0, 1e3, 1e6, 1e9) if scale <= max(1.0, numeral.value))
    return replace(numeral, end=match.end(), value=numeral.value + half, step=half)


def _ratio(text: str, first: Numeral, second: Numeral) -> Numeral | None:
    """The share that two numbers make, if they do."""
    gap = text[first.end : second.start]
    if first.share or second.share or first.scaled != second.scaled or len(gap) > 40:
        return None
    asian = _GAP_ASIAN.fullmatch(gap)
    if asian and asian["upper"]:
        if not 0 < first.value <= 1000:
            return None
        step = 100 * second.step / first.value if first.value >= 100 else 0.0
        return _share(first.start, second.end, 100 * second.value / first.value, step)
    if asian and 0 < second.value < first.value:
        return _share(first.start, second.end, 100 * second.value / first.value)
    one = first.spelled and first.value == 1
    gap_in = (_GAP_ONE_IN if one else _GAP_IN).fullmatch(gap)
    of_all = None if one else _OF_ALL.fullmatch(gap)
    if not (gap_in or of_all) or not 0 < first.value < second.value or is_year(second):
        return None
    exact = 100 * first.step / second.value if of_all else 0.0
    return _share(first.start, second.end, 100 * first.value / second.value, exact)


def _share(start: int, end: int, value: float, step: float = 0.0) -> Numeral:
    """A fraction in percent; "a third" is somewhere between 31 and 36."""
    return Numeral(start, end, value, step or max(1.0, min(value, 100 - value) * 0.14), share=True)


def _with_fractions(text: str, low: str, found: list[Numeral]) -> list[Numeral]:
    """With named fractions and vague numbers; a numerator goes into its fraction."""
    by_end = {n.end: n for n in found}
    new: list[Numeral] = []
    for word in islice(fractions().scan(text, low), MAX_NUMBERS):
        if any(n.start < word.start and word.end <= n.end for n in found):
            continue
        before = by_end.get(word.start - 1) if text[word.start - 1 : word.start] in (" ", "-") else None
        before = before or by_end.get(word.start)
        made = _vague(word, before) if " " in word.labels[0] else _fraction(text, low, word, before)
        if made:
            new.append(made)
    new += [_share(m.start(), m.end(), 100 / _EVERY_NTH[m[1]]) for m in _EVERY_NTH_WORD.finditer(low)]
    kept = [n for n in found if not any(m.start < n.end and n.start < m.end for m in new)]
    return sorted(kept + new, key=lambda n: (n.start, n.end))


def _vague(word: Found, before: Numeral | None) -> Numeral | None:
    low, high, unit = word.labels[0].split()
    if low == "12" and before:
        return Numeral(before.start, word.end, before.value * 12, 1.0, spelled=True)
    middle, half = (float(low) + float(high)) / 2, 0.5 if unit == "count" else 0.0
    bounds = (float(low) - half, float(high) + half)
    return Numeral(word.start, word.end, middle, 1.0, unit == "percent", *bounds, spelled=True)


def _fraction(text: str, low: str, word: Found, before: Numeral | None) -> Numeral | None:
    """A named fraction; nothing where the word is an ordinal ("the third plant") or a part of the year."""
    parts = float(word.labels[0])
    lead = text[max(0, word.start - 12) : word.start]
    article = _ARTICLE.search(lead)
    if _ORDINAL_BEFORE.search(lead) or text.startswith(("-", " as "), word.end):
        return None
    latin = text[word.start].isascii() or text[word.start] in "éí"
    if latin and not before and (article is None if parts > 2 else lead.endswith("the ")):
        return None
    if latin and parts > 2 and not _FRACTION_GOES_ON.match(text, word.end):
        return None
    start = before.start if before else word.start - len(article[0]) if article and parts > 2 else word.start
    value = (before.value if before and before.value < 100 else 1.0) / parts
    joint = _HALF_OF.match(text, word.end)
    if joint and (scale := scales().at(text, low, joint.end())):
        factor = float(scale.labels[0])
        return Numeral(start, scale.end, value * factor, 0.1 * value * factor, spelled=True, scaled=True)
    if joint and (unit := units().at(text, low, joint.end())) and not unit.labels[0].startswith(("percent", "money")):
        return Numeral(start, joint.end(), value, 0.1 * value, spelled=True)
    return _share(start, word.end, 100 * value) if value <= 1 else None
