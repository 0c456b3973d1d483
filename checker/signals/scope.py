"""Scope: whether two statements speak of the same part of the company, and whether their quantifiers can both hold.

``relation`` names how the scopes stand to each other, ``compare`` makes a signal of it. A conflict is a universal ("all
plants", "in no country") against an exception, a part or a counter-instance in the same domain. Two scopes that shut
each other out (Scope 1 and Scope 3, Germany and Brazil, us and a competitor) are why statements that look opposed can
both be true. Agreement is of scope alone: contradictions have it too.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..records import Mark, Signal, Statement, Verdict
from .scope_claims import ANYWHERE, Claim
from .scope_lexicon import ancestors, name_of, stands_apart
from .scope_reading import Mention, Reading, read

SAME, DISJOINT, PART = "same", "disjoint", "part of whole"
UNIVERSAL, UNKNOWN = "universal against exception", "unknown"
_VERDICTS: dict[str, Verdict] = {SAME: "agree", UNIVERSAL: "conflict"}
_WORDS = {SAME: "same scope", DISJOINT: "other scope", PART: "part of whole"}
_UNIVERSALS = ("all", "none", "only", "uniform")
_ALIKE = ("all", "none", "only", "share", "except", "uniform", "varies", "not_all")


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation, the words for either side, and what it rests on."""

    relation: str
    words: tuple[str, str] = ("", "")
    a: tuple[Mark, ...] = ()
    b: tuple[Mark, ...] = ()
    by_only: bool = False

    def mirrored(self) -> _Found:
        return _Found(self.relation, self.words[::-1], self.b, self.a, self.by_only)

    def note(self) -> str:
        x, y = self.words
        facts = f"{x} against {y}" if x and y and x != y else (x or y)
        return f"{_WORDS[self.relation]}: {facts}" if self.relation in _WORDS else facts


def _inside(part: str, whole: str) -> bool:
    return whole in ancestors(part)


def _related(x: str, y: str) -> bool:
    return _inside(x, y) or _inside(y, x)


def _covers(universal: Claim, part: Claim) -> bool:
    """Whether the thing and places of a part lie within those of a universal."""
    if part.kind != "varies":
        if universal.domain == ANYWHERE:
            if not part.places and part.domain != ANYWHERE:
                return False
        elif not _inside(part.domain, universal.domain):
            return False
    if universal.names and universal.names != part.names:
        return False
    return not universal.places or any(_inside(p, u) for p in part.places for u in universal.places)


def _outside_only(only: Claim, part: Claim) -> bool:
    """ "Only our plants in Germany" against a plant in Spain."""
    if part.kind not in ("member", "some", "count", "share") or part.domain != only.domain or only.domain == ANYWHERE:
        return False
    if only.negated or part.negated or not (only.places and part.places):
        return False
    return not any(_related(p, u) for p in part.places for u in only.places)


def _broken(universal: Claim, part: Claim) -> bool:
    """Whether a universal cannot hold beside what is said of a part of its domain."""
    if universal.kind == "only":
        return _outside_only(universal, part)
    if not _covers(universal, part) or part.kind in ("only", "uniform"):
        return False
    if part.kind == "varies":
        return not part.negated
    if part.kind in ("all", "none") and universal.domain != part.domain:
        return False
    less = part.kind == "except" or (part.kind == "share" and not part.negated)  # neither all nor none
    not_all = part.kind == "not_all" and not universal.negated
    return less or not_all or (part.kind != "not_all" and universal.negated != part.negated)


def _mark(claim: Claim) -> Mark:
    return Mark(claim.start, claim.end, f"{claim.kind.replace('_', ' ')}: {name_of(claim.domain)}")


def _pair(relation: str, x: Claim, y: Claim) -> _Found:
    return _Found(relation, (f"“{x.text}”", f"“{y.text}”"), (_mark(x),), (_mark(y),), "only" in (x.kind, y.kind))


def _against(a: Reading, b: Reading) -> _Found | None:
    """The first universal of either side that a claim of the other breaks."""
    for x, y, swapped in ((a, b, False), (b, a, True)):
        for universal in x.claims:
            if universal.kind in _UNIVERSALS:
                for part in y.claims:
                    if _broken(universal, part):
                        found = _pair(UNIVERSAL, universal, part)
                        return found.mirrored() if swapped else found
    return None


