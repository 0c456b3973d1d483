"""Accuracy of a judge on public NLI sets and on the test frames: the figures in its card.

    python -m checker.training.measure [--nli FOLDER] [--frames corpora/frames] [--judge FOLDER]

Three classes (an update counts as neutral), premise to hypothesis as given. At most ``--sample`` pairs a set and
language, drawn with a fixed seed.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from ..frames import load_frames
from ..models import Judge, load_judge
from .judge_data import NEUTRAL, UPDATE, Row, far_rows, frame_rows, read_rows


def nli_sets(folder: Path) -> dict[str, list[Row]]:
    """Test sets by name and language, and the dev sets that have no test set here."""
    found: dict[str, list[Row]] = defaultdict(list)
    for part in ("dev", "test"):
        for row in read_rows(folder / f"{part}.jsonl.gz"):
            found[f"{row['src']} {row['lang']}"].append(Row(row["a"], row["b"], row["y"]))
    return found


def frame_sets(folder: Path) -> dict[str, list[Row]]:
    """Pairs within test frames, and of two test frames."""
    frames, rng = load_frames(folder, "test"), random.Random(0)
    return {
        "test frames": list(frame_rows(frames, rng, both=0)),
        "pairs of two test frames": list(far_rows(frames, 2000, rng)),
    }


def accuracies(judge: Judge, sets: dict[str, list[Row]], sample: int) -> Iterator[tuple[str, int, float]]:
    """Name, pairs and accuracy of each set."""
    for name, rows in sorted(sets.items()):
        chosen = random.Random(1).sample(rows, min(sample, len(rows)))
        found = judge.judge([(r.a, r.b) for r in chosen])
        found[:, NEUTRAL] += found[:, UPDATE]
        labels = np.array([NEUTRAL if r.label == UPDATE else r.label for r in chosen])
        yield name, len(chosen), float(np.mean(found[:, :UPDATE].argmax(axis=1) == labels))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nli", type=Path, help="folder with dev.jsonl.gz and test.jsonl.gz of public NLI pairs")
    parser.add_argument("--frames", type=Path, default=Path("corpora/frames"))
    parser.add_argument("--judge", help="a cross-encoder instead of the bundled judge")
    parser.add_argument("--sample", type=int, default=600)
    args = parser.parse_args()
    sets = frame_sets(args.frames)
    if args.nli:
        sets |= nli_sets(args.nli)
    else:
        print("public NLI sets: not given, left out")
    for name, pairs, accuracy in accuracies(load_judge(args.judge), sets, args.sample):
        print(f"{name}: {accuracy:.3f} ({pairs:,} pairs)", flush=True)


if __name__ == "__main__":
    main()
