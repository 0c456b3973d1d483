"""Encoders and judges: the bundled ones, or any that sentence-transformers loads, behind two small protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from ..errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..records import ModelInfo

Step = Callable[[int], None]  # called with the number of texts or pairs just done


class Reader(Protocol):
    """What a model makes of a text before it thinks about it."""

    info: ModelInfo

    def unknown_share(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Share of each text's word pieces ``[len(texts)]`` that the vocabulary lacks, as for a script not covered."""
        ...

    def too_long(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts ``[len(texts)]`` are so long that a pair of two such is not read to its end."""
        ...


class Encoder(Reader, Protocol):
    """Texts to vectors in which statements about one matter lie close, in any language."""

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """Unit rows ``[len(texts), d]``."""
        ...


class Judge(Reader, Protocol):
    """Natural language inference: what a hypothesis is to a premise."""

    def judge(self, pairs: Sequence[tuple[str, str]], step: Step | None = None) -> NDArray[np.float32]:
        """Probabilities ``[len(pairs), 4]``: entailment, neutral, contradiction, update of (premise, hypothesis)."""
        ...


def load_encoder(name: str | None = None, download: bool = False) -> Encoder:
    """The bundled encoder, or a sentence-transformers model by folder or (with ``download``) by name."""
    if name is None:
        from .bundled import BundledEncoder, load_bundle

        return BundledEncoder(load_bundle())
    from .external import SentenceTransformerEncoder

    if not name:
        raise ConfigError("the name of the encoder is empty; give a folder or a name, or leave the option out")
    return SentenceTransformerEncoder(name, download)


def load_judge(name: str | None = None, download: bool = False) -> Judge:
    """The bundled judge, or an NLI cross-encoder by folder or (with ``download``) by name."""
    if name is None:
        from .bundled import BundledJudge, load_bundle

        return BundledJudge(load_bundle())
    from .external import CrossEncoderJudge

    if not name:
        raise ConfigError("the name of the judge is empty; give a folder or a name, or leave the option out")
    return CrossEncoderJudge(name, download)
