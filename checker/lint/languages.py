"""Languages (L): whether ``lang`` is told, is a code, and is that of the text, by its script and its function words."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .records import Flaw, Line, Rule, shown

_DATA = Path(__file__).parent / "data" / "languages.toml"
UNTOLD = frozenset({"und", "mul", "zxx", "mis"})  # codes that say that there is no code to tell
_LATIN, _HAN, _KANA, _HANGUL, _CYRILLIC, _OTHER = "Latin", "Chinese", "kana", "Korean", "Cyrillic", "another"
_UNREAD_LETTERS = "\u0370-\u10ff\u1200-\u1cff\u1f00-\u1fff\ua4d0-\ua63f\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefc"
_EASTERN_LETTERS = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_UNREAD = re.compile(f"[{_UNREAD_LETTERS}]")
_NOT_LATIN = re.compile(f"[{_UNREAD_LETTERS}{_EASTERN_LETTERS}]")
_SCRIPTS = {
    _HAN: re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"),
    _KANA: re.compile("[\u3041-\u3096\u30a1-\u30fa]"),
    _HANGUL: re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
    _CYRILLIC: re.compile("[\u0400-\u052f]"),
    _OTHER: re.compile(f"(?![\u0400-\u052f])[{_UNREAD_LETTERS}]"),
    _LATIN: re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
}
_WRITTEN_IN: dict[str, frozenset[str]] = {
    lang: frozenset(scripts)
    for codes, *scripts in (
        ("zh yue", _HAN),
        ("ja", _KANA, _HAN),
        ("ko", _HANGUL),
        ("ru uk bg mk", _CYRILLIC),
        ("ar fa ur he el hi bn ta te th hy ka am km my", _OTHER),
        ("en de fr es pt it nl sv da no nb nn fi is et lv lt pl cs sk sl hr hu ro tr vi id ms", _LATIN),
        ("ca eu gl ga cy mt sw af sq lb", _LATIN),
    )
    for lang in codes.split()
}  # fmt: skip
_WEIGHT = {_HAN: 3, _KANA: 2, _HANGUL: 2}  # how many Latin letters say as much
_FEW = 12  # letters of a script that a name or an abbreviation may bring into a text in another
_UNLIKELY_WITHOUT_KANA = 25  # Chinese characters; Japanese headings are shorter
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 200
ENOUGH = 3  # different words of another language, where there is none of the one that is told


class _Codes(NamedTuple):
    codes: frozenset[str]
    meant: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    """Of each language the words that none of the others has."""


@lru_cache(maxsize=1)
def _codes() -> _Codes:
    data = tomllib.loads(_DATA.read_text("utf-8"))
    meant = dict(pair.split("=") for pair in f"{data['longer']} {data['mistaken']}".split())
    words = {lang: frozenset(text.split()) for lang, text in data["words"].items()}
    own = {lang: mine.difference(*(w for other, w in words.items() if other != lang)) for lang, mine in words.items()}
    return _Codes(frozenset(data["codes"].split()), meant, own)


def check_missing(line: Line) -> Iterator[Flaw]:
    """No language."""
    if line.statement.lang is None and "lang" not in line.dropped:
        yield Flaw("L001", "lang", "is missing: it is guessed from each text alone; give a code such as en or zh")


def check_known(line: Line) -> Iterator[Flaw]:
    """A code of the right form that is no language's."""
    lang = line.statement.lang
    if lang is not None and (hint := unknown_code(lang)):
        yield Flaw("L002", "lang", hint)


@lru_cache(maxsize=1024)
def unknown_code(lang: str) -> str | None:
    """What is wrong with a code, and which is meant; None for one of ISO 639-1, or a longer one without a shorter.

    Codes of three letters are known only where they have a shorter form.
    """
    base = lang.partition("-")[0]
    codes, meant, _ = _codes()
    if base in codes or base in UNTOLD:
        return None
    if base in meant:
        return f"{shown(base)} is not the code that texts are compared by; use {meant[base]!r}"
    if len(base) > 2:
        return None
    near = ", ".join(difflib.get_close_matches(base, ("en", "zh", "de", "fr", "es", "ja", "ko", "pt", "it"), 2, 0.5))
    return f"{shown(base)} is no code of ISO 639-1; use one such as {near or 'en or zh'}"