def _of_mentions(relation: str, a: list[Mention], b: list[Mention]) -> _Found:
    words, marks = [], []
    for mentions in (a, b):
        words.append(", ".join(dict.fromkeys(name_of(m.key) for m in mentions[:3])))
        marks.append(tuple(Mark(m.start, m.end, name_of(m.key)) for m in mentions[:3]))
    return _Found(relation, (words[0], words[1]), marks[0], marks[1])


def _of_axis(a: list[Mention], b: list[Mention]) -> str:
    """How the concepts of one axis stand to each other."""
    x, y = {m.key for m in a}, {m.key for m in b}
    if x == y:
        return SAME
    if not any(_related(p, q) for p in x for q in y):
        return DISJOINT
    if all(any(_inside(p, q) for q in y) for p in x) or all(any(_inside(q, p) for p in x) for q in y):
        return PART
    return UNKNOWN


def _axes(reading: Reading) -> dict[str, list[Mention]]:
    axes: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        axes.setdefault(mention.axis, []).append(mention)
    return axes


def _scopes(a: Reading, b: Reading) -> _Found | None:
    """The relation of the named scopes: one axis that keeps the two apart is enough."""
    apart = [[m for m in r.mentions if stands_apart(m.key)] for r in (a, b)]
    if bool(apart[0]) != bool(apart[1]):
        return _of_mentions(DISJOINT, *apart)
    left, right = _axes(a), _axes(b)
    everywhere = any(c.kind in _UNIVERSALS and c.domain == ANYWHERE for r in (a, b) for c in r.claims)
    found: dict[str, _Found] = {}
    for axis in sorted(left.keys() & right.keys() - {"speaker"}):
        relation = _of_axis(left[axis], right[axis])
        if not (axis == "place" and relation == DISJOINT and everywhere):
            found.setdefault(relation, _of_mentions(relation, left[axis], right[axis]))
    return next((found[r] for r in (DISJOINT, PART, SAME) if r in found), None)


def _named(a: Reading, b: Reading) -> _Found | None:
    """Two plants, stores or the like that are called by different names."""
    left, right = ([c for c in r.claims if c.names and not c.places and c.domain != ANYWHERE] for r in (a, b))
    if {n for c in left for n in c.names} & {n for c in right for n in c.names}:
        return None
    for x in left:
        for y in right:
            if x.domain == y.domain:
                return _pair(DISJOINT, x, y)
    return None


def _part(whole: Claim, member: Claim) -> bool:
    return member.kind == "member" and whole.kind in (*_UNIVERSALS, "except", "not_all") and _covers(whole, member)


def _quantities(a: Reading, b: Reading) -> _Found | None:
    """The relation of the quantified claims where neither breaks the other."""
    part: _Found | None = None
    for x in a.claims:
        for y in b.claims:
            if x.kind == y.kind and x.kind in _ALIKE and x.domain == y.domain and x.negated == y.negated:
                return _pair(SAME, x, y)
            if part is None and (_part(x, y) or _part(y, x)):
                part = _pair(PART, x, y)
    return part


def _find(a: Statement, b: Statement) -> _Found:
    if (a.text, a.lang or "") > (b.text, b.lang or ""):
        return _find(b, a).mirrored()  # what is found first must not hang on which side comes first
    x, y = read(a.text, a.lang), read(b.text, b.lang)
    against = _against(x, y) if x != y else None
    scopes, quantities = _scopes(x, y) or _named(x, y), _quantities(x, y)
    if scopes and scopes.relation == DISJOINT and not (against and against.by_only):
        return scopes
    if against:
        return against
    for relation in (PART, SAME):
        for found in (quantities, scopes):
            if found and found.relation == relation:
                return found
    return _Found(UNKNOWN)


def relation(a: Statement, b: Statement) -> str:
    """How the scopes of two statements stand to each other."""
    return _find(a, b).relation


def compare(a: Statement, b: Statement) -> Signal:
    """The signal of the pair; a scope that differs is not comparable, with the two scopes in the note."""
    found = _find(a, b)
    verdict = _VERDICTS.get(found.relation, "not comparable")
    return Signal(
        name="scope", verdict=verdict, relation=found.relation, note=found.note(), a=list(found.a), b=list(found.b)
    )
