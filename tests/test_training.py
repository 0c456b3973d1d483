"""The programs that make the models: their data, and each of them run for real on a model of two layers."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from conftest import CORPORA, ROOT

from checker.cases import load_cases
from checker.frames import Frame, Sentence, load_frames
from checker.score import Scorer, Term, calibrated
from checker.training.judge_data import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    STAMP,
    UPDATE,
    Row,
    among_others,
    by_length,
    case_rows,
    far_rows,
    frame_rows,
    near_rows,
    with_dates,
)
from checker.training.scorer import isotonic_knots, sigmoid_knots

RNG = random.Random(3)
FRAMES = load_frames(CORPORA / "frames", "dev")[:12]


def text(role: str, n: int) -> Sentence:
    return Sentence(f"{role} {n}", "en")


def small_frame() -> Frame:
    return Frame("f", "scope", *(tuple(text(r, n) for n in range(2)) for r in ("claim", "against", "beside")))


def test_labels_within_a_frame():
    """claim x against contradicts, claim x claim is consistent, claim x beside neutral; negators are not paired."""
    rows = list(frame_rows([small_frame()], random.Random(0), both=1))
    kinds = {(*sorted({r.a.split()[0], r.b.split()[0]}), r.label) for r in rows}
    assert kinds == {("against", "claim", CONTRADICTION), ("beside", "claim", NEUTRAL), ("claim", ENTAILMENT)}
    assert Counter(r.label for r in rows) == {CONTRADICTION: 8, NEUTRAL: 8, ENTAILMENT: 2}
    assert {(r.b, r.a) for r in rows} == {(r.a, r.b) for r in rows}


def test_unrelated_pairs_are_of_two_frames():
    home = {s.text: f.name for f in FRAMES for s in f.sentences}
    vectors = np.random.default_rng(0).normal(size=(len(home), 8)).astype(np.float32)
    for rows in (far_rows(FRAMES, 200, RNG), near_rows(FRAMES, vectors, 50, RNG)):
        made = list(rows)
        assert made
        assert all(home[r.a] != home[r.b] and r.label == NEUTRAL for r in made)


def test_updates_are_a_class_and_unlisted_pairs_neutral():
    case = load_cases(CORPORA / "train")[0]
    rows = list(case_rows([case], 30, RNG, repeat=1))
    counts = Counter(p.label for p in case.pairs)
    labels = Counter(r.label for r in rows)
    assert labels[CONTRADICTION] == 2 * counts["contradiction"]
    assert labels[UPDATE] == 2 * counts["update"]
    assert labels[NEUTRAL] == 2 * counts["compatible"] + 30


def test_made_up_dates_fit_the_texts_and_the_order():
    """Both texts or none are dated, no earlier than the years they name, and the later text of an update later.

    Now and then a date is known to the year alone: then the other one is no earlier than that year.
    """
    known = Counter()
    announced = Row("We pay after 30 days.", "Since 2021 we have paid after 60 days.", UPDATE, "b")
    plain = Row("In 2019 we paid after 30 days.", "We never pay late.", CONTRADICTION)
    for seed in range(200):
        first, second = with_dates([announced, plain], 0.8, random.Random(seed))
        for row in (first, second):
            assert bool(STAMP.match(row.a)) == bool(STAMP.match(row.b))
        if STAMP.match(first.a):
            earlier, later = (STAMP.match(text).group().strip("[] ") for text in first[:2])
            known.update([len(earlier), len(later)])
            assert earlier[: len(later)] <= later[: len(earlier)]
            assert later[:4] >= "2021"
        if STAMP.match(second.a):
            assert second.a[1:5] >= "2019"
        assert [STAMP.sub("", t) for t in (*first[:2], *second[:2])] == [*announced[:2], *plain[:2]]
    assert known[len("2021-05")] > known[len("2021")] > 0


def test_pairs_of_cases_are_read_with_their_dates():
    case = load_cases(CORPORA / "train")[0]
    rows = list(case_rows([case], 0, RNG, repeat=1, with_date=1.0))
    assert sum(STAMP.match(r.a) is not None for r in rows) > len(rows) / 2
    assert not any(STAMP.match(r.a) for r in case_rows([case], 30, RNG, repeat=1))


def test_what_is_said_beside_a_dated_text_stands_behind_the_date():
    frames = [small_frame()]
    row = Row("[2023-05] Our mill in Leeds pays its suppliers late.", "[2024-05] It pays on time.", CONTRADICTION)
    for other in among_others([row] * 20, frames, 1.0, random.Random(3)):
        assert all(t.startswith("[202") and t.count("[") == 1 for t in other[:2])


def test_batches_hold_pairs_of_like_length():
    """All rows once; far less padding than in random order."""
    rows = [Row("a" * RNG.randint(1, 400), "b", NEUTRAL) for _ in range(1000)]
    ordered = by_length(rows, 16, RNG)
    assert Counter(ordered) == Counter(rows)

    def padding(rows):
        return sum(max(len(r.a) for r in rows[i : i + 16]) * 16 for i in range(0, 992, 16)) - sum(
            len(r.a) for r in rows
        )

    assert padding(ordered) < 0.3 * padding(rows)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A backbone of two layers that knows the letters, and frames to train on."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    from checker.training.backbone import LABELS, wrap_tokenizer

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(0)
    words = {w: i for i, w in enumerate(["<s>", "<pad>", "</s>", "<unk>", *map(chr, range(33, 127))])}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    config = BertConfig(vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, pad_token_id=1,
                        intermediate_size=64, max_position_embeddings=512, id2label=dict(enumerate(LABELS)),
                        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)  # fmt: skip
    BertModel(config, add_pooling_layer=False).save_pretrained(folder / "backbone")
    wrap_tokenizer(tokenizer, 128).save_pretrained(folder / "backbone")
    (folder / "frames").mkdir()
    lines = (CORPORA / "frames" / "plain3.jsonl").read_text("utf-8").splitlines()[:33]
    (folder / "frames" / "few.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def train(program: str, *args: str) -> str:
    command = [sys.executable, "-m", f"checker.training.{program}", *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_encoder_trains(tiny):
    """It says what is missing, measures before and after, writes a model, and refuses to mix two trainings."""
    common = ("--backbone", str(tiny / "backbone"), "--frames", str(tiny / "frames"), "--out", str(tiny / "encoder"))
    out = train("encoder", *common, "--rounds", "4", "--batch", "8", "--learning-rate", "1e-3")
    assert "anchored sentences: not given" in out
    assert out.count("recall@10") == 2
    assert (tiny / "encoder" / "final" / "modules.json").is_file()
    (tiny / "encoder" / "checkpoints" / "checkpoint-1").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "checker.training.encoder", *common, "--rounds", "5"]
    other = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert "holds checkpoints of a training with other arguments" in other.stderr


@pytest.fixture(scope="module")
def tiny_judge(tiny):
    common = ("--backbone", str(tiny / "backbone"), "--frames", str(tiny / "frames"), "--out", str(tiny / "judge"))
    few = ("--far", "60", "--unrelated", "20", "--batch", "16", "--max-length", "64",
           "--cases", str(CORPORA / "train" / CASE), "--r-drop", "1", "--among-others", "0.3", "--average", "0.9")  # fmt: skip
    return tiny / "judge" / "final", train("judge", *common, *few, "--save-steps", "10", "--eval-steps", "10")


CASE = "a-fennick-lending"


def test_judge_trains_and_says_what_is_missing(tiny_judge):
    folder, out = tiny_judge
    for source in ("near", "anchored", "real", "nli"):
        assert f"{source}: data not given, training without" in out
    assert out.count("frames_f1_macro") >= 2
    assert json.loads((folder / "config.json").read_text())["id2label"]["2"] == "contradiction"


def test_divergence_is_none_of_the_same_and_the_same_either_way():
    import torch

    from checker.training.regularise import divergence

    one, other = torch.tensor([[2.0, 0.0, -1.0]]), torch.tensor([[0.0, 2.0, -1.0]])
    assert divergence(one, one) == pytest.approx(0)
    assert divergence(one, other) == pytest.approx(float(divergence(other, one))) and divergence(one, other) > 0.5


def test_average_of_weights_takes_their_place():
    """Weights that go up by one a step end at a mean of the way, not at its end."""
    import torch

    from checker.training.regularise import Average

    layer = torch.nn.Linear(1, 1)
    layer.weight.data.fill_(0.0)
    average = Average(layer, 0.5)
    layer.weight.data.fill_(0.5)  # a checkpoint is read
    average.on_train_begin()
    assert average.mean[0].item() == 0.5
    for step in range(1, 21):
        layer.weight.data.fill_(float(step))
        average.on_step_end()
    average.on_train_end()
    assert layer.weight.item() == pytest.approx(19.0, abs=0.05)  # 20 - (1/2 + 1/4 + ...)


def test_statement_more_changes_only_what_it_must():
    """Texts are kept whole and in place, and only an entailed text that says more changes its label."""
    rows = [Row("Sales rose.", "Sales went up.", ENTAILMENT), Row("销量上升。", "销量下降。", CONTRADICTION)] * 200
    made = among_others(rows, FRAMES, 0.5, random.Random(1))
    changed = [(old, new) for old, new in zip(rows, made, strict=True) if old != new]
    assert 120 < len(changed) < 280
    for old, new in changed:
        assert old.a in new.a and old.b in new.b and (old.a == new.a) != (old.b == new.b)
        assert new.label == (NEUTRAL if old.label == ENTAILMENT and old.b != new.b else old.label)
    assert among_others(rows, FRAMES, 0.0, random.Random(1)) == rows


@pytest.mark.filterwarnings("ignore")  # the exporter that the fusion understands is not PyTorch's newest
def test_export_keeps_what_the_model_says(tiny_judge, tmp_path):
    """The int8 graph on ONNX Runtime gives nearly the logits of the float model."""
    import onnxruntime
    import torch
    from transformers import AutoConfig

    from checker.training.export import export_graph, judge_module

    folder, _ = tiny_judge
    module = judge_module([folder, folder])
    words = torch.randn(1, 23, 32)
    words[0, 0, 5] = 60.0  # an outlier, as real activations have
    path = tmp_path / "judge.onnx"
    export_graph(module, "logits", AutoConfig.from_pretrained(str(folder)), [words.numpy()], path)
    mask = torch.ones(1, 23, dtype=torch.int64)
    with torch.inference_mode():
        expected = module(words, mask).numpy()
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(None, {"embeddings": words.numpy(), "mask": mask.numpy()})[0]
    assert np.abs(found - expected).max() < 0.1


def test_backbone_is_the_published_model():
    """The unpacked word embeddings, kept pieces and tokenizer are those that are bundled."""
    from checker.models.bundled import load_bundle
    from checker.training.backbone import kept_ids, make_tokenizer, state_dict, unpack

    packed = unpack()
    ids = kept_ids(packed.pieces)
    bundle = load_bundle()
    texts = ["Revenue grew 12%.", "第二季度收入增长12%。", "Größe, naïve, São Paulo, 東京、서울"]
    tokenizer = make_tokenizer(packed, ids)
    assert [tokenizer.encode(t).ids for t in texts] == [bundle.tokenizer.encode(t).ids for t in texts]
    words = state_dict(packed, ids)["embeddings.word_embeddings.weight"]
    some = [5, 1000, len(ids) - 1]
    assert np.array_equal(bundle.words(some)[0], words[some])
    assert len(ids) == len(bundle.nibbles)


def test_scorer_is_fitted_and_written():
    """On separable candidates the fitted scorer ranks well, and its intercept and terms give sklearn's probability."""
    from checker.features import NAMES
    from checker.training.scorer import BASE_RATES, at_base_rate, fit_scorer
    from checker.training.scorer_pairs import Pairs

    rng = np.random.default_rng(0)
    x = rng.normal(size=(600, len(NAMES)))
    x[:, 5] = 1  # says nothing, so it gets no term
    y = np.where(x[:, 0] + x[:, 3] > 1.5, 1, np.where(x[:, 1] > 1.2, 2, 0))
    scorer = fit_scorer(Pairs(x, y, np.arange(600) % 8), "t", (0.5, 0.1))
    assert [t.feature for t in scorer.terms] == [name for i, name in enumerate(NAMES) if i != 5]
    assert scorer.background == (0.5, 0.1)
    scorer = at_base_rate(scorer, BASE_RATES, (float(np.mean(y == 1)), float(np.mean(y == 2))))  # as it was fitted
    at = {name: i for i, name in enumerate(NAMES)}
    contradiction = scorer.contradiction + sum(
        t.contradiction * (x[:, at[t.feature]] - t.mean) / t.scale for t in scorer.terms
    )
    update = scorer.update + sum(t.update * (x[:, at[t.feature]] - t.mean) / t.scale for t in scorer.terms)
    found = np.where(np.maximum(contradiction, update) < 0, 0, np.where(contradiction > update, 1, 2))
    assert np.mean(found == y) > 0.9


