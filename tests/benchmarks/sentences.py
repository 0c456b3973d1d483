"""How well sentences are found, beside nupunkt, pysbd and a plain regular expression.

    python tests/benchmarks/sentences.py [folder with <language>.jsonl]

Prints Markdown tables: precision, recall and F1 of the boundaries between sentences, and the share of sentences that are
right as a whole, on the part of each file that the rules were written with (the first two thirds) and on the part that
was kept from them; then what each splitter takes to load, and how fast it is. Splitters that are not installed are left out.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent.parent / "ingest" / "sentences"
LANGUAGES = ("en", "zh", "ja", "ko", "de", "fr", "es", "pt", "it", "nl")
REGEX = re.compile(r"(?<=[.!?。！？])\s*")
PYSBD = {"ko": "en", "pt": "es"}  # it has no Korean and no Portuguese

Splitter = Callable[[str, str], Iterable[str]]


class Labelled(NamedTuple):
    """A paragraph and its sentences."""

    text: str
    sentences: list[str]


class Score(NamedTuple):
    """Boundaries found, wrong and missed; sentences right as a whole, and all of them."""

    found: int
    wrong: int
    missed: int
    whole: int
    sentences: int

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.wrong) if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.found / (self.found + self.missed) if self.found else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.found / (2 * self.found + self.wrong + self.missed) if self.found else 0.0


def read(path: Path) -> list[Labelled]:
    return [Labelled(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def parts(rows: Sequence[Labelled]) -> tuple[Sequence[Labelled], Sequence[Labelled]]:
    """The two thirds that the rules were written with, and the third that was kept from them."""
    seen = len(rows) * 2 // 3
    return rows[:seen], rows[seen:]


def starts(text: str, sentences: Iterable[str]) -> list[int]:
    """Where each sentence begins; those that a splitter changed are passed over."""
    found, position = [], 0
    for sentence in sentences:
        at = text.find(sentence.strip(), position) if sentence.strip() else -1
        if at >= 0:
            found.append(at)
            position = at + len(sentence.strip())
    return found


def score(rows: Iterable[Labelled], lang: str, split: Splitter) -> Score:
    found = wrong = missed = whole = sentences = 0
    for row in rows:
        right, given = starts(row.text, row.sentences), starts(row.text, split(row.text, lang))
        found += len(set(right[1:]) & set(given[1:]))
        wrong += len(set(given[1:]) - set(right[1:]))
        missed += len(set(right[1:]) - set(given[1:]))
        end = [len(row.text)]
        pairs = [set(zip(s, s[1:] + end, strict=True)) for s in (right, given)]
        whole += len(pairs[0] & pairs[1])
        sentences += len(right)
    return Score(found, wrong, missed, whole, sentences)


def ours() -> Splitter:
    from checker.ingest.sentences import split

    return lambda text, lang: [text[a:b] for a, b in split(text, lang)]


def with_nupunkt() -> Splitter:
    import nupunkt

    return lambda text, lang: nupunkt.sent_tokenize(text)


def with_pysbd() -> Splitter:
    import pysbd

    segmenters = {lang: pysbd.Segmenter(language=PYSBD.get(lang, lang), clean=False) for lang in LANGUAGES}
    return lambda text, lang: segmenters[lang].segment(text)


def with_regex() -> Splitter:
    return lambda text, lang: REGEX.split(text)


MAKERS: dict[str, Callable[[], Splitter]] = {
    "checker": ours,
    "nupunkt": with_nupunkt,
    "pysbd": with_pysbd,
    "regex": with_regex,
}


def table(title: str, samples: dict[str, Sequence[Labelled]], splitters: dict[str, Splitter]) -> None:
    print(f"\n{title}: precision / recall / F1 of boundaries, share of sentences right as a whole\n")
    print("| language | boundaries |", " | ".join(splitters), "|")
    print("| --- | ---: |", " | ".join("---" for _ in splitters), "|")
    for lang, rows in samples.items():
        scores = [score(rows, lang, split) for split in splitters.values()]
        cells = [f"{s.precision:.3f} / {s.recall:.3f} / {s.f1:.3f}, {s.whole / s.sentences:.2f}" for s in scores]
        print(f"| {lang} | {scores[0].found + scores[0].missed} |", " | ".join(cells), "|")


def speed(texts: Sequence[tuple[str, str]], split: Splitter) -> float:
    """Megabytes (million characters) a second."""
    began = time.perf_counter()
    for text, lang in texts:
        list(split(text, lang))
    return sum(len(text) for text, _ in texts) / 1e6 / (time.perf_counter() - began)


def main(folder: Path) -> None:
    splitters: dict[str, Splitter] = {}
    loading: dict[str, float] = {}
    for name, make in MAKERS.items():
        began = time.perf_counter()
        try:
            splitters[name] = make()
        except ImportError:
            continue
        list(splitters[name]("One. Two.", "en"))
        loading[name] = time.perf_counter() - began
    samples = {lang: parts(read(folder / f"{lang}.jsonl")) for lang in LANGUAGES}
    table("Written with", {lang: seen for lang, (seen, _) in samples.items()}, splitters)
    table("Held out", {lang: kept for lang, (_, kept) in samples.items()}, splitters)
    texts = [(row.text, lang) for lang, both in samples.items() for rows in both for row in rows]
    print("\n| splitter | seconds to load | million characters a second |\n| --- | ---: | ---: |")
    for name, split in splitters.items():
        print(f"| {name} | {loading[name]:.2f} | {speed(texts * 5, split):.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
