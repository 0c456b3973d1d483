"""The two bundled models: int8 ONNX on ONNX Runtime, one text or pair at a time on each core.

One at a time, because activations are quantised over what a run holds: a pair's probability must not depend on its
neighbours in a batch, and no time goes into padding. Cores are kept busy with threads instead.
"""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from ..errors import ModelError
from ..records import ModelInfo
from ..text import digest
from . import Traits, as_read

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from . import Step

FOLDER = Path(__file__).parent / "bundled"
SHARED = ("tokenizer.json.gz", "words.nibbles.npy", "words.scales.npy")
MAX_TOKENS = 512  # a text, or a pair of texts together; about 350 English words
CHUNK = 4096  # texts or pairs whose word pieces are held at once
UNKNOWN = 3  # the piece that stands for what the vocabulary lacks


class Manifest(msgspec.Struct, frozen=True):
    """The names of the bundled models, and the checksums of all files."""

    models: dict[str, str]
    files: dict[str, str]

    def info(self, model: str) -> ModelInfo:
        """Name, and one checksum over the graph, the word embeddings and the tokenizer."""
        parts = [self.files[name] for name in (f"{model}.onnx", *SHARED)]
        return ModelInfo(self.models[model], hashlib.sha256("".join(parts).encode()).hexdigest()[:16])


