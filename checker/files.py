"""JSON Lines in and out: bounded lines, errors with file and line, files that appear whole or not at all."""

from __future__ import annotations

import glob
import gzip
import os
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast

import jsonlines
import msgspec

from .errors import InputError

MAX_LINE = 1 << 20  # bytes; a statement with context and meta has a few thousand
STDIN = "-"
Problem = Callable[[InputError], None]


def stop(error: InputError) -> None:
    """The problem handler of a reader that gives up at the first bad line."""
    raise error


def find_corpora(names: Iterable[str]) -> list[str]:
    """Files named by files, folders (searched for .jsonl and .jsonl.gz), globs and "-", each once, in order."""
    found: dict[str, str] = {}
    for name in names:
        for path in _expand(name):
            found.setdefault(os.path.realpath(path) if path != STDIN else STDIN, path)
    return list(found.values())


def _expand(name: str) -> list[str]:
    if name == STDIN or Path(name).is_file():
        return [name]
    if Path(name).is_dir():
        files = sorted(str(p) for p in Path(name).rglob("*") if _is_corpus(p))
        if not files:
            raise InputError("no .jsonl or .jsonl.gz file in this folder", name)
        return files
    files = sorted(p for p in glob.glob(name, recursive=True) if Path(p).is_file())
    if not files:
        raise InputError(
            "no such file or folder; give a corpus (.jsonl, .jsonl.gz), a folder of them, or - for stdin", name
        )
    return files


def _is_corpus(path: Path) -> bool:
    return path.name.endswith((".jsonl", ".jsonl.gz")) and path.name != "pairs.jsonl" and path.is_file()


def read_objects(path: str, problem: Problem) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, object) for each line that holds one; report any other line to ``problem`` and go on.

    Blank lines are passed over. A file that cannot be opened or decompressed raises InputError at once.
    """
    with _open(path) as stream:
        lines = _Lines(path, stream, problem)
        reader = jsonlines.Reader(lines, loads=_strict_json)
        while True:
            try:
                value = reader.read(skip_empty=True)
                if not isinstance(value, dict):
                    raise InputError("expected one JSON object a line, such as {…}", path, lines.number)
                yield lines.number, value
            except jsonlines.InvalidLineError as error:
                problem(InputError(_plain(error), path, lines.number))
            except InputError as error:
                problem(error)
            except EOFError:
                return


class _Lines:
    """The lines of a binary stream; one over MAX_LINE is skipped without being held in memory, and reported."""

    def __init__(self, path: str, stream: BinaryIO, problem: Problem) -> None:
        self.path, self.stream, self.problem, self.number = path, stream, problem, 0

    def __iter__(self) -> Iterator[bytes]:
        while line := self._read():
            self.number += 1
            if len(line) > MAX_LINE:
                while line and not line.endswith(b"\n"):
                    line = self._read()
                self.problem(
                    InputError(
                        f"line of more than {MAX_LINE:,} bytes; split it into statements", self.path, self.number
                    )
                )
                line = b"\n"
            yield line

    def _read(self) -> bytes:
        try:
            return self.stream.readline(MAX_LINE + 1)
        except (EOFError, zlib.error, OSError) as error:
            raise InputError(f"cannot be read on: {error}; is the file whole?", self.path, self.number + 1) from None


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    if path == STDIN:
        return nullcontext(sys.stdin.buffer)
    try:
        return cast("BinaryIO", gzip.open(path, "rb")) if path.endswith(".gz") else open(path, "rb")
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", path) from None


def _strict_json(line: str | bytes) -> Any:
    """JSON by the standard: no NaN, no lone surrogates, and a clear error for nesting that a parser cannot follow."""
    try:
        return msgspec.json.decode(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _plain(error: jsonlines.InvalidLineError) -> str:
    """What is wrong with the line, and how to mend it."""
    cause = error.__cause__
    if isinstance(cause, UnicodeDecodeError):
        byte = error.line[cause.start] if isinstance(error.line, bytes) else 0
        return f"not UTF-8 (byte {cause.start + 1} is 0x{byte:02x}); save the file as UTF-8"
    if cause is None:
        return "expected one JSON object a line, such as {…}"
    return f"not JSON: {str(cause).removeprefix('JSON is malformed: ')}; one object a line"


def write_atomically(path: str, chunks: Iterable[bytes]) -> None:
    """Write to a temporary file beside ``path`` and rename it, so that no reader ever sees half a file."""
    target = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
