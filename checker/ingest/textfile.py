"""What readers of text files share: the file opened within limits, decoded, and what is wrong with its text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from .blocks import Limits


class TextFile(NamedTuple):
    """The text of a file with plain line ends, and what a reader must know of it."""

    text: str
    warnings: list[str]


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The bytes of a file. Raises InputError where it cannot be opened, is too large or is empty."""
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", str(path)) from None
    if len(data) > limits.bytes:
        raise InputError(f"larger than {limits.bytes:,} bytes; split it, or raise the limit", str(path))
    if not data.strip():
        raise InputError("is empty", str(path))
    return data


def read_text(path: Path, limits: Limits) -> TextFile:
    """The text of a file. Raises InputError where it cannot be opened, is too large, or holds nothing."""
    from .formats import decode
    from .garbled import text_problem

    text, _, warnings = decode(read_bytes(path, limits))
    check_size(len(text), path, limits)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError("is empty", str(path))
    problem = text_problem(text)
    return TextFile(text, [*warnings, f"its text looks broken: {problem}"] if problem else warnings)


def check_size(characters: int, path: Path, limits: Limits) -> None:
    """Raise InputError for more text than the limits allow."""
    if characters > limits.characters:
        why = f"more than {limits.characters:,} characters of text; split it, or raise the limit"
        raise InputError(why, str(path))
