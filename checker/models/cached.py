"""Models that ask a store first, and read a text only where it does not know the answer.

The key of an answer is BLAKE2b over what was asked, the checksum of the model, its ``parameters`` and the text as the
model reads it: in Unicode NFC, and otherwise to the letter. Case, spaces and punctuation cannot be left out of the key:
without its full stop a statement moves the bundled judge's probability of a contradiction by up to 0.31, in lower case
by up to 0.43. An answer comes back bit for bit, so that a report does not show whether there was a cache; what another
kind of processor computed in its last bits is served as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from ..store import hasher
from . import Encoder, Judge, Reader, as_read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..store import Store
    from . import Step, Traits

PART = 512  # answers that are written at once: what a killed run loses at most
EMBEDDING, JUDGEMENT = "embedding", "judgement"
UNKNOWN, LONG = "unknown share", "too long"
Model = TypeVar("Model", bound=Reader)


class _Cached(Generic[Model]):
    """A model that is loaded when something is asked that the store does not know."""

    def __init__(self, store: Store, traits: Traits, load: Callable[[], Model]) -> None:
        self.store, self.info, self.parameters, self.bundled = store, *traits
        self._load = load

    @cached_property
    def model(self) -> Model:
        """The model itself."""
        return self._load()

    def unknown_share(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Share of each text's word pieces ``[len(texts)]`` that the vocabulary lacks, as for a script not covered."""
        rows = self._rows(UNKNOWN, texts, lambda model, part, _: model.unknown_share(part)[:, None])
        return np.frombuffer(rows, "<f4").astype(np.float32)

    def too_long(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which texts ``[len(texts)]`` are so long that a pair of two such is not read to its end."""
        rows = self._rows(LONG, texts, lambda model, part, _: model.too_long(part).astype(np.float32)[:, None])
        return np.frombuffer(rows, "<f4").astype(np.bool_)

    def _rows(
        self,
        kind: str,
        inputs: Sequence[Any],
        ask: Callable[[Model, list[Any], Step | None], NDArray[np.float32]],
        step: Step | None = None,
    ) -> bytes:
        """The rows of all inputs as bytes, from the store or from the model; one that occurs twice is asked once."""
        key = hasher(kind, self.info.checksum, self.parameters)
        keys = [key(as_read(x)) if isinstance(x, str) else key(*map(as_read, x)) for x in inputs]
        rows = self.store.get_many(kind, keys)
        missing = {k: x for k, x in zip(keys, inputs, strict=True) if k not in rows}
        if step and len(missing) < len(keys):
            step(len(keys) - len(missing))
        for part in _parts(list(missing.items())):
            made = ask(self.model, [x for _, x in part], step).astype("<f4")
            new = {k: row.tobytes() for (k, _), row in zip(part, made, strict=True)}
            self.store.put_many(kind, new)
            rows.update(new)
        return b"".join(rows[k] for k in keys)


class CachedEncoder(_Cached[Encoder]):
    """An encoder that encodes each text once."""

    def encode(self, texts: Sequence[str], step: Step | None = None) -> NDArray[np.float32]:
        """Unit rows ``[len(texts), d]``."""
        if not texts:
            return self.model.encode(texts, step)
        rows = self._rows(EMBEDDING, texts, lambda model, part, done: model.encode(part, done), step)
        return np.frombuffer(rows, "<f4").astype(np.float32).reshape(len(texts), -1)


class CachedJudge(_Cached[Judge]):
    """A judge that reads each pair once each way."""

    def judge(self, pairs: Sequence[tuple[str, str]], step: Step | None = None) -> NDArray[np.float32]:
        """Probabilities ``[len(pairs), 4]``: entailment, neutral, contradiction, update of (premise, hypothesis)."""
        rows = self._rows(JUDGEMENT, pairs, lambda model, part, done: model.judge(part, done), step)
        return np.frombuffer(rows, "<f4").astype(np.float32).reshape(-1, 4)


def _parts(rows: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), PART):
        yield rows[start : start + PART]
