"""What abbreviations and first words of sentences mean to a full stop, by language."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent.parent / "data" / "abbreviations.toml"
LATIN = ("en", "de", "fr", "es", "pt", "it", "nl")
_SAMPLE = 1_000  # characters of a text whose words tell its language
_WORD = re.compile(r"[^\W\d_]+'?")


class Words(NamedTuple):
    """The lists for one language, as their file explains them; all in lower case."""

    never: frozenset[str]
    number: frozenset[str]
    maybe: frozenset[str]
    starters: frozenset[str]
    before_ordinals: frozenset[str]
    after_ordinals: frozenset[str]
    exclaimed: frozenset[str]


@lru_cache(maxsize=16)
def words(lang: str) -> Words:
    """The lists for a language with those that hold for all; those of English where it has none."""
    data = _data()
    own, common = data[lang if lang in LATIN else "en"], data["all"]
    return Words(*(frozenset(f"{own.get(name, '')} {common.get(name, '')}".split()) for name in Words._fields))


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(DATA.read_text("utf-8"))


def latin_language(text: str, told: str = "") -> str:
    """Which of the languages with lists of their own a text is in, by its function words; English if none leads.

    What is ``told`` of it counts twice: a document in one language has paragraphs in another.
    """
    found = _WORD.findall(text[:_SAMPLE].lower())
    votes = {lang: sum(map(words(lang).starters.__contains__, found)) for lang in LATIN}
    return max(LATIN, key=lambda lang: (votes[lang] * (2 if lang == told else 1), lang == told))
