"""Fuzz the readers, one format after the other: ``python tests/fuzz/fuzz_readers.py --seconds 60 [FORMAT...]``.

atheris (libFuzzer) steers the mutations by the code of checker that they reach. What a reader raises besides InputError, what
breaks the contract of blocks, and what takes longer than ``--slow`` seconds is kept in ``--out`` with its input.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import io
import json
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
MEMBERS = {
    "docx": [
        "word/document.xml",
        "word/numbering.xml",
        "word/styles.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    ],
    "pptx": ["ppt/slides/slide1.xml", "ppt/presentation.xml", "ppt/notesSlides/notesSlide1.xml", "[Content_Types].xml"],
}
MAX_SIZE = 100_000


def main() -> None:
    """Run each format in a process of its own, so that a crash of a library ends only its own turn."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("formats", nargs="*")
    parser.add_argument("--seconds", type=int, default=60, help="for each format")
    parser.add_argument("--slow", type=float, default=5.0, help="seconds that one small input may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        fuzz(args.formats[0], args.seconds, args.slow, args.seed, args.out)
        return
    from checker.ingest.formats import READERS

    args.out.mkdir(exist_ok=True)
    for name in args.formats or READERS:
        options = [f"--{key}={getattr(args, key)}" for key in ("seconds", "slow", "seed", "out")]
        done = subprocess.run(
            [sys.executable, __file__, "--one", *options, name], capture_output=True, text=True, check=False
        )
        print(summary(name, done), flush=True)


def summary(name: str, done: subprocess.CompletedProcess[str]) -> str:
    """One line on a format: inputs, how they ended, and whether the process itself did."""
    counts = [line for line in done.stdout.splitlines() if line.startswith("inputs")]
    crash = f"; the process ended with {done.returncode}: {done.stderr[-1500:]}" if done.returncode else ""
    return f"{name}: {counts[-1] if counts else 'no count'}{crash}"


class Target:
    """Reads inputs of one format, counts how they ended, and keeps those that ended badly."""

    def __init__(self, name: str, slow: float, out: Path, folder: Path) -> None:
        self.name, self.slow, self.out, self.folder = name, slow, out, folder
        self.counts: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.told = time.monotonic()

    def __call__(self, data: bytes) -> None:
        from fuzz.contract import check_reading

        whole = wrapped(self.name, data)
        (self.out / f"last-{self.name}").write_bytes(whole)  # what is left where the process dies
        started = time.monotonic()
        try:
            self.counts[check_reading(self.name, whole, self.folder)] += 1
        except Exception as error:
            self.counts["bad"] += 1
            self.keep(whole, where(error), traceback.format_exc())
        if time.monotonic() - started > self.slow:
            self.counts["slow"] += 1
            self.keep(whole, "slow", f"{time.monotonic() - started:.1f} seconds")
        if time.monotonic() - self.told > 1:
            self.told = time.monotonic()
            print(f"inputs {self.counts.total()}: {dict(self.counts)}", flush=True)

    def keep(self, data: bytes, kind: str, report: str) -> None:
        """Write an input beside what it did, once for each place in the code."""
        key = hashlib.sha256(kind.encode()).hexdigest()[:8]
        if key not in self.seen:
            self.seen.add(key)
            (self.out / f"{self.name}-{key}").write_bytes(data)
            (self.out / f"{self.name}-{key}.log").write_text(report, "utf-8", "replace")


def where(error: Exception) -> str:
    """The kind of an error and the line of checker that it passed through last."""
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if "/checker/" in f.filename or "/fuzz/" in f.filename
    ]
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {place} {str(error)[:15]}"


def wrapped(name: str, data: bytes) -> bytes:
    """The input as a file: a member of an Office file, named by its first byte, or the text of a row, or as it is."""
    from fuzz.sound import sound_files, with_member

    if name in ("jsonl", "csv") and data[:1] in (b"j", b"c"):
        return row(name, data[1:].decode("utf-8", "replace")).encode("utf-8", "replace")
    if name not in MEMBERS:
        return data
    members = MEMBERS[name]
    return with_member(sound_files()[name][0], members[data[0] % len(members)] if data else members[0], data[1:])


def row(name: str, text: str) -> str:
    """A sound table with this text in it."""
    if name == "jsonl":
        return json.dumps({"company": "Acme", "source": "policy", "date": text[:10], "text": text})
    stream = io.StringIO()
    csv.writer(stream).writerows([["company", "text", "url"], ["Acme", text, text[:30]]])
    return stream.getvalue()


def seeds(name: str) -> list[bytes]:
    """What the mutations start from."""
    from fuzz.sound import member, sound_files

    if name in ("jsonl", "csv"):
        return [*sound_files()[name], name[:1].encode() + b"We pay a living wage.\nAll of us."]
    if name not in MEMBERS:
        return sound_files()[name]
    return [bytes([i]) + member(sound_files()[name][0], part) for i, part in enumerate(MEMBERS[name])]


def fuzz(name: str, seconds: int, slow: float, seed: int, out: Path) -> None:
    """Feed one reader for some seconds."""
    import atheris

    with atheris.instrument_imports(include=["checker"]):
        import fuzz.contract  # noqa: F401

        from checker.ingest.formats import READERS

        __import__(f"checker.ingest.{READERS[name]}")
    from fuzz.mutations import KINDS, PIECES, Change, mutate, mutate_tree

    def change(data: bytes, max_size: int, number: int) -> bytes:
        chance = random.Random(number)
        if chance.random() < (0.05 if name in MEMBERS else 0.4):
            return bytes(atheris.Mutate(data, max_size))
        changes = [
            Change(chance.choice(KINDS), chance.randrange(1 << 16), chance.randrange(1, 400), chance.choice(PIECES))
            for _ in range(chance.randrange(1, 6))
        ]
        if name in MEMBERS and chance.random() < 0.9:
            changed = data[:1] + mutate_tree(data[1:], changes)
            return changed if len(changed) <= max_size else data
        return mutate(data, changes)[:max_size]

    folder = Path(tempfile.mkdtemp())
    (folder / "corpus").mkdir()
    for number, data in enumerate(seeds(name)):
        (folder / "corpus" / str(number)).write_bytes(data)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MAX_SIZE}",
        f"-seed={seed}",
        "-timeout=120",
        "-rss_limit_mb=4000",
    ]
    atheris.Setup(
        [sys.argv[0], *options, str(folder / "corpus")], Target(name, slow, out, folder), custom_mutator=change
    )
    with contextlib.redirect_stderr(sys.stdout):
        atheris.Fuzz()


if __name__ == "__main__":
    main()
