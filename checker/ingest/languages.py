"""The language of each sentence of a document; the document's own languages are the prior for short ones.

Script tells Chinese, Japanese and Korean. For the rest py3langid (BSD) gives probabilities, weighted here by how many
of the document's long sentences are in each language: a heading is in the language of its report unless it is surely
in another. On 336 made-up sentences and headings in 23 documents (``tests/ingest/languages.jsonl``), with the time for
1,000 sentences on one core and the memory taken:

| | alone | with the prior | seconds | MB |
|---|---|---|---|---|
| py3langid | 0.872 | 0.994 | 0.05 | 115 |
| lingua, high accuracy | 0.851 | 0.982 | 0.4 | 300 |
| lingua, low accuracy | 0.810 | 0.955 | 0.3 | 28 |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ..corpus import LANGUAGES

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
_EAST = ("zh", "ja", "ko")
_FURTHER = (
    "bg", "cs", "el", "et", "fa", "he", "hi", "hr", "hu", "id",
    "lt", "lv", "no", "ro", "sk", "sl", "th", "tr", "uk", "vi",
)  # fmt: skip
_ELSEWHERE = 0.1  # long sentences that each language is granted before any is read; a further language far less
_HEAD = 600  # characters that are looked at
_LONG = 60  # characters from which a sentence tells its language by itself
_LONG_EASTERN = 15  # the same in Chinese characters, kana or hangul
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_FUNCTION_WORD = re.compile(r"(?i)\b(?:the|of|in|is|was|and|to|by|for|we|our|der|die|und|de|la|le|et|el|y)\b")
_CHINESE = re.compile("[們這您佢嘅]")  # Japanese encodings hold these, Japanese does without


def languages(texts: Sequence[str], hint: str | None = None) -> list[str]:
    """The ISO 639-1 code of each sentence of one document; "und" where no letter in the document tells.

    ``hint`` is what the document says of itself; it counts as one long sentence.
    """
    told = (hint or "").partition("-")[0].lower()
    heads = [text[:_HEAD] for text in texts]
    eastern = _eastern_ones(heads)
    character = _character_language([head for head, east in zip(heads, eastern, strict=True) if east], told)
    prior = _prior([head for head, east in zip(heads, eastern, strict=True) if not east and _WORD.search(head)], told)
    found = [
        _eastern(head, character) if east else _western(head, prior) if _WORD.search(head) else ""
        for head, east in zip(heads, eastern, strict=True)
    ]
    main = Counter(code for code in found if code).most_common(1)
    rest = main[0][0] if main else told or UNKNOWN
    return [code or rest for code in found]


def _eastern_ones(texts: Sequence[str]) -> list[bool]:
    """Which texts are carried by Chinese, Japanese or Korean, whatever Latin names they hold.

    A character stands for about half a word; in a document where such texts prevail, for a word.
    """
    counts = [(len(_EASTERN.findall(t)), len(_WORD.findall(t)) + len(_FUNCTION_WORD.findall(t))) for t in texts]
    surely = sum(0 < east >= 2 * words for east, words in counts)
    weight = 1 if 2 * surely > sum(east + words > 0 for east, words in counts) else 2
    return [0 < east >= weight * words for east, words in counts]


def _character_language(texts: Sequence[str], told: str) -> str:
    """Which language texts in Chinese characters alone are likely to be in."""
    long = [text for text in texts if len(_EASTERN.findall(text)) >= _LONG_EASTERN]
    votes = Counter(_by_script(text) for text in long or texts)
    votes.update([told] if told in _EAST else [])
    return max(_EAST, key=lambda code: votes[code])


def _by_script(text: str) -> str:
    characters = len(_EASTERN.findall(text))
    if len(_HANGUL.findall(text)) * 4 > characters:
        return "ko"
    return "ja" if len(_KANA.findall(text)) * 10 > characters else "zh"


def _eastern(text: str, main: str) -> str:
    code = _by_script(text)
    return "ja" if code == "zh" and main == "ja" and _may_be_japanese(text) else code


def _may_be_japanese(text: str) -> bool:
    """Whether a Japanese encoding holds every character, which it does not for simplified Chinese."""
    return not _CHINESE.search(text) and all(_in_japanese(character) for character in _EASTERN.findall(text))


@lru_cache(maxsize=16_384)
def _in_japanese(character: str) -> bool:
    try:
        return bool(character.encode("cp932"))
    except UnicodeEncodeError:
        return False


def _western(text: str, prior: dict[str, float]) -> str:
    ranked: list[tuple[str, float]] = _identifier().rank(text)
    return max(ranked, key=lambda pair: pair[1] * prior[pair[0]])[0]


def _prior(texts: Sequence[str], told: str) -> dict[str, float]:
    """How many of the long sentences are in each language; English where there is nothing to go by."""
    even = {code: 1.0 if code in LANGUAGES else 0.05 for code in _known()}
    long = [text for text in texts if len(text) >= _LONG]
    votes = Counter(_western(text, even) for text in long)
    votes.update([told] if told in even else [] if votes else ["en"])
    return {code: votes[code] + _ELSEWHERE * even[code] for code in even}


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    return tuple(sorted({*LANGUAGES, *_FURTHER} - set(_EAST)))


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_known()))
    return identifier
