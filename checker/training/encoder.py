"""Tune the encoder so that statements about one matter lie close, in any language.

    python -m checker.training.encoder --backbone FOLDER --out FOLDER [--frames corpora/frames] [--anchored FILE]

Contrastive learning (InfoNCE; van den Oord et al. 2018) with in-batch negatives and one hard negative a row: the
positive is another statement of the same frame - mostly one that contradicts the claim - in another language where
there is one; the hard negative is a near statement of another frame. A batch holds one row a frame, so that no
statement of the same matter is ever a negative.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ..frames import Frame, Sentence, load_anchored, load_frames
from ..metrics import recall_at_k
from .trainer import arguments, encode, last_checkpoint

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

NEAR = range(
    2, 24
)  # ranks of the statements of other frames that serve as hard negatives; the first may be the same matter


def pick_positive(anchor: Sentence, frame: Frame, rng: random.Random) -> Sentence:
    """A contradiction (60%), a hard negative of the frame (25%) or another claim, in another language if possible."""
    pool = rng.choices([frame.against, frame.beside, frame.claim], [60, 25, 15])[0]
    pool = tuple(s for s in pool if s != anchor) or frame.against
    foreign = tuple(s for s in pool if s.lang != anchor.lang)
    return rng.choice(foreign if foreign and rng.random() < 0.5 else pool)


def near_statements(vectors: NDArray[np.float32], owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each statement ``[n, d]`` (unit rows) the ids ``[n, len(NEAR)]`` of near statements of other frames."""
    out = np.empty((len(vectors), len(NEAR)), np.int64)
    for start in range(0, len(vectors), 1024):
        cosine = vectors[start : start + 1024] @ vectors.T
        cosine[owner[start : start + 1024, None] == owner[None, :]] = -1
        out[start : start + 1024] = np.argsort(-cosine, axis=1)[:, NEAR.start : NEAR.stop]
    return out


def make_rows(frames: list[Frame], model: SentenceTransformer, rounds: int, seed: int) -> list[dict[str, str]]:
    """``rounds`` shuffled passes over the frames, one (anchor, positive, negative) row a frame and pass."""
    rng = random.Random(seed)
    statements = [(i, s) for i, frame in enumerate(frames) for s in frame.sentences]
    first = {id(s): n for n, (_, s) in enumerate(statements)}
    vectors = encode(model, [s.text for _, s in statements])
    near = near_statements(vectors, np.array([i for i, _ in statements]))
    rows = []
    for _ in range(rounds):
        for i in rng.sample(range(len(frames)), len(frames)):
            anchor = rng.choice(frames[i].claim)
            positive = pick_positive(anchor, frames[i], rng)
            if rng.random() < 0.5:
                anchor, positive = positive, anchor
            negative = statements[rng.choice(near[first[id(anchor)]])][1]
            rows.append({"anchor": anchor.text, "positive": positive.text, "negative": negative.text})
    return rows


def train(args: argparse.Namespace) -> None:
    from datasets import Dataset
    from sentence_transformers import (
        SentenceTransformer,
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    body = Transformer(str(args.backbone), max_seq_length=128, model_args={"attn_implementation": "eager"})
    model = SentenceTransformer(modules=[body, Pooling(body.get_embedding_dimension(), "mean"), Normalize()])
    body.auto_model.embeddings.word_embeddings.weight.requires_grad = False
    frames = load_frames(args.frames, "train")
    if args.anchored is None:
        print("anchored sentences: not given, training without them")
    else:
        frames += load_anchored(args.anchored)
    dev = load_frames(args.frames, "dev")
    dev_texts = [s.text for f in dev for s in f.sentences]
    print("before:", recall_at_k(dev, encode(model, dev_texts)), flush=True)
    rows = make_rows(frames, model, args.rounds, args.seed)
    print(f"{len(frames):,} frames, {len(rows):,} rows", flush=True)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            **arguments(args.out, args.batch, args.learning_rate, args.seed, 200)
        ),
        train_dataset=Dataset.from_list(rows),
        loss=MultipleNegativesRankingLoss(model, scale=30.0),
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(args.out, args))
    print("after:", recall_at_k(dev, encode(model, dev_texts)), flush=True)
    model.save_pretrained(str(args.out / "final"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backbone", type=Path, required=True, help="folder written by checker.training.backbone")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--frames", type=Path, default=Path("corpora/frames"))
    parser.add_argument("--anchored", type=Path, help="JSONL of real sentences with written partners (optional)")
    parser.add_argument("--rounds", type=int, default=12, help="passes over the frames, one row a frame each")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--learning-rate", type=float, default=5e-5)
    parser.add_argument("--seed", type=int, default=7)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
