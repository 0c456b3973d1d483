"""A file read in a process of its own, which may crash, hang or fill its memory without harm to the others.

The child limits itself before it opens the file: address space, processor time, size of what it writes, no core dumps;
the parent kills it, and what it started, when its time is up. The request goes as JSON, the result as MessagePack,
nothing as pickle. Where the ``resource`` module does not exist (Windows) only the clock and the size of the result are
limited. Nothing in a reader opens a connection; the child is not cut off from the network by other means.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import InputError
from ..text import plain
from .blocks import Extract, Limits
from .finding import check_readable

_ROOT = str(Path(__file__).resolve().parents[2])
# -P and this: no module that lies in the current folder, among hostile documents, is ever imported
_START = "import sys; r = sys.argv[1]; r in sys.path or sys.path.insert(0, r); from {} import child; child(sys.argv[2])"
_RESULT = "result"
_SPARE = 64 << 20  # bytes that a reader may write beside the text: page images for OCR, the frame of the result
_BYTES_A_CHARACTER = 4
_GRACE = 10  # seconds after which a child whose parent is gone ends by itself
_NO_MEMORY = ("failed to map segment", "cannot allocate memory", "out of memory")
_ANEW = "open it in its own program and save it anew, or save it as PDF"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file, in how many seconds, and with how many bytes of memory at most (the child's)."""

    extract: Extract
    seconds: float
    peak_memory: int


class _Request(msgspec.Struct, frozen=True):
    path: str
    limits: Limits
    columns: dict[str, str]


class _Read(msgspec.Struct, frozen=True, tag=True):
    extract: Extract
    seconds: float
    peak_memory: int


class _Refused(msgspec.Struct, frozen=True, tag=True):
    """An InputError of a reader."""

    message: str
    line: int
    field: str


class _Broken(msgspec.Struct, frozen=True, tag=True):
    """Another exception of a reader, that its memory did not suffice, or that a library is not installed."""

    what: str
    reason: Literal["file", "memory", "library"] = "file"


_Outcome = _Read | _Refused | _Broken
_running: set[subprocess.Popen[bytes]] = set()
_lock = threading.Lock()


def read_file(path: Path, limits: Limits, columns: Mapping[str, str] | None = None) -> Reading:
    """Read one file in a child process. Raises InputError where it cannot be read, whatever the reason."""
    check_readable(path)
    request = msgspec.json.encode(_Request(str(path.absolute()), limits, dict(columns or {}))).decode()
    try:
        size = path.stat().st_size
        if size > limits.bytes:
            raise InputError(f"has {size:,} bytes, more than the {limits.bytes:,} that are read; split it", str(path))
        with tempfile.TemporaryDirectory(prefix="checker-") as folder:
            status, late = _run(request, folder, limits.seconds)
            outcome = None if late else _outcome(Path(folder, _RESULT), limits)
    except OSError as error:
        why = f"cannot be read here: {error.strerror}; is the file still there, and room for temporary files?"
        raise InputError(why, str(path)) from None
    if isinstance(outcome, _Read):
        return Reading(outcome.extract, outcome.seconds, outcome.peak_memory)
    if isinstance(outcome, _Refused):
        raise InputError(plain(outcome.message), str(path), outcome.line, plain(outcome.field))
    raise InputError(plain(_why(outcome, status, late, limits)), str(path))


def stop_all() -> None:
    """Kill every reading process under way: for a caller that is interrupted while other threads of it read."""
    with _lock:
        for process in _running:
            _kill(process)


def _run(request: str, folder: str, seconds: int) -> tuple[int, bool]:
    """Exit status of a child given a request, and whether it was killed because its time was up."""
    command = [sys.executable, "-P", "-X", "utf8", "-c", _START.format(__name__), _ROOT, request]
    environment = os.environ | {"PYTHONHASHSEED": "0", "TMPDIR": folder, "TEMP": folder}
    late = threading.Event()
    with _lock:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, with a request that is data
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        _running.add(process)
    clock = threading.Timer(seconds, _stop_late, (process, late))
    try:
        clock.start()
        _wait(process)
    finally:
        clock.cancel()
        with _lock:
            _running.discard(process)
            _kill(process)
            status = process.wait()
    return status, late.is_set()


