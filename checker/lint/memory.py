"""What checks remember of lines they have seen: a little for each, and no more than a bound."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Generic, TypeVar

from ..records import Statement
from ..text import same_company

REMEMBERED = 300_000  # entries of one memory, 50 MB or less; a run refuses more than 200,000 statements
Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by a 64-bit hash of their key. When it is full, new keys are no longer kept, and ``is_full`` says so."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self.most, self.is_full = most, False
        self._values: dict[int, Value] = {}

    def first(self, key: Hashable, value: Value) -> Value | None:
        """The value that was kept for a key before; where there was none, None, and the one given is kept."""
        hashed = hash(key)
        known = self._values.get(hashed)
        if known is None:
            if len(self._values) < self.most:
                self._values[hashed] = value
            else:
                self.is_full = True
        return known

    def values(self) -> Iterable[Value]:
        """All that is kept, in the order in which it came."""
        return self._values.values()


@lru_cache(maxsize=4096)
def company_of(name: str) -> str:
    """The key of a company."""
    return same_company(name)


def document_of(statement: Statement) -> tuple[str, str]:
    """The key of a document: statements of one are not compared with each other."""
    s = statement
    return company_of(s.company), s.document or (f"{s.source} {s.date}" if s.date else s.source)