def check_language(line: Line) -> Iterator[Flaw]:
    """A text that is in another language than its line says."""
    s = line.statement
    if s.lang is not None and (found := other_language(s.text, s.lang.partition("-")[0])):
        yield Flaw("L003", "lang", f"says {shown(s.lang)}, the text is {found}; give the language of the text")


def other_language(text: str, lang: str) -> str | None:
    """What a text is in, if it surely is not in a language: by its script, in Latin script by its function words."""
    expected = _WRITTEN_IN.get(lang)
    if expected is None:
        return None
    if text.isascii() or _NOT_LATIN.search(text) is None:
        return _by_words(text, lang) if _LATIN in expected else _unless(expected, {_LATIN: _letters(_LATIN, text)})
    found = {script: _letters(script, text) for script in _SCRIPTS}
    if lang == "ja" and found[_HAN] >= _FEW and not found[_KANA] and _is_chinese(text):
        return "Chinese"
    if lang in ("zh", "yue") and found[_KANA] * 10 > found[_HAN] + found[_KANA] and found[_KANA] > 3:
        return "Japanese"
    return _unless(expected, found)


def _is_chinese(text: str) -> bool:
    """Whether a text in Chinese characters alone is no Japanese: Japanese encodings lack some, or it is long."""
    han = "".join(_SCRIPTS[_HAN].findall(text))
    return len(han) >= _UNLIKELY_WITHOUT_KANA or len(han.encode("cp932", "ignore")) < 2 * len(han)


def _letters(script: str, text: str) -> int:
    return len(_SCRIPTS[script].findall(text)) * _WEIGHT.get(script, 1)


def _unless(expected: frozenset[str], found: Mapping[str, int]) -> str | None:
    """The script that prevails over those that a language is written in.

    Chinese and its neighbours quote much in Latin script, so that there a single character of their own is enough.
    """
    own = sum(count for script, count in found.items() if script in expected)
    script = max((s for s in found if s not in expected), key=lambda s: found[s])
    if found[script] < _FEW or own >= found[script] or (own and _LATIN not in expected):
        return None
    return f"mostly in {script} script"


def _by_words(text: str, lang: str) -> str | None:
    """Another language whose function words a text has, where it has none of its own."""
    words = _codes().words
    if lang not in words or not words[lang].isdisjoint(text.lower().split()):
        return None
    found = set(_WORD.findall(text.lower())[:_MOST_WORDS])
    if not words[lang].isdisjoint(found):
        return None
    counts = {other: len(found & theirs) for other, theirs in words.items()}
    best = max(counts, key=lambda other: (counts[other], other))
    return f"in {best!r} by its words" if counts[best] >= ENOUGH else None


def check_script(line: Line) -> Iterator[Flaw]:
    """A text in a script that the bundled models do not know."""
    text = line.statement.text
    if text.isascii() or _UNREAD.search(text) is None:
        return
    unread = _letters(_CYRILLIC, text) + _letters(_OTHER, text)
    if unread > sum(_letters(script, text) for script in (_LATIN, _HAN, _KANA, _HANGUL)):
        why = "the bundled models do not know it, and a run leaves it out; give --encoder and --judge"
        yield Flaw("L004", "text", f"mostly in another script than Latin, Chinese, Japanese or Korean: {why}")


RULES = (
    Rule("L001", "no language",
         "it is guessed from each text alone, and that of short ones wrongly",
         '{"company": "Acme", "source": "policy", "text": "We pay a living wage."}', check=check_missing),
    Rule("L002", "an unknown code of a language",
         "texts are compared by pairs of languages: eng and en are two; a code of another form stops a run",
         '"lang": "eng"', check=check_known),
    Rule("L003", "a text in another language than its line says",
         "the signals read it with the words of the wrong language, and see nothing",
         '"lang": "en", "text": "我们支付生活工资。"', check=check_language),
    Rule("L004", "a text in a script that the bundled models do not know",
         "a run leaves it out, unless other models are given",
         '"lang": "ru", "text": "Мы платим достойную зарплату."', check=check_script),
)  # fmt: skip
