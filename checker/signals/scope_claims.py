"""Reads the quantified claims of a text: "all plants", "two suppliers", "the plant in Mexico", "in every country".

A claim is a quantity of a counted thing, with the places that it is limited to and with its polarity. What is said of
the thing is not read: that is the judge's task.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from .scope_lexicon import Hit, find, is_wide, lexicon

Kind = Literal["all", "none", "only", "uniform", "some", "share", "count", "not_all", "except", "varies", "member"]
MAX_CLAIMS = 24
ANYWHERE = "country"
ASIAN = ("zh", "ja", "ko")

_SPREAD_QUANTIFIER = ("均", "都")  # stands after its thing: 门店均
_ADJACENT = ("全", "各", "전", "각")  # one character, a quantifier only right before its thing: 全工場
_NONE: frozenset[str] = frozenset()
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+)?")
_NAME_BEFORE = re.compile(r"[^\s.!?:;]\s([A-ZÀ-Þ][\w’'-]+)\s\Z")  # not at the head of a sentence
_STOP = re.compile(r"[.!?;:,，。；、！？：]")
_BREAK = re.compile(
    r"[.!?;]\s|[。！？；，\n]"
    r"|\s(?:but|while|whereas|although|though|aber|während|mais|tandis|pero|mientras|mas|enquanto)\s"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """How much of what: ``kind`` of ``domain``, within ``places`` or for the thing called ``names``."""

    start: int
    end: int
    kind: Kind
    domain: str
    places: frozenset[str]
    names: frozenset[str]
    negated: bool
    text: str


def words(key: str) -> str:
    """The plain words of the data file as an alternation."""
    return "|".join(re.escape(w) for w in lexicon().words[key])


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Numbers, shares, the joint between places that stand for everywhere, and the way from a thing to its name."""
    number = (
        rf"(?<![\w.,])(?:\d[\d.,]{{0,12}}|{words('number')})(?![\w%])"
        rf"|(?<!\d)(?:\d{{1,6}}|[一两二三四五六七八九十百]{{1,5}})(?:{words('counter')})"
    )
    share = (
        rf"(?<![\d.,])\d{{1,2}}(?:[.,]\d{{1,3}})?\s?(?:{words('per_cent')})\s(?:{words('of')})\s"
        r"|(?<![\d.])\d{1,2}(?:\.\d{1,3})?[%％](?:的|の|의)"
    )
    spread = rf"\s?(?:{words('spread')})\s?(?:the\s)?"
    name = rf"\s(?:(?:{words('at')})\s)?(?=[A-ZÀ-Þ])"
    return re.compile(number, re.I), re.compile(share, re.I), re.compile(spread, re.I), re.compile(name)


def _joined(text: str, start: int, end: int, most_words: int, most_wide: int) -> bool:
    """Whether text[start:end] is short enough, and free of stops, for its two sides to belong together."""
    gap = text[start:end]
    if len(gap) > 60 or _STOP.search(re.sub(r"(?<=\d)[.,](?=\d)", "", gap)):
        return False
    if not gap.strip():
        return True
    if any(is_wide(c) for c in gap):
        return len(gap) <= most_wide
    inner = gap.casefold().split()
    return len(inner) <= most_words and set(inner).isdisjoint(lexicon().words["elsewhere"])


