"""How long the command line takes, and how fast the bundled judge is beside a cross-encoder of its size.

    python tests/benchmarks/speed.py

Prints the median of five runs of ``checker --help`` and of a run over 50 statements without and with the cache, and the
judge's pairs a second as a ratio to sentence-transformers' CrossEncoder (the same architecture in float32 on PyTorch,
batches of 32, the same pairs, the same cores).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checker import load_judge, read_corpus
from checker.models.bundled import FOLDER, load_bundle

CASE = Path(__file__).parent.parent.parent / "corpora" / "founding-2019-en" / "statements.jsonl"


def seconds(*args: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "checker", *args], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> None:
    lines = CASE.read_text("utf-8").splitlines()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "fifty.jsonl"
        corpus.write_text("\n".join(lines[:25] + lines[-25:]) + "\n", "utf-8")
        cold, warm = ["run", str(corpus), "--no-cache"], ["run", str(corpus), "--cache", f"{folder}/cache"]
        runs = {"--help": ["--help"], "run, 50 statements": cold, "run, the same again from the cache": warm}
        seconds(*warm)
        for what, args in runs.items():
            print(f"checker {what}: {statistics.median(seconds(*args) for _ in range(5)):.2f} s")
        texts = [s.text for s in read_corpus([str(corpus)]).statements]
    pairs = [(a, b) for a in texts[:20] for b in texts[25:35]]
    ours, theirs = load_judge(), baseline()
    ratio = pairs_a_second(ours.judge, pairs) / pairs_a_second(lambda p: theirs.predict(p, batch_size=32), pairs)
    print(f"bundled judge: {pairs_a_second(ours.judge, pairs):.0f} pairs a second, {ratio:.1f} times CrossEncoder")


def pairs_a_second(judge, pairs) -> float:
    judge(pairs[:32])
    began = time.perf_counter()
    judge(pairs)
    return len(pairs) / (time.perf_counter() - began)


def baseline():
    """A CrossEncoder as large as the bundled judge, with random weights: only its speed is looked at."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    bundle = load_bundle()
    config = BertConfig(
        vocab_size=len(bundle.nibbles), hidden_size=384, num_hidden_layers=12, num_attention_heads=12,
        intermediate_size=1536, num_labels=3, pad_token_id=1,
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        BertForSequenceClassification(config).save_pretrained(folder)
        tokenizer = PreTrainedTokenizerFast(
            tokenizer_object=bundle.tokenizer, pad_token="<pad>", cls_token="<s>", sep_token="</s>"
        )
        tokenizer.save_pretrained(folder)
        return CrossEncoder(folder, device="cpu")


if __name__ == "__main__":
    print(f"models: {sum(f.stat().st_size for f in FOLDER.iterdir()) / 1e6:.0f} MB")
    main()
