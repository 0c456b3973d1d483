"""``--fix``: corpora rewritten line by line, where a mended text or name stands in place of the old one, and all else,
to the byte, as it was."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from ..errors import ConfigError, InputError
from ..files import MAX_LINE, STDIN, find_corpora, read_objects, write_atomically
from .duplicates import row_hash
from .memory import Memory
from .mending import MENDING, TWICE, mended_row
from .records import silenced
from .rules import choose, is_silenced

_JSON = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)  # only where a value ends is asked
_BETWEEN = " \t\r\n,:"


class Edit(NamedTuple):
    """A line that changes: its number, its bytes, and what stands there afterwards (nothing where it is left out)."""

    number: int
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was mended: lines that were changed and lines that were left out, by file."""

    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)


def fix(names: Iterable[str], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Fixed:
    """Mend what can be mended safely in files, folders or globs; a file in which nothing changes is not written.

    Each file is replaced whole or not at all. Raises ConfigError for standard input, which cannot be replaced.
    """
    fixed = Fixed()
    codes = choose(select, ignore) & MENDING
    for path in _files(names):
        for edit in edits(path, codes):
            (fixed.changed if edit.after else fixed.removed)[path] += 1
        if path in fixed.changed or path in fixed.removed:
            write_atomically(path, _packed(path, _mended(path, codes)))
    return fixed


def differences(
    names: Iterable[str], select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Iterator[tuple[str, Edit]]:
    """What ``fix`` would change, by file, nothing being written."""
    codes = choose(select, ignore) & MENDING
    for path in _files(names):
        yield from ((path, edit) for edit in edits(path, codes))


def _files(names: Iterable[str]) -> list[str]:
    paths = find_corpora(names)
    for path in paths:
        if path == STDIN:
            raise ConfigError("standard input cannot be mended; name a file")
        if not Path(path).is_file():
            raise InputError("is no regular file and cannot be mended; write it to one", path)
    return paths


def edits(path: str, codes: Collection[str]) -> Iterator[Edit]:
    """The lines of a file that change."""
    return (Edit(number, line, after) for number, line, after in _lines(path, codes) if after != line)


def _mended(path: str, codes: Collection[str]) -> Iterator[bytes]:
    return (after for _, _, after in _lines(path, codes))


def _lines(path: str, codes: Collection[str]) -> Iterator[tuple[int, bytes, bytes]]:
    """Every line of a file, and what becomes of it. What the reader refuses stays as it is."""
    seen: Memory[bool] = Memory()
    objects = read_objects(path, lambda error: None)
    number, row = next(objects, (0, {}))
    for at, line in _raw(path):
        if at != number:
            yield at, line, line
            continue
        yield at, line, _after(line, row, [c for c in codes if not is_silenced((c,), tuple(silenced(row)))], seen)
        number, row = next(objects, (0, {}))


def _after(line: bytes, row: Mapping[str, Any], codes: Collection[str], seen: Memory[bool]) -> bytes:
    """A line with its mended values; nothing where it is the copy of an earlier one."""
    changes = mended_row(row, codes)
    known = seen.first(row_hash({**row, **changes}), True)
    if known and TWICE in codes:
        return b""
    return splice(line, changes) if changes else line


def splice(line: bytes, values: Mapping[str, str]) -> bytes:
    """A line that holds a JSON object with other strings for some of its keys, and every other byte as it was."""
    text = line.decode("utf-8")
    for key, (start, end) in sorted(_spans(text).items(), key=lambda item: -item[1][0]):
        if key in values:
            new = json.dumps(values[key], ensure_ascii=text[start:end].isascii())
            text = text[:start] + new + text[end:]
    return text.encode("utf-8")


def _spans(text: str) -> dict[str, tuple[int, int]]:
    """Where the value of each key of an object stands; of a key that is there twice, the one that counts, the last."""
    spans = {}
    at = text.index("{") + 1
    while text[at := _skip(text, at)] != "}":
        key, at = _JSON.raw_decode(text, at)
        start = _skip(text, at)
        _, at = _JSON.raw_decode(text, start)
        spans[key] = start, at
    return spans


def _skip(text: str, at: int) -> int:
    while text[at] in _BETWEEN:
        at += 1
    return at


def _raw(path: str) -> Iterator[tuple[int, bytes]]:
    """The lines of a file by number, in pieces where one is longer than a reader puts up with."""
    with cast("BinaryIO", gzip.open(path, "rb")) if path.endswith(".gz") else open(path, "rb") as stream:
        number = 1
        while piece := stream.readline(MAX_LINE + 1):
            yield number, piece
            number += piece.endswith(b"\n")


def _packed(path: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Bytes as the file holds them: the same for the same lines, at whatever time they are compressed."""
    if not path.endswith(".gz"):
        yield from lines
        return
    packer = zlib.compressobj(wbits=31)
    for line in lines:
        yield packer.compress(line)
    yield packer.flush()
