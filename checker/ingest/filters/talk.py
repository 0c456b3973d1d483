"""Courtesies and signposts of calls, meetings and letters."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..blocks import Block
from .clauses import has_verb, is_eastern, length
from .cues import Span

_LONGEST, _LONGEST_EASTERN = 30, 15  # words of a sentence that only hands over
_NAMES = 5  # words of a courtesy that may be names
_EASTERN_NAME = 4  # characters that a name has
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def is_courtesy(text: str, folded: str, found: Mapping[str, Sequence[Span]], lang: str) -> bool:
    """Whether nothing is left of it but names, without its courtesies and the fillers around them."""
    courtesies = found.get("courtesy", [])
    if not courtesies or len(folded) > 250:
        return False
    rest = list(folded)
    for start, end in [*courtesies, *found.get("filler", [])]:
        rest[start:end] = " " * (end - start)
    left = _WORD.findall("".join(rest))
    if is_eastern(text, lang):
        return sum(map(len, left)) <= _EASTERN_NAME
    named = {word.lower() for word in _WORD.findall(text.replace("’", "'")) if word[0].isupper()}
    return len(left) <= _NAMES and all(word in named for word in left)


def is_signpost(text: str, found: Mapping[str, Sequence[Span]], block: Block, lang: str) -> bool:
    """Whether a speaker only hands over, or says what comes next."""
    if block.turn is None or length(text, lang) > (_LONGEST_EASTERN if is_eastern(text, lang) else _LONGEST):
        return False
    return "handover" in found or ("signpost" in found and not has_verb(text, lang) and length(text, lang) <= 10)
