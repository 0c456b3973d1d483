"""Encoders and judges: the bundled ones, or any that sentence-transformers loads, behind two small protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..records import ModelInfo

Step = Callable[[int], None]  # called with the number of texts or pairs just done


class Encoder(Protocol):
    """Texts to vectors in which statements about one matter lie close, in any language."""

    info: ModelInfo

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """Unit rows ``[len(texts), d]``."""
        ...

    def unknown_share(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Share of each text's word pieces ``[len(texts)]`` that the vocabulary lacks."""
        ...


class Judge(Protocol):
    """Natural language inference: what a hypothesis is to a premise."""

    info: ModelInfo

    def judge(self, pairs: Sequence[tuple[str, str]], step: Step | None = None) -> NDArray[np.float32]:
        """Probabilities ``[len(pairs), 3]``: entailment, neutral, contradiction of (premise, hypothesis)."""
        ...


def load_encoder(name: str | None = None, download: bool = False) -> Encoder:
    """The bundled encoder, or a sentence-transformers model by folder or (with ``download``) by name."""
    if name is None:
        from .bundled import BundledEncoder, load_bundle

        return BundledEncoder(load_bundle())
    from .external import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name, download)


def load_judge(name: str | None = None, download: bool = False) -> Judge:
    """The bundled judge, or an NLI cross-encoder by folder or (with ``download``) by name."""
    if name is None:
        from .bundled import BundledJudge, load_bundle

        return BundledJudge(load_bundle())
    from .external import CrossEncoderJudge

    return CrossEncoderJudge(name, download)
