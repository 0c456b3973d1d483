"""Blocking rules beside nearness: statements that share a metric, a standard or a rare name are worth judging too.

Each rule gives a statement keys; two statements of one company with a common key are proposed, nearest first, a few for
each statement, so that a company that speaks of its revenue a thousand times does not have all pairs judged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from .packs import Packs
from .records import Statement
from .signals.quantities import quantities
from .signals.standard_mentions import mentions

EACH = 2  # pairs that a rule adds for a statement
CROWD = 60  # statements with one key beyond which it says too little
RARE = 3  # statements of a company that a name may stand in and be rare
NAME = re.compile(r"\b[A-Z][A-Za-z]*[a-z0-9][\w-]*(?: [A-Z][\w-]+){0,3}|\b[A-Z]{2,}[\w-]*|《[^》]{2,30}》|“[^”]{2,30}”")
START = re.compile(r"(?:^|[.!?:;。！？]\s*)[\"“'(]*$")

Rule = Callable[[Sequence[Statement], Packs], list[set[str]]]
Pair = tuple[int, int]


def same_metric(statements: Sequence[Statement], packs: Packs) -> list[set[str]]:
    """What is measured and in which dimension."""
    return [
        {f"{q.measure} {q.dimension}" for q in quantities(s.text, s.lang) if q.measure and q.dimension}
        for s in statements
    ]


def same_standard(statements: Sequence[Statement], packs: Packs) -> list[set[str]]:
    """The instruments that are named, and the topics on which a universal or a local standard is claimed."""
    found = []
    for s in statements:
        named = mentions(s.text, s.lang, packs)
        topics = {topic for m in named if m.kind in ("norm", "formula", "defers") for topic in m.topics}
        found.append({m.id for m in named if not m.relative and m.kind != "formula"} | topics)
    return found


def rare_name(statements: Sequence[Statement], packs: Packs) -> list[set[str]]:
    """Names that few statements hold: capitals within a sentence, titles in quotation marks."""
    names = [set(_names(s.text)) for s in statements]
    count = Counter(name for row in names for name in row)
    return [{name for name in row if 2 <= count[name] <= RARE} for row in names]


def _names(text: str) -> Iterator[str]:
    for match in NAME.finditer(text):
        if not START.search(text, max(0, match.start() - 4), match.start()):
            yield match.group().casefold()


RULES: dict[str, Rule] = {"same metric": same_metric, "same standard": same_standard, "rare name": rare_name}


def proposed(
    statements: Sequence[Statement], packs: Packs, nearness: Callable[[Pair], float | None]
) -> dict[str, set[Pair]]:
    """By rule the pairs (i, j), i < j, with a common key; ``nearness`` is None for pairs that may not be compared."""
    found: dict[str, set[Pair]] = {}
    for name, rule in RULES.items():
        holders: dict[str, list[int]] = defaultdict(list)
        for i, keys in enumerate(rule(statements, packs)):
            for key in keys:
                holders[key].append(i)
        pairs = {pair for rows in holders.values() if len(rows) <= CROWD for pair in combinations(rows, 2)}
        near = {pair: value for pair in pairs if (value := nearness(pair)) is not None}
        found[name] = _nearest(near)
    return found


def _nearest(near: dict[Pair, float]) -> set[Pair]:
    """The pairs that are among the nearest of either statement."""
    taken: Counter[int] = Counter()
    kept = set()
    for pair in sorted(near, key=lambda p: (-near[p], p)):
        if min(taken[i] for i in pair) < EACH:
            kept.add(pair)
            taken.update(pair)
    return kept
