"""A statement taken apart for the signal ``standard``: its sentences, the words around a standard, its topics.

Distances are in characters of the folded text. Every look-up is confined to a window or a sentence, so that a text of
20,000 hostile characters costs no more than its length.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from ..packs import Packs
from ..packs.phrases import Found, Phrases, flatten, languages
from .standard_names import names_in

Extent = Literal["", "all", "part"]
Spot = tuple[int, int]
DATA = Path(__file__).parent / "data" / "standard.toml"
NEAR = 60  # between a cue and the standard that it is about; half in Chinese, Japanese and Korean
AFTER = ("ja", "ko")  # negation follows what it negates
_DENSE = ("zh", "ja", "ko")
_LONGEST = 80  # characters of a cue
_SENTENCE_END = re.compile(r"(?<![ (]no)(?<![ (]art)(?<![ (]nr)(?<!u\.s)\.(?=\s|$)|[!?;。]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a sentence says of the reach of a certificate: sites by name and kind, all or a part, the earliest year."""

    names: frozenset[str]
    places: frozenset[str]
    extent: Extent
    year: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A folded text, with what was found in it."""

    original: str
    folded: str
    langs: tuple[str, ...]
    topics: list[Found[str]]
    starts: list[int]  # of sentences
    cues: dict[tuple[int, str], list[Spot]]  # by sentence and group, in the order of the text
    facts: dict[int, Facts] = field(default_factory=dict)

    def sentence(self, position: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self.starts, position) - 1

    def bounds(self, sentence: int) -> Spot:
        """Where a sentence starts and ends."""
        last = sentence + 1 == len(self.starts)
        return self.starts[sentence], len(self.folded) if last else self.starts[sentence + 1]

    def has(self, sentence: int, *groups: str) -> bool:
        """Whether a cue of one of the groups stands in a sentence."""
        return any((sentence, group) in self.cues for group in groups)

    def around(self, spot: Spot, group: str, reach: int) -> Iterator[Spot]:
        """Cues of a group in the same sentence, at most ``reach`` characters away."""
        cues = self.cues.get((self.sentence(spot[0]), group), [])
        first = bisect_left(cues, (spot[0] - reach - _LONGEST, 0))
        for cue in cues[first : bisect_right(cues, (spot[1] + reach, len(self.folded)))]:
            if gap(spot, cue) <= reach:
                yield cue

    def near(self) -> int:
        """How far a cue may stand from its standard."""
        return NEAR // 2 if self.langs[0] in _DENSE else NEAR

    def asked(self, sentence: int) -> bool:
        """Whether a sentence is a question."""
        start, end = self.bounds(sentence)
        return self.folded[start:end].rstrip(" \"'」』”").endswith("?")

    def facts_of(self, sentence: int, instruments: list[Spot]) -> Facts:
        """The facts of a sentence, names of standards left out."""
        if sentence not in self.facts:
            start, end = self.bounds(sentence)
            text = self.original[start:end]
            for i, j in instruments:
                if start <= i < end:
                    text = text[: i - start] + " " * (j - i) + text[j - start :]
            years = [int(year) for year in _YEAR.findall(self.folded, start, end)]
            self.facts[sentence] = Facts(
                names_in(text, self.langs[0]),
                frozenset(group for group in _groups() if group.startswith("site-") and self.has(sentence, group)),
                self._extent(sentence),
                min(years, default=0),
            )
        return self.facts[sentence]

    def _extent(self, sentence: int) -> Extent:
        """How much a sentence covers; "all 28 of our plants" is all, not a part."""
        everything = self.cues.get((sentence, "all"), [])
        ends = {end for _, end in everything}
        for start, _ in self.cues.get((sentence, "part"), ()):
            if start not in ends and start - 1 not in ends:
                return "part"
        return "all" if everything else ""


def read(text: str, folded: str, lang: str | None, packs: Packs) -> Reading:
    """Find topics, sentences and cues."""
    langs = languages(folded, lang)
    starts = [0, *(m.end() for m in _SENTENCE_END.finditer(folded))]
    topics = list(packs.topic_finder.find(folded, with_english(langs)))
    seen = Reading(text, folded, langs, topics, starts, {})
    for cue in _cues().find(folded, langs):
        seen.cues.setdefault((seen.sentence(cue.start), cue.what), []).append((cue.start, cue.end))
    for cues in seen.cues.values():
        cues.sort()
    return seen


def with_english(langs: tuple[str, ...]) -> tuple[str, ...]:
    """Names of standards are English in every language."""
    return langs if "en" in langs else (*langs, "en")


def gap(a: Spot, b: Spot) -> int:
    """Characters between two spots."""
    return max(0, a[0] - b[1], b[0] - a[1])


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def _groups() -> tuple[str, ...]:
    return tuple(_tables())


@cache
def _cues() -> Phrases[str]:
    return Phrases(item for group, table in _tables().items() for item in flatten(table, group))
