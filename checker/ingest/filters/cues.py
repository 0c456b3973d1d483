"""Which cues of ``data/boilerplate.toml`` stand in a text, and where.

Some 3,000 cues are sought at once with ahocorasick_rs, in time linear in the text; a cue with gaps is put together
from its parts.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ahocorasick_rs

Span = tuple[int, int]
_DATA = Path(__file__).parent.parent / "data" / "boilerplate.toml"
_HEAD = 3_000  # characters of a text that are searched
_GAP, _ENDING = 150, 12  # characters that " ... " and the ending of a word before the next may take
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-"})


class _Part(NamedTuple):
    """Words of a cue that stand together; ``gap`` is how far before they may be from the part before."""

    literal: str
    ends_anyhow: bool
    gap: int


class _Cue(NamedTuple):
    section: str
    lang: str
    parts: tuple[_Part, ...]
    opens: bool
    closes: bool


def fold(text: str) -> str:
    """The text in small letters, half-width, with straight quotes and single spaces; what cues are written in."""
    return " ".join(unicodedata.normalize("NFKC", text[:_HEAD]).casefold().translate(_PLAIN).split())


@lru_cache(maxsize=256)
def cues_in(text: str, lang: str) -> Mapping[str, list[Span]]:
    """By section, the spans of the cues of a language, and of English, in a folded text."""
    found: dict[str, list[Span]] = defaultdict(list)
    places = _places(text)
    opening, closing = _inner(text)
    cues = _Cues.load().by_literal
    for literal in places:
        for cue in cues[literal]:
            if cue.lang in (lang, "en") and (not cue.opens or places[literal][0] <= opening):
                found[cue.section] += [
                    span
                    for span in _spans(text, cue, places)
                    if (not cue.opens or span[0] <= opening) and (not cue.closes or span[1] >= closing)
                ]
    return {section: sorted(spans) for section, spans in found.items() if spans}


def _inner(text: str) -> Span:
    """Where the first letter or digit of a text is, and where the last one ends."""
    first = next((i for i, character in enumerate(text) if character.isalnum()), 0)
    last = next((i for i in range(len(text), 0, -1) if text[i - 1].isalnum()), len(text))
    return first, last


def _places(text: str) -> dict[str, list[int]]:
    """Where each literal begins in the text."""
    cues = _Cues.load()
    places: dict[str, list[int]] = defaultdict(list)
    for index, start, _ in cues.automaton.find_matches_as_indexes(text, overlapping=True):
        places[cues.literals[index]].append(start)
    return places


def _spans(text: str, cue: _Cue, places: Mapping[str, list[int]]) -> Iterator[Span]:
    first, *others = cue.parts
    for start in places[first.literal]:
        end: int | None = _end(text, first, start)
        for part in others:
            end = end and _next_end(text, part, end, places)
        if end:
            yield start, end


def _next_end(text: str, part: _Part, after: int, places: Mapping[str, list[int]]) -> int | None:
    """The end of the first place of a part that is near enough behind the part before."""
    near = (start for start in places.get(part.literal, ()) if after <= start <= after + part.gap)
    return next((end for start in near if (end := _end(text, part, start))), None)


def _end(text: str, part: _Part, start: int) -> int | None:
    """The end of a part that begins here, or None where it is but a piece of a word."""
    literal, end = part.literal, start + len(part.literal)
    if start and _latin(literal[0]) and _latin(text[start - 1]):
        return None  # "Ã©" in garbled text is no copyright either
    if part.ends_anyhow:
        while end < len(text) and text[end].isalpha():
            end += 1
    elif end < len(text) and _latin(literal[-1]) and _latin(text[end]):
        return None
    return end


def _latin(character: str) -> bool:
    return (character.isalnum() and character < "\u0250") or character == "©"


class _Cues(NamedTuple):
    """All cues by the literal of their first part, and the automaton that finds literals."""

    by_literal: Mapping[str, list[_Cue]]
    literals: list[str]
    automaton: ahocorasick_rs.AhoCorasick

    @staticmethod
    @lru_cache(maxsize=1)
    def load() -> _Cues:
        """The cues of the data file."""
        import ahocorasick_rs

        by_literal: dict[str, list[_Cue]] = defaultdict(list)
        literals: set[str] = set()
        for section, table in tomllib.loads(_DATA.read_text("utf-8")).items():
            for lang, cues in table.items():
                for cue in dict.fromkeys(cues):
                    read = _read(section, lang, cue)
                    by_literal[read.parts[0].literal].append(read)
                    literals.update(part.literal for part in read.parts)
        ordered = sorted(literals)
        return _Cues(by_literal, ordered, ahocorasick_rs.AhoCorasick(ordered))


def _read(section: str, lang: str, cue: str) -> _Cue:
    body = fold(cue.removeprefix("^").removesuffix("$"))
    parts = []
    for piece in body.split(" ... "):
        words = piece.replace("* ", "*\0").split("\0")
        parts += [_Part(w.removesuffix("*"), w.endswith("*"), _ENDING if i else _GAP) for i, w in enumerate(words)]
    return _Cue(section, lang, tuple(parts), cue.startswith("^"), cue.endswith("$"))