def _wait(process: subprocess.Popen[bytes]) -> None:
    """Wait for the end of a child, but leave it unreaped: its number still names its group, and no other process."""
    if hasattr(os, "waitid"):
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    else:
        process.wait()


def _stop_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    with _lock:
        if process in _running:
            late.set()
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a child that has not been reaped, and all that it started."""
    if process.returncode is None and hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _outcome(file: Path, limits: Limits) -> _Outcome | None:
    """What the child wrote; nothing where it did not come to that, or wrote what is no result."""
    try:
        with file.open("rb") as stream:
            data = stream.read(_writable(limits) + 1)
        return msgspec.msgpack.decode(data, type=_Outcome) if len(data) <= _writable(limits) else None
    except (OSError, msgspec.DecodeError):
        return None


def _writable(limits: Limits) -> int:
    return limits.characters * _BYTES_A_CHARACTER + _SPARE


def _why(outcome: _Broken | None, status: int, late: bool, limits: Limits) -> str:
    """Why there is no result, and how to go on."""
    name = signal.Signals(-status).name if -status in set(signal.Signals) else ""
    if late or name == "SIGXCPU":
        return f"was not read within {limits.seconds:,} seconds; allow it more with --max-seconds, or split it"
    memory = f"{limits.memory >> 20:,} MiB of memory"
    if outcome is not None and outcome.reason == "memory":
        return f"needs more than {memory} to be read; split it, or save it without images"
    if outcome is not None and outcome.reason == "library":
        return (
            f"a library that reads it does not load ({outcome.what}); install checker anew, with all that it depends on"
        )
    if outcome is not None:
        return f"is damaged, or of a kind that is not understood ({outcome.what}); {_ANEW}"
    if name == "SIGKILL":
        return "the process that read it was killed, probably because memory ran out; close other programs, or split it"
    return f"is damaged, or needs more than {memory}: reading it crashed ({name or f'exit code {status}'}); {_ANEW}"


def child(request: str) -> None:
    """What the child process does: limit itself, read the file, leave the outcome in the current folder."""
    started = time.perf_counter()
    asked = msgspec.json.decode(request, type=_Request)
    _limit(asked.limits)
    try:
        result = _encode(_attempt(asked, started), asked.limits)
    except MemoryError:
        result = msgspec.msgpack.encode(_Broken("", "memory"))
    Path(_RESULT).write_bytes(result)


def _limit(limits: Limits) -> None:
    """Bound this process for good; at the latest some time after its parent should have killed it, it ends."""
    try:
        import resource
    except ImportError:
        return
    bounds = (
        (resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.seconds + 1),
        (resource.RLIMIT_FSIZE, _writable(limits)), (resource.RLIMIT_CORE, 0),
    )  # fmt: skip
    for kind, bound in bounds:
        hard = resource.getrlimit(kind)[1]
        most = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(kind, (most, most))
    signal.alarm(limits.seconds + _GRACE)


def _attempt(asked: _Request, started: float) -> _Outcome:
    try:
        from .extracting import extract

        found = extract(Path(asked.path), asked.limits, asked.columns)
    except InputError as error:
        return _Refused(error.message, error.line, error.field)
    except RecursionError:
        return _Broken("nested too deeply")
    except Exception as error:  # a parser may raise anything on a file made for that
        return _broken(error)
    return _Read(found, round(time.perf_counter() - started, 3), _peak_memory())


def _broken(error: Exception) -> _Broken:
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    if isinstance(error, MemoryError) or any(sign in what.lower() for sign in _NO_MEMORY):
        return _Broken(what, "memory")
    return _Broken(what, "library" if isinstance(error, ImportError) else "file")


def _encode(outcome: _Outcome, limits: Limits) -> bytes:
    try:
        data = msgspec.msgpack.encode(outcome)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_Broken("its text is no Unicode"))
    if len(data) > _writable(limits):
        return msgspec.msgpack.encode(_Refused("holds more than can be passed on; split it", 0, ""))
    return data


def _peak_memory() -> int:
    """Bytes of memory that this process, or one that it started, held at most.

    On Linux ru_maxrss starts with what the parent held when it forked, VmHWM does not.
    """
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    try:
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
        own = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), own)
    except OSError:
        pass
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    return max(own, started)
