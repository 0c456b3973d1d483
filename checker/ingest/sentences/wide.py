"""Whether a sentence ends at a full stop of Chinese or Japanese, which no space follows."""

from __future__ import annotations

import re

from .marks import WIDE, Pairs
from .rules import Place, is_hangul

_CLOSES = frozenset("\"'”’»」』】》〉")
_BRACKETS = frozenset(")]）］〕")
_ON_ZH = "的地得之等与和及或、—"
_SAYS = re.compile(
    r"[^。！？，：；“”「」没未不]{0,14}(?:说|說|道|表示|答|回答|问|問|追问|指出|强调|強調|称|稱|坦言|解释|解釋)[，。,]"
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_HIRAGANA = re.compile(r"[\u3041-\u309f、―—・]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HANGUL = re.compile(r"[가-힣]")
_SAMPLE = 2_000


def eastern_language(text: str, told: str) -> str:
    """``ja``, ``zh``, ``ko`` or nothing: whose rules hold for wide full stops and quotations, by script."""
    sample = text[:_SAMPLE]
    kana, han, hangul = (len(pattern.findall(sample)) for pattern in (_KANA, _HAN, _HANGUL))
    if (kana + han + hangul) * 10 < len(sample):
        return ""  # a foreign name in a text of Latin script
    if told in ("zh", "ja", "ko"):
        return told
    if hangul > han + kana:
        return "ko"
    return "ja" if kana * 10 > han else "zh"


def is_wide(place: Place) -> bool:
    """Whether these rules hold: for a wide full stop, or a narrow one after a Chinese or Japanese character."""
    text, end = place.text, place.end
    mark = text[end.at : end.stop]
    before = text[end.at - 1 : end.at]
    return any(sign in WIDE for sign in mark) or bool(_HAN.match(before) or _KANA.match(before))


def wide_breaks(place: Place) -> bool:
    """Whether a sentence ends here."""
    text, end = place.text, place.end
    mark, closing = text[end.at : end.stop], place.closing
    quoted = any(sign in _CLOSES for sign in closing)
    if mark == "．" and text[end.at - 1 : end.at].isdecimal():
        return False
    if set(mark) <= {"…"} and not quoted:
        return False
    if quoted and _goes_on(text, end.next, place.east):
        return False
    return not (mark[0] == "." and len(mark) == 1 and end.next == end.close and text[end.next].isdecimal())


def _goes_on(text: str, at: int, east: str) -> bool:
    """Whether what follows a quotation makes it part of a longer sentence."""
    if east == "ja":
        return bool(_HIRAGANA.match(text, at))
    if east == "ko":
        return is_hangul(text[at : at + 1])
    return text[at : at + 1] in _ON_ZH or bool(_SAYS.match(text, at))


def is_sealed(place: Place, parens: Pairs, quotes: Pairs) -> bool:
    """Whether the place lies within a parenthesis or a quotation that is part of a longer sentence."""
    text, end, east = place.text, place.end, place.east
    pair = parens.around(end.at)
    if pair and pair.open > place.start and (end.close <= pair.close or east == "ja"):
        return True
    quote = quotes.around(end.at)
    if not quote or end.close > quote.close:
        return False
    if east == "ja":
        return quote.sign in "「『"
    return east in ("zh", "ko") and quote.close + 1 < len(text) and _goes_on(text, quote.close + 1, east)
