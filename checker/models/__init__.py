"""Encoders and judges: the bundled ones, or any that sentence-transformers loads, behind two small protocols."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ..errors import ConfigError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ..records import ModelInfo
    from ..store import Store

Step = Callable[[int], None]  # called with the number of texts or pairs just done


class Traits(NamedTuple):
    """What a model is, known without reading it.

    ``parameters``: what beside the weights decides its output (settings, tokenizer, versions), for the keys of a cache;
    ``bundled``: whether it is one that the scorer was calibrated on.
    """

    info: ModelInfo
    parameters: str
    bundled: bool


class Reader(Protocol):
    """What a model makes of a text before it thinks about it; the attributes are its ``Traits``."""

    info: ModelInfo
    parameters: str
    bundled: bool

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


def load_encoder(name: str | None = None, download: bool = False, store: Store | None = None) -> Encoder:
    """The bundled encoder, or a sentence-transformers model by folder or (with ``download``) by name.

    With a ``store`` only what is not kept there is encoded; the bundled model is not even read before it is needed.
    """
    if name is None:
        from .bundled import BundledEncoder, load_bundle, traits

        return _cached_encoder(store, traits("encoder"), lambda: BundledEncoder(load_bundle()))
    from .external import SentenceTransformerEncoder

    if not name:
        raise ConfigError("the name of the encoder is empty; give a folder or a name, or leave the option out")
    encoder = SentenceTransformerEncoder(name, download)
    return _cached_encoder(store, traits_of(encoder), lambda: encoder)


def load_judge(name: str | None = None, download: bool = False, store: Store | None = None) -> Judge:
    """The bundled judge, or an NLI cross-encoder by folder or (with ``download``) by name; ``store`` as above."""
    if name is None:
        from .bundled import BundledJudge, load_bundle, traits

        return _cached_judge(store, traits("judge"), lambda: BundledJudge(load_bundle()))
    from .external import CrossEncoderJudge

    if not name:
        raise ConfigError("the name of the judge is empty; give a folder or a name, or leave the option out")
    judge = CrossEncoderJudge(name, download)
    return _cached_judge(store, traits_of(judge), lambda: judge)


def as_read(text: str) -> str:
    """A text in the form in which every model reads it: é is one letter, however it was written (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def traits_of(model: Reader) -> Traits:
    """Those of a model that is there."""
    return Traits(model.info, model.parameters, model.bundled)


def _cached_encoder(store: Store | None, traits: Traits, load: Callable[[], Encoder]) -> Encoder:
    if store is None:
        return load()
    from .cached import CachedEncoder

    return CachedEncoder(store, traits, load)


def _cached_judge(store: Store | None, traits: Traits, load: Callable[[], Judge]) -> Judge:
    if store is None:
        return load()
    from .cached import CachedJudge

    return CachedJudge(store, traits, load)
