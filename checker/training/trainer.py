"""What both trainers share: fixed batch order, arguments, resuming."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from sentence_transformers.base.sampler import DefaultBatchSampler

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer


class InOrder(DefaultBatchSampler):
    """Batches in the order of the rows.

    The rows come shuffled already: by length for the judge (little padding), one pair a frame for the encoder (no
    false negatives in a batch).
    """

    def __init__(self, dataset: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(range(len(dataset)), *args, **kwargs)

    def __iter__(self) -> Iterator[list[int]]:
        rows = list(range(len(self.sampler)))
        for start in range(0, len(rows), self.batch_size):
            yield rows[start : start + self.batch_size]


def arguments(out: Path, batch: int, learning_rate: float, seed: int, save_steps: int) -> dict[str, Any]:
    """Trainer arguments: one pass over the rows, bfloat16, linear decay; checkpoints to resume from."""
    return {
        "output_dir": str(out / "checkpoints"),
        "num_train_epochs": 1,
        "per_device_train_batch_size": batch,
        "per_device_eval_batch_size": 64,
        "learning_rate": learning_rate,
        "warmup_steps": 0.05,
        "weight_decay": 0.01,
        "bf16": True,
        "use_cpu": not torch.cuda.is_available(),
        "batch_sampler": InOrder,
        "seed": seed,
        "logging_steps": 50,
        "save_steps": save_steps,
        "save_total_limit": 1,
        "report_to": "none",
        "dataloader_pin_memory": False,
        "disable_tqdm": True,
    }


def last_checkpoint(out: Path, args: argparse.Namespace) -> str | None:
    """The newest checkpoint of an interrupted training, if any.

    Exits when the folder holds a training with other arguments: a mixture of two would be neither.
    """
    record, now = out / "arguments.json", json.dumps({k: str(v) for k, v in sorted(vars(args).items())}, indent=2)
    found = sorted((out / "checkpoints").glob("checkpoint-*"), key=lambda p: int(p.name.rsplit("-", 1)[1]))
    if found and record.read_text("utf-8") != now:
        raise SystemExit(f"{out}: holds checkpoints of a training with other arguments; choose another --out")
    out.mkdir(parents=True, exist_ok=True)
    record.write_text(now, "utf-8")
    return str(found[-1]) if found else None


def encode(model: SentenceTransformer, texts: list[str]) -> NDArray[np.float32]:
    """Unit rows ``[len(texts), d]``, in bfloat16 where that is fast."""
    kind = "cuda" if torch.cuda.is_available() else "cpu"
    with torch.autocast(kind, dtype=torch.bfloat16):
        vectors = model.encode(texts, batch_size=64, normalize_embeddings=True, convert_to_tensor=True)
    rows: NDArray[np.float32] = vectors.float().cpu().numpy()
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows
