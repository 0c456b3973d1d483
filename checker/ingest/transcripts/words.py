"""The words by which a transcript says who speaks, of ``data/roles.toml``, each list compiled once.

No library that parses transcripts is kept up: what is published are scripts for one publisher's pages, in English.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent.parent / "data" / "roles.toml"
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20, 0xA0: 0x20, 0x202F: 0x20, 0x2019: 0x27, 0x2018: 0x27,
}  # fmt: skip
_EAST = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af々〇"
_EASTERN = re.compile(f"[{_EAST}]")

_LETTERED = re.compile(r"(?<=[\u3040-\u9fff])\s?[a-z一二三四五六七八九十甲乙丙丁]$")
_NUMBERED = re.compile(r"[\s#_]*(?:no\.?\s?)?[0-9]{1,10}$")


def plain(text: str) -> str:
    """The text with half-width letters, straight apostrophes and plain spaces, of the same length."""
    return text.translate(_PLAIN)


def fold(text: str) -> str:
    """The text without case and accents; its length may change."""
    return _fold_short(text) if len(text) <= 200 else _fold(text)


@lru_cache(maxsize=8192)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold()
    kept = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", kept)


def is_eastern(text: str) -> bool:
    """Whether any of it is written in Chinese, Japanese or Korean script."""
    return bool(_EASTERN.search(text))


def words(section: str) -> list[str]:
    """The words of a section in every language, as they are listed."""
    return [word for lang in _sections()[section].values() for word in lang]


def surnames(lang: str) -> list[str]:
    """Common surnames of a language written without spaces: Chinese, Japanese or Korean."""
    return str(_sections()["surnames"][lang]).split()


def inside(section: str, text: str) -> bool:
    """Whether a word of the section stands in the text."""
    return bool(pattern(section).search(fold(text)))


def whole(section: str, text: str) -> bool:
    """Whether the text is a word of the section, but for punctuation around it and a number behind."""
    return _bare(fold(text)) in _set(section)


def opens_with(section: str, text: str) -> bool:
    """Whether the text begins with a word of the section."""
    return bool(pattern(section).match(fold(text[:200]).lstrip(" *_#-–—•")))


@lru_cache(maxsize=64)
def pattern(section: str) -> re.Pattern[str]:
    """Any word of a section in folded text, the longest first: Latin ones whole, Eastern ones anywhere."""
    listed = sorted({fold(word) for word in words(section)}, key=lambda word: (-len(word), word))
    latin = [re.escape(word) for word in listed if not is_eastern(word)]
    eastern = [re.escape(word) for word in listed if is_eastern(word)]
    parts = [rf"(?<![a-z0-9])(?:{'|'.join(latin)})(?![a-z0-9])"] if latin else []
    return re.compile("|".join([*eastern, *parts]))


@lru_cache(maxsize=64)
def _set(section: str) -> frozenset[str]:
    return frozenset(_bare(fold(word)) for word in words(section))


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    trimmed = text.strip(" .:*_#[](){}<>【】〔〕「」•·-–—=\"'")
    trimmed = _LETTERED.sub("", trimmed) or trimmed
    return _NUMBERED.sub("", trimmed) or trimmed


@lru_cache(maxsize=1)
def _sections() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_DATA.read_text("utf-8"))