def read_manifest(folder: Path) -> Manifest:
    """What the bundled files should be; raises ModelError where that is not known."""
    try:
        return msgspec.json.decode((folder / "manifest.json").read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(f"bundled models cannot be read ({error}); install checker again") from None


def traits(model: str, folder: Path = FOLDER) -> Traits:
    """Those of a bundled model, without reading it."""
    return Traits(read_manifest(folder).info(model), parameters(), bundled=True)


@cache
def parameters() -> str:
    """What beside the files decides what the models say: this module, and the libraries that compute."""
    libraries = [f"{name} {version(name)}" for name in ("numpy", "onnxruntime", "tokenizers")]
    return digest([Path(__file__).read_text("utf-8"), *libraries])


@dataclass(frozen=True)
class Bundle:
    """The verified files of the bundled models, and what both share: tokenizer and word embeddings."""

    folder: Path
    manifest: Manifest
    tokenizer: Tokenizer
    nibbles: NDArray[np.uint8]
    scales: NDArray[np.float16]
    sessions: dict[str, InferenceSession]

    def words(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Embeddings ``[1, len(ids), hidden]`` of word pieces, from blocks of 32 four-bit numbers and a scale."""
        packed = self.nibbles[ids]
        whole = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        rows: NDArray[np.float32] = whole * self.scales[ids].astype(np.float32)[..., None]
        return rows.reshape(1, len(ids), -1)


@cache
def load_bundle(folder: Path = FOLDER) -> Bundle:
    """Read and verify the bundled files.

    Graphs and checksums are seen to by other threads while the tokenizer's parser, which takes longest, holds this one.
    Raises ModelError when a file is missing or differs from the checksum in the manifest.
    """
    import onnxruntime  # noqa: F401 - before the threads want it: an import holds the interpreter
    from tokenizers import Tokenizer

    manifest = read_manifest(folder)
    try:
        with ThreadPoolExecutor(len(manifest.models) + len(manifest.files)) as pool:
            checks = {name: pool.submit(_verify, folder / name, sha) for name, sha in manifest.files.items()}
            graphs = {name: pool.submit(_session, folder / f"{name}.onnx") for name in manifest.models}
            checks["tokenizer.json.gz"].result()
            packed = (folder / "tokenizer.json.gz").read_bytes()
            tokenizer = Tokenizer.from_str(gzip.decompress(packed).decode("utf-8"))
            for check in checks.values():
                check.result()
        sessions = {name: graph.result() for name, graph in graphs.items()}
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"bundled models cannot be read ({error}); install checker again") from None
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return Bundle(
        folder, manifest, tokenizer,
        np.load(folder / "words.nibbles.npy", mmap_mode="r", allow_pickle=False),
        np.load(folder / "words.scales.npy", mmap_mode="r", allow_pickle=False),
        sessions,
    )  # fmt: skip


def _verify(path: Path, checksum: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()  # one call, during which other threads run
    if found != checksum:
        raise ModelError(f"{path}: damaged (sha256 {found[:12]}…, expected {checksum[:12]}…); install checker again")


def threads() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Model:
    """An ONNX graph from word embeddings to one row, run over many texts on all cores."""

    def __init__(self, bundle: Bundle, name: str) -> None:
        self.bundle = bundle
        self.info, self.parameters, self.bundled = bundle.manifest.info(name), parameters(), True
        self.session = bundle.sessions[name]

    def unknown_share(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Share of each text's word pieces ``[len(texts)]`` that the vocabulary lacks, as for a script not covered."""
        parts = (self.bundle.tokenizer.encode_batch(part, add_special_tokens=False) for part in _chunks(texts))
        shares = [sum(i == UNKNOWN for i in e.ids) / len(e.ids) if e.ids else 1.0 for part in parts for e in part]
        return np.array(shares, np.float32)

    def too_long(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts ``[len(texts)]`` hold more than half of what is read of a pair."""
        parts = (self.bundle.tokenizer.encode_batch(part, add_special_tokens=False) for part in _chunks(texts))
        return np.array([len(e.ids) > MAX_TOKENS // 2 - 2 for part in parts for e in part], np.bool_)

    def rows(self, inputs: Sequence[str] | Sequence[tuple[str, str]], step: Step | None) -> NDArray[np.float32]:
        """Outputs ``[len(inputs), width]``, chunk by chunk, so that memory holds the word pieces of one chunk."""
        with ThreadPoolExecutor(threads()) as pool:
            return np.concatenate([self._chunk(chunk, pool, step) for chunk in _chunks(inputs)])

    def _chunk(self, inputs: list[Any], pool: ThreadPoolExecutor, step: Step | None) -> NDArray[np.float32]:
        """The longest first, so that no core is left with a long one at the end."""
        pieces = [e.ids for e in self.bundle.tokenizer.encode_batch(inputs)]
        order = sorted(range(len(pieces)), key=lambda i: -len(pieces[i]))
        done = pool.map(lambda i: self._row(pieces[i]), order)
        found = dict(zip(order, _counted(done, step), strict=True))
        return np.stack([found[i] for i in range(len(pieces))])

    def _row(self, ids: list[int]) -> NDArray[np.float32]:
        inputs = {"embeddings": self.bundle.words(ids), "mask": np.ones((1, len(ids)), np.int64)}
        row: NDArray[np.float32] = np.asarray(self.session.run(None, inputs)[0], np.float32)[0]
        return row


def _chunks(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Texts or pairs of texts, as they are read."""
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        yield [as_read(row) if isinstance(row, str) else tuple(map(as_read, row)) for row in part]


def _session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    slow = ["SkipLayerNormFusion"]  # its kernel takes four times as long as the two that it replaces
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow
    )


def _counted(items: Any, step: Step | None) -> Any:
    for item in items:
        yield item
        if step:
            step(1)


class BundledEncoder(_Model):
    """multilingual-e5-small, tuned on statement frames; see ENCODER.md beside the files."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(bundle, "encoder")

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """Unit rows ``[len(texts), 384]``."""
        return self.rows(texts, step) if texts else np.empty((0, 384), np.float32)


class BundledJudge(_Model):
    """A four-class cross-encoder on the same backbone; see JUDGE.md beside the files."""

    def __init__(self, bundle: Bundle) -> None:
        super().__init__(bundle, "judge")

    def judge(self, pairs: Sequence[tuple[str, str]], step: Step | None = None) -> NDArray[np.float32]:
        """Probabilities ``[len(pairs), 4]`` of entailment, neutral, contradiction, update."""
        return softmax(self.rows(pairs, step)) if pairs else np.empty((0, 4), np.float32)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of logits to rows of probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    rows: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return rows
