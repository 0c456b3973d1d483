"""The notation in which packs and signals write phrases, and a matcher for hundreds of them in eight languages.

A phrase is plain text. Case, width, and the choice between a dash and a space do not count. Besides:

====  ======================================================================================
``(a|b)``   one of several; ``(a)?`` or ``x?`` may be absent
``…``       up to 45 characters of a sentence (20 of a clause in Chinese, Japanese, Korean); at most two
``~``       any ending of a word in Latin script: ``certif~`` finds certified and certificate
``#``       a number; it becomes part of what is found ("iso #" finds iso-14001)
====  ======================================================================================

There is no other quantifier, so no phrase can backtrack without bound. Each has anchors, plain pieces of which every
match contains one: a phrase costs a substring test or two unless an anchor occurs, and is compiled only then. With the
502 English phrases of the packs that takes 0.11 ms a text; one regular expression of all takes 0.41 ms and finds no
two that overlap, so that neither it nor a multi-pattern library is worth its price.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from ..errors import ConfigError

LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt")
LATIN = ("en", "de", "fr", "es", "pt")
MAX_LENGTH = 400
MAX_GAPS = 2
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_LETTER = "a-z0-9à-ɏ"
_FOLD = str.maketrans(
    dict.fromkeys("\t\n\r\u00a0\u2009\u202f\u3000-‐‑‒–—−－", " ")
    | dict.fromkeys("’‘ʼ´`", "'")
    | {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if c != 0xFF0D}
)
_ENDING = f"[{_LETTER}]{{0,14}}"
_GAP, _CJK_GAP = "[^.!?;。]{0,45}?", "[^.!?;。,]{0,20}?"
_CJK = re.compile(f"[{_WIDE}]")
_HANGUL, _KANA = re.compile("[\uac00-\ud7af]"), re.compile("[\u3040-\u30ff]")

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """What a phrase stands for, where it occurs, and the number that ``#`` took, if any."""

    start: int
    end: int
    what: T
    number: str


class Phrase(NamedTuple):
    """Regular expression source of a phrase, and plain pieces of which every match contains one."""

    source: str
    anchors: tuple[str, ...]


class Phrases(Generic[T]):
    """Phrases by language, each with what it stands for."""

    def __init__(self, items: Iterable[tuple[str, str, T]]) -> None:
        self._written: dict[str, list[tuple[str, T]]] = {}
        self._parsed: dict[str, list[tuple[Phrase, T]]] = {}
        for lang, phrase, what in items:
            self._written.setdefault(lang, []).append((phrase, what))

    def find(self, folded: str, langs: Sequence[str]) -> Iterator[Found[T]]:
        """All occurrences in a text that went through ``fold``; they may overlap."""
        for lang in langs:
            for phrase, what in self._of(lang):
                if any(map(folded.__contains__, phrase.anchors)):
                    for match in _compiled(phrase.source).finditer(folded):
                        yield Found(*match.span(), what, next((g for g in match.groups() if g), ""))

    def _of(self, lang: str) -> list[tuple[Phrase, T]]:
        """The phrases of a language, parsed when a text of that language comes first."""
        if lang not in self._parsed:
            self._parsed[lang] = [(parse(phrase), what) for phrase, what in self._written.get(lang, ())]
        return self._parsed[lang]


def fold(text: str) -> str:
    """Lower case, half width, dashes and white space as plain spaces; every character stays at its place."""
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


def languages(folded: str, lang: str | None) -> tuple[str, ...]:
    """The languages whose phrases may occur in a text: its own, or those of its script where it is not known."""
    own = (lang or "").split("-")[0]
    if own in LANGUAGES:
        return (own,)
    if _KANA.search(folded):
        return ("ja",)
    if _HANGUL.search(folded):
        return ("ko",)
    return ("zh",) if _CJK.search(folded) else LATIN


def flatten(table: Mapping[str, Sequence[str]], what: T) -> Iterator[tuple[str, str, T]]:
    """(language, phrase, what) for each phrase of a table by language."""
    return ((lang, phrase, what) for lang, phrases in table.items() for phrase in phrases)


@lru_cache(maxsize=8192)
def parse(phrase: str) -> Phrase:
    """Raises ConfigError with a phrase that breaks the notation, and says how to mend it."""
    text = fold(phrase.strip())
    _check(text)
    gap = _CJK_GAP if _CJK.search(text) else _GAP
    made = "".join(_piece(c, gap) for c in text.replace(" … ", "…"))
    first, last = re.search("[^(]", text), re.search("[^)?]", text[::-1])
    if first and re.match(f"[{_LETTER}]", first[0]):
        made = f"(?<![{_LETTER}]){made}"
    if last and re.match(f"[{_LETTER}#]", last[0]):
        made = f"{made}(?![{_LETTER}])"
    return Phrase(made, _anchors(text))


def _piece(c: str, gap: str) -> str:
    if c == "(":
        return "(?:"
    return {"…": gap, "~": _ENDING, "#": "([0-9]{1,6})", "|": "|", ")": ")", "?": "?"}.get(c, re.escape(c))


def _check(text: str) -> None:
    depth = 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if depth < 0 or (c == "|" and depth == 0):
            raise ConfigError("a '|' or ')' without '(' before it; write (a|b), or two phrases")
        if c == "?" and (i == 0 or text[i - 1] in "(|?…~"):
            raise ConfigError("a '?' that follows nothing that could be absent; write x? or (words)?")
    if depth:
        raise ConfigError("a '(' that is not closed; add ')'")
    if odd := sorted(set(text) & set("*+{}[]^$\\")):
        raise ConfigError(f"has {' '.join(odd)}; only ( | ) ? … ~ # have a meaning, and no other sign is needed")
    if not 0 < len(text) <= MAX_LENGTH:
        raise ConfigError(f"has {len(text)} characters; 1 to {MAX_LENGTH} are possible")
    if text.count("…") > MAX_GAPS:
        raise ConfigError(f"has more than {MAX_GAPS} gaps; shorten it or write two phrases")
    if not _anchors(text):
        raise ConfigError("needs two plain characters in a row that cannot be absent (one in Chinese); make it longer")


def _anchors(text: str) -> tuple[str, ...]:
    """Plain pieces of which every match contains at least one, as long as can be; empty where there are none."""
    found: list[tuple[str, ...]] = []
    run, i = "", 0
    while i < len(text):
        end = _closing(text, i) if text[i] == "(" else i
        optional = text[end + 1 : end + 2] == "?"
        if end == i and not optional and text[i] not in "…~#?":
            run += text[i]
        else:
            found.append((run.strip(),))
            run = ""
            if end > i and not optional:
                branches = [_anchors(branch) for branch in _branches(text[i + 1 : end])]
                found.append(tuple(a for b in branches for a in b) if all(branches) else ())
        i = end + 1
    usable = [f for f in [*found, (run.strip(),)] if f and all(_plain(a) for a in f)]
    return max(usable, key=lambda f: (min(map(len, f)), -len(f)), default=())


def _plain(anchor: str) -> bool:
    return len(anchor) > 1 or anchor == "%" or bool(_CJK.match(anchor))


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at ``start`` closes."""
    depth = 0
    for i in range(start, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if not depth:
            return i
    raise AssertionError(text)  # _check has counted the brackets


def _branches(text: str) -> list[str]:
    """The text split at each '|' that is in no bracket."""
    branches, depth = [""], 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            branches.append("")
        else:
            branches[-1] += c
    return branches


@lru_cache(maxsize=8192)
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)
