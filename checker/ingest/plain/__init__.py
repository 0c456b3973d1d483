"""Text files to blocks: decoded by ``encodings``, laid out by ``plain_lines``, doubted by ``garbled``."""

from __future__ import annotations

from pathlib import Path

from ...errors import InputError
from ..blocks import Extract, Limits
from ..textfile import read_text


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of a text file. Raises InputError where it cannot be opened, is too large or holds no text."""
    from .lines import blocks_of

    text, warnings = read_text(path, limits)
    blocks = blocks_of(text)
    if not any(block.kind != "furniture" for block in blocks):
        raise InputError("holds no text", str(path))
    return Extract(format="text", blocks=blocks, warnings=warnings)
