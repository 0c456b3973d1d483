"""Reads a statement for its scope: the scopes, places and models that it names, and its quantified claims."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .scope_claims import Claim, Reader, claims_of, words
from .scope_lexicon import Hit, language, lexicon

MAX_MENTIONS = 64
_MODEL = re.compile(r"(?<![A-Za-z0-9$€£/-])([A-Z]{1,4})-?(\d{1,4})(?![A-Za-z0-9]|[.,]\d|\s?%)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A scope, a place or a model that a statement names; concepts of one ``axis`` can be compared."""

    start: int
    end: int
    key: str
    axis: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a statement says of its scope."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@lru_cache(maxsize=1)
def _leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before a place that something comes from, and before those who did something."""
    origin = rf"(?:\b|(?<=[^\x00-\x7f]))(?:{words('origin')})\s?(?:the\s)?\Z"
    agent = rf"(?:\b|(?<=[^\x00-\x7f]))(?:{words('agent')})\s?(?:\w{{1,12}}\s)?\Z"
    return re.compile(origin, re.I), re.compile(agent, re.I)


def _named(text: str, hits: list[Hit], axis: str = "") -> list[Mention]:
    """The mentions of scopes or places, but not of origins ("from China") and agents ("by contractors")."""
    origin, agent = _leads()
    found = []
    for hit in hits:
        mention = Mention(hit.start, hit.end, hit.concept.key, axis or hit.concept.axis)
        lead = {"place": origin, "people": agent}.get(mention.axis)
        if mention.axis and not (lead and lead.search(text[max(0, hit.start - 20) : hit.start])):
            found.append(mention)
    return found[:MAX_MENTIONS]


def _models(text: str) -> list[Mention]:
    """Products told apart by a number: "A6" and "A7" are of one axis, as their letters are the same."""
    found = []
    for match in _MODEL.finditer(text):
        if match[1] not in lexicon().not_models:
            found.append(Mention(match.start(), match.end(), match[1] + match[2], f"model {match[1]}"))
    return found[:MAX_MENTIONS]


@lru_cache(maxsize=16_384)
def read(text: str, lang: str | None) -> Reading:
    """The scopes, places, models and quantified claims of a text."""
    reader = Reader(text, language(lang, text))
    mentions = (*_named(text, reader.scopes), *_named(text, reader.places, "place"), *_models(text))
    return Reading(mentions, claims_of(reader))
