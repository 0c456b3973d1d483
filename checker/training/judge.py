"""Tune the judge: a four-class cross-encoder over pairs of statements.

    python -m checker.training.judge --backbone FOLDER --out FOLDER [--weights FILE] [--frames corpora/frames]
        [--cases corpora/train] [--encoder FOLDER] [--anchored FILE] [--neighbours FILE] [--nli FOLDER]

Cross-entropy with label smoothing, word embeddings frozen (the encoder shares them), bfloat16; dropout, R-Drop, further
statements beside a text and an average of the weights as asked. Data that is not given is left out, and said to be.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ..cases import Case, load_cases
from ..frames import Frame, load_anchored, load_frames
from .backbone import LABELS
from .judge_data import (
    CONTRADICTION,
    NEUTRAL,
    UPDATE,
    Row,
    among_others,
    by_length,
    case_rows,
    far_rows,
    frame_rows,
    near_rows,
    nli_rows,
    read_rows,
    real_rows,
    with_dates,
)
from .trainer import arguments, encode, last_checkpoint

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder
    from sentence_transformers.base.evaluation import SentenceEvaluator
    from torch import Tensor

HELD_OUT = 4  # every fourth training case, by name, is kept from the judge: the scorer is fitted on those
SCORER_ONLY = ("p-", "s-", "w-")  # and so are these: like public cases that are measured on; dense and hard; quiet
RARER = 3.0  # log-odds of an update below those of neutral, where training starts
DEV_SETS = ("mnli-m", "ocnli")
SMOOTHING = 0.05  # of labels


def load_start(
    backbone: Path, weights: Path | None, max_length: int, dropout: float, of_attention: float = 0.0
) -> CrossEncoder:
    """The backbone with a fresh head, or with earlier weights (all but the word embeddings) from safetensors."""
    from safetensors.torch import load_file
    from sentence_transformers import CrossEncoder

    model = CrossEncoder(
        str(backbone),
        num_labels=len(LABELS),
        max_length=max_length,
        model_kwargs={"attn_implementation": "eager"},
        config_kwargs={"hidden_dropout_prob": dropout, "attention_probs_dropout_prob": of_attention},
    )
    body = model.model
    body.config.id2label, body.config.label2id = dict(enumerate(LABELS)), {label: i for i, label in enumerate(LABELS)}
    if weights is not None:
        left = body.load_state_dict(with_update({k: v.float() for k, v in load_file(weights).items()}), strict=False)
        unexpected = left.unexpected_keys or [k for k in left.missing_keys if "word_embeddings" not in k]
        if unexpected:
            raise SystemExit(f"{weights}: does not fit the backbone ({unexpected[0]})")
    body.bert.embeddings.word_embeddings.weight.requires_grad = False
    return model


def with_update(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Weights of a three-class judge with a fourth output, which starts as a rarer neutral."""
    import torch

    head, bias = weights["classifier.weight"], weights["classifier.bias"]
    if len(bias) == len(LABELS):
        return weights
    grown = {
        "classifier.weight": torch.cat([head, head[NEUTRAL : NEUTRAL + 1]]),
        "classifier.bias": torch.cat([bias, bias[NEUTRAL : NEUTRAL + 1] - RARER]),
    }
    return weights | grown


