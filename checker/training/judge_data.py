"""The pairs that train the judge, labelled 0 entailment, 1 neutral, 2 contradiction, 3 update.

From frames: claim x against is a contradiction, claim x claim consistent, claim x beside neutral (an update where it
announces a change), statements of two frames neutral - many of them, near and far, short and long, within and across
languages, because a company's other statements are what the judge mostly reads. From real documents: sentences of the
same company that share words, or do not, are neutral. A share of public NLI pairs is replayed against forgetting.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from msgspec import structs

from ..cases import Case
from ..context import as_read, dated
from ..frames import Frame, Sentence, guess_lang

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..records import Statement

ENTAILMENT, NEUTRAL, CONTRADICTION, UPDATE = 0, 1, 2, 3
NEAR = slice(
    3, 40
)  # ranks of other frames' statements that make "related but no conflict"; the first may be the same matter
LABELLED = {"contradiction": CONTRADICTION, "update": UPDATE}
SHORT = 70  # characters: about ten English words


STAMP = re.compile(r"\[\d{4}(-\d{2})?\] ")  # as checker.context.dated writes it
YEAR_ONLY = 0.2  # share of the dates that are known to the year alone, as those of ingested reports often are
YEAR = re.compile(r"(?<!\d)20[012]\d(?!\d)")
YEARS = (2016, 2025)  # of made-up dates


class Row(NamedTuple):
    """A premise, a hypothesis and their label; of an update, which of the two is the later one."""

    a: str
    b: str
    label: int
    later: str = ""


def _turned(a: str, b: str, label: int, rng: random.Random) -> Row:
    later = ("b", "a") if label == UPDATE else ("", "")
    return Row(a, b, label, later[0]) if rng.random() < 0.5 else Row(b, a, label, later[1])


def frame_rows(frames: list[Frame], rng: random.Random, both: float = 0.2) -> Iterator[Row]:
    """The labelled pairs within frames in a random order of the sides, a share ``both`` in the other order too."""
    for frame in frames:
        for a, b in product(frame.claim, frame.against):
            yield from _once_or_twice(a, b, CONTRADICTION, rng, both)
        for a, b in product(frame.claim, frame.beside):
            yield from _once_or_twice(a, b, UPDATE if b.is_update else NEUTRAL, rng, 1.0 if b.is_update else both)
        for a, b in product(frame.claim, frame.claim):
            if a is not b:
                yield Row(a.text, b.text, ENTAILMENT)


def _once_or_twice(a: Sentence, b: Sentence, label: int, rng: random.Random, both: float) -> Iterator[Row]:
    first = _turned(a.text, b.text, label, rng)
    yield first
    if rng.random() < both:
        yield Row(first.b, first.a, label, {"a": "b", "b": "a"}.get(first.later, ""))


def far_rows(frames: list[Frame], count: int, rng: random.Random) -> Iterator[Row]:
    """Statements of two random frames: half of them short, most of them in two languages."""
    statements = [(i, s) for i, frame in enumerate(frames) for s in frame.sentences]
    short = [x for x in statements if len(x[1].text) < SHORT] or statements
    made = 0
    for _ in range(20 * count):  # some draws are of one frame; where there is only one, all are
        pool = short if rng.random() < 0.5 else statements
        (i, a), (j, b) = rng.choice(pool), rng.choice(pool)
        if i != j and (a.lang != b.lang or rng.random() < 0.5):
            made += 1
            yield Row(a.text, b.text, NEUTRAL)
        if made == count:
            return


def near_rows(frames: list[Frame], vectors: NDArray[np.float32], count: int, rng: random.Random) -> Iterator[Row]:
    """A statement and a near one of another frame, half of them in another language; vectors ``[n, d]``, unit rows."""
    statements = [(i, s) for i, frame in enumerate(frames) for s in frame.sentences]
    owner = np.array([i for i, _ in statements])
    lang = np.array([s.lang for _, s in statements])
    for n in rng.choices(range(len(statements)), k=count):
        cosine = vectors @ vectors[n]
        cosine[owner == owner[n]] = -1
        if rng.random() < 0.5:
            cosine[lang == lang[n]] = -1
        near = np.argpartition(-cosine, NEAR.stop)[: NEAR.stop]
        near = near[np.argsort(-cosine[near])][NEAR]
        yield _turned(statements[n][1].text, statements[rng.choice(list(near))][1].text, NEUTRAL, rng)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def real_rows(path: Path, frames: list[Frame], near: int, rng: random.Random) -> Iterator[Row]:
    """Neighbours in real prose, random pairs of one company, and real English beside a Chinese statement of a frame."""
    rows = list(read_rows(path))
    by_company: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        by_company[row["company"]] += [(row["a"], row["da"]), (row["b"], row["db"])]
    for row in rng.sample(rows, min(near, len(rows))):
        yield _turned(row["a"], row["b"], NEUTRAL, rng)
    chinese = [s.text for f in frames for s in f.sentences if s.lang == "zh"]
    for company in rng.choices(sorted(by_company), k=near // 3):
        (a, doc_a), (b, doc_b) = rng.choices(by_company[company], k=2)
        if doc_a != doc_b:
            yield Row(a, b, NEUTRAL)
        yield _turned(a, rng.choice(chinese), NEUTRAL, rng)


def among_others(rows: list[Row], frames: list[Frame], share: float, rng: random.Random) -> list[Row]:
    """The rows, a share of them with an unrelated statement (Chinese, else English) before or after one text.

    Real statements say several things, of which one conflicts. What is entailed is no longer so when more is said.
    """
    others: dict[str, list[str]] = defaultdict(list)
    for statement in (s for frame in frames for s in frame.sentences):
        others[statement.lang].append(statement.text)
    return [_with_other(row, others, rng) if rng.random() < share else row for row in rows]


def _with_other(row: Row, others: dict[str, list[str]], rng: random.Random) -> Row:
    side = rng.choice(("a", "b"))
    stamp = STAMP.match(getattr(row, side))
    text = getattr(row, side)[stamp.end() if stamp else 0 :]
    known = others.get(guess_lang(text) or "")
    if not known:
        return row
    both = [text, rng.choice(known)]
    rng.shuffle(both)
    label = NEUTRAL if side == "b" and row.label == ENTAILMENT else row.label
    return row._replace(**{side: (stamp.group() if stamp else "") + " ".join(both)}, label=label)


def with_dates(rows: list[Row], share: float, rng: random.Random) -> list[Row]:
    """The rows, a share of them with made-up dates that fit the years they name: an update's later text is the later.

    The others have any order, so that dates alone tell no label.
    """
    return [_with_dates(row, rng) if rng.random() < share else row for row in rows]


def _with_dates(row: Row, rng: random.Random) -> Row:
    first, second = _month(row.a, rng), _month(row.b, rng)
    if not YEAR.search(row.b):
        second = first + rng.choice((-1, 1)) * rng.randint(2, 40)
    if row.later == "a" and not YEAR.search(row.a + row.b):
        first, second = max(first, second), min(first, second)
    if row.later == "b" and not YEAR.search(row.a + row.b):
        first, second = min(first, second), max(first, second)
    gap = {"a": first - second, "b": second - first}.get(row.later, abs(first - second))
    if gap < 2:
        return row
    return row._replace(a=dated(row.a, _known(_as_date(first), rng)), b=dated(row.b, _known(_as_date(second), rng)))


def _month(text: str, rng: random.Random) -> int:
    """Months since year 0 of a day on which a text may have been written."""
    named = [int(y) for y in YEAR.findall(text) if int(y) <= YEARS[1]]
    year = max(named) + (rng.random() < 0.3) if named else rng.randint(*YEARS)
    return 12 * year + rng.randrange(12)


def _as_date(months: int) -> str:
    return f"{months // 12}-{months % 12 + 1:02}"


def _known(date: str, rng: random.Random) -> str:
    """A date as far as it is known: now and then the year is all."""
    return date[:4] if rng.random() < YEAR_ONLY else date


NLI_WEIGHT = {
    "mnli": 0.12, "mnli-tok": 0.05, "xnli": 0.6, "xnli-cross": 0.5, "ocnli": 0.7, "cnli": 0.06, "lingnli": 0.08,
    "fever": 0.03, "decode": 0.08, "cdconv": 0.2, "snli": 0.1, "conjnli": 0.1, "jsick": 0.1, "jnli": 0.3,
    "klue": 0.5, "healthver": 0.3, "cad": 0.05, "zhprobe": 0.1, "fm2": 0.2, "negation-snli": 0.2, "breaking": 0.05,
}  # fmt: skip


def nli_rows(path: Path, scale: float, rng: random.Random) -> Iterator[Row]:
    """A sample of public NLI pairs, more of the sets in other languages than English."""
    for row in read_rows(path):
        if rng.random() < scale * NLI_WEIGHT.get(row["src"], 0.0):
            yield Row(row["a"], row["b"], row["y"])


def by_length(rows: list[Row], batch: int, rng: random.Random, window: int = 64) -> list[Row]:
    """Shuffle, then sort by length within windows of ``window`` batches and shuffle the batches: little padding."""
    rows = rng.sample(rows, len(rows))
    batches = []
    for start in range(0, len(rows), window * batch):
        part = sorted(rows[start : start + window * batch], key=_length)
        batches += [part[i : i + batch] for i in range(0, len(part), batch)]
    short = [b for b in batches if len(b) < batch]
    full = [b for b in batches if len(b) == batch]
    rng.shuffle(full)
    return [row for b in full + short for row in b]


def _length(row: Row) -> int:
    """Rough number of tokens: a Chinese character weighs more than a Latin one."""
    return sum(3 if guess_lang(c) == "zh" else 1 for c in row.a + row.b)


def case_rows(
    cases: list[Case], unrelated: int, rng: random.Random, repeat: int = 2, with_date: float = 0.0
) -> Iterator[Row]:
    """Labelled pairs of training cases, ``repeat`` times both ways, and a sample of each case's other pairs.

    A share ``with_date`` is read with the dates, as in use. Pairs within a document are neutral.
    """
    others: list[tuple[Statement, Statement]] = []
    for case in cases:
        said = {s.id: s for s in case.corpus.statements}
        labels = case.labels()
        for (a, b), label in ((sorted(pair), label) for pair, label in labels.items()):
            y = LABELLED.get(label, NEUTRAL)
            for _ in range(repeat):
                first, second = _read(said[a], said[b], rng, with_date)
                yield from [Row(first, second, y), Row(second, first, y)]
        others += [(said[a], said[b]) for a, b in combinations(said, 2) if frozenset((a, b)) not in labels]
    for one, other in rng.sample(others, min(unrelated, len(others))):
        yield _turned(*_read(one, other, rng, with_date), NEUTRAL, rng)


def _read(a: Statement, b: Statement, rng: random.Random, with_date: float) -> tuple[str, str]:
    if rng.random() >= with_date:
        return a.text, b.text
    a, b = (structs.replace(s, date=_known(s.date, rng)) if s.date else s for s in (a, b))
    return as_read(a, b)
