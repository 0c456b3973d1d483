"""Text made plain: one line, single spaces, no characters that carry layout; lines joined to paragraphs.

No library does only this: ftfy, which knows the same ligatures and control characters, also rewrites what it takes for
wrongly decoded text, and textacy's normalisers depend on spaCy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from functools import lru_cache

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_JOINERS = "\u200c\u200d"  # they change how letters of Persian and of Indian scripts are read
_HIGH_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_SPACE_CONTROLS = "\t\n\r\x0b\x0c\x1c\x1d\x1e\x1f"
_CJK = "\u2e80-\u2fdf\u3000-\u30ff\u3105-\u312f\u31a0-\u31ff\u3220-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
_CJK_END, _CJK_START = re.compile(f"[{_CJK}]\\Z"), re.compile(f"[{_CJK}]")
_FULL_STOPS = re.compile(r"[.!?。！？…][\"'”’»)\]」』）]*\Z")
_SYMBOL_BULLET = re.compile(r"\A\s*[\uf000-\uf0ff]\s*(?=\S)")  # bullets of the fonts Symbol and Wingdings
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = re.compile(r"[^\W\d_]{2}[-\u2010]\Z")


@lru_cache(maxsize=1)
def _layout_characters() -> dict[int, str | None]:
    """What becomes of every control, format, private-use, unassigned-for-text and ligature character."""
    table: dict[int, str | None] = {ord(c): plain for c, plain in _LIGATURES.items()}
    for code in [*range(0x20), 0x7F, 0xAD, *range(0x200B, 0x2070), *range(0xFFF9, 0x10000), 0xFEFF]:
        if chr(code) not in _JOINERS and unicodedata.category(chr(code)) in ("Cc", "Cf", "Cn"):
            table[code] = " " if chr(code) in _SPACE_CONTROLS else None
    for code in range(0x80, 0xA0):  # nobody means control codes by these: they are quotes and dashes of Windows-1252
        table[code] = bytes([code]).decode("cp1252", "ignore") or None
    table |= dict.fromkeys((*range(0xD800, 0xF900), 0xFFFC))
    return table


def tidy(text: str) -> str:
    """The text as one line with single spaces, without ligatures, soft hyphens, control or private-use characters.

    A private-use character at its beginning stands for a bullet.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _SYMBOL_BULLET.sub("• ", text)
    kept = _HIGH_PRIVATE.sub("", text.translate(_layout_characters()))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def is_cjk_end(text: str) -> bool:
    """Whether the text ends in a Chinese or Japanese character or mark, after which a line break is no space."""
    return bool(_CJK_END.search(text[-1:]))


def is_cjk_start(text: str) -> bool:
    """Whether the text begins with a Chinese or Japanese character or mark."""
    return bool(_CJK_START.match(text))


def join(first: str, second: str, known: Set[str] = frozenset()) -> str:
    """Two lines of one paragraph as one: no space beside Chinese or Japanese, words cut by a hyphen made whole.

    ``known`` are the words of the document (``vocabulary``): a hyphen before a line break stays where the compound, or
    each of its parts, is a word elsewhere ("short-" "term"), and where what follows is no lower-case letter.
    """
    first, second = first.rstrip(), second.lstrip()
    if not first or not second:
        return first + second
    if _HYPHENATED.search(first[-3:]):
        if second[0].islower():
            return (first if _is_compound(first, second, known) else first[:-1]) + second
        return first + second if second[0].isalpha() else f"{first} {second}"
    return first + second if is_cjk_end(first) or is_cjk_start(second) else f"{first} {second}"


def join_lines(lines: Iterable[str], known: Set[str] = frozenset()) -> str:
    """All lines of a paragraph as one; each looks at the one before it only, so that it takes linear time."""
    parts: list[str] = []
    for line in lines:
        if parts and line:
            parts[-1] = join(parts[-1], line, known)[: -len(line)]
        if line:
            parts.append(line)
    return "".join(parts)


def _is_compound(first: str, second: str, known: Set[str]) -> bool:
    """Whether a hyphen at the end of a line belongs to the word, and not to the line."""
    left = first[-60:].rsplit(maxsplit=1)[-1][:-1].lower().lstrip("(\"'“‘")
    right = _WORDS.findall(second[:60].lower())[0]
    if "-" in left or f"{left}-{right}" in known:
        return True
    return left + right not in known and left in known and right.partition("-")[0] in known


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words of a text, also compounds with a hyphen; parts of words cut by the end of a line do not count."""
    words: set[str] = set()
    cut = False
    for line in lines:
        found = _WORDS.findall(line.lower())
        begins_with_rest, cut = cut, line.endswith(("-", "\u2010"))
        words.update(found[1 if begins_with_rest else 0 : -1 if cut else None])
    return frozenset(words)


def ends_sentence(text: str) -> bool:
    """Whether a text ends like a sentence: a full stop, question or exclamation mark, perhaps closed by a quote."""
    return bool(_FULL_STOPS.search(text[-4:]))


def width(text: str) -> int:
    """How many columns of a fixed-width screen a text takes: wide characters take two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text)
