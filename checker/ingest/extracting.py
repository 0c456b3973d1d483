"""One file to its blocks, in the process that calls: format told, reader imported and called.

``sandbox.read_file`` does this in a process of its own, and is what to use for files from elsewhere.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..errors import InputError
from .blocks import Extract, Limits
from .formats import FORMATS, READERS, format_of, mismatch

MAX_BLOCKS = 1_000_000
_TABLES = ("jsonl", "csv")


def extract(path: Path, limits: Limits, columns: Mapping[str, str] | None = None) -> Extract:
    """The blocks of a file, with a warning where its name is wrong; ``columns`` are for tables of texts.

    Raises InputError for a file that is not read, is damaged or exceeds a limit.
    """
    found = format_of(path)
    reader = importlib.import_module(f".{READERS[found]}", __package__)
    more: dict[str, Any] = {"columns": columns or {}} if found in _TABLES else {}
    result: Extract = reader.read(path, limits, **more)
    _check_bounds(result, path, limits)
    warning = mismatch(path, found)
    return msgspec.structs.replace(result, warnings=[warning, *result.warnings]) if warning else result


def _check_bounds(result: Extract, path: Path, limits: Limits) -> None:
    """What a reader let pass is still no more than the process that asked for it can hold."""
    if len(result.blocks) > MAX_BLOCKS:
        what = FORMATS[result.format][0]
        raise InputError(f"{what} of more than {MAX_BLOCKS:,} paragraphs or rows; split it", str(path))
    characters = sum(len(block.text) for block in result.blocks)
    if characters > limits.characters:
        why = f"holds {characters:,} characters of text, more than the {limits.characters:,} that are read; split it"
        raise InputError(why, str(path))
