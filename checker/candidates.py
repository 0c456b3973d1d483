"""Which pairs are worth judging: the nearest statements of the same company in other documents.

Cosines of an encoder are not comparable between language pairs (Chinese-English pairs score lower than English ones),
so neighbours are ranked by the z-score of the cosine among the company's pairs in the same two languages.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .blocking import Pair, proposed
from .context import in_context
from .packs import Packs, default_packs
from .records import Candidate, Stage, Statement
from .text import normalise, same_company

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .store import Store

BLOCK = 2**24  # cells of the similarity matrix held at once, 64 MB a float32 array
SAMPLE = 2000  # statements of a company that the means of its language pairs are taken from
PRIOR = 50  # pairs: weight of the mean over all language pairs, for language pairs with few statements


@dataclass(frozen=True)
class Company:
    """A company's statements ``[n]`` as arrays: unit vectors, document, language and text by number."""

    statements: list[Statement]
    vectors: NDArray[np.float32]
    document: NDArray[np.int64]
    language: NDArray[np.int64]
    text: NDArray[np.int64]

    def may_compare(self, i: int, j: int, within_source: bool) -> bool:
        """Whether two statements may be compared: of two documents (or any), with other texts."""
        apart = within_source or self.document[i] != self.document[j]
        return bool(apart and self.text[i] != self.text[j])

    def comparable(self, rows: NDArray[np.int64], within_source: bool) -> NDArray[np.bool_]:
        """Which pairs ``[len(rows), n]`` may be compared: other documents (or all), other texts."""
        other: NDArray[np.bool_] = self.text[rows, None] != self.text[None, :]
        return other if within_source else other & (self.document[rows, None] != self.document[None, :])


def collapse(statements: Sequence[Statement]) -> tuple[list[Statement], Stage]:
    """Statements without those that repeat, but for case and punctuation, an earlier one of the same document."""
    seen: set[tuple[str, str, str]] = set()
    unique = []
    for s in statements:
        key = (same_company(s.company), s.document, normalise(in_context(s)))  # "it" may be two things
        if key not in seen:
            seen.add(key)
            unique.append(s)
    repeated = len(statements) - len(unique)
    return unique, Stage(
        "unique", len(statements), len(unique), {"repeated in its document": repeated} if repeated else {}
    )


