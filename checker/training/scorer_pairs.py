"""The pairs that the scorer is fitted on: those of held-out cases, and two sorts that the cases hold too few of.

Real documents repeat themselves from year to year, nearer than any contradiction; and what is denied in the same words
is as near. So statements are set beside themselves in slightly other words, and near pairs of the development frames,
which the judge was not trained on, are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..corpus import with_languages
from ..features import features
from ..frames import Frame, as_statement
from ..judging import judge_candidates
from ..pipeline import Options, judge_corpus, quiet
from ..records import Candidate, Judgement, Statement
from ..signals import compare

if TYPE_CHECKING:
    from ..cases import Case
    from ..models import Encoder, Judge

NEAREST = 6.0  # z of a restatement: far nearer than anything else
NEAR = 0.85  # cosine of statements in nearly the same words
FILLER = re.compile(r"\b(?:also|very|the|our|its|their|die|der|das|les|des|los|las) |[的也了]")
OUTCOMES = {"contradiction": 1, "update": 2}  # 0: neither


class Pairs(NamedTuple):
    """Judged pairs of labelled cases: features ``[n, f]``, outcome ``[n]`` (see OUTCOMES) and case ``[n]``."""

    x: NDArray[np.float64]
    y: NDArray[np.int64]
    group: NDArray[np.int64]


def case_features(cases: list[Case], encoder: Encoder, judge: Judge, neighbours: int | None) -> Pairs:
    """Features, outcomes and cases of all judged pairs."""
    x, y, group = [], [], []
    for number, case in enumerate(cases):
        labels = case.labels()
        judged = judge_corpus(case.corpus, Options(neighbours=neighbours), encoder, judge, quiet)
        for judgement in [*judged.judgements, *restatements(case, encoder, judge)]:
            c = judgement.candidate
            x.append(features(judgement))
            y.append(OUTCOMES.get(labels.get(frozenset((c.a.id, c.b.id)), ""), 0))
            group.append(number)
    return Pairs(np.array(x), np.array(y), np.array(group))


def restatements(case: Case, encoder: Encoder, judge: Judge) -> list[Judgement]:
    """Every tenth statement against itself with a word or two left out, as reports repeat themselves from year to year.

    The cases hold no such pairs, real documents hold many: nearer than any contradiction, and none.
    """
    said = list(with_languages(case.corpus.statements))[::10]
    again = [said_again(s, said[i - 1]) for i, s in enumerate(said)]
    vectors = encoder.encode([s.text for s in (*said, *again)])
    cosines = (vectors[: len(said)] * vectors[len(said) :]).sum(axis=1)
    pairs = [Candidate(a, b, float(c), NEAREST) for a, b, c in zip(said, again, cosines, strict=True)]
    judged = judge_candidates([p for p in pairs if p.a.text != p.b.text], judge)
    return [replace(j, signals=compare(j.candidate.a, j.candidate.b)) for j in judged]


def said_again(statement: Statement, other: Statement) -> Statement:
    """The statement, said again where another one was said."""
    return msgspec.structs.replace(other, id=f"{statement.id} again", document="", lang=statement.lang,
                                   text=reworded(statement.text), role=statement.role)  # fmt: skip


def reworded(text: str) -> str:
    """A text without its filler words; without its last full stop where it has none."""
    shorter = FILLER.sub("", text)
    return shorter if shorter != text else text.rstrip(".。")


def near_pairs(frames: list[Frame], encoder: Encoder, judge: Judge, background: tuple[float, float]) -> Pairs:
    """Pairs within frames in nearly the same words: denied, changed, or beside the matter; a frame is a case."""
    candidates, outcomes, groups = [], [], []
    mean, deviation = background
    for number, frame in enumerate(frames):
        texts = [s.text for s in frame.sentences]
        vectors = dict(zip(texts, encoder.encode(texts), strict=True))
        for a, b, outcome in labelled(frame):
            cosine = float(vectors[a.text] @ vectors[b.text])
            if cosine >= NEAR:
                candidates.append(Candidate(a, b, cosine, (cosine - mean) / deviation))
                outcomes.append(outcome)
                groups.append(number)
    judged = [replace(j, signals=compare(j.candidate.a, j.candidate.b)) for j in judge_candidates(candidates, judge)]
    return Pairs(np.array([features(j) for j in judged]), np.array(outcomes), np.array(groups))


def labelled(frame: Frame) -> Iterator[tuple[Statement, Statement, int]]:
    """A frame's claims, each with every statement against and beside it, and the outcome."""
    for claim, other in product(frame.claim, (*frame.against, *frame.beside)):
        label = "contradiction" if other in frame.against else "update" if other.is_update else ""
        yield as_statement(claim, "a"), as_statement(other, "b"), OUTCOMES.get(label, 0)


def together(first: Pairs, second: Pairs) -> Pairs:
    """Two sets of pairs, no case of the one being a case of the other."""
    apart = first.group.max() + 1
    return Pairs(np.r_[first.x, second.x], np.r_[first.y, second.y], np.r_[first.group, second.group + apart])