def gather(args: argparse.Namespace, frames: list[Frame], rng: random.Random) -> list[Row]:
    """All training rows, with a line on each source or on its absence."""
    fresh = [f for f in frames if f.name.startswith(tuple(args.fresh))]
    others = [f for f in frames if f not in fresh]
    parts = {"within frames": list(frame_rows(others, rng)), "far": list(far_rows(frames, args.far, rng))}
    if fresh:
        parts["fresh"] = [row for _ in range(2) for row in frame_rows(fresh, rng)]
    if args.encoder:
        from sentence_transformers import SentenceTransformer

        texts = [s.text for f in frames for s in f.sentences]
        vectors = encode(SentenceTransformer(str(args.encoder)), texts)
        parts["near"] = list(near_rows(frames, vectors, args.near, rng))
    if args.cases:
        parts["cases"] = list(case_rows(training_cases(args.cases), args.unrelated, rng, with_date=args.dated))
    if args.anchored:
        parts["anchored"] = list(frame_rows(load_anchored(args.anchored), rng))
    if args.neighbours:
        parts["real"] = list(real_rows(args.neighbours, frames, args.real, rng))
    if args.nli:
        parts["nli"] = list(nli_rows(args.nli / "train.jsonl.gz", args.nli_scale, rng))
    if args.hardest:
        parts = hardest(parts, args.hardest, args.within, rng)
    parts = {k: rows if k in ("cases", "nli") else with_dates(rows, args.dated / 2, rng) for k, rows in parts.items()}
    for name in ("within frames", "fresh", "far", "near", "cases", "anchored", "real", "nli"):
        rows = parts.get(name)
        print(f"{name}: {len(rows):,} pairs" if rows else f"{name}: data not given, training without", flush=True)
    rows = [row for part in parts.values() for row in part]
    rows += [row for row in rows if row.label == UPDATE] * (args.repeat_updates - 1)
    print("labels:", {LABELS[k]: n for k, n in sorted(Counter(r.label for r in rows).items())}, flush=True)
    return rows


