"""Text that is not what a reader of the document sees: a broken text layer of a page, a file decoded wrongly.

Mojibake is found by ftfy, whose ``badness`` gave no false alarm on 1,514 sound pages and texts in 45 languages; the
rest is told by what words are made of (letters.py).
"""

from __future__ import annotations

import re
from collections import Counter

from .letters import (
    CONTROL,
    FOREIGN,
    SYMBOLS,
    UNLIKELY,
    UNMAPPED,
    collapse,
    flaw,
    has_distant_letter,
    has_rare_letter,
    is_common_han,
    likelihood,
)

LIMIT = 0.03  # of a text, in flawed words; of 679 sound pages one has 0.022, all others at most 0.002
MAX_LOOKED_AT = 200_000  # characters; a longer text is looked at in pieces from beginning to end
_PIECE = 4_000
_SPACE = " \t\n\r\x0b\x0c\xa0\u2000-\u200a\u2028\u2029\u202f\u3000"
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_EAST = f"{_HAN}\u3040-\u30ff\uac00-\ud7af\u3001-\u303f\uff00-\uffef"
_WORD = re.compile(f"[{_EAST}]|[^{_SPACE}{_EAST}]{{1,64}}")
_HAN_IN_WORD = re.compile(f"[a-zà-ÿ][{_HAN}]{{1,2}}[a-zà-ÿ]")
_ONE_HAN = re.compile(f"[{_HAN}]")
_LAST_WORD, _FIRST_WORD = re.compile(r"\S*\Z"), re.compile(r"\A\S*")
_SOFT_HYPHEN = re.compile(r"(?<=\w)[\x02\xad\ufffe]+(?=\w|[ \t]*(?:[\r\n]|\Z))")
_LETTER_SHARES = {  # in per cent, about those of European languages together
    "e": 14.0, "a": 9.0, "i": 8.0, "n": 7.5, "t": 7.0, "r": 7.0, "s": 7.0, "o": 7.0, "l": 5.0, "d": 4.0, "u": 4.0,
    "c": 3.3, "m": 2.7, "p": 2.3, "g": 1.8, "h": 3.0, "b": 1.3, "f": 1.5, "v": 1.2, "w": 1.0, "y": 1.0, "k": 0.8,
}  # fmt: skip
_TEXT_FLAWS = frozenset({CONTROL, UNMAPPED, FOREIGN})  # plain text may hold code and tables drawn with symbols
_PAGE_FLAWS = _TEXT_FLAWS | {SYMBOLS, UNLIKELY}
_SHIFTED = (CONTROL, SYMBOLS, UNLIKELY)
_HALF_SHOWN = (SYMBOLS, UNLIKELY)  # about half of the words of a shifted text show it


def page_problem(text: str) -> str | None:
    """Why the text layer of a page is garbage, in a few words; None for a sound page, also one with little text."""
    text = _sample(text)
    return _flawed(text, _PAGE_FLAWS) or _mojibake(text)


def text_problem(text: str) -> str | None:
    """Why the text of a file or of a web page is garbage, in a few words; None for a sound one."""
    if nul := text.count("\0"):
        return f"{nul:,} NUL characters: a binary file, or UTF-16 read as another encoding"
    lost = text.count("\ufffd")
    if lost > 2 and lost * 500 > len(text):
        return f"{lost:,} characters were lost (U+FFFD): the file is in another encoding than it was read in"
    text = _sample(text)
    return _mojibake(text) or _flawed(text, _TEXT_FLAWS)


def broken_words(text: str) -> list[str]:
    """The words of a text that hold characters no writer types, in their order: for the sentences of a sound page."""
    return [word for word, found in _broken(_words(text)) if found in _TEXT_FLAWS]


def _sample(text: str) -> str:
    """A text that is not too long as it is, a longer one in pieces from its beginning to its end."""
    if len(text) <= MAX_LOOKED_AT:
        return text
    step = len(text) // (MAX_LOOKED_AT // _PIECE)
    return "\n".join(text[i : i + _PIECE] for i in range(0, len(text), step))


def _mojibake(text: str) -> str | None:
    from ftfy import fix_encoding
    from ftfy.badness import BADNESS_RE

    places = [match.span() for match in BADNESS_RE.finditer(text)]
    if len(places) < 2 or len(places) * 4000 < len(text):
        return None
    for start, end in places[:20]:
        wrong = _LAST_WORD.findall(text[max(0, start - 20) : start])[0] + _FIRST_WORD.findall(text[start : end + 20])[0]
        right = fix_encoding(wrong)
        if (wrong + right).isprintable() and not BADNESS_RE.search(right):
            return f"decoded with the wrong encoding ({wrong} for {right})"
    return "decoded with the wrong encoding"


def _words(text: str) -> list[str]:
    return _WORD.findall(_SOFT_HYPHEN.sub("", text))


def _broken(words: list[str]) -> list[tuple[str, str]]:
    """Flawed words with their flaw. Once letters of no alphabet tell that a font is broken, rare ones count as well."""
    disguised = sum(has_rare_letter(word) for word in words) > 1
    return [
        (word, found)
        for word in words
        if (found := flaw(word) or (FOREIGN if disguised and has_distant_letter(word) else None))
    ]


def _flawed(text: str, counted: frozenset[str]) -> str | None:
    """What more than LIMIT of the text suffers from, weighed by characters: garbled words often run together."""
    words = _words(text)
    broken = [(word, found) for word, found in _broken(words) if found in counted]
    if len(_ONE_HAN.findall(text)) * 5 < len(text):  # in Chinese, "x轴与y轴" is sound
        broken += [(match[0], FOREIGN) for match in _HAN_IN_WORD.finditer(text)]
    weights: Counter[str] = Counter()
    for word, found in broken:
        weights[found] += len(collapse(word)) * (2 if found in _HALF_SHOWN else 1)
    share = weights.total() / max(1, sum(len(collapse(word)) for word in words))
    enough = 2 if any(found not in _HALF_SHOWN for _, found in broken) else 3
    if len(broken) < enough or share <= LIMIT:
        return _rare_characters(text)
    worst = weights.most_common(1)[0][0]
    shift = _offset(text) if worst in _SHIFTED else None
    return f"{worst} in {min(share, 1):.0%} of the text" + (f" (letters shifted by {abs(shift)})" if shift else "")


def _rare_characters(text: str) -> str | None:
    han = _ONE_HAN.findall(text)
    rare = sum(not is_common_han(c) for c in han)
    if len(han) < 20 or rare * 4 < len(han):
        return None
    return f"{rare / len(han):.0%} of its Chinese characters are hardly ever written"


def _offset(text: str) -> int | None:
    """By how much to raise the code of each letter to get words, if that is what is wrong with a text."""
    codes = Counter(ord(c) for c in text if c not in "\r\n" and ord(c) < 0x180)

    def fit(shift: int) -> float:
        return sum(share * codes[ord(letter) - shift] for letter, share in _LETTER_SHARES.items())

    best = max((shift for shift in range(-96, 97) if shift), key=fit)
    moved = "".join(c if c in "\r\n" or not 0 < ord(c) + best < 0x250 else chr(ord(c) + best) for c in text[:20_000])
    return best if likelihood(moved) > 0.9 else None
