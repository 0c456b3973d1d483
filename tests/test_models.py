"""The bundled models, and others on disk in their place."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
from conftest import ROOT

from checker import ModelError, load_encoder, load_judge
from checker.models.bundled import FOLDER, load_bundle
from checker.models.external import find_minilm, label_columns
from checker.score import load_scorer

PAIRS = [
    ("We do not sell personal data to anyone.", "Advertisers bought user records from us for nine million dollars.", 2),
    ("We do not sell personal data to anyone.", "我们不会向任何第三方出售个人信息。", 0),
    ("We do not sell personal data to anyone.", "The cafeteria was renovated in 2021.", 1),
    ("本公司从未使用童工。", "Children of twelve work in our Dhaka plant.", 2),
]


@pytest.mark.parametrize(("premise", "hypothesis", "label"), PAIRS)
def test_judge_reads_plain_pairs(judge, premise, hypothesis, label):
    assert judge.judge([(premise, hypothesis)])[0].argmax() == label


def test_encoder_brings_one_matter_together_across_languages(encoder):
    vectors = encoder.encode(
        ["We cut emissions by 30% in 2022.", "2022年我们减排了三成。", "我们的工厂雇用了九百名员工。"]
    )
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


def test_result_does_not_depend_on_the_neighbours(judge, encoder):
    """The same text gives the same bytes alone and in company: a cache or another corpus changes nothing."""
    pairs = [(a, b) for a, b, _ in PAIRS]
    assert np.array_equal(judge.judge(pairs)[2], judge.judge(pairs[2:3])[0])
    texts = [a for a, _, _ in PAIRS] + ["x" * 2000]
    assert np.array_equal(encoder.encode(texts)[0], encoder.encode(texts[:1])[0])


def test_nothing_to_do_is_an_empty_array(judge, encoder):
    assert judge.judge([]).shape == (0, 4)
    assert encoder.encode([]).shape == (0, 384)


def test_scripts_outside_the_vocabulary_are_noticed(encoder):
    share = encoder.unknown_share(
        ["Our policy.", "我们的政策。", "当社の方針です。", "우리의 정책", "Мы не продаём данные.", "لا نبيع"]
    )
    assert (share[:4] < 0.1).all()
    assert (share[4:] > 0.4).all()


@pytest.mark.parametrize("name", ["judge.onnx", "words.scales.npy", "tokenizer.json.gz"])
def test_damaged_file_is_refused(tmp_path, name):
    """One flipped bit in a model is an error that names the file, never another result."""
    folder = tmp_path / "bundled"
    shutil.copytree(FOLDER, folder)
    data = bytearray((folder / name).read_bytes())
    data[len(data) // 2] ^= 1
    (folder / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name}: damaged.*install checker again"):
        load_bundle(folder)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(ModelError, match="install checker again"):
        load_bundle(tmp_path)


def test_scorer_for_other_features_is_refused(tmp_path):
    path = tmp_path / "scorer.json"
    term = {"feature": "phase of the moon", "mean": 0, "scale": 1, "contradiction": 1, "update": 0}
    path.write_text(json.dumps({"name": "x", "contradiction": 0, "update": 0, "terms": [term]}))
    with pytest.raises(ModelError, match="phase of the moon"):
        load_scorer(path)
    path.write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        load_scorer(path)


def test_models_in_git_stay_small():
    """Together at most 90 MB, each with a card."""
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) < 90e6
    for card in ("ENCODER.md", "JUDGE.md", "SCORER.md"):
        text = (FOLDER / card).read_text("utf-8")
        assert all(word in text for word in ("Origin", "Licence", "Training data", "Figures", "Limits"))
    assert "MIT License" in (ROOT / "NOTICE").read_text("utf-8")


def test_sentence_transformers_encoder_from_disk():
    """A real encoder on disk takes the bundled one's place."""
    encoder = load_encoder(str(find_minilm()))
    vectors = encoder.encode(["Revenue rose.", "Sales went up.", "The cat sleeps."])
    assert vectors.shape == (3, 384)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert (encoder.unknown_share(["Revenue", "Мы"])[0]) == 0


@pytest.fixture(scope="module")
def tiny_judge(tmp_path_factory):
    """Makes small NLI cross-encoders on disk, with labels in the order asked for."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    def make(labels):
        folder = tmp_path_factory.mktemp("judge")
        torch.manual_seed(0)
        words = {w: i for i, w in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "we", "never", "always", "pay"])}
        tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
        PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
        config = BertConfig(vocab_size=8, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
                            id2label=dict(enumerate(labels)), label2id={x: i for i, x in enumerate(labels)})  # fmt: skip
        BertForSequenceClassification(config).save_pretrained(folder)
        return str(folder)

    return make


def test_cross_encoder_columns_follow_its_configuration(tiny_judge):
    """The same weights under two orders of labels: the columns come out where the configuration says."""
    first = load_judge(tiny_judge(["contradiction", "entailment", "neutral"]))
    second = load_judge(tiny_judge(["NEUTRAL", "contradictory", "Entailment"]))
    a, b = (model.judge([("we never pay", "we always pay")])[0] for model in (first, second))
    assert b[:3] == pytest.approx([a[1], a[2], a[0]], abs=1e-5)
    assert a[3] == b[3] == 0  # neither has the label
    third = load_judge(tiny_judge(["update", "neutral", "entailment", "contradiction"]))
    row = third.judge([("we never pay", "we always pay")])[0]
    assert row.sum() == pytest.approx(1) and row[3] > 0
    assert first.info.checksum == second.info.checksum


@pytest.mark.parametrize("labels", [["LABEL_0", "LABEL_1", "LABEL_2"], ["entailment", "not_entailment"], ["relevant"]])
def test_cross_encoder_without_contradiction_is_refused(tiny_judge, labels):
    with pytest.raises(ModelError, match="not a judge: its labels are"):
        load_judge(tiny_judge(labels))


def test_label_order_is_read():
    assert label_columns("m", {0: "contradiction", 1: "entailment", 2: "neutral"}) == [1, 2, 0]


@pytest.mark.parametrize("load", [load_encoder, load_judge])
def test_model_that_is_nowhere(load, tmp_path):
    """A name that is not on disk is not fetched unless asked for, and the error says how."""
    with pytest.raises(ModelError, match="cannot be loaded.*--download"):
        load(str(tmp_path / "absent"))
