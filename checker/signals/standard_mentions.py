"""Which standards a statement names, and what it does with each: binds itself, denies it, or names it by the way.

The standards come from packs, the words around them from ``data/standard.toml``. Everything is decided within a
sentence, so that a sentence without such words changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ..packs import Entry, Packs, default_packs
from ..packs.loading import ANY
from ..packs.phrases import Found, fold, languages
from .standard_text import AFTER, Extent, Reading, Spot, gap, read, with_english

Stance = Literal["held", "not held", "named"]
MAX_FOUND = 200  # occurrences that are looked at, the first of a text; a paragraph has a handful
_NAMED_ONLY = ("aside", "others", "past")
_HELD_OR_NOT = ("certificate", "framework")
_CLAUSE_BREAK = re.compile("[,:、(]| but | sondern | mais | sino | mas ")
_LIST = re.compile(r"[ ,、/&和与及とよ]*(?:and|und|et|y|e|or|および|または)? ?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A standard at ``text[start:end]``, and what the statement says of it.

    ``kind`` is that of the pack's entry: norm, certificate, framework or formula; defers or complies for what is local.
    ``names`` are sites that the sentence names, ``places`` kinds of site, ``extent`` how much of them it covers,
    ``year`` the earliest year in it; ``lost`` tells what was held once from what never was.
    """

    start: int
    end: int
    id: str
    kind: str
    stance: Stance
    topics: frozenset[str]
    includes: frozenset[str] = frozenset()
    family: str = ""
    exclusive: bool = False
    extent: Extent = ""
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    year: int = 0
    lost: bool = False

    @property
    def relative(self) -> bool:
        """Something local, rather than a standard."""
        return self.kind in ("defers", "complies")


@lru_cache(maxsize=16_384)
def mentions(text: str, lang: str | None = None, packs: Packs | None = None) -> tuple[Mention, ...]:
    """The standards and local deferences of a text, in the order of the text, by checker's own packs or others."""
    packs = packs or default_packs()
    folded = fold(text)
    found = list(packs.entry_finder.find(folded, with_english(languages(folded, lang))))
    if not found:
        return ()
    found = sorted(found, key=lambda f: (f.start, -f.end, f.what.id))[:MAX_FOUND]
    seen = read(text, folded, lang, packs)
    instruments = _longest([f for f in found if f.what.cls == "universal" and f.what.kind != "formula"])
    formulae = _longest([f for f in found if f.what.cls == "relative" or f.what.kind == "formula"])
    overridden = {seen.sentence(f.start) for f in formulae if f.what.id == "above-local-law"}
    made = [_instrument(f, instruments, seen) for f in instruments]
    made += [_formula(f, overridden, seen) for f in formulae]
    return tuple(sorted(_conceded(made, packs), key=lambda m: (m.start, m.end, m.id)))


def share(a: frozenset[str], b: frozenset[str], packs: Packs) -> bool:
    """Whether two sets of topics have one in common, or one that is part of another."""
    up = packs.ancestors
    return any(x in up.get(y, ()) or y in up.get(x, ()) for x in a for y in b)


def _longest(found: list[Found[Entry]]) -> list[Found[Entry]]:
    """Without those that overlap with a longer one; of two entries for one number that which knows it by name."""
    kept: list[Found[Entry]] = []
    for f in sorted(found, key=lambda f: (f.start - f.end, f.start, bool(f.number), f.what.id)):
        if all(f.end <= k.start or k.end <= f.start for k in kept):
            kept.append(f)
    return kept


def _instrument(f: Found[Entry], instruments: Sequence[Found[Entry]], seen: Reading) -> Mention:
    spots = [_spot(g) for g in instruments]
    facts = seen.facts_of(seen.sentence(f.start), spots)
    lost = _closest(f, "lost", spots, seen)
    stance = _stance(f, lost or _closest(f, "lacking", spots, seen), facts.extent, seen)
    return replace(
        _mention(f, stance, seen),
        exclusive=_closest(f, "exclusive", spots, seen),
        extent=facts.extent,
        names=facts.names,
        places=facts.places,
        year=facts.year,
        lost=lost and stance == "not held",
    )