def test_base_rate_is_that_of_use():
    """Of pairs drawn at the rarer rate the corrected probabilities add up to as many contradictions as there are."""
    from checker.training.scorer import at_base_rate

    rng = np.random.default_rng(2)
    happened = rng.random(40_000) < 0.01
    x = rng.normal(np.where(happened, 1.5, 0.0), 1.0)  # log-odds 1.5 x - 1.125, and those of the rate
    often = float(-1.125 + np.log(0.3 / 0.7))
    fitted = Scorer("t", often, -50.0, [Term("cosine", 0.0, 1.0, 1.5, 0.0)], [(-8.0, -8.0), (4.0, 4.0)])
    moved = at_base_rate(fitted, (0.3, 1e-9), (0.01, 1e-9))
    expected = 1 / (1 + np.exp(-(moved.contradiction + 1.5 * x)))
    assert 0.85 < expected.sum() / happened.sum() < 1.15
    assert moved.calibration[0][1] == pytest.approx(moved.calibration[0][0])


@pytest.mark.parametrize("fit", [sigmoid_knots, isotonic_knots])
def test_calibration_straightens_overconfident_probabilities(fit):
    """Log-odds twice too large come out near the true ones, in order, at knots that rise."""
    rng = np.random.default_rng(1)
    true = rng.normal(-1, 2, 4000)
    happened = rng.random(4000) < 1 / (1 + np.exp(-true))
    knots = fit(2 * true, happened)
    assert knots == sorted(knots)
    for x in (-4.0, -1.0, 0.0, 2.0):
        assert calibrated(2 * x, knots) == pytest.approx(x, abs=0.5)
    assert calibrated(-50, knots) < calibrated(-8, knots) < calibrated(8, knots) < calibrated(50, knots)


def test_mean_of_judges_is_weighted_and_keeps_the_fourth_label():
    """A judge of three labels and one of four: the mean by shares, the last one's row where the first has none."""
    import torch

    from checker.training.export import mean_weights

    three = {"classifier.bias": torch.tensor([1.0, 2.0, 3.0]), "body": torch.tensor([[4.0]])}
    four = {"classifier.bias": torch.tensor([5.0, 6.0, 7.0, 8.0]), "body": torch.tensor([[0.0]])}
    mean = mean_weights([three, four], [0.25, 0.75])
    assert mean["classifier.bias"].tolist() == [4.0, 5.0, 6.0, 8.0]
    assert mean["body"].item() == 1.0
