"""Blocking rules beside nearness: statements that share a metric, a standard or a rare name are worth judging too.

Each rule gives a statement keys; two statements of one company with a common key are proposed, nearest first, a few for
each statement, so that a company that speaks of its revenue a thousand times does not have all pairs judged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from .packs import Packs
from .records import Statement
from .remembering import remembered, sources
from .signals.cached import LIBRARIES, digest_of
from .signals.quantities import quantities
from .signals.standard_mentions import mentions

if TYPE_CHECKING:
    from .store import Store

EACH = 2  # pairs that a rule adds for a statement
CROWD = 60  # statements with one key beyond which it says too little
RARE = 3  # statements of a company that a name may stand in and be rare
NAME = re.compile(r"\b[A-Z][A-Za-z]*[a-z0-9][\w-]*(?: [A-Z][\w-]+){0,3}|\b[A-Z]{2,}[\w-]*|《[^》]{2,30}》|“[^”]{2,30}”")
START = re.compile(r"(?:^|[.!?:;。！？]\s*)[\"“'(]*$")

Reading = Callable[[Statement, Packs], set[str]]
Pair = tuple[int, int]


def same_metric(statement: Statement, packs: Packs) -> set[str]:
    """What is measured and in which dimension."""
    found = quantities(statement.text, statement.lang)
    return {f"{q.measure} {q.dimension}" for q in found if q.measure and q.dimension}


def same_standard(statement: Statement, packs: Packs) -> set[str]:
    """The instruments that are named, and the topics on which a universal or a local standard is claimed."""
    named = mentions(statement.text, statement.lang, packs)
    topics = {topic for m in named if m.kind in ("norm", "formula", "defers") for topic in m.topics}
    return {m.id for m in named if not m.relative and m.kind != "formula"} | topics


def rare_name(statements: Sequence[Statement]) -> list[set[str]]:
    """Names that few statements hold: capitals within a sentence, titles in quotation marks."""
    names = [set(_names(s.text)) for s in statements]
    count = Counter(name for row in names for name in row)
    return [{name for name in row if 2 <= count[name] <= RARE} for row in names]


def _names(text: str) -> Iterator[str]:
    for match in NAME.finditer(text):
        if not START.search(text, max(0, match.start() - 4), match.start()):
            yield match.group().casefold()


READINGS: dict[str, Reading] = {"same metric": same_metric, "same standard": same_standard}


def keys(statements: Sequence[Statement], packs: Packs, store: Store | None = None) -> dict[str, list[set[str]]]:
    """By rule the keys of each statement; what a statement is read for alone is kept in the store."""
    made_by = sources("signals", "packs", "blocking.py", libraries=LIBRARIES) + digest_of(packs) if store else ""
    rows = [(s.text, s.lang) for s in statements]
    found = {
        name: remembered(store, name, made_by, rows, partial(_read, reading, statements, packs), set[str])
        for name, reading in READINGS.items()
    }
    return {**found, "rare name": rare_name(statements)}


def _read(reading: Reading, statements: Sequence[Statement], packs: Packs, i: int) -> set[str]:
    return reading(statements[i], packs)


def proposed(
    statements: Sequence[Statement],
    packs: Packs,
    nearness: Callable[[Pair], float | None],
    store: Store | None = None,
) -> dict[str, set[Pair]]:
    """By rule the pairs (i, j), i < j, with a common key; ``nearness`` is None for pairs that may not be compared."""
    found: dict[str, set[Pair]] = {}
    for name, by_statement in keys(statements, packs, store).items():
        holders: dict[str, list[int]] = defaultdict(list)
        for i, named in enumerate(by_statement):
            for key in named:
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
