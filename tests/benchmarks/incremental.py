"""What a second run costs: the first run over 5,000 statements of one company, the same again, and with one changed.

    python tests/benchmarks/incremental.py [STATEMENTS]

Every run is a process of its own with the same new cache, timed from its start to its end. The statements are those of
all cases for training and of frames, as if one company had said them in some hundreds of documents.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from checker import Options, Statement, check, read_corpus
from checker.frames import load_frames
from checker.store import Store

CORPORA = Path(__file__).parent.parent.parent / "corpora"


def statements(count: int) -> list[Statement]:
    """So many statements of one company, each case and each frame a few documents."""
    found = []
    for path in sorted((CORPORA / "train").glob("*/statements.jsonl")):
        found += [
            msgspec.structs.replace(s, company="Group", id=f"{path.parent.name} {s.id}", document=f"{path.parent.name} {s.document}")
            for s in read_corpus([str(path)]).statements
        ]  # fmt: skip
    for frame in load_frames(CORPORA / "frames", "train"):
        for n, said in enumerate((*frame.claim, *frame.against)):
            found.append(Statement(id=f"{frame.name} {n}", company="Group", source=said.source,
                                   document=f"{frame.name} {n}", lang=said.lang, text=said.text))  # fmt: skip
    return found[:count]


def run(folder: Path, count: int, changed: bool) -> None:
    """One run; prints how long it took, how much was computed, and what it found."""
    began = time.perf_counter()
    said = statements(count)
    if changed:
        said[count // 2] = msgspec.structs.replace(said[count // 2], text=f"{said[count // 2].text} 2031.")
    with Store(folder) as store:
        report = check(said, Options(), store=store, reproducible=True)
        computed = {kind: store.misses[kind] for kind in ("embedding", "judgement", "signals")}
    print(json.dumps({"seconds": time.perf_counter() - began, **computed, "findings": len(report.findings)}))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first run", "second run", "one statement changed"):
            command = [sys.executable, __file__, "--run", folder, str(count), name]
            began = time.perf_counter()
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            rows[name] = json.loads(done.stdout) | {"seconds": time.perf_counter() - began}
            what = ", ".join(f"{n:,} {kind}s" for kind, n in rows[name].items() if kind in ("embedding", "judgement"))
            print(
                f"{name}: {rows[name]['seconds']:.1f} s, computed {what}; {rows[name]['findings']:,} findings",
                flush=True,
            )
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    first, second, changed = (row["seconds"] for row in rows.values())
    print(
        f"{count:,} statements: {first / second:.0f} times as fast again, {first / changed:.0f} times with one changed"
    )
    print(f"cache: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4].startswith("one"))
    else:
        main()
