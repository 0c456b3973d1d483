"""What looks like the name of a person, and whether two names are one person's.

The shape of a name is weak evidence ("Net Zero:", "目标:" have it too): nothing is a transcript for names alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .words import fold, is_eastern, plain, surnames, whole, words

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['.\-])*")
_INITIAL = re.compile(r"[A-Z]\.?")
_HAN = re.compile(r"[\u4e00-\u9fff々]+")
_FOREIGN = re.compile(r"[ァ-ヶー]{2,10}(?:[・=][ァ-ヶー]{2,12}){1,3}")
_GIVEN = re.compile(r" ?[\u4e00-\u9fff々ぁ-んァ-ヶー]{0,5}")
_HANGUL = re.compile(r"[\uac00-\ud7af]{2,4}")


def without_honorific(name: str) -> str:
    """A Latin name without "Mr.", "Dr.", "Frau" before it, unless only a surname would be left."""
    parts = name.split()
    while len(parts) > 2 and fold(parts[0]).strip(".") in _set_of("honorifics"):
        parts = parts[1:]
    return " ".join(parts) if len(parts) > 1 else name


def is_name(text: str, *, single: bool = False) -> bool:
    """Whether the text has the shape of a person's name; of a single Latin word only where ``single`` is set."""
    text = plain(text).strip()
    if not 1 < len(text) <= 60 or whole("not_names", text):
        return False
    return _is_eastern_name(text) if is_eastern(text) else _is_latin_name(text, single)


def _is_latin_name(text: str, single: bool) -> bool:
    given = text.split()
    tokens = [t for t in given if fold(t).strip(".") not in _set_of("honorifics")]
    if not (1 if single or len(tokens) < len(given) else 2) <= len(tokens) <= 6:
        return False
    low = [fold(token).strip(".,") for token in tokens]
    common = [word in _set_of("not_names") for word in low]
    if common[0] or sum(common) > 1:  # "Roger Read" and "Karen Short" are names, "Human Rights" is none
        return False
    solid = [
        t
        for t, w in zip(tokens, low, strict=True)
        if w not in _set_of("particles") | _set_of("suffixes") and not _INITIAL.fullmatch(t)
    ]
    return bool(solid) and all(_WORD.fullmatch(t.rstrip(",")) and t[0].isupper() for t in solid)


def _is_eastern_name(text: str) -> bool:
    bare = strip_honorific(text)
    if is_chinese_name(bare) or (len(bare) == 1 and bare != text and bare in _surnames("zh")):
        return True
    if _HANGUL.fullmatch(bare):
        return bare[0] in _surnames("ko")
    return bool(_FOREIGN.fullmatch(bare)) or any(
        _GIVEN.fullmatch(bare, length) for length in (1, 2, 3) if bare[:length] in _surnames("ja")
    )


def is_chinese_name(text: str) -> bool:
    """Whether the text is two to four characters with a common Chinese surname at their head."""
    bare = plain(text).strip()
    if not _HAN.fullmatch(bare):
        return False
    return (2 <= len(bare) <= 3 and bare[0] in _surnames("zh")) or (3 <= len(bare) <= 4 and bare[:2] in _surnames("zh"))


def strip_honorific(text: str) -> str:
    """An Eastern name without what courtesy adds (总, 先生, 氏, 様, 님)."""
    bare = re.sub(r"(?:先生|女士|小姐|博士|老师|さん|氏|様|殿|님|씨|总|總)$", "", text.strip())
    return bare or text


@lru_cache(maxsize=8192)
def tokens_of(name: str) -> tuple[str, ...]:
    """The parts of a name that identify a person: folded, without honorifics, initials and suffixes."""
    if is_eastern(name):
        return (re.sub(r"\s", "", strip_honorific(plain(name))),)
    parts = [part.strip(".,") for part in _joined(name).split()]
    drop = _set_of("honorifics") | _set_of("suffixes")
    kept = [part for part in parts if part and part not in drop]
    return tuple([part for part in kept if len(part) > 1] or kept)


def _joined(text: str) -> str:
    """Folded text in which "O'Dea" is one word, as a name that was heard and written without the apostrophe."""
    return fold(text).replace("'", "")


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: same surname, and first names that begin alike ("Ben", "Benjamin J.")."""
    a, b = tokens_of(one), tokens_of(other)
    if not a or not b:
        return False
    if a == b or set(a) == set(b):
        return True
    if is_eastern(one) or is_eastern(other):
        return _same_eastern(one, other, a[0], b[0])
    if len(a) == 1 or len(b) == 1:
        short, long = (a, b) if len(a) == 1 else (b, a)
        return short[0] in (long[0], long[-1])
    return a[-1] == b[-1] and a[0][0] == b[0][0]


def _same_eastern(one: str, other: str, a: str, b: str) -> bool:
    """张总 is 张三, 田中 is 田中太郎; two full names are one person's only if they are the same."""
    short, long = sorted((a, b), key=len)
    polite = min((one, other), key=len) if len(a) != len(b) else one
    return long.startswith(short) and (len(short) >= 2 or polite.strip() != short)


@lru_cache(maxsize=8)
def _set_of(section: str) -> frozenset[str]:
    return frozenset(fold(word).strip(".") for word in words(section))


@lru_cache(maxsize=8)
def _surnames(lang: str) -> frozenset[str]:
    return frozenset(surnames(lang))


def mentions(sentence: str, name: str) -> bool:
    """Whether a sentence names the person, by surname or by first name."""
    parts = tokens_of(name)
    if not parts:
        return False
    if is_eastern(name):
        return parts[0] in plain(sentence) or (len(parts[0]) >= 3 and parts[0][1:] in plain(sentence))
    folded = _joined(sentence)
    return any(len(p) > 2 and re.search(rf"(?<![a-z0-9]){re.escape(p)}(?![a-z0-9])", folded) for p in parts)


def names_fully(sentence: str, name: str) -> bool:
    """Whether a sentence gives the person's first name and surname."""
    parts = tokens_of(name)
    if is_eastern(name):
        return len(parts[0]) >= 2 and parts[0] in plain(sentence)
    if len(parts) < 2:
        return False
    folded = _joined(sentence)
    return bool(
        re.search(
            rf"(?<![a-z0-9]){re.escape(parts[0])}[\w' .\-]{{1,40}}(?<![a-z0-9]){re.escape(parts[-1])}(?![a-z0-9])",
            folded,
        )
    )
