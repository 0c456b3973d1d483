"""The outputs of a gated run: each format to standard output or to a file, and findings read back from them."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from ..errors import InputError
from ..files import check_writable, read_objects, stop, write_atomically
from ..ingest.choosing import files_of
from ..records import Finding
from .config import Config
from .results import GateResult

MODULES = {"text": "gate", "jsonl": "gate_jsonl"}  # the others are named as their format


def check_targets(config: Config, names: Sequence[str]) -> None:
    """Raise InputError now for an output that cannot be written or would be written over an input."""
    inputs = files_of([*names, *config.against])
    for output in config.format:
        _, _, target = output.partition(":")
        if target:
            check_writable(target, [*inputs, config.baseline])


def write_outputs(result: GateResult, formats: Sequence[str], stream: BinaryIO) -> None:
    """Write each format to its file, or to the stream."""
    for output in formats:
        name, _, target = output.partition(":")
        module = importlib.import_module(f"..reports.{MODULES.get(name, name)}", __package__)
        data: bytes = module.render(result)
        if target:
            write_atomically(target, [data])
        else:
            stream.write(data)
            stream.flush()


def findings_of(path: str) -> list[Finding]:
    """The findings of a report of a run, or of a gated run in JSON Lines.

    Raises InputError for a line that is neither, and for a report without its end.
    """
    found, last = [], ""
    for line, row in read_objects(path, stop):
        last = str(row.get("type"))
        if last in ("finding", "gated"):
            try:
                found.append(msgspec.convert(row.get("finding", row), Finding))
            except msgspec.ValidationError as error:
                raise InputError(f"not a finding: {error}", path, line) from None
    if last not in ("end", "gate-end"):
        raise InputError("not a whole report: it closes with an end line", path)
    return found
