"""JSON Lines in and out: bounded lines, errors with file and line, files that appear whole or not at all."""

from __future__ import annotations

import glob
import gzip
import os
import secrets
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, cast

import jsonlines
import msgspec

from .errors import InputError, UnreadableError

MAX_LINE = 1 << 20  # bytes; a statement with context and meta has a few thousand
MAX_DEPTH = 64  # levels of nesting; what is read must be written and read again
STDIN = "-"
Problem = Callable[[InputError], None]


def stop(error: InputError) -> None:
    """The problem handler of a reader that gives up at the first bad line."""
    raise error


def find_corpora(names: Iterable[str]) -> list[str]:
    """Files named by files, folders (searched for .jsonl and .jsonl.gz), globs and "-", each once, in order."""
    found: dict[str, str] = {}
    for name in names:
        try:
            for path in _expand(name):
                found.setdefault(os.path.realpath(path) if path != STDIN else STDIN, path)
        except OSError as error:
            raise UnreadableError(f"cannot be read: {error.strerror}", error.filename or name) from None
    return list(found.values())


def _expand(name: str) -> list[str]:
    if not name:
        raise InputError("the name of a corpus is empty; give a file, a folder, a glob, or - for stdin")
    if name == STDIN:
        return [name]
    if Path(name).is_dir():
        files = sorted(corpora_below(name))
        if not files:
            raise InputError("no .jsonl or .jsonl.gz file in this folder", name)
        return files
    if Path(name).exists():
        return [name]
    files = sorted(p for p in glob.glob(name) if not Path(p).is_dir())
    if not files:
        what = "give a corpus (.jsonl, .jsonl.gz), a folder of them, or - for stdin"
        raise InputError(f"no such file or folder; {what}", name)
    return files


def corpora_below(folder: str) -> Iterator[str]:
    """Corpora below a folder; a folder that cannot be read is an error, a link to a folder is not followed.

    Hidden files and folders are left aside: a baseline in ``.checker`` is no corpus.
    """
    for parent, folders, names in os.walk(folder, onerror=_fail):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for name in names:
            if name.startswith("."):
                continue
            if name.endswith((".jsonl", ".jsonl.gz")) and name != "pairs.jsonl":
                yield str(Path(parent, name))


def _fail(error: OSError) -> None:
    raise error


def read_objects(path: str, problem: Problem) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield (line number, object) for each line that holds one; report any other line to ``problem`` and go on.

    Blank lines are passed over. A file that cannot be opened, read or decompressed to its end raises UnreadableError,
    whatever ``problem`` does.
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
            except UnreadableError:
                raise
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
                why = f"line of more than {MAX_LINE:,} bytes; split it into statements"
                self.problem(InputError(why, self.path, self.number))
                line = b"\n"
            yield line

    def _read(self) -> bytes:
        try:
            return self.stream.readline(MAX_LINE + 1)
        except (EOFError, zlib.error, OSError) as error:
            why = f"cannot be read on: {error}; is the file whole?"
            raise UnreadableError(why, self.path, self.number + 1) from None


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    if path == STDIN:
        if sys.stdin is None:
            raise UnreadableError("standard input is closed", STDIN)
        return nullcontext(sys.stdin.buffer)
    try:
        return cast("BinaryIO", gzip.open(path, "rb")) if path.endswith(".gz") else open(path, "rb")
    except OSError as error:
        raise UnreadableError(f"cannot be opened: {error.strerror}", path) from None


def _strict_json(line: str | bytes) -> Any:
    """JSON by the standard: no NaN, no lone surrogates, no nesting that cannot be written again."""
    try:
        value = msgspec.json.decode(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(MAX_DEPTH):
        level = [x for v in level for x in (v.values() if isinstance(v, dict) else v) if isinstance(x, dict | list)]
        if not level:
            return value
    raise ValueError(f"nested too deeply, over {MAX_DEPTH} levels")


def _plain(error: jsonlines.InvalidLineError) -> str:
    """What is wrong with the line, and how to mend it."""
    cause = error.__cause__
    if isinstance(cause, UnicodeDecodeError):
        byte = error.line[cause.start] if isinstance(error.line, bytes) else 0
        return f"not UTF-8 (byte {cause.start + 1} is 0x{byte:02x}); save the file as UTF-8"
    if cause is None:
        return "expected one JSON object a line, such as {…}"
    return f"not JSON: {str(cause).removeprefix('JSON is malformed: ')}; one object a line"


def check_writable(path: str, inputs: Iterable[str] = ()) -> None:
    """Raise InputError now rather than after minutes of work when a file cannot be written, or is an input."""
    target = Path(path).resolve()
    if path == STDIN:
        return
    if not path or target.is_dir():
        raise InputError("is a folder; name the file to write", path)
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise InputError(f"cannot be written: {target.parent} is no folder that can be written to", path)
    if any(name != STDIN and target == Path(name).resolve() for name in inputs):
        raise InputError("is a corpus of this run; write the report to another file", path)


def write_atomically(path: str, chunks: Iterable[bytes]) -> None:
    """Write to a temporary file beside ``path`` and rename it, so that no reader ever sees half a file.

    Links are followed, an existing file keeps its mode, and what is no regular file (a pipe, /dev/null) is written to.
    """
    target = Path(path).resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as stream:
                stream.writelines(chunks)
            return
        _replace(target, chunks)
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", path) from None


def _replace(target: Path, chunks: Iterable[bytes]) -> None:
    temporary = target.with_name(f".checker-{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
