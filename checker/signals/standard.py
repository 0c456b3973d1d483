"""Do two statements hold to the same standard?

Three conflicts: a standard that is the same for all against deference to local views; two rival standards, one of
them called the only one; a certificate or membership that one statement claims and the other denies. Obeying local law
is no deference: ``packs/formulae.toml`` says where the line runs. Whatever remains in doubt is not comparable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ..packs import Packs, default_packs
from ..records import Mark, Signal, Statement, Verdict
from .standard_mentions import Mention, mentions, share

__all__ = ["Mention", "compare", "mentions", "relation"]

Relation = Literal["universal against relative", "rival standards", "held against not held", "same standard", "unknown"]
NAME = "standard"
_VERDICT: dict[Relation, Verdict] = {
    "universal against relative": "conflict",
    "rival standards": "conflict",
    "held against not held": "conflict",
    "same standard": "agree",
    "unknown": "not comparable",
}
_YEARS_APART = 1.5  # a certificate may be gained in that time
_MONTHS_OF_NEWS = 0.5  # in years: a loss reported that much later may have come after the claim


class _Found(NamedTuple):
    relation: Relation
    a: Mention
    b: Mention


def compare(a: Statement, b: Statement, packs: Packs | None = None) -> Signal:
    """Whether two statements hold to one standard, contradict each other about it, or cannot be compared."""
    found = _relate(a, b, packs or default_packs())
    if found is None:
        return Signal(name=NAME, verdict="not comparable")
    return Signal(
        name=NAME,
        verdict=_VERDICT[found.relation],
        relation=found.relation,
        note=f"{_label(found.a)} against {_label(found.b)}" if found.relation != "same standard" else _same(found),
        a=[Mark(start=found.a.start, end=found.a.end, what=_label(found.a))],
        b=[Mark(start=found.b.start, end=found.b.end, what=_label(found.b))],
    )


def relation(a: Statement, b: Statement, packs: Packs | None = None) -> str:
    """How the standards of two statements stand to each other, in words."""
    found = _relate(a, b, packs or default_packs())
    return found.relation if found else "unknown"


def _label(m: Mention) -> str:
    if m.relative:
        return f"{m.id} ({m.kind})"
    if m.kind == "formula":
        return f"{m.id} (universal)"
    return f"{m.id} ({m.stance}{', only' if m.exclusive else ''})"


def _same(found: _Found) -> str:
    a, b = _label(found.a), _label(found.b)
    return f"both {a}" if a == b else f"{a} and {b}"


def _relate(a: Statement, b: Statement, packs: Packs) -> _Found | None:
    if _key(b) < _key(a):
        found = _relate_ordered(b, a, packs)
        return _Found(found.relation, found.b, found.a) if found else None
    return _relate_ordered(a, b, packs)


def _key(s: Statement) -> tuple[str, str, str]:
    """An order of statements, so that a pair gives the same verdict whichever comes first."""
    return s.text, s.lang or "", s.date or ""


def _relate_ordered(a: Statement, b: Statement, packs: Packs) -> _Found | None:
    if "analyst" in (a.role, b.role):
        return None
    of_a = [m for m in mentions(a.text, a.lang, packs) if m.stance != "named"]
    of_b = [m for m in mentions(b.text, b.lang, packs) if m.stance != "named"]
    if not of_a or not of_b:
        return None
    return next(_conflicts(of_a, of_b, a, b, packs), None) or next(_agreements(of_a, of_b, packs), None)


def _conflicts(of_a: list[Mention], of_b: list[Mention], a: Statement, b: Statement, packs: Packs) -> Iterator[_Found]:
    pairs = [(x, y) for x in of_a for y in of_b]
    for x, y in pairs:
        if (_against(x, y) or _against(y, x)) and share(x.topics, y.topics, packs):
            yield _Found("universal against relative", x, y)
    for x, y in pairs:
        if _rivals(x, y):
            yield _Found("rival standards", x, y)
    for x, y in pairs:
        if _denied(x, y, a, b) or _denied(y, x, b, a):
            yield _Found("held against not held", x, y)


def _agreements(of_a: list[Mention], of_b: list[Mention], packs: Packs) -> Iterator[_Found]:
    for x in of_a:
        for y in of_b:
            if _same_instrument(x, y) or _same_formula(x, y, packs):
                yield _Found("same standard", x, y)


def _against(x: Mention, y: Mention) -> bool:
    """A standard of conduct that is the same for all against what is local; certificates set no level of conduct."""
    return x.kind in ("norm", "formula") and x.stance == "held" and y.kind == "defers"


def _rivals(x: Mention, y: Mention) -> bool:
    rivals = bool(x.family) and x.family == y.family and x.id != y.id
    return rivals and x.stance == y.stance == "held" and (x.exclusive or y.exclusive)


def _denied(x: Mention, y: Mention, a: Statement, b: Statement) -> bool:
    """Whether x claims what y denies, for the same sites and at the same time; or x for all what y has for a part."""
    if x.id != y.id or x.relative or x.stance != "held" or _apart(x, y, a, b):
        return False
    if x.places and y.places and not x.places & y.places:
        return False
    nested = x.names <= y.names or y.names <= x.names
    if y.stance == "held":
        return x.kind == "certificate" and x.extent == "all" and y.extent == "part" and nested
    if x.extent == "part" and y.extent != "all":
        return False
    if x.extent == "all" or y.extent == "all":
        return True
    return bool(x.names & y.names and nested) or not (x.names or y.names or y.extent == "part")


def _apart(held: Mention, denied: Mention, a: Statement, b: Statement) -> bool:
    """Whether the certificate may have been gained or lost between statement a, which has it, and b, which has not."""
    if not a.date or not b.date:
        return False
    later = _years(b.date) - _years(a.date)
    lost_before = 0 < denied.year <= int(a.date[:4])  # "lapsed in 2021", said of a claim made in 2021 or after
    if denied.lost and not lost_before and later >= _MONTHS_OF_NEWS:
        return True
    return denied.stance == "not held" and later <= -_YEARS_APART


def _years(date: str) -> float:
    return int(date[:4]) + (int(date[5:7]) - 1 if len(date) > 4 else 6) / 12


def _same_instrument(x: Mention, y: Mention) -> bool:
    if x.relative or y.relative or x.stance != y.stance or "formula" in (x.kind, y.kind):
        return False
    if x.id != y.id and x.id not in y.includes and y.id not in x.includes:
        return False
    if x.kind != "certificate":
        return True
    if x.stance == "not held":
        return "part" not in (x.extent, y.extent) and x.names == y.names
    return x.extent == y.extent != "part" and x.names == y.names


def _same_formula(x: Mention, y: Mention, packs: Packs) -> bool:
    if x.relative and y.relative:
        return x.kind == y.kind and share(x.topics, y.topics, packs)
    return x.kind == y.kind == "formula" and bool(x.topics & y.topics)
