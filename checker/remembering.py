"""What pure functions of texts have found, kept in a store: the same as running them again, but for the time.

Their keys hold a digest of the source files that the functions are made of, so that no answer outlives a changed rule.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from .store import hasher

if TYPE_CHECKING:
    from .store import Store

PART = 2000  # answers that are written at once
PACKAGE = Path(__file__).parent
_SOURCES = (".py", ".toml")
Answer = TypeVar("Answer")


def remembered(
    store: Store | None,
    kind: str,
    made_by: str,
    rows: Sequence[tuple[str | None, ...]],
    answer: Callable[[int], Answer],
    form: type[Answer],
) -> list[Answer]:
    """The answer for each row: from the store, else ``answer(index)``, which rests on that row alone.

    ``made_by`` is a digest of whatever else the answers rest on, ``form`` their type.
    """
    if store is None:
        return [answer(i) for i in range(len(rows))]
    key = hasher(kind, made_by)
    keys = [key(*("-" if text is None else f"+{text}" for text in row)) for row in rows]
    decode = msgspec.msgpack.Decoder(form).decode
    found = {k: decode(value) for k, value in store.get_many(kind, keys).items()}
    missing = list({k: i for i, k in enumerate(keys) if k not in found}.items())
    for start in range(0, len(missing), PART):
        new = {k: answer(i) for k, i in missing[start : start + PART]}
        store.put_many(kind, {k: msgspec.msgpack.encode(value) for k, value in new.items()})
        found |= new
    return [found[k] for k in keys]


@cache
def sources(*names: str, libraries: tuple[str, ...] = ()) -> str:
    """A digest of modules and folders of checker by name, of libraries by version, and of Python's version."""
    total = blake2b(digest_size=16)
    for path in sorted(file for name in names for file in _files(PACKAGE / name)):
        total.update(f"{path.relative_to(PACKAGE).as_posix()} {path.stat().st_size}\n".encode())
        total.update(path.read_bytes())
    total.update(" ".join([*map(version, libraries), *map(str, sys.version_info[:2])]).encode())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    return [p for p in path.rglob("*") if p.suffix in _SOURCES] if path.is_dir() else [path]