class Reader:
    """One pass over the hits of a text."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.lang = lang
        self.ends = [m.start() for m in _BREAK.finditer(text)]
        hits = find(text, lang)
        self.quantifiers = [h for h in hits if h.concept.group == "quantifier"]
        self.negations = [h for h in hits if h.concept.group == "negation"]
        self.scopes = [h for h in hits if h.concept.group == "scope"]
        self.things = [h for h in self.scopes if h.concept.counted]
        self.places = [h for h in hits if h.concept.group == "place"]
        self.starts = [t.start for t in self.things]
        self.taken: set[int] = set()
        """Starts of things that a quantifier or a number has claimed already."""

    def clause(self, position: int) -> int:
        """The number of the clause in which a character lies."""
        return bisect_right(self.ends, position)

    def negated(self, start: int, end: int) -> bool:
        """Whether the clause has a negation outside text[start:end], near enough to speak of it."""
        here = self.clause(start)
        return any(
            abs(n.start - start) <= 120 and (n.end <= start or n.start >= end) and self.clause(n.start) == here
            for n in self.negations
        )

    def next_thing(self, position: int) -> Hit | None:
        """The first counted thing from a position on."""
        index = bisect_left(self.starts, position)
        return self.things[index] if index < len(self.things) else None

    def thing_of(self, quantifier: Hit) -> Hit | None:
        """The counted thing that a quantifier ranges over: the next one, in Asian languages also the last one."""
        word = self.text[quantifier.start : quantifier.end]
        if word not in _SPREAD_QUANTIFIER:
            most_words, most_wide = (0, 0) if word in _ADJACENT else (5, 8)
            after = self.next_thing(quantifier.end)
            if after and _joined(self.text, quantifier.end, after.start, most_words, most_wide):
                return after
        if self.lang in ASIAN and word not in _ADJACENT:
            index = bisect_left(self.starts, quantifier.start) - 1
            if index >= 0 and _joined(self.text, self.things[index].end, quantifier.start, 2, 6):
                return self.things[index]
        return None

    def places_near(self, start: int, end: int) -> frozenset[str]:
        """The places that limit a claim."""
        here = self.clause(start)
        return frozenset(
            p.concept.key
            for p in self.places
            if (0 <= p.start - end <= 40 or 0 <= start - p.end <= 25 or start <= p.start < end)
            and p.concept.key != "world"
            and self.clause(p.start) == here
        )

    def names_near(self, thing: Hit) -> frozenset[str]:
        """The proper name of a plant, store or the like, in Latin script: "the Kaluga plant", "Werk Kaluga"."""
        after = _patterns()[3].match(self.text, thing.end)
        if after and (found := _NAME.match(self.text, after.end())):
            return frozenset({found[0].casefold()})
        before = _NAME_BEFORE.search(self.text, max(0, thing.start - 25), thing.start)
        if before is None or self.lang in ("de", "zh", "ja"):
            return _NONE
        quantified = any(q.start <= before.start(1) < q.end for q in self.quantifiers)
        return _NONE if quantified else frozenset({before[1].casefold()})

    def claim(self, kind: Kind, start: int, end: int, thing: Hit | None, negated: bool) -> Claim:
        """A claim at text[start:end] over a thing, or over countries where there is none."""
        domain = thing.concept.key if thing else ANYWHERE
        names = self.names_near(thing) if thing else _NONE
        return Claim(start, end, kind, domain, self.places_near(start, end), names, negated, self.text[start:end])


def _excepted(reader: Reader, hit: Hit) -> Claim | None:
    """ "all plants except Lyon", "除西藏门店外": what is left out, and of what."""
    here = reader.clause(hit.start)
    near = [t for t in reader.things if abs(t.start - hit.start) <= 80 and abs(reader.clause(t.start) - here) <= 1]
    if not near:
        return None
    thing = min(near, key=lambda t: abs(t.start - hit.start))
    if reader.lang in ("ja", "ko"):
        places = frozenset(p.concept.key for p in reader.places if 0 <= hit.start - p.end <= 15)
    else:
        places = frozenset(p.concept.key for p in reader.places if 0 <= p.start - hit.end <= 30)
    called = _NAME.match(reader.text, hit.end + 1)
    names = frozenset({called[0].casefold()}) if called else _NONE
    start, end = min(hit.start, thing.start), max(hit.end, thing.end)
    return Claim(start, end, "except", thing.concept.key, places, names, False, reader.text[start:end])


def _kind(key: str, lang: str, negated: bool) -> tuple[Kind, bool] | None:
    """The kind and polarity of a claim with a quantifier; None where it is not one ("if any supplier ...")."""
    if key == "any":
        if negated:
            return "none", True
        return ("all", False) if lang in ASIAN else None
    if key == "none":
        return "none", True
    if key == "not_all":
        return "not_all", False
    plain: dict[str, Kind] = {"all": "all", "only": "only", "some": "some", "share": "share"}
    return plain[key], negated


def _quantified(reader: Reader, hit: Hit) -> Claim | None:
    """The claim that a quantifier makes."""
    key = hit.concept.key
    if key == "except":
        return _excepted(reader, hit)
    if key in ("uniform", "varies", "nowhere"):
        kind: Kind = "varies" if key == "varies" else "uniform"
        negated = key == "nowhere" or reader.negated(hit.start, hit.end)
        return reader.claim(kind, hit.start, hit.end, None, negated)
    thing = reader.thing_of(hit)
    if thing is None or (key in ("all", "not_all") and thing.start in reader.taken):  # 任何门店均: one claim, not two
        return None
    start, end = min(hit.start, thing.start), max(hit.end, thing.end)
    found = _kind(key, reader.lang, reader.negated(start, end))
    if found is None:
        return None
    reader.taken.add(thing.start)
    return reader.claim(found[0], start, end, thing, found[1])


def _counted(reader: Reader) -> list[Claim]:
    """Shares and numbers of things: "40% of suppliers", "two sites"."""
    claims: list[Claim] = []
    number, share = _patterns()[:2]
    rows: tuple[tuple[Kind, re.Pattern[str]], ...] = (("share", share), ("count", number))
    for kind, pattern in rows:
        for match in pattern.finditer(reader.text) if reader.things else ():
            thing = reader.next_thing(match.end())
            if thing is None or len(claims) >= MAX_CLAIMS:
                break
            if thing.start in reader.taken or _YEAR.match(match[0]):
                continue
            if _joined(reader.text, match.end(), thing.start, 3, 3):
                reader.taken.add(thing.start)
                negated = reader.negated(match.start(), thing.end)
                claims.append(reader.claim(kind, match.start(), thing.end, thing, negated))
    return claims


def _spread(reader: Reader) -> list[Claim]:
    """Places that stand for everywhere: "from Lima to Oslo"."""
    claims = []
    joint = _patterns()[2]
    for one, two in zip(reader.places, reader.places[1:], strict=False):
        if two.start - one.end <= 16 and joint.fullmatch(reader.text, one.end, two.start):
            negated, text = reader.negated(one.start, two.end), reader.text[one.start : two.end]
            claims.append(Claim(one.start, two.end, "uniform", ANYWHERE, _NONE, _NONE, negated, text))
    return claims


def _members(reader: Reader) -> list[Claim]:
    """Named parts of a whole: "the plant in Mexico", "墨西哥工厂", and a place on its own."""
    claims = []
    for thing in reader.things[:64]:
        if thing.start not in reader.taken and thing.concept.key != ANYWHERE:
            claim = reader.claim("member", thing.start, thing.end, thing, reader.negated(thing.start, thing.end))
            if claim.places or claim.names:
                claims.append(claim)
    for place in reader.places[:64]:
        if place.concept.key != "world":
            negated = reader.negated(place.start, place.end)
            claims.append(reader.claim("member", place.start, place.end, None, negated))
    return claims


def claims_of(reader: Reader) -> tuple[Claim, ...]:
    """The quantified claims of a text, those with a quantifier first."""
    claims = [c for h in reader.quantifiers[:64] if (c := _quantified(reader, h)) is not None]
    excepted = {reader.clause(c.start) for c in claims if c.kind == "except"}
    if reader.lang in ("zh", "ja"):  # 除…外，其余…均: the universal stands in the next clause
        excepted = {n + d for n in excepted for d in (-1, 0, 1)}
    claims = [c for c in claims if c.kind != "all" or reader.clause(c.start) not in excepted]
    denied = {reader.clause(h.start) for h in reader.quantifiers if h.concept.key == "not_all"}
    claims = [  # すべての…わけではない: the denial stands at the end of the clause
        replace(c, kind="not_all", negated=False) if c.kind == "all" and reader.clause(c.start) in denied else c
        for c in claims
    ]
    return (*claims, *_spread(reader), *_counted(reader), *_members(reader))[:MAX_CLAIMS]