def _stance(f: Found[Entry], lacking: bool, extent: Extent, seen: Reading) -> Stance:
    s = seen.sentence(f.start)
    certificate = f.what.kind == "certificate"
    unsure = (*_NAMED_ONLY, "hypothetical", *(("outside", "scope") if certificate else ()))
    if seen.has(s, *unsure) or seen.asked(s):
        return "named"
    if (f.what.kind in _HELD_OR_NOT and lacking) or _rejected(f, seen):
        return "not held"
    if f.what.kind in _HELD_OR_NOT and seen.has(s, "future") and extent != "part":
        return "named"
    return "held" if seen.has(s, "certified" if certificate else "held") else "named"


def _formula(f: Found[Entry], overridden: set[int], seen: Reading) -> Mention:
    s = seen.sentence(f.start)
    mention = _mention(f, "held", seen)
    if mention.kind == "complies" and _in_clause(f, "ceiling", seen):
        mention = replace(mention, kind="defers")
    outvoted = mention.relative and s in overridden  # "whatever local custom says" is no deference to it
    negated = f.what.id != "above-local-law" and _negated(f, seen)
    if outvoted or negated or seen.has(s, *_NAMED_ONLY) or seen.asked(s):
        return replace(mention, stance="named")
    return mention


def _mention(f: Found[Entry], stance: Stance, seen: Reading) -> Mention:
    s = seen.sentence(f.start)
    topics = {t.what for t in seen.topics if seen.sentence(t.start) == s}
    topics.update(t for t in f.what.topics if t != ANY)
    if not topics:
        topics = {t.what for t in seen.topics}
    name = f"{f.what.id}-{int(f.number)}" if f.number else f.what.id
    return Mention(
        f.start, f.end, name, f.what.kind, stance, frozenset(topics), includes=f.what.includes, family=f.what.family
    )


def _conceded(made: list[Mention], packs: Packs) -> list[Mention]:
    """A standard that is named only to say that everyone reads it in his own way binds nobody."""
    local = [m for m in made if m.kind == "defers" and m.stance == "held"]
    return [
        replace(m, stance="named")
        if m.kind == "norm" and m.stance == "held" and any(share(m.topics, d.topics, packs) for d in local)
        else m
        for m in made
    ]


def _spot(f: Found[Entry]) -> Spot:
    return f.start, f.end


def _closest(f: Found[Entry], group: str, instruments: Sequence[Spot], seen: Reading) -> bool:
    """Whether a cue of the same sentence is near this instrument, and nearer to it than to the others.

    Certificates named in one breath ("ISO 9001, ISO 14001 and ISO 45001") share their cues.
    """
    own = _spot(f)
    for cue in seen.around(own, group, seen.near()):
        if not any(gap(g, cue) < gap(own, cue) and not _listed(own, g, seen.folded) for g in instruments):
            return True
    return False


def _listed(f: Spot, g: Spot, folded: str) -> bool:
    """Whether two instruments stand in one enumeration."""
    first, second = sorted((f, g))
    return second[0] - first[1] <= 12 and _LIST.fullmatch(folded, first[1], max(first[1], second[0])) is not None


def _rejected(f: Found[Entry], seen: Reading) -> bool:
    behind = seen.langs[0] in AFTER
    return any(start >= f.end if behind else end <= f.start for start, end in seen.around(_spot(f), "rejecting", 12))


def _negated(f: Found[Entry], seen: Reading) -> bool:
    """Whether a negation stands right before a phrase, in the same clause (right behind it in Japanese and Korean)."""
    if seen.langs[0] in AFTER:
        return any(start >= f.end for start, _ in seen.around(_spot(f), "negation", 6))
    cues = seen.around(_spot(f), "negation", 4 if seen.langs[0] == "zh" else 25)
    return any(end <= f.start and not _CLAUSE_BREAK.search(seen.folded, end, f.start) for _, end in cues)


def _in_clause(f: Found[Entry], group: str, seen: Reading) -> bool:
    return any(
        "," not in seen.folded[min(end, f.end) : max(start, f.start) - 1]
        for start, end in seen.around(_spot(f), group, 30)
    )