def by_company(statements: Sequence[Statement], vectors: NDArray[np.float32]) -> list[Company]:
    """Group statements and their vectors ``[n, d]`` by company, in the order of first mention."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i, s in enumerate(statements):
        groups[same_company(s.company)].append(i)
    return [as_company([statements[i] for i in ids], vectors[ids]) for ids in groups.values()]


def as_company(statements: list[Statement], vectors: NDArray[np.float32]) -> Company:
    """Statements and their vectors ``[n, d]`` as one company."""
    return Company(
        statements, vectors,
        _numbered([s.document for s in statements]),
        _numbered([s.lang or "und" for s in statements]),
        _numbered([normalise(s.text) for s in statements]),
    )  # fmt: skip


def _numbered(values: Sequence[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(v, len(numbers)) for v in values], np.int64)


def default_neighbours(statements: int) -> int:
    """Five, or the whole part of log2 of the statements where that is more.

    With the other blocking rules that finds over 98% of the contradictions of labelled cases. A company with thousands
    of statements repeats itself, and what repeats a statement crowds its neighbours.
    """
    return max(5, int(math.log2(max(statements, 1))))


def find_candidates(
    companies: Sequence[Company], neighbours: int | None = None, within_source: bool = False,
    packs: Packs | None = None, new: Collection[str] | None = None, store: Store | None = None,
) -> tuple[list[Candidate], Stage]:  # fmt: skip
    """For each statement the nearest that it may be compared with, and what blocking rules add; nearest first.

    ``new`` are ids: where given, pairs of statements that were both there before are left out.
    """
    found: list[Candidate] = []
    considered, dropped, rules = 0, Counter[str](), Counter[str]()
    for company in companies:
        k = neighbours or default_neighbours(len(company.statements))
        pairs, comparable = _nearest(company, k, within_source)
        near = dict.fromkeys(pairs, ("neighbours",))
        by_rule = _proposed(company, within_source, packs or default_packs(), pairs, store)
        for name, more in by_rule.items():
            for pair in more:
                near[pair] = (*near.get(pair, ()), name)
        proposals = len(near)
        near = {pair: names for pair, names in near.items() if _is_news(company, pair, new)}
        found += [_candidate(company, i, j, *pairs[i, j], rules=names) for (i, j), names in near.items()]
        rules.update(name for names in near.values() for name in names)
        total = len(company.statements) * (len(company.statements) - 1) // 2
        considered += total
        dropped["same document or same text"] += total - comparable
        dropped[f"not among the {k} nearest, nor proposed by another rule"] += comparable - proposals
        dropped["both said before"] += proposals - len(near)
    found.sort(key=lambda c: (-c.z, c.a.id, c.b.id))
    left_out = {k: n for k, n in dropped.items() if n}
    return found, Stage("candidates", considered, len(found), left_out, dict(rules))


def _is_news(company: Company, pair: Pair, new: Collection[str] | None) -> bool:
    return new is None or any(company.statements[i].id in new for i in pair)


def _proposed(
    company: Company,
    within_source: bool,
    packs: Packs,
    pairs: dict[Pair, tuple[float, float]],
    store: Store | None,
) -> dict[str, set[Pair]]:
    """What the blocking rules propose; cosine and z of pairs that are new are added to ``pairs``."""
    mean, deviation = language_pair_statistics(company, within_source)

    def nearness(pair: Pair) -> float | None:
        if pair not in pairs:
            i, j = pair
            if not company.may_compare(i, j, within_source):
                return None
            cosine, languages = (
                float(company.vectors[i] @ company.vectors[j]),
                (company.language[i], company.language[j]),
            )
            pairs[pair] = cosine, float((cosine - mean[languages]) / deviation[languages])
        return pairs[pair][1]

    return proposed(company.statements, packs, nearness, store)


def _nearest(
    company: Company, neighbours: int, within_source: bool
) -> tuple[dict[tuple[int, int], tuple[float, float]], int]:
    """Pairs (i, j), i < j, with cosine and z; and the number of pairs that could be compared."""
    n = len(company.statements)
    mean, deviation = language_pair_statistics(company, within_source)
    pairs: dict[tuple[int, int], tuple[float, float]] = {}
    comparable = 0
    block = max(1, BLOCK // n)
    for start in range(0, n, block):
        rows = np.arange(start, min(start + block, n))
        allowed = company.comparable(rows, within_source)
        comparable += int(allowed.sum())
        cosine = company.vectors[rows] @ company.vectors.T
        languages = company.language[rows, None], company.language[None, :]
        z = np.where(allowed, (cosine - mean[languages]) / deviation[languages], -np.inf)
        k = min(neighbours, n)
        nearest = np.argpartition(-z, k - 1, axis=1)[:, :k]
        for row, columns in zip(rows, nearest, strict=True):
            for j in columns:
                if allowed[row - start, j]:
                    key = (int(min(row, j)), int(max(row, j)))
                    pairs[key] = (float(cosine[row - start, j]), float(z[row - start, j]))
    return pairs, comparable // 2


def language_pair_statistics(company: Company, within_source: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and standard deviation ``[languages, languages]`` of the cosine over comparable pairs.

    Each language pair is shrunk to the mean and variance over all pairs, as by PRIOR pairs more.
    """
    count = int(company.language.max()) + 1
    n = len(company.statements)
    rows = np.unique(np.linspace(0, n - 1, min(n, SAMPLE)).astype(np.int64))
    allowed = company.comparable(rows, within_source)[:, rows]
    cosine = (company.vectors[rows] @ company.vectors[rows].T).astype(np.float64)
    language = company.language[rows]
    low = np.minimum(language[:, None], language[None, :])
    high = np.maximum(language[:, None], language[None, :])
    pair = (low * count + high)[allowed]
    values = cosine[allowed]  # every pair twice, as (i, j) and (j, i)
    overall = values.mean() if values.size else 0.0
    spread = values.var() if values.size else 1.0
    number, total, square = (_symmetric(pair, weights, count) for weights in (None, values, values**2))
    mean = (total + 2 * PRIOR * overall) / (number + 2 * PRIOR)
    raw = (square + 2 * PRIOR * (spread + overall**2)) / (number + 2 * PRIOR)
    deviation = np.sqrt(np.maximum(raw - mean**2, 1e-6))
    return mean.astype(np.float32), deviation.astype(np.float32)


def _symmetric(pair: NDArray[np.int64], weights: NDArray[np.float64] | None, count: int) -> NDArray[np.float64]:
    """Sums ``[count, count]`` by language pair, the lower triangle mirrored from the upper."""
    sums = np.bincount(pair, weights, count * count).reshape(count, count).astype(np.float64)
    return sums + np.triu(sums, 1).T


def _candidate(company: Company, i: int, j: int, cosine: float, z: float, rules: tuple[str, ...]) -> Candidate:
    a, b = sorted((company.statements[i], company.statements[j]), key=lambda s: (s.date or "9999", s.document, s.id))
    return Candidate(a, b, cosine, z, rules)