def hardest(parts: dict[str, list[Row]], count: int, within: int, rng: random.Random) -> dict[str, list[Row]]:
    """For a second pass: the neutral pairs that the bundled judge gets most wrong.

    All labelled pairs of cases and of fresh frames stay; of those within other frames and of the anchored sentences a
    sample does.
    """
    from ..models import load_judge

    easy = Counter(row for row in parts["cases"])
    labelled = [row for row in parts["cases"] if easy[row] > 1 or row.label in (CONTRADICTION, UPDATE)]
    pool = [row for row in parts["cases"] if easy[row] == 1 and row.label == NEUTRAL]
    pool += [row for name in ("far", "near", "real") for row in parts.get(name, [])]
    wrong = load_judge().judge([(row.a, row.b) for row in pool])[:, CONTRADICTION]
    order = sorted(range(len(pool)), key=lambda i: -wrong[i])[:count]
    anchored = parts.get("anchored", [])
    return {
        "fresh": parts.get("fresh", []),
        "within frames": rng.sample(parts["within frames"], min(within, len(parts["within frames"]))),
        "cases": labelled + [pool[i] for i in order],
        "anchored": rng.sample(anchored, min(within // 6, len(anchored))),
        "nli": parts.get("nli", []),
    }


def training_cases(folder: Path, held_out: bool = False) -> list[Case]:
    """The training cases that the judge sees, or those that are held out for the scorer."""
    cases = load_cases(folder)
    kept = {c.name for i, c in enumerate(cases) if i % HELD_OUT == 0 or c.name.startswith(SCORER_ONLY)}
    return [c for c in cases if (c.name in kept) == held_out]


def dev_sets(args: argparse.Namespace) -> list[SentenceEvaluator]:
    """Classification of dev frames (with as many unrelated pairs) and, where given, of public dev sets."""
    from sentence_transformers.cross_encoder.evaluation import CrossEncoderClassificationEvaluator

    rng = random.Random(0)
    frames = load_frames(args.frames, "dev")
    within = list(frame_rows(frames, rng, both=0))
    rows = rng.sample(within, min(700, len(within))) + list(far_rows(frames, 300, rng))
    sets = {"frames": rows}
    if args.nli:
        lines = list(read_rows(args.nli / "dev.jsonl.gz"))
        for name in DEV_SETS:
            sets[name] = rng.sample([Row(x["a"], x["b"], x["y"]) for x in lines if x["src"] == name], 500)
    return [
        CrossEncoderClassificationEvaluator(
            [[r.a, r.b] for r in rows], [r.label for r in rows], name=name, write_csv=False
        )
        for name, rows in sets.items()
    ]


def train(args: argparse.Namespace) -> None:
    from datasets import Dataset
    from sentence_transformers.base.evaluation import SequentialEvaluator
    from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments
    from sentence_transformers.cross_encoder.losses import CrossEntropyLoss

    from .regularise import Average, RDropLoss

    rng = random.Random(args.seed)
    model = load_start(args.backbone, args.weights, args.max_length, args.dropout, args.attention_dropout)
    frames = load_frames(args.frames, "train")
    rows = by_length(among_others(gather(args, frames, rng), frames, args.among_others, rng), args.batch, rng)
    evaluator = SequentialEvaluator(dev_sets(args))
    print("before:", evaluator(model), flush=True)
    options = arguments(args.out, args.batch, args.learning_rate, args.seed, args.save_steps)
    trainer = CrossEncoderTrainer(
        model=model,
        args=CrossEncoderTrainingArguments(
            **options,
            eval_strategy="steps",
            eval_steps=args.eval_steps,
            learning_rate_mapping={"classifier": args.head_learning_rate},
        ),
        train_dataset=Dataset.from_list([{"a": r.a, "b": r.b, "label": r.label} for r in rows]),
        loss=RDropLoss(model, args.r_drop, SMOOTHING)
        if args.r_drop
        else CrossEntropyLoss(model, label_smoothing=SMOOTHING),
        evaluator=evaluator,
        callbacks=[Average(model, args.average)] if args.average else [],
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(args.out, args))
    print("after:", evaluator(model), flush=True)
    model.save_pretrained(str(args.out / "final"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--backbone", type=Path, required=True, help="folder written by checker.training.backbone")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="start from these weights instead of a fresh head")
    parser.add_argument("--frames", type=Path, default=Path("corpora/frames"))
    parser.add_argument("--cases", type=Path, default=Path("corpora/train"), help="folder of labelled training cases")
    parser.add_argument("--encoder", type=Path, help="encoder folder, for mining near statements of other frames")
    parser.add_argument("--anchored", type=Path, help="JSONL of real sentences with written partners")
    parser.add_argument("--neighbours", type=Path, help="JSONL.gz of neighbouring sentences of one company")
    parser.add_argument("--nli", type=Path, help="folder with train.jsonl.gz and dev.jsonl.gz of public NLI pairs")
    parser.add_argument("--far", type=int, default=10000, help="unrelated pairs of two frames")
    parser.add_argument("--near", type=int, default=16000, help="loosely related pairs of two frames")
    parser.add_argument("--unrelated", type=int, default=16000, help="other pairs of the training cases")
    parser.add_argument("--real", type=int, default=8000, help="neighbouring pairs of real documents")
    parser.add_argument("--nli-scale", type=float, default=0.5, help="factor on the share of NLI pairs replayed")
    parser.add_argument("--hardest", type=int, default=0, help="second pass: only so many of the neutral pairs")
    parser.add_argument("--within", type=int, default=12000, help="second pass: so many pairs within frames")
    parser.add_argument(
        "--fresh", nargs="*", default=[], help="frames to see twice, and whole in a second pass: name prefixes"
    )
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--max-length", type=int, default=160)
    parser.add_argument("--learning-rate", type=float, default=4e-5)
    parser.add_argument("--head-learning-rate", type=float, default=5e-4, help="of the classifier on top")
    parser.add_argument("--dropout", type=float, default=0.1, help="of hidden states")
    parser.add_argument("--attention-dropout", type=float, default=0.0, help="of attention weights")
    parser.add_argument("--r-drop", type=float, default=0.0, help="weight of the divergence between two passes; 0: one")
    parser.add_argument("--among-others", type=float, default=0.0, help="share of pairs with one statement more")
    parser.add_argument(
        "--dated", type=float, default=0.0, help="share of the cases' pairs read with dates; half of it of the others"
    )
    parser.add_argument("--average", type=float, default=0.0, help="decay of an average of the weights; 0: none")
    parser.add_argument("--repeat-updates", type=int, default=4, help="how often a pass sees each of the rare updates")
    parser.add_argument("--save-steps", type=int, default=250)
    parser.add_argument("--eval-steps", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
